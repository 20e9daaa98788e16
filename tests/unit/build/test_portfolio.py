"""The portfolio: every client, failing ones too, in the preview alone; made again only when it says something else."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sitegen import render, write
from sitegen.build import portfolio, site, workspace
from sitegen.build.options import Options
from sitegen.model.portfolio import Row
from sitegen.publish.payload import payload

TODAY = date(2026, 11, 20)
PAGES = ("portefeuille.html", "en/portfolio.html")
ITS_OWN = ("assets/portfolio/portfolio.css", "assets/portfolio/portfolio.js")
Build = Callable[..., site.Outcome]


@pytest.fixture
def root(small: Callable[[Path], Path], tmp_path: Path) -> Path:
    return small(tmp_path / "site")


@pytest.fixture
def build(root: Path) -> Build:
    def built(**options: object) -> site.Outcome:
        asked = Options(TODAY, root / "output", root / "preview", jobs=1, **options)  # type: ignore[arg-type]
        return site.build(workspace.opened(root), asked, lambda message: None)

    return built


def second(root: Path, slug: str = "borel", name: str = "Borel et Fils", access: str = "private") -> Path:
    """Another client's YAML."""
    shutil.copytree(root / "data/atlas", root / "data" / slug)
    file = root / "data" / slug / "client.yaml"
    text = file.read_text("utf-8").replace("Atlas Jiu-Jitsu", name).replace("access: public", f"access: {access}")
    file.write_text(text, "utf-8")
    return file


def told(root: Path) -> dict[str, Row]:
    return dict(portfolio.last(write.last(root / "preview")))


def page(root: Path, name: str = PAGES[0]) -> str:
    return (root / "preview" / name).read_text("utf-8")


def break_it(file: Path) -> str:
    text = file.read_text("utf-8")
    file.write_text(text.replace("margin:", "margn:", 1), "utf-8")
    assert file.read_text("utf-8") != text
    return text


# ---------------------------------------------------------------- where it is


def test_a_workspace_of_public_clients_has_one_in_the_preview_alone(root: Path, build: Build) -> None:
    build()
    assert all((root / "preview" / name).is_file() for name in (*PAGES, *ITS_OWN))
    names = [file.relative_to(root / "output").as_posix() for file in (root / "output").rglob("*")]
    assert "atlas/index.html" in names
    assert [name for name in names if re.search("portfolio|portefeuille", name)] == []


def test_nothing_in_the_output_names_it_loads_it_or_carries_what_it_tells(root: Path, build: Build) -> None:
    second(root)
    build()
    shown = ("portfolio", "portefeuille.html", "Portefeuille des clients", "Client portfolio", "borel", "Borel")
    files = [file for file in (root / "output").rglob("*") if file.is_file()]
    assert len(files) > 20
    found = {
        (file.name, word)
        for file in files
        for word in shown
        if file.name != write.STATE and word in file.read_text("utf-8", "replace")
    }
    assert found == set()
    state = json.loads((root / "output" / write.STATE).read_text("utf-8"))
    assert {manifest["report"] for manifest in state["manifests"]} == {""}


def test_it_is_not_among_what_is_published(root: Path, build: Build) -> None:
    second(root)
    build()
    addresses = payload(root / "output", None).addresses
    assert len(addresses) > 20
    assert [name for name in addresses if re.search("portfolio|portefeuille", name)] == []


def test_the_home_of_the_preview_leads_to_it_and_it_leads_to_each_portal(root: Path, build: Build) -> None:
    second(root)
    build()
    assert 'href="portefeuille.html"' in (root / "preview/index.html").read_text("utf-8")
    assert 'href="portfolio.html"' in (root / "preview/en/index.html").read_text("utf-8")
    assert {'href="atlas/index.html"', 'href="borel/index.html"'} <= {*re.findall(r'href="[^"]+"', page(root))}
    assert 'href="../atlas/en/index.html"' in page(root, PAGES[1])


def test_the_styles_of_the_portals_hold_none_of_its_own(root: Path, build: Build) -> None:
    build()
    assert ".portfolio" not in (root / "preview/assets/site.css").read_text("utf-8")
    assert ".portfolio" in (root / "preview" / ITS_OWN[0]).read_text("utf-8")


# ---------------------------------------------------------------- what it tells


def test_it_tells_what_the_files_of_each_client_come_to(root: Path, build: Build) -> None:
    second(root)
    build()
    rows = told(root)
    assert {slug: row.state for slug, row in rows.items()} == {"atlas": "built", "borel": "built"}
    atlas = rows["atlas"].summary
    assert atlas is not None
    assert atlas.data_until == date(2026, 10, 31)
    assert [line.kpi for line in atlas.objectives]
    assert [sign.id for sign in atlas.signs] == ["S1", "S2", "S3"]
    assert atlas.missing


def test_a_client_that_fails_keeps_its_last_good_state_beside_its_problems(root: Path, build: Build) -> None:
    file = second(root)
    build()
    good = told(root)["borel"].summary
    text = break_it(file)
    assert build().failed == ("borel",)
    row = told(root)["borel"]
    assert (row.state, row.name, row.summary) == ("failed", "Borel et Fils", good)
    assert [problem.path for problem in row.problems] == ["data/borel/client.yaml"]
    line = text[: text.index("margin:")].count("\n") + 1
    assert f"data/borel/client.yaml:{line}:1" in page(root)
    assert next(iter(told(root))) == "borel"
    shutil.rmtree(root / ".sitegen")  # all that is remembered may be lost at any time
    build()
    assert told(root)["borel"].summary == good
    file.write_text(text, "utf-8")
    build()
    assert (told(root)["borel"].state, told(root)["borel"].problems) == ("built", ())


def test_when_every_client_fails_the_portfolio_alone_is_written(root: Path, build: Build) -> None:
    file = second(root)
    build()
    before = {path: path.read_bytes() for path in (root / "preview/borel").rglob("*") if path.is_file()}
    break_it(file)
    outcome = build(client="borel")
    assert (outcome.failed, outcome.published) == (("borel",), None)
    assert {slug: row.state for slug, row in told(root).items()} == {"borel": "failed", "atlas": "built"}
    assert {path: path.read_bytes() for path in before} == before
    assert build(client="borel", strict=True).previewed is None


def test_a_client_that_never_was_good_appears_with_its_problem_and_without_a_link(root: Path, build: Build) -> None:
    break_it(second(root))
    build()
    row = told(root)["borel"]
    assert (row.state, row.summary, dict(row.addresses)) == ("failed", None, {})
    assert "Borel et Fils" in page(root)
    assert 'href="borel/' not in page(root)


def test_a_folder_that_is_no_client_appears_with_what_is_wrong(root: Path, build: Build) -> None:
    second(root)
    (root / "data/borel/client.yaml").unlink()
    build()
    assert told(root)["borel"].state == "failed"
    assert [problem.message.key for problem in told(root)["borel"].problems] == ["read.no_client_file"]


def test_a_fault_of_a_page_is_a_failure_of_its_client(root: Path, build: Build) -> None:
    second(root)
    build()
    layouts = root / "themes/own/layouts"
    layouts.mkdir(parents=True)
    (root / "themes/own/theme.yaml").write_text("name: own\nextends: default\n", "utf-8")
    source = (workspace.packaged("themes") / "default/layouts/advice.html").read_text("utf-8")
    broken = '{% if profile.slug == "borel" %}{{ no_such.thing }}{% endif %}</header>'
    (layouts / "advice.html").write_text(source.replace("</header>", broken, 1), "utf-8")
    (root / "config.yaml").write_text((root / "config.yaml").read_text("utf-8") + "theme: own\n", "utf-8")
    assert build().failed == ("borel",)
    assert {slug: row.state for slug, row in told(root).items()} == {"borel": "failed", "atlas": "built"}


def test_one_client_alone_leaves_the_others_as_they_were_told(root: Path, build: Build) -> None:
    file = second(root)
    build()
    break_it(file)
    build()
    before = told(root)["borel"]
    build(client="atlas")
    assert told(root)["borel"] == before
    second(root, "cedre", "Cèdre")
    build(client="atlas")
    assert told(root)["cedre"].state == "unbuilt"
    assert told(root).keys() == {"atlas", "borel", "cedre"}


def test_a_client_that_is_gone_is_told_no_more(root: Path, build: Build) -> None:
    second(root)
    build()
    shutil.rmtree(root / "data/borel")
    build()
    assert told(root).keys() == {"atlas"}
    assert "Borel" not in page(root)


def test_a_record_of_another_version_is_as_good_as_none(root: Path, build: Build) -> None:
    build()
    manifests = [*write.last(root / "preview")]
    shared = next(manifest for manifest in manifests if manifest.report)
    for report in ("{", "[]", '{"rows":[{}]}'):
        assert portfolio.last([type(shared)(shared.name, (), None, report)]) == {}
    assert portfolio.last(manifests).keys() == {"atlas"}


# ---------------------------------------------------------------- what it costs


def test_it_is_made_again_only_when_it_says_something_else(
    root: Path, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    whole = render.shared_page
    monkeypatch.setattr(render, "shared_page", lambda job, press: made.append(job.address) or whole(job, press))
    file = second(root)
    build()
    assert sorted(made) == sorted(PAGES)
    made.clear()
    build()
    assert made == []
    (root / "data/borel/notes").mkdir(exist_ok=True)
    (root / "data/borel/notes/synthesis.md").write_text("Un mot que le portefeuille ne dit pas.\n", "utf-8")
    build()
    assert made == []
    file.write_text(file.read_text("utf-8").replace("Borel et Fils", "Borel et Filles"), "utf-8")
    build()
    assert sorted(made) == sorted(PAGES)
    assert "Borel et Filles" in page(root)
    made.clear()
    build()
    assert made == []


def test_what_is_kept_of_a_client_is_small(root: Path, build: Build) -> None:
    build()
    report = next(manifest.report for manifest in write.last(root / "preview") if manifest.report)
    assert len(report) < 8000
