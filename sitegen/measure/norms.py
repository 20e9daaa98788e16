"""Records of published figures in, those that a metric may be compared with and why the others may not out.

Only equal definitions are compared (METHODS §6). A record that may be told nowhere is gone before anything is
measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sitegen.measure.differences import difference
from sitegen.measure.periods import months_on
from sitegen.messages import Message, Period, Quantity, Unit, say
from sitegen.model.authored import Benchmark
from sitegen.model.benchmarks import FOREIGN, INTENSITY, band_of, intensity_of, unit_of
from sitegen.model.catalogue import Metric
from sitegen.model.computed import Against, Intensity, Measurement, Norm, State
from sitegen.model.facts import Dossier


def norms(dossier: Dossier) -> tuple[Norm, ...]:
    """Every record that a page may tell: the client's first."""
    return tuple(_norm(each) for each in dossier.benchmarks if each.redistribute != "no")


def _norm(each: Benchmark) -> Norm:
    unit = unit_of(each.metric) or Unit.RATIO
    return Norm(
        metric=each.metric,
        definition=each.definition_id,
        defined=each.definition,
        channel=each.channel,
        industry=each.industry,
        region=each.region,
        stat=each.stat,
        value=Quantity(each.value, unit, each.currency if unit is Unit.MONEY else None),
        band=each.band,
        period=Period(each.period.start, each.period.end) if each.period else None,
        published=each.published,
        source=each.source,
        url=each.url,
        licence=each.licence,
        shared=each.redistribute == "yes",
        retrieved=each.retrieved,
        note=each.note,
    )


def followed(dossier: Dossier, metric: str) -> str:
    """The id of the definition that the client's files follow: the metric's own unless the client says otherwise."""
    return dossier.client.measured_as.get(metric, metric)


def attached(
    dossier: Dossier,
    metric: Metric,
    channels: Sequence[str],
    whole: Sequence[str],
    current: Measurement,
    as_of: date,
    *,
    first: bool,
) -> Iterator[Against]:
    """The published figures that stand beside a metric on these channels, `whole` being all of its own where it is on
    none in particular. The `first` benchmark of a metric also tells those that fit none of its channels."""
    for norm in norms(dossier):
        if norm.metric != metric.id:
            continue
        here = not channels if norm.channel is None else list(whole) == [norm.channel]
        if not here and not first:
            continue
        reason = _apart(norm, dossier, metric, current) or (None if here else _elsewhere(norm, channels))
        number = _number(norm, reason)
        told = difference(metric, current.value, number.value)
        inside = None
        if told is not None and current.interval is not None:
            inside = current.interval[0] <= norm.value.value <= current.interval[1]
        yield Against(
            "norm", number, told, inside, norm=norm, old=old(norm, as_of, dossier.thresholds.benchmark_months)
        )


def _number(norm: Norm, reason: Message | None) -> Measurement:
    value, unit = norm.value, norm.value.unit
    state = State.COMPLETE if reason is None else State.NOT_COMPUTABLE
    shown = value.value if reason is None else None
    return Measurement(norm.metric, unit, shown, norm.period, value.currency, norm.channel, state=state, reason=reason)


def _apart(norm: Norm, dossier: Dossier, metric: Metric, current: Measurement) -> Message | None:
    """Why a record is not comparable with the metric, wherever it is read: its definition, then its currency."""
    if norm.definition != followed(dossier, metric.id):
        foreign = FOREIGN.get(norm.definition)
        if foreign is not None and metric.denominator is not None and foreign.by != metric.denominator:
            key = "each_denominator" if foreign.each else "denominator"
            names = {"theirs": foreign.by, "ours": metric.denominator}
            return say(f"measure.apart.{key}", **{side: say(f"metrics.{name}.the") for side, name in names.items()})
        if norm.defined is not None:
            return say("measure.apart.defined", definition=norm.defined)
        return say("measure.apart.definition")
    if norm.value.unit is Unit.MONEY and norm.value.currency != current.currency:
        return say("measure.apart.currency", currency=norm.value.currency or "")
    return None


def _elsewhere(norm: Norm, channels: Sequence[str]) -> Message:
    if norm.channel is not None:
        return say("measure.apart.channel", channel=say(f"channels.{norm.channel}"))
    return say("measure.apart.all_channels", channels=tuple(say(f"channels.{name}") for name in channels))


def old(norm: Norm, as_of: date, months: int) -> bool:
    """Published more than so many months before; by the end of its period where no day is told. A level that somebody
    sets holds until it is changed."""
    told = norm.published or (norm.period.end if norm.period else None)
    return norm.stat != "level" and told is not None and months_on(told, months) < as_of


def intensity(dossier: Dossier, as_of: date) -> Intensity | None:
    """The client's technologies beside the published spread of the same year's index; its twelve items change."""
    told = dossier.client.digital_intensity
    if told is None:
        return None
    published = [norm for norm in norms(dossier) if norm.metric == INTENSITY]
    same = [norm for norm in published if norm.definition == intensity_of(told.year)]
    others = [norm for norm in published if norm not in same]
    aged = any(old(norm, as_of, dossier.thresholds.benchmark_months) for norm in same)
    band = band_of(told.count)
    return Intensity(told.count, told.year, band, tuple(same), tuple(others), told.date, told.source, aged)
