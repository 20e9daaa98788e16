"""Lighthouse reports are known by their content, kept small, and refused with a place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scripts.reports import report as written
from sitegen.errors import Problem, Severity
from sitegen.model.lighthouse import Report
from sitegen.read import client, lighthouse
from sitegen.read.lighthouse import recognised, report

CUT = '{\n "lighthouseVersion": "13.0.0",\n "audits": {"a": \n'


def put(folder: Path, **files: str | bytes) -> dict[str, Path]:
    """`audits__a` is written to `audits/a.json`."""
    found = {}
    for name, content in files.items():
        path = folder / (name.replace("__", "/") + ".json")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        found[path.relative_to(folder).as_posix()] = path
    return found


def opened(tmp_path: Path, content: object) -> Report:
    found = report(put(tmp_path, a=json.dumps(content))["a.json"], "audits/a.json")
    assert isinstance(found, Report), found
    return found


def refused(tmp_path: Path, content: str | bytes) -> tuple[str, int, int]:
    found = report(put(tmp_path, a=content)["a.json"], "audits/a.json")
    assert isinstance(found, Problem), found
    assert found.severity is Severity.WARNING, "the portal is built without the file"
    return found.message.key.removeprefix("read."), found.line, found.column


# ---------------------------------------------------------------- what is kept


def test_settings_scores_and_audits_are_kept_as_they_stand(tmp_path: Path) -> None:
    found = opened(tmp_path, written(runWarnings=["langsam"]))
    assert (found.version, found.fetched, found.final) == ("13.3.0", "2026-10-20T10:15:30.000Z", "https://example.org/")
    assert (found.form_factor, found.throttling, found.locale, found.warnings) == ("mobile", "simulate", "de", 1)
    assert found.scores == {"performance": 0.62, "accessibility": 0.94, "best-practices": 1, "seo": 0.66}
    audits = {audit.id: audit for audit in found.audits}
    largest = audits["largest-contentful-paint"]
    assert (largest.score, largest.mode, largest.value, largest.unit) == (0.4, "numeric", 4210.75, "millisecond")
    assert largest.shares == {"performance": 0.25}
    assert audits["is-crawlable"].shares == {"seo": pytest.approx(4.04 / 5.04)}
    assert audits["document-title"].shares == {"accessibility": 0.5, "seo": pytest.approx(1 / 5.04)}
    assert audits["layout-shifts"].shares == {}


def test_nothing_of_the_report_s_own_words_and_pictures_is_kept(tmp_path: Path) -> None:
    picture = "data:image/webp;base64," + "QUJD" * 500_000
    content = written(
        fullPageScreenshot={"screenshot": {"data": picture}}, i18n={"rendererFormattedStrings": {"a": "b"}}
    )
    content["audits"]["final-screenshot"] = {"id": "final-screenshot", "details": {"data": picture}}
    kept = repr(opened(tmp_path, content))
    assert "Titel" not in kept
    assert len(kept) < 20_000


def test_page_speed_insights_wraps_the_report(tmp_path: Path) -> None:
    found = opened(tmp_path, {"kind": "pagespeedonline#result", "lighthouseResult": written()})
    assert found.version == "13.3.0"
    assert found.places["fetchTime"] > found.places["lighthouseVersion"] > (1, 40)


def test_older_names_of_the_same_things(tmp_path: Path) -> None:
    old = written(version="4.0.0", form_factor=None, settings={"emulatedFormFactor": "desktop"})
    old["finalUrl"] = old.pop("finalDisplayedUrl")
    for audit in old["audits"].values():
        audit["rawValue"] = audit.pop("numericValue", True)
    found = opened(tmp_path, old)
    assert (found.form_factor, found.final) == ("desktop", "https://example.org/")
    assert {audit.id: audit.value for audit in found.audits}["speed-index"] == 4400.2


def test_a_key_has_the_place_where_it_stands(tmp_path: Path) -> None:
    text = json.dumps(written(), indent=2)
    found = opened(tmp_path, written())
    assert found.places["lighthouseVersion"] == (1, 2)
    [spread] = [report(put(tmp_path, b=text)["b.json"], "b.json")]
    assert isinstance(spread, Report)
    line, column = spread.places["gatherMode"]
    assert text.split("\n")[line - 1][column - 1 :].startswith('"gatherMode": "navigation"')


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_report_that_a_shell_wrote_in_another_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    raw = json.dumps(written()).encode(encoding)
    assert isinstance(report(put(tmp_path, a=raw)["a.json"], "a.json"), Report)


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    one, other = (opened(tmp_path, written(version=version)).digest for version in ("13.0.0", "13.0.1"))
    assert len(one) == 64
    assert one != other


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (CUT, (4, 1)),
        ("", (1, 1)),
        ('{"lighthouseVersion": "13.0.0",}', (1, 32)),
        (b'{"a":\n "caf\xe9"}', (2, 6)),
        (json.dumps(written())[:-20], None),
        (json.dumps(written()) + "}", None),
    ],
)
def test_damaged_json_is_told_where_it_breaks(tmp_path: Path, content: str, place: tuple[int, int] | None) -> None:
    key, *where = refused(tmp_path, content)
    assert key == "lighthouse_damaged"
    assert tuple(where) == place if place else where[1] > 100


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "null",
        '"lighthouseVersion"',
        '{"error": {"code": 429}}',
        '{"lighthouseVersion": 13, "audits": {}}',
        '{"lighthouseVersion": "13.0.0", "audits": []}',
        '{"lighthouseResult": null, "lighthouseVersion": "13.0.0", "audits": {}}',
        '[{"url": "https://example.org/", "isRepresentativeRun": true}]',
    ],
)
def test_json_that_is_no_report_is_refused(tmp_path: Path, content: str) -> None:
    assert refused(tmp_path, content) == ("lighthouse_no_report", 1, 1)
    assert not recognised(json.loads(content))


def test_a_report_is_recognised_from_its_content() -> None:
    assert recognised(written())
    assert recognised({"lighthouseResult": written()})


def test_limits_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file too long, with too many values, nested too deeply: each is refused before it takes the memory."""
    assert refused(tmp_path, "[" * 200_000)[0] == "lighthouse_too_big"
    assert refused(tmp_path, b"[" + b"0," * 2_000_001)[0] == "lighthouse_too_big"
    monkeypatch.setattr(lighthouse, "MAX_BYTES", 1000)
    assert refused(tmp_path, json.dumps(written()))[0] == "lighthouse_too_big"


def test_numbers_that_are_none_are_unknown(tmp_path: Path) -> None:
    text = json.dumps(written(scores={"seo": 0.125})).replace("0.125", "9" * 5000).replace("4210.75", "NaN")
    found = report(put(tmp_path, a=text)["a.json"], "a.json")
    assert isinstance(found, Report)
    assert found.scores["seo"] == float("inf")
    assert {audit.id: audit.value for audit in found.audits}["largest-contentful-paint"] is None


@pytest.mark.parametrize("junk", [None, 1, "x", [], [1], {"a": 1}, True])
@pytest.mark.parametrize(
    "key", ["configSettings", "categories", "runWarnings", "runtimeError", "fetchTime", "requestedUrl", "gatherMode"]
)
def test_any_junk_for_a_key_is_read(tmp_path: Path, key: str, junk: Any) -> None:
    opened(tmp_path, written(**{key: junk}))
    opened(tmp_path, {**written(), "audits": {"a": junk}})
    opened(tmp_path, written(categories={"seo": {"score": junk, "auditRefs": [junk, {"id": "a", "weight": junk}]}}))


# ---------------------------------------------------------------- in a client's folder


def test_audits_is_read_strictly_and_exports_only_where_lighthouse_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "data/atlas"
    put(
        folder,
        audits__home=json.dumps(written()),
        audits__deep__one=json.dumps(written()),
        audits__other="{}",
        exports__lab=json.dumps(written()),
        exports__cut=CUT,
        exports__utf16=CUT.encode("utf-16"),
        exports__orders='{"orders": []}',
        exports__broken="{",
        metrics__lab=json.dumps(written()),
    )
    (folder / "audits/page.html").write_text("<p>")
    (folder / "client.yaml").write_text("name: Atlas\ncountry: MA\n")
    found = client(tmp_path, "atlas")
    assert [each.path for each in found.reports] == [
        f"data/atlas/{name}.json" for name in ("audits/deep/one", "audits/home", "exports/lab")
    ]
    assert [(each.path.removeprefix("data/atlas/"), each.message.key) for each in found.problems] == [
        ("audits/other.json", "read.lighthouse_no_report"),
        ("audits/page.html", "read.lighthouse_not_json"),
        ("exports/cut.json", "read.lighthouse_damaged"),
        ("exports/utf16.json", "read.lighthouse_damaged"),
    ]
