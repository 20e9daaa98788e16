"""Which runs count, which do not and why, and what is kept of one (METHODS §6)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.reports import AUDITS, METRICS, SCORES
from scripts.reports import report as written
from sitegen.build.pipeline import lab_run
from sitegen.errors import Problem, Severity
from sitegen.formats import Words
from sitegen.model.lighthouse import LabRun

from .workspace import CLIENT, FOLDER, site, told


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a.json"


def run(file: Path, content: dict[str, Any]) -> LabRun:
    file.write_text(json.dumps(content))
    found = lab_run(file, "audits/a.json")
    assert isinstance(found, LabRun), found
    return found


def refused(file: Path, content: dict[str, Any]) -> tuple[str, int]:
    """The reason, and the line: one key to a line, so that it tells the key."""
    file.write_text(json.dumps(content, indent=1))
    found = lab_run(file, "audits/a.json")
    assert isinstance(found, Problem)
    assert found.severity is Severity.WARNING
    for language in ("fr", "en"):
        assert found.hint is not None
        assert Words(language).say(found.message) != Words(language).say(found.hint)
    return found.message.key.removeprefix("problems.lighthouse_"), found.line


def line(content: dict[str, Any], key: str) -> int:
    lines = json.dumps(content, indent=1).split("\n")
    return next(number for number, text in enumerate(lines, 1) if text.startswith(f' "{key}":'))


def test_a_run_is_typed(file: Path) -> None:
    found = run(file, written())
    assert (found.version, found.major, found.locale) == ("13.3.0", 13, "de")
    assert found.fetched == datetime(2026, 10, 20, 10, 15, 30, tzinfo=UTC)
    assert (found.form_factor, found.throttling) == ("mobile", "simulate")
    assert found.scores == SCORES
    assert {metric.id: (metric.value, metric.unit) for metric in found.metrics} == {
        id: (value, unit) for id, (_, value, unit) in METRICS.items()
    }


def test_a_run_has_no_inp(file: Path) -> None:
    """A laboratory has nobody who would click: whatever a report may call so is no metric of it."""
    named = {"interaction-to-next-paint": (0.5, 300.0, "millisecond"), **METRICS}
    found = run(file, written(metrics=named))
    assert {metric.id for metric in found.metrics} == METRICS.keys()
    assert "total-blocking-time" in METRICS


# ---------------------------------------------------------------- refusals


def test_a_failed_run_is_refused_at_its_error(file: Path) -> None:
    content = written(runtimeError={"code": "NO_FCP", "message": "privat"})
    assert refused(file, content)[0] == "failed"
    problem = lab_run(file, "audits/a.json")
    assert isinstance(problem, Problem)
    assert problem.message.named == {"code": "NO_FCP"}
    assert json.dumps(content, indent=1).split("\n")[problem.line - 1].startswith(' "runtimeError"')
    assert run(file, written(runtimeError={"code": "NO_ERROR", "message": ""})), (
        "versions 3 and 4 say that all went well"
    )


@pytest.mark.parametrize("mode", ["timespan", "snapshot", False, 3])
def test_only_a_navigation_counts(file: Path, mode: object) -> None:
    content = written(gatherMode=mode)
    assert refused(file, content) == ("no_navigation", line(content, "gatherMode"))
    without = {key: value for key, value in written().items() if key != "gatherMode"}
    assert run(file, without), "versions before 10 know no other mode"


@pytest.mark.parametrize("version", ["2.9.1", "", "13", "x.y.z", "13.3.0\n", "99999.1.1"])
def test_a_version_that_is_too_old_or_none_is_refused(file: Path, version: str) -> None:
    content = written(version=version)
    assert refused(file, content) == ("too_old", line(content, "lighthouseVersion"))
    assert run(file, written(version="3.0.0")).major == 3


@pytest.mark.parametrize(
    "fetched",
    [None, "", "yesterday", 20261020, "2026-13-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"],
)
def test_a_run_without_a_day_is_refused(file: Path, fetched: Any) -> None:
    content = written(fetched=fetched)
    assert refused(file, content) == ("no_day", line(content, "fetchTime"))


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "file:///C:/page.html",
        "about:blank",
        "https://",
        "https://[",
        "https://a\u202eb/",
        "x" * 3000,
        "https://a:b/",
    ],
)
def test_a_run_without_a_web_page_is_refused(file: Path, url: Any) -> None:
    content = written(url=url)
    assert refused(file, content) == ("no_page", line(content, "requestedUrl"))


# ---------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a?email=x%40y.org#top", "https://example.org/a"),
        ("https://user:word@example.org:8443/a", "https://example.org:8443/a"),
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("http://[::1]:80/", "http://[::1]:80/"),
    ],
)
def test_an_address_tells_neither_visitors_nor_passwords(file: Path, url: str, kept: str) -> None:
    found = run(file, written(url=url))
    assert (found.requested, found.url) == (kept, kept)


def test_the_page_is_the_one_that_was_measured(file: Path) -> None:
    found = run(file, written(requestedUrl="http://example.org/?a=1", finalDisplayedUrl="https://www.example.org/"))
    assert (found.requested, found.url) == ("http://example.org/", "https://www.example.org/")
    assert run(file, written(finalDisplayedUrl=None)).url == "https://example.org/"


def test_what_is_not_told_is_unknown(file: Path) -> None:
    found = run(file, written(form_factor=None, settings={"throttlingMethod": "magic", "locale": "<b>"}))
    assert (found.form_factor, found.throttling, found.locale) == (None, None, None)
    assert run(file, written(form_factor="none")).form_factor is None


def test_a_null_score_is_kept_as_unknown_and_an_absent_category_is_not_there(file: Path) -> None:
    assert run(file, written(scores={"performance": None, "seo": 1})).scores == {"performance": None, "seo": 1.0}


def test_categories_that_not_every_version_has_are_left_out(file: Path) -> None:
    found = run(file, written(scores={**SCORES, "pwa": 0.3, "agentic-browsing": 1}))
    assert found.scores.keys() == SCORES.keys()


@pytest.mark.parametrize("value", [-1, 1e10, "fast", True, None])
def test_a_metric_beyond_reason_is_unknown(file: Path, value: Any) -> None:
    found = run(file, written(metrics={"speed-index": (0.5, value, "millisecond")}))
    assert found.metrics == ()
    assert run(file, written(metrics={"speed-index": (0.5, 4, "second")})).metrics == ()


# ---------------------------------------------------------------- audits


@pytest.mark.parametrize("mode", ["numeric", "binary", "metricSavings"])
@pytest.mark.parametrize(("score", "fails"), [(0, True), (0.89, True), (0.9, False), (1, False)])
def test_an_audit_fails_below_nine_tenths(file: Path, mode: str, score: float, *, fails: bool) -> None:
    assert run(file, written(audits={"hreflang": (score, mode)}, metrics={})).failing == (
        ("hreflang",) if fails else ()
    )


@pytest.mark.parametrize("mode", ["manual", "informative", "notApplicable", "not-applicable", "error", None])
def test_no_score_counts_in_another_mode(file: Path, mode: Any) -> None:
    found = run(file, written(audits={"hreflang": (0, mode)}, metrics={}))
    assert found.failing == ()
    assert found.unscored == (("hreflang",) if mode == "error" else ())


def test_an_audit_that_should_have_a_score_and_has_none_is_told(file: Path) -> None:
    found = run(file, written(audits={"hreflang": (None, "binary"), "canonical": (None, "notApplicable")}, metrics={}))
    assert (found.failing, found.unscored) == ((), ("hreflang",))


def test_an_audit_belongs_where_most_hangs_on_it(file: Path) -> None:
    audits = {audit.id: audit for audit in run(file, written()).audits}
    assert (audits["is-crawlable"].category, audits["document-title"].category) == ("seo", "accessibility")
    assert audits["is-crawlable"].share == pytest.approx(4.04 / 5.04)
    assert not {"layout-shifts", "structured-data", "canonical"} & audits.keys()


def test_audits_of_other_categories_are_not_listed(file: Path) -> None:
    """`service-worker` belonged to the PWA alone; a report without categories lists all of its audits."""
    categories = {"pwa": {"score": 0, "auditRefs": [{"id": "service-worker", "weight": 1}]}}
    content = written(audits={"service-worker": (0, "binary")}, metrics={})
    assert [audit.listed for audit in run(file, {**content, "categories": categories}).audits] == [False]
    assert [audit.listed for audit in run(file, {**content, "categories": {}}).audits] == [True]


def test_an_id_that_is_none_is_left_out(file: Path) -> None:
    found = run(file, written(audits={"<script>": (0, "binary"), "\ud800": (0, "binary")}, metrics={}))
    assert found.audits == ()


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=8,
    ),
    st.sampled_from(sorted(written())),
)
def test_whatever_a_key_holds_there_is_a_run_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, junk: Any, key: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "junk.json"
    file.write_text(json.dumps({**written(), key: junk}))
    assert isinstance(lab_run(file, "a.json"), (LabRun, Problem))


# ---------------------------------------------------------------- a client


def checked(root: Path, **files: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The runs by file, and what is told."""
    from sitegen import check, read

    folder = root / FOLDER / "audits"
    folder.mkdir(parents=True)
    (root / FOLDER / "client.yaml").write_text(CLIENT)
    for name, content in files.items():
        (folder / f"{name}.json").write_text(json.dumps(content))
    agreed, _ = site()
    assert agreed is not None
    found, problems = check.client(read.client(root, "atlas"), agreed)
    assert found is not None, "no report stops a client"
    return [each.path.removeprefix(f"{FOLDER}/audits/") for each in found.lab_runs], told(problems)


def test_the_same_run_in_two_files_counts_once(tmp_path: Path) -> None:
    other = written(form_factor="desktop")
    runs, problems = checked(tmp_path, a=written(), b=written(), c=other, d={"lighthouseResult": written()})
    assert runs == ["a.json", "c.json"]
    assert [each.rpartition(" ")[2] for each in problems] == ["lighthouse_twice?"] * 2
    assert problems[0].startswith("audits/b.json:1:")


def test_a_score_that_is_none_is_told_and_unknown(tmp_path: Path) -> None:
    runs, problems = checked(tmp_path, a=written(scores={**SCORES, "seo": 66, "performance": None}))
    assert runs == ["a.json"]
    assert [each.rpartition(" ")[2] for each in problems] == ["lighthouse_score?"], "null is an answer, 66 is not"


def test_a_refused_report_stops_nothing(tmp_path: Path) -> None:
    runs, problems = checked(tmp_path, a=written(gatherMode="snapshot"), b=written(audits=AUDITS))
    assert runs == ["b.json"]
    assert len(problems) == 1
