"""A zip or a workbook in, the text files in it out, or why it is not read; does not know what any of them says.

Nothing is written to the disk and nothing in a file is believed about its sizes: each part is read up to a limit.
"""

from __future__ import annotations

import csv
import io
import lzma
import re
import struct
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from sitegen.errors import Problem, Severity
from sitegen.messages import say
from sitegen.read.encodings import TableError, TextFile, text_of
from sitegen.read.exports.sheets import text
from sitegen.read.records import COLUMNS

FILE_BYTES = 128 << 20  # of an archive or a workbook as it lies on the disk
UNPACKED_BYTES = 256 << 20  # of all that is in it
RATIO, RATIO_BYTES = 250, 8 << 20  # a part that is larger may not unpack to more times its size: no table does
PARTS = 1_000
SHEET_ROWS = 1_048_576  # Excel's own limit

_TEXTS = (".csv", ".tsv", ".txt")
_WORKBOOKS = (".xlsx", ".xlsm")
# What is refused, by suffix: the name of the sentence that says how to save it instead.
_REFUSED = {
    **dict.fromkeys((".xls", ".xlsb"), "old_workbook"),
    **dict.fromkeys((".ods", ".numbers"), "other_spreadsheet"),
    **dict.fromkeys((".gz", ".7z", ".rar", ".tar", ".tgz", ".bz2", ".xz"), "other_archive"),
    **dict.fromkeys((".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".tif", ".tiff"), "picture"),
    **dict.fromkeys((".doc", ".docx", ".odt", ".pages", ".ppt", ".pptx", ".htm", ".html"), "document"),
}
SUFFIXES = (".zip", *_WORKBOOKS, *_REFUSED)
_MAGIC = {
    b"%PDF": "picture",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"\x1f\x8b": "other_archive",
    b"7z\xbc\xaf": "other_archive",
    b"Rar!": "other_archive",
}
_OFFICE = {
    "xl/workbook.bin": "old_workbook",
    "content.xml": "other_spreadsheet",
    "Index/Document.iwa": "other_spreadsheet",
    "Index.zip": "other_spreadsheet",
    "word/document.xml": "document",
    "ppt/presentation.xml": "document",
}
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office before 2007, and Office files with a password
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|table|meta|\?xml)", re.IGNORECASE)
_DAMAGED = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(OSError, EOFError, ValueError, LookupError, NotImplementedError),
)
_UTF8_NAME, _ENCRYPTED = 0x800, 0x1
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_UNCOMPUTED = re.compile(rb"<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")


@dataclass(frozen=True, slots=True)
class Member:
    """A text file in an archive, or a sheet of a workbook as CSV: `file.zip/Queries.csv`, `file.xlsx/Sheet1`."""

    name: str
    source: TextFile


class _Refused(Exception):
    """The file, or a part of it, is not read."""

    def __init__(self, key: str, **params: str | int | tuple[str, ...]) -> None:
        super().__init__(key)
        self.key, self.params = key, params

    def problem(self, address: str) -> Problem:
        return _told(address, self.key, Severity.ERROR, **self.params)


def _told(address: str, key: str, severity: Severity, **params: str | int | tuple[str, ...]) -> Problem:
    return Problem(address, 0, 0, say(f"read.{key}", **params), say(f"read.{key}_hint"), severity)


def is_archive(path: str) -> bool:
    """Whether a file of this name is for `members` to open, or to refuse."""
    return path.lower().endswith(SUFFIXES)


def is_sheet(name: str) -> bool:
    """Whether a member is a sheet of a workbook."""
    return is_workbook(PurePosixPath(name).parent.name)


def is_workbook(name: str) -> bool:
    """Whether a file is called as a workbook is."""
    return name.lower().endswith(_WORKBOOKS)


def members(path: Path, address: str) -> tuple[tuple[Member, ...], tuple[Problem, ...]]:
    """The text files in the file at `path`, in the order of their names, or a workbook's sheets in their own.

    A file that is none of these in spite of its name, such as a text called `.xls`, is its own only member.
    """
    try:
        return _opened(_content(path), address)
    except _Refused as refused:
        return (), (refused.problem(address),)
    except TableError as refused:
        return (), (refused.problem,)
    except OSError as error:
        return (), (Problem(address, 0, 0, say("read.unreadable", reason=error.strerror or str(error))),)


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise _Refused("missing")
    if path.stat().st_size > FILE_BYTES:
        raise _Refused("archive_too_big", limit=FILE_BYTES >> 20)
    return path.read_bytes()


def _opened(content: bytes, address: str) -> tuple[tuple[Member, ...], tuple[Problem, ...]]:
    if content.startswith(_COMPOUND):
        raise _Refused("archive_encrypted" if _PASSWORD in content else "old_workbook")
    if (kind := next((kind for magic, kind in _MAGIC.items() if content.startswith(magic)), None)) is not None:
        raise _Refused(kind)
    if not content.startswith(b"PK"):
        return _unpacked(content, address)
    parts = _Parts(content, _Budget())
    names = {name for name, _ in parts.items()}
    if "xl/workbook.xml" in names:
        return _sheets(content, parts, address)
    if (kind := next((kind for name, kind in _OFFICE.items() if name in names), None)) is not None:
        raise _Refused(kind)
    return _texts(parts, address)


def _unpacked(content: bytes, address: str) -> tuple[tuple[Member, ...], tuple[Problem, ...]]:
    """A text with the name of another kind of file; a web page is one that Excel opens, but no table."""
    suffix = PurePosixPath(address).suffix.lower()
    if suffix == ".zip" or suffix in _WORKBOOKS:
        raise _Refused("archive_damaged")
    if _MARKUP.match(content):
        raise _Refused("document")
    if suffix in _REFUSED and suffix != ".xls":
        raise _Refused(_REFUSED[suffix])
    return (Member(address, text_of(content, address)),), ()


# ---------------------------------------------------------------- parts of a zip


class _Budget:
    """The bytes that may still be unpacked of one file, whatever lies in it."""

    def __init__(self) -> None:
        self.left = UNPACKED_BYTES

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise _Refused("archive_too_big", limit=UNPACKED_BYTES >> 20)


class _Parts:
    """The parts of a zip, each read up to a limit, all together too."""

    def __init__(self, content: bytes, budget: _Budget) -> None:
        self.budget = budget
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._infos = [info for info in self._zip.infolist() if not info.is_dir()]
        except _DAMAGED as error:
            raise _Refused("archive_damaged") from error
        if len(self._infos) > PARTS:
            raise _Refused("archive_too_many", limit=PARTS)

    def items(self) -> list[tuple[str, zipfile.ZipInfo]]:
        """Each part with its name as it is meant, by name."""
        return sorted(((_name(info), info) for info in self._infos), key=lambda item: item[0])

    def read(self, info: zipfile.ZipInfo) -> bytes:
        """One part. Raises _Refused where it is larger than any table, has a password or is damaged."""
        if info.flag_bits & _ENCRYPTED:
            raise _Refused("archive_encrypted")
        limit = min(self.budget.left, max(RATIO_BYTES, RATIO * info.compress_size))
        try:
            with self._zip.open(info) as part:
                content = part.read(limit + 1)
        except _DAMAGED as error:
            raise _Refused("archive_damaged") from error
        except RuntimeError as error:  # a password that the flags do not tell
            raise _Refused("archive_encrypted") from error
        if len(content) > limit:
            raise _Refused("archive_too_big", limit=UNPACKED_BYTES >> 20)
        self.budget.spend(len(content))
        return content


def _name(info: zipfile.ZipInfo) -> str:
    """A part's name. macOS writes UTF-8 and does not say so; zipfile then takes it for the letters of DOS."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAME:
        try:
            name = name.encode("cp437").decode()
        except UnicodeError:
            name = info.filename
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts) or parts[-1:] in (
        ("Thumbs.db",),
        ("desktop.ini",),
    )


def _texts(parts: _Parts, address: str) -> tuple[tuple[Member, ...], tuple[Problem, ...]]:
    """The text files of a zip and the sheets of its workbooks; what else lies in it is told."""
    found: list[Member] = []
    problems: list[Problem] = []
    others: list[str] = []
    for name, info in parts.items():
        if _is_hidden(name):
            continue
        here = f"{address}/{name}"
        try:
            inside, more = _part(parts, info, here)
        except _Refused as refused:
            problems.append(refused.problem(here))
        except TableError as refused:
            problems.append(refused.problem)
        else:
            others += [] if inside or more else [name]
            found += inside
            problems += more
    if others:
        problems.append(_told(address, "archive_left_out", Severity.INFO, names=tuple(others[:5]), count=len(others)))
    if not found and not any(problem.severity is Severity.ERROR for problem in problems):
        raise _Refused("archive_empty")
    return tuple(found), tuple(problems)


def _part(parts: _Parts, info: zipfile.ZipInfo, address: str) -> tuple[tuple[Member, ...], tuple[Problem, ...]]:
    """A part of a zip; nothing where it is no table."""
    lower = address.lower()
    if lower.endswith(_TEXTS):
        return (Member(address, text_of(parts.read(info), address)),), ()
    if lower.endswith(_WORKBOOKS):
        content = parts.read(info)
        return _sheets(content, _Parts(content, parts.budget), address)
    if lower.endswith(".zip"):
        raise _Refused("archive_nested")
    if (kind := _REFUSED.get(PurePosixPath(lower).suffix)) in ("old_workbook", "other_spreadsheet"):
        raise _Refused(kind)
    return (), ()


# ---------------------------------------------------------------- workbooks


def _sheets(content: bytes, parts: _Parts, address: str) -> tuple[tuple[Member, ...], tuple[Problem, ...]]:
    """Each visible sheet as CSV, a line for each row; hidden ones and formulas without their values are told."""
    problems: list[Problem] = []
    if _uncomputed(parts):
        problems.append(_told(address, "workbook_uncomputed", Severity.ERROR))
    found: list[Member] = []
    hidden: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and rules that it does not know
        for name, visible, rows in _worksheets(content):
            if not visible:
                hidden.append(name)
                continue
            here = f"{address}/{name}"
            try:
                text = _csv(rows, parts.budget)
            except _Refused as refused:
                problems.append(refused.problem(here))
                continue
            if text:
                found.append(Member(here, text_of(text, here, "utf-8")))
    if hidden:
        problems.append(_told(address, "sheet_hidden", Severity.INFO, names=tuple(hidden[:5]), count=len(hidden)))
    if not found and not any(problem.severity is Severity.ERROR for problem in problems):
        raise _Refused("workbook_empty")
    return tuple(found), tuple(problems)


def _uncomputed(parts: _Parts) -> bool:
    """Whether a formula was never computed. Raises _Refused at what no office program writes."""
    found = False
    for name, info in parts.items():
        content = parts.read(info)
        if _ENTITIES.search(content):
            raise _Refused("archive_damaged")
        found = found or (name.startswith("xl/worksheets/") and _UNCOMPUTED.search(content) is not None)
    return found


def _worksheets(content: bytes) -> Iterator[tuple[str, bool, Iterator[list[str]]]]:
    """Name, visibility and rows of each sheet. Raises _Refused where a part is damaged, whatever openpyxl meets."""
    from openpyxl import load_workbook  # as heavy as the rest of this stage, and few clients have a workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # a part that is wrong in any way makes any error
        raise _Refused("archive_damaged") from error
    for sheet in book.worksheets:
        yield sheet.title, sheet.sheet_state == "visible", _rows(sheet)
    book.close()


def _rows(sheet: Any) -> Iterator[list[str]]:
    """The cells of each row."""
    try:
        sheet.reset_dimensions()  # what the file says of them is often wrong
        for number, row in enumerate(sheet.iter_rows()):
            yield _within(number, [text(cell) for cell in row])
    except Exception as error:
        raise _Refused("archive_damaged") from error


def _within(number: int, row: list[str]) -> list[str]:
    """The row, unless a file claims more of them than Excel has."""
    if number >= SHEET_ROWS:
        raise ValueError("no sheet of Excel's is so long")
    return row


def _csv(rows: Iterator[list[str]], budget: _Budget) -> bytes:
    """The rows with an end of line for each, without the empty ones at the end."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    ink = 0
    for texts in rows:
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > COLUMNS:
            raise _Refused("too_many_columns", columns=len(texts), limit=COLUMNS)
        if not texts:
            out.write("\n")
            continue
        writer.writerow(texts)
        budget.spend(out.tell() - ink)
        ink = out.tell()
    return out.getvalue()[:ink].encode()
