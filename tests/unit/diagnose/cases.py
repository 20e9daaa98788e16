"""One healthy client, and the changes that make each row, rule and sentence apply."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import log
from typing import Any

from sitegen.diagnose.draft import Draft
from sitegen.diagnose.profile import profile
from sitegen.diagnose.progress import assessments
from sitegen.errors import Problem, Severity
from sitegen.messages import Message, Period, Text, Unit, say
from sitegen.model.authored import ANSWERS, Client, Objective, Thresholds
from sitegen.model.computed import (
    Band,
    BudgetLine,
    ChannelReturn,
    CommunicationSaving,
    Comparison,
    CostLine,
    Funnel,
    Measurement,
    Outlook,
    Progress,
    Returns,
    SalesGain,
    Scenario,
    Scorecard,
    ServiceLine,
    ServiceSaving,
    SourceSummary,
    State,
)
from sitegen.model.facts import Dossier

LIMITS = Thresholds()
TODAY = date(2026, 3, 31)
LAST_28_DAYS = Period(date(2026, 3, 4), TODAY)
QUARTER_BEFORE = Period(date(2025, 10, 1), date(2025, 12, 31))
YEAR = Period(date(2025, 4, 1), TODAY)
UNKNOWN = say("progress.reason.no_baseline", start=date(2026, 1, 1))


def outlook(probability: float, periods: int = 30, **changes: Any) -> Outlook:
    """A forecast from so many weeks."""
    end = Band(date(2026, 6, 30), 0.024, 0.028, 0.032)
    return replace(Outlook("week", periods, probability, (end,)), **changes)


def measured(
    value: float | None, unit: Unit = Unit.RATE, period: Period | None = LAST_28_DAYS, **more: Any
) -> Measurement:
    currency = "MAD" if unit is Unit.MONEY else None
    if value is None:
        more = {"state": State.NOT_COMPUTABLE, "reason": UNKNOWN, **more}
    return Measurement("conversion_rate", unit, value, period, currency, **{"sources": ("exports/shop.csv",), **more})


def progress(**changes: Any) -> Progress:
    """METHODS §2.3: a conversion rate from 2.0 % to 3.0 % in six months, 2.4 % half way, pace 0.879."""
    changed = {"start": date(2026, 1, 1), "deadline": date(2026, 6, 30), "as_of": TODAY, **changes}
    elapsed = max(0, (min(changed["as_of"], changed["deadline"]) - changed["start"]).days + 1)
    total = (changed["deadline"] - changed["start"]).days + 1
    found = Progress(
        objective="conversion_rate",
        kpi="conversion_rate",
        unit=Unit.RATE,
        currency=None,
        direction="increase",
        basis="rate",
        pacing="linear",
        window_days=28,
        start=changed["start"],
        deadline=changed["deadline"],
        as_of=changed["as_of"],
        baseline=measured(0.02, period=QUARTER_BEFORE),
        baseline_origin="frozen",
        current=measured(0.024, denominator=40_000.0, numerator=960.0),
        target=0.03,
        target_upper=None,
        elapsed_days=elapsed,
        total_days=total,
        elapsed=elapsed / total,
        expected=0.4551,
        progress=0.40,
        pace=0.879,
        pace_low=0.85,
        pace_high=0.91,
        met=False,
        last_value_on=changed["as_of"],
        need=0.01,
        best_past=0.012,
        need_rank=0.5,
        multiplier=1.5,
    )
    return replace(found, **changes)


def basket(**changes: Any) -> Progress:
    """An average order value from 240 to 300, now 270."""
    own = {
        "objective": "average_order_value",
        "kpi": "average_order_value",
        "unit": Unit.MONEY,
        "currency": "MAD",
        "baseline": measured(240.0, Unit.MONEY, QUARTER_BEFORE),
        "current": measured(270.0, Unit.MONEY, denominator=99.0),
        "target": 300.0,
        "pace_low": None,
        "pace_high": None,
        "need": log(1.25),
        "best_past": log(1.2),
        "multiplier": 1.25,
    }
    return progress(**{**own, **changes})


def followers(**changes: Any) -> Progress:
    """METHODS §2.6: 3 000 followers from 400 in a month, the best past month having brought 4.5 % (log)."""
    own = {
        "objective": "followers",
        "kpi": "followers",
        "unit": Unit.COUNT,
        "start": date(2026, 3, 1),
        "deadline": date(2026, 3, 31),
        "as_of": date(2026, 3, 18),
        "baseline": measured(400.0, Unit.COUNT, Period(date(2026, 2, 1), date(2026, 2, 28))),
        "current": measured(412.0, Unit.COUNT),
        "target": 3000.0,
        "pace_low": None,
        "pace_high": None,
        "need": log(7.5),
        "best_past": 0.045,
        "need_rank": 0.0,
        "multiplier": 7.5,
    }
    return progress(**{**own, **changes})


def total(**changes: Any) -> Progress:
    """METHODS §2.3: 12 000 orders a year to 15 600, 7 000 half way; worse pace 0.556."""
    own = {
        "objective": "orders",
        "kpi": "orders",
        "unit": Unit.COUNT,
        "basis": "cumulative",
        "deadline": date(2026, 12, 31),
        "as_of": date(2026, 6, 30),
        "baseline": measured(12_000.0, Unit.COUNT, Period(date(2025, 1, 1), date(2025, 12, 31))),
        "current": measured(7_000.0, Unit.COUNT, Period(date(2026, 1, 1), date(2026, 6, 30))),
        "target": 15_600.0,
        "expected": 0.4959,
        "progress": 0.4487,
        "attainment": 0.4487,
        "uplift": 0.556,
        "pace": 0.556,
        "pace_low": None,
        "pace_high": None,
        "need": log(1.3),
        "best_past": log(1.4),
        "multiplier": 1.3,
    }
    return progress(**{**own, **changes})


SHORT = measured(7_000.0, Unit.COUNT, Period(date(2026, 1, 1), date(2026, 6, 30)), state=State.PARTIAL, coverage=0.83)
DECIDED_BY_MISSING_DAYS = total(
    as_of=date(2026, 12, 31), current=replace(SHORT, value=15_000.0), elapsed=1.0, attainment=1.1, met=False
)


def budget(**changes: Any) -> Progress:
    """A spend that must stay under 120 000 in the year: 62 000 used half way."""
    own = {
        "objective": "spend",
        "kpi": "spend",
        "unit": Unit.MONEY,
        "currency": "MAD",
        "direction": "maintain_below",
        "baseline": measured(None, Unit.MONEY, None),
        "baseline_origin": "missing",
        "current": measured(62_000.0, Unit.MONEY, Period(date(2026, 1, 1), date(2026, 6, 30))),
        "target": 120_000.0,
        "attainment": 62 / 120,
        "uplift": None,
        "pace": 0.96,
        "met": True,
    }
    return total(**{**own, **changes})


def kept(**changes: Any) -> Progress:
    """A response rate to keep at 90 % or more."""
    own = {
        "objective": "response_rate",
        "kpi": "response_rate",
        "direction": "maintain_above",
        "current": measured(0.93, denominator=400.0),
        "target": 0.9,
        "expected": None,
        "progress": None,
        "pace": None,
        "pace_low": None,
        "pace_high": None,
        "met": True,
        "inside": True,
        "compliance": 1.0,
        "need": None,
        "best_past": None,
        "need_rank": None,
        "multiplier": None,
    }
    return progress(**{**own, **changes})


def written(**changes: Any) -> dict[str, Any]:
    """An objective as `client.yaml` has it; a change to None leaves the key out."""
    own = {
        "kpi": "conversion_rate",
        "target": "+50%",
        "start": "2026-01-01",
        "deadline": "2026-06-30",
        "owner": "Salma",
        "lever": {"fr": "paiement simplifié", "en": "simpler checkout"},
    }
    return {key: value for key, value in {**own, **changes}.items() if value is not None}


def objective(**changes: Any) -> Objective:
    return Objective.model_validate(written(**changes))


def client(**changes: Any) -> Client:
    answers = dict.fromkeys(ANSWERS, "yes")
    own = {"name": "Atlas", "country": "MA", "objectives": [written()], "answers": answers}
    return Client.model_validate({**own, **changes})


def dossier(authored: Client | None = None) -> Dossier:
    return Dossier(
        slug="atlas",
        client=authored or client(),
        languages=("fr", "en"),
        country="MA",
        currency="MAD",
        timezone="Africa/Casablanca",
        baselines={},
        records=(),
        rates=(),
        thresholds=LIMITS,
        latency_days=2,
    )


def money(value: float | None, **more: Any) -> Measurement:
    return measured(value, Unit.MONEY, YEAR, **more)


def ratio(value: float | None) -> Measurement:
    return measured(value, Unit.RATIO, YEAR)


def channel(id: str = "meta_ads", roas: float | None = 7.5, **changes: Any) -> ChannelReturn:
    found = ChannelReturn(
        channel=id,
        spend=money(40_000.0, coverage=1.0),
        impressions=measured(1e6, Unit.COUNT, YEAR),
        clicks=measured(2e4, Unit.COUNT, YEAR),
        conversions=measured(900.0, Unit.COUNT, YEAR),
        conversion_value=money(40_000.0 * roas if roas is not None else None),
        roas=ratio(roas),
        cost_per_conversion=money(44.4),
        included=True,
    )
    return replace(found, **changes)


def costs(*unknown: str) -> tuple[CostLine, ...]:
    kinds = ("media", "agency", "production", "tools", "staff", "training")
    return tuple(
        CostLine(kind, None, "unknown") if kind in unknown else CostLine(kind, 1000.0, "declared") for kind in kinds
    )


def returns(**changes: Any) -> Returns:
    """METHODS §4.1: 66 800 of costs, 300 000 of attributed revenue, ROI on the additional margin +21.3 %."""
    found = Returns(
        period=YEAR,
        currency="MAD",
        sales_metric="revenue",
        sales=money(900_000.0),
        channels=(channel(),),
        costs=costs(),
        known_lines=6,
        media=money(40_000.0),
        total_cost=money(66_800.0),
        attributed_revenue=money(300_000.0),
        margin=0.45,
        incrementality=0.6,
        roas=ratio(7.5),
        blended_roas=ratio(22.5),
        cost_per_conversion=money(44.4),
        roi_attributed=ratio(1.021),
        roi_incremental=ratio(0.2126),
        break_even_roas_media=ratio(2.222),
        break_even_roas=ratio(3.711),
        break_even_incrementality=measured(0.4948, Unit.RATE, YEAR),
        break_even_roas_incremental=ratio(6.185),
    )
    return replace(found, **changes)


def count(value: float | None, metric: str = "contacts", **more: Any) -> Measurement:
    return replace(measured(value, Unit.COUNT, YEAR, **more), metric=metric)


def sales_gain(margin: float | None = 81_000.0, **changes: Any) -> SalesGain:
    """METHODS §4.1: 60 % of 300 000 are additional, 45 % of that is margin."""
    found = SalesGain(ratio(1.0), money(300_000.0), money(180_000.0), money(margin), "estimate")
    return replace(found, **changes)


def scenarios(*rois: float, low: float = 0.4) -> tuple[Scenario, ...]:
    """METHODS §4.5: −19.2, +21.3 and +61.7 % for 40, 60 and 80 % of additional sales."""
    shares = (low, 0.6, 0.8)
    told = zip(shares, rois or (-0.192, 0.213, 0.617), strict=True)
    return tuple(Scenario(share, 0.45, ratio(roi), declared=share == 0.6) for share, roi in told)


def replaced(saving: float | None = 150_000.0, high: float | None = None, **changes: Any) -> CommunicationSaving:
    """METHODS §4.2: 200 000 of press for 500 000 contacts, 50 000 of social media for as many."""
    kept = count(500_000.0)
    found = CommunicationSaving(
        medium=Text.plain("La presse"),
        effect="contacts",
        reference=QUARTER_BEFORE,
        old_cost=money(200_000.0),
        old_effect=kept,
        new_cost=money(50_000.0),
        new_effect=kept,
        equal_cost=money(50_000.0),
        saving=money(saving),
        saving_high=money(saving if high is None else high),
        share=measured(0.75, Unit.CHANGE, YEAR),
        avoided=money(None if saving is None else saving + 50_000.0),
        reused=False,
        source=Text.plain("Factures de 2024"),
    )
    return replace(found, **changes)


# METHODS §4.2: the mix brings 400 000 contacts instead of 500 000
LESS_EFFECT = replaced(110_000.0, 137_500.0, new_effect=count(400_000.0))


def served(before: float | None = 14.571, now: float | None = 11.027, **changes: Any) -> ServiceSaving:
    """METHODS §4.2: 51 000 before, 40 800 now; 14.571 a contact before, 11.027 now; freed capacity."""
    line = ServiceLine("phone", count(2_000.0), count(1_400.0), money(18.0), money(18.0))
    social = ServiceLine("whatsapp", count(0.0), count(1_200.0), money(4.0), money(4.0))
    found = ServiceSaving(
        reference=QUARTER_BEFORE,
        lines=(line, social),
        cost_before=money(51_000.0),
        cost_now=money(40_800.0),
        contacts_before=count(3_500.0),
        contacts_now=count(3_700.0),
        per_contact_before=money(before),
        per_contact_now=money(now),
        per_case_before=ratio(2.0),
        per_case_now=ratio(1.9),
        saving=money(10_200.0),
        constant=money(12_405.0),
        nature="freed",
        cancelled=None,
        booked=money(0.0),
    )
    return replace(found, **changes)


HIRED: dict[str, Any] = {
    "nature": "cash",
    "cancelled": "hire",
    "booked": money(280_000.0),
    "evidence": Text.plain("Budget 2026, ligne 14"),
}


def plan(projected: float | None, planned: float = 100_000.0, end: date = date(2026, 6, 30)) -> BudgetLine:
    period = Period(date(2026, 1, 1), end)
    return BudgetLine("meta_ads", period, money(planned), money(planned / 2), money(9.0), money(projected), ())


def funnel(*counts: float | None, id: str = "orders") -> Funnel:
    metrics = ("orders", "orders_confirmed", "orders_delivered", "orders_collected")
    return Funnel(id, YEAR, tuple(count(value, metric) for value, metric in zip(counts, metrics, strict=False)))


def rated(metric: str, value: float, out_of: float = 400.0) -> Comparison:
    unit = Unit.RATIO if metric == "net_sentiment" else Unit.RATE
    now = replace(measured(value, unit, denominator=out_of), metric=metric)
    return Comparison(metric, None, now, now, now, None, None)


def compared(coverage: float | None = 1.0) -> Comparison:
    now = measured(0.024, coverage=coverage)
    return Comparison("conversion_rate", None, now, now, now, None, None)


def source(end: date = TODAY) -> SourceSummary:
    return SourceSummary("exports/shop.csv", "0" * 64, 730, Period(date(2024, 4, 1), end), (), "MAD", (), ())


def scorecard(**changes: Any) -> Scorecard:
    found = Scorecard(
        as_of=TODAY,
        window=LAST_28_DAYS,
        comparisons=(compared(),),
        progress=(progress(pace=1.0, pace_low=0.97, pace_high=1.03),),
        returns=returns(),
        sources=(source(),),
    )
    return replace(found, **changes)


def draft(authored: Client | None = None, **changes: Any) -> Draft:
    """A client with nothing to report, but for `changes` of its scorecard."""
    whole, card = dossier(authored), scorecard(**changes)
    judged = assessments(card.progress, whole.client.objectives, LIMITS)
    return Draft(profile(whole), card, judged, LIMITS)


def drafted(found: Progress, **authored: Any) -> Draft:
    """The same with one objective, measured as `found`."""
    own = written(**{"id": found.objective, "kpi": found.kpi, **authored})
    return draft(client(objectives=[own]), progress=(found,))


def warning(words: str = "problems.stale") -> Problem:
    return Problem("data/atlas/exports/shop.csv", 12, 0, Message(words), None, Severity.WARNING)
