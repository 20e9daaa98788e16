"""What the agency writes: `config.yaml`, `client.yaml` and `baselines.yaml` as typed, immutable values.

Plain data from a YAML document in, models out; knows nothing of files. Short forms (`+50%`, `40 h x 120/month`) are
parsed here, so that the JSON Schema, the reference page and the check all describe one grammar. A value that does not
fit raises a pydantic error whose type is a key of the `problems` catalogue.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from sitegen.messages import Text
from sitegen.model.catalogue import Direction, GoalCategory


def fault(key: str, **context: Any) -> PydanticCustomError:
    """An error that `check` turns into `say(f"problems.{key}", **context)`."""
    return PydanticCustomError(f"problems.{key}", f"problems.{key}", context)


class Authored(BaseModel):
    """Strict and closed: no guessing between types, no unknown keys, no NaN."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, allow_inf_nan=False, arbitrary_types_allowed=True
    )


# ---------------------------------------------------------------- scalars

YEARS = range(1990, 2101)  # other dates are slips of the pen
LARGEST = 1e15  # so are larger numbers; beyond it a double no longer tells cents


def _date(value: object) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise fault("not_a_date", value=str(value))
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise fault("no_such_date", value=value) from None
    if day.year not in YEARS:
        raise fault("year_out_of_range", value=value)
    return day


def _text(value: object) -> Text:
    if isinstance(value, str) and value.strip():
        return Text.plain(value)
    if isinstance(value, dict) and value and all(isinstance(words, str) and words.strip() for words in value.values()):
        return Text(tuple(sorted((str(language), words) for language, words in value.items())))
    raise fault("not_a_text", value=_shown(value))


def _shown(value: object) -> str:
    """A value as it would be written in YAML, short."""
    if isinstance(value, (dict, list)):
        return "…"
    return {"True": "true", "False": "false", "None": "null"}.get(str(value), str(value))


NUMBER = r"[+-]?\d[\d  \u202f_]*(?:[.,]\d+)?"


def number(text: str) -> float:
    """A number as people write it in YAML: spaces between thousands, a comma or a point before decimals."""
    return float(re.sub(r"[\s\u202f_]", "", text).replace(",", "."))


def _sized(value: float) -> float:
    if abs(value) > LARGEST:
        raise fault("too_big", value=f"{value:g}")
    return value


def _number(text: str) -> float:
    return _sized(number(text))


def _rate(value: object) -> float:
    """`45%`, `45 %` or a fraction `0.45` → 0.45. A bare number above 1 is refused: nobody can tell what it means."""
    if isinstance(value, str) and (found := re.fullmatch(rf"({NUMBER})\s*%", value.strip())):
        value = _number(found[1]) / 100
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise fault("not_a_rate", value=_shown(value))
    if not 0 <= value <= 1:
        raise fault("rate_out_of_range", value=_shown(value))
    return float(value)


Day = Annotated[
    date,
    BeforeValidator(_date),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-07-01"]}),
]
Words = Annotated[
    Text,
    BeforeValidator(_text),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}],
            "examples": [{"fr": "Directrice générale", "en": "Managing director"}],
        }
    ),
]
Rate = Annotated[
    float,
    BeforeValidator(_rate),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^\d+([.,]\d+)?\s*%$"},
                {"type": "number", "minimum": 0, "maximum": 1},
            ],
            "examples": ["45%"],
        }
    ),
]
Language = Annotated[str, Field(pattern=r"^(fr|en)$", examples=["fr"])]
Sized = Annotated[float, AfterValidator(_sized)]
Choice = Field(strict=False)  # an enumeration is written as a word
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", examples=["MAD"])]
Internal = Annotated[bool, Field(description="Only the agency may see it: it is on no page and in no download.")]


# ---------------------------------------------------------------- targets


class TargetForm(StrEnum):
    """How a target is told (METHODS §2.2)."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    MULTIPLIER = "multiplier"
    POINTS = "points"
    AT_LEAST = "at_least"  # maintain_above
    AT_MOST = "at_most"  # maintain_below
    RANGE = "range"


class Target(Authored):
    """A parsed target. `value` is a fraction for percentages and points; `upper` is set for a range only."""

    form: TargetForm
    value: float
    upper: float | None = None
    percent: bool = False  # written with %, so it can only be the target of a rate, unless it is relative
    text: str


_TARGETS: tuple[tuple[TargetForm, str], ...] = (
    (TargetForm.RELATIVE, r"([+-]\s*\d[\d\s\u202f]*(?:[.,]\d+)?)\s*(%)"),
    (TargetForm.POINTS, r"([+-]\s*\d+(?:[.,]\d+)?)\s*(?:points?|pts?|pp)()"),
    (TargetForm.MULTIPLIER, r"[x×]\s*(\d+(?:[.,]\d+)?)()"),
    (TargetForm.AT_LEAST, rf">=?\s*({NUMBER})\s*(%?)"),
    (TargetForm.AT_MOST, rf"<=?\s*({NUMBER})\s*(%?)"),
    (TargetForm.ABSOLUTE, r"(\d[\d\s\u202f_]*(?:[.,]\d+)?)\s*(%?)"),
)


def _target(value: object) -> object:
    if isinstance(value, Target):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise fault("not_a_target", value=_shown(value))
    if not isinstance(value, str):
        return Target(form=TargetForm.ABSOLUTE, value=_sized(float(value)), text=str(value))
    text = value.strip()
    if found := re.fullmatch(rf"({NUMBER})\s*(%?)\s*\.\.\s*({NUMBER})\s*(%?)", text):
        percent = bool(found[2] or found[4])
        low, high = (_number(found[i]) / (100 if percent else 1) for i in (1, 3))
        if low >= high:
            raise fault("range_reversed", value=text)
        return Target(form=TargetForm.RANGE, value=low, upper=high, percent=percent, text=text)
    for form, pattern in _TARGETS:
        if found := re.fullmatch(pattern, text):
            scale = 100 if found[2] or form is TargetForm.POINTS else 1
            return Target(form=form, value=_number(found[1]) / scale, percent=bool(found[2]), text=text)
    raise fault("not_a_target", value=text)


TargetField = Annotated[
    Target,
    BeforeValidator(_target),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "number"}], "examples": ["+50%"]}),
]


# ---------------------------------------------------------------- costs


class Per(StrEnum):
    """What an amount is for."""

    MONTH = "month"
    YEAR = "year"
    ONCE = "once"


class Cost(Authored):
    """One line of costs: an `amount` for each `per`, or `unknown` when nobody knows it.

    In short: `15000/month`, `90 EUR/month`, `40 h x 120/month` (hours times a loaded rate), `unknown`.

    `amount: 0` asks for a `note`: a cost of nothing is a statement, an absent one is not (METHODS §4.3).
    """

    amount: Sized | None = Field(default=None, ge=0, description="Amount for each `per`.", examples=[15000])
    per: Annotated[Per, Choice] = Field(default=Per.MONTH, description="What the amount is for.")
    on: Day | None = Field(default=None, description="The day of a cost paid once.")
    life: int | None = Field(
        default=None,
        ge=1,
        le=240,
        description="Months over which a cost paid once is spread, evenly, from its day on.",
        examples=[36],
    )
    start: Day | None = Field(default=None, description="First day that the line holds for.")
    end: Day | None = Field(default=None, description="Last day that the line holds for.")
    currency: Currency | None = Field(default=None, description="When it is not the client's.")
    hours: float | None = Field(
        default=None, description="Hours for each `per`, when the amount is hours times a loaded rate.", examples=[40]
    )
    note: Words | None = Field(
        default=None,
        description="What it pays for; required when the amount is 0.",
        examples=["Included in the subscription"],
    )
    unknown: bool = Field(default=False, description="This cost exists and nobody knows it. In short: `unknown`.")
    internal: bool = Field(
        default=False, description="Only the agency may see it: the pages add it to `other costs`, without its name."
    )


_AMOUNT = rf"({NUMBER})\s*(?:([KM])?(DH|FCFA|[A-Z]{{3}}|€|\$))?"
_PER = r"(?:\s*/\s*(month|year|mois|an))?"
_PERS = {"month": Per.MONTH, "mois": Per.MONTH, "year": Per.YEAR, "an": Per.YEAR}
SYMBOLS = {"DH": "MAD", "FCFA": "XAF", "€": "EUR", "$": None}


def _currency(symbol: str | None) -> str | None:
    return SYMBOLS.get(symbol, symbol) if symbol else None


def _cost(value: object) -> object:
    if isinstance(value, (Cost, dict)):
        return value
    if value == "unknown":
        return Cost(unknown=True)
    if value == 0 and not isinstance(value, bool):
        raise fault("zero_without_note")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        raise fault("amount_without_period", value=_shown(value))
    if not isinstance(value, str):
        raise fault("not_a_cost", value=_shown(value))
    return _parsed_cost(value.strip())


def _parsed_cost(text: str) -> Cost:
    if found := re.fullmatch(rf"({NUMBER})\s*h\s*[x×]\s*{_AMOUNT}{_PER}", text):
        hours, rate = _number(found[1]), _number(found[2]) * _thousands(found[3])
        if not found[5]:
            raise fault("amount_without_period", value=text)
        return Cost(amount=_sized(hours * rate), hours=hours, per=_PERS[found[5]], currency=_currency(found[4]))
    if found := re.fullmatch(rf"{_AMOUNT}{_PER}", text):
        if not found[4]:
            raise fault("amount_without_period", value=text)
        if _number(found[1]) == 0:
            raise fault("zero_without_note")
        amount = _sized(_number(found[1]) * _thousands(found[2]))
        return Cost(amount=amount, per=_PERS[found[4]], currency=_currency(found[3]))
    raise fault("not_a_cost", value=text)


def _thousands(prefix: str | None) -> float:
    return {"K": 1e3, "M": 1e6}.get(prefix or "", 1.0)


def _costed(cost: Cost) -> Cost:
    if cost.unknown == (cost.amount is not None):
        raise fault("cost_without_amount")
    if cost.amount == 0 and cost.note is None:
        raise fault("zero_without_note")
    if cost.per is Per.ONCE and cost.on is None:
        raise fault("once_without_day")
    if cost.life is not None and cost.per is not Per.ONCE:
        raise fault("life_of_repeated_cost")
    return cost


CostField = Annotated[
    Cost,
    BeforeValidator(_cost),
    AfterValidator(_costed),
]


def _items(value: object) -> object:
    """One cost, or a list of them: a fee that rose in April, two subscriptions."""
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


CostItems = Annotated[tuple[CostField, ...], Field(strict=False, min_length=1), BeforeValidator(_items)]

COST_LINES = ("media", "agency", "production", "tools", "staff", "training")


class Costs(Authored):
    """The six lines of a complete cost (METHODS §4.3). `media` is read from the exports when it is not written here.

    A line is one cost or a list of costs; one of them unknown makes the line partly unknown.
    """

    media: CostItems | None = Field(
        default=None, description="Media spend, when no export tells it.", examples=["8000/month"]
    )
    agency: CostItems | None = Field(
        default=None, description="Fees of the agency: `15000/month`.", examples=["15000/month"]
    )
    production: CostItems | None = Field(default=None, description="Creation and production.", examples=["24000/year"])
    tools: CostItems | None = Field(default=None, description="Subscriptions and tools.", examples=["90 EUR/month"])
    staff: CostItems | None = Field(
        default=None,
        description="Own people: `40 h x 120/month`, hours times a loaded rate.",
        examples=["40 h x 120/month"],
    )
    training: CostItems | None = Field(default=None, description="Training.", examples=["unknown"])


class Margin(Authored):
    """Gross margin rate, excluding VAT, after returns. In short: `45%`."""

    rate: Rate = Field(description="A percentage, or a fraction between 0 and 1.")
    low: Rate | None = Field(default=None, description="The lowest that is plausible, for the low scenario.")
    high: Rate | None = Field(default=None, description="The highest that is plausible, for the high scenario.")
    source: Words | None = Field(default=None, description="Where the rate comes from.", examples=["Accounts of 2025"])
    date: Day | None = Field(default=None, description="When it was computed.")
    internal: bool = Field(
        default=False, description="The pages tell the return, but neither the rate nor what would give it away."
    )


class Incrementality(Authored):
    """The share of attributed sales that would not have happened otherwise. In short: `60%`."""

    rate: Rate = Field(description="A percentage, or a fraction between 0 and 1.")
    low: Rate | None = Field(default=None, description="The lowest that is plausible; 40 % when left out.")
    high: Rate | None = Field(default=None, description="The highest that is plausible; 80 % when left out.")
    method: Literal["test", "before_after", "estimate"] = Field(
        default="estimate",
        description="How it is known, best first: a test with a control group, before against after, an estimate.",
    )
    source: Words | None = Field(
        default=None, description="The test or the study that tells it.", examples=["Test by cities, April 2026"]
    )
    date: Day | None = Field(default=None, description="When it was measured.")
    internal: bool = Field(
        default=False, description="The pages tell the return, but neither the share nor what would give it away."
    )


class Customer(Authored):
    """What a customer buys after the first order: with the margin, what he is worth beside what he cost."""

    orders_per_year: float = Field(gt=0, le=366, description="How often he orders in a year.", examples=[3])
    months: int = Field(
        ge=1,
        le=24,
        description="How long he stays. Two years at most: what comes later is uncertain, and worth less today.",
        examples=[24],
    )
    service_cost: float = Field(
        default=0, ge=0, le=LARGEST, description="What serving him costs in that time, in the report currency."
    )
    source: Words | None = Field(default=None, description="Who counted it.", examples=["Orders of 2024 and 2025"])
    date: Day | None = Field(default=None, description="When it was counted.")
    internal: Internal = False


def _rated(value: object) -> object:
    return {"rate": value} if isinstance(value, (str, int, float)) and not isinstance(value, bool) else value


Told = TypeVar("Told", Margin, Incrementality)


def _ordered(told: Told) -> Told:
    """low ≤ rate ≤ high, where they are told."""
    if not (told.low or 0.0) <= told.rate <= (1.0 if told.high is None else told.high):
        raise fault("range_around_rate")
    return told


MarginField = Annotated[Margin, BeforeValidator(_rated), AfterValidator(_ordered)]
IncrementalityField = Annotated[Incrementality, BeforeValidator(_rated), AfterValidator(_ordered)]


# ---------------------------------------------------------------- gains and budgets


class FormerMedium(Authored):
    """What the former medium cost and brought, over one period."""

    cost: Sized = Field(ge=0, description="What it cost over the period.", examples=[18000000])
    currency: Currency | None = Field(default=None, description="When it is not the client's.")
    effect: Sized | None = Field(
        default=None, gt=0, description="What it brought over the period, in the unit of `effect`.", examples=[4200]
    )
    start: Day = Field(description="First day of the period.")
    end: Day = Field(description="Last day of the period.")
    source: Words | None = Field(default=None, description="Which document says so.", examples=["Invoices of 2024"])


class NewMix(Authored):
    """What replaced it: by default the media spend and a metric of the files."""

    cost: CostField | None = Field(
        default=None,
        description="What it costs; the media line when left out. Either is already among the costs.",
        examples=["900000/month"],
    )
    metric: str | None = Field(default=None, description="The metric that tells its effect.", examples=["leads"])
    channels: Annotated[tuple[str, ...], Field(strict=False)] = Field(
        default=(), description="Only these channels count; all when left out."
    )
    effect: Sized | None = Field(
        default=None, gt=0, description="Its effect over the returns' period, when no file tells it.", examples=[4200]
    )


class CommunicationGain(Authored):
    """A dearer medium that social media replaced, compared at equal effect (METHODS §4.2)."""

    medium: Words = Field(description="What was replaced.", examples=[{"fr": "La presse", "en": "The press"}])
    effect: Literal["leads", "qualified_visits", "contacts", "reach", "circulation"] = Field(
        description="What both sides brought, counted the same way; reach and circulation cannot be compared."
    )
    before: FormerMedium = Field(description="The former medium.")
    now: NewMix = Field(default=NewMix(), description="What replaced it.")
    reused: bool = Field(
        default=False, description="Is the money spent elsewhere? Then it is a reallocation and no gain in cash."
    )
    internal: Internal = False


class ServiceChannel(Authored):
    """What one contact by this channel costs: minutes × hourly cost ÷ (60 × concurrency) + tools."""

    minutes: float | None = Field(
        default=None,
        gt=0,
        le=1440,
        description="Handling minutes of one contact; `handling_minutes` of the files when left out.",
        examples=[9],
    )
    concurrency: float = Field(
        default=1.0, ge=1, le=20, description="Conversations that one person holds at once.", examples=[3]
    )
    tools: Sized = Field(default=0.0, ge=0, description="Tools for each contact, in the client's currency.")


class Window(Authored):
    """A period of reference."""

    start: Day = Field(description="First day.")
    end: Day = Field(description="Last day.")


class Cancelled(Authored):
    """What was really cancelled thanks to a cheaper service: only then is the freed time worth cash."""

    kind: Literal["hire", "overtime", "outsourcing"] = Field(description="What was cancelled.")
    amount: CostField = Field(description="What it would have cost.", examples=["280000/month"])
    budgeted: bool = Field(default=False, description="Was it in the budget? A hire counts only if it was.")
    evidence: Words | None = Field(default=None, description="What shows it.", examples=["Budget of 2026, line 14"])


class ServiceGain(Authored):
    """A customer service that costs less (METHODS §4.2): the same contacts, by cheaper channels."""

    before: Window = Field(description="The period of reference; the files hold its contacts.")
    hourly_cost: Sized = Field(gt=0, description="Loaded cost of an hour of the service's staff.", examples=[2400])
    channels: dict[str, ServiceChannel] = Field(
        default_factory=dict,
        description="Channel: what a contact needs.",
        examples=[{"phone": {"minutes": 9}, "whatsapp": {"minutes": 6, "concurrency": 3}}],
    )
    cancelled: Cancelled | None = Field(default=None, description="A hire, overtime or outsourcing really cancelled.")
    in_costs: bool = Field(
        default=False,
        description="Is the service's present cost among the costs already? Then it is not charged twice.",
    )
    internal: Internal = False


class Gains(Authored):
    """The gains beside sales: a cheaper communication at equal effect, a cheaper customer service."""

    communication: CommunicationGain | None = Field(default=None, description="A dearer medium that was replaced.")
    service: ServiceGain | None = Field(default=None, description="A customer service that costs less.")


class Budget(Authored):
    """What is planned for one channel from one day to another: `30000/month`, `360000/year`."""

    channel: str = Field(description="The channel.", examples=["google_ads"])
    amount: CostField = Field(description="What is planned.", examples=["30000/month"])
    start: Day = Field(description="First day of the plan.")
    end: Day = Field(description="Last day of the plan.")
    internal: Internal = False


# ---------------------------------------------------------------- objectives


class Basis(StrEnum):
    """What is compared with the target: the total since the start, or the value of the last window (METHODS §2.1)."""

    CUMULATIVE = "cumulative"
    RATE = "rate"


class Pacing(StrEnum):
    """How much is expected by now (METHODS §2.3)."""

    LINEAR = "linear"
    SEASONAL = "seasonal"
    MILESTONES = "milestones"


class BasisKind(StrEnum):
    """On what a target was set."""

    HISTORY = "history"
    BENCHMARK = "benchmark"
    CAPACITY = "capacity"
    MODEL = "model"


class TargetBasis(Authored):
    """Why the target is what it is."""

    kind: Annotated[BasisKind, Choice] = Field(description="What the target was set on.")
    note: Words | None = Field(
        default=None, description="The reasoning, in a sentence.", examples=["Growth of 2025 continued"]
    )


class DeclaredBaseline(Authored):
    """A starting value that somebody states. In short: `2.0%` for a rate, else a number in the KPI's unit."""

    value: Sized = Field(description="A fraction for a rate, else a number in the KPI's unit.", examples=[0.02])
    source: Words | None = Field(
        default=None, description="Who says so, or which report.", examples=["Shop report of June 2026"]
    )


def _baseline(value: object) -> object:
    if isinstance(value, str) and (found := re.fullmatch(rf"({NUMBER})\s*(%?)", value.strip())):
        return {"value": _number(found[1]) / (100 if found[2] else 1)}
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return {"value": float(value)}
    return value


class Milestone(Authored):
    """By this day, this share of the way."""

    on: Day = Field(description="The day.")
    share: Rate = Field(description="Share of the way from the baseline to the target that is done by then.")


class Objective(Authored):
    """A SMART objective: one KPI, a target, a start and a deadline."""

    id: str | None = Field(
        default=None,
        pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$",
        description="Defaults to the KPI's id.",
        examples=["orders_2026"],
    )
    kpi: str = Field(description="A metric of the catalogue.", examples=["conversion_rate"])
    title: Words | None = Field(
        default=None,
        description="What the pages call it; the KPI's name when left out.",
        examples=[{"fr": "Convertir davantage de visites", "en": "Convert more visits"}],
    )
    target: TargetField = Field(
        description='`+50%`, `x3`, `+1.5 points`, `3%`, `3000`, `">= 90%"` (in quotes), `<= 4`, `2%..3%`.'
    )
    start: Day = Field(description="First day that counts.")
    deadline: Day = Field(description="Last day that counts.", examples=["2026-12-31"])
    direction: Annotated[Direction | None, Choice] = Field(
        default=None, description="Which way is good, when the KPI's own way does not hold."
    )
    basis: Annotated[Basis | None, Choice] = Field(
        default=None, description="`cumulative`: total since the start. `rate`: value of the last window."
    )
    baseline: Annotated[DeclaredBaseline | None, BeforeValidator(_baseline)] = Field(
        default=None,
        description="A declared starting value; otherwise it is computed and frozen by `sitegen baseline`.",
        examples=["2.0%"],
    )
    pacing: Annotated[Pacing, Choice] = Field(
        default=Pacing.LINEAR,
        description="How much is expected by now: evenly, like last year's season, or by `milestones`.",
    )
    milestones: Annotated[tuple[Milestone, ...], Field(strict=False)] = Field(
        default=(), description="The steps of `pacing: milestones`, in order."
    )
    eval_window: int = Field(default=28, ge=1, le=366, description="Days of the window on which a rate goal is read.")
    channels: Annotated[tuple[str, ...], Field(strict=False)] = Field(
        default=(), description="Only these channels count; all when left out.", examples=[["instagram", "facebook"]]
    )
    owner: Words | None = Field(default=None, description="Who answers for it.")
    lever: Words | None = Field(
        default=None, description="What will be done to reach it.", examples=["Checkout in three steps, size guide"]
    )
    goal: str | None = Field(default=None, description="Id of the business goal it serves.", examples=["online_sales"])
    business_link: Words | None = Field(
        default=None,
        description="Why a vanity metric matters here.",
        examples=["Followers of the club buy twice as often"],
    )
    target_basis: TargetBasis | None = Field(default=None, description="On what the target was set.")
    internal: Internal = False


class Goal(Authored):
    """A business goal that objectives serve."""

    id: str = Field(
        pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$",
        description="The name that its objectives give as `goal`.",
        examples=["online_sales"],
    )
    title: Words = Field(
        description="What the pages call it.", examples=[{"fr": "Vendre davantage en ligne", "en": "Sell more online"}]
    )
    category: Annotated[GoalCategory, Choice] = Field(description="The family it belongs to.")
    priority: int = Field(default=1, ge=1, le=5, description="1 is the most important.")
    internal: Internal = False


# ---------------------------------------------------------------- sources, events, answers


class Source(Authored):
    """A file of an export and what its columns are. A platform's export tells most of it itself."""

    file: str = Field(
        description="Path below the client's folder, or below its `exports/` or `metrics/`.",
        examples=["exports/google_ads.csv"],
    )
    channel: str | None = Field(default=None, description="The channel of every row.", examples=["google_ads"])
    channel_column: str | None = Field(
        default=None, description="The column that names the channel of each row.", examples=["Source / medium"]
    )
    platform: str | None = Field(
        default=None,
        description="Whose export it is, when its content fits several platforms.",
        examples=["google_ads", "meta_ads"],
    )
    period: str | None = Field(
        default=None,
        description="The days that it is about, when it does not tell: `first..last`, or a month.",
        examples=["2026-06-01..2026-06-25", "2026-06"],
        pattern=r"^\d{4}-\d{2}(-\d{2}\.\.\d{4}-\d{2}-\d{2})?$",
    )
    date: str = Field(default="date", description="The header of the date column.", examples=["Day"])
    date_format: str | None = Field(
        default=None, description="For example `%d/%m/%Y`, when the dates are ambiguous.", examples=["%d/%m/%Y"]
    )
    columns: dict[str, str] = Field(
        default_factory=dict,
        description="Metric: header of its column.",
        examples=[{"spend": "Cost", "clicks": "Clicks"}],
    )
    locale: Literal["fr", "en"] | None = Field(
        default=None, description="How its numbers are written, when the cells do not tell."
    )
    skip: int = Field(default=0, ge=0, le=1000, description="Lines before the header.", examples=[2])
    encoding: str | None = Field(
        default=None, description="How its letters are written, when the content does not tell.", examples=["cp1252"]
    )
    delimiter: Literal[",", ";", "\t", "|"] | None = Field(
        default=None, description="What stands between two cells, when the content does not tell."
    )
    currency: Currency | None = Field(default=None, description="Of its money columns, when it is not the client's.")
    currency_column: str | None = Field(
        default=None, description="The column that holds the currency code.", examples=["Currency code"]
    )
    gaps: Literal["zero", "unknown"] = Field(default="unknown", description="What a missing day means in this export.")
    grain: Literal["day", "week", "month"] | None = Field(
        default=None,
        description="What a row is about: the day, week or month that begins on its date; seen from the dates.",
    )
    tax: Literal["excluded", "included"] | None = Field(
        default=None, description="Do its sales include VAT? The client's `tax` when left out."
    )
    exported: Day | None = Field(
        default=None,
        description="The day on which the file was exported: where two files differ, the newest counts.",
        examples=["2026-11-02"],
    )


class Definition(Authored):
    """A metric that means something else from a day on: growth, forecasts and crossings do not span it."""

    metric: str = Field(description="The metric, by its id.", examples=["conversions"])
    date: Day = Field(description="The first day of the new meaning.", examples=["2026-03-01"])
    old: Words = Field(description="What it meant before.", examples=["Forms sent"])
    new: Words = Field(description="What it means since.", examples=["Forms sent and calls"])
    channels: Annotated[tuple[str, ...], Field(strict=False)] = Field(
        default=(), description="Only on these channels; on all when left out.", examples=[["website"]]
    )


class Event(Authored):
    """Something that explains a curve: Ramadan, a sale, a redesign, a tracking break."""

    label: Words = Field(description="What the charts call it.", examples=["Ramadan"])
    start: Day = Field(description="First day.")
    end: Day | None = Field(default=None, description="Last day; the first one when left out.")
    kind: Literal["religious", "sale", "campaign", "site", "tracking", "other"] = Field(
        default="other", description="What sort of event it is."
    )
    internal: Internal = False


Said = Literal["yes", "partly", "no", "unknown"]


class Answer(Authored):
    """What somebody answered, since when, and what shows it. In short: `yes`, `partly`, `no`, `unknown`.

    `{not_applicable: Never advertised in print}` leaves the question out, and says why.
    """

    answer: Said = Field(default="unknown", description="The answer.", examples=["yes"])
    date: Day | None = Field(default=None, description="Since when it is so, or when it was last done.")
    evidence: Words | None = Field(
        default=None, description="What shows it, as the pages tell it.", examples=["Attendance list of 12 March"]
    )
    note: Words | None = Field(default=None, description="A remark: on no page.", examples=["Ask again"])
    not_applicable: Words | None = Field(
        default=None, description="Why the question does not apply here.", examples=["Never advertised in print"]
    )

    @property
    def said(self) -> str:
        """The answer, or `not_applicable`."""
        return "not_applicable" if self.not_applicable else self.answer


def _answer(value: object) -> object:
    return {"answer": value} if isinstance(value, (str, int, float)) else value


def _exempted(answer: Answer) -> Answer:
    if answer.not_applicable and answer.answer != "unknown":
        raise fault("answer_and_not_applicable")
    return answer


AnswerField = Annotated[Answer, BeforeValidator(_answer), AfterValidator(_exempted)]


def _question(description: str) -> Any:
    """A question that nobody has answered yet."""
    return Field(default=Answer(), description=description)


class Answers(Authored):
    """What only people can tell. A question left out is unknown, never a pass."""

    analytics: AnswerField = Field(
        default=Answer(), description="Is a measurement tool in place on the site?", examples=["yes"]
    )
    crm: AnswerField = Field(
        default=Answer(),
        description="Is a CRM in place and used? `date`: since when; since `strategy_start` counts fully.",
        examples=[{"answer": "yes", "date": "2025-09-01"}],
    )
    digital_lead: AnswerField = Field(
        default=Answer(), description="Is somebody in charge of digital, half-time at least?", examples=["yes"]
    )
    training: AnswerField = Field(
        default=Answer(),
        description="Was there training in the last twelve months? `date`: the last session.",
        examples=[{"answer": "yes", "date": "2026-03-12"}],
    )
    process_change: AnswerField = Field(
        default=Answer(),
        description="Did a way of working change thanks to digital? `date`: when.",
        examples=[{"answer": "yes", "date": "2026-02-01"}],
    )
    decision_log: AnswerField = Field(
        default=Answer(),
        description="Are decisions taken on the figures written down: monthly `yes`, less often `partly`? "
        "`date`: the last one.",
        examples=[{"answer": "yes", "date": "2026-10-20"}],
    )
    kpi_definitions: AnswerField = Field(
        default=Answer(), description="Are KPIs defined, when no objective tells them?", examples=["partly"]
    )
    cost_tracking: AnswerField = Field(
        default=Answer(), description="Is what digital costs written down, when no cost tells it?", examples=["no"]
    )
    margin_known: AnswerField = Field(
        default=Answer(), description="Is the gross margin known, when `margin` does not tell it?", examples=["no"]
    )
    digital_sales: AnswerField = Field(
        default=Answer(), description="Do sales come by a digital channel, when no export tells them?", examples=["yes"]
    )
    press_reference: AnswerField = Field(
        default=Answer(),
        description="Is the former press budget known: with its effect `yes`, alone `partly`?",
        examples=[{"not_applicable": "Never advertised in print"}],
    )
    service_contacts: AnswerField = Field(
        default=Answer(),
        description="Are the contacts of customer service counted by channel?",
        examples=[{"not_applicable": "No customer service"}],
    )
    # the five tips
    social_role: AnswerField = _question("Is the role of social media settled, when `role_of_social` does not tell it?")
    role_agreed: AnswerField = _question("Was that role agreed with management? `date`: when, `evidence`: with whom.")
    dropped_metrics: AnswerField = _question("Is a list kept of the metrics that were dropped, with their dates?")
    # from goals to KPIs
    business_goals: AnswerField = _question("Are the business goals written, when `goals` does not tell them?")
    paid_owned: AnswerField = _question("Does each paid and owned channel serve an objective, when none can be read?")
    audit_analytics: AnswerField = _question("Was the measurement audited? `date`: the last time.")
    audit_social: AnswerField = _question("Were the social accounts audited? `date`: the last time.")
    audit_ux: AnswerField = _question("Was the site tried for ease of use? `date`: the last time.")
    audit_seo: AnswerField = _question("Was the site audited for search engines? `date`: the last time.")
    maturity_assessed: AnswerField = _question("Was the maturity assessed with a known method? `date`: when.")
    tools_plan: AnswerField = _question("Does a plan tell how to use the present tools better, with who and when?")
    # the social audit: strategy
    target_audience: AnswerField = _question("Is it written whom the strategy is for?")
    platform_reasons: AnswerField = _question("Is the reason for each platform written, from the people it is for?")
    editorial_line: AnswerField = _question("Is there an editorial line: written `yes`, by word of mouth `partly`?")
    content_calendar: AnswerField = _question("Is there a calendar of posts, and is it kept?")
    audit_scope: AnswerField = _question("Does the audit look at both the inside and the outside?")
    provider_choice: AnswerField = _question("Is the choice between in-house and a provider written with its reasons?")
    advice_followed: AnswerField = _question(
        "Were the expert's recommendations followed: seven in ten `yes`, four in ten `partly`?"
    )
    gap_causes: AnswerField = _question("Does each objective that is late have a dated cause?")
    # the social audit: replies
    inbox_tracking: AnswerField = _question("Are messages received and answered counted, when no file tells them?")
    responder: AnswerField = _question("Who replies: somebody with the time `yes`, among other tasks `partly`?")
    responder_informed: AnswerField = _question("Do those who reply know stocks, operations and the arguments?")
    peak_plan: AnswerField = _question("Is a plan written for peaks of messages, such as a promotion?")
    negative_protocol: AnswerField = _question("Is it written what to do with negative comments, and who decides?")
    reply_guide: AnswerField = _question("Is there a guide of replies by kind of person?")
    # the social audit: content
    content_questions: AnswerField = _question("Do half of the posts answer a question that customers ask?")
    content_mix: AnswerField = _question("Are seven posts in ten about what the client offers?")
    keywords: AnswerField = _question("Is there a list of words to be known for, and do half of the posts use one?")
    visual_charter: AnswerField = _question("Is there a visual charter, and do nine posts in ten keep to it?")
    brand_identity: AnswerField = _question("Do the accounts speak for the brand, and not for a person?")
    # the four audits
    consent: AnswerField = _question("Does the site ask for consent before it measures a visit?")
    event_tracking: AnswerField = _question("Are purchases, forms, calls and WhatsApp clicks recorded as events?")
    campaign_tags: AnswerField = _question("Do the links of each campaign carry tags (UTM), always written alike?")
    figures_reconciled: AnswerField = _question("Are the orders of the site compared with those of the shop?")
    account_ownership: AnswerField = _question("Do the accounts belong to the client, with two people who have access?")
    profiles_complete: AnswerField = _question("Are the profiles complete: description, link, opening hours, contact?")
    checkout_tested: AnswerField = _question(
        "Was an order placed from end to end on a phone this quarter? `date`: when."
    )
    forms_tested: AnswerField = _question("Are forms short, tried on a phone, and do they explain an error?")
    user_tests: AnswerField = _question("Did people from outside try the site? `date`: the last time.")
    non_brand_search: AnswerField = _question("Are clicks from searches without the brand's name told apart?")
    local_listing: AnswerField = _question("Is the local listing complete and kept up, when no file tells it?")
    search_console: AnswerField = _question("Is a search console in use, when no file tells it?")
    own: dict[str, AnswerField] = Field(
        default_factory=dict,
        description="Answers to the agency's own checks, by their id.",
        examples=[{"stock_feed": "yes"}],
    )


ANSWERS = tuple(name for name in Answers.model_fields if name != "own")


# ---------------------------------------------------------------- the rubric, as the agency or a client sets it


class OwnCheck(Authored):
    """A question that the agency adds; it is shown as its own, and counts in no section of the method."""

    id: str = Field(
        pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$",
        description="The name under which `answers.own` answers it.",
        examples=["stock_feed"],
    )
    question: Words = Field(
        description="What is asked.", examples=[{"fr": "Le stock est-il à jour ?", "en": "Is the stock up to date?"}]
    )
    advice: Words = Field(
        description="What to do when it is not so.", examples=[{"fr": "Relier le stock", "en": "Connect the stock"}]
    )
    weight: float = Field(default=2.0, gt=0, le=5, description="1 minor, 2 normal, 3 decisive.")
    topic: str | None = Field(
        default=None, description="The topic of the article that explains it.", examples=["digital-sales-channel"]
    )


class Rubric(Authored):
    """Which checks are asked, and how they weigh. What a client says wins over what the agency says."""

    pack: Literal["essential", "complete"] | None = Field(
        default=None,
        description="`essential` (when left out): the three signs and what every audit needs; `complete`: all checks.",
    )
    off: dict[str, Words] = Field(
        default_factory=dict,
        description="Check: why it is not asked; the pages tell it as the agency's choice.",
        examples=[{"S2.07": {"fr": "Hors de la mission", "en": "Not part of the assignment"}}],
    )
    weights: dict[str, Annotated[float, Field(gt=0, le=5)]] = Field(
        default_factory=dict,
        description="Check: its weight, when it is not the method's; the pages tell it.",
        examples=[{"S1.08": 3}],
    )
    own: Annotated[tuple[OwnCheck, ...], Field(strict=False)] = Field(
        default=(), description="Checks of the agency's own."
    )


# ---------------------------------------------------------------- what a client is compared with


def _level(value: object) -> object:
    """`2.4%` → 0.024; numbers stay as they are."""
    if isinstance(value, str) and (found := re.fullmatch(rf"({NUMBER})\s*(%?)", value.strip())):
        return _number(found[1]) / (100 if found[2] else 1)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


LevelField = Annotated[
    Sized,
    BeforeValidator(_level),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string", "pattern": r"^[+-]?\d+([.]\d+)?\s*%?$"}, {"type": "number"}],
            "examples": ["2.4%"],
        }
    ),
]
Redistribution = Literal["yes", "cite", "no"]
Stat = Literal["median", "mean", "p25", "p75", "level", "share"]


class Benchmark(Authored):
    """A published figure that a client may be compared with (METHODS §6).

    It is compared only with a metric of the same `definition_id`: those of our own metrics are their ids.
    """

    metric: str = Field(description="The metric that it is about.", examples=["engagement_rate_impressions"])
    definition_id: str = Field(
        pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$",
        description="How the source defines it: our metric's id when it is exactly that, else a name of its own.",
        examples=["engagement_rate_impressions"],
    )
    definition: Words | None = Field(
        default=None,
        description="The source's definition in a few words, when it is not ours.",
        examples=[{"fr": "interactions par publication ÷ abonnés", "en": "interactions per post ÷ followers"}],
    )
    channel: str | None = Field(
        default=None, description="Only this channel; all when left out.", examples=["instagram"]
    )
    industry: Words | None = Field(default=None, description="Of which businesses.", examples=["Sports shops"])
    region: Words | None = Field(default=None, description="From where.", examples=["France"])
    stat: Stat = Field(
        examples=["median"],
        description="What it is of those businesses: the median, the mean, a quarter below (`p25`) or above (`p75`); "
        "`level` is a threshold that somebody sets, `share` the part of them in one class.",
    )
    value: LevelField = Field(description="A percentage or a fraction for a rate, else a number.", examples=["2.4%"])
    unit: Literal["count", "money", "rate", "ratio", "minutes", "milliseconds"] | None = Field(
        default=None, description="Its unit, when it shall be checked against the metric's."
    )
    currency: Currency | None = Field(default=None, description="Of an amount.", examples=["EUR"])
    band: str | None = Field(
        default=None,
        pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$",
        description="The class that a `share` is of.",
        examples=["high"],
    )
    period: Window | None = Field(default=None, description="The days that it was measured on.")
    published: Day | None = Field(default=None, description="When it was published: its age is told from then on.")
    source: Words = Field(description="Who says so, and where.", examples=["Survey of the sports trade 2026"])
    url: str | None = Field(
        default=None,
        pattern=r"^https://",
        description="Where it can be read.",
        examples=["https://example.org/survey-2026"],
    )
    licence: Words = Field(description="On what terms it may be used.", examples=["CC BY 4.0"])
    redistribute: Redistribution = Field(
        default="no",
        description="`yes`: on pages and in downloads. `cite`: on pages, with its source. `no`: nowhere, for the "
        "agency's own eyes.",
    )
    retrieved: Day | None = Field(default=None, description="When it was looked up.")
    note: Words | None = Field(
        default=None, description="What to know before comparing.", examples=["Large shops only"]
    )


class Competitor(Authored):
    """A competitor; its figures are the rows with its name in a table of `metrics/` with a column `competitor`."""

    name: str = Field(
        min_length=1,
        max_length=80,
        description="As the column `competitor` and the pages write it.",
        examples=["Rival"],
    )
    note: Words | None = Field(
        default=None, description="Why it is compared with.", examples=["Same prices, same cities"]
    )
    internal: Internal = False


class DroppedMetric(Authored):
    """A metric that the client no longer follows, and why (tip 3: figures that do not help are dropped)."""

    metric: str = Field(description="The metric, by its id.", examples=["impressions"])
    reason: Words = Field(description="Why.", examples=["No decision ever hung on it"])
    since: Day | None = Field(default=None, description="Since when.")
    internal: Internal = False


class DigitalIntensity(Authored):
    """How many of the twelve technologies of Eurostat's Digital Intensity Index the client uses."""

    count: int = Field(ge=0, le=12, description="How many of the twelve.", examples=[7])
    year: int = Field(
        ge=2015, le=2100, description="The year of the index: its twelve technologies change.", examples=[2023]
    )
    date: Day | None = Field(default=None, description="When it was counted.")
    source: Words | None = Field(
        default=None, description="Who counted, and how.", examples=["Interview with the manager"]
    )
    internal: Internal = False


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS = {
    name: at for names in (DAYS, ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")) for at, name in enumerate(names)
}
_SPAN = re.compile(r"([01]?\d|2[0-4])(?:[:h]([0-5]\d)?)?\s*-\s*([01]?\d|2[0-4])(?:[:h]([0-5]\d)?)?")

Spans: TypeAlias = tuple[tuple[int, int], ...]  # minutes of a day, from and until


def _opening(value: object) -> tuple[Spans, ...]:
    """`{mon-fri: 09:00-12:30 14:00-18:00, sat: 09:00-13:00}` → the spans of each day, Monday first."""
    if isinstance(value, tuple):
        return value
    if not isinstance(value, dict) or not value:
        raise fault("not_opening_hours", value=_shown(value))
    week: list[Spans] = [()] * 7
    for days, hours in value.items():
        first, _, last = str(days).strip().lower().partition("-")
        if first not in _DAYS or (last or first) not in _DAYS or _DAYS[first] > _DAYS[last or first]:
            raise fault("not_opening_days", value=str(days))
        spans = _spans(hours)
        for at in range(_DAYS[first], _DAYS[last or first] + 1):
            if week[at]:
                raise fault("opening_twice", value=DAYS[at])
            week[at] = spans
    return tuple(week)


def _spans(hours: object) -> Spans:
    """The spans of one day, in order and apart."""
    text = str(hours).strip()
    found = [_SPAN.fullmatch(part) for part in re.split(r"\s*[,;]\s*|\s+(?=\d+[:h]?\d*\s*-)", text)]
    spans = [(60 * int(each[1]) + int(each[2] or 0), 60 * int(each[3]) + int(each[4] or 0)) for each in found if each]
    ends = [moment for span in spans for moment in span]
    if len(spans) < len(found) or ends != sorted(set(ends)) or ends[-1] > 24 * 60:
        raise fault("not_opening_hours", value=text)
    return tuple(spans)


def _wait(value: object) -> float:
    """`4 h`, `30 min` or `2 h 30` → minutes."""
    text = value.strip() if isinstance(value, str) else ""
    found = re.fullmatch(r"(?:(\d{1,3})\s*h)?\s*(?:(\d{1,4})(?:\s*min)?)?", text)
    if not found or not (found[1] or "min" in text):
        raise fault("not_a_wait", value=_shown(value))
    minutes = 60 * int(found[1] or 0) + int(found[2] or 0)
    if not minutes:
        raise fault("not_a_wait", value=_shown(value))
    return float(minutes)


Opening = Annotated[
    tuple[Spans, ...],
    BeforeValidator(_opening),
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": {"type": "string"},
            "examples": [{"mon-fri": "09:00-12:30, 14:00-18:00", "sat": "09:00-13:00"}],
        }
    ),
]
Wait = Annotated[float, BeforeValidator(_wait), WithJsonSchema({"type": "string", "examples": ["4 h", "30 min"]})]


class Inbox(Authored):
    """How people who write are answered: what `evidence/` alone does not tell."""

    opening_hours: Opening | None = Field(
        default=None,
        description="When somebody answers: waiting counts within these hours only. All hours count when left out.",
    )
    promise: Wait | None = Field(
        default=None, description="The time within which an answer is promised; four hours when left out."
    )
    hours_per_week: float | None = Field(
        default=None, ge=0, le=2000, description="Hours a week that all who answer have for it.", examples=[20]
    )
    handling_minutes: float | None = Field(
        default=None, gt=0, le=600, description="Minutes of work that one conversation takes.", examples=[6]
    )


class Question(Authored):
    """A question that customers ask, which posts may answer. In short: the question itself."""

    id: str | None = Field(
        default=None,
        pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$",
        description="What the file of posts calls it; its number in the list, from 1, when left out.",
        examples=["price"],
    )
    question: Words = Field(description="As customers ask it.", examples=["How much does a kit cost?"])


def _asked(value: object) -> object:
    if isinstance(value, str) or (isinstance(value, dict) and not {"question", "id"} & value.keys()):
        return {"question": value}
    return value


class Content(Authored):
    """What posts should be about: what `evidence/` is compared with."""

    questions: Annotated[
        tuple[Annotated[Question, BeforeValidator(_asked)], ...], Field(strict=False, max_length=200)
    ] = Field(default=(), description="The questions that customers ask about the offer.")
    keywords: Annotated[tuple[str, ...], Field(strict=False, max_length=500)] = Field(
        default=(), description="Words to be known for.", examples=[["kimono", "jiu-jitsu"]]
    )
    off_offer: Annotated[tuple[str, ...], Field(strict=False, max_length=200)] = Field(
        default=(),
        description="Tags of posts that are not about the offer: quotations, jokes and greetings when left out.",
        examples=[["quote", "meme"]],
    )
    posts_per_week: float | None = Field(
        default=None,
        gt=0,
        le=500,
        description="Planned posts, when the file of posts has no planned days.",
        examples=[4],
    )


ActionState = Literal["open", "done", "refused"]
Effort = Literal["day", "week", "month"]


class PlannedAction(Authored):
    """What was decided about a recommendation of the plan, or an action of the agency's own."""

    finding: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9_.-]+$",
        description="The reference of the recommendation, as the plan tells it; none for an action of your own.",
        examples=["check-S1.04"],
    )
    title: Words | None = Field(
        default=None, description="What is to be done, when it is not the recommendation's sentence."
    )
    because: Words | None = Field(default=None, description="Why, for an action of the agency's own.")
    state: ActionState = Field(
        default="open", description="`done` takes a date and its evidence, `refused` a date and the reason."
    )
    date: Day | None = Field(default=None, description="When it was done or refused.")
    evidence: Words | None = Field(default=None, description="What shows that it is done.")
    reason: Words | None = Field(default=None, description="Why it is refused.")
    hypothesis: Words | None = Field(
        default=None,
        description="What is believed, so that the review can tell whether it was so.",
        examples=["A shorter form brings more finished orders"],
    )
    effect: Words | None = Field(default=None, description="What is expected of it.", examples=["20 orders a month"])
    metric: Words | None = Field(
        default=None, description="By what one will see that it worked.", examples=["Conversion rate on phones"]
    )
    owner: Words | None = Field(default=None, description="Who does it.")
    effort: Effort | None = Field(
        default=None, description="`day`: a day of one person; `week`: several days; `month`: weeks, or several people."
    )
    review: Day | None = Field(default=None, description="When it is looked at again.", examples=["2026-12-15"])
    priority: Literal[1, 2, 3] = Field(
        default=2, description="Of an action of the agency's own: 3 decisive, 2 normal, 1 minor."
    )
    internal: Internal = False


class Contact(Authored):
    """Whom to ask about the numbers."""

    name: Words = Field(description="A person or a function.", examples=["E-commerce manager"])
    email: str | None = Field(
        default=None,
        pattern=r"^[^@\s<>]+@[^@\s<>]+\.[a-z]{2,}$",
        description="Shown on the pages.",
        examples=["contact@example.org"],
    )
    internal: Internal = False


class Brand(Authored):
    """The client's own colour and logo on its portal."""

    accent: str | None = Field(
        default=None,
        pattern=r"^#[0-9a-fA-F]{6}$",
        description="Colour of links and of what is active; one that cannot be read is made darker or lighter.",
        examples=["#0b5563"],
    )
    logo: str | None = Field(
        default=None,
        min_length=1,
        description="An SVG or PNG below the client's folder, at most 200 KB.",
        examples=["brand/logo.svg"],
    )


class Client(Authored):
    """`client.yaml`: only `name` and `country` are required; whatever is missing is unknown, and said so."""

    name: str = Field(
        min_length=1,
        max_length=80,
        description="The client's name, as its pages write it.",
        examples=["Atlas Jiu-Jitsu"],
    )
    country: str = Field(
        pattern=r"^[A-Z]{2}$", description="ISO 3166 code: gives currency, time zone, locale.", examples=["MA"]
    )
    languages: Annotated[tuple[Language, ...], Field(strict=False, min_length=1)] | None = Field(
        default=None,
        description="Languages of the portal, the first one leads; the site's when left out.",
        examples=[["fr", "en"]],
    )
    currency: Currency | None = Field(default=None, description="Report currency, when it is not the country's.")
    unit: str | None = Field(
        default=None,
        pattern=r"^[KM](DH|MAD|FCFA|XAF|XOF|EUR|€|CAD|AUD|USD|\$)$",
        description="Display scale: `KDH` shows 120 000 DH as 120 KDH.",
        examples=["KDH"],
    )
    timezone: str | None = Field(
        default=None, description="IANA name, when it is not the country's main zone.", examples=["America/Vancouver"]
    )
    fiscal_year_start: int | None = Field(
        default=None,
        ge=1,
        le=12,
        description="Month in which the fiscal year begins; sales and spend are then told by fiscal year, too.",
        examples=[4],
    )
    access: Literal["private", "public"] = Field(
        default="private",
        description="A private portal is built for preview only, and published sealed once it has keys.",
    )
    status: Literal["draft", "approved"] = Field(
        default="approved", description="A draft is marked as one on every page, and built for preview only."
    )
    fictitious: bool = Field(default=False, description="Every page says that the client is invented.")
    role_of_social: Literal["sales", "leads", "service", "reputation"] | None = Field(
        default=None, description="What social media are for, first of all."
    )
    goals: Annotated[tuple[Goal, ...], Field(strict=False)] = Field(
        default=(), description="The business goals that the objectives serve."
    )
    objectives: Annotated[tuple[Objective, ...], Field(strict=False)] = Field(
        default=(), description="What is to be reached, by when."
    )
    margin: MarginField | None = Field(
        default=None, description="Gross margin excluding VAT, after returns: `45%`.", examples=["45%"]
    )
    incrementality: IncrementalityField | None = Field(
        default=None, description="Share of attributed sales that is really additional.", examples=["60%"]
    )
    customer: Customer | None = Field(
        default=None, description="What a customer buys in the time that he stays: gives his value and his payback."
    )
    tax: Literal["excluded", "included"] | None = Field(
        default=None, description="Do the sales of the files include VAT? Costs and margin never do."
    )
    vat: Rate | None = Field(
        default=None, description="The VAT rate taken out of sales that include it.", examples=["20%"]
    )
    costs: Costs = Field(default=Costs(), description="What the digital effort costs, line by line.")
    gains: Gains = Field(default=Gains(), description="What it earns beside sales.")
    budgets: Annotated[tuple[Budget, ...], Field(strict=False)] = Field(
        default=(), description="What is planned to be spent, by channel."
    )
    answers: Answers = Field(default=Answers(), description="What only people can tell.")
    rubric: Rubric = Field(default=Rubric(), description="Which checks are asked, where it differs from `config.yaml`.")
    inbox: Inbox = Field(default=Inbox(), description="How people who write are answered.")
    content: Content = Field(default=Content(), description="What posts should be about.")
    actions: Annotated[tuple[PlannedAction, ...], Field(strict=False)] = Field(
        default=(), description="What was decided about the plan: who does what by when, what is done, what is refused."
    )
    strategy_start: Day | None = Field(
        default=None, description="When the digital strategy began: changes count since then.", examples=["2025-01-01"]
    )
    active_channels: Annotated[tuple[str, ...], Field(strict=False)] = Field(
        default=(), description="Every channel in use, measured or not.", examples=[["instagram", "google_ads"]]
    )
    sources: Annotated[tuple[Source, ...], Field(strict=False)] = Field(
        default=(), description="Exports whose columns must be explained; tidy files need no entry."
    )
    events: Annotated[tuple[Event, ...], Field(strict=False)] = Field(
        default=(), description="What explains a curve, marked on the charts."
    )
    definitions: Annotated[tuple[Definition, ...], Field(strict=False)] = Field(
        default=(), description="The metrics whose meaning changed, and when."
    )
    competitors: Annotated[tuple[Competitor, ...], Field(strict=False)] = Field(
        default=(), description="With whom the client is compared; they are the set of its share of voice."
    )
    benchmarks: Annotated[tuple[Benchmark, ...], Field(strict=False)] = Field(
        default=(), description="Published figures for this client alone, beside those of `config.yaml`."
    )
    measured_as: dict[str, str] = Field(
        default_factory=dict,
        description="Metric: the `definition_id` that its files follow, when it is not the metric's own.",
        examples=[{"in_time_rate": "meta_response_rate"}],
    )
    dropped: Annotated[tuple[DroppedMetric, ...], Field(strict=False)] = Field(
        default=(), description="The metrics that are no longer followed, and why."
    )
    digital_intensity: DigitalIntensity | None = Field(
        default=None, description="The technologies in use, to be compared with Eurostat's index."
    )
    contact: Contact | None = Field(default=None, description="Whom to ask about the numbers.")
    brand: Brand | None = Field(default=None, description="Colour and logo of the portal; the theme's when left out.")


class NoteHead(Authored):
    """What may stand between two lines `---` at the top of an analyst's comment in `notes/`."""

    author: Words | None = Field(default=None, description="Who signs it.", examples=["Analyst, Agence Zellige"])
    date: Day | None = Field(default=None, description="When it was written.", examples=["2026-11-18"])
    internal: Internal = False


# ---------------------------------------------------------------- the site


class Agency(Authored):
    """Who publishes the portals."""

    name: str = Field(
        min_length=1, max_length=80, description="The agency's name, on every page.", examples=["Agence Zellige"]
    )
    tagline: Words | None = Field(
        default=None,
        description="One line below the name, on the home page.",
        examples=["Digital audits that you can check"],
    )
    about: Words | None = Field(
        default=None, description="A paragraph on the home page.", examples=["We measure what being online earns."]
    )
    url: str | None = Field(
        default=None, pattern=r"^https://", description="The agency's own site.", examples=["https://example.org/"]
    )
    email: str | None = Field(
        default=None,
        pattern=r"^[^@\s<>]+@[^@\s<>]+\.[a-z]{2,}$",
        description="Where readers can write to.",
        examples=["contact@example.org"],
    )


class ExchangeRate(Authored):
    """One unit of `currency` in `to`, from this day on, with its source."""

    currency: Currency = Field(description="The currency to convert.", examples=["USD"])
    to: Currency = Field(description="The currency that it is told in.")
    rate: float = Field(gt=0, description="What one unit is worth.", examples=[10.12])
    start: Day = Field(description="First day that the rate holds for; the next rate ends it.")
    source: Words = Field(description="Who publishes the rate.", examples=["Bank Al-Maghrib"])


class Thresholds(Authored):
    """Limits of the verdicts (METHODS §2.4, §4), the same for every client so that portals can be compared."""

    on_track: float = Field(default=0.95, gt=0, le=2, description="Pace from which an objective is on track.")
    at_risk: float = Field(
        default=0.80, gt=0, le=2, description="Pace from which it is at risk; below it is off track."
    )
    likely: float = Field(
        default=0.60, gt=0, lt=1, description="Probability of reaching the target from which it is on track."
    )
    unlikely: float = Field(
        default=0.25, gt=0, lt=1, description="Probability from which it is at risk; below it is off track."
    )
    compliance: float = Field(
        default=0.90, gt=0, le=1, description="Share of periods inside, for objectives to maintain."
    )
    coverage_complete: float = Field(
        default=0.95, gt=0, le=1, description="Share of observed days of a complete total."
    )
    coverage_partial: float = Field(default=0.80, gt=0, le=1, description="Below it a total is not computable.")
    minimum_denominator: int = Field(default=100, ge=1, description="Below it no rate is judged.")
    baseline_gap: float = Field(
        default=0.10, gt=0, description="Gap between declared and computed baseline that is reported."
    )
    benchmark_months: int = Field(
        default=18, ge=1, le=120, description="Age from which a published figure is told to be old."
    )


class Home(Authored):
    """The agency's public home."""

    list_clients: bool = Field(default=False, description="Name the public clients; nobody is named unless asked.")
    advice: bool = Field(
        default=False, description="Publish the advice articles too, for everybody, with an Atom feed."
    )


def _host(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", value):
        raise fault("not_a_host", value=value)
    return value


class Publish(Authored):
    """What `sitegen publish` must know of the world outside."""

    repository: Literal["private", "public"] | None = Field(
        default=None,
        description="Who can read the git repository that this workspace is kept in.",
        examples=["private"],
    )
    cname: Annotated[str, AfterValidator(_host)] | None = Field(
        default=None,
        description="The domain of the site, written to a file `CNAME` when it is published.",
        examples=["audits.example.org"],
    )


class Site(Authored):
    """`config.yaml`: the agency, and what all its portals share."""

    agency: Agency = Field(description="The agency, as the portals name it.")
    base_url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s]+$",
        description="Where the site is published, for the sitemap.",
        examples=["https://example.org/audits/"],
    )
    languages: Annotated[tuple[Language, ...], Field(strict=False, min_length=1)] = Field(
        default=("fr", "en"), description="Languages of the site, the first one leads.", examples=[["fr", "en"]]
    )
    theme: str = Field(
        default="default",
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        description="A folder of `themes/`, or a packaged theme.",
        examples=["default"],
    )
    articles: Literal["all", "own"] = Field(
        default="all", description="`own`: only the articles in `content/`, without those that come with sitegen."
    )
    latency_days: int = Field(default=2, ge=0, le=30, description="Last days that platforms still restate.")
    home: Home = Field(default=Home(), description="The home page.")
    thresholds: Thresholds = Field(default=Thresholds(), description="Limits of the verdicts.")
    exchange_rates: Annotated[tuple[ExchangeRate, ...], Field(strict=False)] = Field(
        default=(), description="Rates for amounts that are not in the client's currency."
    )
    rubric: Rubric = Field(default=Rubric(), description="Which checks are asked of every client.")
    benchmarks: Annotated[tuple[Benchmark, ...], Field(strict=False)] = Field(
        default=(), description="Published figures that any client may be compared with."
    )
    publish: Publish = Field(default=Publish(), description="How the site is published.")


class FrozenBaseline(Authored):
    """A baseline as it was written by `sitegen baseline`, so that a restated export does not move the goal."""

    value: Sized = Field(description="A fraction for a rate, else a number in the KPI's unit.", examples=[0.0213])
    start: Day = Field(description="First day of the window it was computed on.")
    end: Day = Field(description="Last day of that window.")
    frozen: Day = Field(description="The day it was written.")


class Baselines(Authored):
    """`baselines.yaml`: objective id → its baseline."""

    baselines: dict[str, FrozenBaseline] = Field(default_factory=dict, description="Objective id: its baseline.")


class AsFound(Authored):
    """`as_found.yaml`: the signs and the score of each check on arrival, as `sitegen as-found` wrote them."""

    date: Day = Field(description="The day that was looked at.")
    signs: dict[str, Literal["present", "absent", "unknown"]] = Field(
        default_factory=dict, description="Sign: how it stood.", examples=[{"S1": "absent"}]
    )
    checks: dict[str, float | Literal["unknown", "not_applicable"]] = Field(
        default_factory=dict, description="Check: its score, 0, 0.5 or 1.", examples=[{"S1.01": 0.5}]
    )
