"""What is written where, and what never is: private names, drafts of other folders, a site emptied by mistake."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sitegen.build import site, workspace
from sitegen.errors import ProblemsFound, UsageError

TODAY = date(2026, 11, 20)
Build = Callable[..., site.Outcome]


@pytest.fixture
def root(small: Callable[[Path], Path], tmp_path: Path) -> Path:
    return small(tmp_path / "site")


@pytest.fixture
def build(root: Path) -> Build:
    def built(**options: object) -> site.Outcome:
        asked = {"output": root / "output", "preview": root / "preview", **options}
        return site.build(workspace.opened(root), site.Options(TODAY, **asked), lambda message: None)  # type: ignore[arg-type]

    return built


def client(root: Path, slug: str, **changes: str) -> Path:
    """A second client: the first one's folder with lines of its YAML replaced."""
    folder = root / "data" / slug
    shutil.copytree(root / "data/atlas", folder)
    file = folder / "client.yaml"
    text = file.read_text("utf-8")
    for before, after in changes.items():
        lines = [line if not line.startswith(before + ":") else after for line in text.splitlines()]
        text = "\n".join(lines) + "\n"
    file.write_text(text, "utf-8")
    return file


def text_of(folder: Path) -> str:
    return "".join(file.read_text("utf-8", "ignore") for file in folder.rglob("*") if file.is_file())


def test_a_client_that_became_private_in_a_file_that_is_no_yaml_is_taken_from_the_output(
    root: Path, build: Build
) -> None:
    file = client(root, "zebu", name="name: Zebu Secret")
    build()
    assert (root / "output/zebu/index.html").is_file()
    broken = file.read_text("utf-8").replace("access: public", "access: private") + "margin: [\n"
    file.write_text(broken, "utf-8")
    outcome = build()
    assert outcome.failed == ("zebu",)
    assert not (root / "output/zebu").exists()
    assert "Zebu" not in text_of(root / "output")


def test_a_public_client_whose_file_is_no_yaml_keeps_its_last_good_portal(root: Path, build: Build) -> None:
    file = client(root, "zebu", name="name: Zebu")
    build()
    before = (root / "output/zebu/index.html").read_bytes()
    file.write_text(file.read_text("utf-8") + "margin: [\n", "utf-8")
    assert build().failed == ("zebu",)
    assert (root / "output/zebu/index.html").read_bytes() == before


def test_a_folder_of_data_that_is_gone_empties_nothing(root: Path, build: Build) -> None:
    build()
    (root / "data").rename(root / "elsewhere")
    with pytest.raises(ProblemsFound):
        build()
    assert (root / "output/atlas/index.html").is_file()


def test_a_client_s_folder_that_lost_its_name_keeps_its_portal(root: Path, build: Build) -> None:
    client(root, "zebu", name="name: Zebu")
    build()
    (root / "data/zebu").rename(root / "data/Zebu")
    build()
    assert (root / "output/zebu/index.html").is_file()


def test_when_every_client_fails_nothing_is_written(root: Path, build: Build) -> None:
    build()
    before = text_of(root / "output")
    file = root / "data/atlas/client.yaml"
    file.write_text(file.read_text("utf-8") + "margn: 3\n", "utf-8")
    (root / "config.yaml").write_text((root / "config.yaml").read_text("utf-8").replace("Agence", "Agency"), "utf-8")
    outcome = build()
    assert (outcome.failed, outcome.published) == (("atlas",), None)
    assert text_of(root / "output") == before


@pytest.mark.parametrize("name", ["preview", "data", "data/new", "content", "themes/x", "."])
def test_the_output_may_not_be_where_something_else_lives(root: Path, build: Build, name: str) -> None:
    with pytest.raises(UsageError):
        build(output=(root / name).resolve())


@pytest.mark.parametrize(("slug", "name"), [("shop", "Revenue"), ("data", "Objectives"), ("boutique", "Marge")])
def test_a_private_client_called_by_an_ordinary_word_stops_nobody(
    root: Path, build: Build, slug: str, name: str
) -> None:
    client(root, slug, name=f"name: {name}", access="access: private")
    outcome = build()
    assert outcome.failed == ()
    assert (root / "preview" / slug / "index.html").is_file()
    assert not (root / "output" / slug).exists()


def test_a_private_client_s_rare_name_on_a_public_page_stops_the_build(root: Path, build: Build) -> None:
    client(root, "zebu", name="name: Zébulon Textiles", access="access: private")
    file = root / "data/atlas/client.yaml"
    text = file.read_text("utf-8").replace("owner: Responsable e-commerce", "owner: Zébulon Textiles")
    file.write_text(text, "utf-8")
    with pytest.raises(ProblemsFound) as found:
        build()
    assert {problem.message.key for problem in found.value.problems} == {"proof.leaked_name"}
    assert not (root / "output").exists()


def test_an_internal_article_is_in_no_portal(root: Path, build: Build) -> None:
    folder = root / "content/fr"
    folder.mkdir(parents=True)
    source = Path(workspace.packaged("content")) / "fr/choisir-ses-kpi.md"
    text = source.read_text("utf-8")
    internal = text.replace("---\n", "---\ninternal: true\n", 1).replace("slug: choisir-ses-kpi", "slug: secret")
    (folder / "secret.md").write_text(internal + "\nINTERNE\n", "utf-8")
    build()
    assert "INTERNE" not in text_of(root / "output")


def test_the_day_of_the_report_is_one_with_data(root: Path, build: Build) -> None:
    build(as_of=date(2026, 11, 18))
    assert "31 octobre 2026" in (root / "output/atlas/index.html").read_text("utf-8")
    build(as_of=date(2026, 6, 30))
    assert "30 juin 2026" in (root / "output/atlas/index.html").read_text("utf-8")


def test_a_second_build_waits_and_then_says_that_another_is_at_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "PATIENCE", 0.1)
    with site.alone(tmp_path), pytest.raises(UsageError, match=r"cli\.busy"), site.alone(tmp_path):
        raise AssertionError("two at once")
    with site.alone(tmp_path):
        pass


def test_numbers_that_cannot_be_right_stop_the_client_until_they_can(root: Path, build: Build) -> None:
    """A row of a day that has not come: an error today, and no longer one when the day has come, without any edit."""
    table = root / "data/atlas/metrics/site.csv"
    header = table.read_text("utf-8").splitlines()[0].split(",")
    ahead = date(2026, 11, 25)
    cells = [ahead.isoformat() if name == "date" else "website" if name == "channel" else "5" for name in header]
    table.write_text(table.read_text("utf-8").rstrip("\n") + "\n" + ",".join(cells) + "\n", "utf-8")
    outcome = build()
    assert outcome.failed == ("atlas",)
    assert "quality.future" in [problem.message.key for problem in outcome.problems]
    assert not (root / "output/atlas").exists()
    later = site.Options(ahead, output=root / "output", preview=root / "preview")
    outcome = site.build(workspace.opened(root), later, lambda message: None)
    assert outcome.failed == ()
    assert (root / "output/atlas/index.html").is_file()


def test_a_body_that_is_lost_again_once_it_was_made_again_ends_the_build(
    build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*told: object) -> site.Outcome:
        raise site.BodyLost("0" * 64)

    monkeypatch.setattr(site, "_built", lost)
    with pytest.raises(site.BodyLost):
        build()
