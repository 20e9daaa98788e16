"""Two real reports, ten major versions apart: each read right, never in one series."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sitegen.build.pipeline import lab_run
from sitegen.measure.lighthouse import lab
from sitegen.model.lighthouse import LabRun
from tests.unit.measure.test_lighthouse import client

REPORTS = Path(__file__).parents[2].parent / "shared/exports/lighthouse"

pytestmark = [
    pytest.mark.exports,
    pytest.mark.skipif(not REPORTS.is_dir(), reason="the private exports are not beside the repository"),
]


def run(name: str) -> LabRun:
    found = lab_run(REPORTS / name, name)
    assert isinstance(found, LabRun), found
    return found


def test_version_13() -> None:
    found = run("lhr_13_real_local_app.json")
    assert (found.version, found.fetched.date(), found.url) == ("13.3.0", date(2026, 6, 1), "http://localhost:4173/")
    assert (found.form_factor, found.throttling, found.locale) == ("mobile", "simulate", "en-US")
    assert found.scores == {"performance": 0.93, "accessibility": 0.92, "best-practices": 1.0, "seo": 0.92}
    assert {metric.id: round(metric.value, 4) for metric in found.metrics} == {
        "largest-contentful-paint": 2275.099,
        "total-blocking-time": 40,
        "cumulative-layout-shift": 0.0034,
        "first-contentful-paint": 1977.5825,
        "speed-index": 5162.9174,
        "server-response-time": 8,
    }
    assert {"color-contrast", "robots-txt", "unused-javascript"} <= set(found.failing)
    assert (len(found.failing), found.unscored, found.warnings) == (12, (), 1)


def test_version_3() -> None:
    found = run("lhr_3_0_0_pwa.json")
    assert (found.version, found.fetched.date(), found.url) == ("3.0.0", date(2022, 12, 15), "https://www.example.com/")
    assert found.form_factor is None, "that version does not tell it"
    assert found.scores == {"performance": 1.0, "accessibility": 0.88, "best-practices": 0.93, "seo": 0.89}
    assert [(metric.id, round(metric.value, 4)) for metric in found.metrics] == [
        ("first-contentful-paint", 765.6171),
        ("speed-index", 765.6171),
    ]
    assert [audit.id for audit in found.audits if audit.score < 0.9 and audit.listed] == [
        "errors-in-console",
        "html-has-lang",
        "meta-description",
    ]


def test_they_are_never_in_one_series() -> None:
    runs = (run("lhr_13_real_local_app.json"), run("lhr_3_0_0_pwa.json"))
    assert [each.major for each in lab(client(*runs), date(2026, 11, 20)).series] == [13, 3]
