"""Every sentence of a diagnosis can be said in every language, and no word of its catalogues is idle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date

import pytest

from sitegen.diagnose import findings
from sitegen.diagnose.checks.case import untold
from sitegen.diagnose.data import unanswered
from sitegen.diagnose.draft import Draft
from sitegen.diagnose.scoring import result
from sitegen.diagnose.verdict import verdict
from sitegen.formats import Words
from sitegen.locales import catalogue
from sitegen.messages import Message, Period, Unit
from sitegen.model.authored import ANSWERS, COST_LINES
from sitegen.model.computed import CostLine, Realism, State, Status

from .cases import (
    DECIDED_BY_MISSING_DAYS,
    HIRED,
    SHORT,
    basket,
    client,
    costs,
    draft,
    drafted,
    followers,
    kept,
    measured,
    money,
    outlook,
    progress,
    ratio,
    replaced,
    returns,
    served,
    source,
    total,
)
from .known import RUBRIC
from .test_rules import CASES
from .test_status import ROWS
from .test_verdict import ACHIEVED, HELD, LATE, MISSED, NO_ROI, OPEN, WATCHED, several

SHORT_TIME = Period(date(2026, 3, 7), date(2026, 3, 31))
BACK = {"pace": -0.2, "pace_low": -0.3, "pace_high": -0.1}
NO_PAST = {"best_past": None, "need_rank": None}
BASIS = {"target_basis": {"kind": "model"}}
GROUPS = (ACHIEVED, HELD, WATCHED, LATE, MISSED, OPEN[0])
QUESTIONS = [check for check in RUBRIC.checks if check.question]
OPEN_CHECKS = [result(RUBRIC, check, untold()) for check in QUESTIONS]

DRAFTS = (
    *(drafted(found) for found, *_ in ROWS.values()),
    *(found for pair in CASES.values() for found in pair),
    # sentences
    *(drafted(kept(direction=direction)) for direction in ("maintain_above", "maintain_below")),
    drafted(kept(direction="range", target_upper=0.95)),
    drafted(kept(inside=False, met=False)),
    drafted(basket(direction="decrease")),
    drafted(progress(baseline=measured(0.02, period=None))),
    drafted(progress(baseline=measured(None, period=None))),
    drafted(progress(**BACK)),
    drafted(total(pace=-0.2)),
    *(drafted(total(direction="decrease", target=20_000.0, met=True, pace=pace)) for pace in (1.0, 0.9, 0.5)),
    drafted(total(current=SHORT)),
    drafted(total(current=replace(SHORT, coverage=None))),
    drafted(progress(current=measured(0.024, coverage=0.83, state=State.PARTIAL))),
    drafted(DECIDED_BY_MISSING_DAYS),
    # forecasts
    *(
        drafted(progress(pace=pace, outlook=outlook(p, n, seasonal=seasonal)))
        for pace in (0.5, 1.2)
        for p in (0.01, 0.1, 0.4, 0.7, 0.99)
        for n in (20, 30)
        for seasonal in (False, True)
    ),
    *(drafted(progress(outlook=outlook(p, constant=True))) for p in (0.0, 1.0)),
    *(drafted(progress(need=None, best_past=None, untouched=p)) for p in (0.5, 0.2, 0.1, 0.0)),
    # realism and SMART
    drafted(followers(), **BASIS),
    drafted(followers(**NO_PAST)),
    drafted(followers(**NO_PAST, multiplier=1.1)),
    drafted(progress(multiplier=None, need=None)),
    drafted(progress(need_rank=0.2)),
    drafted(progress(), lever=None),
    drafted(progress(), owner=None, lever=None),
    drafted(progress(deadline=date(2028, 3, 1))),
    drafted(progress(current=measured(0.024, sources=()), baseline=measured(0.02, sources=()))),
    # verdict
    *(several(found) for found in GROUPS),
    several(*GROUPS),
    draft(client(answers={}), sources=()),
    *(draft(client(answers={question: "yes"}), sources=()) for question in ANSWERS),
    drafted(total(pace=1.01, uplift=1.01)),
    drafted(total(pace=0.9, uplift=0.9)),
    draft(client(answers={})),
    draft(client(objectives=[], answers={}), progress=()),
    draft(sources=(source(),), returns=returns(sales=money(None, sources=()))),
    *(
        draft(sources=(replace(source(), period=SHORT_TIME),), returns=returns(sales=sales))
        for sales in (money(1.0), money(None, sources=()))
    ),
    drafted(followers(best_past=-0.01, multiplier=2.0)),
    draft(returns=returns(costs=costs(*COST_LINES), known_lines=0)),
    draft(returns=returns(costs=(*costs()[:5], CostLine("training", 9.0, "partial")), known_lines=5)),
    draft(returns=returns(roi_incremental=ratio(None))),
    draft(returns=returns(roi_incremental=ratio(-0.5))),
    draft(returns=returns(roi_incremental=ratio(-0.5), attributed_revenue=money(3e5, state=State.PARTIAL))),
    draft(returns=returns(roi_incremental=ratio(None), roi_attributed=ratio(-0.5))),
    draft(returns=returns(roi=ratio(0.5), communication=replaced(), service=served(**HIRED))),
    draft(returns=returns(roi=ratio(-0.5), benefit=money(9.0, state=State.PARTIAL), service=served())),
    draft(returns=returns(**NO_ROI, margin=None)),
    draft(returns=returns(**NO_ROI, media=money(None), attributed_revenue=money(None))),
    draft(returns=returns(**NO_ROI)),
    draft(returns=returns(**NO_ROI, margin=None, incrementality=None, withheld=("margin",))),
    draft(returns=returns(costs=(*costs(), CostLine("other", None, "unknown")))),
    draft(returns=returns(incrementality=None, break_even_incrementality=measured(None, Unit.RATE))),
)


def messages(value: object) -> Iterator[Message]:
    """Every message in `value`, also those in the parameters of others."""
    if isinstance(value, Message):
        yield value
    if isinstance(value, tuple):
        for item in value:
            yield from messages(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from messages(getattr(value, field.name))


def diagnosis(found: Draft) -> tuple[object, ...]:
    return (verdict(found), found.assessments, findings(found), *unanswered(OPEN_CHECKS[:1]), *unanswered(OPEN_CHECKS))


OWN = ("status.", "realism.", "smart.", "verdict.", "findings.", "outlook.")
SHOWN_BY_PAGES = {
    *(f"status.{status}" for status in Status),
    *(f"realism.{realism}" for realism in Realism),
    *(f"smart.letter.{letter}" for letter in "SMART"),
    *(key for key in catalogue("fr") if key.startswith("outlook.reason.")),
}


def test_no_sentence_is_idle_and_none_is_missing() -> None:
    said = {message.key for found in DRAFTS for message in messages(diagnosis(found)) if message.key.startswith(OWN)}
    assert said | SHOWN_BY_PAGES == {key for key in catalogue("fr") if key.startswith(OWN)}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sentence_can_be_said(language: str) -> None:
    words = Words(language, "MA")
    for found in DRAFTS:
        for message in messages(diagnosis(found)):
            text = words.say(message)
            assert text
            assert not set("{}") & set(text)
