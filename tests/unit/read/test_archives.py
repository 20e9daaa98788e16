"""Zips and workbooks → the text files in them, or one sentence that says why not."""

import io
import random
import struct
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from sitegen.errors import Problem, Severity
from sitegen.formats import Words
from sitegen.read.exports import archives
from sitegen.read.exports.archives import Member, is_archive, members

ADDRESS = "data/atlas/exports/"
CSV = "Requête,Clics\nété,5\n".encode()


def zipped(parts: Mapping[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook(*rows: tuple[Any, ...], title: str = "Sheet1") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = sheet_of(book)
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return book


def sheet_of(book: openpyxl.Workbook) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return sheet


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A zip with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    return zipped({**parts, part: parts[part].replace(old, new)})


def opened(folder: Path, name: str, content: bytes) -> tuple[tuple[Member, ...], tuple[Problem, ...]]:
    (folder / name).write_bytes(content)
    return members(folder / name, ADDRESS + name)


def texts(found: tuple[Member, ...]) -> dict[str, str]:
    """Name below the folder → text."""
    return {member.name.removeprefix(ADDRESS): b"".join(member.source.blocks()).decode() for member in found}


def told(problems: tuple[Problem, ...]) -> list[str]:
    """Each as `file key`, and both its sentences can be said."""
    for problem in problems:
        for language in ("fr", "en"):
            assert problem.hint is not None
            assert Words(language).say(problem.message)
            assert Words(language).say(problem.hint)
    return [
        f"{problem.path.removeprefix(ADDRESS)} {problem.message.key.removeprefix('read.')}"
        f"{'' if problem.severity is Severity.ERROR else '?'}"
        for problem in problems
    ]


# ---------------------------------------------------------------- zips


def test_the_text_files_of_a_zip_in_the_order_of_their_names(tmp_path: Path) -> None:
    parts = {"Requêtes.csv": CSV, "a/Graphique.TSV": b"Jour\tClics\n2026-01-02\t5\n", "Filtres.txt": b"a,b\n1,2\n"}
    found, problems = opened(tmp_path, "gsc.zip", zipped(parts))
    assert problems == ()
    assert list(texts(found)) == ["gsc.zip/Filtres.txt", "gsc.zip/Requêtes.csv", "gsc.zip/a/Graphique.TSV"]
    assert texts(found)["gsc.zip/Requêtes.csv"] == CSV.decode()
    assert [member.source.address for member in found] == [member.name for member in found]


def test_a_member_is_read_as_a_file_is(tmp_path: Path) -> None:
    content = "\ufeffDay\tCoût\r\n2026-01-02\t5".encode("utf-16")
    found, _ = opened(tmp_path, "ads.zip", zipped({"ads.csv": content, "b.csv": "a;été\n1;2\n".encode("cp1252")}))
    assert [member.source.encoding for member in found] == ["utf-16-le", "cp1252"]
    assert found[0].source.ended is False
    assert [problem.message.key for problem in found[1].source.problems] == ["read.assumed_cp1252"]
    assert texts(found)["ads.zip/ads.csv"].splitlines()[-1] == "2026-01-02\t5"


def test_what_systems_add_for_themselves_is_not_there(tmp_path: Path) -> None:
    parts = {"q.csv": CSV, "__MACOSX/._q.csv": b"\0\5", ".DS_Store": b"\0", "a/.b/c.csv": CSV, "Thumbs.db": b"\0"}
    found, problems = opened(tmp_path, "a.zip", zipped(parts))
    assert (list(texts(found)), problems) == (["a.zip/q.csv"], ())


@pytest.mark.parametrize("encoding", ["utf-8", "cp437"])
def test_names_are_read_though_the_zip_does_not_say_how_they_are_written(tmp_path: Path, encoding: str) -> None:
    written, meant = b"Requ~tes.csv", "Requêtes.csv".encode(encoding)
    content = zipped({f"Requ{'~' * (len(meant) - 11)}tes.csv": CSV})
    content = content.replace(written if encoding == "cp437" else b"Requ~~tes.csv", meant)
    assert list(texts(opened(tmp_path, "a.zip", content)[0])) == ["a.zip/Requêtes.csv"]


def test_names_are_in_the_composed_form(tmp_path: Path) -> None:
    assert list(texts(opened(tmp_path, "a.zip", zipped({"Reque\u0302tes.csv": CSV}))[0])) == ["a.zip/Requêtes.csv"]


def test_a_name_that_climbs_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    found, problems = opened(folder, "a.zip", zipped({"../../q.csv": CSV, "/abs.csv": CSV}))
    assert (len(found), problems) == (2, ())
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "in"]


def test_other_files_of_a_zip_are_told(tmp_path: Path) -> None:
    book = saved(workbook(("Day", "Cost"), ("2026-01-02", 5)))
    parts = {
        "q.csv": CSV,
        "readme.html": b"<html>",
        "logo.png": b"\x89PNG",
        "w.xlsx": book,
        "n.zip": zipped({"x.csv": CSV}),
    }
    found, problems = opened(tmp_path, "a.zip", zipped({**parts, "old.xls": archives._COMPOUND}))
    assert list(texts(found)) == ["a.zip/q.csv", "a.zip/w.xlsx/Sheet1"]
    assert told(problems) == ["a.zip/n.zip archive_nested", "a.zip/old.xls old_workbook", "a.zip archive_left_out?"]
    assert problems[-1].message.named == {"names": ("logo.png", "readme.html"), "count": 2}


def test_a_part_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    found, problems = opened(tmp_path, "a.zip", zipped({"a.csv": CSV, "b.csv": "a,é\n".encode()[:-2] + b"\n\xff\x81"}))
    assert list(texts(found[:1])) == ["a.zip/a.csv"]
    assert problems == ()


@pytest.mark.parametrize("parts", [{}, {"a.png": b"\x89PNG"}, {"folder/": b""}])
def test_a_zip_without_a_table_is_refused(tmp_path: Path, parts: dict[str, bytes]) -> None:
    found, problems = opened(tmp_path, "a.zip", zipped(parts))
    assert (found, told(problems)) == ((), ["a.zip archive_empty"])


def test_a_zip_bomb_is_refused_part_by_part_and_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({"a.csv": CSV, "b.csv": b"0" * (archives.RATIO_BYTES + 1)})
    found, problems = opened(tmp_path, "a.zip", bomb)
    assert (list(texts(found)), told(problems)) == (["a.zip/a.csv"], ["a.zip/b.csv archive_too_big"])
    monkeypatch.setattr(archives, "UNPACKED_BYTES", 1_000)
    many = zipped({f"{at}.csv": b"1,2\n" * 100 for at in range(9)}, zipfile.ZIP_STORED)
    found, problems = opened(tmp_path, "a.zip", many)
    assert len(found) == 2
    assert set(told(problems)) == {f"a.zip/{at}.csv archive_too_big" for at in range(2, 9)}


def test_what_a_zip_says_of_its_sizes_is_not_believed(tmp_path: Path) -> None:
    size = archives.RATIO_BYTES + 1
    bomb = zipped({"b.csv": b"0" * size}).replace(struct.pack("<L", size), struct.pack("<L", 5))
    found, problems = opened(tmp_path, "a.zip", bomb)
    assert found == () or len(b"".join(found[0].source.blocks())) <= 6
    assert len(problems) <= 1


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    parts = {f"{at}.csv": b"" for at in range(archives.PARTS + 1)}
    assert told(opened(tmp_path, "a.zip", zipped(parts))[1]) == ["a.zip archive_too_many"]


def test_a_large_file_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "FILE_BYTES", 10)
    assert told(opened(tmp_path, "a.zip", zipped({"a.csv": CSV}))[1]) == ["a.zip archive_too_big"]


def test_a_password_is_told(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.csv": CSV}))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert told(opened(tmp_path, "a.zip", bytes(content))[1]) == ["a.zip/a.csv archive_encrypted"]
    compound = archives._COMPOUND + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    assert told(opened(tmp_path, "a.xlsx", compound)[1]) == ["a.xlsx archive_encrypted"]


@pytest.mark.parametrize("name", ["a.zip", "a.xlsx"])
@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x03\x04" + bytes(50), b"day,clicks\n", zipped({"a.csv": CSV})[:-30]]
)
def test_a_damaged_file_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    assert told(opened(tmp_path, name, content)[1]) == [f"{name} archive_damaged"]


def test_damaged_bytes_of_a_part_are_told(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.csv": b"1,2\n" * 999}))
    content[45] ^= 0xFF
    assert told(opened(tmp_path, "a.zip", bytes(content))[1]) == ["a.zip/a.csv archive_damaged"]


# ---------------------------------------------------------------- other files


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("a.xls", archives._COMPOUND + bytes(99), "old_workbook"),
        ("a.xlsb", zipped({"xl/workbook.bin": b""}), "old_workbook"),
        ("a.xlsx", zipped({"content.xml": b"", "mimetype": b""}), "other_spreadsheet"),
        ("a.ods", zipped({"content.xml": b"", "mimetype": b""}), "other_spreadsheet"),
        ("a.numbers", zipped({"Index/Document.iwa": b""}), "other_spreadsheet"),
        ("a.docx", zipped({"word/document.xml": b""}), "document"),
        ("a.pdf", b"%PDF-1.7\n", "picture"),
        ("a.zip", b"%PDF-1.7\n", "picture"),
        ("a.png", b"\x89PNG\r\n", "picture"),
        ("a.gz", b"\x1f\x8b\x08", "other_archive"),
        ("a.xls", b"\n<html><table><tr><td>Day</td></tr></table>", "document"),
        ("a.xls", b'<?xml version="1.0"?><Workbook/>', "document"),
        ("a.html", b"<!DOCTYPE html>", "document"),
        ("a.heic", b"text", "picture"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(tmp_path: Path, name: str, content: bytes, key: str) -> None:
    assert is_archive(name)
    found, problems = opened(tmp_path, name, content)
    assert (found, told(problems)) == ((), [f"{name} {key}"])


def test_a_text_called_xls_is_read_as_the_text_that_it_is(tmp_path: Path) -> None:
    found, problems = opened(tmp_path, "a.xls", "Day\tCoût\n2026-01-02\t5\n".encode("utf-16"))
    assert (texts(found), problems) == ({"a.xls": "Day\tCoût\n2026-01-02\t5\n"}, ())


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert told(members(tmp_path / "none.zip", ADDRESS + "none.zip")[1]) == ["none.zip missing"]


def test_other_names_are_no_archives() -> None:
    assert [is_archive(name) for name in ("a.csv", "a.TSV", "zip", "a.json", "A.ZIP", "a.XLSX")] == [False] * 4 + [
        True
    ] * 2


# ---------------------------------------------------------------- workbooks


def test_a_sheet_is_a_table_with_a_line_for_each_row(tmp_path: Path) -> None:
    book = workbook(
        ("Report",), (), ("Day", "Campaign", "Cost"), ("2026-01-02", 'a, "b"', 5), (None, None, None), (None, 7)
    )
    sheet_of(book).merge_cells("A1:C1")
    sheet_of(book).cell(9, 5).value = ""
    found, problems = opened(tmp_path, "a.xlsx", saved(book))
    assert problems == ()
    assert texts(found) == {"a.xlsx/Sheet1": 'Report\n\nDay,Campaign,Cost\n2026-01-02,"a, ""b""",5\n\n,7\n'}


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (1_234.5, "#,##0.00 €", "1234.5"),
        (12.0, "General", "12"),
        (-0.00001234, "General", "-0.00001234"),
        (1e20, "General", "100000000000000000000"),
        (123456789012345, "0", "123456789012345"),
        (0.0537, "0.00%", "5.37%"),
        (0.07, "0%", "7%"),
        (5, '0 "%"', "5"),
        (5, "[Red]0", "5"),
        (True, "General", "TRUE"),
        (datetime.fromisoformat("2026-01-02"), "dd/mm/yyyy", "2026-01-02"),
        (datetime.fromisoformat("2026-01-02 13:30"), "dd/mm/yyyy hh:mm", "2026-01-02 13:30:00"),
        (date(2026, 1, 2), "mmm yy", "2026-01-02"),
        (time(1, 2, 3), "h:mm:ss", "01:02:03"),
        (timedelta(hours=30, minutes=5), "[h]:mm:ss", "30:05:00"),
        ("two\nlines_x000D_\nend", "General", "two lines end"),
        ("#N/A", "General", "#N/A"),
        ("007", "@", "007"),
    ],
)
def test_a_cell_is_written_as_an_export_would(tmp_path: Path, value: object, form: str, text: str) -> None:
    book = workbook(("a", "b"))
    cell = sheet_of(book).cell(2, 1)
    cell.value = value  # type: ignore[assignment]
    cell.number_format = form
    (content,) = texts(opened(tmp_path, "a.xlsx", saved(book))[0]).values()
    assert content == f"a,b\n{text}\n"


def test_hidden_and_empty_sheets_are_left_out(tmp_path: Path) -> None:
    book = workbook(("Day", "Cost"), title="Données")
    book.create_sheet("Empty")
    for name, state in (("Secret", "hidden"), ("Deep", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state  # type: ignore[assignment]
        sheet.append(("a", 1))
    found, problems = opened(tmp_path, "a.xlsx", saved(book))
    assert texts(found) == {"a.xlsx/Données": "Day,Cost\n"}
    assert told(problems) == ["a.xlsx sheet_hidden?"]
    assert problems[0].message.named == {"names": ("Secret", "Deep"), "count": 2}


def test_a_workbook_of_nothing_is_refused(tmp_path: Path) -> None:
    assert told(opened(tmp_path, "a.xlsx", saved(workbook()))[1]) == ["a.xlsx workbook_empty"]


def test_formulas_that_were_never_computed_are_told(tmp_path: Path) -> None:
    found, problems = opened(tmp_path, "a.xlsx", saved(workbook(("Cost",), (5,), ("=A2*2",))))
    assert texts(found) == {"a.xlsx/Sheet1": "Cost\n5\n"}
    assert told(problems) == ["a.xlsx workbook_uncomputed"]


def test_a_formula_with_its_value_is_this_value(tmp_path: Path) -> None:
    content = saved(workbook(("Cost",), (5,), ("=A2*2",)))
    content = changed(content, "xl/worksheets/sheet1.xml", b"<v /></c>", b"<v>10</v></c>")
    found, problems = opened(tmp_path, "a.xlsx", content)
    assert (texts(found), problems) == ({"a.xlsx/Sheet1": "Cost\n5\n10\n"}, ())


def test_a_sheet_with_too_many_columns_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    book = workbook(tuple(range(2_001)))
    book.create_sheet("Other").append(("a", "b"))
    found, problems = opened(tmp_path, "a.xlsx", saved(book))
    assert (list(texts(found)), told(problems)) == (["a.xlsx/Other"], ["a.xlsx/Sheet1 too_many_columns"])


def test_what_a_workbook_says_of_its_size_is_not_believed(tmp_path: Path) -> None:
    content = saved(workbook(("a", "b"), (1, 2)))
    content = changed(content, "xl/worksheets/sheet1.xml", b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert texts(opened(tmp_path, "a.xlsx", content)[0]) == {"a.xlsx/Sheet1": "a,b\n1,2\n"}


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b"<sheetData>", b"<sheetData"),
        ("xl/worksheets/sheet1.xml", b'r="2"', b'r="999999999"'),
        ("xl/worksheets/sheet1.xml", b"<v>5</v>", b"<v>" + b"9" * 5_000 + b"</v>"),
        ("xl/worksheets/sheet1.xml", b'<c r="A2"', b'<c r="A2" s="99999"'),
        ("xl/workbook.xml", b"<sheets>", b"<!DOCTYPE a><sheets>"),
        ("xl/workbook.xml", b"<sheets>", b"<sheets></sheets>"),
        ("xl/styles.xml", b"<cellXfs", b"<cellYfs"),
        ("xl/_rels/workbook.xml.rels", b"worksheets/sheet1.xml", b"worksheets/sheet9.xml"),
    ],
)
def test_a_damaged_workbook_is_told(tmp_path: Path, part: str, old: bytes, new: bytes) -> None:
    content = changed(saved(workbook(("Cost",), (5,))), part, old, new)
    found, problems = opened(tmp_path, "a.xlsx", content)
    assert found == ()
    assert [key.split()[1] for key in told(problems)] in (["archive_damaged"], ["workbook_empty"])


def test_the_text_of_a_workbook_counts_as_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside what it was made of: a short reference may stand for a long text."""
    chance = random.Random(1)
    content = saved(workbook(("a",), *[(chance.randbytes(15_000).hex(),) for _ in range(300)]))
    monkeypatch.setattr(archives, "UNPACKED_BYTES", 10 << 20)
    found, problems = opened(tmp_path, "a.xlsx", content)
    assert (found, told(problems)) == ((), ["a.xlsx/Sheet1 archive_too_big"])
