"""Benchmarks in, how each number and each difference in them was computed out, with the client's own numbers."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.messages import Message, Param, Quantity, Unit, say
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import Against, Benchmark, Measurement


def lines(each: Benchmark) -> Iterator[Message]:
    """The definition, ours, then each number that it is compared with and the difference."""
    metric = METRICS[each.metric]
    if metric.numerator and metric.denominator:
        told = {name: say(f"metrics.{part}.name") for name, part in _parts(each.metric).items()}
        yield say("method.ratio_less" if metric.less else "method.ratio", **told)
    yield from _number(say("benchmarks.row.ours"), each.current)
    for other in each.against:
        if other.number.value is not None:
            yield from _number(_called(other), other.number)
            yield from _difference(each, other)


def _parts(metric: str) -> dict[str, str]:
    found = METRICS[metric]
    told = {"top": found.numerator, "less": found.less, "bottom": found.denominator}
    return {name: part for name, part in told.items() if part}


def _called(other: Against) -> Param:
    if other.norm is not None:
        return other.norm.source
    return say(f"benchmarks.row.{other.kind}") if other.kind != "competitor" else other.competitor


def _number(name: Param, number: Measurement) -> Iterator[Message]:
    """Its quotient, its period and its margin of error, as far as they are known."""
    told: dict[str, Param] = {"name": name, "value": _shown(number)}
    if number.numerator is not None and number.denominator:
        told |= {"top": Quantity(number.numerator, Unit.COUNT), "bottom": Quantity(number.denominator, Unit.COUNT)}
        money = [METRICS[part].unit is Unit.MONEY for part in _parts(number.metric).values()]
        sentence = say("benchmarks.method.plain", **told) if any(money) else say("benchmarks.method.ratio", **told)
    else:
        sentence = say("benchmarks.method.plain", **told)
    if number.period is not None:
        sentence = say("benchmarks.method.during", told=sentence, period=number.period)
    if number.interval is not None:
        low, high = (Quantity(end, Unit.RATE) for end in number.interval)
        sentence = say("benchmarks.method.margin", told=sentence, low=low, high=high)
    yield say("benchmarks.method.sentence", told=sentence)


def _difference(each: Benchmark, other: Against) -> Iterator[Message]:
    if other.difference is None:
        return
    daily = other.kind in ("year", "previous") and METRICS[each.metric].kind == "flow"
    key = "relative_daily" if daily else "relative" if other.difference.unit is Unit.CHANGE else "points"
    told: dict[str, Param] = {"gap": other.difference, "ours": _shown(each.current), "other": _shown(other.number)}
    yield say(f"benchmarks.method.{key}", **told)
    if other.noise is not None:
        yield say(f"benchmarks.method.{'noise' if other.noise else 'no_noise'}")


def _shown(number: Measurement) -> Quantity:
    return Quantity(number.value or 0.0, number.unit, number.currency)
