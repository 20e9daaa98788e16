"""A file of posts and what the client asks of them in, its typed rows out; their texts and tags go no further."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import tzinfo

from sitegen.check.evidence import words
from sitegen.check.evidence.cells import (
    Moment,
    Read,
    each,
    empty,
    listed,
    moments,
    number,
    plain,
    problems,
    rows_where,
    whole,
)
from sitegen.check.evidence.inbox import UNTOLD
from sitegen.errors import Problem, Severity
from sitegen.model.authored import Content
from sitegen.model.evidence import Post, PostSheet, Sheet

OTHER = "other"


def posts(sheet: Sheet, content: Content, zone: tzinfo | None) -> tuple[PostSheet | None, tuple[Problem, ...]]:
    """The posts; None beside an error that leaves nothing to read."""
    dates = [column for column in ("date", "planned") if column in sheet.cells]
    if not dates:
        return None, (whole(sheet, "no_date"),)
    days: dict[str, Read[Moment]] = {name: Read((None,) * len(sheet)) for name in ("date", "planned")}
    told: list[Problem] = []
    for column in dates:
        days[column], doubtful = moments(sheet, column, zone)
        if doubtful:
            return None, (whole(sheet, "two_dates", column),)
        told += problems(sheet, column, days[column].wrong, "no_day")
    blank = rows_where(all(empty(sheet.cells[column][row]) for column in dates) for row in range(len(sheet)))
    told += problems(sheet, dates[0], blank, "undated")
    channels = each(sheet, "channel", words.channel)
    told += problems(sheet, "channel", channels.wrong, "channel", Severity.WARNING)
    formats, placements = each(sheet, "format", words.format_of), each(sheet, "placement", words.placement)
    told += problems(sheet, "format", formats.wrong, "format", Severity.INFO)
    told += problems(sheet, "placement", placements.wrong, "placement", Severity.INFO)
    shares, reach = each(sheet, "shares", number), each(sheet, "reach", number)
    told += problems(sheet, "shares", shares.wrong, "count")
    told += problems(sheet, "reach", reach.wrong, "count")
    questions, unlisted = _questions(sheet, content)
    told += problems(sheet, "question", unlisted, "question", Severity.WARNING)
    off, spoken = _off_offer(sheet, content), _keywords(sheet, content)
    found = []
    for row in range(len(sheet)):
        day, planned = days["date"].values[row], days["planned"].values[row]
        if day is None and planned is None:
            continue
        found.append(
            Post(
                day=day.day if day else None,
                planned=planned.day if planned else None,
                channel=channels.values[row] or UNTOLD,
                question=questions[row],
                off_offer=off[row],
                keyword=spoken[row],
                format=_named(sheet, "format", formats, row),
                placement=_named(sheet, "placement", placements, row),
                shares=shares.values[row],
                reach=reach.values[row],
            )
        )
    return PostSheet(sheet.path, sheet.digest, tuple(found)), tuple(told)


def _named(sheet: Sheet, column: str, read: Read[str], row: int) -> str | None:
    """A known word, `other` for one that is not; None for an empty cell."""
    told = column in sheet.cells and not empty(sheet.cells[column][row])
    return read.values[row] or (OTHER if told else None)


def _questions(sheet: Sheet, content: Content) -> tuple[Sequence[int | None], tuple[int, ...]]:
    """The listed question that each post answers, and the rows that name one that is not listed.

    None of them where nothing is listed, or where the file does not tell.
    """
    cells = sheet.cells.get("question")
    if cells is None or not content.questions:
        return (None,) * len(sheet), ()
    known: dict[str, int] = {}
    for at, each_one in enumerate(content.questions):
        versions = (text for _, text in each_one.question.versions)
        for word in (str(at + 1), *((each_one.id,) if each_one.id else ()), *versions):
            known.setdefault(_bare(word), at)
    told = {cell: _question(cell, known) for cell in set(cells)}
    unlisted = tuple(row for row, cell in enumerate(cells) if told[cell] < 0 and not empty(cell))
    return [told[cell] for cell in cells], unlisted


def _question(cell: str, known: dict[str, int]) -> int:
    parts = (cell, *re.split(r"[;|]", cell))
    return next((known[_bare(part)] for part in parts if _bare(part) in known), -1)


def _bare(words_of: str) -> str:
    return re.sub(r"[\s?!.]+$", "", plain(words_of))


def _off_offer(sheet: Sheet, content: Content) -> Sequence[bool | None]:
    """Whether a post has a tag of those that are not about the offer; None without a tag."""
    off = {plain(tag) for tag in content.off_offer or words.OFF_OFFER}
    return _each(sheet, "tags", lambda cell: bool(off.intersection(listed(cell))))


def _keywords(sheet: Sheet, content: Content) -> Sequence[bool | None]:
    """Whether a post has a word to be known for, in its list or in its text; None where no such word is named."""
    wanted = [plain(word) for word in content.keywords if plain(word)]
    if not wanted or not {"keywords", "text"} & sheet.cells.keys():
        return (None,) * len(sheet)
    spoken = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(wanted, key=len, reverse=True)))})(?!\w)")
    found = [_each(sheet, column, lambda cell: bool(spoken.search(plain(cell)))) for column in ("keywords", "text")]
    return [bool(first or second) for first, second in zip(*found, strict=True)]


def _each(sheet: Sheet, column: str, read: Callable[[str], bool]) -> Sequence[bool | None]:
    """What `read` makes of the cells; None of an empty one."""
    cells = sheet.cells.get(column, ("",) * len(sheet))
    told = {cell: None if empty(cell) else read(cell) for cell in set(cells)}
    return [told[cell] for cell in cells]
