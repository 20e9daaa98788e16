"""What marketing brought in money in: margin on additional sales and dearer media replaced out; adds no two of them.

METHODS §4.2, levers 1 and 2. The third, customer service, is in `service`.
"""

from __future__ import annotations

from math import isnan, prod

from sitegen.measure import money
from sitegen.measure.costs import amounts
from sitegen.measure.daily import Daily
from sitegen.measure.figures import Figures
from sitegen.measure.kinds import measurement, reading
from sitegen.messages import Period, Unit
from sitegen.model.authored import CommunicationGain, FormerMedium, Incrementality, NewMix
from sitegen.model.computed import CommunicationSaving, Measurement, SalesGain, State
from sitegen.model.facts import Dossier

INCOMPARABLE = frozenset({"reach", "circulation"})  # of the press and of a network, they are not the same thing


# ---------------------------------------------------------------- additional sales


def sales_gain(
    claimed: Measurement,
    sales: Measurement,
    share: Measurement,
    rate: Measurement,
    told: Incrementality | None,
    figures: Figures,
) -> SalesGain:
    """Margin on what would not have been sold otherwise: claimed by the platforms, scaled to what the shop sold."""
    scale = _scale(claimed, sales, figures)
    needs = (claimed,) if scale.value is None else (claimed, scale)
    revenue = figures.of("counted_revenue", Unit.MONEY, lambda *each: prod(each), *needs)
    additional = figures.of("additional_revenue", Unit.MONEY, lambda value, part: value * part, revenue, share)
    return SalesGain(
        scale=scale,
        revenue=revenue,
        additional=additional,
        margin=figures.of("additional_margin", Unit.MONEY, lambda value, part: value * part, additional, rate),
        method=told.method if told else None,
    )


def _scale(claimed: Measurement, sales: Measurement, figures: Figures) -> Measurement:
    """Several platforms claim the same order: together no more than was sold (METHODS §4.4). Sales of which a part is
    unknown scale nothing."""
    if sales.state is State.PARTIAL:
        return figures.unknown("claim_scale", Unit.RATIO, "partial_sales")
    return figures.of("claim_scale", Unit.RATIO, lambda sold, value: max(0.0, min(1.0, sold / value)), sales, claimed)


# ---------------------------------------------------------------- a medium replaced


def communication(
    gain: CommunicationGain, media: Measurement, dossier: Dossier, daily: Daily, period: Period
) -> CommunicationSaving:
    """What the same effect costs now and cost before, over `period`: the reference is brought to it by its days.

    Where the new mix brings less, the saving lies between two valuations: the missing effect bought at the new price,
    or left out at the old price. Where it brings more, nothing is credited for the surplus.
    """
    figures = Figures(period, dossier.currency)
    old_cost, old_effect = _former(gain.before, dossier, figures, period)
    new_cost, new_effect = _mix(gain.now, media, dossier, daily, figures, period)
    if gain.effect in INCOMPARABLE:
        kept = figures.unknown("kept_effect", Unit.RATIO, "incomparable_effect")
    else:
        kept = figures.of("kept_effect", Unit.RATIO, lambda new, old: min(1.0, new / old), new_effect, old_effect)
    sides = old_cost, new_cost, kept
    saving = figures.of("saving", Unit.MONEY, lambda *each: min(_valuations(*each)), *sides)
    high = figures.of("saving_high", Unit.MONEY, lambda *each: max(_valuations(*each)), *sides)
    if gain.reused:
        avoided = figures.declared("avoided_cost", Unit.MONEY, 0.0)
    else:
        # Never below zero: a loss at the new price is money that nobody spent, beyond what the costs hold already.
        avoided = figures.of("avoided_cost", Unit.MONEY, lambda least, new: max(0.0, least + new), saving, new_cost)
    return CommunicationSaving(
        medium=gain.medium,
        effect=gain.effect,
        reference=Period(gain.before.start, gain.before.end),
        old_cost=old_cost,
        old_effect=old_effect,
        new_cost=new_cost,
        new_effect=new_effect,
        equal_cost=figures.of("equal_cost", Unit.MONEY, lambda new, part: new / part, new_cost, kept),
        saving=saving,
        saving_high=high,
        share=figures.of("saving_share", Unit.RATE, lambda most, old: most / old, high, old_cost),
        avoided=avoided,
        reused=gain.reused,
        source=gain.before.source,
    )


def _valuations(old: float, new: float, kept: float) -> tuple[float, float]:
    """The saving with the missing effect at the new price, and at the old one."""
    return old - new / kept, old * kept - new


def _former(
    before: FormerMedium, dossier: Dossier, figures: Figures, period: Period
) -> tuple[Measurement, Measurement]:
    """Cost and effect of the former medium, brought from its own period to `period` by their days."""
    reference = Period(before.start, before.end)
    scale = period.days / reference.days
    told_in, first = before.currency or dossier.currency, before.start.toordinal()
    worth = float(money.factors(told_in, dossier.currency, first, reference.days, dossier.rates).mean())
    cost = None if isnan(worth) else before.cost * worth * scale
    effect = None if before.effect is None else before.effect * scale
    return (
        figures.told("old_cost", Unit.MONEY, cost, "no_rate"),
        figures.told("old_effect", Unit.COUNT, effect, "no_old_effect"),
    )


def _mix(
    now: NewMix, media: Measurement, dossier: Dossier, daily: Daily, figures: Figures, period: Period
) -> tuple[Measurement, Measurement]:
    """Cost and effect of what replaced it. Its cost is as declared, else what its channels spent, else the media line;
    its effect as declared, else what the files tell of it."""

    def read(metric: str) -> Measurement:
        return measurement(reading(metric, daily, dossier, now.channels), period)

    if now.cost:
        paid = amounts(now.cost, period, dossier.currency, dossier.rates)
        cost = figures.told("new_cost", Unit.MONEY, paid, "no_new_cost")
    else:
        cost = read("spend") if now.channels else media
    if now.effect is None and now.metric:
        return cost, read(now.metric)
    return cost, figures.told("new_effect", Unit.COUNT, now.effect, "no_new_effect")
