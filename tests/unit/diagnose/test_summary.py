"""What the portfolio tells of a client is what its Edition tells, in few values; what is not known is not nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sitegen.diagnose import STANDINGS, edition, pressing, summary
from sitegen.diagnose.summary import earned
from sitegen.messages import Quantity, Unit, say
from sitegen.model import codec
from sitegen.model.computed import State, Status
from sitegen.model.portfolio import Review, Row, Summary
from tests import portfolios

from .cases import (
    DECIDED_BY_MISSING_DAYS,
    TODAY,
    YEAR,
    client,
    costs,
    dossier,
    measured,
    money,
    progress,
    ratio,
    replaced,
    returns,
    sales_gain,
    scorecard,
    total,
    warning,
    written,
)

ASKED = {"money": (say("requests.margin"), say("requests.budgets"))}


def told(**changes: object) -> Summary:
    return summary(edition(dossier(), scorecard(**changes), ()), ASKED)


def test_a_summary_comes_back_equal_from_json() -> None:
    found = told()
    assert codec.decode(codec.encode(found), Summary) == found
    assert len(codec.encode(found)) < 4000


def test_each_objective_is_told_with_its_status_and_as_it_was_written_the_most_pressing_first() -> None:
    authored = client(objectives=[written(), written(kpi="orders", target="x1.3")])
    card = scorecard(progress=(progress(pace=1.0, pace_low=0.97, pace_high=1.03), total(pace=0.5)))
    found = summary(edition(dossier(authored), card, ()), {})
    assert [(line.kpi, line.target, line.status, line.standing) for line in found.objectives] == [
        ("orders", "x1.3", Status.OFF_TRACK, "late"),
        ("conversion_rate", "+50%", Status.ON_TRACK, "well"),
    ]


def test_every_status_has_a_standing() -> None:
    assert STANDINGS.keys() == set(Status)


def test_data_are_as_old_as_their_last_day_and_none_where_there_are_none() -> None:
    assert told().data_until == TODAY
    assert told(sources=()).data_until is None


def test_files_that_stopped_earlier_are_named_once_without_the_client_s_folder() -> None:
    notices = (warning("quality.stale"), warning("quality.stale"), warning("quality.gaps"))
    found = edition(
        dossier(), scorecard(), tuple(replace(each, path=f"{each.path}{n}") for n, each in enumerate(notices))
    )
    again = edition(dossier(), scorecard(), notices)
    assert summary(found, {}).stopped == ("exports/shop.csv0", "exports/shop.csv1")
    assert summary(again, {}).stopped == ("exports/shop.csv",)


def test_missing_inputs_are_those_of_the_data_request() -> None:
    assert told().missing == (("money", ASKED["money"]),)


# ---------------------------------------------------------------- returns


def test_a_return_on_additional_margin_with_every_cost_is_whole() -> None:
    found = earned(returns())
    assert (found.value, found.counting, found.period) == (Quantity(0.2126, Unit.RATIO), "earned", YEAR)
    assert found.without == ()


def test_a_return_without_a_cost_line_names_it() -> None:
    assert earned(returns(costs=costs("agency", "staff"))).without == (
        say("portfolio.cost.agency"),
        say("portfolio.cost.staff"),
    )


def test_a_cost_line_that_is_known_in_part_says_so() -> None:
    lines = tuple(replace(line, origin="partial") if line.kind == "tools" else line for line in costs())
    assert earned(returns(costs=lines)).without == (say("portfolio.partly", name=say("portfolio.cost.tools")),)


def test_gains_that_are_known_in_part_are_told() -> None:
    partial = money(300_000.0, state=State.PARTIAL)
    assert earned(returns(attributed_revenue=partial)).without == (say("portfolio.part_of_sales"),)


def test_where_nobody_told_the_additional_share_it_is_what_platforms_claim() -> None:
    found = earned(returns(incrementality=None, roi_incremental=ratio(None)))
    assert (found.value, found.counting) == (Quantity(1.021, Unit.RATIO), "claimed")


def test_a_return_of_every_lever_says_so() -> None:
    found = earned(
        returns(
            sales_gain=sales_gain(),
            communication=replaced(),
            benefit=money(281_000.0),
            net=money(214_200.0),
            roi=measured(3.2066, Unit.CHANGE, YEAR),
        )
    )
    assert (found.value, found.counting) == (Quantity(3.2066, Unit.CHANGE), "gained")


def test_what_cannot_be_computed_has_its_reason_and_no_number() -> None:
    reason = say("returns.reason.no_margin")
    none = measured(None, Unit.RATIO, YEAR, reason=reason)
    found = earned(returns(margin=None, roi_incremental=none, roi_attributed=none))
    assert (found.value, found.reason, found.period, found.without) == (None, reason, None, ())


# ---------------------------------------------------------------- reviews


def test_the_next_day_is_first_and_none_is_behind_the_data() -> None:
    early = progress(
        start=date(2026, 3, 25), deadline=date(2026, 9, 30), elapsed_days=7, pace_low=None, current=measured(0.024)
    )
    authored = client(objectives=[written(), written(kpi="orders")])
    late = total(as_of=TODAY, deadline=date(2026, 4, 30))
    found = summary(edition(dossier(authored), scorecard(progress=(early, late)), ()), {})
    assert [line.status for line in found.objectives] == [Status.OFF_TRACK, Status.TOO_EARLY]
    assert found.reviews[0].on > TODAY
    assert [review.on for review in found.reviews] == sorted(review.on for review in found.reviews)
    assert Review(date(2026, 4, 30), "deadline", 0) in found.reviews
    assert {review.kind for review in found.reviews if review.line == 1} == {"judged_from", "deadline"}


def test_an_objective_that_is_over_has_no_review() -> None:
    over = progress(as_of=date(2026, 6, 30), met=True, last_value_on=date(2026, 6, 30))
    found = summary(edition(dossier(), scorecard(progress=(over,), as_of=date(2026, 6, 30)), ()), {})
    assert [line.status for line in found.objectives] == [Status.ACHIEVED]
    assert found.reviews == ()


def test_a_deadline_that_is_over_is_none_ahead_even_where_nothing_could_be_concluded() -> None:
    authored = client(objectives=[written(kpi="orders")])
    card = scorecard(progress=(DECIDED_BY_MISSING_DAYS,), as_of=date(2026, 12, 31))
    found = summary(edition(dossier(authored), card, ()), {})
    assert [line.status for line in found.objectives] == [Status.INCONCLUSIVE]
    assert found.reviews == ()


# ---------------------------------------------------------------- order

CALM = portfolios.built(portfolios.summary("a"))


@pytest.mark.parametrize(
    "row",
    [
        Row("z", "Z", "failed", CALM.summary),
        Row("z", "Z", "failed"),
        Row("z", "Z", "unbuilt"),
        portfolios.built(portfolios.summary("z", objectives=(portfolios.objective(Status.MISSED),))),
        portfolios.built(portfolios.summary("z", objectives=(portfolios.objective(Status.AT_RISK),))),
        portfolios.built(portfolios.summary("z", objectives=(portfolios.objective(Status.NO_DATA),))),
        portfolios.built(portfolios.summary("z", signs=portfolios.signs("absent", "present", "absent"))),
        portfolios.built(portfolios.summary("z", signs=portfolios.signs("absent", "unknown", "absent"))),
        portfolios.built(portfolios.summary("z", data_until=date(2026, 11, 1))),
        portfolios.built(portfolios.summary("z", data_until=None)),
        portfolios.built(portfolios.summary("z", missing=(("money", (say("requests.margin"),)),))),
    ],
)
def test_what_needs_attention_comes_before_what_does_not(row: Row) -> None:
    assert pressing(row) < pressing(CALM)


def test_a_client_late_comes_before_any_number_of_others_at_risk() -> None:
    late = portfolios.summary("z", objectives=(portfolios.objective(Status.OFF_TRACK),))
    risks = portfolios.summary("a", objectives=(portfolios.objective(Status.AT_RISK),) * 9)
    assert pressing(portfolios.built(late)) < pressing(portfolios.built(risks))


def test_rows_that_are_alike_are_in_the_order_of_their_names() -> None:
    first, second = (portfolios.built(portfolios.summary(slug, name)) for slug, name in (("z", "abel"), ("a", "Bela")))
    assert pressing(first) < pressing(second)
