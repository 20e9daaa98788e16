"""The real exports and what each is in, a table of what the reader makes of them out; skips where there are none.

    python -m scripts.exports_report [PLATFORM…] [--exports ../shared/exports]

tests/exports/outcomes/*.yaml say of each file what is right, and why. A difference of a sum by 1e-6 of it, or by half a
hundredth, is rounding; rows, reports, periods and currencies are exact.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sitegen.commands import inspect
from sitegen.formats import Words
from sitegen.model.exports import Figures, Reading, TableReading

ROOT = Path(__file__).resolve().parent.parent
EXPORTS = ROOT.parent / "shared" / "exports"
OUTCOMES = ROOT / "tests/exports/outcomes"
READ, REFUSED, WRONG = "read right", "refused rightly", "wrong"
RELATIVE, ABSOLUTE = 1e-6, 0.006
COMPARED = {"file", "outcome", "report", "period", "rows", "checksums", "expected", "currency"}
TOLD = {"why", "sentence"}  # to readers
MISSING = "_missing"  # what EXPECTED.csv calls the count of a column's empty cells


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is right for one file: the entry of its platform's outcomes, and the sums and counts of its columns."""

    platform: str
    file: str
    told: Mapping[str, Any]
    sums: Mapping[str, float]

    @property
    def path(self) -> str:
        return f"{self.platform}/{self.file}"


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a file, `read`, `table` or `refused`, and all that differs from what is right."""

    outcome: Outcome
    became: str
    wrong: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """A plain table of no platform is shown and not measured: nothing was taken for what it is not."""
        return WRONG if self.wrong else READ if self.became == "read" else REFUSED


def outcomes(folder: Path = EXPORTS) -> tuple[Outcome, ...]:
    """What is right for each file, with the sums of the files' own table of expectations where it has them."""
    with (folder / "EXPECTED.csv").open(encoding="utf-8", newline="") as file:
        expected = {(row["platform"], row["file"]): json.loads(row["sums"]) for row in csv.DictReader(file)}
    return tuple(
        Outcome(file.stem, told["file"], told, _sums(told, expected.get((file.stem, told["file"]), {})))
        for file in sorted(OUTCOMES.glob("*.yaml"))
        for told in yaml.safe_load(file.read_text("utf-8"))
    )


def _sums(told: Mapping[str, Any], expected: Mapping[str, float]) -> dict[str, float]:
    named = {ours: expected[theirs] for theirs, ours in told.get("expected", {}).items()}
    return {**told.get("checksums", {}), **named}


def judged(outcome: Outcome, folder: Path = EXPORTS) -> Judged:
    """What the reader makes of a file, beside what is right."""
    readings = inspect.readings(folder, outcome.path, outcome.path)
    became = _became(readings)
    if became != outcome.told["outcome"]:
        told = [Words("en").say(each.refused) for each in readings if each.refused]
        return Judged(outcome, became, (f"{became} ({'; '.join(told)})" if told else became,))
    if became == "refused":
        return Judged(outcome, became, ())
    tables = [table for each in readings for table in each.tables]
    return Judged(outcome, became, tuple(_differences(outcome, readings, tables)))


def _became(readings: Sequence[Reading]) -> str:
    if all(each.refused for each in readings):
        return "refused"
    return "read" if any(each.platform for each in readings) else "table"


def _differences(outcome: Outcome, readings: Sequence[Reading], tables: Sequence[TableReading]) -> Iterator[str]:
    told = outcome.told
    yield from (f"{key}: not compared with anything" for key in told.keys() - COMPARED - TOLD)
    if readings[0].platform is not None:
        yield from _differs("report", [table.report for table in tables], told["report"])
    periods = [period for each in readings if (period := each.period)]
    days = [min(each.start for each in periods), max(each.end for each in periods)] if periods else []
    yield from _differs("period", [day.isoformat() for day in days], list(map(str, told["period"] or ())))
    yield from _differs("rows", sum(table.rows for table in tables), told["rows"])
    currencies = sorted({table.currency for table in tables if table.currency})
    yield from _differs("currency", currencies, [told["currency"]] if told["currency"] else [])
    figures = [each for table in tables for each in table.figures]
    for name, right in outcome.sums.items():
        found = _sum(name, figures)
        if found is None or not math.isclose(found, right, rel_tol=RELATIVE, abs_tol=ABSOLUTE):
            yield f"{name}: {found} instead of {right}"


def _differs(what: str, found: object, right: object) -> Iterator[str]:
    if found != right:
        yield f"{what}: {found} instead of {right}"


def _sum(name: str, figures: Sequence[Figures]) -> float | None:
    """What a column adds up to over all tables, or how many of its cells are empty; None of no column."""
    mine = [each for each in figures if each.id == name]
    if not mine and name.endswith(MISSING):
        counts = [each.missing for each in figures if each.id == name.removesuffix(MISSING)]
        return sum(counts) if counts else None
    return math.fsum(each.total or 0 for each in mine) if mine else None


def table(found: Sequence[Judged]) -> Iterator[str]:
    """The lines to print: one a file, what differs below it, and the count of each verdict at the end."""
    rows = [("platform", "file", "outcome", "verdict")]
    rows += [(each.outcome.platform, each.outcome.file, each.became, each.verdict) for each in found]
    widths = [max(len(row[at]) for row in rows) for at in range(3)]
    differences: list[tuple[str, ...]] = [(), *(each.wrong for each in found)]
    for row, wrong in zip(rows, differences, strict=True):
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]])
        yield from (f"    {each}" for each in wrong)
    counts = Counter(each.verdict for each in found)
    yield f"{counts[READ]} {READ}, {counts[REFUSED]} {REFUSED}, {counts[WRONG]} {WRONG}"


def main() -> int:
    parser = argparse.ArgumentParser(description="What the reader makes of each real export.")
    parser.add_argument("platforms", nargs="*", help="only these platforms")
    parser.add_argument("--exports", type=Path, default=EXPORTS, help="folder of the real exports")
    asked = parser.parse_args()
    if not (asked.exports / "EXPECTED.csv").is_file():
        print(f"Skipped: the real exports are private, and not in {asked.exports}.")
        return 0
    chosen = [each for each in outcomes(asked.exports) if each.platform in asked.platforms or not asked.platforms]
    found = [judged(each, asked.exports) for each in chosen]
    print("\n".join(table(found)))
    return 1 if any(each.wrong for each in found) else 0


if __name__ == "__main__":
    sys.exit(main())
