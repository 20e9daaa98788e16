"""Numbers and days in, domains and few round ticks out; draws nothing and spells nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from math import ceil, floor, log10

from sitegen.messages import Period, Unit
from sitegen.model.built import Cell

MOST_VALUES = 5
MOST_DAYS = {"wide": 7, "narrow": 4}  # a tick's label takes up to 60 px
_NOTHING = 1e-9  # no axis tells it from zero: its ticks have twelve decimals
_EPOCH = date(1970, 1, 1)
_SMALLEST_STEP = {Unit.COUNT: 1.0, Unit.DAYS: 1.0, Unit.MINUTES: 1.0, Unit.RATE: 0.0001}


@dataclass(frozen=True, slots=True)
class Axis:
    """The values at both ends of an axis, and its ticks."""

    low: float
    high: float
    ticks: tuple[float, ...]

    @property
    def from_zero(self) -> bool:
        return self.low <= 0 <= self.high


def of_values(values: Iterable[float], unit: Unit, *, zero: bool = True) -> Axis:
    """An axis that holds all `values` (one at least), ends on round numbers and has at most five ticks.

    Without `zero` it is closed in around the values, unless they come near zero anyway.
    """
    values = tuple(value if abs(value) >= _NOTHING else 0.0 for value in values)
    low, high = min(values), max(values)
    room = (high - low) / 12
    if zero or 0 <= low < (high - low) / 2:
        low, high = min(low, 0.0), max(high, 0.0)
    else:
        low, high = low - room, high + room
    if low == high:
        room = abs(low) / 10 or _SMALLEST_STEP.get(unit, 1.0)
        low, high = (0.0, room) if low == 0 else (low - room, high + room)
    for step in _round_steps(high - low, _SMALLEST_STEP.get(unit, 0.0)):
        first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
        if last - first < MOST_VALUES:
            break
    ticks = tuple(round(index * step, 12) for index in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], ticks)


def _round_steps(span: float, smallest: float) -> Iterator[float]:
    power = floor(log10(max(span, smallest))) - 1
    for exponent, digit in product(range(power, power + 4), (1.0, 2.0, 2.5, 5.0)):
        step = digit * 10.0**exponent
        if step >= smallest and (digit != 2.5 or smallest < 1 or exponent > 0):
            yield step


def of_days(period: Period, most: int, *, months_only: bool = False) -> tuple[date, ...]:
    """At most `most` days of `period` where a reader looks for them.

    Mondays, the 1st and the 15th, or the first of every 1, 2, 3, 6 or 12 months: the densest that fit.
    """
    days = [period.start + timedelta(n) for n in range(period.days)]
    firsts = [day for day in days if day.day == 1]
    months = [[day for day in firsts if (day.month - 1) % step == 0] for step in (1, 2, 3, 6, 12)]
    within = [[day for day in days if day.weekday() == 0], [day for day in days if day.day in (1, 15)]]
    fitting = [choice for choice in (months if months_only else within + months) if 0 < len(choice) <= most]
    return tuple(fitting[0]) if fitting else (period.start,)


def middle(start: date, grain: str) -> date:
    """Where the value of a whole period stands on a time axis: what happened in it lies on both sides."""
    return start + timedelta({"month": 14, "week": 3}.get(grain, 0))


def time_params(period: Period, grain: str) -> tuple[dict[str, Cell | tuple[Cell, ...]], str]:
    """The parameters of a time axis at both widths, and the grain in which its ticks are spelled.

    Months are named in their middle, other ticks stand on their day.
    """
    monthly = grain == "month"
    ticks = {name: of_days(period, most, months_only=monthly) for name, most in MOST_DAYS.items()}
    params: dict[str, Cell | tuple[Cell, ...]] = {
        f"x_ticks_{name}": tuple(milliseconds(middle(day, grain) if monthly else day) for day in days)
        for name, days in ticks.items()
    }
    params["x_domain"] = (milliseconds(period.start), milliseconds(period.end))
    return params, "month" if all(day.day == 1 for days in ticks.values() for day in days) else "day"


def value_params(axis: Axis) -> Mapping[str, tuple[Cell, ...]]:
    """The parameters of a value axis."""
    return {"y_domain": (axis.low, axis.high), "y_ticks": axis.ticks}


def milliseconds(day: date) -> int:
    """Midnight UTC, as the plotter counts time."""
    return (day - _EPOCH).days * 86_400_000


def moment(day: date) -> str:
    """Midnight UTC in a row: a date alone would be read in the machine's time zone."""
    return f"{day.isoformat()}T00:00:00Z"


def grid(axis: Axis) -> tuple[Mapping[str, Cell], ...]:
    """The lines behind a picture, one at each tick."""
    return tuple({"value": tick} for tick in axis.ticks)
