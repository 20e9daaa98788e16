"""What is known, and what each check of the social audit makes of it."""

from __future__ import annotations

from dataclasses import replace

from sitegen.diagnose.checks.case import Case
from sitegen.messages import Unit
from sitegen.model.computed import Realism, Status

from .cases import basket, followers, kept, measured, progress, returns, written
from .known import RUBRIC, Known, asked, by_month, carded, case, event, inbox, judged, posts, said, share, told, tracked

AIM = {"objectives": [written()]}
MONTHS = (0.9,) * 12
SALE = {"events": [event("2025-11-01", "2025-12-31")]}
LATE = judged(tracked(progress(), basket()), status=Status.OFF_TRACK)
BOTH = frozenset({"conversion_rate", "average_order_value"})
NEVER_READ = share(None, Unit.MINUTES, "mostly_unanswered")


def based(*notes: bool | None) -> Case:
    """Objectives whose target has a basis with a note, without one, or none."""
    kinds = {True: {"kind": "history", "note": "x"}, False: {"kind": "history"}, None: None}
    return case(objectives=[written(target_basis=kinds[noted]) for noted in notes])


def classed(*classes: Realism) -> Case:
    plain = tracked(*(progress() for _ in classes))
    judgements = zip(plain.assessments, classes, strict=True)
    return replace(plain, assessments=tuple(replace(each, realism=found) for each, found in judgements))


def planned(done: int, late: int) -> Case:
    """So many recommendations done, so many due; one that is refused and one of the client's own count in neither."""
    ids = iter(check.id for check in RUBRIC.checks)
    own = [
        {"finding": f"check-{next(ids)}", "state": "done", "date": "2026-03-01", "evidence": "x"} for _ in range(done)
    ]
    own += [{"finding": f"check-{next(ids)}", "review": "2026-03-31"} for _ in range(late)]
    own += [{"finding": f"check-{next(ids)}", "review": "2026-04-01"}, {"title": "x", "review": "2026-03-01"}]
    own.append({"finding": f"check-{next(ids)}", "state": "refused", "date": "2026-03-01", "reason": "x"})
    return carded(authored={"actions": own})


def explained(answer: str) -> Case:
    return replace(LATE, client=said(gap_causes=answer).client)


def replied(*values: float | None) -> Case:
    return carded(comparisons=(told("response_rate", series=by_month("response_rate", *values)),), authored=SALE)


def minutes(value: float) -> Case:
    now = replace(measured(value, Unit.MINUTES), metric="response_time")
    return carded(comparisons=(replace(told("response_rate"), metric="response_time", current=now),))


CASES: Known = [
    ("A0.01", carded({"target_audience": "yes"}, AIM), 1.0, "all"),
    ("A0.01", carded({"target_audience": "partly"}, AIM), 0.5, "some"),
    ("A0.01", carded({"target_audience": "yes"}, AIM, returns=returns(known_lines=0)), 0.5, "some"),
    ("A0.01", carded({"target_audience": "no"}), 0.0, "some"),
    ("A0.01", said(), "unknown", "unknown"),
    ("A0.01", said(target_audience={"not_applicable": "Trop petit"}), "not_applicable", "not_applicable"),
    *asked("A0.02", "platform_reasons"),
    *asked("A0.03", "editorial_line"),
    ("A0.04", posts(kept=share(0.8, numerator=8.0, denominator=10.0)), 1.0, "kept"),
    ("A0.04", posts(kept=share(0.5, numerator=5.0, denominator=10.0)), 0.5, "kept"),
    ("A0.04", posts(kept=share(0.4, numerator=4.0, denominator=10.0)), 0.0, "kept"),
    *asked("A0.04", "content_calendar", declared=True),
    *asked("A0.06", "audit_scope"),
    *asked("A0.07", "provider_choice"),
    ("A1.01", tracked(progress()), 1.0, "count"),
    ("A1.01", tracked(progress(baseline_origin="declared")), 0.5, "count"),
    ("A1.01", tracked(progress(), basket(), followers(baseline_origin="missing")), 0.5, "count"),
    ("A1.01", tracked(progress(baseline_origin="missing")), 0.0, "count"),
    ("A1.01", tracked(kept()), "not_applicable", "not_applicable"),
    ("A1.01", carded(), "unknown", "no_data"),
    ("A1.02", based(True, True), 1.0, "count"),
    ("A1.02", based(True, None), 0.5, "count"),
    ("A1.02", based(False), 0.5, "count"),
    ("A1.02", based(None), 0.0, "count"),
    ("A1.02", carded(), "unknown", "no_data"),
    ("A1.03", classed(Realism.REALISTIC, Realism.AMBITIOUS), 1.0, "all"),
    ("A1.03", classed(Realism.REALISTIC, Realism.VERY_AMBITIOUS), 0.5, "least"),
    ("A1.03", classed(Realism.UNREALISTIC, Realism.VERY_AMBITIOUS), 0.0, "least"),
    ("A1.03", carded(), "unknown", "no_data"),
    *asked("A1.05", "advice_followed"),
    ("A1.05", planned(7, 3), 1.0, "count"),
    ("A1.05", planned(4, 6), 0.5, "count"),
    ("A1.05", planned(3, 7), 0.0, "count"),
    ("A1.05", planned(0, 0), "unknown", "unknown"),
    ("A1.06", replace(LATE, noted=BOTH), 1.0, "noted"),
    ("A1.06", replace(LATE, noted=frozenset({"conversion_rate"})), 0.5, "noted"),
    ("A1.06", explained("yes"), 1.0, "yes"),
    ("A1.06", explained("partly"), 0.5, "answer_partly"),
    ("A1.06", explained("no"), 0.0, "answer_no"),
    ("A1.06", explained("unknown"), "unknown", "unknown"),
    ("A1.06", judged(tracked(progress()), status=Status.ON_TRACK), "not_applicable", "not_applicable"),
    ("A1.06", carded(), "unknown", "no_data"),
    ("A2.01", inbox(weeks=share(0.9)), 1.0, "weeks"),
    ("A2.01", inbox(weeks=share(0.89)), 0.5, "weeks"),
    ("A2.01", inbox(response_rate=share(None, reason="no_answers")), 0.5, "received"),
    ("A2.01", replied(*MONTHS), 1.0, "share"),
    ("A2.01", replied(None, None, *MONTHS[2:]), 0.5, "share"),
    *asked("A2.01", "inbox_tracking", declared=True),
    ("A2.02", inbox(response_rate=share(0.9)), 1.0, "rate"),
    ("A2.02", inbox(response_rate=share(0.7)), 0.5, "rate"),
    ("A2.02", inbox(response_rate=share(0.69)), 0.0, "rate"),
    ("A2.02", inbox(response_rate=share(None, reason="no_answers")), "unknown", "unmeasured"),
    ("A2.02", carded(comparisons=(told("response_rate", 0.95, 30.0),)), 1.0, "rate"),
    ("A2.02", carded(comparisons=(told("response_rate", 0.95, 29.0),)), "unknown", "no_data"),
    ("A2.03", inbox(first_response=share(240.0, Unit.MINUTES)), 1.0, "median"),
    ("A2.03", inbox(first_response=share(241.0, Unit.MINUTES)), 0.5, "median"),
    ("A2.03", inbox(first_response=share(1441.0, Unit.MINUTES)), 0.0, "median"),
    ("A2.03", inbox(first_response=share(1440.0, Unit.MINUTES, at_least=True)), 0.5, "more"),
    ("A2.03", inbox(first_response=NEVER_READ, mostly_unanswered=True), 0.0, "endless"),
    ("A2.03", inbox(first_response=share(None, Unit.MINUTES, "no_waits")), "unknown", "unmeasured"),
    ("A2.03", carded(comparisons=(told("in_time_rate", 0.5),)), 1.0, "in_time"),
    ("A2.03", minutes(1440.0), 0.5, "mean"),
    ("A2.03", said(), "unknown", "no_data"),
    ("A2.04", inbox(staffing=share(1.0)), 1.0, "hours"),
    ("A2.04", inbox(staffing=share(0.7)), 0.5, "hours"),
    ("A2.04", inbox(staffing=share(0.69)), 0.0, "hours"),
    *asked("A2.04", "responder"),
    *asked("A2.05", "responder_informed"),
    ("A2.06", inbox(campaign=share(0.85), outside=share(0.9)), 1.0, "rates"),
    ("A2.06", inbox(campaign=share(0.75), outside=share(0.9)), 0.5, "rates"),
    ("A2.06", inbox(campaign=share(0.74), outside=share(0.9)), 0.0, "rates"),
    ("A2.06", replied(*MONTHS), 1.0, "rates"),
    ("A2.06", replied(*MONTHS[:7], 0.8, 0.8, *MONTHS[9:]), 0.5, "rates"),
    ("A2.06", inbox({"peak_plan": "yes"}), 0.5, "declared"),
    *asked("A2.06", "peak_plan", declared=True),
    *asked("A2.07", "negative_protocol"),
    ("A2.08", inbox(negative=share(0.8)), 1.0, "rate"),
    ("A2.08", inbox(negative=share(0.5)), 0.5, "rate"),
    ("A2.08", inbox(negative=share(0.49)), 0.0, "rate"),
    ("A2.08", inbox(), "unknown", "unmeasured"),
    ("A2.08", said(), "unknown", "no_data"),
    *asked("A2.09", "reply_guide"),
    ("A3.01", posts(on_question=share(0.5)), 1.0, "share"),
    ("A3.01", posts(on_question=share(0.25)), 0.5, "share"),
    ("A3.01", posts(on_question=share(0.24)), 0.0, "share"),
    ("A3.01", posts({"content_questions": "yes"}), 0.5, "declared"),
    *asked("A3.01", "content_questions", declared=True),
    ("A3.02", posts(off_offer=share(0.3)), 1.0, "share"),
    ("A3.02", posts(off_offer=share(0.6)), 0.5, "share"),
    ("A3.02", posts(off_offer=share(0.61)), 0.0, "share"),
    *asked("A3.02", "content_mix", declared=True),
    ("A3.03", posts(with_keyword=share(0.5)), 1.0, "share"),
    ("A3.03", posts(with_keyword=share(0.25)), 0.5, "share"),
    ("A3.03", posts(with_keyword=share(0.24)), 0.0, "share"),
    *asked("A3.03", "keywords", declared=True),
    *asked("A3.04", "visual_charter"),
    *asked("A3.05", "brand_identity"),
    ("A3.06", posts(shares_change=share(1.0, Unit.RATIO)), 1.0, "kept"),
    ("A3.06", posts(shares_change=share(0.7, Unit.RATIO)), 0.5, "fell"),
    ("A3.06", posts(shares_change=share(0.69, Unit.RATIO)), 0.0, "fell"),
    ("A3.06", posts(), "unknown", "unmeasured"),
    ("A3.06", said(), "not_applicable", "not_applicable"),
    ("A3.06", carded(authored={"active_channels": ["website"]}), "not_applicable", "not_applicable"),
]
