"""The metrics that sitegen knows, with the kind that decides how each is summed, filled and compared (METHODS §1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sitegen.messages import Unit


class Kind(StrEnum):
    """How a metric behaves over time and channels (METHODS §1)."""

    FLOW = "flow"  # additive: sum over time and over channels
    RATIO = "ratio"  # sum of numerators over sum of denominators
    LEVEL = "level"  # stock: the last valid value
    UNIQUE = "unique"  # persons: only as exported for that exact period, never added up


class Direction(StrEnum):
    """Which way is good."""

    UP = "up"
    DOWN = "down"


class GoalCategory(StrEnum):
    """The families of business goals (article 002)."""

    REVENUE = "revenue"
    OPERATIONS = "operations"
    PRODUCTIVITY = "productivity"
    SATISFACTION = "satisfaction"
    GROWTH = "growth"


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric; `numerator`, `denominator` and `per` (1000 for CPM) define a ratio; `good` None: neither way.

    `less` is a metric taken off the numerator: net sentiment is (positive − negative) / mentions.
    """

    id: str
    kind: Kind
    unit: Unit
    good: Direction | None = Direction.UP
    numerator: str | None = None
    denominator: str | None = None
    less: str | None = None
    per: float = 1.0
    vanity: bool = False
    goal: GoalCategory | None = None
    signed: bool = False  # refunds and discounts may be negative
    taxed: bool = False  # an amount of sales, which may include VAT


def _flow(id: str, unit: Unit = Unit.COUNT, **more: object) -> Metric:
    return Metric(id, Kind.FLOW, unit, **more)  # type: ignore[arg-type]


def _ratio(id: str, numerator: str, denominator: str, unit: Unit, **more: object) -> Metric:
    return Metric(id, Kind.RATIO, unit, numerator=numerator, denominator=denominator, **more)  # type: ignore[arg-type]


_REVENUE, _GROWTH = GoalCategory.REVENUE, GoalCategory.GROWTH
_DOWN = Direction.DOWN
_OPERATIONS, _SATISFACTION = GoalCategory.OPERATIONS, GoalCategory.SATISFACTION

METRICS: dict[str, Metric] = {
    metric.id: metric
    for metric in (
        # the site
        _flow("sessions", goal=_GROWTH),
        _flow("pageviews", vanity=True),
        Metric("users", Kind.UNIQUE, Unit.COUNT, goal=_GROWTH),
        Metric("visitors", Kind.UNIQUE, Unit.COUNT, goal=_GROWTH),
        Metric("new_users", Kind.UNIQUE, Unit.COUNT, goal=_GROWTH),
        Metric("returning_users", Kind.UNIQUE, Unit.COUNT, goal=_GROWTH),
        _flow("engaged_sessions"),
        _flow("bounces", good=_DOWN),
        _flow("visit_minutes", Unit.MINUTES),
        _flow("event_count", good=None, vanity=True),
        _flow("downloads"),
        _flow("site_searches", good=None),
        # the site as search engines see it
        Metric("indexed_pages", Kind.LEVEL, Unit.COUNT, goal=_GROWTH),
        Metric("unindexed_pages", Kind.LEVEL, Unit.COUNT, good=_DOWN),
        # the shop
        _flow("transactions", goal=_REVENUE),
        _flow("orders", goal=_REVENUE),
        _flow("items_sold", goal=_REVENUE, signed=True),
        _flow("revenue", Unit.MONEY, goal=_REVENUE, signed=True, taxed=True),
        _flow("gross_sales", Unit.MONEY, goal=_REVENUE, signed=True, taxed=True),
        _flow("net_sales", Unit.MONEY, goal=_REVENUE, signed=True, taxed=True),
        _flow("total_sales", Unit.MONEY, goal=_REVENUE, signed=True, taxed=True),
        _flow("discounts", Unit.MONEY, good=None, signed=True, taxed=True),
        _flow("returns", Unit.MONEY, good=Direction.DOWN, signed=True, taxed=True),
        _flow("shipping", Unit.MONEY, good=None, signed=True, taxed=True),
        _flow("taxes", Unit.MONEY, good=None, signed=True),
        _flow("carts"),
        _flow("checkouts", goal=_REVENUE),
        _flow("new_customers", goal=_GROWTH),
        # paid on delivery: `orders` were placed
        _flow("orders_confirmed", goal=_REVENUE),
        _flow("orders_delivered", goal=_REVENUE),
        _flow("orders_collected", goal=_REVENUE),
        # contacts that become customers
        _flow("leads", goal=_REVENUE),
        _flow("qualified_leads", goal=_REVENUE),
        _flow("proposals", goal=_REVENUE),
        # advertising
        _flow("spend", Unit.MONEY, good=None),
        _flow("impressions", vanity=True),
        _flow("clicks", good=Direction.UP),
        _flow("link_clicks"),
        _flow("landing_views"),
        _flow("conversions", goal=_REVENUE),
        _flow("conversion_value", Unit.MONEY, goal=_REVENUE, taxed=True),
        _flow("installs", goal=_GROWTH),
        Metric("reach", Kind.UNIQUE, Unit.COUNT, vanity=True),
        # social networks
        Metric("followers", Kind.LEVEL, Unit.COUNT, vanity=True),
        _flow("new_followers", vanity=True),
        _flow("unfollows", good=_DOWN, vanity=True),
        _flow("net_followers", vanity=True, signed=True),
        _flow("posts", good=None, vanity=True),
        _flow("views", vanity=True),
        _flow("video_views", vanity=True),
        _flow("watch_hours", vanity=True),
        _flow("profile_visits"),
        _flow("interactions"),
        _flow("likes", vanity=True),
        _flow("comments"),
        _flow("shares"),
        _flow("saves"),
        _flow("messages_received", good=None, goal=_SATISFACTION),
        _flow("messages_answered", goal=_SATISFACTION),
        _flow("answered_in_time", goal=_SATISFACTION),
        _flow("response_minutes", Unit.MINUTES, good=Direction.DOWN),
        # a place on a map
        _flow("calls", goal=_REVENUE),
        _flow("directions", goal=_REVENUE),
        _flow("website_clicks"),
        _flow("bookings", goal=_REVENUE),
        # e-mail
        Metric("subscribers", Kind.LEVEL, Unit.COUNT, goal=_GROWTH),
        _flow("new_subscribers", goal=_GROWTH),
        _flow("emails_sent", good=None),
        _flow("emails_delivered", good=None),
        _flow("emails_bounced", good=_DOWN),
        _flow("emails_opened"),
        _flow("emails_clicked"),
        _flow("unsubscribes", good=_DOWN),
        _flow("spam_complaints", good=_DOWN),
        # customer service
        _flow("contacts", good=None),
        _flow("resolved_cases", goal=_SATISFACTION),
        _flow("handling_minutes", Unit.MINUTES, good=Direction.DOWN),
        # reputation
        _flow("mentions"),
        _flow("mentions_positive", goal=_SATISFACTION),
        _flow("mentions_neutral", good=None),
        _flow("mentions_negative", good=Direction.DOWN),
        _flow("market_mentions", good=None),
        # ratios: sum of numerators over sum of denominators, whatever the period
        _ratio("conversion_rate", "transactions", "sessions", Unit.RATE, goal=_REVENUE),
        _ratio("average_order_value", "revenue", "transactions", Unit.MONEY, goal=_REVENUE),
        _ratio("lead_rate", "leads", "sessions", Unit.RATE, goal=_REVENUE),
        _ratio("click_through_rate", "clicks", "impressions", Unit.RATE),
        _ratio("cost_per_click", "spend", "clicks", Unit.MONEY, good=Direction.DOWN, goal=_OPERATIONS),
        _ratio("cost_per_mille", "spend", "impressions", Unit.MONEY, good=Direction.DOWN, per=1000.0, goal=_OPERATIONS),
        _ratio("cost_per_conversion", "spend", "conversions", Unit.MONEY, good=Direction.DOWN, goal=_OPERATIONS),
        _ratio("cost_per_lead", "spend", "leads", Unit.MONEY, good=Direction.DOWN, goal=_OPERATIONS),
        _ratio("roas", "conversion_value", "spend", Unit.RATIO, goal=_REVENUE),
        _ratio("engagement_rate_impressions", "interactions", "impressions", Unit.RATE),
        _ratio("response_rate", "messages_answered", "messages_received", Unit.RATE, goal=_SATISFACTION),
        _ratio("in_time_rate", "answered_in_time", "messages_received", Unit.RATE, goal=_SATISFACTION),
        _ratio("response_time", "response_minutes", "messages_answered", Unit.MINUTES, good=_DOWN, goal=_SATISFACTION),
        _ratio("handling_time", "handling_minutes", "contacts", Unit.MINUTES, good=_DOWN, goal=_OPERATIONS),
        _ratio("contacts_per_case", "contacts", "resolved_cases", Unit.RATIO, good=_DOWN, goal=_SATISFACTION),
        _ratio(
            "net_sentiment", "mentions_positive", "mentions", Unit.RATIO, less="mentions_negative", goal=_SATISFACTION
        ),
        _ratio("share_of_voice", "mentions", "market_mentions", Unit.RATE, goal=_GROWTH),
        _ratio("engaged_rate", "engaged_sessions", "sessions", Unit.RATE),
        _ratio("bounce_rate", "bounces", "sessions", Unit.RATE, good=_DOWN),
        _ratio("pages_per_session", "pageviews", "sessions", Unit.RATIO),
        _ratio("visit_duration", "visit_minutes", "sessions", Unit.MINUTES),
        _ratio("cart_rate", "carts", "sessions", Unit.RATE, goal=_REVENUE),
        _ratio("cost_per_view", "spend", "video_views", Unit.MONEY, good=_DOWN, goal=_OPERATIONS),
        _ratio("delivered_rate", "emails_delivered", "emails_sent", Unit.RATE, goal=_OPERATIONS),
        _ratio("open_rate", "emails_opened", "emails_delivered", Unit.RATE),
        _ratio("email_click_rate", "emails_clicked", "emails_delivered", Unit.RATE),
        _ratio("unsubscribe_rate", "unsubscribes", "emails_delivered", Unit.RATE, good=_DOWN),
        _ratio("confirmation_rate", "orders_confirmed", "orders", Unit.RATE, goal=_REVENUE),
        _ratio("delivery_rate", "orders_delivered", "orders_confirmed", Unit.RATE, goal=_REVENUE),
        _ratio("collection_rate", "orders_collected", "orders", Unit.RATE, goal=_REVENUE),
        _ratio("qualification_rate", "qualified_leads", "leads", Unit.RATE, goal=_REVENUE),
        _ratio("closing_rate", "new_customers", "qualified_leads", Unit.RATE, goal=_REVENUE),
        _ratio("acquisition_cost", "spend", "new_customers", Unit.MONEY, good=_DOWN, goal=_GROWTH),
    )
}

# Stages that follow one another; each is at most the one before.
FUNNELS: dict[str, tuple[str, ...]] = {
    "orders": ("orders", "orders_confirmed", "orders_delivered", "orders_collected"),
    "leads": ("leads", "qualified_leads", "proposals", "new_customers"),
}

CHANNELS: frozenset[str] = frozenset(
    """
    direct organic_search paid_search organic_social paid_social email referral display affiliate
    organic_video paid_video organic_shopping paid_shopping paid_other cross_network audio sms push ai_assistants
    unassigned
    google_ads meta_ads microsoft_ads tiktok_ads linkedin_ads pinterest_ads x_ads snapchat_ads youtube_ads spotify_ads
    facebook instagram tiktok linkedin x youtube pinterest whatsapp snapchat
    google_business_profile
    live_chat tickets website shop phone press radio tv events influencers
    """.split()
)
