"""How a table is found in bytes: encoding, delimiter, header, rows, and the line where each row begins."""

import codecs
import csv
import hashlib
import io
from array import array
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sitegen.errors import Problem, ProblemsFound, Severity
from sitegen.model.facts import Chunk, Table
from sitegen.read import encodings, records
from sitegen.read.records import CHUNK_ROWS
from sitegen.read.tables import table

EXPORTS = Path(__file__).parents[4] / "shared" / "exports"


class Written:
    """A file of the test, and what becomes of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, content: bytes | str, **how: object) -> tuple[Table | None, tuple[Problem, ...]]:
        raw = content.encode() if isinstance(content, str) else content
        (self.folder / "t.csv").write_bytes(raw)
        return table(self.folder, "t.csv", "data/atlas/t.csv", **how)  # type: ignore[arg-type]

    def whole(self, content: bytes | str, **how: object) -> Table:
        found, problems = self.read(content, **how)
        assert problems == ()
        assert found is not None
        return found

    def told(self, content: bytes | str, **how: object) -> list[tuple[int, str]]:
        return [(each.line, each.message.key) for each in self.read(content, **how)[1]]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    return Written(tmp_path)


def rows(found: Table) -> list[tuple[int, tuple[str, ...]]]:
    """Line and cells of every row; an empty cell is an empty text."""
    return [
        (chunk.lines[row], tuple(_cell(chunk, name, row) for name in found.header))
        for chunk in found.chunks()
        for row in range(chunk.rows)
    ]


def _cell(chunk: Chunk, name: str, row: int) -> str:
    column = chunk.columns[name]
    assert len(column.codes) == chunk.rows
    code = column.codes[row]
    return "" if code == -1 else column.cells[code]


def test_cells_are_codes_into_distinct_texts_and_are_left_as_they_are_written(written: Written) -> None:
    found = written.whole('date,spend,note\n2026-01-01,1e3,NaN\n2026-01-02,007,""\n2026-01-03,1e3, --\n')
    assert found.path == "data/atlas/t.csv"
    assert (found.encoding, found.delimiter, found.header_line) == ("utf-8", ",", 1)
    assert found.header == ("date", "spend", "note")
    (chunk,) = found.chunks()
    assert isinstance(chunk.lines, array)
    assert list(chunk.lines) == [2, 3, 4]
    assert chunk.columns["spend"].cells == ("1e3", "007")
    assert list(chunk.columns["spend"].codes) == [0, 1, 0]
    assert chunk.columns["note"].cells == ("NaN", " --")
    assert list(chunk.columns["note"].codes) == [0, -1, 1]


def test_the_digest_is_that_of_the_bytes(written: Written) -> None:
    content = "\ufeffdate,spend\n2026-01-01,1\n".encode("utf-16")
    assert written.whole(content).digest == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("mark", "encoding", "declared"),
    [
        (b"", "utf-8", None),
        (b"", "utf-8", "UTF8"),
        (codecs.BOM_UTF8, "utf-8", None),
        (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16-le", None),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", None),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
        (b"", "utf-16-le", "utf-16"),
        (b"", "utf-16-be", "utf-16-be"),
        (b"", "cp1252", "windows-1252"),
        (b"", "mac-roman", "mac_roman"),
    ],
)
def test_encodings(written: Written, mark: bytes, encoding: str, declared: str | None) -> None:
    found = written.whole(mark + "Dépense,Jour\r\n12,été\r\n".encode(encoding), encoding=declared)
    assert found.encoding == encoding
    assert found.header == ("Dépense", "Jour")
    assert rows(found) == [(2, ("12", "été"))]


def test_a_lone_line_end_behind_utf_16_is_no_fault(written: Written) -> None:
    found = written.whole(codecs.BOM_UTF16_LE + "a,b\n1,2\n".encode("utf-16-le") + b"\n")
    assert rows(found) == [(2, ("1", "2"))]


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        ("a,b\né,1\n".encode(), "cp1252"),
        ("a,b\né,1\n".encode(), "latin-1"),
        ("a,b\né,1\n".encode(), "utf-16"),
        (codecs.BOM_UTF8 + b"a,b\n1,1\n", "cp1252"),
        (codecs.BOM_UTF16_LE + "a,b\n1,1\n".encode("utf-16-le"), "utf-8"),
        (codecs.BOM_UTF16_LE + "a,b\n1,1\n".encode("utf-16-le"), "utf-16-be"),
    ],
)
def test_a_declared_encoding_that_the_content_contradicts_is_refused(
    written: Written, content: bytes, declared: str
) -> None:
    assert written.told(content, encoding=declared) == [(1, "read.wrong_encoding")]


@pytest.mark.parametrize("declared", ["klingon", "hex", "rot13", "idna", ""])
def test_an_encoding_that_is_none_is_refused(written: Written, declared: str) -> None:
    assert written.told("a,b\n1,2\n", encoding=declared) == [(0, "read.unknown_encoding")]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_byte_that_is_no_text_is_told_at_its_line(written: Written, end: bytes) -> None:
    found, (problem,) = written.read(end.join([b"a,b", b"1,2", b"", b"caf\xe9,2"]), encoding="utf-8")
    assert found is None
    assert (problem.line, problem.message.key) == (4, "read.undecodable")
    assert problem.message.named == {"byte": "0xE9", "encoding": "utf-8"}


def test_a_byte_that_is_no_text_is_told_at_its_line_far_into_the_file(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encodings, "BLOCK_BYTES", 101)
    content = b"a,b\r\n" + b"1,2\r\n" * 5_000 + b"\xff,2\r\n"
    assert written.told(content, encoding="utf-8") == [(5_002, "read.undecodable")]


def test_what_is_not_utf_8_is_read_as_windows_1252_and_said_so(written: Written) -> None:
    found, (problem,) = written.read("Dépense,Jour\r\n12,été\r\n".encode("cp1252"))
    assert found is not None
    assert (found.encoding, found.header, rows(found)) == ("cp1252", ("Dépense", "Jour"), [(2, ("12", "été"))])
    assert (problem.message.key, problem.severity) == ("read.assumed_cp1252", Severity.INFO)


@pytest.mark.parametrize("content", [b"a,b\n\x81\xe9,1\n", "a,b\né,1\n".encode() + b"\xe9,2\n"])
def test_what_is_neither_utf_8_nor_windows_1252_is_told(written: Written, content: bytes) -> None:
    assert [key for _, key in written.told(content)] == ["read.undecodable"]


def test_half_a_character_at_the_end_is_told(written: Written) -> None:
    assert written.told("a,b\n1,é".encode()[:-1]) == [(2, "read.undecodable")]


@pytest.mark.parametrize("content", [b"PK\x03\x04\x00\x00rest\n1,2\n", "a,b\n1,2\n".encode("utf-16-le")])
def test_a_file_that_is_no_text_is_refused(written: Written, content: bytes) -> None:
    assert written.told(content) == [(1, "read.not_text")]


@pytest.mark.parametrize(
    ("content", "delimiter", "header"),
    [
        ("date,spend\n2026-01-01,1\n", ",", ("date", "spend")),
        ("date;spend\n2026-01-01;1,5\n2026-01-02;2,5\n", ";", ("date", "spend")),
        ("date\tspend\n2026-01-01\t1,5\n", "\t", ("date", "spend")),
        ("date;cost, net;note\n2026-01-01;1,5;x\n", ";", ("date", "cost, net", "note")),
        ("date;cost, net\n2026-01-01;1,5\n", ";", ("date", "cost, net")),
        ('"a;b","c"\n"x;y","1"\n', ",", ("a;b", "c")),
        ('date,"cost; net"\n2026-01-01,"1;5;6"\n', ",", ("date", "cost; net")),
        ('"a\tb";"c\td"\n1;2\n', ";", ("a\tb", "c\td")),
        ("date;a;b;c\n2026-01-01;1;;\n2026-01-02;2,5;;\n", ";", ("date", "a", "b", "c")),
        ("only\nx\n", ",", ("only",)),
    ],
)
def test_the_delimiter_is_found_from_the_first_rows(
    written: Written, content: str, delimiter: str, header: tuple[str, ...]
) -> None:
    found = written.whole(content)
    assert (found.delimiter, found.header) == (delimiter, header)


def test_the_delimiter_is_found_from_fifty_rows_however_long(written: Written) -> None:
    long = "x" * 1_000 + ";y,z\n"
    found = written.read("a;b,c\n" + 15 * long + 35 * "x,z\n")[0]
    assert found is not None
    assert (found.delimiter, found.header) == (",", ("a;b", "c"))


def test_a_header_may_be_long(written: Written) -> None:
    names = tuple(f"{'column ' * 10}{number}" for number in range(1_000))
    found = written.whole("\n\n" + ",".join(names) + "\n1,2\n", skip=0)
    assert (found.header, found.header_line) == (names, 3)
    assert [line for line, _ in rows(found)] == [4]


def test_header_names_may_be_quoted(written: Written) -> None:
    assert written.whole('"a ""b""", "c" ,"d,\ne"\n1,2,3\n').header == ('a "b"', '"c"', "d,\ne")


def test_a_declared_delimiter_is_taken(written: Written) -> None:
    found = written.whole("date|spend,net\n2026-01-01|1,5\n", delimiter="|")
    assert (found.delimiter, found.header) == ("|", ("date", "spend,net"))


@pytest.mark.parametrize("declared", ["", ",,", "a", '"', "\n", "é"])
def test_what_can_part_no_columns_is_refused(written: Written, declared: str) -> None:
    assert written.told("a,b\n1,2\n", delimiter=declared) == [(0, "read.bad_delimiter")]


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;"])
def test_a_first_line_that_tells_the_delimiter_is_obeyed(written: Written, first: str) -> None:
    found = written.whole(f"{first}\na,x;b\n1,2;3\n")
    assert (found.delimiter, found.header, found.header_line) == (";", ("a,x", "b"), 2)
    assert rows(found) == [(3, ("1,2", "3"))]


def test_skipped_lines_are_counted_as_an_editor_numbers_them(written: Written) -> None:
    content = 'sep=,\n"Reach, it\'s ""all\n\nDay,Primary\n2026-01-01,5\n'
    found = written.whole(content, skip=2)
    assert (found.header, found.header_line) == (("Day", "Primary"), 4)
    assert rows(found) == [(5, ("2026-01-01", "5"))]
    assert written.whole("sep=,\nReach\nDay,Primary\n2026-01-01,5\n", skip=2).header == ("Day", "Primary")


def test_a_title_that_was_not_declared_as_skipped_shows_as_rows_that_are_too_wide(written: Written) -> None:
    found, (problem,) = written.read("Report\n1 June - 25 June\nDay;Cost\n2026-06-01;1\n2026-06-02;2\n2026-06-03;3\n")
    assert found is not None
    assert (problem.line, problem.message.key) == (3, "read.wide_row")
    assert problem.message.named == {"cells": 2, "columns": 1, "count": 4}


@pytest.mark.parametrize("skip", [2, 3, 10**9])
def test_a_header_beyond_the_end_is_told(written: Written, skip: int) -> None:
    assert written.told("a,b\n1,2\n", skip=skip) == [(skip + 1, "read.no_header")]


def test_lines_of_delimiters_only_are_no_header(written: Written) -> None:
    assert written.told(",,\n,,\n") == [(1, "read.no_header")]


def test_a_header_of_more_than_a_megabyte_is_refused(written: Written) -> None:
    assert written.told("a," * (1 << 20) + "\n1,2\n") == [(1, "read.line_too_long")]


def test_a_table_is_printed_without_its_bytes(written: Written) -> None:
    assert "unmistakable" not in repr(written.whole("a,b\nunmistakable,2\n"))


@pytest.mark.parametrize("content", [b"", b"\n\n \n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_file_is_refused(written: Written, content: bytes) -> None:
    assert written.told(content) == [(0, "read.empty_table")]


@pytest.mark.parametrize("content", ["a,b", "a,b\n", "\n\na,b\n\n,\n"])
def test_a_header_without_rows_is_an_error_beside_a_table_of_no_rows(written: Written, content: str) -> None:
    found, (problem,) = written.read(content)
    assert (problem.message.key, problem.severity) == ("read.no_rows", Severity.ERROR)
    assert found is not None
    assert problem.line == found.header_line
    assert rows(found) == []


def test_columns_of_one_name_get_numbers_and_a_warning(written: Written) -> None:
    found, problems = written.read("day,cost,cost,cost (2),,x,\n1,2,3,4,5,6\n")
    assert found is not None
    assert found.header == ("day", "cost", "cost (3)", "cost (2)", "", "x")
    assert [(each.line, each.message.named, each.severity) for each in problems] == [
        (1, {"name": "cost"}, Severity.WARNING)
    ]
    assert rows(found) == [(2, ("1", "2", "3", "4", "5", "6"))]


def test_header_names_lose_the_spaces_around_them(written: Written) -> None:
    assert written.whole(' Day ,"\u00a0Cost\n"\n1,2\n').header == ("Day", "Cost")


def test_a_row_with_too_many_cells_is_told_and_the_others_are_read(written: Written) -> None:
    found, (problem,) = written.read("a,b\n1,2\n\n3,4,5\n6,7,,\n8\n1,2,3,4\n")
    assert found is not None
    assert (problem.line, problem.message.named) == (4, {"cells": 3, "columns": 2, "count": 2})
    assert rows(found) == [(2, ("1", "2")), (4, ("3", "4")), (5, ("6", "7")), (6, ("8", "")), (7, ("1", "2"))]


def test_a_first_row_that_is_shorter_or_longer_than_the_header_shifts_nothing(written: Written) -> None:
    assert rows(written.whole("a,b,c\n1\n2,3,4\n")) == [(2, ("1", "", "")), (3, ("2", "3", "4"))]
    found, _ = written.read("a,b\n1,2,3,4\n5,6\n")
    assert found is not None
    assert rows(found) == [(2, ("1", "2")), (3, ("5", "6"))]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_right_with_cells_of_many_lines_and_blank_lines(written: Written, end: str) -> None:
    content = 'day,note\n\n1,"one\ntwo\n\nthree"\n,\n2,plain\n   \n3,"say ""hi\n"""\n4,end'.replace("\n", end)
    assert rows(written.whole(content)) == [
        (3, ("1", "one\ntwo\n\nthree")),
        (8, ("2", "plain")),
        (10, ("3", 'say "hi\n"')),
        (12, ("4", "end")),
    ]


def test_lines_stay_right_from_block_to_block(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encodings, "BLOCK_BYTES", 61)
    found = written.whole("day,note\r\n" + '1,"one\r\ntwo"\r\n\r\n' * 200)
    assert rows(found) == [(2 + 3 * row, ("1", "one\ntwo")) for row in range(200)]


def test_a_quote_inside_a_cell_is_a_character(written: Written) -> None:
    content = 'a,b\n12" pizza,x\n5\'9",y\n"q" z,"w"\n'
    assert [cells for _, cells in rows(written.whole(content))] == [('12" pizza', "x"), ("5'9\"", "y"), ("q z", "w")]


@pytest.mark.parametrize(("content", "line"), [('a,b\n1,2\n3,"four\n5,6\n', 3), ('a,"b\n1,2\n', 1), ('x\na,"b\n', 2)])
def test_a_quote_that_never_closes_is_told_at_its_row(written: Written, content: str, line: int) -> None:
    assert written.told(content, skip=content.startswith("x")) == [(line, "read.open_quote")]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("day,name,clicks\n1,a,5\n2,b", 3),
        ("day,name,clicks\n2026-01-02,a,5\n2026-0", 3),
        ("day,name,clicks\n\n1,a,5\n2,b,6\n3,", 5),
        ("day,name,clicks\r\n1,a,5\r\n2,b", 3),
        ("day;name;clicks\n1;a;\n2;b", 3),
    ],
)
def test_half_a_last_row_is_told_beside_the_table(written: Written, content: str, line: int) -> None:
    found, (problem,) = written.read(content)
    assert found is not None
    assert (problem.line, problem.message.key, problem.severity) == (line, "read.cut_short", Severity.ERROR)
    assert written.read(content + "\n")[1] == ()


def test_a_file_that_ends_inside_quotes_is_cut_short(written: Written) -> None:
    assert written.told('a,b\n1,2\n3,"four') == [(3, "read.cut_short")]


@pytest.mark.parametrize(
    "content",
    [
        "day,name,clicks\n1,a,5\n2,b,",
        "day,name,clicks\n1,a,5\n2,b,6",
        "day,name,clicks\n1,a\n2,b",
        "day,name,clicks\n1,a,5\n\n2026 Platform. All rights reserved.",
        "day,name,clicks\n2026-01-02,a,5\nTotal",
        "day,name\n1",
    ],
)
def test_a_last_line_without_an_end_may_be_whole(written: Written, content: str) -> None:
    assert written.read(content)[1] == ()


def test_what_the_text_was_taken_for_is_said_beside_the_table(written: Written) -> None:
    found, problems = written.read('"CoÃ»t,""Nom"""\n"5,""a, b"""\n')
    assert found is not None
    assert (found.header, rows(found)) == (("Coût", "Nom"), [(2, ("5", "a, b"))])
    assert [each.message.key for each in problems] == ["read.written_twice", "read.wrapped"]


@pytest.mark.parametrize("long", ["x" * (1 << 20), '"' + "x\n" * (1 << 20)])
@pytest.mark.parametrize("before", [0, 1])
def test_a_row_of_more_than_a_megabyte_is_refused(written: Written, long: str, before: int) -> None:
    assert written.told("a,b\n" + "1,2\n" * before + long + "\n") == [(before + 2, "read.line_too_long")]


def test_more_than_two_thousand_columns_are_refused(written: Written) -> None:
    wide = ",".join(f"c{i}" for i in range(2_001))
    assert written.told(f"{wide}\n{wide}\n") == [(1, "read.too_many_columns")]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    found, (problem,) = table(tmp_path, "none.csv", "data/atlas/none.csv")
    assert (found, problem.path, problem.message.key) == (None, "data/atlas/none.csv", "read.missing")


def test_a_large_file_comes_in_chunks_with_distinct_codes_and_its_own_line_numbers(written: Written) -> None:
    count = 300_000
    body = "\n".join(f"{i % 365},channel {i % 7},{i}.5" for i in range(count))
    found = written.whole(f"day,channel,spend\n\n{body}\n")
    total, line = 0, 3
    for chunk in found.chunks():
        assert 0 < chunk.rows <= CHUNK_ROWS
        assert chunk.lines == array("i", range(line, line + chunk.rows))
        for name, kinds in (("day", 365), ("channel", 7), ("spend", chunk.rows)):
            column = chunk.columns[name]
            assert len(column.cells) == len(set(column.cells)) == kinds
            assert set(column.codes) == set(range(kinds))
        assert _cell(chunk, "spend", 0) == f"{total}.5"
        total, line = total + chunk.rows, line + chunk.rows
    assert total == count


def test_a_file_too_large_to_be_held_is_read_from_the_disk_and_must_not_change(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encodings, "HELD_BYTES", 0)
    found = written.whole("a,b\n1,2\n")
    assert rows(found) == rows(found) == [(2, ("1", "2"))]
    (written.folder / "t.csv").write_text("a,b\n1,2\n3,4\n")
    with pytest.raises(ProblemsFound) as raised:
        rows(found)
    assert [each.message.key for each in raised.value.problems] == ["read.changed"]


@settings(deadline=None)
@given(st.text('a ",\n', max_size=80), st.sampled_from([30, 57, 4 << 20]))
def test_rows_and_their_lines_are_those_of_the_csv_module(
    tmp_path_factory: pytest.TempPathFactory, body: str, block: int
) -> None:
    """Whatever the quotes, and wherever a block of the file ends. A blank line is no row."""
    expected: list[tuple[int, tuple[str, ...]]] = []
    reader, line, text = csv.reader(io.StringIO(body, newline="")), 2, body.split("\n")
    for cells in reader:
        raw = "\n".join(text[line - 2 : reader.line_num])
        if raw.strip(" ,\n"):
            expected.append((line, tuple((cells + [""] * 3)[:3])))
        line = reader.line_num + 2
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encodings, "BLOCK_BYTES", block)
        found, problems = Written(tmp_path_factory.getbasetemp()).read(f"first name,second name,third\n{body}")
        refused = {"read.open_quote", "read.cut_short"} & {each.message.key for each in problems}
        assume(found is not None or not refused)
        assert found is not None
        assert rows(found) == expected


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff"), min_size=1, max_size=12).filter(
    lambda cell: cell.strip(" \t\n,;") != "" and encodings._once(cell) == cell
)


@settings(deadline=None)
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from([",", ";", "\t"]),
)
def test_what_a_spreadsheet_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, cells: list[list[str]], encoding: str, delimiter: str
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([["day", "channel", "spend"], *cells])
    found = Written(tmp_path_factory.getbasetemp()).whole(out.getvalue().encode(encoding))
    assert [list(row) for _, row in rows(found)] == cells


@pytest.mark.exports
@pytest.mark.parametrize(
    ("path", "skip", "count"),
    [
        ("google_ads/au_campaign_daily_updates.csv", 2, 258),
        ("meta_ads/au_daily_campaign_purchases_roas.csv", None, 88),
        ("pinterest/au_ads_daily_lists_in_cells.csv", None, 220),
        ("shopify/au_sales_by_product_day.csv", None, 215),
        ("shopify/au_visitors_sessions.csv", None, 334),
        ("meta_business_suite/ig_reach.csv", 2, 28),
        ("meta_ads/synthetic_kag_conversion.csv", None, 1143),
    ],
)
def test_real_exports_are_read_as_they_are(path: str, skip: int | None, count: int) -> None:
    if not (EXPORTS / path).is_file():
        pytest.skip("the private exports are not here")
    found, problems = table(EXPORTS, path, path, skip=skip)
    assert problems == ()
    assert found is not None
    assert sum(chunk.rows for chunk in found.chunks()) == count


@pytest.mark.parametrize(
    ("record", "cells"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a,b,", ["a", "b", ""]),
        ('"a,b","c ""d""",e"f', ["a,b", 'c "d"', 'e"f']),
        ('"one\ntwo",x', ["one\ntwo", "x"]),
        ('"' + "x" * 200_000 + '",y', ["x" * 200_000, "y"]),
        ("," * 5_000, [""] * 2_001),
        ('"",' * 5_000, [""] * 2_001),
    ],
)
def test_the_cells_of_one_record(record: str, cells: list[str]) -> None:
    assert records.cells(record.encode(), ",") == records.cells(record.encode() + b"\n", ",") == cells


def test_a_row_with_more_cells_than_a_table_has_is_refused(written: Written) -> None:
    assert written.told("a,b\n1,2\n" + "1," * 2_000 + "1\n") == [(3, "read.too_many_columns")]
