"""A cell of a workbook in, what it says as a CSV export would write it out; knows no sheet."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

CELL_CHARACTERS = 32_767  # Excel's own limit

_QUOTED_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_LINE_ENDS = re.compile(r"(?:_x000[DA]_|[\r\n\u2028\u2029])+")


def text(cell: Any) -> str:
    """What a cell says, as a CSV export would write it."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        share = "%" in _QUOTED_FORMAT.sub("", str(cell.number_format or ""))
        return f"{_number(value * 100)}%" if share else _number(value)
    if isinstance(value, datetime | date | time | timedelta):
        return _moment(value)
    said = _LINE_ENDS.sub(" ", str(value))
    if len(said) > CELL_CHARACTERS:
        raise ValueError("no cell of Excel's is so long")
    return said.replace("\0", "")


def _number(value: float) -> str:
    """As many decimals as Excel shows at most, without those that are only the machine's."""
    if isinstance(value, int):
        return str(value)
    text = f"{Decimal(f'{value:.15g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(value: datetime | date | time | timedelta) -> str:
    """A day or a time as ISO writes it, a duration in hours."""
    if isinstance(value, datetime):
        whole = value.time() == time()
        return value.date().isoformat() if whole else value.isoformat(" ", "seconds")
    if isinstance(value, time):
        return value.isoformat("seconds")
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        sign, seconds = "-" * (seconds < 0), abs(seconds)
        return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return value.isoformat()
