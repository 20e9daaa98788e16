"""Measurements in, one computed from them out: a number with its period and files, or why there is none.

Knows no formula: those that need one bring it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sitegen.messages import Message, Period, Unit, say
from sitegen.model.computed import Measurement, State


@dataclass(frozen=True, slots=True)
class Figures:
    """What is computed over one `period`, its money in `currency`."""

    period: Period | None
    currency: str

    def of(
        self, metric: str, unit: Unit, formula: Callable[..., float], *needs: Measurement, whole: bool = True
    ) -> Measurement:
        """`formula` of the values of `needs`: partial when one of them is or when they are not the `whole`; none when
        one is missing, with its reason, or when a divisor is zero."""
        missing = next((each.reason for each in needs if each.value is None), None)
        if missing is not None:
            return self.none(metric, unit, missing)
        try:
            value = formula(*(each.value for each in needs))
        except ZeroDivisionError:
            return self.none(metric, unit, say("returns.reason.zero"))
        complete = whole and all(each.state is State.COMPLETE for each in needs)
        return Measurement(
            metric,
            unit,
            value,
            self.period,
            currency=self._money(unit),
            state=State.COMPLETE if complete else State.PARTIAL,
            sources=tuple(sorted({path for each in needs for path in each.sources})),
        )

    def told(self, metric: str, unit: Unit, value: float | None, reason: str) -> Measurement:
        """A declared number; `returns.reason.<reason>` when nobody told it."""
        return self.unknown(metric, unit, reason) if value is None else self.declared(metric, unit, value)

    def declared(self, metric: str, unit: Unit, value: float) -> Measurement:
        """A number that rests on no file."""
        return Measurement(metric, unit, value, self.period, currency=self._money(unit))

    def unknown(self, metric: str, unit: Unit, reason: str) -> Measurement:
        """No number, for `returns.reason.<reason>`."""
        return self.none(metric, unit, say(f"returns.reason.{reason}"))

    def none(self, metric: str, unit: Unit, reason: Message) -> Measurement:
        """No number, and why."""
        return Measurement(
            metric,
            unit,
            None,
            self.period,
            currency=self._money(unit),
            state=State.NOT_COMPUTABLE,
            reason=reason,
        )

    def _money(self, unit: Unit) -> str | None:
        return self.currency if unit is Unit.MONEY else None
