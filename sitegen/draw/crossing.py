"""Crossings in, one figure each out: two metrics and the spend on one time axis, in panels; judges nothing.

Panels and not two axes over each other: those make links that are not there (METHODS §5). Each panel has a unit of its
own, so values are laid in it here, and ticks are labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sitegen.draw import axes, events, strokes, tips, words
from sitegen.draw.strokes import Rows, Spot
from sitegen.messages import Message, Month, Param, Period, Quantity, Unit, say
from sitegen.model.built import Figure, FigureTable
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import Crossing, Edition, Grain, Link

ROOM = 0.74  # of a panel's height for its curve; its name stands above
STRONG = 0.5  # a rank correlation from which a link is strong
RESEMBLING = 0.5  # a correlation of the curves as they are drawn from which a reader sees them together
_PANELS = ("first", "second", "spend")


@dataclass(frozen=True, slots=True)
class _Panel:
    """One curve with its axis; `place` counts from the bottom."""

    name: str
    metric: str
    values: Sequence[float | None]
    axis: axes.Axis
    place: int

    def at(self, value: float) -> float:
        """Where a value stands in the picture."""
        return self.place + ROOM * (value - self.axis.low) / (self.axis.high - self.axis.low)


def figures(edition: Edition) -> Iterator[Figure]:
    """`crossing-<first>-<second>` for each pair."""
    for crossing in edition.scorecard.crossings:
        yield _figure(crossing, edition)


def _figure(crossing: Crossing, edition: Edition) -> Figure:
    panels, days = _panels(crossing), _days(crossing)
    span = Period(days[0].start, days[-1].end)
    marks = events.marks(edition.profile.events, span)
    time, grain = axes.time_params(span, crossing.grain)
    middles = [axes.middle(day.start, crossing.grain) for day in days]
    names = [named(panel.metric) for panel in panels]
    ends = [(panel, value) for panel in panels for value in (panel.axis.low, panel.axis.high)]
    told = [_tip(panels, crossing, day, place) for place, day in enumerate(days)]
    curves = {
        panel.name: strokes.rows(panel.name, _spots(panel, middles), ended=False)
        for panel in panels
        if panel.name != "spend"
    }
    return Figure(
        id=f"crossing-{crossing.first}-{crossing.second}",
        subject="crossing",
        template="crossing",
        datasets={
            "grid": tuple({"value": panel.at(value)} for panel, value in ends),
            "ticks": tuple(
                {"value": panel.at(value), "words": tips.placed(len(told) + place)}
                for place, (panel, value) in enumerate(ends)
            ),
            "names": tuple(
                {"value": panel.place + ROOM, "words": tips.placed(len(told) + len(ends) + place)}
                for place, panel in enumerate(panels)
            ),
            **curves["first"],
            **curves["second"],
            "spend": _bars(panels, days),
            "tips": tips.strips(middles, span),
            **marks.rows,
        },
        params={**time, "y_domain": (0.0, float(len(panels))), "lanes": marks.lanes},
        title=title(crossing),
        subtitle=say(
            f"figures.crossing.subtitle_{crossing.grain}",
            first=named(crossing.first),
            second=named(crossing.second),
            period=span,
            count=len(days),
            sources=words.sources(crossing.sources),
        ),
        description=_described(crossing, span),
        table=FigureTable(
            (say(f"figures.column.{crossing.grain}"), *names),
            tuple(
                (_called(day, crossing.grain), *(_amount(panel.values[place], panel, crossing) for panel in panels))
                for place, day in enumerate(days)
            ),
        ),
        unit=METRICS[crossing.second].unit,
        currency=crossing.currency,
        grain=grain,
        legend=marks.legend,
        labels=(*told, *(_amount(value, panel, crossing) or 0 for panel, value in ends), *names),
        sources=crossing.sources,
        note=words.together(_notes(crossing)),
    )


# ---------------------------------------------------------------- what is found


def title(crossing: Crossing) -> Message:
    """What the two have to do with each other, in the words of METHODS §5."""
    link, pair = crossing.link, {which: _form("the", getattr(crossing, which)) for which in ("first", "second")}
    if link.status == "insufficient":
        return say(f"figures.crossing.insufficient_{crossing.grain}", count=crossing.missing, **pair)
    if link.status == "no_link":
        return say(f"figures.crossing.{'alike' if crossing.alike >= RESEMBLING else 'no_link'}", **pair)
    way = "together" if (link.rho or 0) > 0 else "opposite"
    strength = say(f"figures.crossing.{'strong' if abs(link.rho or 0) > STRONG else 'moderate'}")
    when = say(f"figures.crossing.after_{crossing.grain}", count=link.lag or 0) if link.lag else None
    forms = {f"of_{which}": _form("of", getattr(crossing, which)) for which in ("first", "second")}
    return say(f"figures.crossing.{way}", when=when or say("figures.crossing.at_once"), strength=strength, **forms)


def _notes(crossing: Crossing) -> Iterator[Message]:
    """How it was looked at; that it proves nothing; what drives both when something is spent."""
    link = crossing.link
    if link.status != "insufficient":
        yield say(f"figures.crossing.tested_{crossing.grain}", **_numbers(link))
    if link.status == "link":
        yield say("figures.crossing.no_proof")
    if any(crossing.spend):
        yield say("figures.crossing.spend_drives_both")


def _numbers(link: Link) -> dict[str, Param]:
    low, high = link.interval or (0.0, 0.0)
    told = {"rho": link.rho or 0.0, "low": low, "high": high}
    return {"count": link.periods, **{name: Quantity(value, Unit.RATIO) for name, value in told.items()}}


def _described(crossing: Crossing, span: Period) -> Message:
    """First, last and highest value of both curves."""
    ends: dict[str, Param] = {}
    for which, values in (("first", crossing.first_values), ("second", crossing.second_values)):
        metric = getattr(crossing, which)
        ends |= {which: named(metric), f"{which}_high": _quantity(max(values), metric, crossing)}
        ends |= {f"{which}_from": _quantity(values[0], metric, crossing)}
        ends |= {f"{which}_to": _quantity(values[-1], metric, crossing)}
    return say("figures.crossing.described", period=span, **ends)


# ---------------------------------------------------------------- panels


def _panels(crossing: Crossing) -> list[_Panel]:
    """From the top: the first metric, the second, the spend where any is known."""
    told = {
        "first": (crossing.first, crossing.first_values),
        "second": (crossing.second, crossing.second_values),
        "spend": ("spend", crossing.spend),
    }
    shown = [name for name in _PANELS if any(value is not None for value in told[name][1])]
    return [
        _Panel(name, metric, values, _axis(metric, values), len(shown) - 1 - order)
        for order, name in enumerate(shown)
        for metric, values in [told[name]]
    ]


def _axis(metric: str, values: Sequence[float | None]) -> axes.Axis:
    return axes.of_values([value for value in values if value is not None], METRICS[metric].unit)


def _spots(panel: _Panel, days: Sequence[date]) -> list[Spot]:
    return [
        Spot(day, None if value is None else panel.at(value)) for day, value in zip(days, panel.values, strict=True)
    ]


def _bars(panels: Sequence[_Panel], days: Sequence[Period]) -> Rows:
    """The spend, a bar a period: what nobody tells has none."""
    return tuple(
        {
            "start": axes.moment(day.start),
            "end": axes.moment(day.end + timedelta(1)),
            "low": panel.at(0.0),
            "high": panel.at(value),
        }
        for panel in panels
        if panel.name == "spend"
        for day, value in zip(days, panel.values, strict=True)
        if value is not None
    )


def _days(crossing: Crossing) -> list[Period]:
    starts = [_later(crossing.start, place, crossing.grain) for place in range(len(crossing.first_values) + 1)]
    return [Period(start, end - timedelta(1)) for start, end in pairwise(starts)]


def _later(start: date, place: int, grain: Grain) -> date:
    if grain != "month":
        return start + timedelta(7 * place)
    years, month = divmod(start.month - 1 + place, 12)
    return date(start.year + years, month + 1, 1)


# ---------------------------------------------------------------- words


def named(metric: str) -> Message:
    """As in "Interactions"."""
    return say(f"metrics.{metric}.Name")


def _form(form: str, metric: str) -> Message:
    """As in "les interactions", "des interactions"."""
    return say(f"metrics.{metric}.{form}")


def _called(day: Period, grain: Grain) -> Param:
    return Month(day.start.year, day.start.month) if grain == "month" else day


def _quantity(value: float, metric: str, crossing: Crossing) -> Quantity:
    unit = METRICS[metric].unit
    return Quantity(value, unit, crossing.currency if unit is Unit.MONEY else None)


def _amount(value: float | None, panel: _Panel, crossing: Crossing) -> Quantity | None:
    return None if value is None else _quantity(value, panel.metric, crossing)


def _tip(panels: Sequence[_Panel], crossing: Crossing, day: Period, place: int) -> Message:
    told = tuple(
        say("figures.marked", mark=named(panel.metric), value=words.or_unknown(_amount(value, panel, crossing)))
        for panel in panels
        for value in [panel.values[place]]
    )
    return say("figures.crossing.tip", on=_called(day, crossing.grain), values=told)
