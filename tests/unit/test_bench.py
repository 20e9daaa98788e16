from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest

from scripts.bench import edits, floor, generate, hugo, numbers, run
from scripts.bench.processes import Run
from sitegen import draw, plot
from sitegen.build import site, workspace
from sitegen.build.options import Options
from sitegen.build.store import Store
from sitegen.build.workshop import Workshop
from sitegen.commands import check
from sitegen.errors import Severity

TWO = 2


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two generated clients, built."""
    root = generate.workspace(tmp_path_factory.mktemp("bench") / "workspace", TWO)
    options = Options(
        today=generate.LAST, output=root / "output", preview=root / "preview", as_of=generate.LAST, jobs=1
    )
    assert site.build(workspace.opened(root), options, lambda _: None).failed == ()
    return root


def test_the_numbers_of_each_client_are_measured(built: Path) -> None:
    found = numbers.costs(built, turns=1)
    assert found.keys() == {generate.slug(index) for index in range(TWO)}
    assert all(cost.rows > 3_000 and 0 < cost.least <= cost.median for cost in found.values())


def test_generated_clients_have_no_error(built: Path) -> None:
    problems, slugs = check.problems(built, None, generate.LAST + timedelta(1))
    assert len(slugs) == TWO
    assert [problem for problem in problems if problem.severity is Severity.ERROR] == []


def test_a_client_has_nine_pages_in_two_languages_and_about_eight_figures(built: Path) -> None:
    slug = generate.slug(0)
    found = (built / "output" / slug).rglob("*.html")
    pages = [page for page in found if page.parent.name not in ("imprimer", "print")]  # which are made of the others
    figures = {file.stem for file in (built / "output" / slug / "downloads/fr").glob("*.csv")} - {"numbers"}
    assert len(pages) == 18
    assert 8 <= len(figures) <= 11


def test_a_client_is_the_same_whatever_the_number_of_clients(built: Path, tmp_path: Path) -> None:
    alone = generate.workspace(tmp_path / "alone", 1) / "data" / generate.slug(0)
    for file in alone.rglob("*.*"):
        assert file.read_bytes() == (built / "data" / generate.slug(0) / file.relative_to(alone)).read_bytes()


def test_no_two_clients_share_a_name_or_a_table(built: Path) -> None:
    assert len({generate.slug(index) for index in range(2_000)}) == 2_000
    first, second = (built / "data" / generate.slug(index) / "metrics/site.csv" for index in range(TWO))
    assert not set(first.read_text().splitlines()[1:]) & set(second.read_text().splitlines()[1:])


def test_one_client_in_ten_is_private() -> None:
    assert [generate.shop(index).access for index in range(20)].count("private") == 2


def test_the_floor_draws_the_same_figures(built: Path, tmp_path: Path) -> None:
    count = floor.keep(built, built / "output", tmp_path / "figures")
    slug = generate.slug(0)
    floor.portal(tmp_path / "figures" / slug, tmp_path / "pages")

    store = Store(built / ".sitegen/store.sqlite")
    shop = Workshop(workspace.opened(built), store, generate.LAST, generate.LAST)
    known, audit = shop.judged(slug)
    assert audit is not None
    figures = shop.pages(audit, known.judged.edition).figures
    assert count == TWO * len(figures)
    drawn = [plot.Engine().svg(figure, draw.template(figure.template)) for figure in figures]
    page = (tmp_path / "pages" / slug / "index.html").read_text("utf-8")
    shown = len(re.findall("<svg", (built / "output" / slug / "index.html").read_text("utf-8"))) // 2
    assert page.endswith("".join(each.wide + each.narrow for each in drawn[:shown]))
    store.close()


def test_each_edit_changes_its_file_each_time(built: Path) -> None:
    for edit in edits.edits(built, generate.slug(0)):
        before = edit.file.read_text("utf-8")
        once, twice = edit.change(before, 1), edit.change(edit.change(before, 1), 2)
        assert len({before, once, twice}) == 3, edit.name
        assert twice == edit.change(before, 2), f"{edit.name}: the file grows"


def test_hugo_gets_as_many_pages_of_four_kilobytes(tmp_path: Path) -> None:
    hugo.site(tmp_path / "hugo", 20)
    sizes = [len(page.read_text()) for page in (tmp_path / "hugo/content").rglob("*.md")]
    assert len(sizes) == 20
    assert all(4_000 <= size < 5_000 for size in sizes)


def runs(seconds: Mapping[int, float]) -> dict[int, Run]:
    return {size: Run(took, took, None, None) for size, took in seconds.items()}


def test_what_each_client_more_costs_is_told_apart_from_the_beginning() -> None:
    found = runs({10: 5, 50: 13, 200: 43})
    assert run.each_more(found) == pytest.approx({50: 0.2, 200: 0.2})
    assert run.fixed(found) == pytest.approx(3)
    assert run.fixed(runs({10: 5})) is None
