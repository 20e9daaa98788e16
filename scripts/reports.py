"""Values in, an invented Lighthouse report out, in the shape of version 13: for specimens and tests.

Nobody's site was measured: the address is example.org, every number is made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SCORES = {"performance": 0.62, "accessibility": 0.94, "best-practices": 1, "seo": 0.66}
METRICS = {
    "first-contentful-paint": (0.8, 2_100.4, "millisecond"),
    "largest-contentful-paint": (0.4, 4_210.75, "millisecond"),
    "speed-index": (0.7, 4_400.2, "millisecond"),
    "total-blocking-time": (0.9, 180, "millisecond"),
    "cumulative-layout-shift": (0.7, 0.14, "unitless"),
    "server-response-time": (1, 320, "millisecond"),
}
AUDITS: Mapping[str, tuple[float | None, str]] = {
    "is-crawlable": (0, "binary"),
    "color-contrast": (0, "binary"),
    "image-delivery-insight": (0.5, "metricSavings"),
    "render-blocking-insight": (0, "metricSavings"),
    "render-blocking-resources": (0, "metricSavings"),
    "an-audit-of-tomorrow": (0, "binary"),
    "document-title": (1, "binary"),
    "layout-shifts": (0, "informative"),
    "structured-data": (None, "manual"),
    "canonical": (None, "notApplicable"),
}
WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "performance": {
        "largest-contentful-paint": 25,
        "total-blocking-time": 30,
        "cumulative-layout-shift": 25,
        "first-contentful-paint": 10,
        "speed-index": 10,
        "image-delivery-insight": 0,
        "render-blocking-insight": 0,
        "render-blocking-resources": 0,
    },
    "accessibility": {"color-contrast": 7, "document-title": 7},
    "best-practices": {"an-audit-of-tomorrow": 1},
    "seo": {"is-crawlable": 4.04, "document-title": 1, "canonical": 0, "structured-data": 0},
}


def report(
    *,
    version: str = "13.3.0",
    fetched: str = "2026-10-20T10:15:30.000Z",
    url: str = "https://example.org/",
    form_factor: str | None = "mobile",
    scores: Mapping[str, float | None] = SCORES,
    audits: Mapping[str, tuple[float | None, str]] = AUDITS,
    metrics: Mapping[str, tuple[float, float, str]] = METRICS,
    settings: Mapping[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """The report of one run. `audits`: id → score and mode; `metrics`: id → score, value, unit; `more` are its keys."""
    device = {} if form_factor is None else {"formFactor": form_factor}
    return {
        "lighthouseVersion": version,
        "requestedUrl": url,
        "finalDisplayedUrl": url,
        "fetchTime": fetched,
        "gatherMode": "navigation",
        "runWarnings": [],
        "audits": {
            **{id: _audit(id, score, "numeric", value, unit) for id, (score, value, unit) in metrics.items()},
            **{id: _audit(id, score, mode) for id, (score, mode) in audits.items()},
        },
        "configSettings": {**device, "throttlingMethod": "simulate", "locale": "de", **(settings or {})},
        "categories": {
            name: {
                "id": name,
                "title": f"Titel {name}",
                "score": score,
                "auditRefs": [{"id": id, "weight": weight} for id, weight in WEIGHTS.get(name, {}).items()],
            }
            for name, score in scores.items()
        },
        **more,
    }


def _audit(
    id: str, score: float | None, mode: str, value: float | None = None, unit: str | None = None
) -> dict[str, Any]:
    """Titles are in the report's own language, which no page of ours may show."""
    told = {"id": id, "title": f"Titel {id}", "score": score, "scoreDisplayMode": mode}
    return told if value is None else {**told, "numericValue": value, "numericUnit": unit}
