"""A file's bytes in, its text as UTF-8 in blocks out, or where it is no text; knows nothing of a table's columns.

What another program did to the whole text is undone, and said: letters written twice in UTF-8, lines wrapped in quotes.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from sitegen.errors import Problem, ProblemsFound, Severity
from sitegen.messages import Message, say

HELD_BYTES = 64 << 20  # a larger file is read again from the disk for each pass
BLOCK_BYTES = 4 << 20

_HEAD_BYTES = 1 << 16
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UTF16 = {"utf-16", "utf-16-le", "utf-16-be"}
_ONE_BYTE = {"ascii", "mac-roman", "iso8859-1", "iso8859-2", "iso8859-15", *(f"cp{page}" for page in range(1250, 1259))}
_ENCODINGS = {"utf-8", *_UTF16, *_ONE_BYTE}
_NOT_CP1252 = re.compile(rb"[\x00\x81\x8d\x8f\x90\x9d]")  # no such letter
_IN_UTF8 = re.compile(rb"\x00|\xc3(?:[\x80-\xbf]|\Z)")  # an é in UTF-8
# Letters of French as Mac Roman writes them, and of any western language as Windows-1252 does, inside words.
_MAC_LETTER = re.compile(rb"[\x83\x88\x89\x8d\x8e\x8f\x90\x99\x9d](?=[a-z])|(?i:[ac]o)\x9e(?=t)")
_CP1252_LETTER = re.compile(rb"[\xc0-\xff](?=[a-z])")
# Words of Windows-1251. Greek and Arabic ones look alike, but have other letters where its vowels are.
_CYRILLIC = re.compile(rb"[\xa8\xaa\xaf\xb2\xb3\xb8\xba\xbf\xc0-\xff]{3,}")
_VOWELS = b"\xb3\xb8\xba\xbf\xe0\xe5\xe8\xee\xf3\xfb\xfd\xfe\xff"
_ASCII = bytes(range(0x80))

# What is said of how a text was understood.
_ASSUMED = {
    "cp1252": (say("read.assumed_cp1252"), say("read.assumed_cp1252_hint")),
    "cp1251": (say("read.assumed_cp1251"), say("read.assumed_cp1251_hint")),
    "mac-roman": (say("read.assumed_mac_roman"), say("read.assumed_mac_roman_hint")),
}
_TWICE = (say("read.written_twice"), say("read.written_twice_hint"))
_CELLS = (say("read.wrapped"), say("read.wrapped_hint"))

_MENDED_LINES = 20  # first lines that tell whether letters are written twice in UTF-8
_TWICE_WRITTEN = re.compile(
    "[A-Za-z0-9][\u00c2\u00c3\u00e2\u00d0\u00d1\u00d8\u00d9]|[\u00c2\u00c3][^\\w\\s][a-z]"
)  # beside letters
_WRAPPED_LINES = 50
_WRAPPED = re.compile(r'^"((?:[^"]|"")*+)"[,;\t]*$', re.MULTILINE)
_LINE = re.compile(rf"{_WRAPPED.pattern}|^.+$", re.MULTILINE)


class TableError(Exception):
    """The file cannot be read as a table."""

    def __init__(self, address: str, line: int, message: Message, hint: Message | None = None) -> None:
        super().__init__(message.key)
        self.problem = Problem(address, line, 1 if line else 0, message, hint)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of text that can be opened again: `mark` is the length of its byte order mark, a `short` one is one block.

    `problems` say how the text was understood where it could be read otherwise. `ended`: its last line has an end.
    """

    address: str
    digest: str
    encoding: str
    mark: int
    short: bool
    open: Callable[[], BinaryIO] = field(repr=False)
    problems: tuple[Problem, ...] = ()
    ended: bool = True
    wrapped: bool = False  # each line was one quoted cell
    twice: bool = False  # some letters were written in UTF-8, and these bytes again

    def blocks(self) -> Iterator[bytes]:
        """The text as UTF-8, every line ended by one `\\n`; refused at the first byte that is no text."""
        for number, block in enumerate(self._meant()):
            if (at := block.find(0)) >= 0:
                line = _lines_in(self._meant(), number) + block.count(b"\n", 0, at) + 1
                raise TableError(self.address, line, say("read.not_text"), say("read.not_text_hint"))
            yield block

    def _meant(self) -> Iterator[bytes]:
        return _mended(self._decoded(), self) if self.wrapped or self.twice else self._decoded()

    def _decoded(self) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder(self.encoding)()
        newlines = io.IncrementalNewlineDecoder(decoder, translate=True)
        begun, ended = newlines.getstate(), True
        for number, (raw, final) in enumerate(self._raw()):
            whole = newlines.getstate() == begun and b"\r" not in raw
            try:
                text = newlines.decode(raw, final)
            except UnicodeDecodeError as error:
                before = error.object[: error.start].decode(self.encoding, "replace")
                line = _lines_in(self._decoded(), number) + 1 + len(re.findall("\r\n?|\n", before))
                byte = f"0x{error.object[error.start]:02X}"
                message = say("read.undecodable", byte=byte, encoding=self.encoding)
                raise TableError(self.address, line, message, say("read.undecodable_hint")) from None
            as_it_is = whole and self.encoding == "utf-8" and newlines.getstate() == begun
            block = raw if as_it_is else text.encode()
            ended = block.endswith(b"\n") if block else ended
            yield block if ended or not final else block + b"\n"

    def _raw(self) -> Iterator[tuple[bytes, bool]]:
        """The bytes block by block, each with whether it is the last."""
        with self.open() as handle:
            handle.seek(self.mark)
            final = False
            while not final:
                raw = handle.read(BLOCK_BYTES)
                final = len(raw) < BLOCK_BYTES
                if self.encoding in _UTF16 and len(raw) % 2 and raw.endswith(b"\n"):
                    raw = raw[:-1]  # a tool that knows no UTF-16 ended the last line
                yield raw, final


def _lines_in(blocks: Iterator[bytes], number: int) -> int:
    """The lines that so many blocks end."""
    return sum(block.count(b"\n") for block in islice(blocks, number))


def text_file(file: Path, address: str, declared: str | None) -> TextFile:
    """The file with its encoding, as marked or declared, else UTF-8, else Windows-1252 as Excel writes it.

    Raises TableError when it cannot be read.
    """
    try:
        if not file.is_file():
            raise TableError(address, 0, say("read.missing"), say("read.missing_hint"))
        state = file.stat()
        opener: Callable[[], BinaryIO]
        if state.st_size > HELD_BYTES:
            opener = partial(_unchanged, file, address, (state.st_size, state.st_mtime_ns))
        else:
            opener = partial(io.BytesIO, file.read_bytes())
        with opener() as handle:
            head = handle.read(_HEAD_BYTES)
        with opener() as handle:
            digest = _digest(handle)
    except OSError as error:
        raise TableError(address, 0, say("read.unreadable", reason=error.strerror or str(error))) from None
    return _understood(TextFile(address, digest, "utf-8", 0, _is_short(state.st_size), opener), head, declared)


def text_of(content: bytes, address: str, declared: str | None = None) -> TextFile:
    """The same of bytes that are in memory."""
    digest, opener = hashlib.sha256(content).hexdigest(), partial(io.BytesIO, content)
    source = TextFile(address, digest, "utf-8", 0, _is_short(len(content)), opener)
    return _understood(source, content[:_HEAD_BYTES], declared)


def _is_short(size: int) -> bool:
    return size < min(BLOCK_BYTES, HELD_BYTES)


def _understood(source: TextFile, head: bytes, declared: str | None) -> TextFile:
    encoding, mark = _encoding(head, declared, source.address)
    assumed = _assumed(source.open) if declared is None and not mark else None
    encoding = assumed or encoding
    text = _whole_lines(head[mark:], encoding)
    lines = text.split("\n", _MENDED_LINES)[:_MENDED_LINES]
    twice = any(_TWICE_WRITTEN.search(line) and _once(line) != line for line in lines)
    wrapped = _is_wrapped("\n".join(map(_once, text.split("\n"))) if twice else text)
    seen = [_ASSUMED[assumed]] if assumed else []
    seen += [_TWICE] * twice + [_CELLS] * wrapped
    problems = tuple(Problem(source.address, 0, 0, *sentences, Severity.INFO) for sentences in seen)
    ended = _ended(source.open, encoding)
    return replace(source, encoding=encoding, mark=mark, problems=problems, ended=ended, wrapped=wrapped, twice=twice)


def _ended(opener: Callable[[], BinaryIO], encoding: str) -> bool:
    width = 2 if encoding in _UTF16 else 1
    with opener() as handle:
        size = handle.seek(0, io.SEEK_END)
        handle.seek(max(0, size - width))
        return handle.read().strip(b"\0") in (b"\n", b"\r", b"")


def _whole_lines(head: bytes, encoding: str) -> str:
    """The text that a file begins with, without a last line that may go on."""
    text = io.IncrementalNewlineDecoder(None, translate=True).decode(head.decode(encoding, "ignore"), final=True)
    return text[: text.rfind("\n") + 1] or text if len(head) > _HEAD_BYTES - 4 else text


def _unchanged(file: Path, address: str, state: tuple[int, int]) -> BinaryIO:
    """The file, as long as it is the one that was looked at first."""
    now = file.stat()
    if (now.st_size, now.st_mtime_ns) != state:
        raise ProblemsFound([Problem(address, 0, 0, say("read.changed"), say("read.changed_hint"))])
    return file.open("rb")


def _digest(handle: BinaryIO) -> str:
    digest = hashlib.sha256()
    while block := handle.read(BLOCK_BYTES):
        digest.update(block)
    return digest.hexdigest()


def _encoding(head: bytes, declared: str | None, address: str) -> tuple[str, int]:
    """The codec's name and the length of the byte order mark; refused when the content contradicts `declared`."""
    marked, mark = next(((name, len(bom)) for bom, name in _MARKS if head.startswith(bom)), (None, 0))
    if declared is None:
        return marked or "utf-8", mark
    name = _codec(declared)
    if name not in _ENCODINGS:
        message = say("read.unknown_encoding", encoding=declared)
        raise TableError(address, 0, message, say("read.unknown_encoding_hint"))
    if marked is not None:
        contradicted = not marked.startswith(name)
    elif name in _UTF16:
        contradicted = b"\0" not in head
    else:
        contradicted = name in _ONE_BYTE and not head.isascii() and _is_utf8(head)
    if contradicted:
        message = say("read.wrong_encoding", encoding=declared)
        raise TableError(address, 1, message, say("read.wrong_encoding_hint"))
    return marked or ("utf-16-le" if name == "utf-16" else name), mark


def _codec(declared: str) -> str:
    try:
        return codecs.lookup(declared).name.removesuffix("-sig")
    except LookupError:
        return ""


def _assumed(opener: Callable[[], BinaryIO]) -> str | None:
    """The most likely encoding of what is not UTF-8; None of what is, and where nothing is likely."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opener() as handle:
        try:
            while block := handle.read(BLOCK_BYTES):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            handle.seek(0)
            return _likely(iter(partial(handle.read, BLOCK_BYTES), b""))
    return None


def _likely(blocks: Iterator[bytes]) -> str | None:
    """Windows-1252, as Excel writes it, unless the letters inside words are those of Mac Roman or Cyrillic ones."""
    beyond = cyrillic = vowels = mac = western = 0
    possible = True
    for block in blocks:
        if _IN_UTF8.search(block):
            return None
        possible = possible and not _NOT_CP1252.search(block)
        letters = b"".join(_CYRILLIC.findall(block))
        beyond += len(block.translate(None, _ASCII))
        cyrillic += len(letters)
        vowels += len(letters) - len(letters.translate(None, _VOWELS))
        mac += len(_MAC_LETTER.findall(block))
        western += len(_CP1252_LETTER.findall(block))
    if 2 * cyrillic > beyond and 10 * vowels > 3 * cyrillic:
        return "cp1251"
    if mac > western:
        return "mac-roman"
    return "cp1252" if possible else None


# ---------------------------------------------------------------- what other programs did to the text


def _once(line: str) -> str:
    """A line whose letters were written in UTF-8, read in Windows-1252 and written again: as it was meant."""
    for _ in range(3):  # some exports do it twice
        if line.isascii():
            break
        try:
            line = b"".join(map(_byte, line)).decode()
        except UnicodeError:
            break
    return line


def _byte(letter: str) -> bytes:
    """Its byte in Windows-1252; the five that have no letter there stand for themselves."""
    return letter.encode("latin-1" if letter in "\x81\x8d\x8f\x90\x9d" else "cp1252")


def _is_wrapped(text: str) -> bool:
    """Whether each line is one quoted cell that holds a row of as many cells: a table written as text into a table.

    Lines without quotes need not be wrapped. Where no line has any inside, all lines must be.
    """
    lines = (found[0] for found in _LINE.finditer(text) if found[0].strip(" \t,;"))
    found = [(line, _WRAPPED.fullmatch(line)) for line in islice(lines, _WRAPPED_LINES)]
    inner = [match[1] for _, match in found if match]
    if len(inner) < max(2, len(found) / 2) or not (any('"' in line for line in inner) or len(inner) == len(found)):
        return False
    rows = [match[1].replace('""', '"') if match else line for line, match in found]
    return any(_alike(rows, delimiter) for delimiter in ",;\t")


def _alike(rows: Sequence[str], delimiter: str) -> bool:
    """Whether the first row has several cells, and nearly all others as many."""
    widths = [len(next(csv.reader(io.StringIO(row, newline=""), delimiter=delimiter), [])) for row in rows]
    return widths[0] > 1 and 10 * widths.count(widths[0]) >= 9 * len(widths)


def _mended(blocks: Iterator[bytes], source: TextFile) -> Iterator[bytes]:
    """The blocks, cut where a line ends and no quote is open, as they were meant."""
    rest = b""
    for block in blocks:
        text = rest + block
        at = text.rfind(b"\n") + 1
        quotes = text.count(b'"', 0, at) if source.wrapped else 0
        while quotes % 2 and at:
            before = text.rfind(b"\n", 0, at - 1) + 1
            quotes -= text.count(b'"', before, at)
            at = before
        if len(text) - at > BLOCK_BYTES:  # no line of a table: whoever reads it will say so
            at = len(text)
        rest = text[at:]
        yield _as_meant(text[:at].decode(), source).encode()
    if rest:
        yield _as_meant(rest.decode(), source).encode()


def _as_meant(text: str, source: TextFile) -> str:
    if source.twice and not text.isascii():
        text = "\n".join(map(_once, text.split("\n")))
    if source.wrapped:
        text = _WRAPPED.sub(lambda found: found[1].replace('""', '"'), text)
    return text


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
