"""An Edition in, how the numbers of its pictures were computed out, in sentences with the client's own numbers.

Each tells the formula, the period, the files and how many of the days are known (METHODS §1, §3, §5); what belongs to
the return as a whole or to an objective's progress is told by `method`. Nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sitegen.messages import Message, Param, Quantity, Unit, say
from sitegen.model.built import Figure
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import (
    BudgetLine,
    ChannelReturn,
    Comparison,
    Crossing,
    Edition,
    FiscalYear,
    Funnel,
    Measurement,
    Progress,
    Returns,
    Sign,
)
from sitegen.render import levers
from sitegen.render.templates import own

TINY = 0.001  # a p-value is told no finer


def with_methods(edition: Edition, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures, each with the sentences that tell how its numbers came about; those of an objective have none of
    their own, since its section tells them once."""
    told = dict(_figures(edition))
    return tuple(replace(figure, method=told.get(figure.id, ())) for figure in figures)


def _figures(edition: Edition) -> Iterator[tuple[str, tuple[Message, ...]]]:
    card, slug = edition.scorecard, edition.slug
    for comparison in card.comparisons:
        yield f"trend-{comparison.metric}", tuple(_trend(comparison, slug))
    for crossing in card.crossings:
        yield f"crossing-{crossing.first}-{crossing.second}", tuple(_crossing(crossing, slug))
    returns = card.returns
    channels = [_channel(each, returns.currency, slug) for each in returns.channels]
    yield "returns-channels", tuple(line for lines in channels for line in lines)
    yield "returns-net", tuple(_net(returns, slug))
    yield "returns-budget", tuple(_budget(returns.budgets, slug))
    yield (
        "service-contacts",
        tuple(line for each in levers.levers(returns) if each.id == "service" for line in each.method),
    )
    for funnel in card.funnels:
        yield f"funnel-{funnel.id}", tuple(_funnel(funnel, slug))


def address(number: Measurement, slug: str, name: Message | None = None) -> Iterator[Message]:
    """Value, period, coverage and files of one number; nothing of one that has no value."""
    if number.value is None or number.period is None:
        return
    told: dict[str, Param] = {
        "name": name or say(f"metrics.{number.metric}.Name"),
        "value": Quantity(number.value, number.unit, number.currency),
        "period": number.period,
    }
    known = number.coverage is not None
    if number.coverage is not None:
        told["coverage"] = Quantity(number.coverage, Unit.RATE)
    if number.sources:
        told["sources"] = tuple(own(slug, path) for path in number.sources)
    yield say(f"method.address{'_covered' if known else ''}{'_read' if number.sources else ''}", **told)


def returns_addresses(returns: Returns, slug: str) -> Iterator[Message]:
    """The amounts that every formula of the return is made of."""
    for name, number in (
        (f"metrics.{returns.sales_metric}.Name" if returns.sales_metric else "method.benefit", returns.sales),
        ("method.media", returns.media),
        ("metrics.conversion_value.Name", returns.attributed_revenue),
        ("metrics.new_customers.Name", returns.new_customers),
    ):
        if number is not None:
            yield from address(number, slug, say(name))
    if returns.roi_interval:
        yield say("method.chance")


def year_addresses(years: Sequence[FiscalYear], slug: str) -> Iterator[Message]:
    """Each number of each fiscal year."""
    for year in years:
        for figure in year.figures:
            yield from address(figure.now, slug)


def progress_addresses(progress: Progress, slug: str) -> Iterator[Message]:
    """Where an objective's start and its last measurement were read, then how its forecast was made."""
    origin = say(f"pages.objective.origin_{progress.baseline_origin}")
    yield from address(progress.baseline, slug, say("method.objective_baseline", origin=origin))
    yield from address(progress.current, slug, say("method.objective_current"))
    yield from forecast(progress)


def forecast(progress: Progress) -> Iterator[Message]:
    """From what the forecast was made, and what its probability is a share of (METHODS §3.1)."""
    outlook = progress.outlook
    if outlook is None:
        return
    mixed = tuple(say(f"method.member_{name}", share=Quantity(share, Unit.RATE)) for name, share in outlook.weights)
    yield say(f"method.forecast_{outlook.grain}", count=outlook.periods, members=mixed)
    if outlook.strength > 0:
        yield say("method.forecast_season", strength=Quantity(outlook.strength, Unit.RATE))
    if outlook.course and progress.target is not None and not outlook.constant:
        end = outlook.course[-1]
        values = {name: getattr(end, name) for name in ("low", "middle", "high")} | {"target": progress.target}
        told: dict[str, Param] = {
            name: Quantity(value, progress.unit, progress.currency) for name, value in values.items()
        }
        yield say("method.forecast_share", **told, paths=outlook.paths, deadline=end.on)


def sign(sign: Sign) -> Message | None:
    """The weighted mean of a sign's known checks, with its weights (METHODS §7)."""
    section = sign.section
    if section.score is None:
        return None
    weights = {"earned": section.earned, "known": section.known, "applying": section.applying}
    told: dict[str, Param] = {
        name: Quantity(weight, Unit.COUNT if weight % 1 == 0 else Unit.RATIO) for name, weight in weights.items()
    }
    return say(
        "method.sign",
        **told,
        score=Quantity(section.score, Unit.RATE),
        coverage=Quantity(section.coverage, Unit.RATE),
    )


# ---------------------------------------------------------------- by figure


def _trend(comparison: Comparison, slug: str) -> Iterator[Message]:
    yield from definition(comparison.metric)
    yield from address(comparison.current, slug)
    yield from address(comparison.year_before, slug)
    now, before, change = comparison.current.value, comparison.year_before.value, comparison.change_year
    if now is None or before is None or change is None:
        return
    points = comparison.current.unit is Unit.RATE
    unit, currency = comparison.current.unit, comparison.current.currency
    yield say(
        f"method.change{'_points' if points else ''}",
        now=Quantity(now, unit, currency),
        before=Quantity(before, unit, currency),
        change=Quantity(change, Unit.POINTS if points else Unit.CHANGE),
    )


def definition(id: str) -> Iterator[Message]:
    """What a metric is, the quotient that it is if it is one, and how it adds up."""
    metric = METRICS[id]
    yield say(f"metrics.{id}.means")
    if metric.numerator and metric.denominator:
        names = {"top": metric.numerator, "bottom": metric.denominator} | ({"less": metric.less} if metric.less else {})
        told = {place: say(f"metrics.{part}.name") for place, part in names.items()}
        yield say(f"method.ratio{'_less' if metric.less else ''}", **told)
    yield say(f"method.kind_{metric.kind}")


def _crossing(crossing: Crossing, slug: str) -> Iterator[Message]:
    link, by = crossing.link, crossing.grain
    yield say(f"method.crossing_{by}")
    if link.status == "insufficient" or link.lag is None or link.interval is None:
        yield say(f"method.crossing_short_{by}", count=link.periods, effective=link.effective)
    else:
        told: dict[str, Param] = {
            "rho": Quantity(link.rho or 0.0, Unit.RATIO),
            "low": Quantity(link.interval[0], Unit.RATIO),
            "high": Quantity(link.interval[1], Unit.RATIO),
            "p": _p(link.p),
            "adjusted": _p(link.p_adjusted),
        }
        yield say(f"method.crossing_found_{by}", count=link.periods, effective=link.effective, lag=link.lag, **told)
    yield say(
        "method.read_in", count=len(crossing.sources), sources=tuple(own(slug, path) for path in crossing.sources)
    )


def _p(value: float | None) -> Message:
    tiny = value is not None and value < TINY
    shown = say("pages.unknown") if value is None else Quantity(max(value, TINY), Unit.RATIO)
    return say(f"method.p{'_tiny' if tiny else ''}", p=shown)


def _channel(channel: ChannelReturn, currency: str, slug: str) -> Iterator[Message]:
    """What one channel cost and claims, and the quotients of both."""
    name = say(f"channels.{channel.channel}")
    numbers = (channel.spend, channel.conversions, channel.conversion_value, channel.new_customers)
    for number in numbers:
        if number is not None:
            told = say("method.of_channel", channel=name, name=say(f"metrics.{number.metric}.name"))
            yield from address(number, slug, told)
    for quotient in (channel.roas, channel.cost_per_conversion, channel.acquisition_cost):
        if quotient is not None and quotient.value is not None and quotient.numerator is not None:
            yield _quotient(quotient, currency, name)


def _quotient(number: Measurement, money: str, channel: Message) -> Message:
    """A channel's ratio with both its sides, on the days that tell both."""
    metric = METRICS[number.metric]
    sides = ((metric.numerator, number.numerator), (metric.denominator, number.denominator))
    told: dict[str, Param] = {}
    for place, (part, value) in zip(("top", "bottom"), sides, strict=True):
        unit = METRICS[part].unit if part in METRICS else Unit.COUNT
        told[place] = say(f"metrics.{part}.name")
        told[f"{place}_value"] = Quantity(value or 0.0, unit, money if unit is Unit.MONEY else None)
    return say(
        "method.quotient",
        **told,
        channel=channel,
        name=say(f"metrics.{number.metric}.name"),
        result=Quantity(number.value or 0.0, number.unit, number.currency),
    )


def _net(returns: Returns, slug: str) -> Iterator[Message]:
    """The result of all levers, then the amounts that it is made of."""
    needed = {"benefit": returns.benefit, "cost": returns.total_cost, "result": returns.net}
    known = {name: number for name, number in needed.items() if number is not None and number.value is not None}
    if known.keys() == needed.keys():
        told: dict[str, Param] = {
            name: Quantity(number.value or 0.0, number.unit, number.currency) for name, number in known.items()
        }
        yield say("method.formula_net", **told)
    yield from address(returns.media, slug, say("method.media"))
    yield from address(returns.attributed_revenue, slug, say("metrics.conversion_value.Name"))


def _budget(budgets: Sequence[BudgetLine], slug: str) -> Iterator[Message]:
    for budget in budgets:
        name = say(f"channels.{budget.channel}")
        yield from address(budget.spent, slug, say("method.of_channel", channel=name, name=say("metrics.spend.name")))
        numbers = {"planned": budget.planned, "due": budget.due, "projected": budget.projected}
        told: dict[str, Param] = {
            part: Quantity(number.value, number.unit, number.currency)
            for part, number in numbers.items()
            if number.value is not None
        }
        if told.keys() == numbers.keys():
            yield say("method.budget", **told, channel=name, period=budget.period)


def _funnel(funnel: Funnel, slug: str) -> Iterator[Message]:
    yield say("method.funnel")
    for stage in funnel.stages:
        yield from address(stage, slug)
