"""Cells of the platforms' pages → numbers in the unit of their column."""

import math
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.check.exports.amounts import Evidence, decided, evidence, values
from sitegen.check.tables.numbers import Mark
from sitegen.model.exports import Scale

from .columns import column

POINT, COMMA = Mark.POINT, Mark.COMMA
NARROW, HARD = "\u202f", "\u00a0"


def read(cell: str, mark: Mark = POINT, unit: Scale = Scale.COUNT) -> float:
    """The number of one cell, which is right."""
    found = values([cell], mark, unit)
    assert not found.wrong.any()
    return float(found.numbers[0])


def mark_of(*cells: str, unit: Scale = Scale.COUNT, **known: str) -> Mark | None:
    return decided(evidence(column(cells), unit, **known), Evidence())


@pytest.mark.parametrize(
    ("cell", "mark", "expected"),
    [
        ("1234", POINT, 1234),
        ("1,234.56", POINT, 1234.56),
        ("1 234,56", COMMA, 1234.56),
        (f"1{NARROW}234,56", COMMA, 1234.56),
        (f"1{HARD}234,56", COMMA, 1234.56),
        ("1\u2009234\u2009567,5", COMMA, 1234567.5),
        ("1.234,56", COMMA, 1234.56),
        ("1'234.56", POINT, 1234.56),
        ("1’234’567", POINT, 1234567),
        ("1,23,456.78", POINT, 123456.78),
        ("12,34,567", POINT, 1234567),
        ("2.546", COMMA, 2546),
        ("2.546", POINT, 2.546),
        ("1,234", COMMA, 1.234),
        (".5", POINT, 0.5),
        ("-5.5", POINT, -5.5),
        ("\u22125,5", COMMA, -5.5),
        ("- 5.5", POINT, -5.5),
        ("+5", POINT, 5),
        ("(1,234.50)", POINT, -1234.5),
        ("(12)", POINT, -12),
        ("1.5e3", POINT, 1500),
        ("1,5E+03", COMMA, 1500),
        ("1.2K", POINT, 1200),
        ("1,2 k", COMMA, 1200),
        ("3.4M", POINT, 3_400_000),
        ("3,4 M", COMMA, 3_400_000),
        ("3,4 Mio.", COMMA, 3_400_000),
        ("١٬٢٣٤٫٥٦", POINT, 1234.56),
        ("١٬٢٣٤٫٥٦", COMMA, 1234.56),
        ("۱۲۳", POINT, 123),
        ("\u200f١٢\u200f", POINT, 12),
        ("[0.93]", POINT, 0.93),
        ("[0,93]", COMMA, 0.93),
        ("[0]", POINT, 0),
        ("350 (35.18%)", POINT, 350),
        ("5 (0,5 %)", COMMA, 5),
    ],
)
def test_a_number_is_written_in_many_ways(cell: str, mark: Mark, expected: float) -> None:
    assert read(cell, mark) == expected


@pytest.mark.parametrize(
    ("cell", "mark", "expected", "currency"),
    [
        ("US$34.15", POINT, 34.15, "USD"),
        (f"US${HARD}0,00", COMMA, 0, "USD"),
        ("5 $US", POINT, 5, "USD"),
        ("$5.00 USD", POINT, 5, "USD"),
        ("CA$5.00 CAD", POINT, 5, "CAD"),
        ("A$0.00", POINT, 0, "AUD"),
        (f"11 925,86{HARD}€", COMMA, 11925.86, "EUR"),
        (f"1{NARROW}234,56{NARROW}€", COMMA, 1234.56, "EUR"),
        ("€1.234,56", COMMA, 1234.56, "EUR"),
        ("-€5.50", POINT, -5.5, "EUR"),
        ("€-5.50", POINT, -5.5, "EUR"),
        ("(€5.50)", POINT, -5.5, "EUR"),
        ("Rp 150.000", COMMA, 150_000, "IDR"),
        ("Rp150.000", COMMA, 150_000, "IDR"),
        ("120 DH", POINT, 120, "MAD"),
        ("120,50 Dhs", COMMA, 120.5, "MAD"),
        ("MAD 120", POINT, 120, "MAD"),
        ("120 KDH", POINT, 120_000, "MAD"),
        ("KDH 1,5", COMMA, 1500, "MAD"),
        ("1,5 MDH", COMMA, 1_500_000, "MAD"),
        ("12 k€", POINT, 12_000, "EUR"),
        ("١٢٫٥ د.م.\u200f", POINT, 12.5, "MAD"),
        ("12.500 DT", POINT, 12.5, "TND"),
        ("5 000 XAF", POINT, 5000, "XAF"),
        ("12 KES", POINT, 12, "KES"),
        ("12 MGA", POINT, 12, "MGA"),
        ("R$ 1.234,00", COMMA, 1234, "BRL"),
        ("R 1 234.00", POINT, 1234, "ZAR"),
        ("₹1,23,456", POINT, 123_456, "INR"),
        ("12,50 zł", COMMA, 12.5, "PLN"),
        ("£1,234", POINT, 1234, "GBP"),
    ],
)
def test_a_sign_tells_its_currency(cell: str, mark: Mark, expected: float, currency: str) -> None:
    found = values([cell], mark, Scale.MONEY)
    assert found.numbers.tolist() == [expected]
    assert (dict(found.currencies), dict(found.symbols)) == ({currency: cell}, {})


@pytest.mark.parametrize(
    ("cell", "expected", "symbol"),
    [("$1,686.06", 1686.06, "$"), ("($12)", -12, "$"), ("5 000 FCFA", 5000, "FCFA"), ("5 000 F CFA", 5000, "FCFA"),
     ("12 kr", 12, "KR"), ("¥1,234", 1234, "¥")],
)  # fmt: skip
def test_a_sign_of_several_currencies_tells_none(cell: str, expected: float, symbol: str) -> None:
    found = values([cell], POINT, Scale.MONEY)
    assert found.numbers.tolist() == [expected]
    assert (dict(found.currencies), dict(found.symbols)) == ({}, {symbol: cell})


def test_each_currency_has_its_first_cell() -> None:
    found = values(["$1", "€2", "US$3", "4 €", "$5"], POINT, Scale.MONEY)
    assert dict(found.currencies) == {"EUR": "€2", "USD": "US$3"}
    assert dict(found.symbols) == {"$": "$1"}


@pytest.mark.parametrize(
    ("cell", "mark", "unit", "expected"),
    [
        ("33.56", POINT, Scale.PERCENT, 0.3356),
        (f"33,56{HARD}%", COMMA, Scale.PERCENT, 0.3356),
        ("45.13%", POINT, Scale.PERCENT, 0.4513),
        ("%33,56", COMMA, Scale.PERCENT, 0.3356),
        ("٣٣٫٥٦٪", POINT, Scale.PERCENT, 0.3356),
        ("133.93%", POINT, Scale.PERCENT, 1.3393),
        ("0.0615", POINT, Scale.FRACTION, 0.0615),
        ("6.15%", POINT, Scale.FRACTION, 0.0615),
        ("0:12:56", POINT, Scale.DURATION, 776),
        ("00:10:55", POINT, Scale.DURATION, 655),
        ("12:56", POINT, Scale.DURATION, 776),
        ("0:00", POINT, Scale.DURATION, 0),
        ("100:00:00", POINT, Scale.DURATION, 360_000),
        ("00:00:00.02", POINT, Scale.DURATION, 0.02),
        ("54.32", POINT, Scale.DURATION, 54.32),
        ("1m 04s", POINT, Scale.DURATION, 64),
        ("1 h 2 min", POINT, Scale.DURATION, 3720),
        ("0:00:54", POINT, Scale.SECONDS, 54),
        ("1:30", POINT, Scale.MINUTES, 1.5),
        ("90", POINT, Scale.MINUTES, 90),
        ("0:30:00", POINT, Scale.HOURS, 0.5),
        ("12.5", POINT, Scale.HOURS, 12.5),
        ("2250000", POINT, Scale.MICROS, 2.25),
        ("1.3", POINT, Scale.POSITION, 1.3),
        ("91", POINT, Scale.SCORE, 91),
    ],
)
def test_a_number_is_in_the_unit_of_its_column(cell: str, mark: Mark, unit: Scale, expected: float) -> None:
    assert read(cell, mark, unit) == pytest.approx(expected, rel=1e-15)
    assert values([cell, "odd"], mark, unit).numbers[0] == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    "cell",
    ["", " ", " --", "--", "-", "—", "undefined", "NAN", "NaN", "[]", "null", "N/A", "No data available.", "∞",
     "#DIV/0!", "Aucune donnée disponible", "< 10%", "<10", "> 90 %", "≥90%", "< US$0.01", "<00:00:00"],
)  # fmt: skip
@pytest.mark.parametrize("unit", [Scale.COUNT, Scale.PERCENT, Scale.DURATION])
def test_no_value_and_a_bound_are_missing(cell: str, unit: Scale) -> None:
    assert math.isnan(read(cell, unit=unit))


def test_a_platform_has_marks_of_its_own_for_missing() -> None:
    assert values(["Hidden", "hidden", "shown"], POINT, Scale.COUNT, missing={"hidden"}).wrong.tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    "cell",
    ["many", "1 2", "--5", "-+5", "1.2.3", "1,234,5", "12,34", "inf", "1_000", "0x10", "1²", "½", "5 of 6", "[1, 2]",
     "12:60", "1e999", "9" * 400, "€", "K", "%", "12 XYZ", "$5 €", "€5 USD", "1\n2", "'12"],
)  # fmt: skip
def test_what_is_no_value_is_wrong(cell: str) -> None:
    found = values([cell, "1"], POINT, Scale.COUNT)
    assert (found.wrong.tolist(), found.damaged.tolist()) == ([True, False], [False, False])
    assert np.isnan(found.numbers).tolist() == [True, False]


@pytest.mark.parametrize("unit", [Scale.COUNT, Scale.MONEY, Scale.SCORE, Scale.POSITION, Scale.SECONDS])
def test_a_percentage_is_wrong_where_no_rate_is_expected(unit: Scale) -> None:
    assert values(["0%"], POINT, unit).wrong.tolist() == [True]


@pytest.mark.parametrize("cell", ["0:12:56", "1m 04s"])
def test_a_duration_is_wrong_where_none_is_expected(cell: str) -> None:
    assert values([cell], POINT, Scale.COUNT).wrong.tolist() == [True]


@pytest.mark.parametrize(
    "cell",
    ["02-May", "2-mai", "mai-25", "May-25", "févr-25", "2025-05-02", "2025-05-02 00:00:00", "02/05/2025",
     "02.05.2025", "2.5.2025"],
)  # fmt: skip
@pytest.mark.parametrize("mark", Mark)
def test_a_date_that_a_spreadsheet_made_of_a_number_is_damaged(cell: str, mark: Mark) -> None:
    found = values(["2.5" if mark is POINT else "2,5", cell], mark, Scale.PERCENT)
    assert (found.wrong.tolist(), found.damaged.tolist()) == ([False, True], [False, True])


@pytest.mark.parametrize("cell", ["12:60", "1:75:00", "1:2", "1:02:3", "1:02:03:04", ":30", "1h 2x"])
def test_what_is_on_no_clock_is_no_duration(cell: str) -> None:
    assert values([cell], POINT, Scale.DURATION).wrong.tolist() == [True]


def test_no_zero_has_a_sign() -> None:
    for cells in (["-0"], ["-0", "−0,0 €"]):
        assert [math.copysign(1, number) for number in values(cells, COMMA, Scale.MONEY).numbers] == [1] * len(cells)


# ---------------------------------------------------------------- the mark of decimals


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (("1,234", "1,234.5"), POINT),
        (("1,234", "0.5"), POINT),
        (("1.234", "0,5"), COMMA),
        (("1.234", "1.234.567"), COMMA),
        (("1,234", "1,23,456"), POINT),
        (("1 234,567",), COMMA),
        (("1'234.567",), POINT),
        (("1,234", "5,66 %"), COMMA),
        (("$1,234", "$1,686.06"), POINT),
        (("1,234", "1.2K"), POINT),
        (("Rp 150.000",), COMMA),
        (("150,000 JPY",), POINT),
        (("5.000 FCFA",), COMMA),
        (("12", "--", "< 10%"), POINT),
        (("٣٫٥", "١٬٢٣٤"), POINT),
        (("1,234", "1,234", "0.5", "0,5", "0,5", "0,7"), COMMA),
        (("1,234",), None),
        (("1.234", "12", "--"), None),
        (("$1,234", "$45,678"), None),
        (("12.500 DT",), None),
        (("1,234", "1.234"), None),
        (("1,234 %",), None),
    ],
)
def test_a_column_tells_its_mark_or_is_asked_about(cells: tuple[str, ...], mark: Mark | None) -> None:
    assert mark_of(*cells, unit=Scale.MONEY) == mark


def test_rows_and_not_cells_tell_the_mark() -> None:
    assert mark_of("0.5", "0.5", "0.5", "1,5", "2,5") is POINT


def test_a_header_tells_a_currency_without_hundredths() -> None:
    assert mark_of("150.000", unit=Scale.MONEY, currency="IDR") is COMMA
    assert mark_of("150.000", unit=Scale.MONEY, currency="EUR") is None
    assert mark_of("150.000", unit=Scale.COUNT, currency="IDR") is None


def test_what_has_no_parts_is_grouped() -> None:
    dutch, english = (evidence(column([cell, "12"]), Scale.COUNT) for cell in ("2.546", "2,546"))
    assert [decided(each, Evidence(), whole=True) for each in (dutch, english, dutch + english)] == [COMMA, POINT, None]
    decimals = evidence(column(["0.25"]), Scale.COUNT)
    assert decided(dutch + decimals, Evidence(), whole=True) is POINT


def test_the_file_tells_before_the_language() -> None:
    doubtful, comma = evidence(column(["1,234"]), Scale.COUNT), evidence(column(["0,5"]), Scale.COUNT)
    assert decided(doubtful, comma, "en") is COMMA
    assert decided(doubtful, Evidence(), "en") is POINT
    assert decided(doubtful, Evidence(), "de") is COMMA
    assert decided(doubtful, Evidence(), "ar") is None
    assert decided(comma, evidence(column(["0.5"]), Scale.COUNT), "en") is COMMA


def test_evidence_adds_up_over_chunks() -> None:
    cells = ["1,234", "5.678", "0.5", "1", "7,5", "1,234"]
    parts = [evidence(column(cells[at : at + 2], first=2 + at), Scale.COUNT) for at in range(0, len(cells), 2)]
    assert sum(parts, Evidence()) == evidence(column(cells), Scale.COUNT)
    assert evidence(column(cells), Scale.COUNT).example == (2, "1,234")


# ---------------------------------------------------------------- any number, in any dialect


class Dialect(NamedTuple):
    mark: Mark
    group: str
    indian: bool
    before: str
    after: str
    minus: str
    arabic: bool


SPACES = [" ", HARD, NARROW, "\u2009"]
MONEY = ["US$", "A$", "€", "£", "Rp", "MAD", "DH", "FCFA", "XAF", "R$", "CHF", "$", "kr", "د.م."]


@st.composite
def dialects(draw: st.DrawFn) -> Dialect:
    mark = draw(st.sampled_from(Mark))
    groups = [*SPACES, "'", "’", "", "," if mark is POINT else "."]
    group = draw(st.sampled_from(groups))
    space, money = draw(st.sampled_from(["", *SPACES])), draw(st.sampled_from(MONEY))
    before, after = draw(st.sampled_from([("", ""), (money + space, ""), ("", space + money)]))
    indian = group == "," and draw(st.booleans())
    return Dialect(
        mark, group, indian, before, after, draw(st.sampled_from(["-", "\u2212", "()"])), draw(st.booleans())
    )


def written(hundredths: int, decimals: int, dialect: Dialect) -> str:
    """An amount of hundredths as this dialect writes it."""
    whole, rest = divmod(abs(hundredths), 100)
    digits = grouped(str(whole), dialect)
    if decimals:
        digits += ("." if dialect.mark is POINT else ",") + f"{rest:02}"
    if dialect.arabic:
        digits = digits.translate({ord(str(digit)): chr(0x0660 + digit) for digit in range(10)})
    text = dialect.before + digits + dialect.after
    if hundredths >= 0:
        return text
    return f"({text})" if dialect.minus == "()" else dialect.minus + text


def grouped(digits: str, dialect: Dialect) -> str:
    head, tail = digits[:-3], digits[-3:]
    size = 2 if dialect.indian else 3
    parts = [tail]
    while head:
        head, part = head[:-size], head[-size:]
        parts.insert(0, part)
    return dialect.group.join(parts)


@settings(deadline=None)
@given(st.lists(st.integers(-(10**11), 10**11), min_size=1, max_size=20), dialects())
def test_a_column_is_read_back_from_any_dialect(amounts: list[int], dialect: Dialect) -> None:
    cells = [written(amount, 2, dialect) for amount in amounts]
    mark = decided(evidence(column(cells), Scale.MONEY), Evidence())
    assert mark is dialect.mark
    found = values(cells, mark, Scale.MONEY)
    assert not found.wrong.any()
    assert found.numbers.tolist() == pytest.approx([amount / 100 for amount in amounts], rel=1e-12)
    assert len(found.currencies) + len(found.symbols) == bool(dialect.before or dialect.after)


@settings(deadline=None)
@given(st.lists(st.integers(-(10**7), 10**7), min_size=1, max_size=20), dialects())
def test_whole_numbers_are_read_back_or_asked_about(amounts: list[int], dialect: Dialect) -> None:
    cells = [written(amount * 100, 0, dialect) for amount in amounts]
    mark = decided(evidence(column(cells), Scale.MONEY), Evidence())
    if mark is None:
        assert any(1000 <= abs(amount) < 1_000_000 for amount in amounts)
        assert dialect.group in {",", "."}
    else:
        found = values(cells, mark, Scale.MONEY)
        assert not found.wrong.any()
        assert found.numbers.tolist() == amounts


@settings(deadline=None)
@given(
    st.integers(0, 10**6),
    st.sampled_from(["{}:{:02}:{:02}", "{:02}:{:02}:{:02}", "{}h {}m {}s", "{} h {:02} min {:02} s"]),
)
def test_a_duration_is_read_back(seconds: int, shape: str) -> None:
    assert read(shape.format(seconds // 3600, seconds // 60 % 60, seconds % 60), unit=Scale.DURATION) == seconds


CELLS = st.text() | st.text("0123456789.,-+ ()[]%$€kKMeE:<٫٣'’\u202f", max_size=20)


@settings(deadline=None)
@given(st.lists(CELLS), st.sampled_from(Mark), st.sampled_from(Scale))
def test_no_text_is_too_odd(cells: list[str], mark: Mark, unit: Scale) -> None:
    evidence(column(cells), unit)
    found = values(cells, mark, unit)
    assert len(found.numbers) == len(found.wrong) == len(found.damaged) == len(cells)
    assert not np.isinf(found.numbers).any()
    assert np.isnan(found.numbers[found.wrong]).all()
    assert found.wrong[found.damaged].all()
    for cell, number, wrong in zip(cells, found.numbers, found.wrong, strict=True):  # each cell says the same alone
        alone = values([cell], mark, unit)
        assert alone.numbers[0] == number or (np.isnan(number) and np.isnan(alone.numbers[0]))
        assert alone.wrong[0] == wrong
