"""Numbers that a spreadsheet reads as numbers, and text that it does not take for a formula."""

from datetime import date

import pytest

from sitegen.formats import Words
from sitegen.messages import Month, Period, Quantity, Text, Unit, say
from sitegen.model.built import FigureTable
from sitegen.render import downloads

WORDS = Words("fr", "MA")


def lines(body: bytes) -> list[str]:
    return body.decode("utf-8-sig").split("\r\n")


def test_numbers_are_plain_and_gaps_are_empty() -> None:
    content = FigureTable(
        (say("pages.numbers.period"), say("pages.numbers.value"), say("pages.numbers.coverage")),
        (
            (date(2026, 10, 1), Quantity(1234.5, Unit.MONEY, "MAD"), Quantity(0.025, Unit.RATE)),
            (Month(2026, 9), Quantity(12.0, Unit.COUNT), None),
        ),
    )
    assert lines(downloads.table(content, WORDS)) == [
        "Période,Valeur,Couverture",
        "2026-10-01,1234.5,0.025",
        "2026-09,12,",
        "",
    ]


def test_the_file_tells_excel_that_it_is_utf_8() -> None:
    assert downloads.rows(["é"], [], WORDS).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_text_that_looks_like_a_formula_is_quoted(formula: str) -> None:
    body = downloads.rows([formula], [[Text.plain(formula)], [formula]], WORDS)
    cells = [line.strip('"') for line in lines(body)[:3]]
    assert all(cell.startswith("'") for cell in cells)


def test_a_negative_number_is_not_taken_for_a_formula() -> None:
    assert lines(downloads.rows(["a"], [[Quantity(-3.0, Unit.COUNT)]], WORDS))[1] == "-3"


def test_a_period_is_an_interval() -> None:
    body = downloads.rows(["a"], [[Period(date(2026, 1, 1), date(2026, 1, 31))]], WORDS)
    assert lines(body)[1] == "2026-01-01/2026-01-31"
