"""Every component shows what it can do by examples, and each example is a test: it renders, is sound, is accepted."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from scripts import examples, gallery
from sitegen.build.workspace import Workspace
from sitegen.read import theme
from tests.components import accept
from tests.golden.accept import files, report

ROOT = Path(__file__).parents[2]
DEFAULT, _ = theme("default", [ROOT / "themes"])
assert DEFAULT is not None
SIGNATURE = re.compile(r"{% macro (\w+)\(([^)]*)\)")
IMPORT = re.compile(r'{% from "components/(\w+)/\w+\.html" import ([\w, ]+?)(?: with context)? %}')


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return gallery.opened(tmp_path_factory.mktemp("specimens"))


@pytest.fixture(scope="module")
def shown(space: Workspace) -> list[gallery.Shown]:
    return list(gallery.shown(space))


def test_every_macro_that_a_page_calls_has_examples() -> None:
    shown = {(macro.component, macro.name) for macro in examples.macros(DEFAULT) if macro.examples}
    called = {
        (component, name.strip())
        for address, source in DEFAULT.templates.items()
        if address.startswith("layouts/")
        for component, names in IMPORT.findall(source)
        for name in names.split(",")
    }
    assert called
    assert called - shown == set()


def test_every_component_has_examples() -> None:
    components = {address.split("/")[1] for address in DEFAULT.templates if address.startswith("components/")}
    assert components == {macro.component for macro in examples.macros(DEFAULT)}


def test_the_parameters_told_are_those_of_the_macro() -> None:
    for macro in examples.macros(DEFAULT):
        source = DEFAULT.templates[f"components/{macro.component}/{macro.component}.html"]
        written = [part.strip() for part in dict(SIGNATURE.findall(source))[macro.name].split(",")]
        told = [(param.name, param.required) for param in macro.params]
        assert told == [(part.partition("=")[0], "=" not in part) for part in written if part], macro.name


def test_every_example_renders_in_every_language(shown: list[gallery.Shown]) -> None:
    asked = sum(len(macro.examples) for macro in examples.macros(DEFAULT))
    assert {each.language for each in shown} == {"fr", "en"}
    assert len(shown) == 2 * asked
    assert [each.example.name for each in shown if not re.sub(r"<[^>]*>", "", each.html).strip()] == []


def test_no_example_breaks_the_rules_of_a_page(space: Workspace, shown: list[gallery.Shown]) -> None:
    """Ids, names for assistive technology, the policy, nothing left unfilled: as for every page of a site."""
    pages = gallery.artifacts(space, shown)
    assert gallery.faults(pages) == ()
    broken = replace(shown[0], html='<p id="main" style="color:red" aria-labelledby="none">{{ x }}</p>')
    assert len(gallery.faults(gallery.artifacts(space, [broken]))) >= 3


def test_the_examples_are_the_accepted_ones(shown: list[gallery.Shown]) -> None:
    assert list(report(files(accept.GOLDEN), accept.snapshots(shown))) == [], "if it is meant, run `make accept`"


def test_every_figure_is_shown_with_each_kind_of_data() -> None:
    figure = next(macro for macro in examples.macros(DEFAULT) if macro.name == "figure_block")
    names = {example.name for example in figure.examples}
    kinds = ("rising", "falling", "flat", "missing", "reversed")
    assert names >= {f"{name}, {kind}" for name in ("bullet", "timeline", "trend", "returns") for kind in kinds}


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ({"params": [], "examples": [{"name": "a", "values": {"x": 1}}]}, "a: x"),
        ({"params": [], "examples": [], "inside": "a box"}, "a box"),
        ({"params": [], "examples": [], "example": []}, "example"),
        ({"params": [{"name": "x", "type": "Thing", "required": True, "description": "-"}], "examples": []}, "Thing"),
        (
            {
                "params": [{"name": "x", "type": "text", "required": True, "description": "-"}],
                "examples": [{"name": "a", "values": {}}],
            },
            "a: x",
        ),
    ],
)
def test_an_ill_formed_example_is_refused(written: dict[str, object], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        examples.macros(replace(DEFAULT, examples={"box": {"box": written}}))


def test_a_value_of_another_type_is_refused() -> None:
    for kind, value in (("flag", "yes"), ("number", True), ("text", 1), ("Status", "fine"), ("Metric", "luck")):
        with pytest.raises((ValueError, KeyError)):
            examples.TYPES[kind]({}, value)
