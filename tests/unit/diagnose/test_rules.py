"""Each rule fires on its case and stays silent on the nearest one; findings come most pressing first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sitegen import read
from sitegen.diagnose import RULES, findings
from sitegen.diagnose.data import unanswered
from sitegen.diagnose.draft import Draft, about
from sitegen.draw import funnels
from sitegen.formats import Words
from sitegen.messages import Message, Quantity, Unit, say
from sitegen.model.computed import CheckResult, Finding, Implied, State

from .cases import (
    HIRED,
    LESS_EFFECT,
    TODAY,
    basket,
    budget,
    channel,
    client,
    compared,
    costs,
    draft,
    drafted,
    followers,
    funnel,
    kept,
    measured,
    money,
    plan,
    progress,
    rated,
    ratio,
    replaced,
    returns,
    sales_gain,
    served,
    source,
    total,
    written,
)

FINE = {"pace": 1.0, "pace_low": 0.97, "pace_high": 1.03}
BROKE = {"roi_incremental": ratio(-0.2), "roi_attributed": ratio(1.0)}

NO_HIRE = {**HIRED, "nature": "freed", "booked": money(0.0)}


def lever(**changes: Any) -> Draft:
    return draft(returns=returns(**changes))


def implying(kpi: str, factor: float, first: str = "orders", aimed: float | None = None) -> Draft:
    """Two objectives that ask together for so much of a third KPI."""
    found = Implied((first, "rate"), kpi, factor, date(2026, 12, 31), aimed)
    plain = draft(progress=(progress(**FINE),))
    return replace(plain, scorecard=replace(plain.scorecard, implied=(found,)))


# finding → what makes it appear, and the nearest case without it
CASES: dict[str, tuple[Draft, Draft]] = {
    "none_set": (draft(client(objectives=[]), progress=()), draft()),
    "missed-conversion_rate": (
        drafted(progress(as_of=date(2026, 6, 30))),
        drafted(progress(as_of=date(2026, 6, 30), met=True)),
    ),
    "off_track-orders": (drafted(total(pace=0.799)), drafted(total(pace=0.80))),
    "at_risk-orders": (drafted(total(pace=0.949)), drafted(total(pace=0.95))),
    "no_data-conversion_rate": (
        drafted(progress(last_value_on=TODAY - timedelta(15))),
        drafted(progress(last_value_on=TODAY - timedelta(14))),
    ),
    "inconclusive-conversion_rate": (drafted(progress(pace_low=0.1, pace_high=1.9)), drafted(progress())),
    "too_early-conversion_rate": (
        drafted(progress(as_of=date(2026, 1, 27))),
        drafted(progress(as_of=date(2026, 1, 28))),
    ),
    "out_of_reach-followers": (drafted(followers()), drafted(followers(best_past=1.01))),
    "baseline_missing-": (drafted(progress(baseline_origin="missing")), drafted(budget(baseline_origin="missing"))),
    "not_smart-conversion_rate": (drafted(progress(**FINE), owner=None), drafted(progress(**FINE))),
    "baseline_not_frozen-": (
        drafted(progress(baseline_origin="computed")),
        drafted(progress(baseline_origin="declared")),
    ),
    "implied-orders": (implying("sessions", 0.94), implying("sessions", 0.96)),
    "implied-rate": (implying("cost_per_lead", 1.06, "rate"), implying("spend", 1.06, "rate")),
    "contradicted-orders": (implying("sessions", 1.2, aimed=1.1), implying("sessions", 1.15, aimed=1.1)),
    "baseline_gap-conversion_rate": (drafted(progress(baseline_gap=-0.11)), drafted(progress(baseline_gap=-0.10))),
    "no_spend-": (draft(returns=returns(media=money(None))), draft(returns=returns(media=money(0.0)))),
    "margin_missing-": (draft(returns=returns(margin=None)), draft(returns=returns(margin=None, media=money(None)))),
    "no_attributed_revenue-": (
        draft(returns=returns(attributed_revenue=money(None))),
        draft(returns=returns(attributed_revenue=money(0.0))),
    ),
    "claims_exceed_sales-": (
        draft(returns=returns(sales=money(299_999.0))),
        draft(returns=returns(sales=money(300_000.0))),
    ),
    "costs_incomplete-": (
        draft(returns=returns(costs=costs("training", "tools"), known_lines=4)),
        draft(returns=returns(costs=costs("media"), known_lines=5, media=money(None))),
    ),
    "share_unknown-": (
        draft(returns=returns(incrementality=None)),
        draft(returns=returns(incrementality=None, attributed_revenue=money(None))),
    ),
    "costs_not_covered-": (draft(returns=returns(**BROKE)), draft(returns=returns(roi_incremental=ratio(0.0)))),
    "channel_below_break_even-meta_ads": (
        draft(returns=returns(channels=(channel(roas=2.221),))),
        draft(returns=returns(channels=(channel(roas=2.222),))),
    ),
    "channel_left_out-meta_ads": (
        draft(returns=returns(channels=(channel(included=False, spend=money(9.0, coverage=0.5)),))),
        draft(returns=returns(channels=(channel(spend=money(9.0, coverage=0.9)),))),
    ),
    "communication_dearer-": (lever(communication=replaced(-1.0)), lever(communication=replaced(0.0))),
    "effect_fell-": (lever(communication=LESS_EFFECT), lever(communication=replaced())),
    "service_dearer-": (lever(service=served(now=14.572)), lever(service=served(now=14.571))),
    "hire_not_budgeted-": (lever(service=served(**NO_HIRE)), lever(service=served(**HIRED))),
    "lever_unknown-communication": (lever(communication=replaced(None)), lever(communication=replaced())),
    "lever_unknown-service": (lever(service=served(saving=money(None))), lever(service=served())),
    "lever_unknown-sales": (
        lever(sales_gain=sales_gain(None)),
        lever(sales_gain=sales_gain(None), incrementality=None),
    ),
    "off_plan-meta_ads": (lever(budgets=(plan(110_001.0),)), lever(budgets=(plan(110_000.0),))),
    "slow_answers-response_rate": (
        draft(comparisons=(rated("response_rate", 0.899),)),
        draft(comparisons=(rated("response_rate", 0.9),)),
    ),
    "slow_answers-in_time_rate": (
        draft(comparisons=(rated("response_rate", 0.95), rated("in_time_rate", 0.7))),
        draft(comparisons=(rated("response_rate", 0.85), rated("in_time_rate", 0.7))),
    ),
    "negative_mentions-": (
        draft(comparisons=(rated("net_sentiment", -0.01, 30.0),)),
        draft(comparisons=(rated("net_sentiment", -0.01, 29.0),)),
    ),
    "lost_on_the_way-orders": (
        draft(funnels=(funnel(1000.0, 950.0, 850.0, 845.0),)),
        draft(funnels=(funnel(1000.0, 900.0, 810.0, 730.0),)),
    ),
    "stale-": (
        draft(sources=(source(TODAY - timedelta(15)), source())),
        draft(sources=(source(TODAY - timedelta(14)), source())),
    ),
    "gaps-": (draft(comparisons=(compared(0.949), compared(1.0))), draft(comparisons=(compared(0.95), compared(None)))),
}


def ids(found: Draft) -> list[str]:
    return [each.id for each in findings(found)]


@pytest.mark.parametrize("name", CASES)
def test_a_rule_fires_on_its_case_only(name: str) -> None:
    fires, silent = CASES[name]
    name = name.removesuffix("-")
    assert name in ids(fires)
    assert name not in ids(silent)


def test_a_healthy_client_has_no_finding() -> None:
    assert ids(draft()) == []


def test_every_rule_has_its_case() -> None:
    fired = {type_of(each) for fires, _ in CASES.values() for each in findings(fires)}
    assert {name.partition("-")[0] for name in CASES} == fired
    silent = [rule.__name__ for rule in RULES if not any(list(rule(fires)) for fires, _ in CASES.values())]
    assert silent == []


def type_of(found: Finding) -> str:
    return found.criteria.key.split(".")[1]


def test_findings_come_by_weight_and_equal_ones_in_the_order_of_the_rules() -> None:
    everything = draft(
        client(objectives=[], answers={}),
        progress=(),
        returns=returns(
            margin=None,
            incrementality=None,
            costs=costs("training"),
            channels=(channel("google_ads", included=False, spend=money(9.0, coverage=0.6)),),
        ),
        sources=(source(TODAY - timedelta(30)),),
        comparisons=(compared(0.9),),
    )
    assert ids(everything) == [
        "none_set",
        "margin_missing",
        "stale",
        "share_unknown",
        "channel_left_out-google_ads",
        "costs_incomplete",
        "gaps",
    ]
    weights = [found.weight for found in findings(everything)]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == 3.0


def test_the_first_three_findings_are_about_three_things() -> None:
    late = progress(as_of=date(2026, 6, 30), need=2.0, best_past=0.1, need_rank=0.0)
    found = draft(progress=(late,), returns=returns(incrementality=None), sources=(source(TODAY - timedelta(30)),))
    told = [(each.id, each.weight) for each in findings(found)[:4]]
    assert told == [
        ("missed-conversion_rate", 3.0),
        ("share_unknown", 1.0),
        ("stale", 1.0),
        ("out_of_reach-conversion_rate", 2.0),
    ]


def test_a_thing_that_hardly_presses_does_not_pass_before_one_that_does() -> None:
    found = draft(returns=returns(margin=None, incrementality=None), comparisons=(compared(0.9),))
    assert ids(found) == ["margin_missing", "share_unknown", "gaps"]
    assert findings(found)[2].weight < 1.0


def test_signs_are_about_one_thing_each() -> None:
    (found,) = findings(draft(returns=returns(margin=None)))
    assert about(replace(found, subject="signs", criteria=say("checks.S1.02.criteria"))) == ("signs", "S1")


def test_what_is_worse_presses_more() -> None:
    def weight(found: Draft) -> float:
        return findings(found)[0].weight

    missed, behind = drafted(progress(as_of=date(2026, 6, 30))), drafted(total(pace=0.5))
    watched, young = drafted(total(pace=0.9)), drafted(progress(as_of=date(2026, 1, 9)))
    assert weight(missed) > weight(behind) > weight(watched) > weight(young)
    slightly, far = (draft(returns=returns(channels=(channel(roas=roas),))) for roas in (2.0, 0.5))
    assert weight(far) > weight(slightly)


def test_a_target_that_was_reached_is_not_called_unrealistic() -> None:
    reached = total(current=measured(15_600.0, Unit.COUNT), met=True, need=1.0, best_past=0.1, need_rank=0.0)
    assert "out_of_reach-orders" not in ids(drafted(reached))


def test_a_limit_to_hold_needs_no_baseline() -> None:
    held = drafted(kept(baseline_origin="missing"))
    assert ids(held) == []
    assert ids(drafted(kept(baseline_origin="computed"))) == []


def test_findings_on_several_objectives_name_each() -> None:
    both = draft(
        client(objectives=[written(), written(kpi="average_order_value")]),
        progress=(progress(baseline_origin="computed", **FINE), basket(baseline_origin="computed", pace=0.5)),
    )
    assert ids(both) == ["off_track-average_order_value", "baseline_not_frozen"]
    assert findings(both)[1].condition.named["kpis"] == (
        Message("metrics.conversion_rate.the"),
        Message("metrics.average_order_value.the"),
    )


def test_a_channel_without_a_margin_or_outside_the_totals_is_not_compared() -> None:
    weak = channel(roas=0.5)
    for found in (
        returns(channels=(weak,), margin=None, break_even_roas_media=ratio(None)),
        returns(channels=(replace(weak, included=False, spend=money(9.0)),)),
        returns(channels=(channel(roas=None),)),
    ):
        assert not [name for name in ids(draft(returns=found)) if name.startswith("channel")]


def test_a_channel_under_its_break_even_is_told_with_its_numbers() -> None:
    (found,) = findings(draft(returns=returns(channels=(channel(roas=1.2),))))
    assert (
        spoken(found.criteria)
        == "Avec une marge de 45 %, il faut des ventes d'au moins 2,22 fois la dépense publicitaire."
    )
    assert spoken(found.condition).startswith("Meta Ads : 40 000 DH dépensés, 48 000 DH de ventes attribuées (")
    assert spoken(found.condition).endswith("), soit 1,20 fois la dépense.")


def test_a_negative_return_says_what_it_rests_on() -> None:
    proven, claimed = (
        findings(draft(returns=found))[0]
        for found in (returns(**BROKE), returns(roi_incremental=ratio(None), roi_attributed=ratio(-0.3)))
    )
    assert spoken(proven.condition).startswith("Retour sur la marge additionnelle : −20 %, pour 66 800 DH dépensés")
    assert spoken(claimed.condition).startswith("Retour sur la marge attribuée par les plateformes : −30 %")


def test_sales_that_are_partly_unknown_prove_no_loss() -> None:
    partial = returns(**BROKE, attributed_revenue=money(300_000.0, state=State.PARTIAL))
    assert ids(draft(returns=partial)) == []


def test_the_share_to_reach_is_told_only_where_it_can_be_reached() -> None:
    told, open_ = (
        findings(draft(returns=returns(incrementality=None, break_even_incrementality=measured(share))))[0]
        for share in (0.4948, 1.2)
    )
    assert "au moins 49,5 % de ces ventes" in spoken(told.effect)
    assert "%" not in spoken(open_.effect)


def test_the_missing_cost_lines_are_named() -> None:
    (found,) = findings(draft(returns=returns(costs=costs("training", "tools"), known_lines=4)))
    assert spoken(found.condition).endswith("4 sur 6. Il manque : les outils et la formation.")


def test_the_missing_halves_of_an_objective_are_named() -> None:
    (found,) = findings(drafted(progress(**FINE), owner=None, lever=None))
    assert spoken(found.condition) == (
        "L'objectif sur le taux de conversion peut être précisé : responsable et action prévue à nommer."
    )


def test_a_baseline_that_moves_tells_the_command() -> None:
    (found,) = findings(drafted(progress(baseline_origin="computed", **FINE)))
    assert spoken(found.recommendation).startswith("Figer les points de départ par écrit")


def test_an_old_file_is_told_with_its_last_day() -> None:
    (found,) = findings(draft(sources=(source(date(2026, 2, 1)),)))
    assert spoken(found.condition) == (
        "Sources arrêtées plus de deux semaines avant le 31 mars 2026 : exports/shop.csv (jusqu'au 1er février 2026)."
    )


def test_numbers_are_quantities() -> None:
    (found,) = findings(draft(returns=returns(channels=(channel(roas=1.2),))))
    assert found.condition.named["spend"] == Quantity(40_000.0, Unit.MONEY, "MAD")


@pytest.mark.parametrize("name", CASES)
def test_a_finding_asks_for_advice_on_a_topic_and_says_why(name: str) -> None:
    told, _ = read.articles([Path(__file__).parents[3] / "content"])
    topics = {topic for article in told for topic in article.topics}
    for found in findings(CASES[name][0]):
        assert found.article in topics
        assert spoken(found.article_reason).startswith("Recommandé parce qu")


def spoken(message: Message) -> str:
    text = Words("fr", "MA").say(message)
    return text.replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")


@pytest.mark.parametrize("state", [State.COMPLETE, State.PARTIAL])
def test_sales_that_are_partly_unknown_place_nothing_above_or_below_break_even(state: State) -> None:
    below = channel(roas=2.0, conversion_value=money(80_000.0, state=state))
    known = returns(channels=(below,), attributed_revenue=money(3e5, state=state), incrementality=None)
    said = {each.id: each for each in findings(draft(returns=known))}
    assert ("channel_below_break_even-meta_ads" in said) is (state is State.COMPLETE)
    limit = said["share_unknown"].effect.named["limit"]
    assert isinstance(limit, Message)
    assert limit.key == f"findings.share_unknown.{'limit' if state is State.COMPLETE else 'open'}"


def test_sales_on_too_few_days_are_not_exceeded() -> None:
    assert "claims_exceed_sales" not in ids(draft(returns=returns(sales=money(100.0, state=State.PARTIAL))))


# ---------------------------------------------------------------- levers, budgets, activity


def test_a_dearer_communication_tells_how_much_and_claims_no_cause() -> None:
    (found,) = findings(lever(communication=replaced(-12_000.0)))
    assert spoken(found.condition).startswith("La presse : à effet égal, ce qui l'a remplacé coûte 12 000 DH de plus (")
    assert spoken(found.cause).startswith("Ces données n'établissent pas pourquoi")


def test_an_effect_that_fell_is_told_with_both_valuations() -> None:
    (found,) = findings(lever(communication=LESS_EFFECT))
    assert spoken(found.condition) == (
        "La presse : 500 000 contacts sur la même durée ; ce qui l'a remplacé : 400 000."
    )
    assert spoken(found.effect).startswith("À effet égal, l'économie est de 110 000 DH à 137 500 DH")
    assert found.weight == pytest.approx(0.4)


def test_a_dearer_communication_is_not_told_twice_as_an_effect_that_fell() -> None:
    assert ids(lever(communication=replaced(-5.0, high=10.0, new_effect=LESS_EFFECT.new_effect))) == [
        "communication_dearer"
    ]


def test_a_lever_without_a_figure_says_why() -> None:
    unknown = replaced(None)
    (found,) = findings(lever(communication=unknown))
    assert found.cause.named["why"] == unknown.saving.reason
    assert spoken(found.condition) == "Un levier déclaré n'est pas chiffré : le coût de communication évité."


def test_a_withheld_margin_is_no_lever_without_a_figure() -> None:
    hidden = {"margin": None, "incrementality": None, "withheld": ("margin", "incrementality")}
    assert ids(lever(sales_gain=sales_gain(None), **hidden)) == []


def test_a_budget_is_told_either_way_in_the_same_words_and_names_who_decides() -> None:
    over, under = (findings(lever(budgets=(plan(spent),)))[0] for spent in (130_000.0, 70_000.0))
    assert over.condition.key == under.condition.key
    assert spoken(over.condition) == (
        "Meta Ads : 130 000 DH à la fin du budget, au rythme actuel, pour 100 000 DH prévus (de janvier à juin 2026), "
        "soit +30 %."
    )
    assert "soit −30 %" in spoken(under.condition)
    assert "la personne responsable du budget décide" in spoken(over.recommendation)


@pytest.mark.parametrize(
    "line",
    [
        plan(None),
        plan(9.0, planned=0.0),
        plan(200_000.0, end=TODAY - timedelta(1)),
        replace(plan(None), projected=money(70_000.0, state=State.PARTIAL)),
    ],
)
def test_a_budget_without_a_pace_or_that_is_over_asks_for_nothing(line: Any) -> None:
    assert ids(lever(budgets=(line,))) == []


def test_the_step_that_loses_most_is_told_with_its_share() -> None:
    (found,) = findings(draft(funnels=(funnel(1000.0, 900.0, 675.0, 650.0),)))
    assert spoken(found.condition) == (
        "L'étape qui perd le plus : 900 pour les commandes confirmées, 675 pour les commandes livrées "
        "(d'avril 2025 à mars 2026), soit une perte de 225 (25 % de l'étape précédente)."
    )
    assert found.weight == pytest.approx(0.5)


@pytest.mark.parametrize(
    "counts",
    [
        (1000.0, 700.0, 400.0, 200.0),  # by share it would be the last step
        (1000.0, None, 600.0, 450.0),  # over a stage that nobody counts
        (1000.0, 950.0, 650.0, 500.0),
    ],
)
def test_the_finding_and_the_figure_name_the_same_step(counts: tuple[float | None, ...]) -> None:
    (found,) = findings(draft(funnels=(funnel(*counts),)))
    told, drawn = found.condition.named, funnels.title(funnel(*counts)).named
    assert [told[name] for name in ("before", "lost", "share")] == [drawn[name] for name in ("before", "lost", "share")]
    steps = [str(each[name].key).split(".")[1] for each, name in ((told, "then"), (drawn, "reached"))]
    assert steps[0] == steps[1]


def test_a_stage_that_nobody_counts_is_no_loss() -> None:
    assert ids(draft(funnels=(funnel(1000.0, None, None), funnel(0.0, 0.0)))) == []


def test_few_messages_are_not_rated_and_an_objective_is_judged_as_one() -> None:
    assert ids(draft(comparisons=(rated("response_rate", 0.5, 29.0),))) == []
    own = drafted(kept())
    low = replace(own.scorecard, comparisons=(rated("response_rate", 0.5),))
    assert ids(replace(own, scorecard=low)) == []


def test_the_return_of_every_lever_decides_whether_costs_are_covered() -> None:
    covered = returns(**BROKE, roi=ratio(0.1), benefit=money(9.0), communication=replaced())
    assert ids(draft(returns=covered)) == []
    (loss,) = findings(draft(returns=replace(covered, roi=ratio(-0.1))))
    assert spoken(loss.condition).startswith(
        "Retour sur la marge additionnelle et le coût de communication évité : −10 %, pour 66 800 DH dépensés"
    )
    partial = replace(covered, roi=ratio(-0.1), benefit=money(9.0, state=State.PARTIAL))
    assert ids(draft(returns=partial)) == []


# ---------------------------------------------------------------- quick wins


def test_quick_is_what_is_worth_doing_and_done_within_a_day() -> None:
    quick = {found.id for fires, _ in CASES.values() for found in findings(fires) if found.quick}
    assert quick == {
        "margin_missing",
        "no_spend",
        "baseline_missing",
        "slow_answers-response_rate",
        "slow_answers-in_time_rate",
        "negative_mentions",
    }
    assert all(found.weight >= 2.0 for fires, _ in CASES.values() for found in findings(fires) if found.quick)


# ---------------------------------------------------------------- questions


def open_check(id: str, state: str = "unknown", question: str | None = "crm", **more: Any) -> CheckResult:
    own: dict[str, Any] = {"id": id, "weight": 2.0, "topic": "crm", "score": None, "state": state, "origin": "none"}
    reason = Message("checks.said.unknown")
    return CheckResult(**{**own, "reason": reason, "question": question, **more})


def test_open_questions_are_counted_and_the_most_decisive_are_named() -> None:
    asked = [open_check(id, weight=weight) for id, weight in (("S3.03", 1), ("S3.04", 2), ("S1.01", 3), ("S1.04", 2))]
    asked += [open_check("S3.01", "not_applicable"), open_check("A3.06", question=None)]
    asked += [open_check("A1.04", same_as=("S1.05",))]
    (found,) = unanswered(asked)
    assert found.id == "unanswered"
    assert found.weight == pytest.approx(4 / 5)
    text = Words("en").say(found.condition)
    assert text.startswith("4 questions")
    assert text.index("measurement tool") < text.index("way of working")
    assert "training" not in text


def test_without_an_open_question_nothing_is_said() -> None:
    assert list(unanswered([open_check("S3.01", "not_applicable"), open_check("A3.06", question=None)])) == []
