"""What is computed: measurements, progress, returns, the scorecard, and the Edition that carries all a page may say.

Every type here is a frozen dataclass of plain values, so that `codec` writes it as JSON and reads it back equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from sitegen.messages import Message, Period, Quantity, Text, Unit
from sitegen.model.authored_text import Note
from sitegen.model.catalogue import Direction, GoalCategory
from sitegen.model.changes import Changes, DefinitionChange

# ---------------------------------------------------------------- numbers with their address


class State(StrEnum):
    """Whether a number may be published (METHODS §1): partial ones are labelled, uncomputable ones have a reason."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    NOT_COMPUTABLE = "not_computable"


@dataclass(frozen=True, slots=True)
class Measurement:
    """One published number. `value` is None exactly when `state` is not_computable, and then `reason` says why.

    `coverage` is observed over expected days. Ratios carry their `numerator` and `denominator`; `interval` is the 95 %
    Wilson interval of a rate. `sources` are paths of the files it was computed from.
    """

    metric: str
    unit: Unit
    value: float | None
    period: Period | None
    currency: str | None = None
    channel: str | None = None
    coverage: float | None = None
    state: State = State.COMPLETE
    reason: Message | None = None
    numerator: float | None = None
    denominator: float | None = None
    interval: tuple[float, float] | None = None
    sources: tuple[str, ...] = ()
    at_least: bool = False  # its files hold only some of the rows: the whole is this or more


Grain = Literal["day", "week", "month"]


@dataclass(frozen=True, slots=True)
class Series:
    """A regular series: `values[i]` is for the i-th `grain` from `start`; None is missing, never zero.

    `complete[i]` tells whether the period is wholly observed. Weeks begin on Monday (ISO), months on the first.
    """

    metric: str
    unit: Unit
    grain: Grain
    start: date
    values: tuple[float | None, ...]
    complete: tuple[bool, ...]
    currency: str | None = None
    channel: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """A metric in its last window, in the one before, and a year before (364 days, so that weekdays align).

    Changes are relative for amounts and counts, a difference (points) for rates; None when either side is missing.
    """

    metric: str
    good: Direction | None
    current: Measurement
    previous: Measurement
    year_before: Measurement
    change_previous: float | None
    change_year: float | None
    series: Series | None = None


# ---------------------------------------------------------------- objectives


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day."""

    on: date
    value: float


@dataclass(frozen=True, slots=True)
class Band:
    """What a KPI comes to on a day to come: in one course of ten it is below `low`, in one of ten above `high`."""

    on: date
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the KPI comes to if its trend continues, without new action (METHODS §3).

    `probability` is the share of simulated courses that reach the target on the deadline, from `periods` past values
    of one `grain`. `course` is how the objective reads the KPI at the end of each period up to the deadline, which is
    its last day. `seasonal`: a season was found; `constant`: the past never moved, so its courses have no width.
    """

    grain: Grain
    periods: int
    probability: float
    course: tuple[Band, ...]
    seasonal: bool = False
    constant: bool = False
    strength: float = 0.0
    weights: tuple[tuple[str, float], ...] = ()
    paths: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an objective stands on `as_of` (METHODS §2.3). Fractions throughout; None when it cannot be computed.

    `elapsed` is f, `expected` is E, `progress` is raw (negative: went back). For cumulative goals `attainment` is
    done/T and `uplift` the progress of what is above the baseline. `pace_low` and `pace_high` are the pace at the ends
    of the Wilson interval of a rate. `need` is ln(T/B) (a difference for rates), `best_past` and `need_rank` compare it
    with past growths over as many periods, from before the start (METHODS §2.6); None without enough history.
    `untouched` is P0: how probable the target was before the start, without changing anything.
    """

    objective: str
    kpi: str
    unit: Unit
    currency: str | None
    direction: Literal["increase", "decrease", "maintain_above", "maintain_below", "range"]
    basis: Literal["cumulative", "rate"]
    pacing: Literal["linear", "seasonal", "milestones"]
    window_days: int
    start: date
    deadline: date
    as_of: date
    baseline: Measurement
    baseline_origin: Literal["frozen", "declared", "computed", "missing"]
    current: Measurement
    target: float | None
    target_upper: float | None
    elapsed_days: int
    total_days: int
    elapsed: float
    expected: float | None
    progress: float | None
    attainment: float | None = None
    uplift: float | None = None
    pace: float | None = None
    pace_low: float | None = None
    pace_high: float | None = None
    compliance: float | None = None
    inside: bool | None = None
    met: bool | None = None
    reached_on: date | None = None
    last_value_on: date | None = None
    need: float | None = None
    best_past: float | None = None
    need_rank: float | None = None
    multiplier: float | None = None
    baseline_gap: float | None = None  # declared or frozen v computed, relative
    seasons: int = 0  # years before that a seasonal pacing is the mean of
    history: tuple[Point, ...] = ()  # the KPI as the objective reads it: cumulated, or window by window
    expected_path: tuple[Point, ...] = ()  # from the baseline at the start to the target at the deadline
    outlook: Outlook | None = None
    outlook_reason: Message | None = None  # why there is none, where one could be expected
    untouched: float | None = None

    @property
    def paced_by_rise(self) -> bool:
        """Whether the pace is that of the rise over the baseline, which the total alone does not show."""
        return self.direction == "increase" and self.uplift is not None and self.pace == self.uplift


@dataclass(frozen=True, slots=True)
class Implied:
    """What objectives ask for together of a KPI that belongs to both (METHODS §2.8): of transactions and conversion
    rate, the sessions. `factor` is that KPI's target over its baseline on the day `on`, the first of their deadlines;
    `aimed` the one that its own objective asks for, where it has one."""

    objectives: tuple[str, ...]
    kpi: str
    factor: float
    on: date
    aimed: float | None = None


# ---------------------------------------------------------------- crossing


@dataclass(frozen=True, slots=True)
class Link:
    """Whether one series goes with another once trend, season and events are out (METHODS §5).

    `rho` is the rank correlation at `lag` periods, `interval` its 95 % interval, `p_adjusted` its p-value adjusted for
    lags and pairs. Where `effective` of the `periods` are too few, the status is `insufficient` and the rest None.
    """

    status: Literal["link", "no_link", "insufficient"]
    periods: int
    effective: int
    lag: int | None = None
    rho: float | None = None
    interval: tuple[float, float] | None = None
    p: float | None = None
    p_adjusted: float | None = None


@dataclass(frozen=True, slots=True)
class Crossing:
    """Two metrics and the spend on the same periods, all wholly observed, and whether the second goes with the first.

    The values are each for the i-th `grain` from `start`; of `spend`, None is what nobody tells. `alike` is the
    correlation of the two curves as they are drawn, trend and season in them. `missing` is how many more periods a
    statement takes.
    """

    first: str
    second: str
    grain: Grain
    start: date
    first_values: tuple[float, ...]
    second_values: tuple[float, ...]
    spend: tuple[float | None, ...]
    link: Link
    alike: float
    missing: int = 0
    currency: str | None = None  # of money
    sources: tuple[str, ...] = ()


# ---------------------------------------------------------------- what a client is compared with


@dataclass(frozen=True, slots=True)
class Norm:
    """A published figure as a page may tell it (METHODS §6); one that may be told nowhere is never made into a Norm.

    `definition` is the id of the source's definition, `defined` its words. `shared`: downloads may hold it too.
    """

    metric: str
    definition: str
    defined: Text | None
    channel: str | None
    industry: Text | None
    region: Text | None
    stat: Literal["median", "mean", "p25", "p75", "level", "share"]
    value: Quantity
    band: str | None
    period: Period | None
    published: date | None
    source: Text
    url: str | None
    licence: Text
    shared: bool
    retrieved: date | None
    note: Text | None


@dataclass(frozen=True, slots=True)
class Against:
    """One thing that a metric is compared with: its own past, a competitor, a published figure.

    `number` has no value where it is unknown or not comparable, and then its reason. `difference` is ours less it: in
    points for a rate, plain for a balance, else relative to it. `noise`: the two rates cannot be told apart (their 95 %
    Wilson intervals, Newcombe 1998); None where that cannot be said. `old`: published too long ago.
    """

    kind: Literal["previous", "year", "competitor", "norm"]
    number: Measurement
    difference: Quantity | None = None
    noise: bool | None = None
    competitor: str = ""
    norm: Norm | None = None
    old: bool = False


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One metric, on these channels (all: `()`), beside what it may be compared with, over the same days.

    `objectives` are those whose KPI it is. `rivals` is the set of competitors that a share of voice is of.
    """

    metric: str
    channels: tuple[str, ...]
    good: Direction | None
    current: Measurement
    against: tuple[Against, ...]
    objectives: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return "-".join((self.metric, *self.channels))


@dataclass(frozen=True, slots=True)
class Intensity:
    """The technologies in use, of the twelve of one year's Digital Intensity Index, and how enterprises are spread over
    its classes where that is published for the same year; `others` are those of other years."""

    count: int
    year: int
    band: str
    spread: tuple[Norm, ...]
    others: tuple[Norm, ...] = ()
    counted: date | None = None
    source: Text | None = None
    old: bool = False  # the spread was published too long ago


# ---------------------------------------------------------------- returns


@dataclass(frozen=True, slots=True)
class CostLine:
    """One of the six lines of METHODS §4.3 over the returns' period; `amount` is None when nobody told it.

    `partial`: a part of it is unknown, `amount` is the rest. What only the agency may see of a line is a line of its
    own, marked `internal`.
    """

    kind: str
    amount: float | None
    origin: Literal["export", "declared", "zero", "partial", "unknown"]
    note: Text | None = None
    internal: bool = False

    @property
    def known(self) -> bool:
        """Wholly: neither unknown nor in part."""
        return self.origin not in ("partial", "unknown")


@dataclass(frozen=True, slots=True)
class ChannelReturn:
    """What one paid channel cost and what its platform claims, over the returns' period."""

    channel: str
    spend: Measurement
    impressions: Measurement
    clicks: Measurement
    conversions: Measurement
    conversion_value: Measurement
    roas: Measurement
    cost_per_conversion: Measurement
    included: bool  # False: coverage too low to enter the totals
    new_customers: Measurement | None = None
    acquisition_cost: Measurement | None = None  # its media / its new customers, on the days that tell both


@dataclass(frozen=True, slots=True)
class SalesGain:
    """The first lever: margin on the additional sales (METHODS §4.2).

    `scale` is how much of what the platforms claim was sold at all, at most 1 (METHODS §4.4); `revenue` is what counts
    after it, `additional` the share of it that would not have been sold otherwise, `margin` what is left of that.
    """

    scale: Measurement
    revenue: Measurement
    additional: Measurement
    margin: Measurement
    method: Literal["test", "before_after", "estimate"] | None = None


@dataclass(frozen=True, slots=True)
class CommunicationSaving:
    """The second lever: the same effect for less (METHODS §4.2), everything over the returns' period.

    `equal_cost` is what the new mix would cost at the old effect. `saving` is the lower valuation and `saving_high` the
    higher one; equal when the effect is kept. `avoided` is the gross cost avoided: what enters the benefit, since the
    new mix is among the costs.
    """

    medium: Text
    effect: str  # leads, qualified_visits, contacts, reach, circulation
    reference: Period
    old_cost: Measurement
    old_effect: Measurement
    new_cost: Measurement
    new_effect: Measurement
    equal_cost: Measurement
    saving: Measurement
    saving_high: Measurement
    share: Measurement  # saving_high / old_cost
    avoided: Measurement
    reused: bool
    source: Text | None = None


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One channel of the customer service, before and now; unit costs are money for one contact."""

    channel: str
    contacts_before: Measurement
    contacts_now: Measurement
    unit_before: Measurement
    unit_now: Measurement


@dataclass(frozen=True, slots=True)
class ServiceSaving:
    """The third lever: a customer service that costs less (METHODS §4.2). `reference` is as long as the returns'
    period or scaled to it.

    `saving` is the fall of the whole cost, `constant` the fall of the cost of a contact at the former demand. `nature`
    is `cash` only when something was really cancelled; `booked` enters the benefit: zero for freed capacity.
    """

    reference: Period
    lines: tuple[ServiceLine, ...]
    cost_before: Measurement
    cost_now: Measurement
    contacts_before: Measurement
    contacts_now: Measurement
    per_contact_before: Measurement
    per_contact_now: Measurement
    per_case_before: Measurement  # contacts for each resolved case
    per_case_now: Measurement
    saving: Measurement
    constant: Measurement
    nature: Literal["cash", "freed"]
    cancelled: Literal["hire", "overtime", "outsourcing"] | None
    booked: Measurement
    evidence: Text | None = None


@dataclass(frozen=True, slots=True)
class CustomerValue:
    """What a customer of average orders is worth in the `months` that he stays, beside what he cost (METHODS §4.1)."""

    orders_per_year: float
    months: int
    order_value: Measurement  # sales / orders
    lifetime_value: Measurement  # order value × orders a year × years × margin − what serving him costs
    lifetime_to_cost: Measurement  # / the cost of a new customer
    monthly_margin: Measurement
    payback_months: Measurement  # until his margin has paid for his acquisition
    service_cost: Measurement | None = None
    source: Text | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """The return under one pair of assumptions; `declared` marks the client's own (METHODS §4.5)."""

    incrementality: float
    margin: float
    roi: Measurement
    declared: bool = False


@dataclass(frozen=True, slots=True)
class BudgetMonth:
    """One channel's month: `planned` and `spent` (None: unknown); `projected` is what the month will come to."""

    channel: str
    month: date  # its first day
    planned: float
    spent: float | None
    projected: float | None


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One channel's plan from its first to its last day, and how far it is on `as_of`."""

    channel: str
    period: Period
    planned: Measurement
    due: Measurement  # what was planned up to now
    spent: Measurement
    projected: Measurement
    months: tuple[BudgetMonth, ...]


@dataclass(frozen=True, slots=True)
class Funnel:
    """Stages that follow one another over one period, each with its count: ordered, confirmed, delivered, collected."""

    id: str  # orders, leads
    period: Period
    stages: tuple[Measurement, ...]


@dataclass(frozen=True, slots=True)
class YearFigure:
    """A metric over the known part of a fiscal year, and over the same dates a year earlier; `change` between the two
    is relative, None where they are not told by the same files."""

    now: Measurement
    before: Measurement
    change: float | None


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """One fiscal year. `period` is what of it is known on the day of the report: all of it, or a part that is told as
    one."""

    whole: Period
    period: Period
    figures: tuple[YearFigure, ...]

    @property
    def partial(self) -> bool:
        return self.period != self.whole


@dataclass(frozen=True, slots=True)
class Returns:
    """Cost and benefit over `period` (METHODS §4.1). Each Measurement is a number or a reason."""

    period: Period | None
    currency: str
    sales_metric: str | None  # revenue, net_sales, …: the shop's own figure
    sales: Measurement
    channels: tuple[ChannelReturn, ...]
    costs: tuple[CostLine, ...]
    known_lines: int  # of the six kinds, those that are wholly known
    media: Measurement
    total_cost: Measurement
    attributed_revenue: Measurement
    margin: float | None
    incrementality: float | None
    roas: Measurement  # attributed revenue / media, on the channels and days that tell both
    blended_roas: Measurement  # sales of the shop / media (MER)
    cost_per_conversion: Measurement
    roi_attributed: Measurement
    roi_incremental: Measurement
    break_even_roas_media: Measurement
    break_even_roas: Measurement
    break_even_incrementality: Measurement
    break_even_roas_incremental: Measurement  # all costs, at the declared share of additional sales
    margin_source: Text | None = None
    margin_on: date | None = None
    incrementality_source: Text | None = None
    incrementality_on: date | None = None
    withheld: tuple[str, ...] = ()  # known, and for the agency only: `media`, `margin`, `incrementality`
    tax: Literal["excluded", "included", "unknown"] = "unknown"  # of the sales, as they are told here
    vat: float | None = None  # the rate that was taken out of them
    new_customers: Measurement | None = None
    acquisition_cost: Measurement | None = None  # all costs / new customers
    customer: CustomerValue | None = None
    sales_gain: SalesGain | None = None
    communication: CommunicationSaving | None = None
    service: ServiceSaving | None = None
    benefit: Measurement | None = None  # additional margin + avoided costs + cash saved, nothing twice
    net: Measurement | None = None  # benefit − total cost
    roi: Measurement | None = None  # net / total cost: the return with every lever
    scenarios: tuple[Scenario, ...] = ()
    roi_interval: tuple[float, ...] = ()  # 90 %, by the chance of weeks alone; empty where there is none
    budgets: tuple[BudgetLine, ...] = ()


# ---------------------------------------------------------------- scorecard


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """One file in the register, so that anybody can check what was read. Totals are of the file as it stands."""

    path: str
    digest: str
    rows: int
    period: Period | None
    channels: tuple[str, ...]
    currency: str | None
    totals: tuple[
        tuple[str, float | None, int], ...
    ]  # metric, sum of its cells (None: not to be added up), missing cells
    columns: tuple[tuple[str, str], ...]  # metric, header
    platform: str | None = None  # whose export it is, where its content tells
    report: Text | None = None


@dataclass(frozen=True, slots=True)
class UnmeasuredTable:
    """A table that was read and counts in no number: `figures` are its headers with their totals as a proof of reading,
    None where adding up means nothing."""

    path: str
    platform: str | None
    report: Text | None
    rows: int
    period: Period | None
    reason: Message
    figures: tuple[tuple[str, Quantity | None], ...]


class Why(StrEnum):
    """Why one file was kept where two tell the same metric, channel and days (METHODS §8)."""

    SAME = "same"  # the values are identical
    EXPORTED = "exported"  # it was exported later
    ENDS_LATER = "ends_later"  # its period ends later
    FINER = "finer"  # a day is finer than a week, a week than a month
    WHOLE = "whole"  # the other one breaks the total down, or holds only some of its rows
    BREAKDOWN = "breakdown"  # both break the same total down
    PART = "part"  # both hold only some of the rows, or the other one does
    UNDECIDED = "undecided"  # nothing tells which one is right: the first path


@dataclass(frozen=True, slots=True)
class Restated:
    """What two files tell otherwise over the same days, by more than 2 %: `kept` counts, `left` does not."""

    period: Period
    left: float
    kept: float


@dataclass(frozen=True, slots=True)
class Decision:
    """`days` on which `left` tells again what `kept` tells: it does not count. `total_left` and `total_kept` are what
    both come to over the periods that were compared; `restated` are those that differ, the widest first, at most
    twelve of `differing`."""

    metric: str
    channel: str
    kept: str
    left: str
    days: int
    why: Why
    total_left: float = 0.0
    total_kept: float = 0.0
    differing: int = 0
    restated: tuple[Restated, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesQuality:
    """How far one metric in one channel can be trusted (METHODS §8): `score` is 1 less the four penalties, each at most
    0.3."""

    metric: str
    channel: str
    gaps: float
    outliers: float
    breaks: float
    staleness: float

    @property
    def score(self) -> float:
        return max(0.0, 1 - self.gaps - self.outliers - self.breaks - self.staleness)


@dataclass(frozen=True, slots=True)
class LabFailure:
    """An audit of Lighthouse that failed: its median score, 0..1, and the `share` of its category that it takes."""

    id: str
    score: float
    category: str | None
    share: float


@dataclass(frozen=True, slots=True)
class LabDay:
    """One page's runs of Lighthouse on one day, by one major version: the median of each number (METHODS §6).

    Scores are 0..100, the metrics milliseconds or a plain ratio. The coverage of a number is the share of the runs that
    tell it. `unscored` are audits that could not be scored, `warned` the runs that Lighthouse itself doubts.
    """

    on: date
    runs: int
    versions: tuple[str, ...]
    scores: tuple[Measurement, ...]
    metrics: tuple[Measurement, ...]
    failing: tuple[LabFailure, ...]
    unscored: tuple[str, ...]
    warned: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LabSeries:
    """One page, day by day, as one major version of Lighthouse measures it; None is what the reports do not tell."""

    url: str
    form_factor: str | None  # mobile, desktop
    throttling: str | None  # simulate, devtools, provided
    major: int
    days: tuple[LabDay, ...]

    @property
    def subject(self) -> tuple[str, str | None, str | None]:
        """What is measured: only another major version makes another series of it."""
        return self.url, self.form_factor, self.throttling


@dataclass(frozen=True, slots=True, order=True)
class LabFile:
    """A report in the register of sources."""

    path: str
    digest: str
    url: str
    form_factor: str | None
    version: str
    on: date


@dataclass(frozen=True, slots=True)
class Lab:
    """All runs of Lighthouse that count; the series of one subject follow one another, older majors first."""

    files: tuple[LabFile, ...] = ()
    series: tuple[LabSeries, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class EvidenceFile:
    """A file of conversations or posts in the register of sources; `rows` counted, `left_out` did not."""

    path: str
    digest: str
    kind: Literal["inbox", "posts"]
    grain: Literal["each", "day", "week"]  # what a row is: one conversation or post, or all of a day or a week
    rows: int
    left_out: int
    period: Period | None


@dataclass(frozen=True, slots=True)
class InboxChannel:
    """The conversations of one channel, over the period of all."""

    channel: str
    received: Measurement
    response_rate: Measurement
    first_response: Measurement


@dataclass(frozen=True, slots=True)
class InboxNumbers:
    """How people who write are answered (METHODS §1), over `period`; rates have their Wilson interval, their numerator
    and denominator, and no value below thirty conversations.

    Response rates count every conversation; the median counts those without an answer as infinitely late, so that
    `at_least` tells "more than"; it is the lower one of an even number. `clock` is how minutes are counted: within the
    opening hours, or all of them.
    """

    files: tuple[EvidenceFile, ...]
    period: Period
    grain: Literal["each", "day", "week"]  # the coarsest of the files: a week's own median is an approximation
    clock: Literal["opening", "all"]
    hours_declared: bool
    promise: float  # minutes
    promise_declared: bool
    received: Measurement  # conversations
    answered: Measurement
    response_rate: Measurement  # answered at all
    in_time_rate: Measurement  # answered within the promise; none where files have no time of each answer
    first_response: Measurement  # minutes, the median
    mostly_unanswered: bool  # the median has no end: at least half of all got no answer
    weeks: Measurement  # share of the weeks of the period that have conversations
    negative: Measurement  # response rate on what is negative
    campaign: Measurement  # response rate in weeks of a sale or campaign, over the last year
    outside: Measurement  # and in the other weeks
    per_week: Measurement  # conversations in a week that has some
    handling_minutes: float | None  # of one conversation, as declared
    needed: Measurement  # hours a week that answering takes
    available: Measurement  # hours a week that are there, as declared
    staffing: Measurement  # available ÷ needed
    channels: tuple[InboxChannel, ...]  # most written to first


@dataclass(frozen=True, slots=True)
class QuestionPosts:
    """A question that customers ask, and the posts of the period that answer it."""

    question: Text
    posts: int


@dataclass(frozen=True, slots=True)
class PostGroup:
    """The posts of one format or one placement, and how often each person reached shared them."""

    axis: Literal["format", "placement"]
    name: str
    posts: int
    shares: Measurement


@dataclass(frozen=True, slots=True)
class PostNumbers:
    """What was published (METHODS §7, A3), over `period`; rates have no value below thirty posts.

    `kept` is published ÷ planned over the last eight weeks. `shares` is shares ÷ reach over the last four weeks,
    `shares_past` the median of the four weeks before, taken again and again.
    """

    files: tuple[EvidenceFile, ...]
    period: Period
    posts: Measurement
    on_question: Measurement  # share of posts that answer a listed question
    off_offer: Measurement  # share of posts that are not about the offer, of those with tags
    with_keyword: Measurement  # share of posts with a word to be known for
    kept: Measurement
    planned_by: Literal["file", "declared"] | None
    shares: Measurement
    shares_past: Measurement
    shares_change: Measurement  # now ÷ past
    questions: tuple[QuestionPosts, ...]  # in the order of client.yaml
    groups: tuple[PostGroup, ...]  # by axis, most posts first


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All that was measured for one client on `as_of`."""

    as_of: date
    window: Period  # the last 28 days up to as_of
    comparisons: tuple[Comparison, ...]
    progress: tuple[Progress, ...]
    returns: Returns
    sources: tuple[SourceSummary, ...]
    funnels: tuple[Funnel, ...] = ()
    unmeasured: tuple[UnmeasuredTable, ...] = ()
    decisions: tuple[Decision, ...] = ()  # where several files tell the same
    quality: tuple[SeriesQuality, ...] = ()
    implied: tuple[Implied, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    lab: Lab = Lab()
    years: tuple[FiscalYear, ...] = ()
    benchmarks: tuple[Benchmark, ...] = ()
    intensity: Intensity | None = None
    observed: tuple[tuple[str, SourceSummary], ...] = ()  # a competitor's name, and what was read of it
    inbox: InboxNumbers | None = None  # without a file of conversations
    posts: PostNumbers | None = None
    meanings: tuple[DefinitionChange, ...] = ()  # from which days metrics mean something else, up to `as_of`


# ---------------------------------------------------------------- the verdict


class Status(StrEnum):
    """Where an objective stands (METHODS §2.4)."""

    NOT_STARTED = "not_started"
    NO_DATA = "no_data"
    TOO_EARLY = "too_early"
    INCONCLUSIVE = "inconclusive"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    REACHED_HOLD = "reached_hold"
    ACHIEVED = "achieved"
    MISSED = "missed"


class Realism(StrEnum):
    """How likely the target was before anything was done (METHODS §2.6)."""

    REALISTIC = "realistic"
    AMBITIOUS = "ambitious"
    VERY_AMBITIOUS = "very_ambitious"
    NEEDS_ACTION = "needs_action"  # out of reach without changing anything
    UNREALISTIC = "unrealistic"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One letter of SMART: 0, 0.5 or 1, and what is missing."""

    letter: str
    score: float
    missing: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdict on one objective."""

    objective: str
    status: Status
    sentence: Message  # one sentence for an executive
    reason: Message  # why this status: the rule that matched, with its numbers
    realism: Realism
    realism_reason: Message
    smart: tuple[Criterion, ...]
    smart_score: float
    outlook: Message | None = None  # where the trend leads, in one sentence


@dataclass(frozen=True, slots=True)
class GoalStanding:
    """A business goal by its objectives: the status of the weakest, the mean of how far each is, 0..1."""

    goal: str
    status: Status
    progress: float | None
    objectives: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """In which order channels are told: that of their return where there are no `reasons` against ranking them, else
    that of their spend."""

    order: tuple[str, ...] = ()
    reasons: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What an auditor writes: criteria, condition, cause, effect, recommendation; most pressing first by `weight`."""

    id: str
    subject: str  # progress, returns, data
    weight: float
    criteria: Message  # what should be
    condition: Message  # what is
    cause: Message
    effect: Message
    recommendation: Message
    article: str  # id of the advice article
    article_reason: Message
    quick: bool = False  # worth doing, and done within a day


@dataclass(frozen=True, slots=True)
class Action:
    """A next step as a hypothesis that its review can refute; `id` is that of its finding, or `own-1` and so on.

    `standing`: the finding is there today. `on` and `told` are when it was done or refused, and the evidence or reason.
    """

    id: str
    state: Literal["open", "done", "refused"]
    standing: bool
    weight: float
    what: Message | Text
    because: Message | Text | None
    hypothesis: Message | Text
    expected: Message | Text
    metric: Message | Text
    effort: Literal["day", "week", "month"]
    review: date
    owner: Text | None = None
    overdue: bool = False  # its review was to be before the day of the report
    decided: bool = False  # somebody wrote something about it
    quick: bool = False
    article: str | None = None  # of the finding
    objective: str | None = None  # that it is about
    on: date | None = None
    told: Text | None = None


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check (METHODS §7). `score` is 0..1 (most are 1, 0.5 or 0), and None exactly when `state` is not scored.

    `conflict` tells that an answer says otherwise than the data, which win. `question` is the key of `answers` that
    would tell it; `same_as` the checks that it repeats. `set_by_agency`: its weight is not the method's, or it is off.
    """

    id: str
    weight: float
    topic: str  # of the advice
    score: float | None
    state: Literal["scored", "unknown", "not_applicable"]
    origin: Literal["data", "answer", "none"]
    reason: Message
    conflict: Message | None = None
    evidence: Text | None = None
    sources: tuple[str, ...] = ()
    question: str | None = None
    same_as: tuple[str, ...] = ()
    set_by_agency: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """The checks of one sign or part of a panel: weighted mean of what is known, and how much of the weight that is."""

    score: float | None
    coverage: float
    verdict: Literal["good", "watch", "weak", "unverifiable"]
    checks: tuple[CheckResult, ...]

    @property
    def known(self) -> float:
        """The weight of the checks that have a score."""
        return sum(check.weight for check in self.checks if check.score is not None)

    @property
    def applying(self) -> float:
        """The weight of all checks but those that do not apply."""
        return sum(check.weight for check in self.checks if check.state != "not_applicable")

    @property
    def earned(self) -> float:
        """The points of the known checks."""
        return sum(check.weight * check.score for check in self.checks if check.score is not None)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A sign as it was found, so that filling in the YAML does not look like progress."""

    on: date
    state: Literal["present", "absent", "unknown"]
    score: float | None
    coverage: float


@dataclass(frozen=True, slots=True)
class Sign:
    """One of the three signs that a digital strategy fails; `sentence` is its state in plain words."""

    id: str
    state: Literal["present", "absent", "unknown"]
    sentence: Message
    section: Section
    arrival: Arrival | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a panel, such as one of the five tips."""

    id: str
    section: Section
    arrival: Arrival | None = None  # as it was found; its `state` is of the signs alone


@dataclass(frozen=True, slots=True)
class Panel:
    """One of the method's ideas with its sections; panels are never added up."""

    id: str  # tips, goals, audits, social
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class KpiRow:
    """The five points of one objective's KPI, and what they come to."""

    objective: str
    kpi: str
    section: Section


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of maturity: `level` 0..3, None where too little is known to rate it (METHODS §6)."""

    id: str
    level: int | None
    score: float | None
    coverage: float


@dataclass(frozen=True, slots=True)
class Maturity:
    """Six axes; `level` is that of all, None where fewer than four are rated."""

    axes: tuple[Axis, ...]
    level: int | None
    rated: int


@dataclass(frozen=True, slots=True)
class RoleKpi:
    """A KPI that tells of a role: one of the objectives, followed without one, or told by no file."""

    metric: str
    state: Literal["objective", "followed", "absent"]


@dataclass(frozen=True, slots=True)
class Role:
    """What social media are for, first of all, and the KPIs that fit it."""

    id: Literal["sales", "leads", "service", "reputation"]
    kpis: tuple[RoleKpi, ...]


@dataclass(frozen=True, slots=True)
class Leaning:
    """A reason for doing it in-house or for a provider; `both` where it is half-way."""

    id: str
    points: Literal["inhouse", "provider", "both", "unknown"]
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class Sourcing:
    """What speaks for either; `choice` is what the client has chosen, as far as it is told."""

    leanings: tuple[Leaning, ...]
    sentence: Message
    choice: Message | None = None
    evidence: Text | None = None


@dataclass(frozen=True, slots=True)
class OwnResult:
    """A check of the agency's own, in its own words."""

    id: str
    question: Text
    advice: Text
    result: CheckResult


@dataclass(frozen=True, slots=True)
class Audit:
    """The whole audit beside the three signs (METHODS §7). `questions` are the checks that an answer would settle."""

    panels: tuple[Panel, ...] = ()
    kpis: tuple[KpiRow, ...] = ()
    checklist: Section | None = None  # of all KPIs
    maturity: Maturity | None = None
    own: tuple[OwnResult, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabReading:
    """One number of a laboratory, judged where there is a threshold; `before` is that of the day before it that was
    measured, by the same major version."""

    number: Measurement
    verdict: Literal["good", "watch", "weak"] | None
    limits: Message | None = None
    before: Measurement | None = None


@dataclass(frozen=True, slots=True)
class LabDevice:
    """A page on one kind of device, on the last day that it was measured."""

    form_factor: str | None
    on: date
    runs: int
    versions: tuple[str, ...]
    sentence: Message
    scores: tuple[LabReading, ...]
    metrics: tuple[LabReading, ...]
    notes: tuple[Message, ...]  # what to know before reading them
    compared: Message | None = None  # with which day


@dataclass(frozen=True, slots=True)
class LabPoint:
    """Something to mend on a page: the audits that say so and the devices on which they failed.

    `topic` is what the words of it are found by; None for an audit that we have no words for.
    """

    topic: str | None
    audits: tuple[str, ...]
    category: str | None
    devices: tuple[str, ...]  # of those whose form factor is known


@dataclass(frozen=True, slots=True)
class LabPage:
    """One page as Lighthouse sees it: device by device, and what to mend, what weighs most first."""

    url: str
    devices: tuple[LabDevice, ...]
    points: tuple[LabPoint, ...]


@dataclass(frozen=True, slots=True)
class Laboratory:
    """The pages that Lighthouse has measured, and what to know of all of them."""

    pages: tuple[LabPage, ...] = ()
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """What a benchmark comes to. `title` is its conclusion, `line` the same for an objective, `notes` what to know
    before reading it, `apart` why others are not compared."""

    benchmark: str
    title: Message
    line: Message
    notes: tuple[Message, ...] = ()
    apart: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class DroppedSnapshot:
    metric: str
    reason: Text
    since: date | None


@dataclass(frozen=True, slots=True)
class GoalSnapshot:
    id: str
    title: Text | None
    category: GoalCategory
    objectives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ObjectiveSnapshot:
    """What was authored of an objective, as far as a page shows it."""

    id: str
    kpi: str
    title: Text | None
    target_text: str
    target_basis: Text | None
    owner: Text | None
    lever: Text | None
    goal: str | None
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventSnapshot:
    label: Text
    start: date
    end: date
    kind: str


@dataclass(frozen=True, slots=True)
class RateSnapshot:
    """What one unit of `currency` is worth in `to`, from `start` until the next rate, and who says so."""

    currency: str
    to: str
    rate: float
    start: date
    source: Text


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that the edition carries, so that it can be shown years later; `content` is base64."""

    format: Literal["svg", "png"]
    content: str


@dataclass(frozen=True, slots=True)
class BrandSnapshot:
    """The client's own colour (`#rrggbb`, as written: each theme makes it readable) and logo."""

    accent: str | None
    logo: Logo | None


@dataclass(frozen=True, slots=True)
class Profile:
    """The client as its pages show it: no path, nothing that only the agency may see."""

    slug: str
    name: str
    country: str
    currency: str
    scale: str | None
    languages: tuple[str, ...]
    access: Literal["private", "public"]
    fictitious: bool
    role: str | None
    goals: tuple[GoalSnapshot, ...]
    objectives: tuple[ObjectiveSnapshot, ...]
    events: tuple[EventSnapshot, ...]
    answers: tuple[tuple[str, str], ...]
    contact_name: Text | None
    contact_email: str | None
    status: Literal["draft", "approved"] = "approved"
    brand: BrandSnapshot | None = None
    rates: tuple[RateSnapshot, ...] = ()  # those that converted something of the client's
    competitors: tuple[tuple[str, Text | None], ...] = ()  # name, and why it is compared with
    dropped: tuple[DroppedSnapshot, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A problem as a page shows it: what, how grave, in which file."""

    severity: str
    path: str
    line: int
    message: Message
    hint: Message | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """One client's dated audit: everything that its pages, figures and downloads may say."""

    schema: int
    slug: str
    as_of: date
    canary: str
    profile: Profile
    scorecard: Scorecard
    verdict: Message  # does it work? one sentence
    assessments: tuple[Assessment, ...]
    findings: tuple[Finding, ...]
    notices: tuple[Notice, ...]
    thresholds: Mapping[str, float]
    notes: tuple[Note, ...] = ()  # the analyst's comments, none of them internal
    signs: tuple[Sign, ...] = ()
    assets: tuple[Message, ...] = ()  # what the client has already
    goals: tuple[GoalStanding, ...] = ()
    laboratory: Laboratory = Laboratory()  # pages of the site, measured by Lighthouse
    audit: Audit = Audit()  # all that is asked beside the signs
    role: Role | None = None
    sourcing: Sourcing | None = None
    actions: tuple[Action, ...] = ()  # open ones, most pressing first; then what is done, what is refused
    ranking: Ranking = Ranking()
    positions: tuple[Position, ...] = ()  # of `scorecard.benchmarks`, in their order
    spread: Message | None = None  # where the spread of `scorecard.intensity` comes from
    period: str = ""  # of a frozen edition: `2026-10`, `2026-q3`, `2026` or a day
    changes: Changes | None = None  # since the frozen edition before it
