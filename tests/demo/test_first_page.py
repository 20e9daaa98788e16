"""What the portals promise of their first page (METHODS §7, T5) is looked for in the finished HTML of every client."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sitegen.model.rubric import PANELS

CLIENTS = ("atlas-jiu-jitsu", "rivenord-cpa", "wouri-gaz-solaire")
DETAILS = re.compile(r"<details\b.*?</details>", re.DOTALL)


def first_pages(demo: Path) -> list[Path]:
    return [demo / "output" / client / part / "index.html" for client in CLIENTS for part in ("", "en")]


@pytest.mark.parametrize("at", range(6))
def test_the_first_page_has_few_pictures_and_no_open_table(demo: Path, at: int) -> None:
    html = first_pages(demo)[at].read_text("utf-8")
    section = html[html.index('id="pictures"') : html.index('id="freshness"')]
    assert 1 <= len(re.findall(r"<figure\b", section)) <= 5
    shut = DETAILS.sub("", html)
    while shut != (less := DETAILS.sub("", shut)):
        shut = less
    tables = re.findall(r"<table\b.*?</table>", shut, re.DOTALL)
    assert tables == []  # the page says that there is none


@pytest.mark.parametrize("at", range(6))
def test_the_first_page_has_three_actions_at_most_each_with_who_and_when(demo: Path, at: int) -> None:
    html = first_pages(demo)[at].read_text("utf-8")
    section = html[html.index('id="next"') : html.index('id="pictures"')]
    actions = section.split('<li class="action"')[1:]
    assert 1 <= len(actions) <= 3
    for action in actions:
        assert "action__why" in action
        assert "action__who" in action


def test_no_global_score_stands_over_the_panels(demo: Path) -> None:
    """Panels stay apart: each score on the page is that of a sign, a section, a KPI or an axis."""
    html = (demo / "output/atlas-jiu-jitsu/diagnostic-et-plan-d-action.html").read_text("utf-8")
    ids = re.findall(r'<section class="block" aria-labelledby="([\w-]+)"', html)
    assert [each for each in ids if each.startswith("panel-")] == [f"panel-{name}" for name in PANELS if name != "kpis"]
    assert {"signs", "plan", "kpis", "maturity", "guarantees"} <= set(ids)
