"""A file of conversations in, its typed rows out, or what does not fit.

A file whose `received` are numbers tells days or weeks; any other one tells conversations, a row each.
"""

from __future__ import annotations

from datetime import tzinfo

from sitegen.check.evidence import words
from sitegen.check.evidence.cells import (
    Moment,
    Read,
    count,
    each,
    empty,
    flag,
    minutes,
    moments,
    number,
    problems,
    rows_where,
    whole,
)
from sitegen.errors import Problem, Severity
from sitegen.model.evidence import Grain, InboxSheet, Sentiment, Sheet, Talk

WEEKS = 4  # dates of one weekday, at least, before they are taken for weeks
TELLING = ("answered", "answered_at", "first_response_minutes")  # whether there was an answer
UNTOLD = "unassigned"  # the channel of a row that does not tell a known one


def inbox(sheet: Sheet, zone: tzinfo | None) -> tuple[InboxSheet | None, tuple[Problem, ...]]:
    """The conversations; None beside an error that leaves nothing to read."""
    counted = "received" in sheet.cells and _are_numbers(sheet, "received")
    at = "date" if "date" in sheet.cells else "" if counted else "received"
    if at not in sheet.cells:
        return None, (whole(sheet, "no_date"),)
    days, doubtful = moments(sheet, at, zone)
    if doubtful:
        return None, (whole(sheet, "two_dates", at),)
    told = [*problems(sheet, at, days.wrong, "no_day"), *problems(sheet, at, _undated(sheet, at, days), "undated")]
    if not any(column in sheet.cells for column in TELLING):
        told.append(whole(sheet, "no_answers", severity=Severity.WARNING))
    channels, spam = each(sheet, "channel", words.channel), each(sheet, "spam", flag)
    tones: Read[Sentiment] = each(sheet, "sentiment", words.tone)
    told += problems(sheet, "channel", channels.wrong, "channel", Severity.WARNING)
    told += problems(sheet, "sentiment", tones.wrong, "sentiment", Severity.WARNING)
    told += problems(sheet, "spam", spam.wrong, "yes_or_no")
    waits = each(sheet, "first_response_minutes", minutes)
    told += problems(sheet, "first_response_minutes", waits.wrong, "minutes")
    parts = _counted(sheet, waits) if counted else _single(sheet, days, waits, zone)
    told += parts.problems
    talks = []
    left_out = 0
    for row, day in enumerate(days.values):
        if day is None:
            continue
        if spam.values[row]:
            left_out += 1
            continue
        received, answered, in_time, wait = parts.row(row)
        channel = channels.values[row] or UNTOLD
        talks.append(Talk(day.day, day.minute, channel, received, answered, in_time, wait, tones.values[row]))
    grain = _grain(sheet, talks) if counted else "each"
    return InboxSheet(sheet.path, sheet.digest, grain, tuple(talks), left_out), tuple(told)


class _Parts:
    """What the rows say of their conversations, and what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.received: tuple[int | None, ...] = ()
        self.answered: list[int | None] = []
        self.in_time: tuple[int | None, ...] = ()
        self.waits: list[float | None] = []

    def row(self, at: int) -> tuple[int, int | None, int | None, float | None]:
        return self.received[at] or 0, self.answered[at], self.in_time[at], self.waits[at]


def _counted(sheet: Sheet, waits: Read[float]) -> _Parts:
    """Rows of a day or a week."""
    parts = _Parts()
    received, answered = each(sheet, "received", count), each(sheet, "answered", count)
    in_time = each(sheet, "answered_in_time", count)
    for column, read in (("received", received), ("answered", answered), ("answered_in_time", in_time)):
        parts.problems += problems(sheet, column, read.wrong, "count")
    blank = rows_where(empty(cell) for cell in sheet.cells["received"])
    parts.problems += problems(sheet, "received", blank, "no_count")
    compared = (
        ("answered", "answered_more", answered, received),
        ("answered_in_time", "answered_in_time_more", in_time, answered),
    )
    for column, fault, more, most in compared:
        over = rows_where(
            few is not None and many is not None and few > many
            for few, many in zip(more.values, most.values, strict=True)
        )
        parts.problems += problems(sheet, column, over, fault)
    parts.received, parts.answered, parts.in_time = received.values, list(answered.values), in_time.values
    parts.waits = [wait if told else None for wait, told in zip(waits.values, answered.values, strict=True)]
    return parts


def _single(sheet: Sheet, days: Read[Moment], waits: Read[float], zone: tzinfo | None) -> _Parts:
    """Rows of one conversation: an answer is said, or dated, or has a time that it took."""
    parts = _Parts()
    size = len(sheet)
    dated = "answered_at" if "answered_at" in sheet.cells else "answered" if _are_days(sheet, zone) else ""
    nothing: Read[Moment] = Read((None,) * size)
    ends, doubtful = moments(sheet, dated, zone) if dated else (nothing, False)
    if doubtful:
        parts.problems.append(whole(sheet, "two_dates", dated))
    parts.problems += problems(sheet, dated, ends.wrong, "no_day")
    said: Read[bool] = each(sheet, "answered", flag) if dated != "answered" else Read((None,) * size)
    parts.problems += problems(sheet, "answered", said.wrong, "yes_or_no")
    sure = dated or ("first_response_minutes" if "answered" not in sheet.cells else "")  # empty there: no answer
    early, against = [], []
    for row in range(size):
        start, end, wait, told = days.values[row], ends.values[row], waits.values[row], said.values[row]
        if wait is None and start and end:
            wait = end.since(start)
            early += [row] if (wait is not None and wait < 0) or end.day < start.day else []
        against += [row] if told is False and (wait is not None or end) else []
        some = (
            told if told is not None else True if (wait is not None or end) else False if sure in sheet.cells else None
        )
        parts.answered.append(None if some is None else int(some))
        parts.waits.append(wait if some and wait is not None and wait >= 0 else None)
    parts.problems += problems(sheet, dated, early, "answered_before")
    parts.problems += problems(sheet, "answered", against, "answered_and_not")
    parts.received, parts.in_time = (1,) * size, (None,) * size
    return parts


def _undated(sheet: Sheet, column: str, days: Read[Moment]) -> tuple[int, ...]:
    """The rows that tell something, and not of which day."""
    return rows_where(day is None and empty(cell) for day, cell in zip(days.values, sheet.cells[column], strict=True))


def _are_numbers(sheet: Sheet, column: str) -> bool:
    cells = [cell for cell in sheet.cells[column] if not empty(cell)]
    return bool(cells) and sum(number(cell) is not None for cell in cells) * 2 >= len(cells)


def _are_days(sheet: Sheet, zone: tzinfo | None) -> bool:
    """Whether the column `answered` tells when rather than whether."""
    cells = [cell for cell in sheet.cells.get("answered", ()) if not empty(cell)]
    read = moments(sheet, "answered", zone)[0]
    return bool(cells) and sum(value is not None for value in read.values) * 2 > len(cells)


def _grain(sheet: Sheet, talks: list[Talk]) -> Grain:
    """A week where the header calls it so, or where four dates or more are of one weekday."""
    days = {talk.day for talk in talks}
    return "week" if sheet.weekly or (len(days) >= WEEKS and len({day % 7 for day in days}) == 1) else "day"
