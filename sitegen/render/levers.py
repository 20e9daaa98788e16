"""Returns in, the three levers as a page tells them out: what each earned, how it counts, its formulas with numbers.

The formulas are those of METHODS §4.2; nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose

from sitegen.messages import Message, Param, Quantity, Unit, say
from sitegen.model.computed import CommunicationSaving, Measurement, Returns, SalesGain, ServiceSaving
from sitegen.render.templates import withheld


@dataclass(frozen=True, slots=True)
class Lever:
    """One way to earn. `sentence` tells what it earned or why nobody can say, `worth` how it counts, `method` how it
    was computed; one that was never declared has its sentence alone."""

    id: str  # sales, communication, service
    sentence: Message
    worth: tuple[Message, ...] = ()
    method: tuple[Message, ...] = ()
    declared: bool = True


def levers(returns: Returns) -> tuple[Lever, ...]:
    """All three, always in the same order."""
    communication, service = returns.communication, returns.service
    return (
        _sales(returns.sales_gain, returns) if returns.sales_gain and _sold(returns) else _absent("sales"),
        _absent("communication") if communication is None else _communication(communication),
        _absent("service") if service is None else _service(service),
    )


def counted(returns: Returns) -> tuple[Message, ...]:
    """The names of the gains that make up the benefit."""
    gain, communication, service = returns.sales_gain, returns.communication, returns.service
    booked = (
        ("margin", gain and gain.margin),
        ("avoided", communication and communication.avoided),
        ("service", service and service.booked),
    )
    return tuple(say(f"levers.counted.{name}") for name, number in booked if number and number.value)


def _sold(returns: Returns) -> bool:
    """Whether anything is spent or claimed, so that advertising may have sold something."""
    return bool(returns.channels) or returns.attributed_revenue.value is not None


def _absent(lever: str) -> Lever:
    return Lever(lever, say(f"levers.{lever}.none"), declared=False)


def _unknown(number: Measurement) -> Message:
    if withheld(number):
        return say("levers.withheld")
    return say("levers.not_computable", reason=number.reason or say("pages.unknown"))


def _sales(gain: SalesGain, returns: Returns) -> Lever:
    margin = gain.margin.value
    if margin is None:
        worth = _line("levers.sales.claimed", revenue=gain.revenue)
        return Lever("sales", _unknown(gain.margin), tuple(worth), tuple(_scaled(gain)))
    return Lever(
        "sales",
        say("levers.sales.earned", margin=_amount(gain.margin)),
        (say(f"levers.sales.worth_{gain.method or 'estimate'}"),),
        (*_scaled(gain), *_sales_formula(gain, returns)),
    )


def _scaled(gain: SalesGain) -> Iterator[Message]:
    if gain.scale.value is not None and gain.scale.value < 1:
        yield say("levers.sales.scaled", scale=Quantity(gain.scale.value, Unit.RATE))


def _sales_formula(gain: SalesGain, returns: Returns) -> Iterator[Message]:
    if returns.margin is None or returns.incrementality is None:
        return
    yield from _line(
        "levers.sales.formula",
        {
            "share": Quantity(returns.incrementality, Unit.RATE),
            "rate": Quantity(returns.margin, Unit.RATE),
        },
        revenue=gain.revenue,
        additional=gain.additional,
        result=gain.margin,
    )


def _communication(gain: CommunicationSaving) -> Lever:
    low, high = gain.saving.value, gain.saving_high.value
    effect = say(f"levers.effect.{gain.effect}")
    if low is None or high is None:
        return Lever("communication", _unknown(gain.saving), (), tuple(_mixes(gain, effect)))
    kept = isclose(low, high)
    if high <= 0:
        sentence = say("levers.communication.dearer", medium=gain.medium, more=_amount(gain.saving_high, -1))
    elif kept:
        sentence = say(
            "levers.communication.saved",
            medium=gain.medium,
            saving=_amount(gain.saving),
            share=Quantity(gain.share.value or 0.0, Unit.RATE),
        )
    else:
        sentence = say(
            "levers.communication.saved_range",
            medium=gain.medium,
            low=_amount(gain.saving),
            high=_amount(gain.saving_high),
        )
    return Lever("communication", sentence, tuple(_booked(gain)), (*_mixes(gain, effect), *_equal(gain, kept=kept)))


def _booked(gain: CommunicationSaving) -> Iterator[Message]:
    if gain.reused:
        yield say("levers.communication.reused")
    elif gain.avoided.value:
        yield say("levers.communication.avoided", avoided=_amount(gain.avoided))


def _mixes(gain: CommunicationSaving, effect: Message) -> Iterator[Message]:
    """What was paid for which effect, before and now."""
    about: dict[str, Param] = {"medium": gain.medium, "effect": effect, "reference": gain.reference}
    yield from _line("levers.communication.before", about, cost=gain.old_cost, count=gain.old_effect)
    yield from _line("levers.communication.now", {"effect": effect}, cost=gain.new_cost, count=gain.new_effect)
    if gain.source is not None:
        yield say("levers.source", source=gain.source)


def _equal(gain: CommunicationSaving, *, kept: bool) -> Iterator[Message]:
    """The saving at equal effect; told both ways where the new mix brings less."""
    costs = {"old_cost": gain.old_cost, "new_cost": gain.new_cost}
    if kept:
        yield say("levers.communication.kept")
        yield from _line("levers.communication.formula", {}, **costs, saving=gain.saving)
        return
    effects = {"old_effect": gain.old_effect, "new_effect": gain.new_effect}
    # Below zero, what the new price makes of a loss is the greater loss.
    new, old = (gain.saving_high, gain.saving) if (gain.saving.value or 0) >= 0 else (gain.saving, gain.saving_high)
    yield from _line("levers.communication.new_price", {}, **costs, **effects, equal=gain.equal_cost, saving=new)
    yield from _line("levers.communication.old_price", {}, **costs, **effects, saving=old)


def _service(gain: ServiceSaving) -> Lever:
    saving, constant = gain.saving.value, gain.constant.value
    if saving is None:
        sentence = _unknown(gain.saving)
    elif saving >= 0:
        sentence = say("levers.service.saved", saving=_amount(gain.saving))
    elif constant is not None and constant > 0:
        sentence = say("levers.service.grown", more=_amount(gain.saving, -1), constant=_amount(gain.constant))
    else:
        sentence = say("levers.service.dearer", more=_amount(gain.saving, -1))
    return Lever("service", sentence, tuple(_nature(gain)), tuple(_service_formulas(gain)))


def _nature(gain: ServiceSaving) -> Iterator[Message]:
    """Whether it is money or time, and what of it enters the return."""
    if gain.nature == "cash" and gain.cancelled is not None and gain.booked.value:
        yield say(f"levers.service.{gain.cancelled}", booked=_amount(gain.booked))
    elif gain.saving.value is not None:
        yield say("levers.service.freed")
    if gain.evidence is not None:
        yield say("pages.diagnosis.evidence", evidence=gain.evidence)


def _service_formulas(gain: ServiceSaving) -> Iterator[Message]:
    yield from _line(
        "levers.service.before",
        {"reference": gain.reference},
        count=gain.contacts_before,
        cost=gain.cost_before,
        unit=gain.per_contact_before,
    )
    yield from _line("levers.service.now", {}, count=gain.contacts_now, cost=gain.cost_now, unit=gain.per_contact_now)
    for line in gain.lines:
        yield from _line(
            "levers.service.line",
            {"channel": say(f"channels.{line.channel}")},
            before=line.contacts_before,
            unit_before=line.unit_before,
            now=line.contacts_now,
            unit_now=line.unit_now,
        )
    yield from _line("levers.service.formula", {}, before=gain.cost_before, now=gain.cost_now, saving=gain.saving)
    yield from _line(
        "levers.service.constant",
        {},
        before=gain.per_contact_before,
        now=gain.per_contact_now,
        count=gain.contacts_before,
        constant=gain.constant,
    )
    yield from _line("levers.service.per_case", {}, before=gain.per_case_before, now=gain.per_case_now)


def _line(key: str, told: dict[str, Param] | None = None, /, **numbers: Measurement) -> Iterator[Message]:
    """The sentence, when every number in it is known."""
    if all(number.value is not None for number in numbers.values()):
        yield say(key, **(told or {}), **{name: _amount(number) for name, number in numbers.items()})


def _amount(number: Measurement, sign: int = 1) -> Quantity:
    assert number.value is not None  # noqa: S101 - asked for only when it is known
    return Quantity(sign * number.value, number.unit, number.currency)
