"""Cells → days and numbers, and each cell that is none with its line and column."""

import math
from array import array
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.check.tables import dates, numbers
from sitegen.check.tables.cells import cells, lined
from sitegen.check.tables.told import TOLD
from sitegen.formats import Words
from sitegen.messages import Period
from sitegen.model.facts import Chunk, Column, Records
from sitegen.read import records as reading

from .workspace import client, only, told

WORDS = Words("en")


def ads(root: Path, content: str, declared: str = "", **more: str) -> tuple[Records | None, list[str]]:
    """The records of an export, and the problems."""
    text = f"sources:\n  - {{file: ads.csv, date: Day, columns: {{clicks: Clicks, spend: Cost}}{declared}}}\n"
    dossier, problems = client(root, text, exports__ads_csv=content, **more)
    return (dossier.records[0] if dossier else None), told(problems)


def days(records: Records) -> list[str]:
    return [date.fromordinal(day).isoformat() for day in records.days]


def test_rows_keep_their_line_and_missing_is_not_zero(tmp_path: Path) -> None:
    records, problems = ads(tmp_path, 'Day,Clicks,Cost\n2026-01-02,5,\n2026-01-01,"\n--",0\n\n2026-01-03, -- ,1.5\n')
    assert problems == []
    assert records is not None
    assert days(records) == ["2026-01-02", "2026-01-01", "2026-01-03"]
    assert records.lines.tolist() == [2, 3, 6]
    assert records.period == Period(date(2026, 1, 1), date(2026, 1, 3))
    assert records.metrics["clicks"][0] == 5
    assert all(math.isnan(value) for value in records.metrics["clicks"][1:])
    assert math.isnan(records.metrics["spend"][0])
    assert records.metrics["spend"].tolist()[1:] == [0, 1.5]


def test_the_columns_are_arrays_of_numbers(tmp_path: Path) -> None:
    records, _ = ads(tmp_path, "Day,Clicks,Cost\n2026-01-02,5,2\n")
    assert records is not None
    assert (records.days.typecode, records.lines.typecode, records.channels.typecode) == ("i", "i", "i")
    assert records.metrics["clicks"].typecode == "d"


def test_campaigns_of_one_day_are_rows_of_their_own_in_an_export(tmp_path: Path) -> None:
    records, problems = ads(tmp_path, "Day,Clicks,Cost\n2026-01-02,5,2\n2026-01-02,5,2\n2026-01-02,6,2\n")
    assert problems == []
    assert records is not None
    assert records.metrics["clicks"].tolist() == [5, 5, 6]


# ---------------------------------------------------------------- a column that is looked at as one text

NUMBERS = [
    "12",
    "-3",
    "0.5",
    "0,5",
    "1.234",
    "1,234",
    "-12,345",
    "007",
    "1234567.89",
    "1\n2",
    "3\n",
    "²",
    "٣",
    "1e3",
    "-",
]
DATES = [
    "2026-01-31",
    "2026-02-30",
    "2026-13-01",
    "2026-1-5",
    "2026-01-05 10:00",
    "2026-01-05\n2026-01-06",
    "٢٠26-01-05",
]


@pytest.mark.parametrize("mark", numbers.Mark)
@given(written=st.lists(st.sampled_from(NUMBERS), max_size=6))
def test_a_column_of_numbers_is_read_as_cell_by_cell(mark: numbers.Mark, written: list[str]) -> None:
    assert list(numbers._told(written)) == [numbers._telling(cell) for cell in written]
    whole, beside = numbers.values(written, mark), numbers.values([*written, "word"], mark)
    np.testing.assert_array_equal(whole.numbers, beside.numbers[:-1])
    assert whole.wrong.tolist() == beside.wrong.tolist()[:-1]


@given(written=st.lists(st.sampled_from(DATES), max_size=5, unique=True))
def test_a_column_of_days_is_read_as_cell_by_cell(written: list[str]) -> None:
    iso = dates.Writing(dates.Shape.ISO)
    assert dates.days(written, iso).tolist() == [dates._day(cell.strip(), iso) for cell in written]
    column = Column(array("i", range(len(written))), tuple(written))
    found = dates.evidence(cells(Chunk(array("i", range(2, len(written) + 2)), {"Day": column}), "Day"))
    assert found.shapes[dates.Shape.ISO] == sum(dates._shaped(cell.strip())[0] == dates.Shape.ISO for cell in written)


def test_each_cell_is_one_line() -> None:
    assert lined(("1", "2")) == "1\n2\n"
    assert lined(("1\n2",)).count("\n") == 1
    assert lined(()) == ""


# ---------------------------------------------------------------- cells that do not fit


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Day,Clicks,Cost\n2026-01-02,5,2\n2026-01-03,many,2\n", "3:2 not_a_number_cell"),
        ("Day,Clicks,Cost\n2026-01-02,5,12:30\n", "2:3 not_a_number_cell"),
        ("Day,Clicks,Cost\n2026-01-02,5%,2\n", "2:2 not_a_number_cell"),
        ("Day,Clicks,Cost\n2026-01-02,\u0661\u0662,2\n", "2:2 not_a_number_cell"),
        ("Day,Clicks,Cost\n2026-01-02,5,120 KDH\n", "2:3 not_a_number_cell"),
        ("Day,Clicks,Cost\n2026-01-02,-5,2\n", "2:2 negative"),
        ("Day,Clicks,Cost\n2026-01-02,5,1e400\n", "2:3 too_big_cell"),
        ("Day,Clicks,Cost\n2026-01-02,1e308,2\n", "2:2 too_big_cell"),
        ("Cost,Clicks,Day\n2,5,1900-01-01\n", "2:3 far_date_cell"),
        ("Cost,Clicks,Day\n2,5,9999-12-31\n", "2:3 not_a_date_cell"),
        ("Cost,Clicks,Day\n2,5,2026-13-02\n", "2:3 not_a_date_cell"),
        ("Cost,Clicks,Day\n2,5,2026-02-30\n", "2:3 not_a_date_cell"),
        ("Cost,Clicks,Day\n2,5,yesterday\n", "2:3 not_a_date_cell"),
        ("Cost,Clicks,Day\n2,5,2026-\u0660\u0661-02\n", "2:3 not_a_date_cell"),
        ("Cost,Clicks,Day\n2,5,2026-01-02\n2,5,03/01/2026\n", "3:3 not_a_date_cell"),
        ("Day,Clicks,Cost\n2026-01-02,5,$2\n2026-01-02,5,€2\n", "3:3 two_currencies"),
        ("Day,Clicks,Cost\n01/02/2026,5,2\n", "2:1 ambiguous_date"),
        ("Day,Clicks,Cost\n12/11/2026,5,2\n11/12/2026,5,2\n", "2:1 ambiguous_date"),
        ("Day,Clicks,Cost\n2026-01-02,5,2\n2026-01-03,5,1.234\n", "3:3 ambiguous_number"),
    ],
)
def test_a_cell_is_told_by_line_and_column(tmp_path: Path, content: str, expected: str) -> None:
    records, problems = ads(tmp_path, content)
    assert records is None
    assert problems == [f"exports/ads.csv:{expected}"]


def test_a_cell_is_quoted_with_what_was_expected(tmp_path: Path) -> None:
    text = "sources: [{file: ads.csv, columns: {clicks: n}}]\n"
    _, problems = client(tmp_path, text, exports__ads_csv="date;n\n2026-01-02;many\n2026-01-02;1,5\nx;1\n")
    assert [WORDS.say(each.message) for each in problems] == [
        "column “n”: “many” is not a number; expected: a number with a decimal comma, such as 1234,5",
        "column “date”: “x” is not a date; expected: 2026-10-31, as in the other cells",
    ]


def test_a_percentage_is_told_to_be_a_rate(tmp_path: Path) -> None:
    _, problems = client(
        tmp_path, "sources: [{file: ads.csv, columns: {clicks: n}}]\n", exports__ads_csv="date,n\n2026-01-02,3.5%\n"
    )
    assert WORDS.say(only(problems).hint) == "choose the column that counts: rates are computed from counts"  # type: ignore[arg-type]


def test_many_faults_of_one_column_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"2026-01-02,x{number},-1\n" for number in range(TOLD + 3))
    records, problems = ads(tmp_path, "Day,Clicks,Cost\n" + rows)
    assert records is None
    clicks = [each for each in problems if ":2 " in each]
    assert clicks[: TOLD + 1] == [
        *(f"exports/ads.csv:{line}:2 not_a_number_cell" for line in range(2, TOLD + 2)),
        f"exports/ads.csv:{TOLD + 2}:2 and_more",
    ]
    assert len(clicks) == TOLD + 1
    assert len([each for each in problems if ":3 negative" in each]) == TOLD


def test_refunds_may_be_negative(tmp_path: Path) -> None:
    dossier, problems = client(tmp_path, metrics__shop_csv="date,revenue,discounts\n2026-01-02,-5.5,-3\n")
    assert problems == ()
    assert dossier is not None
    assert dossier.records[0].metrics["revenue"].tolist() == [-5.5]


def test_no_zero_has_a_sign(tmp_path: Path) -> None:
    records, _ = ads(tmp_path, "Day,Clicks,Cost\n2026-01-02,5,-0\n2026-01-03,5,\u22120.0\n2026-01-04,5,-0.00 $\n")
    assert records is not None
    assert [math.copysign(1, cost) for cost in records.metrics["spend"]] == [1, 1, 1]


def test_a_minus_has_several_signs_and_places(tmp_path: Path) -> None:
    cells = ["-5.5", "\u22125.5", "-DH 5.5", "DH -5.5", "-5.5 DH", "- 5.5"]
    rows = "".join(f"2026-01-0{day},{cell}\n" for day, cell in enumerate(cells, start=1))
    dossier, problems = client(tmp_path, metrics__shop_csv=f"date,revenue\n{rows}")
    assert problems == ()
    assert dossier is not None
    assert dossier.records[0].metrics["revenue"].tolist() == [-5.5] * len(cells)


def test_a_fraction_of_a_conversion_is_a_number(tmp_path: Path) -> None:
    dossier, problems = client(tmp_path, metrics__ads_csv="date,conversions\n2026-01-02,0.66\n")
    assert problems == ()
    assert dossier is not None
    assert dossier.records[0].metrics["conversions"].tolist() == [0.66]


# ---------------------------------------------------------------- rows without a day


@pytest.mark.parametrize("label", ["", "Total", "Total: Account", "Gesamt: Konto", "--"])
def test_a_total_is_left_out_with_a_warning(tmp_path: Path, label: str) -> None:
    records, problems = ads(tmp_path, f"Day,Clicks,Cost\n2026-01-02,5,2\n{label},5,--\n")
    assert problems == ["exports/ads.csv:3:1 total_row?"]
    assert records is not None
    assert records.lines.tolist() == [2]
    assert records.metrics["clicks"].tolist() == [5]


def test_a_row_of_nothing_is_left_out_in_silence(tmp_path: Path) -> None:
    records, problems = ads(tmp_path, "Day,Clicks,Cost,Note\n2026-01-02,5,2,\n,,--,the end\n")
    assert problems == []
    assert records is not None
    assert len(records.days) == 1


def test_a_total_neither_names_a_channel_nor_a_currency(tmp_path: Path) -> None:
    content = "Day,Channel,Code,Clicks,Cost\n2026-01-02,Email,MAD,5,2\nTotal,Total,EUR,5,2\n"
    records, problems = ads(tmp_path, content, ", channel_column: Channel, currency_column: Code")
    assert problems == ["exports/ads.csv:3:1 total_row?"]
    assert records is not None
    assert records.channel_names == ("email",)


# ---------------------------------------------------------------- how a column is written


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["1234.5", "1,234"], [1234.5, 1234]),
        (["1234,5", "1.234"], [1234.5, 1234]),
        (["1,234,567", "1,234"], [1234567, 1234]),
        (["1 234,5", "1\u202f234", "1\u00a0234"], [1234.5, 1234, 1234]),
        (["1'234.50", "1’234"], [1234.5, 1234]),
        (["0,123", "1,234"], [0.123, 1.234]),
        (["[0]", "[0.93]", "[]", "[2, 3]"], [0, 0.93, math.nan, 2]),
        (["DH 12.5", "12.5 DH", "12.5 MAD", "MAD12.5"], [12.5] * 4),
        (["1.5e3", "+2", "007"], [1500, 2, 7]),
        (["1,234.56", "1,234.56", "7,5"], None),
    ],
)
def test_one_decimal_mark_for_a_column(tmp_path: Path, cells: list[str], values: list[float] | None) -> None:
    rows = "".join(f"2026-01-02;5;{cell}\n" for cell in cells)
    records, problems = ads(tmp_path, "Day;Clicks;Cost\n" + rows)
    if values is None:
        assert problems == ["exports/ads.csv:4:3 not_a_number_cell"]
        return
    assert problems == []
    assert records is not None
    assert records.metrics["spend"].tolist() == pytest.approx(values, nan_ok=True)


def test_another_column_of_the_file_tells_the_decimal_mark(tmp_path: Path) -> None:
    records, problems = ads(tmp_path, 'Day,Clicks,Cost\n2026-01-02,"1,234",2.50\n')
    assert problems == []
    assert records is not None
    assert records.metrics["clicks"].tolist() == [1234]


@pytest.mark.parametrize(("locale", "value"), [("en", 1234), ("fr", 1.234)])
def test_the_declared_locale_tells_when_no_cell_does(tmp_path: Path, locale: str, value: float) -> None:
    records, problems = ads(tmp_path, "Day;Clicks;Cost\n2026-01-02;5;1,234\n", f", locale: {locale}")
    assert problems == []
    assert records is not None
    assert records.metrics["spend"].tolist() == [value]


def test_cells_that_tell_win_over_the_locale(tmp_path: Path) -> None:
    records, problems = ads(tmp_path, "Day;Clicks;Cost\n2026-01-02;5;2.50\n", ", locale: fr")
    assert problems == []
    assert records is not None
    assert records.metrics["spend"].tolist() == [2.5]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["2026-03-04", "2026-3-5"], ["2026-03-04", "2026-03-05"]),
        (["2026-03-04T23:30:00+01:00", "2026-03-05 01:00"], ["2026-03-04", "2026-03-05"]),
        (["20260304"], ["2026-03-04"]),
        (["2026/03/04"], ["2026-03-04"]),
        (["04/03/2026", "13/03/2026"], ["2026-03-04", "2026-03-13"]),
        (["03/04/2026", "03/13/2026 02:50"], ["2026-03-04", "2026-03-13"]),
        (["04-03-26", "13-03-26"], ["2026-03-04", "2026-03-13"]),
        (["4.3.2026", "13.3.2026"], ["2026-03-04", "2026-03-13"]),
    ],
)
def test_one_way_of_writing_dates_for_a_column(tmp_path: Path, cells: list[str], expected: list[str]) -> None:
    rows = "".join(f"{cell},5,2\n" for cell in cells)
    records, problems = ads(tmp_path, "Day,Clicks,Cost\n" + rows)
    assert problems == []
    assert records is not None
    assert days(records) == expected


@pytest.mark.parametrize(
    ("written", "format", "expected"),
    [
        ("01/02/2026", "%d/%m/%Y", "2026-02-01"),
        ("01/02/2026", "%m/%d/%Y", "2026-01-02"),
        ("Feb 18 2026", "%b %d %Y", "2026-02-18"),
        ("2026-02", "%Y-%m", "2026-02-01"),
    ],
)
def test_a_declared_format_wins(tmp_path: Path, written: str, format: str, expected: str) -> None:
    records, problems = ads(tmp_path, f"Day,Clicks,Cost\n{written},5,2\n", f', date_format: "{format}"')
    assert problems == []
    assert records is not None
    assert days(records) == [expected]


def test_a_cell_that_is_not_in_the_declared_format(tmp_path: Path) -> None:
    records, problems = ads(tmp_path, "Day,Clicks,Cost\n2026-02-01,5,2\n", ', date_format: "%d/%m/%Y"')
    assert records is None
    assert problems == ["exports/ads.csv:2:1 not_a_date_cell"]


@pytest.mark.parametrize("format", ["dd/mm/yyyy", "%d/%m", "%Q"])
def test_a_format_that_is_none(tmp_path: Path, format: str) -> None:
    records, problems = ads(tmp_path, "Day,Clicks,Cost\n01/02/2026,5,2\n", f', date_format: "{format}"')
    assert records is None
    assert problems == ["client.yaml:4:85 not_a_date_format"]


@pytest.mark.parametrize(
    ("cell", "formats"), [("01/02/2026", ("%d/%m/%Y", "%m/%d/%Y")), ("1-2-26 03:10", ("%d-%m-%y", "%m-%d-%y"))]
)
def test_the_hint_to_an_ambiguous_date_can_be_pasted(tmp_path: Path, cell: str, formats: tuple[str, str]) -> None:
    _, problems = client(tmp_path, metrics__site_csv=f"date,sessions\n{cell},5\n")
    assert told(problems) == ["metrics/site.csv:2:1 ambiguous_date"]
    lines = WORDS.say(only(problems).hint).splitlines()  # type: ignore[arg-type]
    assert lines[1:3] == ["  sources:", "    - file: metrics/site.csv"]
    assert [line.partition("  #")[0] for line in lines[3:]] == [f'      date_format: "{each}"' for each in formats]


def test_an_ambiguous_number_is_told_with_both_readings(tmp_path: Path) -> None:
    _, problems = client(tmp_path, metrics__site_csv='date,sessions\n2026-01-01,5\n2026-01-02,"1,234"\n')
    assert told(problems) == ["metrics/site.csv:3:2 ambiguous_number"]
    assert WORDS.say(only(problems).message).startswith("column “sessions”: “1,234” can be 1234 or 1.234")


# ---------------------------------------------------------------- channels


def test_the_channel_of_each_row(tmp_path: Path) -> None:
    content = (
        "date,channel,sessions\n2026-01-01,Paid Search,1\n2026-01-01,email,2\n2026-01-01,,3\n2026-01-02,e-mail,4\n"
    )
    dossier, problems = client(tmp_path, metrics__site_csv=content.replace("e-mail", "EMAIL"))
    assert problems == ()
    assert dossier is not None
    (records,) = dossier.records
    names = [records.channel_names[code] for code in records.channels]
    assert names == ["paid_search", "email", "website", "email"]


def test_an_unknown_channel_is_told_once_with_its_first_line(tmp_path: Path) -> None:
    content = "date,channel,sessions\n2026-01-01,email,1\n2026-01-01,webstie,2\n2026-01-02,webstie,3\n"
    dossier, problems = client(tmp_path, metrics__site_csv=content)
    assert dossier is None
    assert told(problems) == ["metrics/site.csv:3:2 unknown_channel"]
    assert WORDS.say(only(problems).hint) == "did you mean “website”?"  # type: ignore[arg-type]


def test_only_the_channels_of_rows_that_are_read_are_named(tmp_path: Path) -> None:
    records, _ = ads(tmp_path, "Day,Clicks,Cost\n2026-01-02,5,2\n", ", channel: meta_ads")
    assert records is not None
    assert records.channel_names == ("meta_ads",)


# ---------------------------------------------------------------- currencies


def test_a_currency_column_that_says_another_currency(tmp_path: Path) -> None:
    content = "Day,Code,Clicks,Cost\n2026-01-02,MAD,5,2\n2026-01-03,EUR,5,2\n2026-01-04,EUR,5,2\n2026-01-04,,5,2\n"
    records, problems = ads(tmp_path, content, ", currency_column: Code")
    assert records is None
    assert problems == ["exports/ads.csv:3:2 two_currencies"]


def test_a_currency_column_that_agrees_with_the_declaration(tmp_path: Path) -> None:
    content = "Day,Code,Clicks,Cost\n2026-01-02,mad,5,2\n"
    records, problems = ads(tmp_path, content, ", currency_column: Code, currency: MAD")
    assert problems == []
    assert records is not None
    assert records.currency == "MAD"


# ---------------------------------------------------------------- the same thing twice


def test_a_day_twice_in_a_tidy_file_is_an_error_when_the_numbers_differ(tmp_path: Path) -> None:
    content = "date,channel,sessions\n2026-01-01,email,1\n2026-01-01,direct,1\n2026-01-01,email,2\n"
    dossier, problems = client(tmp_path, metrics__site_csv=content)
    assert dossier is None
    assert told(problems) == ["metrics/site.csv:4:1 row_twice"]
    assert only(problems).message.named["line"] == "2"


def test_a_row_repeated_in_a_tidy_file_counts_once(tmp_path: Path) -> None:
    content = "date,channel,sessions,leads\n2026-01-01,email,1,\n2026-01-02,email,2,3\n2026-01-01,email,1,\n"
    dossier, problems = client(tmp_path, metrics__site_csv=content)
    assert told(problems) == ["metrics/site.csv:4:1 row_repeated?"]
    assert dossier is not None
    (records,) = dossier.records
    assert records.metrics["sessions"].tolist() == [1, 2]
    assert records.lines.tolist() == [2, 3]


# ---------------------------------------------------------------- chunks


def test_evidence_and_rows_of_all_chunks_come_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What tells day from month, and point from comma, stands in the last chunk only."""
    monkeypatch.setattr(reading, "CHUNK_ROWS", 2)
    content = "date;channel;revenue;orders\n" + "".join(
        f"{day};{channel};{amount};1\n"
        for day, channel, amount in [
            ("01/02/2026", "email", "1.234"),
            ("02/02/2026", "direct", ""),
            ("03/02/2026", "email", "5"),
            ("04/02/2026", "", "1.000"),
            ("13/02/2026", "direct", "2.500,75"),
        ]
    )
    dossier, problems = client(tmp_path, metrics__shop_csv=content)
    assert problems == ()
    assert dossier is not None
    (records,) = dossier.records
    assert days(records) == ["2026-02-01", "2026-02-02", "2026-02-03", "2026-02-04", "2026-02-13"]
    assert records.lines.tolist() == [2, 3, 4, 5, 6]
    assert records.metrics["revenue"].tolist() == pytest.approx([1234, math.nan, 5, 1000, 2500.75], nan_ok=True)
    names = [records.channel_names[code] for code in records.channels]
    assert names == ["email", "direct", "email", "website", "direct"]


def test_faults_of_all_chunks_are_told_with_their_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "CHUNK_ROWS", 2)
    content = "date,sessions\n2026-01-01,5\n2026-01-02,x\n2026-01-03,5\n2026-01-04,x\n2026-01-05,5\n2026-01-06,-1\n"
    _, problems = client(tmp_path, metrics__site_csv=content)
    assert told(problems) == [
        "metrics/site.csv:3:2 not_a_number_cell",
        "metrics/site.csv:5:2 not_a_number_cell",
        "metrics/site.csv:7:2 negative",
    ]


def test_a_table_without_rows_has_records_without_rows(tmp_path: Path) -> None:
    dossier, problems = client(tmp_path, exports__site_csv="date,sessions\n")
    assert [each.severity for each in problems] == ["info"]
    assert dossier is not None
    assert dossier.records[0].period is None
    assert len(dossier.records[0].days) == 0
