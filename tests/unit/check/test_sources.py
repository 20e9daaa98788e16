"""Which file is read, and what each of its columns is."""

from pathlib import Path

import pytest

from sitegen.formats import Words

from .workspace import FOLDER, client, only, told

WORDS = Words("en")
SITE = "date,sessions\n2026-01-01,5\n"
RATES = (
    "agency: {name: Zellige}\nexchange_rates: [{currency: EUR, to: MAD, rate: 10.8, start: 2025-01-01, source: Bank}]\n"
)
ADS = "Day,Cost,Clicks,CTR\n2026-01-01,5,2,40%\n"


def source(text: str) -> str:
    return f"sources:\n  - {{{text}}}\n"


@pytest.mark.parametrize("file", ["exports/ads.csv", "ads.csv"])
def test_a_declared_file_is_found_with_and_without_its_folder(tmp_path: Path, file: str) -> None:
    text = source(f"file: {file}, channel: meta_ads, date: Day, columns: {{spend: Cost, clicks: Clicks}}, gaps: zero")
    dossier, problems = client(tmp_path, text, exports__ads_csv=ADS)
    assert problems == ()
    assert dossier is not None
    (records,) = dossier.records
    assert records.path == "data/atlas/exports/ads.csv"
    assert records.columns == {"spend": "Cost", "clicks": "Clicks"}
    assert (records.currency, records.channel_names, records.gaps_are_zero) == ("MAD", ("meta_ads",), True)
    assert len(records.digest) == 64


def test_a_tidy_file_needs_no_declaration(tmp_path: Path) -> None:
    dossier, problems = client(tmp_path, metrics__site_csv="date,channel,sessions\n2026-01-01,email,5\n")
    assert problems == ()
    assert dossier is not None
    assert dossier.records[0].columns == {"sessions": "sessions"}
    assert dossier.records[0].channel_names == ("email",)
    assert not dossier.records[0].gaps_are_zero


def test_a_declared_file_without_columns_is_read_by_its_headers(tmp_path: Path) -> None:
    dossier, problems = client(tmp_path, source("file: site.csv, channel: email"), metrics__site_csv=SITE)
    assert problems == ()
    assert dossier is not None
    assert [records.columns for records in dossier.records] == [{"sessions": "sessions"}]


@pytest.mark.parametrize(
    ("text", "expected", "hint"),
    [
        ("file: exports/ad.csv", "4:12 no_such_file", "did you mean “exports/ads.csv”?"),
        ("file: zzzzzzzzzz.json", "4:12 no_such_file", "possible values: exports/ads.csv"),
        ("file: ../other/ads.csv", "4:12 path_leaves", None),
        ("file: exports/../../other/ads.csv", "4:12 path_leaves", None),
        ("file: /etc/passwd", "4:12 path_leaves", None),
        ("file: C:\\ads.csv", "4:12 path_leaves", None),
        ("file: ..\\ads.csv", "4:12 path_leaves", None),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, text: str, expected: str, hint: str | None) -> None:
    dossier, problems = client(tmp_path, source(text), exports__ads_csv="date,spend\n2026-01-01,5\n")
    assert dossier is None
    assert told(problems) == [f"client.yaml:{expected}"]
    if hint:
        assert WORDS.say(only(problems).hint) == hint  # type: ignore[arg-type]


def test_an_empty_file_is_told_once(tmp_path: Path) -> None:
    dossier, problems = client(tmp_path, source("file: ads.csv"), exports__ads_csv="")
    assert dossier is None
    assert told(problems) == ["exports/ads.csv:0:0 read.empty_table"]


def test_a_file_in_a_wrong_encoding_is_told_once(tmp_path: Path) -> None:
    text = source("file: ads.csv, date: Day, columns: {spend: Cost}, encoding: utf-16")
    dossier, problems = client(tmp_path, text, exports__ads_csv=ADS)
    assert dossier is None
    assert told(problems) == ["exports/ads.csv:1:1 read.wrong_encoding"]


@pytest.mark.parametrize(
    ("text", "expected", "hint"),
    [
        ("date: Dya, columns: {spend: Cost}", "4:27 no_such_column", "did you mean “Day”?"),
        ("columns: {spend: Cost}", "4:5 no_such_column", "did you mean “Day”?"),
        ("date: Day, columns: {spend: Csot}", "4:49 no_such_column", "did you mean “Cost”?"),
        ("date: Day, columns: {spend: Zzz}", "4:49 no_such_column", "possible values: Day, Cost, Clicks and CTR"),
        ("date: Day, columns: {spend: Cost}, channel_column: Chan", "4:72 no_such_column", None),
        ("date: Day, columns: {spend: Cost}, currency_column: Curr", "4:73 no_such_column", None),
        ("date: Day, columns: {spnd: Cost}", "4:42 unknown_metric", "did you mean “spend”?"),
        ("date: Day, columns: {click_through_rate: CTR}", "4:42 computed_metric", None),
    ],
)
def test_a_declaration_that_does_not_fit_its_file(tmp_path: Path, text: str, expected: str, hint: str | None) -> None:
    declared = source(f"file: ads.csv, {text}")
    dossier, problems = client(
        tmp_path, declared, exports__ads_csv=ADS.replace("Day", "Day" if "date" in text else "Date")
    )
    assert dossier is None
    assert told(problems) == [f"client.yaml:{expected}"]
    if hint and "date" in text:
        assert WORDS.say(only(problems).hint) == hint  # type: ignore[arg-type]


def test_a_file_of_no_platform_needs_its_columns(tmp_path: Path) -> None:
    dossier, problems = client(
        tmp_path, source("file: ads.csv, date: Jour"), exports__ads_csv="Jour,Pains\n2026-01-01,5\n"
    )
    assert dossier is None
    hint = WORDS.say(only(problems).hint)  # type: ignore[arg-type]
    assert hint == "say what its columns are:\n  columns: {sessions: header of the column}"


def test_an_export_of_a_platform_needs_no_columns(tmp_path: Path) -> None:
    dossier, _ = client(tmp_path, source("file: ads.csv, currency: EUR"), exports__ads_csv=ADS, config=RATES)
    assert dossier is not None
    (records,) = dossier.records
    assert (records.columns["spend"], records.currency, records.platform) == ("Cost", "EUR", "google_ads")


def test_a_rate_is_declared_by_its_parts(tmp_path: Path) -> None:
    text = source("file: ads.csv, date: Day, columns: {click_through_rate: CTR}")
    _, problems = client(tmp_path, text, exports__ads_csv=ADS)
    assert WORDS.say(only(problems).hint) == "declare its two parts instead: clicks and impressions"  # type: ignore[arg-type]


def test_a_header_below_other_lines_is_named_with_its_line(tmp_path: Path) -> None:
    headers = ",".join(f"column {number}" for number in range(20))
    text = source("file: ads.csv, date: zzz, columns: {spend: column 1}")
    _, problems = client(tmp_path, text, exports__ads_csv=f"\n{headers}\n{','.join('5' * 20)}\n")
    assert (
        WORDS.say(only(problems).hint) == "the header was read on line 2; “skip:” tells how many lines come before it"
    )  # type: ignore[arg-type]


def test_nobody_declared_what_is_in_a_file(tmp_path: Path) -> None:
    dossier, problems = client(tmp_path, exports__ads_csv="Jour,Pains\n2026-01-01,5\n", notes__plan_csv=ADS)
    assert dossier is not None
    assert dossier.records == ()
    assert told(problems) == ["exports/ads.csv:0:0 not_recognised?"]
    assert "- file: exports/ads.csv" in WORDS.say(only(problems).hint)  # type: ignore[arg-type]


def test_a_spreadsheet_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    (tmp_path / FOLDER / "exports").mkdir(parents=True)
    (tmp_path / FOLDER / "exports/Ads.XLSX").write_bytes(b"PK\x03\x04\0")
    (tmp_path / FOLDER / "exports/README.md").write_text("notes", "utf-8")
    dossier, problems = client(tmp_path)
    assert dossier is not None
    (problem,) = problems
    assert (problem.path, problem.severity) == (f"{FOLDER}/exports/Ads.XLSX", "warning")


def test_a_declared_spreadsheet_is_told_once(tmp_path: Path) -> None:
    (tmp_path / FOLDER / "exports").mkdir(parents=True)
    (tmp_path / FOLDER / "exports/ads.xlsx").write_bytes(b"PK\x03\x04\0")
    dossier, problems = client(tmp_path, source("file: ads.xlsx, columns: {spend: Cost}"))
    assert dossier is None
    assert told(problems) == ["exports/ads.xlsx:1:1 read.not_text"]


def test_columns_that_are_no_metrics_are_named(tmp_path: Path) -> None:
    dossier, problems = client(tmp_path, metrics__site_csv="date,sessions,foo,conversion_rate\n2026-01-01,5,x,2%\n")
    assert dossier is not None
    assert told(problems) == ["metrics/site.csv:1:3 columns_ignored?", "metrics/site.csv:1:4 computed_metric?"]
    assert problems[0].message.named["columns"] == ("foo",)
    assert list(dossier.records[0].metrics) == ["sessions"]


def test_titles_nearly_right_are_told_with_the_right_ones(tmp_path: Path) -> None:
    _, problems = client(tmp_path, metrics__site_csv="date,sessions,Canal\n2026-01-01,5,email\n")
    assert told(problems) == ["metrics/site.csv:1:3 column_unknown?"]
    assert problems[0].hint is not None
    assert problems[0].hint.named == {"word": "channel"}


def test_a_table_with_capital_titles_is_told_how_to_write_them(tmp_path: Path) -> None:
    _, problems = client(tmp_path, metrics__site_csv="Date,Sessions\n2026-01-01,5\n")
    hint = only(problems).hint
    assert hint is not None
    assert hint.named == {"names": ("Date → date", "Sessions → sessions")}
