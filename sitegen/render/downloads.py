"""A figure's numbers in, a CSV file out, for a spreadsheet or a script to read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from sitegen.formats import Words
from sitegen.messages import Message, Month, Param, Period, Quantity, Text
from sitegen.model.built import FigureTable

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(content: FigureTable, words: Words) -> bytes:
    """The rows of a figure's table: numbers plain (decimal point, rates as fractions), dates ISO, gaps empty."""
    return rows([words.say(title) for title in content.columns], content.rows, words)


def rows(header: Sequence[str], content: Iterable[Sequence[Param | None]], words: Words) -> bytes:
    """A CSV file in UTF-8 with a byte order mark, so that Excel reads its accents."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_harmless(title) for title in header])
    writer.writerows([_cell(value, words) for value in row] for row in content)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _cell(value: Param | None, words: Words) -> str:
    match value:
        case None:
            return ""
        case Quantity():
            return f"{value.value:.12g}"
        case date():
            return value.isoformat()
        case Month():
            return f"{value.year}-{value.month:02}"
        case Period():
            return f"{value.start.isoformat()}/{value.end.isoformat()}"
        case int():
            return str(value)
        case Text() | Message():
            return _harmless(words.param(value))
    return _harmless(words.param(value))


def _harmless(text: str) -> str:
    """Text that a spreadsheet will not take for a formula."""
    return "'" + text if text.startswith(_FORMULA) else text
