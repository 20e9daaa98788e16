"""Faults of themes are told at their place; what fits is joined to its parents."""

from pathlib import Path

import pytest

from sitegen import read

ROOT = Path(__file__).parents[3]
HEAD = "name: mine\nextends: default\n"


def found(root: Path, text: str, **files: bytes) -> list[str]:
    folder = root / "themes/mine"
    folder.mkdir(parents=True)
    (folder / "theme.yaml").write_text(text, "utf-8")
    for name, body in files.items():
        (folder / name.replace("_", ".")).write_bytes(body)
    theme, problems = read.theme("mine", (root / "themes", ROOT / "themes"))
    assert (theme is None) == bool(problems)
    return [
        f"{each.path.removeprefix('themes/mine/')}:{each.line}:{each.column} {each.message.key}" for each in problems
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tokens: x\n", "3:9 read.theme_group"),
        ("fonts: x\n", "3:8 read.theme_group"),
        ("tokens: {light: x}\n", "3:17 read.theme_group"),
        ("token: {}\n", "3:1 read.theme_unknown_key"),
        ("tokens: {night: {}}\n", "3:10 read.theme_unknown_key"),
        ("tokens: {light: {acent: '#000000'}}\n", "3:18 read.theme_unknown_name"),
        ("tokens: {light: {accent: 'red; } body {'}}\n", "3:26 read.theme_not_a_colour"),
        ("tokens: {light: {accent: 12}}\n", "3:26 read.theme_not_a_colour"),
        ("tokens:\n  light:\n    accent: #000000\n", "5:12 read.theme_no_colour"),
        ("fonts: {text: 'Arial; } x {'}\n", "3:15 read.theme_not_a_font"),
    ],
)
def test_a_fault_is_told_at_its_place(tmp_path: Path, text: str, expected: str) -> None:
    assert found(tmp_path, HEAD + text) == [f"theme.yaml:{expected}"]


@pytest.mark.parametrize("parent", ["[1]", "../default", "3"])
def test_a_parent_that_is_no_name_is_refused(tmp_path: Path, parent: str) -> None:
    assert found(tmp_path, f"extends: {parent}\n") == ["theme.yaml:1:10 read.theme_bad_name"]


def test_styles_that_are_no_utf_8_are_told(tmp_path: Path) -> None:
    assert found(tmp_path, HEAD, own_css=b"/* \xe9 */") == ["own.css:1:4 read.not_utf8"]


def test_a_colour_replaces_that_of_the_parent(tmp_path: Path) -> None:
    assert found(tmp_path, HEAD + "tokens: {light: {accent: '#123456'}}\n") == []
    theme, _ = read.theme("mine", (tmp_path / "themes", ROOT / "themes"))
    assert theme is not None
    assert (theme.tokens["light"]["accent"], theme.tokens["light"]["bg"]) == ("#123456", "#fbfaf6")


def test_hidden_files_are_no_part_of_a_theme(tmp_path: Path) -> None:
    folder = tmp_path / "themes/mine/assets"
    folder.mkdir(parents=True)
    (folder.parent / "theme.yaml").write_text(HEAD, "utf-8")
    (folder / "seen.txt").write_bytes(b"x")
    (folder / ".seen.txt.swp").write_bytes(b"x")
    theme, _ = read.theme("mine", (tmp_path / "themes", ROOT / "themes"))
    assert theme is not None
    assert "seen.txt" in theme.assets
    assert ".seen.txt.swp" not in theme.assets
