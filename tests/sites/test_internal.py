"""What only the agency may see is in no Edition and in no file, whatever it is and in whichever language."""

from __future__ import annotations

import re
import shutil
import zipfile
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from sitegen import measure
from sitegen.build import pipeline, site, workspace
from sitegen.formats import Words
from sitegen.messages import Quantity
from sitegen.model import codec
from sitegen.model.computed import Edition, Measurement, Returns

MINIMAL = Path(__file__).parent / "minimal-public"
TODAY = date(2026, 11, 20)
LANGUAGES = ("fr", "en")

CLIENT = """
name: Atlas Jiu-Jitsu
country: MA
languages: [fr, en]
access: {access}
goals:
  - {{id: zz_hidden_goal, title: {{fr: ZZbut, en: ZZgoal}}, category: productivity, internal: true}}
objectives:
  - {{kpi: conversion_rate, target: +50%, start: 2026-07-01, deadline: 2026-12-31, goal: zz_hidden_goal}}
  - id: zz_hidden_objective
    kpi: transactions
    title: {{fr: ZZobjectif, en: ZZobjective}}
    target: -17.39%
    start: 2026-07-03
    deadline: 2026-12-23
    owner: ZZowner
    lever: ZZlever
    business_link: ZZlink
    goal: zz_hidden_goal
    target_basis: {{kind: model, note: ZZbasis}}
    internal: true
margin: {{rate: 41.73%, source: ZZmargin, internal: true}}
incrementality: {{rate: 58.37%, source: ZZincrementality, internal: true}}
costs:
  agency: {{amount: 7919.37, note: ZZagency, internal: true}}
  training: {{amount: 3571.13, note: {{fr: ZZformation, en: ZZtraining}}, internal: true}}
  production: {{unknown: true, note: ZZproduction, internal: true}}
  staff: 40 h x 120/month
  tools: [90/month, {{amount: 2843.61, note: ZZtools, internal: true}}]
gains:
  communication:
    medium: {{fr: ZZpresse, en: ZZpress}}
    effect: leads
    before: {{cost: 31457.31, effect: 4127, start: 2024-01-03, end: 2024-12-29, source: ZZinvoices}}
    now: {{metric: conversions}}
    internal: true
  service:
    before: {{start: 2025-06-03, end: 2025-11-28}}
    hourly_cost: 2417.83
    channels: {{phone: {{minutes: 9.37}}}}
    cancelled: {{kind: outsourcing, amount: 1317.47/month, evidence: ZZevidence}}
    internal: true
budgets:
  - {{channel: google_ads, amount: 31873.29/month, start: 2026-01-05, end: 2026-12-27, internal: true}}
events:
  - {{label: {{fr: ZZfete, en: ZZfeast}}, start: 2026-08-19, end: 2026-08-21, internal: true}}
contact: {{name: ZZcontact, email: zzcontact@example.org, internal: true}}
answers: {{crm: {{answer: no, note: ZZanswer}}}}
"""
NOTES = {
    "synthesis.fr.md": "---\nauthor: ZZauthor\ndate: 2026-09-17\ninternal: true\n---\nZZcommentaire",
    "data.md": "---\ninternal: true\n---\nZZcomment",
    "objective-zz_hidden_objective.md": "ZZabout",
    "objectives.md": "Said to all.",
}
DAYS = ("2026-07-03", "3 juillet 2026", "3 July 2026", "2026-12-23", "23 décembre 2026", "23 December 2026")
DAYS += ("2024-01-03", "2024-12-29", "2025-06-03", "2025-11-28", "2026-01-05", "2026-12-27")
DAYS += ("2026-08-19", "19 au 21 août", "19 to 21 August", "2026-09-17", "17 septembre 2026", "17 September 2026")


def planted(root: Path, access: str) -> Path:
    """The minimal site with a canary in every internal field."""
    shutil.copytree(MINIMAL, root)
    (root / "data/atlas/client.yaml").write_text(CLIENT.format(access=access), "utf-8")
    (root / "data/atlas/notes").mkdir()
    for name, text in NOTES.items():
        (root / "data/atlas/notes" / name).write_text(text, "utf-8")
    return root


def edition(root: Path) -> Edition:
    return pipeline.edition(root, "atlas", workspace.opened(root).site, TODAY)[0]


def hidden_numbers(root: Path) -> list[str]:
    """As every page would spell them: each internal cost, and each return that rests on the margin or on the share."""
    client = pipeline.dossier(root, "atlas", workspace.opened(root).site)
    whole = measure.scorecard(client, measure.as_of(client, TODAY)).returns
    shown = edition(root).scorecard.returns
    numbers = [
        Quantity(number.value, number.unit, number.currency)
        for field in fields(Returns)
        if isinstance(number := getattr(whole, field.name), Measurement)
        and number.value is not None
        and getattr(shown, field.name).value != number.value
    ]
    assert whole.communication is not None
    assert whole.service is not None
    gains = (whole.communication.old_cost, whole.communication.saving, whole.service.booked, whole.budgets[0].planned)
    numbers += [Quantity(gain.value, gain.unit, gain.currency) for gain in gains if gain.value is not None]
    assert len(numbers) >= 4
    rates = [Quantity(rate, "rate") for rate in (0.4173, 0.5837, 0.1739)]
    costs = [Quantity(line.amount, "money", "MAD") for line in whole.costs if line.internal and line.amount]
    assert len(costs) == 3
    return [Words(language, "MA").quantity(each) for language in LANGUAGES for each in (*numbers, *rates, *costs)]


def written(file: Path) -> str:
    """What a file says; of a workbook, what all of its sheets say."""
    if file.suffix != ".xlsx":
        return file.read_bytes().decode("utf-8", "replace")
    with zipfile.ZipFile(file) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


@pytest.mark.parametrize("access", ["public", "private"])
def test_nothing_internal_is_in_any_file(tmp_path: Path, access: str) -> None:
    root = planted(tmp_path / "site", access)
    outcome = site.build(
        workspace.opened(root), site.Options(TODAY, root / "output", root / "preview"), lambda message: None
    )
    assert outcome.built == ("atlas",)
    files = [file for name in ("output", "preview") for file in (root / name).rglob("*") if file.is_file()]
    portal = [file for file in files if "atlas" in file.parts]
    assert {file.suffix for file in portal} == {".html", ".csv", ".js", ".xlsx"}
    assert any("en" in file.parts for file in portal)
    assert any("Said to all." in file.read_text("utf-8") for file in portal if file.suffix == ".html")
    for file in files:
        text = written(file)
        assert "zz" not in text.lower() or file.suffix in {".woff2", ".css"} or "assets" in file.parts, file
    for number in (
        *hidden_numbers(root),
        *DAYS,
        "17.39",
        "17,39",
        "7919",
        "3571",
        "2843",
        "31457",
        "4127",
        "1317",
        "31873",
        "0.4173",
        "0.5837",
    ):
        alone = re.compile(rf"(?<![\d,.]){re.escape(number)}(?![\d,.]*\d|\s?%)")
        assert [file for file in portal if alone.search(written(file))] == [], number


def test_the_return_is_told_and_the_internal_costs_count(tmp_path: Path) -> None:
    root = planted(tmp_path / "site", "public")
    returns = edition(root).scorecard.returns
    client = pipeline.dossier(root, "atlas", workspace.opened(root).site)
    whole = measure.scorecard(client, measure.as_of(client, TODAY)).returns
    assert returns.roi_incremental == whole.roi_incremental
    assert returns.total_cost == whole.total_cost
    others = [line for line in returns.costs if line.kind == "other"]
    assert [line.amount for line in others] == [
        sum(line.amount or 0 for line in whole.costs if line.internal),
        None,
    ]
    assert {"agency", "training", "production"} & {line.kind for line in returns.costs} == set()
    assert [line.amount for line in returns.costs if line.kind == "tools"] == [pytest.approx(12 * 90)]  # the open ones
    assert (returns.margin, returns.incrementality, returns.withheld) == (None, None, ("margin", "incrementality"))
    assert {finding.id for finding in edition(root).findings} & {"margin_missing", "share_unknown"} == set()


def of(root: Path, **lines: str) -> str:
    """The Edition, as JSON, of the minimal site with these lines in its `client.yaml`."""
    file = root / "data/atlas/client.yaml"
    written = (MINIMAL / "data/atlas/client.yaml").read_text("utf-8").splitlines()
    kept = [line for line in written if line.partition(":")[0] not in {"margin", "incrementality", "costs"}]
    file.write_text("\n".join([*kept, *(f"{key}: {value}" for key, value in lines.items())]) + "\n", "utf-8")
    return codec.encode(edition(root))


@pytest.mark.parametrize(("margin", "share"), [(True, True), (True, False), (False, True)])
def test_two_margins_with_one_return_cannot_be_told_apart(tmp_path: Path, margin: bool, share: bool) -> None:
    """Whatever is added to an Edition later: with the product of the two the same, nothing may differ."""
    root = Path(shutil.copytree(MINIMAL, tmp_path / "site"))

    def rates(first: str, second: str) -> str:
        return of(
            root,
            margin=f"{{rate: {first}, internal: {str(margin).lower()}}}",
            incrementality=f"{{rate: {second}, internal: {str(share).lower()}}}",
            costs="{agency: 15000/month}",
        )

    assert rates("50%", "25%") == rates("25%", "50%")
    assert rates("50%", "25%") != rates("50%", "50%")


def test_a_margin_that_no_unknown_share_covers_is_not_told_by_the_return(tmp_path: Path) -> None:
    root = Path(shutil.copytree(MINIMAL, tmp_path / "site"))
    assert of(root, margin="{rate: 50%, internal: true}") == of(root, margin="{rate: 25%, internal: true}")


def test_internal_costs_cannot_be_told_apart(tmp_path: Path) -> None:
    root = Path(shutil.copytree(MINIMAL, tmp_path / "site"))

    def costs(agency: int, training: int) -> str:
        internal = [
            f"{name}: {{amount: {amount}, internal: true}}"
            for name, amount in (("agency", agency), ("training", training))
        ]
        return of(root, margin="45%", costs=f"{{{', '.join(internal)}}}")

    assert costs(1024, 4096) == costs(4096, 1024)


def test_internal_media_is_told_in_the_total_only(tmp_path: Path) -> None:
    """Media that no export tells, so that its amount is a declared one."""
    root = Path(shutil.copytree(MINIMAL, tmp_path / "site"))
    (root / "data/atlas/exports/ads.csv").unlink()

    def media(amount: int, agency: int) -> str:
        parts = [f"{{amount: {each}, internal: true}}" for each in (amount, agency)]
        return of(root, margin="45%", costs=f"{{media: {parts[0]}, agency: {parts[1]}}}")

    assert media(1024, 4096) == media(4096, 1024)


def test_an_internal_gain_is_in_no_number(tmp_path: Path) -> None:
    """Neither in the benefit nor in what follows from it: the Edition is the same without it."""
    root = Path(shutil.copytree(MINIMAL, tmp_path / "site"))
    known = {"margin": "45%", "incrementality": "60%", "costs": "{agency: 15000/month}"}
    days = "start: 2025-06-01, end: 2026-05-31"
    medium = f"medium: Press, effect: leads, before: {{cost: 900000, effect: 50, {days}}}, now: {{metric: conversions}}"
    staff = f"before: {{{days}}}, hourly_cost: 2400, cancelled: {{kind: overtime, amount: 9000/month}}"
    budget = f"channel: google_ads, amount: 9000/month, {days}"

    def with_gains(internal: str) -> str:
        told = f"{{communication: {{{medium}{internal}}}, service: {{{staff}{internal}}}}}"
        return of(root, gains=told, budgets=f"[{{{budget}{internal}}}]", **known)

    assert with_gains(", internal: true") == of(root, **known)
    assert with_gains("") != of(root, **known)


def test_one_internal_item_of_a_line_cannot_be_told_apart(tmp_path: Path) -> None:
    root = Path(shutil.copytree(MINIMAL, tmp_path / "site"))

    def costs(tool: int, agency: int) -> str:
        """A tool that all may see and one that only the agency may, beside a fee that only the agency may see."""
        tools = f"[{{amount: 512}}, {{amount: {tool}, internal: true}}]"
        return of(root, costs=f"{{tools: {tools}, agency: {{amount: {agency}, internal: true}}}}")

    assert costs(1024, 4096) == costs(4096, 1024)
    assert costs(1024, 4096) != costs(1024, 8192)


def test_a_warning_on_an_internal_objective_is_told_to_the_agency_only(tmp_path: Path) -> None:
    root = planted(tmp_path / "site", "public")
    client = pipeline.dossier(root, "atlas", workspace.opened(root).site)
    assert "problems.wrong_way.up" in {problem.message.key for problem in client.problems}
    assert "problems.wrong_way.up" not in {notice.message.key for notice in edition(root).notices}
