"""Like with like: the same days, channels and definition, or a reason; shares of voice among a named set."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from sitegen.measure.benchmark import benchmarks
from sitegen.measure.daily import daily
from sitegen.measure.differences import difference, parts_within_noise, within_noise
from sitegen.measure.kinds import wilson
from sitegen.measure.norms import intensity, norms
from sitegen.messages import Period, Unit
from sitegen.model.authored import Benchmark as Record
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import Against, Benchmark, Measurement
from sitegen.model.facts import Dossier, Records

from .cases import dossier, source

END = date(2026, 10, 31)
YEAR = END - timedelta(391)  # so that the window a year before is whole
GOAL = {"kpi": "conversion_rate", "target": "+10%", "start": "2026-01-01", "deadline": "2026-12-31"}


def shop(orders: int, before: int, sessions: int = 1000, channel: str = "website") -> Records:
    """So many orders a day now, and until the last window."""
    return source(YEAR, {"sessions": [sessions] * 392, "transactions": [before] * 364 + [orders] * 28}, channel)


def record(**changed: Any) -> Record:
    told = {"metric": "conversion_rate", "definition_id": "conversion_rate", "stat": "median", "value": "2.1%"}
    return Record.model_validate(
        {**told, "source": "Survey", "licence": "CC0", "redistribute": "yes", "published": "2026-03-01", **changed}
    )


def seen(*rows: Records, rivals: dict[str, tuple[Records, ...]] | None = None, **client: Any) -> Dossier:
    """The client, its competitors by name and what was seen of each."""
    named = [{"name": name} for name in rivals or {}]
    return replace(dossier(*rows, competitors=named, **client), competitors=rivals or {})


def compared(client: Dossier, id: str = "conversion_rate", as_of: date = END) -> Benchmark:
    return next(each for each in benchmarks(client, daily(client, as_of), as_of) if each.id == id)


def among(found: Benchmark, kind: str, name: str = "") -> Against:
    return next(each for each in found.against if each.kind == kind and each.competitor == name)


def reason(against: Against) -> str:
    assert against.number.value is None
    assert against.difference is None
    assert against.number.reason is not None
    return against.number.reason.key


# ---------------------------------------------------------------- its own past


def test_a_rate_beside_the_year_before_and_the_window_before() -> None:
    found = compared(seen(shop(30, 20), objectives=[GOAL]))
    assert (found.current.value, found.objectives) == (0.03, ("conversion_rate",))
    year, before = among(found, "year"), among(found, "previous")
    assert year.number.period == Period(date(2025, 10, 5), date(2025, 11, 1))
    assert before.number.period == Period(date(2026, 9, 6), date(2026, 10, 3))
    for each in (year, before):
        assert each.difference
        assert each.difference.unit is Unit.POINTS
        assert each.difference.value == pytest.approx(0.01)
        assert each.noise is False


def test_a_total_is_compared_by_observed_day() -> None:
    """Two of 28 days are missing: by day nothing changed."""
    orders = [10] * 390 + [None] * 2
    goal = {**GOAL, "kpi": "transactions"}
    found = compared(seen(source(YEAR, {"transactions": orders}), objectives=[goal]), "transactions", END)
    gap = among(found, "previous").difference
    assert gap
    assert gap.value == pytest.approx(0)
    assert among(found, "previous").noise is None


def test_where_no_row_goes_so_far_back_nothing_is_told() -> None:
    rows = source(END - timedelta(60), {"sessions": [1000] * 61, "transactions": [20] * 61})
    assert [each.kind for each in compared(seen(rows, objectives=[GOAL])).against] == ["previous"]


def test_nothing_is_compared_across_a_change_of_meaning() -> None:
    changed = [{"metric": "transactions", "date": "2026-09-20", "old": "A", "new": "B"}]
    found = compared(seen(shop(30, 20), objectives=[GOAL], definitions=changed))
    assert {reason(each) for each in found.against} == {"measure.reason.redefined"}


def test_the_same_channels_on_both_sides() -> None:
    """A second file begins in the last window: the totals are not of the same things."""
    mail = source(END - timedelta(27), {"transactions": [5] * 28}, "email", "mail.csv")
    goal = {**GOAL, "kpi": "transactions"}
    shopped = source(YEAR, {"transactions": [20] * 392}, "direct")
    found = compared(seen(shopped, mail, objectives=[goal]), "transactions")
    assert reason(among(found, "year")) == "measure.reason.other_sources"


def test_an_internal_objective_is_not_compared() -> None:
    client = seen(shop(30, 20), objectives=[{**GOAL, "internal": True}])
    assert benchmarks(client, daily(client, END), END) == ()


@pytest.mark.parametrize("rows", [(), (source(YEAR, {"sessions": [0] * 392, "transactions": [0] * 392}),)])
def test_nothing_to_compare_where_nothing_is_measured(rows: tuple[Records, ...]) -> None:
    client = seen(*rows, objectives=[GOAL])
    assert benchmarks(client, daily(client, END), END) == ()


# ---------------------------------------------------------------- competitors


def social(interactions: int, channel: str, path: str = "social.csv", impressions: int = 1000) -> Records:
    cells = {"interactions": [interactions] * 392, "impressions": [impressions] * 392}
    return source(YEAR, cells, channel, path)


def test_a_competitor_by_the_same_rule_over_the_same_days() -> None:
    client = seen(shop(30, 20), objectives=[GOAL], rivals={"Rival": (shop(25, 25),), "Autre": (shop(40, 40),)})
    found = compared(client)
    rival, other = among(found, "competitor", "Rival"), among(found, "competitor", "Autre")
    assert (rival.number.value, other.number.value) == (0.025, 0.04)
    assert rival.number.period == found.current.period
    assert rival.difference
    assert rival.difference.value == pytest.approx(0.005)
    assert other.difference
    assert other.difference.value == pytest.approx(-0.01)


def test_only_the_channels_that_both_are_seen_on() -> None:
    """Ours on Instagram alone is compared with theirs on Instagram; all of ours is not."""
    own = (social(30, "instagram", "a.csv"), social(90, "facebook", "b.csv"))
    client = seen(*own, rivals={"Rival": (social(40, "instagram"),)})
    found = compared(client, "engagement_rate_impressions-instagram")
    assert found.current.value == pytest.approx(0.03)
    assert among(found, "competitor", "Rival").number.value == pytest.approx(0.04)


def test_a_competitor_on_other_channels_is_told_so() -> None:
    goal = {**GOAL, "kpi": "engagement_rate_impressions", "channels": ["instagram"]}
    client = seen(social(30, "instagram"), objectives=[goal], rivals={"Rival": (social(40, "tiktok"),)})
    found = compared(client, "engagement_rate_impressions-instagram")
    assert reason(among(found, "competitor", "Rival")) == "measure.reason.seen_elsewhere"


def test_a_competitor_that_was_not_seen_lately_has_a_reason() -> None:
    old = source(YEAR, {"sessions": [1000] * 100, "transactions": [25] * 100})
    found = compared(seen(shop(30, 20), objectives=[GOAL], rivals={"Rival": (old,)}))
    assert reason(among(found, "competitor", "Rival")) == "measure.reason.no_data"


def test_all_are_read_up_to_the_last_day_that_all_tell() -> None:
    ended = source(YEAR, {"sessions": [1000] * 385, "transactions": [25] * 385})
    found = compared(seen(shop(30, 20), objectives=[GOAL], rivals={"Rival": (ended,)}))
    assert found.current.period == Period(date(2026, 9, 27), date(2026, 10, 24))
    assert among(found, "competitor", "Rival").number.period == found.current.period


def test_a_competitor_changes_nothing_of_the_client_s() -> None:
    alone, beside = (
        compared(seen(shop(30, 20), objectives=[GOAL], rivals=rivals)) for rivals in ({}, {"Rival": (shop(5, 9),)})
    )
    assert alone.current == beside.current
    assert [each for each in beside.against if each.kind != "competitor"] == list(alone.against)


# ---------------------------------------------------------------- share of voice


def heard(count: int, path: str = "mentions.csv") -> Records:
    return source(END - timedelta(55), {"mentions": [count] * 56}, path=path)


def test_another_competitor_lowers_a_share_of_voice() -> None:
    """V:sov, METHODS §1: 50 of 50 + 90 + 60 are 25 %, with another one of 100 16.7 %."""
    rivals = {"A": (heard(90),), "B": (heard(60),)}
    found = compared(seen(heard(50), rivals=rivals), "share_of_voice")
    assert found.current.value == pytest.approx(0.25)
    assert found.rivals == ("A", "B")
    assert among(found, "competitor", "A").number.value == pytest.approx(0.45)
    more = compared(seen(heard(50), rivals={**rivals, "C": (heard(100),)}), "share_of_voice")
    assert more.current.value == pytest.approx(0.1667, abs=5e-5)


def test_what_the_files_count_as_the_market_is_the_whole() -> None:
    own = source(END - timedelta(55), {"mentions": [50] * 56, "market_mentions": [400] * 56})
    found = compared(seen(own, rivals={"A": (heard(90),)}), "share_of_voice")
    assert found.current.value == pytest.approx(0.125)
    assert among(found, "competitor", "A").number.value == pytest.approx(0.225)


def test_without_a_competitor_there_is_no_share_of_voice() -> None:
    client = seen(heard(50))
    assert "share_of_voice" not in [each.metric for each in benchmarks(client, daily(client, END), END)]


def test_a_window_in_which_a_competitor_is_unknown_has_no_share() -> None:
    late = source(END - timedelta(27), {"mentions": [90] * 28})
    found = compared(seen(heard(50), rivals={"A": (late,)}), "share_of_voice")
    assert found.current.value == pytest.approx(50 / 140)
    assert reason(among(found, "previous")) == "measure.reason.no_data"


def test_no_mention_at_all_is_no_share() -> None:
    client = seen(heard(0), rivals={"A": (heard(0),)})
    assert "share_of_voice" not in [each.metric for each in benchmarks(client, daily(client, END), END)]


# ---------------------------------------------------------------- published figures


def normed(*records: Record, **client: Any) -> Benchmark:
    return compared(replace(seen(shop(30, 20), objectives=[GOAL], **client), benchmarks=records))


def test_equal_definitions_are_compared() -> None:
    norm = among(normed(record()), "norm")
    assert norm.difference
    assert norm.difference.value == pytest.approx(0.009)
    assert (norm.noise, norm.old) == (False, False)


@pytest.mark.parametrize("stat", ["median", "mean", "p25", "p75", "level"])
def test_every_statistic_stands_beside_ours(stat: str) -> None:
    norm = among(normed(record(stat=stat)), "norm")
    assert norm.norm
    assert (norm.norm.stat, norm.number.value) == (stat, 0.021)


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"definition_id": "er_reach"}, "measure.apart.denominator"),
        ({"definition_id": "er_followers"}, "measure.apart.each_denominator"),
        ({"definition_id": "buyers", "definition": "buyers ÷ visitors"}, "measure.apart.defined"),
        ({"definition_id": "buyers"}, "measure.apart.definition"),
        ({"channel": "email"}, "measure.apart.channel"),
    ],
)
def test_another_definition_is_not_comparable(changed: dict[str, str], key: str) -> None:
    assert reason(among(normed(record(**changed)), "norm")) == key


def test_a_client_says_which_definition_its_files_follow() -> None:
    found = normed(record(definition_id="buyers"), measured_as={"conversion_rate": "buyers"})
    assert among(found, "norm").number.value == 0.021
    found = normed(record(), measured_as={"conversion_rate": "buyers"})
    assert reason(among(found, "norm")) == "measure.apart.definition"


def test_money_of_another_currency_is_not_comparable() -> None:
    rows = source(YEAR, {"transactions": [10] * 392, "revenue": [3000] * 392}, currency="MAD")
    goal = {**GOAL, "kpi": "average_order_value"}
    told = {"metric": "average_order_value", "definition_id": "average_order_value", "value": 30}
    client = replace(seen(rows, objectives=[goal]), benchmarks=(record(**told, currency="EUR"),))
    assert reason(among(compared(client, "average_order_value"), "norm")) == "measure.apart.currency"
    client = replace(client, benchmarks=(record(**told, currency="MAD"),))
    assert among(compared(client, "average_order_value"), "norm").number.value == 30


def test_a_figure_of_one_channel_stands_beside_that_channel() -> None:
    own = (social(30, "instagram", "a.csv"), social(90, "facebook", "b.csv"))
    told = {"metric": "engagement_rate_impressions", "definition_id": "engagement_rate_impressions"}
    client = replace(seen(*own), benchmarks=(record(**told, channel="instagram", value="2%"), record(**told)))
    one, whole = (compared(client, f"engagement_rate_impressions{on}") for on in ("-instagram", ""))
    assert [each.number.value for each in one.against if each.norm] == [0.02]
    assert [each.number.value for each in whole.against if each.norm and each.number.value] == [0.021]
    assert (one.current.value, whole.current.value) == (pytest.approx(0.03), pytest.approx(0.06))


@pytest.mark.parametrize(
    ("told", "old"),
    [
        ({"published": "2024-04-30"}, True),
        ({"published": None, "period": {"start": "2023-01-01", "end": "2023-12-31"}}, True),
        ({"published": None}, False),  # nobody tells its age
        ({"published": "2020-01-01", "stat": "level"}, False),
    ],
)
def test_a_figure_ages(told: dict[str, Any], old: bool) -> None:
    client = replace(seen(shop(30, 20), objectives=[GOAL]), benchmarks=(record(**told),))
    found = compared(client, as_of=date(2026, 11, 2))
    assert among(found, "norm").old is old


@pytest.mark.parametrize(("published", "old"), [("2025-04-29", True), ("2025-04-30", False)])
def test_eighteen_months_to_the_day(published: str, old: bool) -> None:
    client = replace(seen(shop(30, 20), objectives=[GOAL]), benchmarks=(record(published=published),))
    assert among(compared(client, as_of=date(2026, 10, 30)), "norm").old is old


def test_what_may_be_told_nowhere_is_no_norm() -> None:
    client = replace(seen(shop(30, 20)), benchmarks=(record(redistribute="no"), record(redistribute="cite")))
    assert [each.shared for each in norms(client)] == [False]


def test_the_index_is_compared_with_the_same_year_only() -> None:
    told = {"metric": "digital_intensity", "stat": "share", "band": "high", "value": "19.6%"}
    records = tuple(record(**told, definition_id=f"dii_{year}") for year in (2021, 2023))
    client = replace(seen(digital_intensity={"count": 7, "year": 2023}), benchmarks=records)
    found = intensity(client, END)
    assert found
    assert (found.band, len(found.spread), found.spread[0].definition) == ("high", 1, "dii_2023")
    assert (found.old, getattr(intensity(client, date(2027, 9, 2)), "old", None)) == (False, True)
    assert [each.definition for each in found.others] == ["dii_2021"]


@pytest.mark.parametrize(
    ("count", "band"), [(0, "very_low"), (3, "very_low"), (4, "low"), (6, "low"), (9, "high"), (12, "very_high")]
)
def test_the_classes_of_the_index(count: int, band: str) -> None:
    found = intensity(seen(digital_intensity={"count": count, "year": 2023}), END)
    assert found
    assert found.band == band


# ---------------------------------------------------------------- two values


@pytest.mark.parametrize(
    ("metric", "ours", "other", "gap"),
    [
        ("conversion_rate", 0.03, 0.02, (pytest.approx(0.01), Unit.POINTS)),
        ("conversion_rate", 0.0, 0.0, (0.0, Unit.POINTS)),
        ("net_sentiment", 0.3, -0.1, (pytest.approx(0.4), Unit.RATIO)),
        ("transactions", 30.0, 20.0, (0.5, Unit.CHANGE)),
        ("transactions", 0.0, 20.0, (-1.0, Unit.CHANGE)),
    ],
)
def test_a_difference_is_told_in_its_unit(metric: str, ours: float, other: float, gap: tuple[float, Unit]) -> None:
    found = difference(METRICS[metric], ours, other)
    assert found
    assert (found.value, found.unit) == gap


@pytest.mark.parametrize(("ours", "other"), [(None, 1.0), (1.0, None), (5.0, 0.0), (5.0, -2.0)])
def test_no_difference_where_it_means_nothing(ours: float | None, other: float | None) -> None:
    assert difference(METRICS["transactions"], ours, other) is None


def rate(cases: float, of: float) -> Measurement:
    return Measurement("conversion_rate", Unit.RATE, cases / of, None, interval=wilson(cases, of))


@pytest.mark.parametrize(
    ("one", "other", "noise"),
    [
        ((56, 70), (48, 80), False),  # Newcombe 1998, table II, a, method 10: 0.0524 to 0.3339
        ((9, 10), (3, 10), False),  # b: 0.1705 to 0.8090
        ((10, 10), (0, 20), False),  # g: 0.6791 to 1
        ((12, 400), (11, 390), True),
        ((0, 50), (1, 50), True),
    ],
)
def test_within_the_noise_of_two_samples(one: tuple[int, int], other: tuple[int, int], noise: bool) -> None:
    assert within_noise(rate(*one), rate(*other)) is noise


def test_nobody_knows_the_noise_without_a_sample() -> None:
    plain = Measurement("conversion_rate", Unit.RATE, 0.02, None)
    assert within_noise(rate(12, 400), plain) is None


@pytest.mark.parametrize(
    ("one", "other", "noise"),
    [
        (130, 100, False),  # z = 1.982
        (129, 100, True),  # z = 1.920; two samples of 1000 each would be told apart: 2.04
        (140, 100, False),
        (0, 0, True),
    ],
)
def test_two_parts_of_one_whole_vary_against_each_other(one: int, other: int, noise: bool) -> None:
    ours, theirs = (
        Measurement("share_of_voice", Unit.RATE, count / 1000, None, numerator=count, denominator=1000.0)
        for count in (one, other)
    )
    assert parts_within_noise(ours, theirs) is noise


def test_parts_of_two_wholes_are_not_taken_for_one() -> None:
    ours, theirs = (
        Measurement("share_of_voice", Unit.RATE, 0.2, None, numerator=whole / 5, denominator=whole)
        for whole in (1000.0, 900.0)
    )
    assert parts_within_noise(ours, theirs) is None


def test_two_samples_would_be_told_apart_sooner() -> None:
    assert within_noise(rate(129, 1000), rate(100, 1000)) is False
