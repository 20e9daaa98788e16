"""Bytes → text: what the letters tell of the encoding, and what other programs did to the whole text."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.errors import Severity
from sitegen.read import encodings
from sitegen.read.encodings import TableError, TextFile, text_file, text_of

RUSSIAN = "Дата,Кампания,Расход\n2026-01-02,Зимняя распродажа,5\n"
UKRAINIAN = "Дата,Назва\n2026-01-02,Київ і область\n"
GREEK = "Ημερομηνία,Καμπάνια\n2026-01-02,Χειμερινές εκπτώσεις\n"
ARABIC = "التاريخ,الحملة\n2026-01-02,تخفيضات الشتاء\n"
FRENCH = "Jour,Coût,Dépense,Début,Été\n2026-01-02,5,ça,à côté,forêt\n"
GERMAN = "Tag,Übersicht,Größe,Käufe\n2026-01-02,für,schön,Straße\n"


def text(source: TextFile) -> str:
    return b"".join(source.blocks()).decode()


def told(source: TextFile) -> list[str]:
    assert all(problem.severity is Severity.INFO for problem in source.problems)
    return [problem.message.key.removeprefix("read.") for problem in source.problems]


@pytest.mark.parametrize(
    ("content", "written", "read"),
    [
        (RUSSIAN, "cp1251", "cp1251"),
        (UKRAINIAN, "cp1251", "cp1251"),
        (RUSSIAN.upper(), "utf-8", "utf-8"),
        (FRENCH, "cp1252", "cp1252"),
        (FRENCH, "mac-roman", "mac-roman"),
        ("Coût\n5\n", "mac-roman", "mac-roman"),
        ("Coût\n5\n", "cp1252", "cp1252"),
        (GERMAN, "cp1252", "cp1252"),
        ("Name,Cost €\nBrand™ – “été”,5\n", "cp1252", "cp1252"),
        ("Name\nBrand™\n", "cp1252", "cp1252"),
    ],
)
def test_the_letters_tell_the_encoding(content: str, written: str, read: str) -> None:
    source = text_of(content.encode(written), "a.csv")
    assert (source.encoding, text(source)) == (read, content)
    assert told(source) == ([] if read == "utf-8" else [f"assumed_{read.replace('-', '_')}"])


@pytest.mark.parametrize(("content", "written"), [(GREEK, "cp1253"), (ARABIC, "cp1256")])
def test_greek_and_arabic_are_not_taken_for_cyrillic(content: str, written: str) -> None:
    assert encodings._likely(iter([content.encode(written)])) != "cp1251"


def test_letters_that_come_late_tell_too() -> None:
    content = b"Day,Name\n" + b"2026-01-02,plain\n" * 300_000 + RUSSIAN.encode("cp1251")
    assert text_of(content, "a.csv").encoding == "cp1251"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(("end", "ended"), [("\n", True), ("\r\n", True), ("\r", True), ("", False)])
def test_whether_the_last_line_has_an_end(encoding: str, end: str, ended: bool) -> None:
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    assert text_of(mark + f"a,é{end}".encode(encoding), "a.csv").ended is ended


def test_a_file_of_odd_length_in_utf_16_is_ended() -> None:
    assert text_of(codecs.BOM_UTF16_LE + "a,b\n1,2".encode("utf-16-le") + b"\n", "a.csv").ended


# ---------------------------------------------------------------- written twice


def again(content: str) -> str:
    """What Windows-1252 reads in the UTF-8 of a text."""
    undefined = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
    return "".join(chr(byte) if byte in undefined else bytes([byte]).decode("cp1252") for byte in content.encode())


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize(
    "meant", ["Coût,Dépense\n5,6\n", "Jour;Période – « été »\n1;2\n", "Prix,n\n1\u00a0234,56\u00a0€,2\n"]
)
def test_letters_written_twice_are_read_as_they_were_meant(meant: str, times: int) -> None:
    content = meant
    for _ in range(times):
        content = again(content)
    source = text_of(content.encode(), "a.csv")
    assert (text(source), told(source)) == (meant, ["written_twice"])


def test_only_the_lines_that_were_written_twice_are_changed() -> None:
    source = text_of("CoÃ»t,Nom\n5,été\n6,«CAFÉ»\n7,Ã©tÃ©\n".encode(), "a.csv")
    assert text(source) == "Coût,Nom\n5,été\n6,«CAFÉ»\n7,été\n"


@pytest.mark.parametrize("line", ["«CAFÉ»", "MAÇÃ”", "SÃO JOÃO", "Âge", "PÂTES À L’ŒUF", "Ãrea", "naïve – “été”"])
def test_letters_that_are_meant_stay(line: str) -> None:
    source = text_of(f"Name,{line}\n{line},5\n".encode(), "a.csv")
    assert (text(source), told(source)) == (f"Name,{line}\n{line},5\n", [])


# ---------------------------------------------------------------- wrapped in quotes


TABLE = 'Day,"Campaign name",Reach\n2026-01-02,"a, ""b""",5\n2026-01-03,"two\nlines",6\n2026-01-04,plain,7\n'
WRAPPED = "".join(f'"{row}"\n' for row in TABLE.replace('"', '""').replace("\nlines", "\0").splitlines()).replace(
    "\0", "\nlines"
)


def test_lines_wrapped_in_quotes_are_rows() -> None:
    source = text_of(WRAPPED.encode(), "a.csv")
    assert (text(source), told(source)) == (TABLE, ["wrapped"])


@pytest.mark.parametrize("padding", ["", ";;;", ",,", "\t"])
def test_what_a_spreadsheet_adds_behind_goes_with_the_quotes(padding: str) -> None:
    content = f'"Day,Reach"{padding}\n"2026-01-02,5"{padding}\n'
    assert text(text_of(content.encode(), "a.csv")) == "Day,Reach\n2026-01-02,5\n"


def test_lines_without_quotes_inside_need_not_be_wrapped() -> None:
    content = 'Day,Name,Reach\n"2026-01-02,""a, b"",5"\n"2026-01-03,""c"",6"\n'
    assert text(text_of(content.encode(), "a.csv")) == 'Day,Name,Reach\n2026-01-02,"a, b",5\n2026-01-03,"c",6\n'


@pytest.mark.parametrize(
    "content",
    [
        'City\n"Paris, France"\n"Lyon, France"\n',
        'Query\n"say ""hi"", bob"\n"a ""b"", c"\n',
        '"Day","Reach"\n"2026-01-02","5"\n',
        '"only"\n"cells"\n',
        '"a, b"\n',
        '"Day,Reach"\n"one cell"\n"another, cell, here"\n',
    ],
)
def test_quoted_cells_are_no_wrapped_lines(content: str) -> None:
    source = text_of(content.encode(), "a.csv")
    assert (text(source), told(source)) == (content, [])


def test_wrapped_lines_that_were_written_twice() -> None:
    source = text_of(again(WRAPPED.replace("Campaign", "Été")).encode(), "a.csv")
    assert (text(source), told(source)) == (TABLE.replace("Campaign", "Été"), ["written_twice", "wrapped"])


@settings(deadline=None)
@given(st.integers(1, 120))
def test_wrapped_lines_are_the_same_wherever_a_block_ends(size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encodings, "BLOCK_BYTES", max(size, 80))
        assert text(text_of(WRAPPED.encode() * 9, "a.csv")) == TABLE * 9


def test_a_quote_that_never_closes_in_a_wrapped_file_holds_no_more_than_a_block(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(encodings, "BLOCK_BYTES", 1 << 10)
    content = b'"a,""b"""\n' * 60 + b'"never, ends\n' * 10_000
    source = text_of(content, "a.csv")
    assert source.wrapped
    assert max(map(len, source.blocks())) < 1 << 13


def test_a_zero_byte_is_told_at_its_line_in_a_mended_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("CoÃ»t,b\n1,2\n".encode() + b"\0,3\n")
    with pytest.raises(TableError) as raised:
        list(text_file(tmp_path / "a.csv", "a.csv", None).blocks())
    assert (raised.value.problem.line, raised.value.problem.message.key) == (3, "read.not_text")
