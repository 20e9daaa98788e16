"""An Edition in, the sentences that tell how its numbers were computed out, each with the client's own numbers.

The formulas are those of METHODS §2.3 and §4.1; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import isclose

from sitegen.messages import Message, Param, Quantity, Unit, say
from sitegen.model.authored import COST_LINES
from sitegen.model.catalogue import METRICS, Metric
from sitegen.model.computed import CustomerValue, Edition, Measurement, Progress, Returns
from sitegen.render import levers
from sitegen.render.templates import withheld


@dataclass(frozen=True, slots=True)
class Headline:
    """A number with its name and, in one sentence, its method."""

    name: Message
    number: Measurement
    method: Message


def headlines(returns: Returns) -> tuple[Headline, ...]:
    """What was sold or earned, what it cost, what is left: the four numbers of the first page."""
    cost = ("total_cost", returns.total_cost) if returns.known_lines > 1 else ("media", returns.media)
    return (
        _sold(returns),
        Headline(say(f"method.{cost[0]}"), cost[1], say(f"method.headline_{cost[0]}_{_completeness(returns)}")),
        _left(returns),
        _return(returns),
    )


def _completeness(returns: Returns) -> str:
    return "partial" if returns.known_lines < len(COST_LINES) else "complete"


def _sold(returns: Returns) -> Headline:
    """The shop's sales; what was earned where nothing is sold in a shop."""
    if returns.sales.value is None and returns.benefit is not None and returns.benefit.value is not None:
        return Headline(say("method.benefit"), returns.benefit, _counted("headline_benefit", returns))
    sales = returns.sales_metric or "revenue"
    return Headline(say(f"metrics.{sales}.Name"), returns.sales, say("method.headline_sales"))


def _left(returns: Returns) -> Headline:
    """Sales for one of media; what is left of the gains, or what a new customer cost, where that is not known."""
    ratio = Headline(say("method.blended_roas"), returns.blended_roas, say("method.headline_blended_roas"))
    instead = (("net", returns.net), ("acquisition_cost", returns.acquisition_cost))
    if ratio.number.value is not None:
        return ratio
    return next(
        (
            Headline(say(f"method.{name}"), number, say(f"method.headline_{name}_{_completeness(returns)}"))
            for name, number in instead
            if number is not None and number.value is not None
        ),
        ratio,
    )


def _return(returns: Returns) -> Headline:
    """The return with every lever where it is known, else the best of those on sales alone."""
    completeness = _completeness(returns)
    name, number = "roi_incremental", returns.roi_incremental
    if returns.roi is not None and returns.roi.value is not None:
        if not _sales_alone(returns):
            return Headline(say("method.roi"), returns.roi, _counted(f"headline_roi_{completeness}", returns))
        number = returns.roi
    elif number.value is None and returns.roi_attributed.value is not None:
        name, number = "roi_attributed", returns.roi_attributed
    return Headline(say(f"method.{name}"), number, say(f"method.headline_{name}_{completeness}"))


def _sales_alone(returns: Returns) -> bool:
    gain = returns.sales_gain
    return gain is not None and bool(gain.margin.value) and len(levers.counted(returns)) == 1


def _counted(key: str, returns: Returns) -> Message:
    return say(f"method.{key}", levers=levers.counted(returns) or say("levers.counted.none"))


def break_even(returns: Returns) -> Message | None:
    """The additional share at which nothing is won or lost, with the margin that it rests on (METHODS §4.1)."""
    share, margin = returns.break_even_incrementality.value, returns.margin
    if share is None or margin is None:
        return None
    if share <= 0:
        return say("method.covered")
    told = {"margin": Quantity(margin, Unit.RATE)}
    if share > 1:
        return say("method.beyond_reach", **told)
    return say("method.formula_break_even_incrementality", result=Quantity(share, Unit.RATE), **told)


def returns_lines(returns: Returns) -> Iterator[Message]:
    """The formulas of the returns, each followed by its own numbers; what cannot be computed says why."""
    for name, rate, source, on in (
        ("margin", returns.margin, returns.margin_source, returns.margin_on),
        ("incrementality", returns.incrementality, returns.incrementality_source, returns.incrementality_on),
    ):
        if rate is not None and source is not None:
            yield say(f"method.told_{name}", rate=Quantity(rate, Unit.RATE), source=source, when=_when(on))
    for name, number, params in (
        ("roas", returns.roas, {"revenue": returns.attributed_revenue, "media": returns.media}),
        ("blended_roas", returns.blended_roas, {"sales": returns.sales, "media": returns.media}),
        ("cost_per_conversion", returns.cost_per_conversion, {"media": returns.media}),
        ("break_even_roas_media", returns.break_even_roas_media, {}),
        ("break_even_roas", returns.break_even_roas, {"cost": returns.total_cost, "media": returns.media}),
        ("break_even_roas_incremental", returns.break_even_roas_incremental, {}),
        ("roi_attributed", returns.roi_attributed, {"revenue": returns.attributed_revenue, "cost": returns.total_cost}),
        (
            "roi_incremental",
            returns.roi_incremental,
            {"revenue": returns.attributed_revenue, "cost": returns.total_cost},
        ),
        ("break_even_incrementality", returns.break_even_incrementality, {}),
    ):
        if withheld(number):
            yield say("method.withheld", name=say(f"method.{name}"))
            continue
        if number.value is None:
            yield say(
                "method.not_computable",
                name=say(f"method.{name}"),
                reason=number.reason or say("pages.not_computable"),
            )
            continue
        if name == "break_even_incrementality":
            yield from filter(None, [break_even(returns)])
            continue
        told: dict[str, Param] = {key: _quantity(value) for key, value in params.items()}
        told |= {"result": _quantity(number), "margin": _share(returns.margin), "share": _share(returns.incrementality)}
        factors = name == "roi_incremental" and "margin" in returns.withheld
        paired = name == "roas" and _paired(returns)
        yield say(f"method.formula_{name}{'_withheld' if factors else '_paired' if paired else ''}", **told)
    yield from _whole(returns)
    if returns.customer is not None:
        yield from _customer(returns.customer, returns)


def _customer(customer: CustomerValue, returns: Returns) -> Iterator[Message]:
    """What a customer is worth and when he has paid for himself; what cannot be computed says why."""
    told: dict[str, Param] = {
        "orders": Quantity(customer.orders_per_year, Unit.COUNT if customer.orders_per_year % 1 == 0 else Unit.RATIO),
        "count": customer.months,
    }
    if customer.source is not None:
        yield say("method.told_customer", **told, source=customer.source, when=_when(customer.on))
    cost = returns.acquisition_cost
    needed: dict[str, Measurement | None] = {
        "order": customer.order_value,
        "value": customer.lifetime_value,
        "monthly": customer.monthly_margin,
        "cost": cost,
        "service": customer.service_cost,
    }
    told |= {name: _quantity(number) for name, number in needed.items() if number is not None}
    told |= {"margin": _share(returns.margin)}
    if returns.period is not None:
        told |= {"period": returns.period}
    for name, number in (
        ("lifetime_value", customer.lifetime_value),
        ("lifetime_to_cost", customer.lifetime_to_cost),
        ("payback_months", customer.payback_months),
    ):
        if number.value is None:
            yield say("method.not_computable", name=say(f"method.{name}"), reason=number.reason or say("pages.unknown"))
        else:
            served = "_served" if name == "lifetime_value" and customer.service_cost else ""
            yield say(f"method.formula_{name}{served}", **told, result=_quantity(number))


def _paired(returns: Returns) -> bool:
    """Whether the ROAS leaves out some of the spend or of the claimed sales: the totals would not give it."""
    revenue, media, roas = returns.attributed_revenue.value, returns.media.value, returns.roas.value
    return None in (revenue, media, roas) or not isclose(revenue / media, roas)  # type: ignore[operator,arg-type]


def _whole(returns: Returns) -> Iterator[Message]:
    """Every lever against every cost, and what a new customer cost; what is not computable is not repeated here."""
    for name, number, params in (
        ("net", returns.net, {"benefit": returns.benefit, "cost": returns.total_cost}),
        ("roi", returns.roi, {"net": returns.net, "cost": returns.total_cost}),
        ("acquisition_cost", returns.acquisition_cost, {"cost": returns.total_cost, "count": returns.new_customers}),
    ):
        needed = {"result": number, **params}
        told = {key: _quantity(each) for key, each in needed.items() if each is not None and each.value is not None}
        if told.keys() == needed.keys():
            yield say(f"method.formula_{name}", **told)


def progress_lines(progress: Progress) -> Iterator[Message]:
    """The formulas of an objective's progress that were really used, with its numbers (METHODS §2.3)."""
    yield from _way(progress)
    if progress.attainment is not None and progress.uplift is not None:
        yield say(
            "method.attainment",
            attainment=Quantity(progress.attainment, Unit.RATE),
            uplift=Quantity(progress.uplift, Unit.RATE),
        )
    if progress.expected is not None and progress.pace is not None:
        yield say(
            f"method.pace_{_reading(progress, progress.expected, progress.pace)}",
            elapsed=progress.elapsed_days,
            total=progress.total_days,
            expected=Quantity(progress.expected, Unit.RATE),
            pace=Quantity(progress.pace, Unit.RATIO),
            count=progress.seasons,
        )
    if progress.basis == "rate":
        yield say("method.window", count=progress.window_days)


def _when(day: date | None) -> Message:
    return say("method.undated") if day is None else say("method.dated", day=day)


def _way(progress: Progress) -> Iterator[Message]:
    """(C − B) / (T − B), where the progress is that."""
    start, now, target, done = progress.baseline.value, progress.current.value, progress.target, progress.progress
    if start is None or now is None or target is None or done is None or target == start:
        return
    if isclose(done, (now - start) / (target - start), rel_tol=1e-9, abs_tol=1e-12):
        yield say(
            "method.progress",
            current=Quantity(now, progress.unit, progress.currency),
            baseline=Quantity(start, progress.unit, progress.currency),
            target=Quantity(target, progress.unit, progress.currency),
            progress=Quantity(done, Unit.RATE),
        )


def _reading(progress: Progress, expected: float, pace: float) -> str:
    """Which quotient the pace is: done ÷ expected, planned ÷ used for a ceiling, or the lower of two readings."""
    done = progress.attainment if progress.basis == "cumulative" else progress.progress
    if done is not None and expected and isclose(pace, done / expected, rel_tol=1e-9):
        return progress.pacing
    if done and isclose(pace, expected / done, rel_tol=1e-9):
        return "ceiling"
    return "seasonal" if progress.pacing == "seasonal" else "worse"


def metrics(edition: Edition) -> tuple[Metric, ...]:
    """The definitions that the portal's pages need, in catalogue order."""
    card = edition.scorecard
    used = {comparison.metric for comparison in card.comparisons} | {progress.kpi for progress in card.progress}
    used |= {metric for source in card.sources for metric, _, _ in source.totals}
    if card.returns.channels:
        used |= {"roas", "cost_per_conversion"}
    if card.returns.new_customers and card.returns.new_customers.value is not None:
        used |= {"acquisition_cost"}
    for metric in [METRICS[name] for name in used if name in METRICS]:
        used |= {part for part in (metric.numerator, metric.less, metric.denominator) if part}
    return tuple(metric for metric in METRICS.values() if metric.id in used)


def _quantity(number: Measurement) -> Param:
    if number.value is None:
        return number.reason or say("pages.not_computable")
    return Quantity(number.value, number.unit, number.currency)


def _share(rate: float | None) -> Param:
    return say("pages.unknown") if rate is None else Quantity(rate, Unit.RATE)
