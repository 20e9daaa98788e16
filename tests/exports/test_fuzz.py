"""Whatever bytes lie in an export, only problems come of them: no error, no hang, no more memory than a table takes."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen import check, read
from sitegen.errors import Problem
from sitegen.formats import Words
from sitegen.read import encodings, tables
from sitegen.read.encodings import TextFile, text_of
from sitegen.read.exports import archives, exports, of_text
from tests.unit.check.workspace import site

WORDS = Words("fr")
GA4 = """# ----------------------------------------
# Acquisition: Session default channel group
# Start date: 20260101
# End date: 20260103
# ----------------------------------------
Session default channel group,Sessions,Key events,Total revenue
Organic Search,1200,12,340.5
Paid Search,310,4,99.99

# Start date: 20260101
# End date: 20260103
Nth day,Users
0000,15
0001,18
0002,
"""
ADS = """Rapport sur les campagnes
1 janvier 2026 - 3 janvier 2026
Campagne\tJour\tCode de la devise\tCoût\tClics\tImpr.\tCTR
"Marque, été"\t2026-01-01\tEUR\t"1 234,56"\t12\t345\t3,48 %
Générique\t2026-01-02\tEUR\t--\t0\t < 10%\t0 %
Total : compte\t\tEUR\t"1 234,56"\t12\t345\t3,48 %
"""
META = """Reporting starts,Reporting ends,Campaign name,Amount spent (USD),Impressions,Reach
,,,37.5,1200,800
2026-01-01,2026-01-01,"Spring ""A"", 1",12.5,400,300
2026-01-02,2026-01-02,B,25,800,500
"""
GSC = "Date,Clics,Impressions,CTR,Position\n2026-01-01,5,120,4.17%,12.3\n2026-01-02,0,80,0%,18\n"
INSTAGRAM = 'sep=,\n"Reach"\n"Date","Primary"\n"2026-01-01T00:00:00","12"\n"2026-01-02T00:00:00","7"\n'
FRENCH = "Jour;Dépense;Clics\n31/01/2026;1 234,50 €;12\n01/02/2026;9,99 €;3\n"
SEEDS = [
    *(text.encode() for text in (GA4, META, GSC, FRENCH)),
    *(text.encode("utf-16") for text in (ADS, INSTAGRAM)),
    FRENCH.encode("cp1252"),
    META.replace("\n", "\r\n").encode("utf-8-sig"),
    "".join(f'"{row}"\n' for row in META.replace('"', '""').splitlines()).encode(),
    FRENCH.encode().decode("cp1252").encode(),
]
NASTY = [
    *(
        b'"',
        b'""',
        b"\0",
        b"\r",
        b"\n",
        b"\r\n",
        b"\n\n\n",
        b",",
        b",,,,,,,,,",
        b";",
        b"\t",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xc3",
    ),
    *(
        b"sep=;\n",
        b"# ",
        b"Total",
        b"-",
        b"--",
        b"%",
        b"9" * 400,
        b"1e400",
        b"0000-00-00",
        b"31/02/2026",
        b"nan",
        b"\xe2\x80\xae",
    ),
    *(
        b"\x81",
        b"'",
        b"=1+1",
        b"\x1a",
        b"\x0b\x0c\x1c\x85",
        "٣".encode(),
        "﷽".encode(),
        "🎉".encode(),
        b" " * 500,
        b"(" * 300,
        b"{currency}",
    ),
]


@st.composite
def mutated(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """A seed, changed in some places: cut, doubled, overwritten, with something nasty in it."""
    content = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 6))):
        at, end = sorted((draw(st.integers(0, len(content))), draw(st.integers(0, len(content)))))
        match draw(st.integers(0, 5)):
            case 0:
                content = content[:end]
            case 1:
                content = content[:at] + content[end:]
            case 2:
                content = content[:end] + content[at:]
            case 3:
                content = content[:at] + draw(st.binary(max_size=6)) + content[min(at + 3, len(content)) :]
            case _:
                content = (
                    content[:at] + draw(st.sampled_from(NASTY)) * draw(st.sampled_from([1, 1, 2, 40])) + content[at:]
                )
    return content


def said(problems: Iterator[Problem] | tuple[Problem, ...]) -> None:
    """Each is a problem that can be said."""
    for problem in problems:
        assert isinstance(problem, Problem)
        assert WORDS.say(problem.message)
        assert problem.hint is None or WORDS.say(problem.hint)


def exhausted(table: tables.Table | None) -> None:
    """Every cell of a table, as text and as a number."""
    for chunk in table.chunks() if table else ():
        for name in table.header if table else ():
            column = chunk.columns[name]
            assert len(column.codes) == chunk.rows
            assert all(-1 <= code < len(column.cells) for code in column.codes)
            assert name not in chunk.plain or len(chunk.plain[name].values) == chunk.rows


def read_whole(folder: Path, name: str, content: bytes) -> None:
    """As a table and as an export, to the last cell."""
    (folder / name).write_bytes(content)
    if not archives.is_archive(name):
        table, problems = tables.table(folder, name, f"exports/{name}")
        said(problems)
        exhausted(table)
    for export in exports(folder, name, f"exports/{name}"):
        said(export.problems)
        for block in export.blocks:
            exhausted(block.table)


FUZZ = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@FUZZ
@given(st.one_of(st.binary(max_size=400), st.text('",;\t\n\r# aé0.-%', max_size=200).map(str.encode)))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    read_whole(tmp_path_factory.getbasetemp(), "a.csv", content)


@FUZZ
@given(mutated(SEEDS))
def test_changed_exports(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    read_whole(tmp_path_factory.getbasetemp(), "a.csv", content)


@pytest.mark.parametrize("seed", range(len(SEEDS)))
def test_truncated_exports(tmp_path: Path, seed: int) -> None:
    for end in range(0, len(SEEDS[seed]), 7):
        read_whole(tmp_path, "a.csv", SEEDS[seed][:end])


@settings(FUZZ, max_examples=40)
@given(mutated(SEEDS))
def test_changed_exports_of_a_client(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Up to what is checked of a client."""
    root = tmp_path_factory.getbasetemp()
    folder = root / "data" / "atlas" / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    (folder.parent / "client.yaml").write_text("name: Atlas\ncountry: FR\n", "utf-8")
    (folder / "a.csv").write_bytes(content)
    agreed, _ = site()
    assert agreed is not None
    said(check.client(read.client(root, "atlas"), agreed)[1])


# ---------------------------------------------------------------- archives


def _zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Graphique.csv", GSC)
        archive.writestr("dossier/Campagnes.csv", ADS.encode("utf-16"))
        archive.writestr("Metadonnées.pdf", b"%PDF")
    return out.getvalue()


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(META)):
        book.worksheets[0].append(row)
    book.worksheets[0]["D2"].number_format = "0.00%"
    book.create_sheet("Hidden").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _stored(content: bytes) -> bytes:
    """The same zip without compression, so that changes reach what is in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(out, "w") as archive:
        for name in packed.namelist():
            archive.writestr(name, packed.read(name))
    return out.getvalue()


@FUZZ
@given(mutated([_zipped(), _stored(_zipped())]))
def test_changed_zips(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    read_whole(tmp_path_factory.getbasetemp(), "a.zip", content)


@settings(FUZZ, max_examples=100)
@given(mutated([_workbook(), _stored(_workbook())]))
def test_changed_workbooks(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    read_whole(tmp_path_factory.getbasetemp(), "a.xlsx", content)


@settings(FUZZ, max_examples=100)
@given(st.data())
def test_changed_parts_of_workbooks(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Changes that the checksums of a zip do not tell."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook())) as packed, zipfile.ZipFile(out, "w") as archive:
        chosen = data.draw(st.sampled_from(packed.namelist()))
        for name in packed.namelist():
            part = packed.read(name)
            archive.writestr(name, data.draw(mutated([part])) if name == chosen else part)
    read_whole(tmp_path_factory.getbasetemp(), "a.xlsx", out.getvalue())


# ---------------------------------------------------------------- size


class Endless(io.RawIOBase):
    """The same bytes again and again, a gigabyte of them; `given` counts those that were asked for."""

    def __init__(self, begin: bytes, again: bytes) -> None:
        self.begin, self.again, self.given = begin, again, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        assert (offset, whence) == (0, 0)
        return 0

    def read(self, size: int = -1, /) -> bytes:
        begin = self.begin[self.given : self.given + size]
        self.given += size
        assert self.given < 1 << 30, "it would go on for ever"
        return (begin + self.again * (size // len(self.again) + 1))[:size]


@pytest.mark.parametrize(
    ("begin", "again", "key"),
    [
        (b"", b"x", "line_too_long"),
        (b"", b"x,", "line_too_long"),
        (b"day,clicks\n1,2\n", b"x", "line_too_long"),
        (b"day,clicks\n1,2\n", b"1;2,", "line_too_long"),
        (b'day,clicks\n1,2\n"', b"1,2\n", "line_too_long"),
        (b'day,clicks\n1,2\n"', b'""', "line_too_long"),
        (b"day,clicks\n1,2\n", b"\0", "not_text"),
        (b"day,clicks\n1,2\n", b"\xff", "undecodable"),
    ],
)
def test_a_line_of_a_gigabyte_is_refused_after_some_megabytes(begin: bytes, again: bytes, key: str) -> None:
    endless: list[Endless] = []

    def opened() -> Endless:
        endless.append(Endless(begin, again))
        return endless[-1]

    source = TextFile("a.csv", "", "utf-8", 0, short=False, open=opened)  # type: ignore[arg-type]
    export = of_text(source)
    assert [problem.message.key for problem in export.problems] == [f"read.{key}"]
    assert max(each.given for each in endless) <= 4 * encodings.BLOCK_BYTES


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("rows", [b"", b"1,2\n"])
def test_a_million_columns_are_refused(tmp_path: Path, delimiter: str, rows: bytes) -> None:
    content = (delimiter.join(map(str, range(100_000))) + "\n").encode() + rows
    (tmp_path / "a.csv").write_bytes(content)
    _, (problem, *_) = tables.table(tmp_path, "a.csv", "a.csv")
    assert problem.message.key == "read.too_many_columns"
    read_whole(tmp_path, "a.csv", content)
    read_whole(tmp_path, "a.csv", (delimiter * 1_000_000).encode() + b"\n" + rows)
    read_whole(tmp_path, "a.csv", b"day,clicks\n" + (delimiter * 1_000_000).encode() + b"\n" + rows)


def test_a_million_empty_lines_and_a_million_quotes(tmp_path: Path) -> None:
    for content in (
        b"\n" * 1_000_000,
        b'"' * 1_000_000,
        b"a,b\n" + b'"\n' * 999_999,
        b"a,b\n" + b'"",\n' * 250_000,
        b"# \n" * 300_000,
    ):
        read_whole(tmp_path, "a.csv", content)


def test_a_text_in_memory_is_read_as_a_file_is() -> None:
    found = of_text(text_of(GSC.encode(), "a.csv"))
    assert found.platform


@pytest.mark.parametrize("piece", ["9", "(", "a ", "a: ", "1 janvier ", "{currency}", "((€)", "'", "# "])
def test_a_long_cell_takes_no_time_in_a_header_above_it_or_in_a_row(tmp_path: Path, piece: str) -> None:
    cell = piece * (20_000 // len(piece))
    for content in (
        f"Date,Clics,Impressions,CTR,{cell}\n2026-01-01,5,120,4%,3\n",
        f"{cell}\n\nDate,Clics,Impressions\n2026-01-01,5,120\n",
        f"# {cell}\n# Start date: {cell}\nDate,Clics,Impressions\n2026-01-01,5,120\n",
        f"Date,Clics,Impressions\n{cell},{cell},{cell}\n2026-01-01,5,120\n",
    ):
        read_whole(tmp_path, "a.csv", content.encode())
