"""Print every check of the rubric for every client of a workspace: its score, what decides it, and why.

    python -m scripts.rubric [CLIENT ...]

A check of each KPI has a line for each objective; a check of our own pages is the portal's guarantee, no mark for the
client.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from sitegen.build import pipeline, workspace
from sitegen.formats import Words
from sitegen.model.computed import CheckResult, Edition
from sitegen.model.rubric import PANELS, SIGNS

ROOT = Path(__file__).parents[1]
MARKS = {"unknown": "?", "not_applicable": "–"}


def lines(edition: Edition, words: Words) -> Iterator[str]:
    """Section by section, in the order of the rubric."""
    rubric = workspace.rubric()
    found = dict(_results(edition))
    for section in (*SIGNS, *(name for sections in PANELS.values() for name in sections), "T5"):
        for check in rubric.section(section):
            for about, result in found.get(check.id, ()):
                yield _line(check.id, about, result, words)
            if check.evidence == "site":
                yield f"  {check.id:6}  site    guarantee of the portal: see Diagnostic"


def _results(edition: Edition) -> Iterator[tuple[str, tuple[tuple[str, CheckResult], ...]]]:
    for sign in edition.signs:
        yield from ((check.id, (("", check),)) for check in sign.section.checks)
    for panel in edition.audit.panels:
        for part in panel.parts:
            yield from ((check.id, (("", check),)) for check in part.section.checks)
    by_check: dict[str, list[tuple[str, CheckResult]]] = {}
    for row in edition.audit.kpis:
        for check in row.section.checks:
            by_check.setdefault(check.id, []).append((row.objective, check))
    yield from ((id, tuple(rows)) for id, rows in by_check.items())


def _line(id: str, about: str, result: CheckResult, words: Words) -> str:
    score = MARKS[result.state] if result.score is None else f"{result.score:g}"
    reason = words.say(result.reason) + (f" [{about}]" if about else "")
    conflict = f" !! {words.say(result.conflict)}" if result.conflict else ""
    sources = f" ({', '.join(result.sources)})" if result.sources else ""
    return f"  {id:6}{score:>5} {result.origin:7}{reason}{conflict}{sources}"


def totals(edition: Edition) -> Mapping[str, str]:
    """Each section with its score and how much of it is known; panels are not added up."""
    sections = [(sign.id, sign.section) for sign in edition.signs]
    sections += [(part.id, part.section) for panel in edition.audit.panels for part in panel.parts]
    return {
        id: ("?" if each.score is None else f"{each.score:.0%}") + f" of {each.coverage:.0%} known"
        for id, each in sections
    }


def main(slugs: list[str]) -> int:
    opened = workspace.opened(ROOT)
    for slug in slugs or opened.slugs:
        edition, _ = pipeline.audited(pipeline.dossier(ROOT, slug, opened.site), date.today())  # noqa: DTZ011 - a local day
        print(f"\n{slug} · {edition.as_of}")
        for line in lines(edition, Words("en", edition.profile.country)):
            print(line)
        print("  " + " · ".join(f"{id} {told}" for id, told in totals(edition).items()))
        level = edition.audit.maturity and edition.audit.maturity.level
        print(f"  maturity: {'not rated' if level is None else level}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
