"""Returns in, one figure out: what each channel cost beside what its platform claims. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitegen.draw import words
from sitegen.messages import Currency, Message, Param, Period, Quantity, Unit, say
from sitegen.model.built import Cell, Figure, FigureTable, Legend
from sitegen.model.computed import Edition, Returns, State

LEVEL = 0.02  # relative distance to the break-even point that counts as none


@dataclass(frozen=True, slots=True)
class Pair:
    """One channel's two bars. `break_even` is the value that would pay the spend back; None when unknown."""

    name: Message
    spend: float
    value: float | None
    break_even: float | None
    roas: float | None
    included: bool


def figures(edition: Edition) -> Iterator[Figure]:
    """`returns-channels`, when a channel has spend."""
    returns = edition.scorecard.returns
    pairs = sorted(_pairs(returns), key=lambda pair: -pair.spend)
    if pairs and returns.period is not None:
        yield _figure(returns, returns.period, pairs)


def _pairs(returns: Returns) -> Iterator[Pair]:
    threshold = returns.break_even_roas_media.value
    for channel in returns.channels:
        spend, value = channel.spend.value, channel.conversion_value.value
        if spend is not None:
            name = say(f"channels.{channel.channel}")
            yield Pair(
                name if channel.included else say("figures.returns.excluded", channel=name),
                spend,
                value,
                None if threshold is None or value is None else spend * threshold,
                channel.roas.value,
                channel.included,
            )


def _figure(returns: Returns, period: Period, pairs: Sequence[Pair]) -> Figure:
    rows, labels = words.labelled(_row(pair, returns.currency) for pair in pairs)
    longest = max(max(pair.spend, pair.value or 0.0, pair.break_even or 0.0) for pair in pairs)
    sources = words.paths(m for channel in returns.channels for m in (channel.spend, channel.conversion_value))
    return Figure(
        id="returns-channels",
        subject="returns",
        template="returns",
        datasets={"rows": rows},
        params={"x_domain": (0.0, longest or 1.0)},
        title=title(returns),
        subtitle=say(
            "figures.returns.subtitle",
            currency=Currency(returns.currency),
            period=period,
            sources=words.sources(sources),
        ),
        description=say("figures.returns.described", channels=tuple(_described(p, returns.currency) for p in pairs)),
        table=_table(pairs, returns.currency),
        unit=Unit.MONEY,
        currency=returns.currency,
        legend=tuple(_legend(returns)),
        labels=labels,
        sources=sources,
        note=words.together(_notes(pairs)),
    )


def title(returns: Returns) -> Message:
    """What the platforms claim for the spend, against what it takes to pay it back (METHODS §4.1); claims that are
    partly unknown are on neither side."""
    roas, threshold, media = returns.roas.value, returns.break_even_roas_media.value, returns.media.value
    if roas is None:
        spend = say("figures.returns.unknown") if media is None else words.money(media, returns.currency)
        return say("figures.returns.missing", spend=spend)
    shown = Quantity(roas, Unit.RATIO)
    if returns.attributed_revenue.state is State.PARTIAL:
        return say("figures.returns.partial", roas=shown)
    if threshold is None:
        return say(f"figures.returns.{'withheld' if 'margin' in returns.withheld else 'no_margin'}", roas=shown)
    gap = roas / threshold - 1
    place = "level" if abs(gap) < LEVEL else "above" if gap > 0 else "below"
    return say(f"figures.returns.{place}", roas=shown, threshold=Quantity(threshold, Unit.RATIO))


def _row(pair: Pair, currency: str) -> tuple[dict[str, Cell], dict[str, Param]]:
    """One channel's bars and their words; an amount stands after bar and mark."""
    row: dict[str, Cell] = {
        "spend": pair.spend,
        "value": pair.value,
        "break_even": pair.break_even,
        "spend_words_at": pair.spend,
        "value_words_at": max(pair.value or 0.0, pair.break_even or 0.0),
    }
    return row, {
        "name": pair.name,
        "ratio": "" if pair.roas is None else say("figures.returns.roas", roas=Quantity(pair.roas, Unit.RATIO)),
        "spend_words": words.money(pair.spend, currency),
        "value_words": words.amount(pair.value, currency) or say("figures.returns.unknown"),
        "tip": _tip(pair, currency),
    }


def _described(pair: Pair, currency: str) -> Message:
    spend, value = words.money(pair.spend, currency), words.amount(pair.value, currency)
    if value is None:
        return say("figures.returns.described_spend", channel=pair.name, spend=spend)
    return say("figures.returns.described_channel", channel=pair.name, spend=spend, value=value)


def _tip(pair: Pair, currency: str) -> Message:
    """A channel's two bars, and the value that would pay the spend back."""
    if pair.break_even is None:
        return _described(pair, currency)
    needed = words.money(pair.break_even, currency)
    return say("figures.tip.channel", described=_described(pair, currency), needed=needed)


def _table(pairs: Sequence[Pair], currency: str) -> FigureTable:
    return FigureTable(
        tuple(say(f"figures.column.{name}") for name in ("channel", "spend", "value", "roas")),
        tuple(
            (
                pair.name,
                words.amount(pair.spend, currency),
                words.amount(pair.value, currency),
                None if pair.roas is None else Quantity(pair.roas, Unit.RATIO),
            )
            for pair in pairs
        ),
    )


def _legend(returns: Returns) -> Iterator[Legend]:
    yield Legend("chart-2", "bar", say("figures.column.spend"))
    yield Legend("chart-3", "bar", say("figures.column.value"))
    threshold = returns.break_even_roas_media.value
    if threshold is not None:
        label = say("figures.returns.break_even", threshold=Quantity(threshold, Unit.RATIO))
        yield Legend("chart-target", "rule", label)


def _notes(pairs: Sequence[Pair]) -> Iterator[Message]:
    yield say("figures.note.claimed")
    if len(pairs) > 1:
        yield say("figures.note.by_spend")
    if not all(pair.included for pair in pairs):
        yield say("figures.note.excluded")
