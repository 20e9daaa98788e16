"""Contacts of the customer service by channel in, what they cost before and now out (METHODS §4.2, lever 3).

The reference is brought to the returns' period by its days. Time that people gain is no cash: it enters the benefit
only when a hire, overtime or outsourcing was really cancelled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from sitegen.measure.arrays import together
from sitegen.measure.costs import amounts
from sitegen.measure.daily import Daily
from sitegen.measure.figures import Figures
from sitegen.measure.kinds import measurement, reading
from sitegen.measure.merging import Strand
from sitegen.measure.parts import WHOLE
from sitegen.messages import Period, Unit
from sitegen.model.authored import Cancelled, ServiceChannel, ServiceGain
from sitegen.model.computed import Measurement, ServiceLine, ServiceSaving
from sitegen.model.facts import Dossier


def service(gain: ServiceGain, dossier: Dossier, daily: Daily, period: Period) -> ServiceSaving:
    """The saving over `period`, against a reference of which the files hold the contacts."""
    figures, reference = Figures(period, dossier.currency), Period(gain.before.start, gain.before.end)
    lines = tuple(_lines(gain, dossier, _filled(daily), figures, reference, period))
    # A channel that tells nothing of the reference is left out of it, which can only lessen the saving; one that tells
    # nothing of the period would raise it, and so leaves no number.
    known = [each for each in lines if each.contacts_before.value is not None]
    missed = len(known) < len(lines)
    before = [_cost(each.contacts_before, each.unit_before, figures) for each in known]
    now = [_cost(each.contacts_now, each.unit_now, figures) for each in lines]
    cost_before = _total("service_before", before, figures, whole=not missed)
    cost_now = _total("service_now", now, figures)
    contacts_before = _total("contacts", [each.contacts_before for each in known], figures, whole=not missed)
    contacts_now = _total("contacts", [each.contacts_now for each in lines], figures)
    each_before = figures.of("cost_per_contact", Unit.MONEY, lambda cost, n: cost / n, cost_before, contacts_before)
    each_now = figures.of("cost_per_contact", Unit.MONEY, lambda cost, n: cost / n, cost_now, contacts_now)
    saving = figures.of("service_saving", Unit.MONEY, lambda old, new: old - new, cost_before, cost_now)
    cases = reading("contacts_per_case", daily, dossier)
    cancelled = gain.cancelled if gain.cancelled and _counts(gain.cancelled) else None
    cash = _cash(cancelled, saving, dossier, figures, period)
    # The costs hold the present service already: it is added here, so that only the cash changes the net. What it costs
    # more than before is no gain.
    kept = figures.of("service_cost", Unit.MONEY, min, cost_now, cost_before)
    gross = (cash, kept) if gain.in_costs else (cash,)
    return ServiceSaving(
        reference=reference,
        lines=lines,
        cost_before=cost_before,
        cost_now=cost_now,
        contacts_before=contacts_before,
        contacts_now=contacts_now,
        per_contact_before=each_before,
        per_contact_now=each_now,
        per_case_before=measurement(cases, reference),
        per_case_now=measurement(cases, period),
        saving=saving,
        constant=figures.of(
            "service_saving_constant",
            Unit.MONEY,
            lambda old, new, demand: (old - new) * demand,
            each_before,
            each_now,
            contacts_before,
        ),
        nature="cash" if cancelled else "freed",
        cancelled=gain.cancelled.kind if gain.cancelled else None,
        booked=figures.of("service_booked", Unit.MONEY, lambda *each: sum(each), *gross),
        evidence=gain.cancelled.evidence if gain.cancelled else None,
    )


# ---------------------------------------------------------------- cash


def _counts(cancelled: Cancelled) -> bool:
    """A hire that no budget held was never going to be paid."""
    return cancelled.kind != "hire" or cancelled.budgeted


def _cash(
    cancelled: Cancelled | None, saving: Measurement, dossier: Dossier, figures: Figures, period: Period
) -> Measurement:
    """An avoided hire instead of the saving; overtime and outsourcing at most the saving; else nothing."""
    if cancelled is None:
        return figures.declared("service_cash", Unit.MONEY, 0.0)
    paid = amounts(cancelled.amount, period, dossier.currency, dossier.rates)
    amount = figures.told("service_cash", Unit.MONEY, paid, "no_cancelled_amount")
    if cancelled.kind == "hire":
        return amount
    return figures.of("service_cash", Unit.MONEY, lambda cash, saved: max(0.0, min(cash, saved)), amount, saving)


# ---------------------------------------------------------------- by channel


def _lines(
    gain: ServiceGain, dossier: Dossier, values: Daily, figures: Figures, reference: Period, period: Period
) -> Iterator[ServiceLine]:
    """Every channel with contacts in the reference or in the period."""
    scale = period.days / reference.days
    channels = values.strands.get("contacts", {})
    for name in sorted(channels.keys() - {WHOLE} or channels):
        contacts = reading("contacts", values, dossier, (name,))
        handling = reading("handling_time", values, dossier, (name,))
        needs = gain.channels.get(name) or ServiceChannel()
        before, now = measurement(contacts, reference), measurement(contacts, period)
        if before.value is None and now.value is None:
            continue
        yield ServiceLine(
            channel=name,
            contacts_before=figures.of("contacts", Unit.COUNT, lambda count: count * scale, before),
            contacts_now=now,
            unit_before=_unit(needs, gain.hourly_cost, measurement(handling, reference), figures),
            unit_now=_unit(needs, gain.hourly_cost, measurement(handling, period), figures),
        )


def _unit(needs: ServiceChannel, hourly: float, measured: Measurement, figures: Figures) -> Measurement:
    """What one contact costs, at the declared minutes, else at those of the files."""
    minutes = measured if needs.minutes is None else figures.declared("handling_time", Unit.MINUTES, needs.minutes)
    return figures.of(
        "contact_cost", Unit.MONEY, lambda spent: spent * hourly / (60 * needs.concurrency) + needs.tools, minutes
    )


def _cost(contacts: Measurement, unit: Measurement, figures: Figures) -> Measurement:
    if contacts.value == 0:  # no contact needs no price
        return figures.of("service_cost", Unit.MONEY, lambda count: count, contacts)
    return figures.of("service_cost", Unit.MONEY, lambda count, price: count * price, contacts, unit)


def _total(metric: str, parts: Sequence[Measurement], figures: Figures, *, whole: bool = True) -> Measurement:
    if not parts:
        unit = Unit.COUNT if metric == "contacts" else Unit.MONEY
        return figures.unknown(metric, unit, "no_contacts")
    return figures.of(metric, parts[0].unit, lambda *each: sum(each), *parts, whole=whole)


def _filled(daily: Daily) -> Daily:
    """With no contact on the days on which a file tells those of other channels: it leaves out what did not happen."""
    filled = {metric: _silent(daily.strands.get(metric, {})) for metric in ("contacts", "handling_minutes")}
    return replace(daily, strands={**daily.strands, **filled})


def _silent(strands: Mapping[str, Strand]) -> dict[str, Strand]:
    files: dict[frozenset[str], list[Strand]] = defaultdict(list)
    for strand in strands.values():
        files[strand.family].append(strand)
    told = {paths: ~np.isnan(together([each.values for each in group])) for paths, group in files.items()}
    return {
        name: replace(strand, values=np.where(np.isnan(strand.values) & told[strand.family], 0.0, strand.values))
        for name, strand in strands.items()
    }
