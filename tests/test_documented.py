"""Nothing can be written, asked for or relied upon that the documentation does not tell, and what it tells is so."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, metadata
from pathlib import Path
from typing import Any, get_args

import pytest
import typer
from pydantic import ValidationError
from typer.testing import CliRunner

from scripts import export_schemas, make_docs
from sitegen import __version__, check, cli
from sitegen.commands import schema
from sitegen.formats import Words
from sitegen.messages import say
from sitegen.model.authored import Authored, Baselines, Client, Site, Target
from sitegen.model.catalogue import CHANNELS, METRICS
from sitegen.read.documents import document, parsed
from sitegen.read.exports.platforms import platforms

ROOT = Path(__file__).parents[1]
REFERENCE = (ROOT / "docs/reference.md").read_text("utf-8")
GUIDE = (ROOT / "docs/guide.md").read_text("utf-8")
DEPENDENCIES = (ROOT / "docs/dependencies.md").read_text("utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
FILES = {"client.yaml": Client, "config.yaml": Site, "baselines.yaml": Baselines}
GROUP: Any = typer.main.get_command(cli.app)


def section(title: str) -> str:
    """What stands below a heading of the reference, up to the next heading."""
    found = re.search(rf"^##+ {re.escape(title)}\n(.*?)(?=^##|\Z)", REFERENCE, re.DOTALL | re.MULTILINE)
    assert found, title
    return found[1]


def rows(title: str) -> dict[str, list[str]]:
    """The table rows of a section, by the word in code of their first cell."""
    lines = (re.split(r"(?<!\\)\|", line) for line in section(title).split("\n") if line.startswith("| `"))
    return {cells[1].strip().strip("`"): [cell.strip() for cell in cells[1:-1]] for cells in lines}


def models(kind: Any) -> Iterator[type[Authored]]:
    """The model, and every model that its fields can hold."""
    if isinstance(kind, type) and issubclass(kind, Authored) and kind is not Target:
        yield kind
        for field in kind.model_fields.values():
            yield from models(field.annotation)
    for part in get_args(kind):
        yield from models(part)


TITLES = {
    model: next((name for name, top in FILES.items() if top is model), model.__name__)
    for kind in FILES.values()
    for model in models(kind)
}


def read(key: str, written: str) -> Any:
    found, problems = parsed(f"{key}: {written}", "")
    assert found is not None, (key, written, problems)
    return found.data


# ---------------------------------------------------------------- the reference


def test_the_reference_is_what_the_code_writes_now() -> None:
    assert make_docs.reference() == REFERENCE, "run `make docs`"


def test_the_platforms_that_are_told_are_those_that_are_recognised() -> None:
    page = (ROOT / "docs/exports.md").read_text("utf-8")
    assert make_docs.exports(page) == page, "run `make docs`"
    assert [each.id for each in platforms() if f"(`{each.id}`)" not in page] == []


@pytest.mark.parametrize("model", TITLES, ids=lambda model: model.__name__)
def test_every_key_is_explained_with_an_example_that_holds(model: type[Authored]) -> None:
    listed = rows(TITLES[model])
    assert list(listed) == list(model.model_fields)
    needed: dict[str, Any] = {}
    for key, field in model.model_fields.items():
        _, purpose, kind, _, example = listed[key]
        assert all((purpose, kind, example)), f"{model.__name__}.{key} is not explained"
        if field.is_required():
            needed |= read(key, example.strip("`"))
    for key in model.model_fields:
        written = listed[key][4].strip("`").replace("\\|", "|")
        try:
            model.model_validate(needed | read(key, written))
        except ValidationError as error:
            pytest.fail(f"the example of {model.__name__}.{key} is wrong: {written}\n{error}")


def test_every_metric_and_channel_is_listed_with_both_names() -> None:
    french, english = Words("fr"), Words("en")
    metrics, channels = rows("Metrics"), rows("Channels")
    assert (metrics.keys(), channels.keys()) == (METRICS.keys(), CHANNELS)
    for id, told in metrics.items():
        name = say(f"metrics.{id}.Name")
        assert told[1:5] == [french.say(name), english.say(name), METRICS[id].kind, METRICS[id].unit]
    for id, told in channels.items():
        name = say(f"channels.{id}")
        assert told[1:3] == [french.say(name), english.say(name)]


def test_every_command_is_listed_with_all_its_options() -> None:
    for name, command in GROUP.commands.items():
        told = section(f"sitegen {name}")
        assert command.help in told
        for parameter in command.params:
            words = parameter.opts if parameter.param_type_name == "option" else [parameter.name.upper()]
            assert all(f"`{word}" in told for word in words), (name, words)


def test_every_exit_code_is_listed() -> None:
    assert {int(code) for code in rows("Exit codes")} >= {cli.OK, cli.ERRORS, cli.MISUSE, cli.PARTIAL, cli.BUG}


def test_every_token_and_font_of_the_theme_is_listed() -> None:
    theme, _ = document(ROOT, "themes/default/theme.yaml")
    assert theme is not None
    listed = rows("Theme tokens")
    assert listed.keys() == theme.data["tokens"]["light"].keys() | theme.data["fonts"].keys()
    assert theme.data["tokens"]["dark"].keys() == theme.data["tokens"]["light"].keys()


def test_the_schemas_are_what_the_command_writes_now(tmp_path: Path) -> None:
    names = {*schema.write(tmp_path), *export_schemas.write(tmp_path)}
    by_hand = {"inspect"}  # which tests/unit/commands/test_inspect.py holds against what is printed
    assert {path.name for path in (ROOT / "schemas").iterdir()} == {f"{name}.schema.json" for name in names | by_hand}
    for name in names:
        file = f"{name}.schema.json"
        assert (ROOT / "schemas" / file).read_bytes() == (tmp_path / file).read_bytes(), "run `make schemas`"
    assert json.loads(schema.text()) == check.schemas()


# ---------------------------------------------------------------- dependencies


def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def packages(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~;\[ ]", requirement)[0].lower() for requirement in requirements}


def dependencies() -> dict[str, str]:
    """Package → the licence that the page tells."""
    return dict(re.findall(r"^\| \[([\w.-]+)\]\([^)]*\) \| ([^|]+?) \| [^|]+ \| [^|]+ \|$", DEPENDENCIES, re.MULTILINE))


def test_every_dependency_is_explained() -> None:
    declared = packages(project()["dependencies"]) | packages(project()["optional-dependencies"]["dev"])
    assert declared == dependencies().keys()


@pytest.mark.parametrize(("package", "licence"), dependencies().items())
def test_each_licence_is_the_one_that_the_package_declares(package: str, licence: str) -> None:
    try:
        told = metadata(package)
    except PackageNotFoundError:
        pytest.skip(f"{package} is not installed")
    texts = [distribution(package).read_text(f"licenses/{name}") or "" for name in told.get_all("License-File", [])]
    fields = [str(told.get(key)) for key in ("License-Expression", "License")]
    known = " ".join([*fields, *told.get_all("Classifier", []), *(texts if fields == ["None", "None"] else [])])
    assert licence.partition("-")[0] in known


def test_the_libraries_imported_are_those_declared() -> None:
    imported = set()
    for file in (ROOT / "sitegen").rglob("*.py"):
        imported |= set(re.findall(r"^ *(?:from|import) ([a-z_0-9]+)", file.read_text("utf-8"), re.MULTILINE))
    names = {"yaml": "pyyaml", "ruamel": "ruamel.yaml", "vl_convert": "vl-convert-python"}
    extras = project()["optional-dependencies"]
    declared = packages([*project()["dependencies"], *extras["pdf"], *extras["seal"]])
    ours = {name for name in (names.get(word, word) for word in imported) if name in dependencies()}
    assert ours == declared - {"tzdata", "mnemonic"}  # which are read as data


# ---------------------------------------------------------------- the other pages


def test_the_changelog_has_this_version() -> None:
    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def commands(text: str) -> Iterator[str]:
    """The lines of shell blocks, and what stands in code inside a text."""
    for block, word in re.findall(r"```(?:sh|text)?\n(.*?)```|`([^`\n]+)`", text, re.DOTALL):
        yield from (line.strip().removeprefix("$ ") for line in (block or word).split("\n"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_that_a_page_gives_exist(page: Path) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    shown = "\n".join(commands(page.read_text("utf-8")))
    assert set(re.findall(r"^make ([a-z-]+)", shown, re.MULTILINE)) <= set(targets)
    for name, options in re.findall(r"^sitegen ([a-z-]+)([^#\n]*)", shown, re.MULTILINE):
        assert name in GROUP.commands, name
        known = {word for parameter in GROUP.commands[name].params for word in getattr(parameter, "opts", ())}
        assert set(re.findall(r"--[a-z-]+", options)) <= known | {"--help"}


def test_the_workspace_of_the_guide_has_no_error(tmp_path: Path) -> None:
    """Each file that the guide shows, and what it adds to one later."""
    for path, body in re.findall(r"`([\w/.]+)`:\n\n```\w+\n(.*?)```", GUIDE, re.DOTALL):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        with (tmp_path / path).open("a", encoding="utf-8") as file:
            file.write(body)
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == [
        "client.yaml",
        "config.yaml",
        "google_ads.csv",
        "site.csv",
    ]
    checked = CliRunner().invoke(cli.app, ["check", "--lang", "en", "--root", str(tmp_path)])
    assert checked.exit_code == 0, checked.stderr


def test_the_messages_of_the_guide_are_real_ones() -> None:
    told = (ROOT / "tests/problems/guide.txt").read_text("utf-8").split("-- stderr --\n")[1].split("-- exit --")[0]
    assert f"```text\n{told}```" in GUIDE


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        if "://" in path:
            continue
        linked = page if not path else (page.parent / path)
        assert linked.exists(), target
        if anchor:
            assert anchor in anchors(linked.read_text("utf-8")), target


def anchors(text: str) -> set[str]:
    """The fragments that a code host gives to headings."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
