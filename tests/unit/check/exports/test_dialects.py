"""Whole tables, written in any dialect a platform or a spreadsheet may write them in, and read back the same."""

from __future__ import annotations

import csv
import io
import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from sitegen.check.declared import Declared
from sitegen.check.exports import reading
from sitegen.messages import Period
from sitegen.model.catalogue import METRICS
from sitegen.model.exports import Platform, Reading, Verdict
from sitegen.read.encodings import text_of
from sitegen.read.exports import of_text
from sitegen.read.exports.platforms import platforms

DIALECTS = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,  # the same tables everywhere: a failure is of the change, not of the day
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
PLATFORMS = {platform.id: platform for platform in platforms()}
ADVERTISING = ("google_ads", "meta_ads", "microsoft_ads", "pinterest", "snapchat_ads", "tiktok")
COUNTS = ("impressions", "clicks", "conversions")
LANGUAGES = ("ar", "de", "en", "es", "fr", "it", "nl", "pt")
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
TOTALS = {"ar": "الإجمالي", "de": "Gesamt", "it": "Totale", "nl": "Totaal"}  # elsewhere it is the same word


def _named(day: date, language: str) -> str:
    month = MONTHS[language].split()[day.month - 1]
    if language == "en":
        return f"{month[:3]} {day.day}, {day.year}"
    return f"{day.day}{'.' if language == 'de' else ''} {month} {day.year}"


DAYS: dict[str, Callable[[date], str]] = {
    "iso": date.isoformat,
    "slashed": lambda day: f"{day:%Y/%m/%d}",
    "compact": lambda day: f"{day:%Y%m%d}",
    "day first": lambda day: f"{day:%d/%m/%Y}",
    "day first, dots": lambda day: f"{day:%d.%m.%Y}",
    "day first, short": lambda day: f"{day.day}-{day.month}-{day:%y}",
    "month first": lambda day: f"{day.month}/{day.day}/{day.year}",
    "midnight": lambda day: f"{day.isoformat()}T00:00:00",
    **{f"words, {language}": lambda day, language=language: _named(day, language) for language in MONTHS},  # type: ignore[misc]
}
PAIRED = {"day first", "day first, dots", "day first, short", "month first"}
MARKS = [".,", ".", ",.", ", ", ",\u202f", ",\u00a0", ",", ".'", ".’"]  # of decimals, then of thousands
SIGNS = ["{}", "€{}", "{} €", "{}\u00a0€", "EUR {}", "{} EUR"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"]
MONTH = some.integers(1, 10)  # or a day that may be one
MISSING = ["", "--", " --", "-"]
NAMES = some.text(alphabet="abc éçñüß,;|\"'\t\n:/()&€1234%+=", min_size=1, max_size=12).filter(str.strip)


@dataclass(frozen=True)
class Table:
    """A table and how it is written. `cells` are by row: days since the first, campaign, spend in cents, counts."""

    of: str  # the platform's id
    language: str
    metrics: tuple[str, ...]
    rows: tuple[tuple[int, str, tuple[int | None, ...]], ...]
    start: date
    days: str
    marks: str
    sign: str
    grouped: bool
    delimiter: str
    encoding: str
    ending: str
    quoting: int
    above: tuple[str, ...]
    total: str  # first, last or none
    surplus: int  # that the total tells more than the rows do
    missing: str
    blank: bool  # the file ends with blank lines

    @property
    def platform(self) -> Platform:
        return PLATFORMS[self.of]

    def header(self, id: str) -> str:
        return self.platform.columns[id].names[self.language][0].replace("{currency}", "EUR")

    def day(self, row: int) -> date:
        return self.start + timedelta(days=self.rows[row][0])

    def amount(self, value: int | None, metric: str) -> str:
        if value is None:
            return self.missing
        whole, cents = divmod(value, 100) if metric == "spend" else (value, 0)
        text = f"{whole:,}" if self.grouped else str(whole)
        text = text.replace(",", self.marks[1:])
        return self.sign.format(f"{text}{self.marks[0]}{cents:02}") if metric == "spend" else text

    def summed(self) -> list[int]:
        return [sum(row[2][at] or 0 for row in self.rows) for at in range(len(self.metrics))]

    def records(self) -> list[list[str]]:
        write = DAYS[self.days]
        body = [
            [write(self.day(at)), name, *map(self.amount, values, self.metrics)]
            for at, (_, name, values) in enumerate(self.rows)
        ]
        told = [value + self.surplus for value in self.summed()]
        total = [["", TOTALS.get(self.language, "Total"), *map(self.amount, told, self.metrics)]]
        head = [self.header(id) for id in ("day", "campaign", *self.metrics)]
        first, last = (total if self.total == where else [] for where in ("first", "last"))
        return [*([line] for line in self.above), head, *first, *body, *last]

    def content(self) -> bytes:
        text = io.StringIO()
        csv.writer(text, delimiter=self.delimiter, lineterminator=self.ending, quoting=self.quoting).writerows(  # type: ignore[arg-type]
            self.records()
        )
        written = text.getvalue() + self.ending * (2 if self.blank else 0)
        mark = "\ufeff" if self.encoding == "utf-16-le" else ""
        try:
            return (mark + written).encode(self.encoding)
        except UnicodeEncodeError:  # cells that this encoding does not have
            return written.encode()

    def by_day(self) -> dict[tuple[date, str], float]:
        """Day and metric → the sum of its cells that are there."""
        found: dict[tuple[date, str], float] = defaultdict(float)
        for at, (_, _, values) in enumerate(self.rows):
            for metric, value in zip(self.metrics, values, strict=True):
                if value is not None:
                    found[self.day(at), metric] += value / 100 if metric == "spend" else value
        return dict(found)

    @property
    def is_open(self) -> bool:
        """Whether its days may begin with the day or with the month, all of them, and nothing above it decides."""
        days = [self.day(at) for at in range(len(self.rows))]
        if self.days not in PAIRED or any(day.day > 12 for day in days) or all(day.day == day.month for day in days):
            return False
        turned = [date(day.year, day.day, day.month) for day in days]
        told = [self.start, self.start + timedelta(days=max(row[0] for row in self.rows))]
        return not self.has_period or all(told[0] <= day <= told[1] for day in turned)

    @property
    def has_period(self) -> bool:
        return any(" - " in line for line in self.above)


@some.composite
def tables(draw: some.DrawFn) -> Table:
    platform = draw(some.sampled_from([PLATFORMS[id] for id in ADVERTISING]))
    known = [id for id in ("spend", *COUNTS) if id in platform.columns]
    needed = ["day", "campaign", *known[:3]]
    spoken = [each for each in LANGUAGES if all(each in platform.columns[id].names for id in needed)]
    language = draw(some.sampled_from(spoken))
    metrics = tuple(id for id in known if language in platform.columns[id].names)
    value = some.one_of(some.integers(1, 5_000_000), some.integers(0, 30), some.none())
    cells = some.tuples(*[value] * len(metrics))
    rows = draw(
        some.lists(
            some.tuples(some.integers(0, draw(some.sampled_from([3, 40]))), NAMES, cells), min_size=2, max_size=12
        )
    )
    rows.sort(key=lambda row: row[0], reverse=draw(some.booleans()))
    begins = some.one_of(
        some.dates(date(2026, 1, 1), date(2026, 11, 20)), some.builds(date, some.just(2026), MONTH, MONTH)
    )
    start = draw(begins)
    rows = [(each - min(row[0] for row in rows), name, values) for each, name, values in rows]
    end = start + timedelta(days=max(row[0] for row in rows))
    lines = ["Rapport", "Ad report", f"{start.isoformat()} - {end.isoformat()}"]
    above = draw(some.lists(some.sampled_from(lines), max_size=3, unique=True))
    encoding = draw(some.sampled_from(ENCODINGS))
    marks = draw(some.sampled_from(MARKS))
    return Table(
        of=platform.id,
        language=language,
        metrics=metrics,
        rows=tuple(rows),
        start=start,
        days=draw(some.one_of(some.sampled_from(sorted(PAIRED)), some.sampled_from(sorted(DAYS)))),
        marks=marks,
        sign=draw(some.sampled_from(SIGNS)),
        grouped=draw(some.booleans()) and len(marks) > 1,
        delimiter=draw(some.sampled_from(",;\t" if not encoding.startswith("utf-16") else "\t,")),
        encoding=encoding,
        ending=draw(some.sampled_from(["\n", "\r\n"])),
        quoting=draw(some.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        above=tuple(above),
        total=draw(some.sampled_from(["first", "last", "none"])),
        surplus=draw(some.sampled_from([0, 0, 700])),
        missing=draw(some.sampled_from(MISSING)),
        blank=draw(some.booleans()),
    )


def read(content: bytes, platform: str | None = None) -> Reading:
    return reading(of_text(text_of(content, "file.csv", None), platform), Declared())


def measured(found: Reading, metrics: Sequence[str]) -> dict[tuple[date, str], float]:
    """What `Table.by_day` tells, as it was read."""
    summed: dict[tuple[date, str], float] = defaultdict(float)
    for records in (records for table in found.tables for records in table.records):
        for metric in metrics:
            for day, value in zip(records.days, records.metrics.get(metric, ()), strict=False):
                if not math.isnan(value):
                    summed[date.fromordinal(day), metric] += value
    return dict(summed)


@DIALECTS
@given(tables())
def test_a_table_in_any_dialect_is_read_as_the_same_numbers(table: Table) -> None:
    found = read(table.content(), table.of)
    keys = {problem.message.key for problem in found.problems}
    if table.is_open:
        assert "exports.ambiguous_date" in keys
        assert not any(each.records for each in found.tables)
        return
    assert found.refused is None
    told = {id: table.platform.columns[id].metric or "" for id in table.metrics}
    assert all(metric in METRICS for metric in told.values())
    wanted = {(day, told[id]): value for (day, id), value in table.by_day().items()}
    assert measured(found, tuple(told.values())) == pytest.approx(wanted)
    (read_table,) = found.tables
    assert read_table.rows == len(table.rows)
    if wanted:
        days = [table.day(at) for at in range(len(table.rows))]
        assert read_table.span == Period(min(days), max(days))
        signed = table.sign != "{}" and any(
            values[table.metrics.index("spend")] is not None for _, _, values in table.rows
        )
        assert signed is False or read_table.currency == "EUR"


@DIALECTS
@given(tables().filter(lambda table: table.total != "none" and not table.is_open))
def test_a_total_in_any_dialect_is_compared_and_never_counted(table: Table) -> None:
    (found,) = read(table.content(), table.of).tables
    verdicts = {total.id: (total.told, total.summed, total.verdict) for total in found.totals}
    for at, id in enumerate(table.metrics):
        if all(row[2][at] is None for row in table.rows):
            assert id not in verdicts  # there is nothing to compare it with
            continue
        unit = 100 if id == "spend" else 1
        told, summed, verdict = verdicts[id]
        assert (told, summed) == pytest.approx(((table.summed()[at] + table.surplus) / unit, table.summed()[at] / unit))
        assert verdict is (Verdict.MORE if table.surplus else Verdict.EQUAL)


@DIALECTS
@given(tables())
def test_the_platform_and_its_language_are_known_by_the_content(table: Table) -> None:
    """Where its words are those of several platforms or languages, none of the others is taken for it."""
    found = read(table.content())
    assert found.platform == table.of or (found.platform is None and table.of in found.candidates)
    header = [table.header(id) for id in ("day", "campaign", *table.metrics)]
    names = {
        language: {name.replace("{currency}", "EUR") for each in table.platform.columns.values()
                   for name in each.names.get(language, ())}
        for language in LANGUAGES
    }  # fmt: skip
    fits = {language for language, known in names.items() if all(name in known for name in header)}
    assert found.platform is None or found.language in fits
