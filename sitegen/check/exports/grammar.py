"""One cell in, what it tells of days out, in each order that it allows; knows no column.

A cell is a day, a week, a month or a quarter, or a span between two of these, with or without the time of day. Only
`03/04/2025` has two readings; only `February 28` has none without a year from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from sitegen.check.exports.months import MONTHS, TWO_LETTERS, WEEKDAYS, folded, joined

Days: TypeAlias = tuple[int, int]  # first and last proleptic ordinal
MonthDay: TypeAlias = tuple[int, int]

LONGEST = 100  # characters of the longest cell that can tell a period
LONGEST_WORDS = 16  # and its words, numbers and marks
_GAPS = 8  # more dashes and commas than a span can have


class Length(StrEnum):
    """How long the span is that one date tells."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


class Told(NamedTuple):
    """What a cell tells. Either reading is None where it is no date; both are the same unless the cell is paired.

    `yearless` are the first and last month and day of a cell without a year; such a cell has no readings.
    """

    day_first: Days | None
    month_first: Days | None
    length: Length | None  # None for a span between two dates
    paired: bool = False
    yearless: tuple[MonthDay, MonthDay] | None = None


class _Date(NamedTuple):
    """One date as it is written; what it leaves out is None. A paired one has its parts in the order day, month."""

    year: int | None
    month: int | None
    day: int | None
    length: Length = Length.DAY
    paired: bool = False
    weekday: int | None = None


_Y = r"(?:19|20)[0-9]{2}"
_YEAR_FIRST = re.compile(rf"({_Y})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}})")
_COMPACT = re.compile(rf"({_Y})([0-9]{{2}})([0-9]{{2}})")
_PAIRED = re.compile(rf"([0-9]{{1,2}})([-/.])([0-9]{{1,2}})\2({_Y}|[0-9]{{2}})")
_YEAR_MONTH = re.compile(rf"({_Y})[-/]([0-9]{{1,2}})")
_MONTH_YEAR = re.compile(rf"([0-9]{{1,2}})[-/]({_Y})")
_ISO_WEEK = re.compile(rf"({_Y})-?(?:w|kw|s)([0-9]{{2}})|(?:w|kw|s) ?([0-9]{{1,2}})[ /-]({_Y})")
_QUARTER_WORD = r"(?:quarter|qtr|trimestre|trim|quartal|kwartaal)"
_QUARTER = re.compile(
    rf"[qt] ?(?P<a>[1-4])(?:,? de |[ /,-]{{0,2}})(?P<ay>{_Y})"
    rf"|(?P<by>{_Y})[ /-]?[qt](?P<b>[1-4])"
    rf"|(?P<c>[1-4])[qt][ /-]?(?P<cy>{_Y})"
    rf"|(?P<d>[1-4])(?:st|nd|rd|th|er|eme|e|o|\.o|°|\.)? ?{_QUARTER_WORD}\.?,? (?:of |de |del |d')?(?P<dy>{_Y})"
    rf"|{_QUARTER_WORD} (?P<e>[1-4]),? (?:of |de |del )?(?P<ey>{_Y})"
    rf"|الربع (?P<f>الاول|الثاني|الثالث|الرابع) (?:من )?(?:عام |سنة )?(?P<fy>{_Y})"
)
_ARABIC_QUARTERS = {"الاول": 1, "الثاني": 2, "الثالث": 3, "الرابع": 4}
_WEEK = re.compile(
    r"(?:la |the |l')?(?:semaine|sem|week|woche|semana|settimana|اسبوع|الاسبوع)\.? "
    r"(?:(?:du|de|del|dal|da|do|of|vom|von|van|from|starting|beginning|commencing|au|من) )+(.+)"
)
_TIME = re.compile(
    r"(?:(?<=[0-9])t|,? (?:(?:a|at|um|om|as|a las|alle|alle ore|الساعة) )?)"
    r"[0-9]{1,2}(?::[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?|h[0-9]{2}|(?= ?[ap]\.?m))"
    r"(?: ?[ap]\.? ?m\b\.?| ?[صم](?!\w))?"
    r"(?: ?z\b| ?(?:utc|gmt|cest|cet|bst|[ecmp][sd]t)\b)?(?: ?[+-][0-9]{2}:?[0-9]{2}(?![0-9/-]))?(?: \([^()]*\))?"
)
_LEADING = re.compile(r"([^\W\d_]+)(?:-feira)?[.,]{0,2} (?=[^ -])")
_WORD = re.compile(r"[^\W\d_]+")
_NUMERIC = re.compile(r"[0-9]+[-/.][0-9]+[-/.][0-9]")
_TOKEN = re.compile(r"<(?P<paired>[0-9]{1,2})>|(?P<number>[0-9]+)|(?P<word>[^\W\d_]+)|(?P<mark>[-'.,/])|\S")
_ORDINALS = frozenset("st nd rd th er re e eme o a".split())
_FILLERS = frozenset("de del of the le la el du d den der di do da il lo al feira من".split())
_OPENING = re.compile(r"(?:du|from|de|del|von|vom|van|dal|entre|between|desde|من) ")
_KNOWN = frozenset({*MONTHS, *WEEKDAYS, *TWO_LETTERS, *_FILLERS, *_ORDINALS, *_ARABIC_QUARTERS}) | frozenset(
    "q t w kw s m l sem semaine week woche semana settimana اسبوع الاسبوع الربع عام سنة".split()
    + "quarter qtr trimestre trim quartal kwartaal from von vom van dal entre between desde starting beginning".split()
    + "commencing au to until through thru and et y hasta bis tot ate ao الى حتى".split()
)
# Text without a digit, and plain numbers, which are most cells of a file.
_NO_DATE = re.compile(
    r"[^0-9\u0660-\u0669\u06f0-\u06f9]*|[0-9]{1,7}|-?[0-9]*[.,][0-9]+|-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII
)
_ALIEN = re.compile(r"[^\w \-/.,'~→<>°]|_")
_SPACED = re.compile(r" (?:-|to|until|through|thru|au|a|al|and|et|y|hasta|bis|tot|t/m|ate|ao|e|→|~|الى|حتى) ")
_TIGHT = re.compile(r"->|→|~|\.\.\.?|[-,/]")


def told(cell: str) -> Told | None:
    """What the cell tells of days; None where it is no date in any order."""
    return None if len(cell) > LONGEST or _NO_DATE.fullmatch(cell) else _told(cell)


@lru_cache(maxsize=1 << 14)  # both passes ask
def _told(cell: str) -> Told | None:
    text = _TIME.sub("", joined(folded(cell)).strip("\"' "))
    if _ALIEN.search(text) or not _KNOWN.issuperset(_WORD.findall(text)):
        return None
    week = _WEEK.fullmatch(text)
    if week:
        text = week[1]
    alone = None if " - " in text else _date(text)
    if alone is not None:
        return _single(alone._replace(length=Length.WEEK) if week and alone.length is Length.DAY else alone)
    return next(_spans(text), None)


def _single(found: _Date) -> Told | None:
    """One date; None where it is a part of one, or on no calendar."""
    if found.year is None:
        return _without_year(found)
    day_first = _days(found)
    if not found.paired:
        return Told(day_first, day_first, found.length) if day_first else None
    month_first = _days(_swapped(found))
    if found.weekday is not None:
        day_first, month_first = (_on(found.weekday, days) for days in (day_first, month_first))
    return Told(day_first, month_first, found.length, paired=True) if day_first or month_first else None


def _on(weekday: int, days: Days | None) -> Days | None:
    """The reading, unless the cell names another day of the week."""
    return days if days and date.fromordinal(days[0]).weekday() == weekday else None


def _days(found: _Date) -> Days | None:
    """The days of a whole date; None where the calendar has none."""
    if found.year is None or found.month is None or found.day is None:
        return None
    try:
        first = date(found.year, found.month, found.day)
    except ValueError:
        return None
    months = {Length.MONTH: 1, Length.QUARTER: 3}.get(found.length)
    if months is None:
        return first.toordinal(), first.toordinal() + (6 if found.length is Length.WEEK else 0)
    after = first.year * 12 + first.month - 1 + months
    return first.toordinal(), (date(after // 12, after % 12 + 1, 1) - timedelta(1)).toordinal()


def _swapped(found: _Date) -> _Date:
    return found._replace(month=found.day, day=found.month) if found.paired else found


def _without_year(first: _Date, last: _Date | None = None) -> Told | None:
    """Two months and days that wait for a year; None where they are none in any year."""
    ends = []
    for end in (first, last or first):
        if end.month is None or end.day is None or _days(end._replace(year=2000)) is None:  # 2000 had a February 29
            return None
        ends.append((end.month, end.day))
    return Told(None, None, None if last else first.length, yearless=(ends[0], ends[1]))


# ---------------------------------------------------------------- spans between two dates


def _spans(text: str) -> Iterator[Told]:
    """The span that the text tells, once for each place where it can be parted in two dates."""
    opening = _OPENING.match(text)
    text = text[opening.end() :] if opening else text
    for pattern in (_SPACED, _TIGHT):
        gaps = list(pattern.finditer(text))
        for gap in gaps if len(gaps) <= _GAPS else ():
            first, last = _date(text[: gap.start()].rstrip(), part=True), _date(text[gap.end() :].lstrip(), part=True)
            found = _between(first, last) if first and last else None
            if found is not None:
                yield found


def _between(first: _Date, last: _Date) -> Told | None:
    """The span from one date to the other; each takes from the other what it leaves out."""
    if last.month is None and first.year is None and first.length is Length.DAY:  # `Sep 1 - 30, 2026`
        last = last._replace(month=first.month)
    if first.month is None and not last.paired:  # `1 - 30 septembre 2026`
        first = first._replace(month=last.month)
    if first.year is None and last.year is None:
        return _without_year(first, last) if first.length is last.length is Length.DAY else None
    if first.year is None and last.year is not None and not last.paired:  # `Dec 28 - Jan 3, 2021`
        later = (first.month or 0, first.day or 0) > (last.month or 0, last.day or 0)
        first = first._replace(year=last.year - later)
    if last.year is None and first.year is not None and not first.paired:
        earlier = (last.month or 0, last.day or 0) < (first.month or 0, first.day or 0)
        last = last._replace(year=first.year + earlier)
    day_first = _from_to(_days(first), _days(last))
    if not (first.paired or last.paired):
        return Told(day_first, day_first, None) if day_first else None
    month_first = _from_to(_days(_swapped(first)), _days(_swapped(last)))
    return Told(day_first, month_first, None, paired=True) if day_first or month_first else None


def _from_to(first: Days | None, last: Days | None) -> Days | None:
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


# ---------------------------------------------------------------- one date


def _date(text: str, *, part: bool = False) -> _Date | None:
    """One date of any kind; with `part`, also what only another date can complete: a day, or a month."""
    weekday, text = _weekday(text.rstrip(" .,"))
    found = _numeric(text) or (_week_or_quarter(text) if _WORD.search(text) else None)
    if found is not None:
        return found._replace(weekday=weekday)
    return _named(text, part=part)


def _weekday(text: str) -> tuple[int | None, str]:
    """The weekday with which the text begins, and the rest. `mar.` is a Tuesday only before a whole date."""
    leading = _LEADING.match(text)
    if leading is None or (leading[1] not in WEEKDAYS and leading[1] not in TWO_LETTERS):
        return None, text
    rest = text[leading.end() :]
    if leading[1] in MONTHS and not (_NUMERIC.match(rest) or any(word in MONTHS for word in _WORD.findall(rest))):
        return None, text
    return WEEKDAYS.get(leading[1]), rest


def _numeric(text: str) -> _Date | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return _Date(int(found[1]), int(found[3]), int(found[4]))
    if found := _COMPACT.fullmatch(text):
        return _Date(int(found[1]), int(found[2]), int(found[3]))
    if found := _PAIRED.fullmatch(text):
        return _Date(_year(found[4]), int(found[3]), int(found[1]), paired=True)
    if found := _YEAR_MONTH.fullmatch(text):
        return _Date(int(found[1]), int(found[2]), 1, Length.MONTH)
    if found := _MONTH_YEAR.fullmatch(text):
        return _Date(int(found[2]), int(found[1]), 1, Length.MONTH)
    return None


def _week_or_quarter(text: str) -> _Date | None:
    if found := _ISO_WEEK.fullmatch(text):
        try:
            monday = date.fromisocalendar(int(found[1] or found[4]), int(found[2] or found[3]), 1)
        except ValueError:
            return None
        return _Date(monday.year, monday.month, monday.day, Length.WEEK)
    if found := _QUARTER.fullmatch(text):
        number = next(found[name] for name in "abcdef" if found[name])
        year = next(found[name + "y"] for name in "abcdef" if found[name + "y"])
        quarter = _ARABIC_QUARTERS.get(number) or int(number)
        return _Date(int(year), 3 * quarter - 2, 1, Length.QUARTER)
    return None


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


class _Words(NamedTuple):
    """A date in words: `kinds` has an M for each month and an N for each number, in their order."""

    kinds: str
    months: tuple[int, ...]
    numbers: tuple[str, ...]
    marks: str


def _named(text: str, *, part: bool) -> _Date | None:
    words = _words(text)
    if words is None:
        return None
    numbers, month = words.numbers, words.months[0] if words.months else None
    if part and words.kinds == "M":
        return _Date(None, month, 1, Length.MONTH)
    if part and words.kinds == "N" and _is_day(numbers[0]):
        return _Date(None, None, int(numbers[0]))
    if part and words.kinds == "NN" and _is_day(numbers[0]) and _is_year(numbers[1]):
        return _Date(int(numbers[1]), None, int(numbers[0]))
    shaped = {"NMN": _day_month_year, "MNN": _month_day_year, "NM": _day_month, "MN": _month_day}.get(words.kinds)
    return shaped(words, month or 0) if shaped else None


def _day_month_year(words: _Words, month: int) -> _Date | None:
    first, last = words.numbers
    if _is_year(first) and _is_day(last):
        return _Date(int(first), month, int(last))
    return _Date(_year(last), month, int(first)) if _is_day(first) and (_is_year(last) or len(last) == 2) else None


def _month_day_year(words: _Words, month: int) -> _Date | None:
    day, year = words.numbers
    whole = _is_year(year) or (len(year) == 2 and ("," in words.marks or words.marks in ("--", "//")))
    return _Date(_year(year), month, int(day)) if _is_day(day) and whole else None


def _day_month(words: _Words, month: int) -> _Date | None:
    number = words.numbers[0]
    if _is_year(number):
        return _Date(int(number), month, 1, Length.MONTH)
    return _Date(None, month, int(number)) if _is_day(number) else None


def _month_day(words: _Words, month: int) -> _Date | None:
    number = words.numbers[0]
    if _is_year(number) or (len(number) == 2 and ("-" in words.marks or "'" in words.marks)):  # `mai-25`, as Excel does
        return _Date(_year(number), month, 1, Length.MONTH)
    return _Date(None, month, int(number)) if _is_day(number) else None


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in ("19", "20")


def _is_day(digits: str) -> bool:
    return len(digits) <= 2 and 1 <= int(digits) <= 31


def _words(text: str) -> _Words | None:
    """The months, numbers and marks of a text; None where it holds anything else."""
    tokens = [(found.lastgroup, found[found.lastgroup or 0]) for found in _TOKEN.finditer(text)]
    if len(tokens) > LONGEST_WORDS:
        return None
    kinds, months, numbers, marks, before = "", list[int](), list[str](), "", ""
    for kind, word in tokens:
        if kind == "paired" or word in MONTHS:
            kinds, months = kinds + "M", [*months, int(word) if kind == "paired" else MONTHS[word]]
        elif kind == "number":
            kinds, numbers = kinds + "N", [*numbers, word]
        elif kind == "mark":
            marks += word
        elif not (word in _FILLERS or (before == "number" and word in _ORDINALS)):
            return None
        before = kind or ""
    return _Words(kinds, tuple(months), tuple(numbers), marks.replace(".", ""))
