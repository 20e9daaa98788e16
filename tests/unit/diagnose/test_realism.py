"""How realistic a target is: the vectors of METHODS §2.6 and the boundaries of its classes."""

from __future__ import annotations

from datetime import date
from math import log
from typing import Any

import pytest

from sitegen.diagnose.realism import realism
from sitegen.formats import Words
from sitegen.messages import Quantity, Unit
from sitegen.model.authored import Objective
from sitegen.model.computed import Realism

from .cases import followers, kept, objective, progress, total

PLAIN = objective(lever=None)
JUSTIFIED = objective(target_basis={"kind": "capacity"})


def past(need: float, best: float, rank: float, **changes: Any) -> Any:
    return total(need=need, best_past=best, need_rank=rank, multiplier=2.718281828459045**need, **changes)


def test_3000_followers_from_400_in_a_month_are_unrealistic() -> None:
    reached, why = realism(followers(), PLAIN)
    assert reached is Realism.UNREALISTIC
    assert Words("fr").say(why).replace("\u202f", " ").replace("\u00a0", " ") == (
        "Il faut +650 %, plus du double de la meilleure progression passée sur la même durée (+4,6 %)."
    )


def test_sales_times_100_in_a_month_are_unrealistic() -> None:
    found = total(deadline=date(2026, 1, 31), need=log(100), best_past=0.045, need_rank=0.0, multiplier=100.0)
    assert realism(found, PLAIN)[0] is Realism.UNREALISTIC


def test_ten_percent_in_three_months_is_ambitious() -> None:
    found = total(deadline=date(2026, 3, 31), need=log(1.1), best_past=0.099, need_rank=0.222, multiplier=1.1)
    reached, why = realism(found, PLAIN)
    assert reached is Realism.AMBITIOUS
    assert why.named["need"] == Quantity(pytest.approx(0.10), Unit.CHANGE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rank", "expected"),
    [
        (1.0, Realism.REALISTIC),
        (0.40, Realism.REALISTIC),
        (0.399, Realism.AMBITIOUS),
        (0.15, Realism.AMBITIOUS),
        (0.149, Realism.VERY_AMBITIOUS),
        (0.03, Realism.VERY_AMBITIOUS),
        (0.0, Realism.VERY_AMBITIOUS),
    ],
)
def test_the_share_of_past_windows_gives_the_class(rank: float, expected: Realism) -> None:
    assert realism(past(0.10, 0.10, rank), PLAIN)[0] is expected


@pytest.mark.parametrize(
    ("need", "best", "expected"),
    [
        (0.20, 0.10, Realism.VERY_AMBITIOUS),  # exactly twice the best
        (0.2001, 0.10, Realism.UNREALISTIC),
        (0.05, -0.01, Realism.NOT_ASSESSABLE),  # never grew
        (0.05, 0.0, Realism.NOT_ASSESSABLE),
        (-0.20, -0.10, Realism.VERY_AMBITIOUS),  # a decrease, exactly twice the best fall
        (-0.2001, -0.10, Realism.UNREALISTIC),
        (-0.05, 0.01, Realism.NOT_ASSESSABLE),  # never fell
        (0.0, 0.0, Realism.VERY_AMBITIOUS),  # asks for nothing more than the past
    ],
)
def test_more_than_twice_the_best_past_is_unrealistic(need: float, best: float, expected: Realism) -> None:
    assert realism(past(need, best, 0.0), PLAIN)[0] is expected


@pytest.mark.parametrize(
    ("authored", "expected"),
    [
        (JUSTIFIED, Realism.VERY_AMBITIOUS),
        (objective(lever=None, target_basis={"kind": "capacity"}), Realism.UNREALISTIC),
        (objective(), Realism.UNREALISTIC),
    ],
    ids=["lever and basis", "basis alone", "lever alone"],
)
def test_a_lever_with_a_basis_leaves_the_target_to_justify(authored: Objective, expected: Realism) -> None:
    assert realism(followers(), authored)[0] is expected


@pytest.mark.parametrize(
    ("times", "deadline", "expected"),
    [
        (3.0, date(2026, 5, 31), Realism.UNREALISTIC),  # 92 days
        (3.0, date(2026, 6, 1), Realism.NOT_ASSESSABLE),
        (2.99, date(2026, 5, 31), Realism.NOT_ASSESSABLE),
    ],
)
def test_a_past_without_growth_rules_out_only_a_leap(times: float, deadline: date, expected: Realism) -> None:
    found = followers(multiplier=times, need=log(times), best_past=-0.02, deadline=deadline)
    reached, why = realism(found, PLAIN)
    assert reached is expected
    assert why.key == f"realism.reason.{'out_of_reach' if expected is Realism.UNREALISTIC else 'no_growth'}"


def test_what_has_to_justify_the_target_is_named() -> None:
    assert "L’action prévue («\u00a0paiement simplifié\u00a0»)" in Words("fr").say(realism(followers(), JUSTIFIED)[1])


UNKNOWN_PAST = {"best_past": None, "need_rank": None}


@pytest.mark.parametrize(
    ("changes", "authored", "expected"),
    [
        ({"multiplier": 3.0, "deadline": date(2026, 5, 31)}, PLAIN, Realism.UNREALISTIC),  # 92 days
        ({"multiplier": 3.0, "deadline": date(2026, 6, 1)}, PLAIN, Realism.NOT_ASSESSABLE),  # 93 days
        ({"multiplier": 2.99, "deadline": date(2026, 5, 31)}, PLAIN, Realism.NOT_ASSESSABLE),
        ({"multiplier": 3.0, "deadline": date(2026, 5, 31)}, JUSTIFIED, Realism.NOT_ASSESSABLE),
        ({"multiplier": None, "need": None}, PLAIN, Realism.NOT_ASSESSABLE),
    ],
)
def test_without_a_past_only_a_leap_can_be_judged(
    changes: dict[str, Any], authored: Objective, expected: Realism
) -> None:
    assert realism(followers(**UNKNOWN_PAST, **changes), authored)[0] is expected


def test_a_limit_to_hold_is_not_assessed() -> None:
    assert realism(kept(), PLAIN)[0] is Realism.NOT_ASSESSABLE


def test_the_need_of_a_rate_is_told_in_points() -> None:
    assert realism(progress(), PLAIN)[1].named["need"] == Quantity(0.01, Unit.POINTS)


def test_a_growth_from_nothing_is_told_as_a_difference() -> None:
    found = followers(multiplier=None, need=3000.0, best_past=2000.0)
    assert realism(found, PLAIN)[1].named["need"] == Quantity(3000.0, Unit.COUNT)


@pytest.mark.parametrize(
    ("untouched", "expected"),
    [
        (1.0, Realism.REALISTIC),
        (0.40, Realism.REALISTIC),
        (0.399, Realism.AMBITIOUS),
        (0.15, Realism.AMBITIOUS),
        (0.149, Realism.VERY_AMBITIOUS),
        (0.03, Realism.VERY_AMBITIOUS),
        (0.029, Realism.NEEDS_ACTION),
        (0.0, Realism.NEEDS_ACTION),
    ],
)
def test_the_chance_without_changing_anything_gives_the_class(untouched: float, expected: Realism) -> None:
    reached, why = realism(past(0.10, 0.10, 1.0, untouched=untouched), PLAIN)
    assert (reached, why.key) == (expected, f"realism.reason.{expected}")


def test_more_than_twice_the_best_past_growth_is_unrealistic_whatever_the_chance() -> None:
    assert realism(past(0.201, 0.10, 0.0, untouched=0.5), PLAIN)[0] is Realism.UNREALISTIC
    assert realism(past(0.199, 0.10, 0.0, untouched=0.0), PLAIN)[0] is Realism.NEEDS_ACTION
    assert realism(past(0.201, 0.10, 0.0, untouched=0.0), JUSTIFIED)[0] is Realism.VERY_AMBITIOUS


def test_a_past_without_growth_leaves_the_chance_to_tell() -> None:
    assert realism(past(0.1, -0.02, 0.0, untouched=0.01), PLAIN)[0] is Realism.NEEDS_ACTION
    assert realism(total(need=0.1, best_past=None, need_rank=None, untouched=0.2), PLAIN)[0] is Realism.AMBITIOUS
