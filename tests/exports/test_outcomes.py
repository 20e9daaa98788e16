"""Each real export is read right, or refused rightly: its outcome, report, period, rows, sums and currency."""

from __future__ import annotations

import csv
import json

import pytest

from scripts.exports_report import EXPORTS, MISSING, Judged, Outcome, judged, outcomes, table

pytestmark = [
    pytest.mark.exports,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason="the private exports are not beside the repository"),
]

ALL = outcomes() if EXPORTS.is_dir() else ()


@pytest.mark.parametrize("outcome", ALL, ids=lambda outcome: outcome.path)
def test_the_file_is_read_right_or_refused_rightly(outcome: Outcome) -> None:
    assert judged(outcome).wrong == ()


def test_every_file_has_an_outcome_with_its_reason() -> None:
    with (EXPORTS / "MANIFEST.csv").open(encoding="utf-8", newline="") as file:
        known = {f"{row['platform']}/{row['file']}" for row in csv.DictReader(file)}
    assert [each.path for each in ALL if not each.told["why"].strip()] == []
    assert sorted(each.path for each in ALL) == sorted(known)


def test_every_sum_that_is_expected_of_a_file_is_looked_at() -> None:
    told = {each.path: each.told for each in ALL}
    with (EXPORTS / "EXPECTED.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            mine = told[f"{row['platform']}/{row['file']}"]
            sums = {name for name in json.loads(row["sums"]) if not name.endswith(MISSING)}
            assert sums <= {*mine.get("expected", ())}, mine["file"]
            assert mine["rows"] == int(row["data_rows"]) or "only" in row["note"], mine["file"]


# ---------------------------------------------------------------- the report itself


def as_told(outcome: Outcome, changed: dict[str, object]) -> Judged:
    return judged(Outcome(outcome.platform, outcome.file, {**outcome.told, **changed}, outcome.sums))


def test_what_differs_is_told() -> None:
    """The report is no proof unless a wrong expectation of each kind fails."""
    daily = next(each for each in ALL if each.path == "google_ads/au_campaign_daily_updates.csv")
    assert as_told(daily, {}).wrong == ()
    for changed, told in (
        ({"outcome": "refused"}, "read"),
        ({"report": ["campaigns"]}, "report: ['campaigns_by_day']"),
        ({"period": ["2026-06-01", "2026-06-24"]}, "period:"),
        ({"rows": 257}, "rows: 258 instead of 257"),
        ({"currency": "EUR"}, "currency: ['AUD']"),
        ({"colour": "blue"}, "colour: not compared"),
    ):
        assert [told in each for each in as_told(daily, changed).wrong] == [True], changed
    for sums in ({"spend": daily.sums["spend"] + 0.02}, {"clicks": daily.sums["clicks"] + 1}, {"no_such": 0}):
        changed_sums = Outcome(daily.platform, daily.file, daily.told, sums)
        assert len(judged(changed_sums).wrong) == 1, sums


def test_the_report_closes_with_the_counts() -> None:
    right, wrong = Judged(ALL[0], "read", ()), Judged(ALL[0], "read", ("rows: 1 instead of 2",))
    refused = Judged(ALL[0], "table", ())
    lines = list(table([right, wrong, refused, right]))
    assert lines[-1] == "2 read right, 1 refused rightly, 1 wrong"
    assert lines[3].strip() == "rows: 1 instead of 2"
