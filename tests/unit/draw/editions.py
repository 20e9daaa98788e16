"""A plausible edition of an invented shop, written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import pi, sin

from sitegen.messages import Period, Text, Unit, say
from sitegen.model.catalogue import FUNNELS, METRICS
from sitegen.model.computed import (
    Assessment,
    Band,
    BudgetLine,
    BudgetMonth,
    ChannelReturn,
    CommunicationSaving,
    Comparison,
    Crossing,
    Edition,
    EventSnapshot,
    Funnel,
    Link,
    Measurement,
    Outlook,
    Point,
    Profile,
    Progress,
    Realism,
    Returns,
    SalesGain,
    Scorecard,
    Series,
    ServiceLine,
    ServiceSaving,
    State,
    Status,
)

AS_OF = date(2026, 10, 31)
WINDOW = Period(date(2026, 10, 4), AS_OF)


def measurement(metric="spend", value=None, unit=None, period=WINDOW, sources=("exports/shop.csv",)):
    unit = unit or METRICS[metric].unit
    return Measurement(
        metric,
        unit,
        value,
        period,
        "MAD" if unit is Unit.MONEY else None,
        state=State.NOT_COMPUTABLE if value is None else State.COMPLETE,
        sources=sources,
    )


def series(metric, values, grain="month", start=date(2024, 11, 1), incomplete=()):
    unit = METRICS[metric].unit
    return Series(
        metric,
        unit,
        grain,
        start,
        tuple(values),
        tuple(index not in {i % len(values) for i in incomplete} for index in range(len(values))),
        "MAD" if unit is Unit.MONEY else None,
        sources=("exports/shop.csv", "exports/ads.csv"),
    )


def comparison(metric, current=None, year=None, previous=None, shown=None):
    def change(other):
        if current is None or other is None:
            return None
        return current - other if METRICS[metric].unit is Unit.RATE else current / other - 1

    return Comparison(
        metric,
        METRICS[metric].good,
        measurement(metric, current),
        measurement(metric, previous),
        measurement(metric, year),
        change(previous),
        change(year),
        shown,
    )


def progress(objective="conversion_rate", kpi="conversion_rate", **more):
    unit = METRICS[kpi].unit
    values = {
        "currency": "MAD" if unit is Unit.MONEY else None,
        "direction": "increase",
        "basis": "rate",
        "pacing": "linear",
        "window_days": 28,
        "start": date(2026, 7, 1),
        "deadline": date(2026, 12, 31),
        "as_of": AS_OF,
        "baseline": measurement(kpi, 0.0201),
        "baseline_origin": "frozen",
        "current": measurement(kpi, 0.0258),
        "target": 0.0302,
        "target_upper": None,
        "elapsed_days": 123,
        "total_days": 184,
        "elapsed": 123 / 184,
        "expected": 0.64,
        "progress": 0.56,
        "history": tuple(
            Point(date(2026, month, day), value)
            for (month, day), value in zip(
                ((7, 28), (8, 25), (9, 22), (10, 20), (10, 31)), (0.0204, 0.0221, 0.0216, 0.0249, 0.0258), strict=True
            )
        ),
        "expected_path": (Point(date(2026, 7, 14), 0.0201), Point(date(2026, 12, 31), 0.0302)),
    } | more
    return Progress(objective=objective, kpi=kpi, unit=unit, **values)


def outlook(periods=75, probability=0.12, **more):
    ends = (
        (date(2026, 11, 30), 0.0251, 0.0262, 0.0274),
        (date(2026, 12, 31), 0.0249, 0.0268, 0.0289),
    )
    return Outlook("week", periods, probability, tuple(Band(*end) for end in ends), **more)


def crossing(**more):
    values = {
        "first": "interactions",
        "second": "revenue",
        "grain": "week",
        "start": date(2026, 4, 6),
        "first_values": tuple(100.0 + place for place in range(30)),
        "second_values": tuple(1000.0 + 40 * (place % 7) for place in range(30)),
        "spend": (None, *(1000.0 + 10 * place for place in range(1, 30))),
        "link": Link("no_link", 30, 22, 1, 0.12, (-0.2, 0.4), 0.5, 1.0),
        "alike": 0.2,
        "currency": "MAD",
        "sources": ("metrics/social.csv",),
    }
    return Crossing(**{**values, **more})


def channel(name, spend, value, *, included=True):
    roas = value / spend if value is not None and spend else None
    return ChannelReturn(
        name,
        spend=measurement("spend", spend, sources=(f"exports/{name}.csv",)),
        impressions=measurement("impressions", 900_000.0),
        clicks=measurement("clicks", 12_000.0),
        conversions=measurement("conversions", 310.0),
        conversion_value=measurement("conversion_value", value, sources=(f"exports/{name}.csv",)),
        roas=measurement("roas", roas),
        cost_per_conversion=measurement("cost_per_conversion", spend),
        included=included,
    )


def returns(*channels, break_even=2.22, roas=None, media=None):
    def ratio(value):
        return measurement("roas", value, Unit.RATIO)

    spend = sum(c.spend.value or 0 for c in channels) if media is None else media
    value = sum(c.conversion_value.value or 0 for c in channels)
    nothing = measurement("revenue")
    return Returns(
        period=Period(date(2025, 11, 1), AS_OF),
        currency="MAD",
        sales_metric="revenue",
        sales=measurement("revenue", 4_200_000.0),
        channels=channels,
        costs=(),
        known_lines=3,
        media=measurement("spend", spend or None),
        total_cost=nothing,
        attributed_revenue=measurement("conversion_value", value or None),
        margin=0.45,
        incrementality=None,
        roas=ratio(roas or (value / spend if spend and value else None)),
        blended_roas=ratio(None),
        cost_per_conversion=nothing,
        roi_attributed=ratio(None),
        roi_incremental=ratio(None),
        break_even_roas_media=ratio(break_even),
        break_even_roas=ratio(None),
        break_even_incrementality=ratio(None),
        break_even_roas_incremental=ratio(None),
    )


def amount(value=None, reason=None, *, partial=False):
    """An amount of the returns; without a value it is not computable, for `reason`."""
    found = replace(measurement("spend", value), reason=reason and say(f"returns.reason.{reason}"))
    return replace(found, state=State.PARTIAL) if partial else found


def number(value=None, unit=Unit.COUNT):
    return measurement("contacts", value, unit)


def sales_gain(revenue=234_900.0, share=0.6, margin=0.45, scale=0.783, method="estimate"):
    """300 000 claimed, of which the shop sold `scale`."""
    additional = None if share is None else revenue * share
    return SalesGain(
        number(scale, Unit.RATIO),
        amount(revenue),
        amount(additional, None if share is not None else "no_incrementality"),
        amount(None, "no_margin") if margin is None or additional is None else amount(additional * margin),
        method,
    )


def communication(avoided=200_000.0, *, reused=False):
    """A press campaign for 500 000 contacts that social media replace (METHODS §4.2)."""
    return CommunicationSaving(
        Text.plain("Presse"),
        "contacts",
        Period(date(2024, 11, 1), date(2025, 10, 31)),
        amount(200_000.0),
        number(500_000.0),
        amount(50_000.0),
        number(400_000.0),
        amount(62_500.0),
        amount(110_000.0),
        amount(137_500.0),
        number(0.6875, Unit.RATE),
        amount(avoided),
        reused,
    )


def service(nature="freed", booked=0.0, unit_now=11.027, contacts=True):
    """The contacts of METHODS §4.2, and what one costs in each channel."""
    before, now = (
        {"phone": 2000.0, "email": 1000.0, "tickets": 500.0},
        {"phone": 1400.0, "email": 800.0, "tickets": 300.0},
    )
    units = {"phone": 18.0, "email": 9.0, "tickets": 12.0, "instagram": 4.0}
    lines = tuple(
        ServiceLine(
            channel,
            number(before.get(channel) if contacts else None),
            number({**now, "instagram": 1200.0}[channel] if contacts else None),
            amount(units[channel] if channel in before else None),
            amount(units[channel]),
        )
        for channel in units
    )
    return ServiceSaving(
        Period(date(2024, 11, 1), date(2025, 10, 31)),
        lines,
        amount(51_000.0),
        amount(40_800.0),
        number(3500.0),
        number(3700.0),
        amount(14.571),
        amount(unit_now),
        number(None, Unit.RATIO),
        number(None, Unit.RATIO),
        amount(10_200.0),
        amount(12_405.0),
        nature,
        None if nature == "freed" else "overtime",
        amount(booked),
    )


def budget(channel, planned, spent, due=None, months=()):
    """A year's plan, ten of its twelve months behind it."""
    due = planned * 10 / 12 if due is None else due
    return BudgetLine(
        channel,
        Period(date(2026, 1, 1), date(2026, 12, 31)),
        amount(planned),
        replace(amount(due), period=Period(date(2026, 1, 1), AS_OF)),
        amount(spent),
        amount(None if spent is None else spent + planned - due),
        tuple(BudgetMonth(channel, date(2026, month, 1), *values) for month, *values in months),
    )


def funnel(*counts, id="orders", partial=()):
    metrics = FUNNELS[id]
    stages = [measurement(metric, value) for metric, value in zip(metrics, counts, strict=True)]
    return Funnel(
        id,
        Period(date(2025, 11, 1), AS_OF),
        tuple(replace(each, state=State.PARTIAL) if n in partial else each for n, each in enumerate(stages)),
    )


def with_returns(found, **more):
    """The edition with other returns, and its funnels and crossings when they are among them."""
    beside = {name: tuple(more.pop(name, getattr(found.scorecard, name))) for name in ("funnels", "crossings")}
    card = replace(found.scorecard, returns=replace(found.scorecard.returns, **more), **beside)
    return replace(found, scorecard=card)


EVENTS = (
    EventSnapshot(Text.plain("Ramadan"), date(2026, 2, 18), date(2026, 3, 19), "religious"),
    EventSnapshot(Text.plain("Nouveau site"), date(2026, 9, 14), date(2026, 9, 14), "site"),
    EventSnapshot(Text.plain("Soldes"), date(2026, 9, 18), date(2026, 9, 30), "sale"),
)


def assessment(objective, status):
    sentence = say("figures.trend.now")
    return Assessment(objective, status, sentence, sentence, Realism.AMBITIOUS, sentence, (), 0.8, sentence)


def edition(*, progresses=(), status=Status.ON_TRACK, comparisons=(), channels=(), events=EVENTS, **more):
    return Edition(
        schema=1,
        slug="atlas",
        as_of=AS_OF,
        canary="canary",
        profile=Profile(
            "atlas",
            "Atlas Jiu-Jitsu",
            "MA",
            "MAD",
            None,
            ("fr", "en"),
            "public",
            fictitious=True,
            role="sales",
            goals=(),
            objectives=(),
            events=tuple(events),
            answers=(),
            contact_name=None,
            contact_email=None,
        ),
        scorecard=Scorecard(AS_OF, WINDOW, tuple(comparisons), tuple(progresses), returns(*channels, **more), ()),
        verdict=say("figures.trend.now"),
        assessments=tuple(assessment(p.objective, status) for p in progresses),
        findings=(),
        notices=(),
        thresholds={},
    )


def months(level, growth, swing, count=24, digits=0):
    """A plausible monthly series: growth a month, a yearly swing that peaks in December."""
    return [
        round(level * (1 + growth) ** i * (1 + swing * sin(2 * pi * (i + 2) / 12) + 0.008 * ((i * 7) % 5 - 2)), digits)
        for i in range(count)
    ]


def whole() -> Edition:
    """An edition with something in every figure: gaps, a partial month, a cumulative goal, a floor, three channels,
    every lever, a budget whose spend is partly unknown, two funnels, a crossing."""
    return with_returns(
        _measured(),
        total_cost=amount(66_800.0),
        attributed_revenue=amount(300_000.0),
        sales_gain=sales_gain(),
        communication=communication(),
        service=service("cash", 10_200.0),
        net=amount(206_823.0),
        budgets=(
            budget(
                "meta_ads",
                120_000.0,
                92_000.0,
                months=((9, 10_000.0, 9_400.0, 9_400.0), (12, 10_000.0, None, 10_000.0)),
            ),
            budget("google_ads", 60_000.0, 61_500.0),
            budget("influencers", 20_000.0, None),
        ),
        funnels=(funnel(12_300.0, 8_100.0, 6_900.0, 6_500.0), funnel(900.0, None, 210.0, 64.0, id="leads")),
        crossings=(crossing(),),
    )


def _measured() -> Edition:
    rate = [round(value, 5) for value in months(0.019, 0.012, 0.05, digits=5)]
    followers = [None] * 13 + [round(value) for value in months(10_400, 0.016, 0.0, 11)]
    followers[17] = followers[19] = None
    return edition(
        progresses=(
            progress(outlook=outlook()),
            progress(
                "transactions",
                "transactions",
                basis="cumulative",
                start=date(2026, 1, 1),
                baseline=measurement("transactions", 5_210.0),
                current=measurement("transactions", 5_120.0),
                target=6_773.0,
                history=tuple(Point(date(2026, month, 28), 482.0 * month + 3 * month**2) for month in range(1, 11)),
                expected_path=(Point(date(2026, 1, 1), 0.0), Point(date(2026, 12, 31), 6_773.0)),
            ),
            progress(
                "response_rate",
                "response_rate",
                direction="maintain_above",
                baseline=measurement("response_rate", 0.86),
                current=measurement("response_rate", 0.93),
                target=0.9,
                inside=True,
                history=tuple(Point(date(2026, 7 + i, 28), value) for i, value in enumerate((0.86, 0.92, 0.88, 0.93))),
                expected_path=(),
            ),
            progress(
                "cost",
                "cost_per_conversion",
                direction="range",
                baseline=measurement("cost_per_conversion", 130.0),
                current=measurement("cost_per_conversion", 104.0),
                target=80.0,
                target_upper=110.0,
                inside=True,
                history=tuple(
                    Point(date(2026, 7 + i, 28), value) for i, value in enumerate((130.0, 118.0, 112.0, 104.0))
                ),
                expected_path=(),
            ),
        ),
        channels=(
            channel("meta_ads", 212_400.0, 640_000.0),
            channel("google_ads", 148_000.0, 871_000.0),
            channel("pinterest_ads", 31_000.0, 42_000.0),
            channel("tiktok_ads", 9_800.0, None, included=False),
        ),
        comparisons=(
            comparison("revenue", 402_000.0, 359_000.0, 380_000.0, series("revenue", months(248_000, 0.012, 0.2))),
            comparison(
                "sessions",
                21_900.0,
                21_700.0,
                20_000.0,
                series("sessions", months(21_000, 0.001, 0.1), incomplete=[-1]),
            ),
            comparison("conversion_rate", 0.0258, 0.0222, 0.025, series("conversion_rate", rate)),
            comparison(
                "average_order_value",
                612.0,
                655.0,
                600.0,
                series("average_order_value", months(640, -0.003, 0.02, digits=2)),
            ),
            comparison("cost_per_click", 2.9, 3.6, 3.0, series("cost_per_click", months(3.7, -0.012, 0.05, digits=2))),
            comparison("messages_received", 12_300.0, None, 12_000.0, series("messages_received", followers)),
            comparison(
                "spend", None, 30_000.0, None, series("spend", months(31_000, 0.006, 0.15, 7), start=date(2026, 4, 1))
            ),
        ),
    )
