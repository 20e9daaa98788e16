"""The rubric and a Case in, the audit beside the three signs and what it advises out (METHODS §7). Holds no rule.

Panels stay apart: nothing adds them up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sitegen.diagnose.checks import Case, attested_own, kpis
from sitegen.diagnose.draft import quick
from sitegen.diagnose.maturity import maturity
from sitegen.diagnose.scoring import Results, arrival, result, results, section
from sitegen.diagnose.wording import name
from sitegen.messages import Message, say
from sitegen.model.authored import Answer, AsFound
from sitegen.model.computed import Arrival, Audit, CheckResult, Finding, KpiRow, OwnResult, Panel, Part, Sign
from sitegen.model.rubric import PANELS, Check, Rubric

# What another rule, or another check, finds too and tells with its numbers.
TOLD_BY: Mapping[str, tuple[str, ...]] = {
    "T2.05": ("none_set", "baseline_missing"),
    "T4.03": ("check-S2.09", "costs_not_covered", "costs_incomplete", "share_unknown", "no_spend", "margin_missing"),
    "O4.01": ("none_set", "not_smart"),
    "O4.05": ("implied", "contradicted"),
    "A1.01": ("baseline_missing", "baseline_not_frozen"),
    "A1.03": ("out_of_reach",),
    "A2.02": ("slow_answers",),
    "A2.03": ("slow_answers",),
    "E2.04": ("check-S1.02",),
    "K4": ("out_of_reach", "check-A1.03"),
}


def audit(rubric: Rubric, case: Case, signs: Sequence[Sign], as_found: AsFound | None = None) -> Audit:
    """Panel by panel, each check once; `signs` are known already."""
    known = {check.id: check for sign in signs for check in sign.section.checks}
    asked = [
        check
        for name, sections in PANELS.items()
        if name != "kpis"
        for check in rubric.section(*sections)
        if check.evidence != "site"
    ]
    found = results(rubric, asked, replace(case, results=known))
    rows = tuple(_rows(rubric, case))
    return Audit(
        panels=tuple(_panels(rubric, found, as_found)),
        kpis=rows,
        checklist=section([check for row in rows for check in row.section.checks]) if rows else None,
        maturity=maturity({**known, **found}) if rubric.complete else None,
        own=tuple(_own(rubric, case)),
        questions=tuple(_questions(found)),
    )


def _panels(rubric: Rubric, found: Results, as_found: AsFound | None) -> Iterator[Panel]:
    """Those that have a check in the pack, with the sections that have one."""
    for id, sections in PANELS.items():
        own = {name: [found[check.id] for check in rubric.section(name) if check.id in found] for name in sections}
        parts = tuple(Part(name, section(told), _before(name, told, as_found)) for name, told in own.items() if told)
        if parts:
            yield Panel(id, parts)


def _before(name: str, checks: Sequence[CheckResult], as_found: AsFound | None) -> Arrival | None:
    """A section on arrival; None where none of its checks was asked then."""
    known = as_found is not None and any(check.id in as_found.checks for check in checks)
    return arrival(name, checks, as_found) if known else None


def _rows(rubric: Rubric, case: Case) -> Iterator[KpiRow]:
    checks = rubric.section("K")
    judged = zip(case.objectives, case.assessments, strict=False)
    for (objective, progress), assessment in judged if checks else ():
        told = [result(rubric, check, kpis.RULES[check.id](case, objective, progress, assessment)) for check in checks]
        yield KpiRow(progress.objective, objective.kpi, section(told))


def _own(rubric: Rubric, case: Case) -> Iterator[OwnResult]:
    for each in rubric.own:
        check = Check(each.id, "own", each.weight, "answer", each.topic or "", "own")
        outcome = attested_own(case.answers.own.get(each.id, Answer()))
        yield OwnResult(each.id, each.question, each.advice, result(rubric, check, outcome))


def _questions(found: Results) -> Iterator[str]:
    """What is unknown and somebody could tell; a question that is asked elsewhere is not asked twice."""
    for id, check in found.items():
        if check.state == "unknown" and check.question is not None and not check.same_as:
            yield id


# ---------------------------------------------------------------- what to do


def findings(audit: Audit, others: Sequence[Finding]) -> Iterator[Finding]:
    """What each known check lacks, in the order of the panels; nothing that is told already."""
    told = {each.id for each in others} | {each.id.partition("-")[0] for each in others}
    for panel in audit.panels:
        for part in panel.parts:
            for check in part.section.checks:
                if check.score is not None and check.score < 1 and not check.same_as and not _told(check.id, told):
                    told.add(f"check-{check.id}")
                    yield _finding(part.id, check, check.weight * (1 - check.score), check.reason)
    yield from _of_kpis(audit, told)
    for own in audit.own:
        if own.result.score is not None and own.result.score < 1:
            yield _of_agency(own, own.result.weight * (1 - own.result.score))


def _told(id: str, told: set[str]) -> bool:
    return not told.isdisjoint(TOLD_BY.get(id, ()))


def _of_kpis(audit: Audit, told: set[str]) -> Iterator[Finding]:
    """One for each point of the checklist that a KPI lacks, with the names of those KPIs."""
    by_check: dict[str, list[tuple[str, CheckResult]]] = {}
    for row in audit.kpis:
        for check in row.section.checks:
            if check.score is not None:
                by_check.setdefault(check.id, []).append((row.kpi, check))
    for id, rows in by_check.items():
        lacking = tuple(dict.fromkeys(name(kpi) for kpi, check in rows if check.score != 1))
        if lacking and not _told(id, told):
            score = sum(check.score or 0.0 for _, check in rows) / len(rows)
            first = rows[0][1]
            yield _finding("K", first, first.weight * (1 - score), say(f"checks.{id}.lacking", kpis=lacking))


def _finding(part: str, check: CheckResult, weight: float, condition: Message) -> Finding:
    return Finding(
        id=f"check-{check.id}",
        subject="audit",
        weight=weight,
        criteria=say(f"checks.{check.id}.criteria"),
        condition=condition,
        cause=say(f"checks.cause_{check.origin}"),
        effect=say(f"checks.part.{part}.effect"),
        recommendation=say(f"checks.{check.id}.advice"),
        article=check.topic,
        article_reason=say("checks.article_reason", condition=condition),
        quick=quick(check.id, weight),
    )


def _of_agency(own: OwnResult, weight: float) -> Finding:
    condition = say("checks.own.lacking", question=own.question)
    return Finding(
        id=f"own-{own.id}",
        subject="audit",
        weight=weight,
        criteria=say("checks.own.criteria", question=own.question),
        condition=condition,
        cause=say("checks.cause_answer"),
        effect=say("checks.own.effect"),
        recommendation=say("checks.own.advice", advice=own.advice),
        article=own.result.topic,
        article_reason=say("checks.article_reason", condition=condition),
    )
