"""A file's bytes in, its text as UTF-8 in blocks out, or where it is no text; knows nothing of tables' form."""

from __future__ import annotations

import codecs
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from sitegen.errors import Problem, ProblemsFound
from sitegen.messages import Message, say

HELD_BYTES = 64 << 20  # a larger file is read again from the disk for each pass
BLOCK_BYTES = 4 << 20

_HEAD_BYTES = 1 << 16
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UTF16 = {"utf-16", "utf-16-le", "utf-16-be"}
_ONE_BYTE = {"ascii", "mac-roman", "iso8859-1", "iso8859-2", "iso8859-15", *(f"cp{page}" for page in range(1250, 1259))}
_ENCODINGS = {"utf-8", *_UTF16, *_ONE_BYTE}
_NOT_CP1252 = re.compile(rb"[\x00\x81\x8d\x8f\x90\x9d]|\xc3(?:[\x80-\xbf]|\Z)")  # no such letter, or an é in UTF-8


class TableError(Exception):
    """The file cannot be read as a table."""

    def __init__(self, address: str, line: int, message: Message, hint: Message | None = None) -> None:
        super().__init__(message.key)
        self.problem = Problem(address, line, 1 if line else 0, message, hint)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of text that can be opened again: `mark` is the length of its byte order mark, a `short` one is one block.

    `assumed`: neither marked nor declared, and not UTF-8, so that its encoding is the most likely one.
    """

    address: str
    digest: str
    encoding: str
    mark: int
    short: bool
    open: Callable[[], BinaryIO] = field(repr=False)
    assumed: bool = False

    def blocks(self) -> Iterator[bytes]:
        """The text as UTF-8, every line ended by one `\\n`; refused at the first byte that is no text."""
        for number, block in enumerate(self._decoded()):
            if (at := block.find(0)) >= 0:
                line = self._line(number) + block.count(b"\n", 0, at)
                raise TableError(self.address, line, say("read.not_text"), say("read.not_text_hint"))
            yield block

    def _decoded(self) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder(self.encoding)()
        newlines = io.IncrementalNewlineDecoder(decoder, translate=True)
        begun = newlines.getstate()
        ended = True
        for number, (raw, final) in enumerate(self._raw()):
            whole = newlines.getstate() == begun and b"\r" not in raw
            try:
                text = newlines.decode(raw, final)
            except UnicodeDecodeError as error:
                before = error.object[: error.start].decode(self.encoding, "replace")
                line = self._line(number) + len(re.findall("\r\n?|\n", before))
                byte = f"0x{error.object[error.start]:02X}"
                message = say("read.undecodable", byte=byte, encoding=self.encoding)
                raise TableError(self.address, line, message, say("read.undecodable_hint")) from None
            as_it_is = whole and self.encoding == "utf-8" and newlines.getstate() == begun
            block = raw if as_it_is else text.encode()
            ended = block.endswith(b"\n") if block else ended
            yield block + b"\n" if final and not (block and ended) else block

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

    def _line(self, number: int) -> int:
        """The line on which a block begins."""
        return 1 + sum(block.count(b"\n") for block in islice(self._decoded(), number))


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
    encoding, mark = _encoding(head, declared, address)
    assumed = declared is None and not mark and _is_cp1252(opener)
    short = state.st_size < min(BLOCK_BYTES, HELD_BYTES)
    return TextFile(address, digest, "cp1252" if assumed else encoding, mark, short, opener, assumed)


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


def _is_cp1252(opener: Callable[[], BinaryIO]) -> bool:
    """Whether the file cannot be UTF-8, but can be Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opener() as handle:
        try:
            while block := handle.read(BLOCK_BYTES):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            handle.seek(0)
            return not any(map(_NOT_CP1252.search, iter(partial(handle.read, BLOCK_BYTES), b"")))
    return False


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
