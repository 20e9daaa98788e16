"""Published figures, competitors, dropped metrics: what could not be compared is told where it is written."""

from pathlib import Path

import pytest

from sitegen.check.benchmarks import carried
from sitegen.formats import Words
from sitegen.model.benchmarks import BANDS
from sitegen.read import published

from .workspace import client, only, site, told

RIVALS = "competitors: [{name: Rival}, {name: Autre}]\n"
HEADER = "date,competitor,channel,interactions,impressions\n"


def record(**changed: str | None) -> str:
    """One record in a line, from which a key can be taken out."""
    keys: dict[str, str | None] = {
        "metric": "conversion_rate",
        "definition_id": "conversion_rate",
        "stat": "median",
        "value": "2.1%",
        "source": "Survey",
        "licence": "CC0",
    }
    told = ", ".join(f"{key}: {value}" for key, value in (keys | changed).items() if value is not None)
    return f"benchmarks: [{{{told}}}]\n"


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"metric": "conversion_rte"}, "3:23 unknown_metric"),
        ({"metric": None}, "3:14 missing_key"),
        ({"definition_id": None}, "3:14 missing_key"),
        ({"definition_id": "Taux"}, "3:55 not_an_id"),
        ({"stat": "mode"}, "3:78 unknown_value"),
        ({"value": "210%"}, "3:93 benchmark_rate"),
        ({"value": "some"}, "3:93 wrong_type"),
        ({"unit": "money"}, "3:135 benchmark_unit"),
        ({"channel": "instagramm"}, "3:138 unknown_channel"),
        ({"metric": "average_order_value", "value": "300"}, "3:14 benchmark_currency"),
        ({"metric": "average_order_value", "value": "300", "currency": "EUO"}, "3:142 unknown_currency"),
        ({"stat": "share"}, "3:78 benchmark_share"),
        ({"metric": "digital_intensity", "stat": "median"}, "3:80 benchmark_share"),
        ({"metric": "digital_intensity", "stat": "share", "band": "middling"}, "3:136 benchmark_band"),
        ({"period": "{start: 2025-12-31, end: 2025-01-01}"}, "3:162 end_before_start"),
        ({"url": "http://example.org"}, "3:134 not_a_secure_address"),
        ({"redistribute": "maybe"}, "3:143 unknown_value"),
    ],
)
def test_a_record_that_cannot_be_compared(tmp_path: Path, changed: dict[str, str | None], expected: str) -> None:
    dossier, problems = client(tmp_path, record(**changed))
    assert (dossier, told(problems)) == (None, [f"client.yaml:{expected}"])


def test_the_same_is_told_of_the_settings() -> None:
    agreed, problems = site("agency: {name: Z}\n" + record(metric="conversion_rte"))
    assert (agreed, [each.message.key for each in problems]) == (None, ["problems.unknown_metric"])
    assert problems[0].hint
    assert Words("en").say(problems[0].hint) == "did you mean “conversion_rate”?"


def test_a_record_is_told_once(tmp_path: Path) -> None:
    twice = record().replace("[", "[{metric: orders, definition_id: o, stat: mean, value: 3, source: S, licence: L}, ")
    twice = twice.replace("]", ", " + record().partition("[")[2].rstrip())
    _, problems = client(tmp_path, twice)
    assert [each.message.key for each in problems] == ["problems.benchmark_twice"]


def test_nothing_is_redistributed_unless_it_is_said(tmp_path: Path) -> None:
    dossier, problems = client(tmp_path, record())
    assert dossier
    assert not problems
    (found,) = dossier.benchmarks
    assert (found.redistribute, found.value) == ("no", pytest.approx(0.021))


def test_the_client_s_records_come_before_the_site_s(tmp_path: Path) -> None:
    config = "agency: {name: Z}\n" + record(source="Site")
    dossier, _ = client(tmp_path, record(source="Client"), config=config)
    assert dossier
    assert [each.source.in_language("en") for each in dossier.benchmarks] == ["Client", "Site"]


def test_what_the_package_carries_fits() -> None:
    """The four classes of Eurostat hold all enterprises; no record of a vendor is among them (METHODS §6)."""
    found = carried(published())
    shares = {each.band: each.value for each in found if each.metric == "digital_intensity"}
    assert list(shares) == list(BANDS)
    assert sum(shares.values()) == pytest.approx(1, abs=0.0011)
    assert sum(value for band, value in shares.items() if band != "very_low") == pytest.approx(0.58, abs=0.003)
    assert {each.redistribute for each in found if each.metric == "digital_intensity"} == {"yes"}
    assert {each.source.in_language("en").partition(",")[0] for each in found} == {"Eurostat", "Meta"}


# ---------------------------------------------------------------- competitors


def test_each_competitor_has_its_own_rows(tmp_path: Path) -> None:
    rows = HEADER + "2026-01-01,Rival,tiktok,5,100\n2026-01-01,Autre,tiktok,6,\n2026-01-02, Rival ,tiktok,7,200\n"
    dossier, problems = client(tmp_path, RIVALS, metrics__competitors_csv=rows)
    assert dossier
    assert not problems
    assert dossier.records == ()
    (rival,), (other,) = dossier.competitors["Rival"], dossier.competitors["Autre"]
    assert (list(rival.metrics["interactions"]), list(rival.lines)) == ([5.0, 7.0], [2, 4])
    assert list(other.metrics["interactions"]) == [6.0]
    assert rival.path == "data/atlas/metrics/competitors.csv"


def test_a_competitor_without_rows_is_one_all_the_same(tmp_path: Path) -> None:
    dossier, _ = client(tmp_path, RIVALS)
    assert dossier
    assert dossier.competitors == {"Rival": (), "Autre": ()}


@pytest.mark.parametrize(
    ("row", "expected", "hint"),
    [
        ("2026-01-01,Rivale,tiktok,5,9", "2:2 unknown_competitor", "did you mean “Rival”?"),
        ("2026-01-01,,tiktok,5,9", "2:2 no_competitor", "write its name in the column “competitor”"),
        ("2026-01-01,Rival,tiktok,five,9", "2:4 not_a_number_cell", None),
        ("2026-01-01,Rival,tictoc,5,9", "2:3 unknown_channel", "did you mean “tiktok”?"),
    ],
)
def test_a_row_of_a_competitor_that_cannot_be_read(tmp_path: Path, row: str, expected: str, hint: str | None) -> None:
    dossier, problems = client(tmp_path, RIVALS, metrics__competitors_csv=f"{HEADER}{row}\n")
    assert (dossier, told(problems)) == (None, [f"metrics/competitors.csv:{expected}"])
    if hint is not None:
        found = only(problems).hint
        assert found
        assert Words("en").say(found) == hint


def test_rows_without_any_competitor_in_the_file_ask_for_one(tmp_path: Path) -> None:
    _, problems = client(tmp_path, metrics__competitors_csv=f"{HEADER}2026-01-01,Rival,tiktok,5,9\n")
    found = only(problems).hint
    assert found
    assert Words("en").say(found) == "add “- name: Rival” below “competitors:”"


def test_a_declared_table_of_competitors_is_none_of_the_client_s(tmp_path: Path) -> None:
    added = RIVALS + "sources: [{file: metrics/competitors.csv, grain: month}]\n"
    rows = f"{HEADER}2026-01-01,Rival,tiktok,5,9\n"
    dossier, problems = client(tmp_path, added, metrics__competitors_csv=rows)
    assert dossier
    assert not problems
    assert dossier.records == ()
    assert dossier.competitors["Rival"][0].grain == "month"


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ("competitors: [{name: Atlas}]", "3:22 competitor_itself"),
        ("competitors: [{name: Rival}, {name: rival}]", "3:37 competitor_twice"),
        ("measured_as: {in_time: meta}", "3:15 unknown_metric"),
        ("dropped: [{metric: likse, reason: None}]", "3:20 unknown_metric"),
        ("dropped: [{metric: likes, reason: A}, {metric: likes, reason: B}]", "3:48 value_twice"),
        ("digital_intensity: {count: 13, year: 2023}", "3:28 less_than_equal"),
    ],
)
def test_a_name_that_cannot_be(tmp_path: Path, added: str, expected: str) -> None:
    dossier, problems = client(tmp_path, added)
    assert (dossier, told(problems)) == (None, [f"client.yaml:{expected}"])


def test_a_kpi_that_was_dropped_is_warned_of(tmp_path: Path) -> None:
    goal = "objectives: [{kpi: orders, target: 9, start: 2026-01-01, deadline: 2026-06-30}]\n"
    dossier, problems = client(tmp_path, goal + "dropped: [{metric: orders, reason: Why not}]")
    assert dossier
    assert "client.yaml:4:20 dropped_kpi?" in told(problems)
