"""Returns in, one figure out: the steps from the sales that platforms claim to what is left. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sitegen.draw import words
from sitegen.draw.templates import NET_TONES
from sitegen.messages import Currency, Message, Param, Period, Unit, say
from sitegen.model.built import Cell, Figure, FigureTable, Legend
from sitegen.model.computed import Edition, Measurement, Returns, State

EVEN = 0.02  # a net result below this part of the costs is no gain and no loss


@dataclass(frozen=True, slots=True)
class Step:
    """One bar. `sign` is -1 for what is taken off; `signed` amounts are told with their sign, others are levels."""

    id: str
    tone: Literal["sales", "gain", "cost", "net"]
    measured: Measurement
    sign: int = 1
    signed: bool = False

    @property
    def name(self) -> Message:
        return say(f"figures.net.step.{self.id}")

    @property
    def value(self) -> float | None:
        return None if self.measured.value is None else self.sign * self.measured.value


def figures(edition: Edition) -> Iterator[Figure]:
    """`returns-net`, when the net result is known, or the sales that count and what everything cost."""
    returns = edition.scorecard.returns
    gain, net = returns.sales_gain, returns.net
    reached = net is not None and net.value is not None
    begun = gain is not None and gain.revenue.value is not None and returns.total_cost.value is not None
    if returns.period is not None and (reached or begun):
        yield _figure(returns, returns.period, tuple(steps(returns)))


def steps(returns: Returns) -> Iterator[Step]:
    """Every step that applies (METHODS §4.1), computable or not; a lever that books nothing is no step."""
    gain, communication, service = returns.sales_gain, returns.communication, returns.service
    if gain:
        yield Step("claimed", "sales", returns.attributed_revenue)
        if gain.scale.value is not None and gain.scale.value < 1:
            yield Step("counted", "sales", gain.revenue)
        yield Step("additional", "sales", gain.additional)
        yield Step("margin", "gain", gain.margin)
    if communication and communication.avoided.value != 0:
        yield Step("avoided", "gain", communication.avoided, signed=True)
    if service and service.booked.value != 0:
        yield Step("service" if service.nature == "cash" else "service_present", "gain", service.booked, signed=True)
    yield Step("cost", "cost", returns.total_cost, sign=-1, signed=True)
    if returns.net:
        yield Step("net", "net", returns.net, signed=True)


def _figure(returns: Returns, period: Period, all_steps: Sequence[Step]) -> Figure:
    drawn = [(step, step.value) for step in all_steps if step.value is not None]
    values = [0.0, *(value for _, value in drawn)]
    rows, labels = words.labelled(_row(step, value, returns.currency) for step, value in drawn)
    sources = words.paths(step.measured for step in all_steps)
    told = {step.tone for step, _ in drawn}
    return Figure(
        id="returns-net",
        subject="returns",
        template="net",
        datasets={"rows": rows},
        params={"x_domain": (min(values), max(values) if any(values) else 1.0)},
        title=title(returns),
        subtitle=say(
            "figures.net.subtitle", currency=Currency(returns.currency), period=period, sources=words.sources(sources)
        ),
        description=say(
            "figures.net.described", steps=tuple(_told(step, value, returns.currency) for step, value in drawn)
        ),
        table=FigureTable(
            (say("figures.column.step"), say("figures.column.amount")),
            tuple((step.name, words.amount(step.value, returns.currency)) for step in all_steps),
        ),
        unit=Unit.MONEY,
        currency=returns.currency,
        legend=tuple(
            Legend(token, "bar", say(f"figures.net.tone.{tone}")) for tone, token in NET_TONES.items() if tone in told
        ),
        labels=labels,
        sources=sources,
        note=words.together(_notes(returns, all_steps)),
    )


def title(returns: Returns) -> Message:
    """What is left once everything is paid, or at which step the calculation stops."""
    net, cost = returns.net, returns.total_cost
    if net is None or net.value is None:
        known = [step for step in steps(returns) if step.tone in ("sales", "gain") and step.value is not None]
        return words.qualified(say("figures.net.stopped", step=known[-1].name), cost)
    if abs(net.value) < EVEN * (cost.value or 0.0):
        return words.qualified(say("figures.net.even", net=_signed(net.value, returns.currency)), net, cost)
    outcome = "left" if net.value > 0 else "short"
    amount = words.money(abs(net.value), returns.currency)
    return words.qualified(say(f"figures.net.{outcome}", amount=amount), net, cost)


def _row(step: Step, value: float, currency: str) -> tuple[Mapping[str, Cell], Mapping[str, Param]]:
    bars: dict[str, Cell] = {tone: value if tone == step.tone else None for tone in NET_TONES}
    written = {"name": step.name, "amount": _amount(step, value, currency), "tip": _told(step, value, currency)}
    return {**bars, "zero": 0, "amount_at": max(value, 0.0)}, written


def _amount(step: Step, value: float, currency: str) -> Param:
    return _signed(value, currency) if step.signed else words.money(value, currency)


def _signed(value: float, currency: str) -> Param:
    amount = words.money(value, currency)
    return say("figures.net.plus", amount=amount) if value > 0 else amount


def _told(step: Step, value: float, currency: str) -> Message:
    return say("figures.marked", mark=step.name, value=_amount(step, value, currency))


def _notes(returns: Returns, all_steps: Sequence[Step]) -> Iterator[Message]:
    gain, communication, service = returns.sales_gain, returns.communication, returns.service
    if gain and gain.scale.value is None:
        yield say("figures.note.claimed")
    if gain and gain.additional.value is not None and gain.method not in ("test", "before_after"):
        yield say("figures.net.declared")
    yield from _missing(all_steps)
    if communication and communication.reused:
        yield say("figures.net.reused")
    if service and service.nature == "freed" and (service.saving.value or 0.0) > 0:
        yield say("figures.net.freed", saving=words.money(service.saving.value or 0.0, returns.currency))
    if returns.total_cost.state is State.PARTIAL:
        yield say("figures.net.cost_partial")


def _missing(all_steps: Sequence[Step]) -> Iterator[Message]:
    """The steps that cannot be computed, those with the same reason together."""
    missing: dict[Message, list[Message]] = {}
    for step in all_steps:
        if step.value is None and step.measured.reason:
            missing.setdefault(step.measured.reason, []).append(step.name)
    for reason, names in missing.items():
        yield say("figures.note.missing", names=tuple(names), reason=reason)
