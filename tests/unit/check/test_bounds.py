"""What fits its type and cannot be meant: far years, huge numbers, things said twice, signs of the templates."""

from pathlib import Path

import pytest

from tests.unit.check.workspace import client, site, told

OBJECTIVE = "objectives: [{kpi: orders, target: %s, start: 2026-01-01, deadline: 2026-12-31}]\n"


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ("events: [{label: Sale, start: 9999-12-31}]\n", "3:31 year_out_of_range"),
        ("events: [{label: Sale, start: 0001-01-01}]\n", "3:31 year_out_of_range"),
        ("languages: [fr, fr]\n", "3:17 value_twice"),
        (OBJECTIVE.replace("}", ", channels: [email, email]}") % "+50%", "3:101 value_twice"),
        ("events: [{label: A, start: 2026-01-01}, {label: A, start: 2026-01-01}]\n", "3:41 event_twice"),
        ("definitions: [{metric: lead, date: 2026-03-01, old: A, new: B}]\n", "3:24 unknown_metric"),
        (
            "definitions: [{metric: leads, date: 2026-03-01, old: A, new: B, channels: [mail]}]\n",
            "3:76 unknown_channel",
        ),
        ("sources: [{file: metrics/site.csv, exported: 2026-13-01}]\n", "3:46 no_such_date"),
        (OBJECTIVE % "+0%", "3:36 no_change"),
        (OBJECTIVE % "x1", "3:36 no_change"),
        (OBJECTIVE % "x1001", "3:36 too_steep"),
        (OBJECTIVE % "-150%", "3:36 falls_below_nothing"),
        (OBJECTIVE % "1e300", "3:36 too_big"),
        (OBJECTIVE % ("'" + "9" * 400 + "'"), "3:36 too_big"),
        ("costs: 15000\n", "3:8 wrong_type"),
        ("costs: {agency: 999999999999999 h x 9M/month}\n", "3:17 not_a_cost"),
        ("costs: {agency: 999999999999999MDH/month}\n", "3:17 too_big"),
        ("contact: {name: {fr: 'Le {{chef}}'}}\n", "3:22 reserved_mark"),
        ("contact: {name: Chef⟧}\n", "3:17 reserved_mark"),
    ],
)
def test_is_told_at_its_place(tmp_path: Path, added: str, expected: str) -> None:
    dossier, problems = client(tmp_path, added)
    assert dossier is None
    assert f"client.yaml:{expected}" in told(problems)


def test_a_number_for_all_costs_is_told_how_to_write_them(tmp_path: Path) -> None:
    _, (problem,) = client(tmp_path, "costs: 15000\n")
    assert problem.hint is not None
    assert problem.hint.key == "problems.hint.cost_lines"


def test_a_window_that_ends_before_it_starts_is_refused(tmp_path: Path) -> None:
    window = "baselines:\n  orders: {value: 1, start: 2026-02-01, end: 2026-01-01, frozen: 2026-02-02}\n"
    _, problems = client(tmp_path, OBJECTIVE % "+50%", baselines_yaml=window)
    assert told(problems) == ["baselines.yaml:2:46 end_before_start"]


def test_a_file_declared_twice_alike_is_refused(tmp_path: Path) -> None:
    source = "  - {file: exports/a.csv, columns: {clicks: Clicks}}\n"
    _, problems = client(tmp_path, f"sources:\n{source}{source}", exports__a_csv="date,Clicks\n2026-01-01,5\n")
    assert told(problems) == ["client.yaml:5:5 source_twice"]


def test_the_site_says_nothing_twice() -> None:
    rate = "{currency: USD, to: MAD, rate: 10, start: 2026-01-01, source: Bank}"
    _, problems = site(f"agency: {{name: '{{{{x}}}}'}}\nlanguages: [fr, fr]\nexchange_rates: [{rate}, {rate}]\n")
    assert [each.split()[1] for each in told(problems)] == ["reserved_mark", "value_twice", "rate_twice"]
