"""Which pairs are crossed, on which periods, and what lies under them (METHODS §5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from sitegen.measure.crossings import crossings
from sitegen.measure.daily import daily
from sitegen.model import codec
from sitegen.model.computed import Crossing
from sitegen.model.facts import Records

from .cases import dossier, monthly, source

FIRST = date(2024, 10, 7)  # a Monday
WEEKS = 104
LAST = FIRST + timedelta(7 * WEEKS - 1)


def by_week(values: Sequence[float]) -> list[float | None]:
    """Each week's total spread over its days."""
    return [value / 7 for value in values for _ in range(7)]


def walk(seed: int, weeks: int = WEEKS) -> Any:
    return np.exp(7 + 0.1 * np.random.default_rng(seed).standard_normal(weeks).cumsum())


def posts(values: Any) -> Records:
    return source(FIRST, {"interactions": by_week(values)}, "instagram", "social.csv")


def site(values: Any, **more: Any) -> Records:
    return source(FIRST, {"sessions": by_week(values), **more}, path="site.csv")


def crossed(*records: Records, until: date = LAST, **client: Any) -> tuple[Crossing, ...]:
    known = dossier(*records, **client)
    return crossings(known, daily(known, until), until)


def test_weeks_are_laid_on_one_calendar() -> None:
    interactions, visits = walk(1), walk(2)
    (found,) = crossed(posts(interactions), site(visits))
    assert (found.first, found.second, found.grain, found.start) == ("interactions", "sessions", "week", FIRST)
    assert found.first_values == pytest.approx(tuple(interactions))
    assert found.second_values == pytest.approx(tuple(visits))
    assert (found.spend, found.missing, found.sources) == ((), 0, ("site.csv", "social.csv"))
    assert (found.link.periods, found.link.status) == (WEEKS, "no_link")


def test_visits_that_follow_posts_are_linked_a_week_later() -> None:
    interactions = walk(1)
    visits = np.exp(0.8 * np.log(np.r_[interactions[:1], interactions[:-1]]) + np.log(walk(3)) * 0.3)
    (found,) = crossed(posts(interactions), site(visits))
    assert (found.link.status, found.link.lag) == ("link", 1)


def test_sales_are_the_shops_own_figure_or_its_contacts() -> None:
    sales, visits = by_week(walk(4)), walk(2)
    both = crossed(posts(walk(1)), site(visits, revenue=sales, transactions=sales))
    assert [each.second for each in both] == ["sessions", "revenue"]
    assert both[1].currency == "MAD"
    assert [each.second for each in crossed(posts(walk(1)), site(visits, leads=sales))] == ["sessions", "leads"]


def test_pairs_that_are_shown_together_ask_for_more() -> None:
    alone = crossed(posts(walk(1)), site(walk(2)))[0].link
    among = crossed(posts(walk(1)), site(walk(2), revenue=by_week(walk(4))))[0].link
    assert (alone.p_adjusted, among.p_adjusted) != (None, None)
    assert (among.p_adjusted or 0) == pytest.approx(min(1.0, 2 * (alone.p_adjusted or 0)))


def test_the_spend_lies_under_them_where_it_is_known() -> None:
    spent = source(FIRST + timedelta(70), {"spend": by_week([700.0] * 94)}, "meta_ads", "meta.csv")
    (found,) = crossed(posts(walk(1)), site(walk(2)), spent)
    assert found.spend[:10] == (None,) * 10
    assert found.spend[10:] == pytest.approx((700.0,) * 94)
    assert found.currency == "MAD"


def test_only_what_follows_the_last_gap_is_crossed() -> None:
    visits = by_week(walk(2))
    visits[7 * 40 + 2 : 7 * 40 + 5] = [None] * 3
    (found,) = crossed(posts(walk(1)), source(FIRST, {"sessions": visits}, path="site.csv"))
    assert (found.start, len(found.first_values)) == (FIRST + timedelta(7 * 41), WEEKS - 41)


@pytest.mark.parametrize(("weeks", "shown"), [(25, 0), (26, 1)])
def test_half_a_year_of_weeks_is_drawn(weeks: int, shown: int) -> None:
    found = crossed(posts(walk(1, weeks)), site(walk(2, weeks)), until=FIRST + timedelta(7 * weeks - 1))
    assert len(found) == shown
    assert [(each.link.status, each.missing) for each in found] == [("insufficient", 5)] * shown


def test_a_week_that_has_begun_is_left_out() -> None:
    found = crossed(posts(walk(1)), site(walk(2)), until=LAST - timedelta(1))
    assert len(found[0].first_values) == WEEKS - 1


def test_files_of_months_are_crossed_by_months() -> None:
    months = [date(year, month, 1).isoformat() for year in (2023, 2024, 2025) for month in range(1, 13)]
    social = monthly(months, {"interactions": walk(1, 36).tolist()}, "instagram", "social.csv")
    visits = monthly(months, {"sessions": walk(2, 36).tolist()})
    (found,) = crossed(social, visits, until=date(2025, 12, 31))
    assert (found.grain, found.start, len(found.first_values)) == ("month", date(2023, 1, 1), 36)
    assert (found.link.status, found.missing) == ("insufficient", 4)


def test_an_event_that_both_show_is_no_link() -> None:
    peaks = np.where(np.isin(np.arange(WEEKS) % 13, (6, 7)), 3.0, 0.0)
    interactions, visits = (np.exp(7 + 0.2 * np.random.default_rng(i).standard_normal(WEEKS) + peaks) for i in (5, 6))
    sales = [
        {"label": "Soldes", "start": day.isoformat(), "end": (day + timedelta(13)).isoformat(), "kind": "sale"}
        for place in range(6, WEEKS, 13)
        for day in [FIRST + timedelta(7 * place)]
    ]
    assert crossed(posts(interactions), site(visits))[0].link.status == "link"
    assert crossed(posts(interactions), site(visits), events=sales)[0].link.status == "no_link"


def test_curves_that_rise_together_are_alike_and_not_linked() -> None:
    line = np.exp(np.linspace(6, 8, WEEKS))
    interactions, visits = (line * np.exp(0.05 * np.random.default_rng(i).standard_normal(WEEKS)) for i in (7, 8))
    (found,) = crossed(posts(interactions), site(visits))
    assert found.alike > 0.9
    assert found.link.status == "no_link"


@pytest.mark.parametrize("flat", [0.0, 50.0, 1e300])
def test_a_flat_curve_goes_with_nothing(flat: float) -> None:
    (found,) = crossed(posts([flat] * WEEKS), site(walk(2)))
    assert (found.link.status, found.alike) == ("no_link", 0.0)


def test_without_interactions_or_without_what_follows_nothing_is_crossed() -> None:
    assert crossed(site(walk(2))) == ()
    assert crossed(posts(walk(1))) == ()
    assert crossed() == ()


def test_the_order_of_files_changes_nothing() -> None:
    records = (posts(walk(1)), site(walk(2), revenue=by_week(walk(4))))
    assert crossed(*records) == crossed(*reversed(records))


def test_a_crossing_is_written_and_read_back_equal() -> None:
    (found,) = crossed(posts(walk(1)), site(walk(2)))
    assert codec.decode(codec.encode(found), Crossing) == found
