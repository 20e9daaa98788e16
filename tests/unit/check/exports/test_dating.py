"""Cells of the platforms' pages → the days that they tell, or why they tell none."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from babel import Locale
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.check.exports.dating import Ambiguous, Evidence, Form, Writing, decided, evidence, is_date, period, spans
from sitegen.check.exports.months import MONTHS, TWO_LETTERS, WEEKDAYS, folded, joined
from sitegen.check.tables.dates import Order
from sitegen.messages import Period
from sitegen.model.exports import Role

from .columns import column

DAY_FIRST, MONTH_FIRST = Order.DAY_FIRST, Order.MONTH_FIRST
Span = tuple[str, str] | None


def day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def days(texts: Sequence[str], writing: Writing, *, year_hint: int | None = None, role: Role = Role.DATE) -> list[Span]:
    """First and last day of each cell, None where it tells none."""
    first, last = spans(texts, writing, year_hint=year_hint, role=role)
    assert ((first == 0) == (last == 0)).all()
    return [(day(begin), day(end)) if begin else None for begin, end in zip(first.tolist(), last.tolist(), strict=True)]


def writing_of(*cells: str, hint: str | None = None, within: Period | None = None) -> Writing | Ambiguous:
    return decided(evidence(column(cells)), hint, within=within)


def read(*cells: str) -> list[Span]:
    """The days of a column that tells its writing."""
    found = writing_of(*cells)
    assert isinstance(found, Writing)
    return days(cells, found)


def spanned(expected: str) -> tuple[str, str]:
    first, _, last = expected.partition("..")
    return first, last or first


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        # a day
        ("2025-10-07", "2025-10-07"),
        ("2025-1-7", "2025-01-07"),
        ("20241008", "2024-10-08"),
        ("2025/10/31", "2025-10-31"),
        ("10/31/2025", "2025-10-31"),
        ("4/16/2018", "2018-04-16"),
        ("31-10-25", "2025-10-31"),
        ("31.10.2025", "2025-10-31"),
        ("Tue, Feb 18, 2025", "2025-02-18"),
        ("Mon Feb 17 2025", "2025-02-17"),
        ("Jun 7, 2020", "2020-06-07"),
        ("30 déc. 2024", "2024-12-30"),
        ("1er mars 2026", "2026-03-01"),
        ("mar. 18 mars 2025", "2025-03-18"),
        ("lundi 3 février 2025", "2025-02-03"),
        ("8 de marzo de 2025", "2025-03-08"),
        ("dom, 9 feb 2025", "2025-02-09"),
        ("3. März 2025", "2025-03-03"),
        ("Mittwoch, 12. Februar 2025", "2025-02-12"),
        ("3 mrt. 2025", "2025-03-03"),
        ("segunda-feira, 3 de março de 2025", "2025-03-03"),
        ("5 gennaio 2025", "2025-01-05"),
        ("Sept 21st, 2025", "2025-09-21"),
        ("2-May-2025", "2025-05-02"),
        ("02-May-25", "2025-05-02"),
        ("٨ يناير ٢٠٢٥", "2025-01-08"),
        ("30 دجنبر 2024", "2024-12-30"),
        ("15 غشت 2025", "2025-08-15"),
        ("1 جويلية 2025", "2025-07-01"),
        ("15 كانون الأول 2024", "2024-12-15"),
        ("3 تشرين الثاني 2024", "2024-11-03"),
        ("الاثنين، 3 فبراير 2025", "2025-02-03"),
        # the day as it is written, whatever its time and zone
        ("2025-03-09T01:00:00", "2025-03-09"),
        ("2020-07-09 15:26:58.430", "2020-07-09"),
        ("2014-11-25 23:45:53 +1100", "2014-11-25"),
        ("2025-03-09T23:00:00Z", "2025-03-09"),
        ("2025-03-09T23:00:00.000-05:00", "2025-03-09"),
        ("10/31/2025 02:50", "2025-10-31"),
        ("4/30/21 6:04", "2021-04-30"),
        ("Jun 09, 2018 09:30 pm", "2018-06-09"),
        ("Mon, Apr 26, 2021 12:25", "2021-04-26"),
        ("Wed, 19 Apr 2023 02:39:50 GMT", "2023-04-19"),
        ("Mon Feb 17 00:00:00 +0000 2025", "2025-02-17"),
        ("Mon Feb 17 2025 00:00:00 GMT+0100 (Central European Standard Time)", "2025-02-17"),
        ("30 déc. 2024 à 14:30", "2024-12-30"),
        ("30 déc. 2024, 14h30", "2024-12-30"),
        ("Jun 7, 2020 at 5 p.m.", "2020-06-07"),
        # a week
        ("Semaine du 30 déc. 2024", "2024-12-30..2025-01-05"),
        ("Week of Dec 30, 2024", "2024-12-30..2025-01-05"),
        ("Semana del 30 dic 2024", "2024-12-30..2025-01-05"),
        ("Woche vom 30.12.2024", "2024-12-30..2025-01-05"),
        ("2024-W05", "2024-01-29..2024-02-04"),
        ("2024W05", "2024-01-29..2024-02-04"),
        ("KW 5 2024", "2024-01-29..2024-02-04"),
        ("2020-W53", "2020-12-28..2021-01-03"),
        ("2026-W53", "2026-12-28..2027-01-03"),
        ("2027-W01", "2027-01-04..2027-01-10"),
        # a month
        ("2025-03", "2025-03-01..2025-03-31"),
        ("03/2025", "2025-03-01..2025-03-31"),
        ("mars 2025", "2025-03-01..2025-03-31"),
        ("February 2024", "2024-02-01..2024-02-29"),
        ("março de 2025", "2025-03-01..2025-03-31"),
        ("dez. 2025", "2025-12-01..2025-12-31"),
        ("mai-25", "2025-05-01..2025-05-31"),
        # a quarter
        ("4th quarter 2023", "2023-10-01..2023-12-31"),
        ("1st quarter 2024", "2024-01-01..2024-03-31"),
        ("T4 2023", "2023-10-01..2023-12-31"),
        ("Q4 2023", "2023-10-01..2023-12-31"),
        ("2023-Q4", "2023-10-01..2023-12-31"),
        ("4e trimestre 2023", "2023-10-01..2023-12-31"),
        ("2.º trimestre de 2023", "2023-04-01..2023-06-30"),
        ("3. Quartal 2023", "2023-07-01..2023-09-30"),
        ("الربع الرابع 2023", "2023-10-01..2023-12-31"),
        # a span
        ("2024-03-01 - 2024-03-11", "2024-03-01..2024-03-11"),
        ("2009-12-28,2010-01-03", "2009-12-28..2010-01-03"),
        ("20150416-20150417", "2015-04-16..2015-04-17"),
        ("2024-03-01T00:00:00Z/2024-03-11T23:59:59Z", "2024-03-01..2024-03-11"),
        ("14 sept. 2026-15 sept. 2026", "2026-09-14..2026-09-15"),
        ("1 septembre 2026 - 30 septembre 2026", "2026-09-01..2026-09-30"),
        ("du 1er au 31 mars 2025", "2025-03-01..2025-03-31"),
        ("1–30 septembre 2026", "2026-09-01..2026-09-30"),
        ("27 January 2026 - 23 February 2026", "2026-01-27..2026-02-23"),
        ("July 8, 2025 - July 31, 2025", "2025-07-08..2025-07-31"),
        ("Oct 25, 2016-Oct 31, 2016", "2016-10-25..2016-10-31"),
        ("Sep 1 - 30, 2026", "2026-09-01..2026-09-30"),
        ("Sep 1 – Sep 30, 2026", "2026-09-01..2026-09-30"),
        ("Dec 28 - Jan 3, 2021", "2020-12-28..2021-01-03"),
        ("janvier - mars 2025", "2025-01-01..2025-03-31"),
        ("mar-mai 2025", "2025-03-01..2025-05-31"),
        ("8/1/25 - 8/30/25", "2025-08-01..2025-08-30"),
        ("6/10/2026,6/16/2026", "2026-06-10..2026-06-16"),
        ("28.12.2024 bis 03.01.2025", "2024-12-28..2025-01-03"),
        ("2 ماي 2025 - 5 ماي 2025", "2025-05-02..2025-05-05"),
    ],
)
def test_a_cell_tells_its_days(cell: str, expected: str) -> None:
    assert read(cell) == [spanned(expected)]
    assert period(cell) == Period(*map(date.fromisoformat, spanned(expected)))


@pytest.mark.parametrize(
    "cell",
    ["", "-", "Total", "All time", "Toute la période", "7 days", "18-24", "00 - 01", "10-15 min", "1,234", "12.5",
     "2025", "202503", "2023-2024", "GG_Services_202512", "2026-13-02", "2026-02-30", "31/31/2025", "30 février 2025",
     "Feb 30", "1899-12-31", "31 mars 2025 - 1 mars 2025", "2025-03-31 - 2025-03-01", "March", "21",
     "may contain nuts 2025", "12 may orders 2025", "2024-W54", "2025-W53", "2027-W53", "1 - 12", "03/04", "45567",
     "7 mars 2025 ou 8 mars 2025", "x" * 1000],
)  # fmt: skip
def test_what_tells_no_day_is_no_date(cell: str) -> None:
    assert days([cell], Writing()) == [None]
    assert evidence(column([cell])) == Evidence()
    assert period(cell) is None
    assert not is_date(cell)


def test_a_day_and_a_month_are_one_date_and_a_span_is_not() -> None:
    assert all(map(is_date, ["02-May", "mai-25", "2025-05-02", "02/05/2025", "2025-05"]))
    assert not any(map(is_date, ["2025-05-02 - 2025-05-03", "Q4 2025", "2024-W05"]))


# ---------------------------------------------------------------- the order of day and month


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (("03/04/2025", "31/04/2025", "13/04/2025"), DAY_FIRST),
        (("03/04/2025", "04/13/2025"), MONTH_FIRST),
        (("01-02-25", "31-01-25"), DAY_FIRST),
        (("03/04/2025 - 02/05/2025",), DAY_FIRST),  # from March 4 to February 5 it would run backwards
        (("8/1/25 - 8/30/25", "7/1/25 - 7/3/25"), MONTH_FIRST),
        (("Thu 03/04/2025",), DAY_FIRST),
        (("mar. 03/04/2025",), MONTH_FIRST),  # March 4 was a Tuesday, mardi
        (("03/04/2025", "13/04/2025", "13/04/2025", "04/13/2025"), DAY_FIRST),
    ],
)
def test_the_order_is_decided_by_what_only_one_allows(cells: tuple[str, ...], order: Order) -> None:
    assert writing_of(*cells) == Writing(Form.PAIRED, order)


@pytest.mark.parametrize(
    "cells",
    [("03/04/2025", "05/06/2025"), ("13/04/2025", "04/13/2025", "01/02/2025"), ("01.02.25",), ("di 03/04/2025",)],
)
def test_an_order_that_nothing_tells_is_asked_about(cells: tuple[str, ...]) -> None:
    found = writing_of(*cells)
    assert isinstance(found, Ambiguous)
    one, other = (Writing(Form.PAIRED, order) for order in Order)
    assert days([found.cell], one) != days([found.cell], other)
    assert writing_of(*cells, hint="day_first") == one
    assert writing_of(*cells, hint="month_first") == other


def test_an_ambiguous_cell_is_told_with_its_line_and_both_readings() -> None:
    spring = evidence(column(["12/12/2025", "03/04/2025", "05/06/2025"], first=7))
    assert decided(evidence(column(["--"])) + spring) == Ambiguous(
        8, "03/04/2025", Period(date(2025, 4, 3), date(2025, 4, 3)), Period(date(2025, 3, 4), date(2025, 3, 4))
    )


def test_an_order_that_makes_no_difference_is_not_asked_about() -> None:
    assert read("01/01/2025", "12/12/2025") == [spanned("2025-01-01"), spanned("2025-12-12")]


def test_the_cells_tell_before_a_hint() -> None:
    assert writing_of("13/04/2025", hint="month_first") == Writing(Form.PAIRED, DAY_FIRST)


def test_the_period_of_the_file_tells_the_order() -> None:
    cells = [f"{month}/{day}/2026" for month in (9,) for day in range(1, 13)]
    september = Period(date(2026, 9, 1), date(2026, 9, 24))
    assert writing_of(*cells, within=september) == Writing(Form.PAIRED, MONTH_FIRST)
    assert isinstance(writing_of(*cells, within=Period(date(2026, 1, 1), date(2026, 12, 31))), Ambiguous)
    assert isinstance(writing_of(*cells, within=Period(date(2025, 1, 1), date(2025, 12, 31))), Ambiguous)


def test_a_declared_format_is_taken_at_its_word() -> None:
    declared = writing_of("25-10-31", "25-11-01", hint="%y-%m-%d")
    assert isinstance(declared, Writing)
    assert days(["25-10-31", "2025-10-31", "yesterday"], declared) == [spanned("2025-10-31")] * 2 + [None]


def test_a_column_is_read_in_one_writing() -> None:
    cells = ("2025-01-31", "31/01/2025", "30 janv. 2025", "2025-01-29")
    assert read(*cells) == [spanned("2025-01-31"), None, spanned("2025-01-30"), spanned("2025-01-29")]
    assert read("31/01/2025", "30/01/2025", "2025-01-29", "01/31/2025")[2:] == [None, None]


def test_evidence_adds_up_over_chunks() -> None:
    cells = ["03/04/2025", "05/06/2025", "13/04/2025", "04/14/2025", "2025-01-01", "May 2", "x", "03/04/2025"]
    parts = [evidence(column(cells[at : at + 3], first=2 + at)) for at in range(0, len(cells), 3)]
    assert sum(parts, Evidence()) == evidence(column(cells))
    assert evidence(column(cells)).dated == 7


# ---------------------------------------------------------------- what one day stands for


@pytest.mark.parametrize(
    ("role", "cell", "expected"),
    [
        (Role.WEEK, "2024-12-30", "2024-12-30..2025-01-05"),
        (Role.WEEK, "30 déc. 2024", "2024-12-30..2025-01-05"),
        (Role.WEEK, "2024-12-30 - 2025-01-03", "2024-12-30..2025-01-03"),
        (Role.MONTH, "2024-02-01", "2024-02-01..2024-02-29"),
        (Role.MONTH, "1 déc. 2024", "2024-12-01..2024-12-31"),
        (Role.MONTH, "202412", "2024-12-01..2024-12-31"),
        (Role.MONTH, "2024-03-01 - 2024-03-11", "2024-03-01..2024-03-11"),
        (Role.QUARTER, "2024-10-01", "2024-10-01..2024-12-31"),
        (Role.QUARTER, "Q4 2024", "2024-10-01..2024-12-31"),
        (Role.PERIOD, "2024-12-30", "2024-12-30"),
        (Role.DATE, "2024-12-30", "2024-12-30"),
    ],
)
def test_a_day_stands_for_its_week_month_or_quarter(role: Role, cell: str, expected: str) -> None:
    assert evidence(column([cell]), role=role).dated == 1
    assert days([cell, "no day"], Writing(), role=role) == [spanned(expected), None]


# ---------------------------------------------------------------- days without a year


def run(first: date, count: int, step: int = 1) -> list[date]:
    return [first + timedelta(step * at) for at in range(count)]


def english(day: date) -> str:
    return f"{day:%B} {day.day}"


@pytest.mark.parametrize("step", [1, -1, 7, -30])
def test_a_run_goes_through_a_new_year(step: int) -> None:
    expected = run(date(2025, 2, 27) if step < 0 else date(2024, 2, 28), 366 // abs(step), step)
    cells = [english(day) for day in expected]
    found = writing_of(*cells)
    assert found == Writing(Form.YEARLESS)
    assert found.yearless
    latest = max(expected).year
    assert days(cells, found, year_hint=latest) == [spanned(day.isoformat()) for day in expected]


def test_a_year_of_days_starts_the_year_before() -> None:
    cells = [english(day) for day in run(date(2024, 3, 1), 365)]
    read = days(cells, Writing(Form.YEARLESS), year_hint=2025)
    assert (read[0], read[-1]) == (spanned("2024-03-01"), spanned("2025-02-28"))


@pytest.mark.parametrize("cell", ["February 28", "28 février", "28 de febrero", "28. Feb.", "28 فبراير", "28-Feb"])
def test_a_day_without_a_year_waits_for_it(cell: str) -> None:
    assert days([cell], Writing(Form.YEARLESS)) == [None]
    assert days([cell], Writing(Form.YEARLESS), year_hint=2025) == [spanned("2025-02-28")]
    assert days([cell], Writing(), year_hint=2025) == [None]
    assert period(cell) is None


def test_rows_of_one_day_are_of_one_year() -> None:
    cells = ["December 31", "December 31", "January 1", "January 1"]
    expected = ["2024-12-31", "2024-12-31", "2025-01-01", "2025-01-01"]
    assert days(cells, Writing(Form.YEARLESS), year_hint=2025) == [spanned(each) for each in expected]


def test_weeks_without_a_year_go_through_a_new_year() -> None:
    cells = ["Dec 21 - Dec 27", "Dec 28 - Jan 3", "Jan 4 - Jan 10"]
    expected = ["2024-12-21..2024-12-27", "2024-12-28..2025-01-03", "2025-01-04..2025-01-10"]
    assert days(cells, Writing(Form.YEARLESS), year_hint=2025) == [spanned(each) for each in expected]


def test_a_leap_day_proves_a_year_wrong() -> None:
    cells = ["February 28", "February 29", "March 1"]
    assert days(cells, Writing(Form.YEARLESS), year_hint=2025) == [None] * 3
    assert days(cells, Writing(Form.YEARLESS), year_hint=2024)[1] == spanned("2024-02-29")


def test_days_in_no_order_are_no_run() -> None:
    assert days(["July 16", "September 3", "July 26"], Writing(Form.YEARLESS), year_hint=2025) == [None] * 3


# ---------------------------------------------------------------- a spreadsheet's count of days


def test_a_serial_is_a_day_only_in_a_spreadsheet() -> None:
    cells = ["45567", "45568.75", "12", "99999"]
    assert evidence(column(cells)) == Evidence()
    found = decided(evidence(column(cells), serials=True))
    assert isinstance(found, Writing)
    assert days(cells, found) == [spanned("2024-10-02"), spanned("2024-10-03"), None, None]
    assert days(cells, Writing()) == [None] * 4


# ---------------------------------------------------------------- lines above a table


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("# 20150416-20150416", "2015-04-16"),
        ("# Start date: 20250101", "2025-01-01"),
        ("# Date de début\u00a0: 20250101", "2025-01-01"),
        ("Report period: 9/1/2026 - 9/24/2026", "2026-09-01..2026-09-24"),
        ("Ad report (Oct 25, 2016-Oct 31, 2016)", "2016-10-25..2016-10-31"),
        ('"July 8, 2025 - July 31, 2025"', "2025-07-08..2025-07-31"),
        ("Période : 1er janv. 2025 - 31 janv. 2025", "2025-01-01..2025-01-31"),
        ("Period: March 2025", "2025-03-01..2025-03-31"),
    ],
)
def test_a_line_tells_its_period(line: str, expected: str) -> None:
    assert period(line) == Period(*map(date.fromisoformat, spanned(expected)))


def test_a_line_may_allow_two_periods() -> None:
    line = "Period: 8/1/25 - 8/12/25"
    august, winter = Period(date(2025, 8, 1), date(2025, 8, 12)), Period(date(2025, 1, 8), date(2025, 12, 8))
    assert period(line) == Ambiguous(0, "8/1/25 - 8/12/25", winter, august)
    assert period(line, "month_first") == august
    assert period(line, "%d/%m/%Y") == winter
    assert period("8/8/25") == Period(date(2025, 8, 8), date(2025, 8, 8))


@pytest.mark.parametrize(
    "line", ["All time", "# Account: 2025", "Last updated 12:30", "Campaign report", "Rows: 2", ":" * 500]
)
def test_a_line_may_tell_none(line: str) -> None:
    assert period(line) is None


# ---------------------------------------------------------------- any date, in any language


DATES = st.dates(date(1970, 1, 1), date(2069, 12, 31))


PATTERNS = (
    "d MMM y",
    "d MMMM y",
    "EEE d MMM y",
    "EEEE, d MMMM y",
    "MMM d, y",
    "MMMM d, y",
    "y MMM d",
    "d-MMM-y",
    "EEE, MMM d, y",
)
LOCALES = (
    "fr fr_CA fr_CH en en_AU en_GB en_CA en_IN es es_MX es_AR de de_AT de_CH nl nl_BE pt pt_PT it it_CH "
    "ar ar_MA ar_DZ ar_TN ar_MR ar_LB ar_EG ar_SA ar_AE"
).split()


@settings(deadline=None)
@given(st.lists(DATES, min_size=1, max_size=10), st.sampled_from(LOCALES), st.sampled_from(PATTERNS), st.booleans())
def test_a_day_is_read_back_in_words(expected: list[date], locale: str, pattern: str, arabic: bool) -> None:
    cells = [format_date(day, pattern, locale=locale) for day in expected]
    if arabic:
        cells = [cell.translate({ord(str(digit)): chr(0x0660 + digit) for digit in range(10)}) for cell in cells]
    assert read(*cells) == [spanned(day.isoformat()) for day in expected]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_month_and_weekday_has_its_names(locale: str) -> None:
    names = Locale.parse(locale)
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            months = {number: joined(folded(name)).rstrip(".") for number, name in names.months[context][width].items()}
            assert all(MONTHS.get(name) == number or name == f"<{number}>" for number, name in months.items()), months
            for number, name in names.days[context][width].items():
                bare = folded(name).rstrip(".").removesuffix("-feira")
                assert WEEKDAYS.get(bare) == number or bare in TWO_LETTERS


@settings(deadline=None)
@given(DATES, st.sampled_from(LOCALES), st.sampled_from(["MMM y", "MMMM y", "LLLL y"]))
def test_a_month_is_read_back_in_words(day: date, locale: str, pattern: str) -> None:
    after = (day.replace(day=28) + timedelta(4)).replace(day=1)
    expected = day.replace(day=1).isoformat(), (after - timedelta(1)).isoformat()
    assert read(format_date(day, pattern, locale=locale)) == [expected]


@settings(deadline=None)
@given(
    st.lists(DATES, min_size=1, max_size=10),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m.%d.%Y"]),
    st.sampled_from(["", " 02:50", "T01:00:00", " 15:26:58.430", " 09:30 pm", ", 14:30"]),
)
def test_days_in_digits_are_read_back_or_asked_about(expected: list[date], pattern: str, time: str) -> None:
    cells = [day.strftime(pattern) + time for day in expected]
    found = writing_of(*cells)
    if isinstance(found, Ambiguous):
        assert all(day.day <= 12 for day in expected)
    else:
        assert days(cells, found) == [spanned(day.isoformat()) for day in expected]


@settings(deadline=None)
@given(
    DATES, st.integers(0, 400), st.sampled_from(LOCALES), st.sampled_from(["d MMM y", "MMM d, y", "y-MM-dd", "yMMdd"]),
    st.sampled_from([" - ", "-", " – ", "–", " — "]),
)  # fmt: skip
def test_a_span_is_read_back(first: date, count: int, locale: str, pattern: str, gap: str) -> None:
    last = first + timedelta(count)
    cell = gap.join(format_date(day, pattern, locale=locale) for day in (first, last))
    assert read(cell) == [(first.isoformat(), last.isoformat())]


@settings(deadline=None)
@given(DATES, st.integers(1, 800), st.integers(1, 40), st.booleans(), st.sampled_from(LOCALES))
def test_a_run_is_read_back(first: date, count: int, step: int, backwards: bool, locale: str) -> None:
    expected = run(first, count, step)[:: -1 if backwards else 1]
    cells = [format_date(day, "d MMMM", locale=locale) for day in expected]
    assert days(cells, Writing(Form.YEARLESS), year_hint=max(expected).year) == [
        spanned(day.isoformat()) for day in expected
    ]


TEXTS = st.text() | st.text("0123456789/-., :TtZWwQqmarjnocdes'()", max_size=40)


@settings(deadline=None)
@given(st.lists(TEXTS), st.booleans(), st.sampled_from(Role), st.none() | st.integers(1970, 2060))
def test_no_text_is_too_odd(cells: list[str], serials: bool, role: Role, year: int | None) -> None:
    found = decided(evidence(column(cells), serials=serials, role=role))
    for writing in (
        [found]
        if isinstance(found, Writing)
        else [Writing(found_form, order) for found_form in Form for order in Order]
    ):
        first, last = spans(cells, writing, year_hint=year, role=role)
        assert len(first) == len(last) == len(cells)
        assert (first <= last).all()
    for cell in cells:
        period(cell)
        is_date(cell)
