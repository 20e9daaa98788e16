"""Cells of a column → codes or numbers, whatever stands around them."""

import csv
import io
import math
from array import array

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model.tables import Column, Plain
from sitegen.read import columns
from sitegen.read.records import split


def spans(cells: list[str], place: int = 1) -> columns.Spans:
    """The cells, as they stand in the middle column of a text."""
    records = split("".join(f"x;{cell};y\n" for cell in cells).encode(), ";")
    assert len(records.widths) == len(cells)
    return records.spans(np.arange(len(cells)), place)


def texts(column: Column) -> list[str]:
    return [column.cells[code] if code >= 0 else "" for code in column.codes]


def plain(cells: list[str]) -> Plain | None:
    return columns.plain(spans(cells))


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_column_is_taken_by_its_place_and_a_record_that_ends_before_has_nothing_there(place: int) -> None:
    records = split(b"a,b,c,d\n1\n,2\n\n5,6,7,8,9\n", ",")
    rows = [["a", "b", "c", "d"], ["1", "", "", ""], ["", "2", "", ""], ["", "", "", ""], ["5", "6", "7", "8"]]
    assert texts(columns.column(records.spans(np.arange(5), place))) == [row[place] for row in rows]


def test_cells_are_told_apart_however_long_and_numbered_as_they_appear() -> None:
    sizes = (1, 7, 8, 9, 15, 16, 17, 63, 64, 65, 66, 5_000)
    cells = [begin + "é" * size + end for size in sizes for begin in "ab" for end in "cd"]
    found = columns.column(spans([*cells, *reversed(cells)]))
    assert found.cells == tuple(cells)
    assert found.codes == array("i", [*range(len(cells)), *reversed(range(len(cells)))])


def test_a_quoted_cell_is_the_same_as_a_bare_one() -> None:
    found = columns.column(spans(["a", '"a"', '""', '"say ""a"""', '"a"b"', 'a"', '"a\n;b"', ""]))
    assert found.cells == ("a", 'say "a"', 'ab"', 'a"', "a\n;b")
    assert list(found.codes) == [0, 0, -1, 1, 2, 3, 4, -1]


@settings(deadline=None)
@given(st.lists(st.text('ab"é \n1', max_size=20), min_size=1, max_size=30))
def test_cells_are_those_that_the_csv_module_reads(cells: list[str]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\n").writerows([["x", cell, "y"] for cell in cells])
    records = split(out.getvalue().encode(), ";")
    assert texts(columns.column(records.spans(np.arange(len(cells)), 1))) == cells


# ---------------------------------------------------------------- numbers


NUMBERS = st.one_of(
    st.integers(-(10**15) + 1, 10**15 - 1).map(str),
    st.decimals(-(10**9), 10**9, places=3).map(lambda number: f"{number:f}"),
    st.floats(1e-9, 1e9).map(repr).filter(lambda text: "." in text),
    st.from_regex("-?[0-9]{1,15}", fullmatch=True),
    st.just(""),
)


@settings(deadline=None)
@given(st.lists(NUMBERS, min_size=1, max_size=30), st.booleans())
def test_plain_numbers_are_the_floats_that_python_reads(cells: list[str], quoted: bool) -> None:
    found = plain([f'"{cell}"' for cell in cells] if quoted else cells)
    assert found is not None
    for value, cell in zip(found.values, cells, strict=True):
        assert math.isnan(value) if cell == "" else value == float(cell)
        assert math.copysign(1, value) == 1 or value < 0  # no zero has a sign


@settings(deadline=None)
@given(st.lists(st.from_regex("-?[0-9]{1,9}(,[0-9]{1,6})?", fullmatch=True), min_size=1, max_size=30))
def test_a_comma_may_mark_the_decimals(cells: list[str]) -> None:
    found = plain(cells)
    assert found is not None
    assert list(found.values) == [float(cell.replace(",", ".")) + 0.0 for cell in cells]
    assert found.mark == ("," if any("," in cell for cell in cells) else "")


@pytest.mark.parametrize(
    "cell",
    [
        *("x", "5.", ".5", "-", "--", "+5", " 5", "5 ", "5%", "$5", "1 000", "1,000.5", "1.000,5", "1.2.3", "1.2,3"),
        *(
            "1-2",
            "-.5",
            "--5",
            "1e5",
            "1.5e",
            "1.5e5.5",
            "nan",
            "inf",
            "0x10",
            "1_000",
            "2026-01-02",
            "12:30",
            "5/",
            "5:",
        ),
        *('5"', "٣", "5é", "1" * 25, "1.5x" + "0" * 30),
    ],
)
def test_a_column_with_one_other_cell_is_no_column_of_plain_numbers(cell: str) -> None:
    assert plain(["1.5", "2.25"]) is not None
    assert plain(["1.5", cell, "2.25"]) is None
    assert plain([cell]) is None


def test_a_power_of_ten_needs_a_point() -> None:
    found = plain(["1.5e-05", "2.0E+3", "-1.25e2", "7"])
    assert found is not None
    assert list(found.values) == [1.5e-05, 2000, -125, 7]
    assert plain(["1.5e-05", "2,5"]) is None


def test_numbers_of_more_digits_than_a_float_holds_are_read_to_the_nearest() -> None:
    cells = ["0.1234567890123456", "123456789012345678", "12345678901234567.25", "-99999999.999999999"]
    found = plain(cells)
    assert found is not None
    assert list(found.values) == [float(cell) for cell in cells]


def test_a_pattern_is_the_first_cell_with_as_many_digits() -> None:
    found = plain(["1.234", "2.345", "0.345", "-2.345", "", "12.5", '"9.876"', "77", "88"])
    assert found is not None
    assert found.patterns.cells == ("1.234", "0.345", "-2.345", "12.5", "77")
    assert list(found.patterns.codes) == [0, 0, 1, 2, -1, 3, 0, 4, 4]


def test_what_no_one_asks_for_is_not_made() -> None:
    made: list[int] = []

    def make(at: int) -> str | None:
        made.append(at)
        return None if at == 1 else str(at)

    lazy = columns.Lazy(("a", "b", "c"), make)
    assert (lazy["c"], lazy["c"], "b" in lazy, made) == ("2", "2", False, [2, 1])
    assert dict(lazy) == {"a": "0", "c": "2"}
    assert len(lazy) == 2
