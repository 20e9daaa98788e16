"""Every language says the same things, and every word of ours is in a catalogue."""

import ast
import re
from pathlib import Path

import pytest

from sitegen.locales import FOLDER, catalogue

ROOT = Path(__file__).parents[2]
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def placeholders(pattern: object) -> set[str]:
    patterns = [pattern] if isinstance(pattern, str) else list(pattern.values())  # type: ignore[attr-defined]
    return {name for text in patterns for name in PLACEHOLDER.findall(text)}


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    french, english = catalogue("fr"), catalogue("en")
    assert french.keys() == english.keys()
    differing = [key for key in french if placeholders(french[key]) != placeholders(english[key])]
    assert differing == []


def test_every_literal_key_in_the_code_is_in_the_catalogues() -> None:
    known, unknown = catalogue("fr"), []
    for file in (ROOT / "sitegen").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
            if called and node.args and isinstance(node.args[0], ast.Constant) and node.args[0].value not in known:
                unknown.append(f"{file.name}:{node.lineno} {node.args[0].value}")
    assert unknown == []


def test_every_literal_key_in_the_templates_is_in_the_catalogues() -> None:
    known, unknown = catalogue("fr"), []
    for file in (ROOT / "themes" / "default").rglob("*.html"):
        unknown += [
            f"{file.name} {key}"
            for key in re.findall(r'tell\("([\w.]+)"[,)]', file.read_text("utf-8"))
            if key not in known
        ]
    assert unknown == []


@pytest.mark.parametrize("file", sorted((ROOT / "themes" / "default").rglob("*.html")), ids=lambda f: f.name)
def test_templates_hold_no_words_of_ours(file: Path) -> None:
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", file.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"<!doctype html>|<[^>]*>", " ", text, flags=re.IGNORECASE)
    assert re.findall(r"[^\W\d_]{2,}", text) == []


def test_no_template_passes_anything_unescaped() -> None:
    offenders = [
        f.name for f in (ROOT / "themes").rglob("*.html") if re.search(r"\|\s*safe|autoescape", f.read_text("utf-8"))
    ]
    assert offenders == []


@pytest.mark.parametrize("file", sorted((FOLDER / "fr").glob("*.toml")), ids=lambda f: f.stem)
def test_french_is_typeset_as_french(file: Path) -> None:
    """A space before a high mark is a no-break one, quotes are « », the apostrophe is ’."""
    faulty = re.compile(r"[ \u00a0][;!?]| :|« | »|[A-Za-zéèà]'[A-Za-zéèà]|\d %")
    values = re.findall(r'= "((?:[^"\\]|\\.)*)"', file.read_text("utf-8"))
    assert [value for value in values if faulty.search(value)] == []
