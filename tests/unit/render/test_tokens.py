"""Colours that can be read: what no checker can judge inside an SVG is judged here, from the tokens."""

import itertools
import re
from pathlib import Path

import pytest

from sitegen.model.colours import contrast
from sitegen.read import theme
from sitegen.render import tokens

ROOT = Path(__file__).parents[3]
THEMES = {file.parent.name: theme(file.parent.name, [ROOT / "themes"])[0] for file in ROOT.glob("themes/*/theme.yaml")}
GROUNDS = ("bg", "surface", "sunken")
DEFAULT = THEMES["default"]
assert DEFAULT is not None
EVERY = list(itertools.product(sorted(THEMES), ("light", "dark")))


def lowest(name: str, mode: str, token: str) -> float:
    """The contrast of a token with the ground on which it is hardest to read."""
    found = THEMES[name]
    assert found is not None
    colours = found.tokens[mode]
    return min(contrast(colours[token], colours[ground]) for ground in GROUNDS)


@pytest.mark.parametrize("token", tokens.TEXT_TOKENS)
@pytest.mark.parametrize(("name", "mode"), EVERY)
def test_text_reaches_four_and_a_half_on_every_ground(name: str, mode: str, token: str) -> None:
    assert lowest(name, mode, token) >= 4.5


@pytest.mark.parametrize("token", tokens.MARK_TOKENS)
@pytest.mark.parametrize(("name", "mode"), EVERY)
def test_marks_reach_three_on_every_ground(name: str, mode: str, token: str) -> None:
    assert lowest(name, mode, token) >= 3


def test_a_child_theme_is_a_dozen_lines_and_its_parents_in_all_else() -> None:
    child, parent = THEMES["ink"], THEMES["default"]
    assert child is not None
    assert parent is not None
    assert len((ROOT / "themes/ink/theme.yaml").read_text("utf-8").splitlines()) <= 12
    assert child.tokens["light"]["accent"] != parent.tokens["light"]["accent"]
    assert child.tokens["light"]["status-bad"] == parent.tokens["light"]["status-bad"]
    assert (child.fonts, child.templates, child.styles) == (parent.fonts, parent.templates, parent.styles)


def test_a_clients_colour_replaces_the_accent_in_the_layer_of_tokens() -> None:
    sheet = tokens.accented("#f5c518", DEFAULT)
    light, dark = sheet.split("@media screen and (prefers-color-scheme: dark)")
    assert sheet.startswith("@layer tokens {")
    assert "--accent: #8c700e;" in light
    assert "--accent: #f5c518;" in dark
    assert set(re.findall(r"--[\w-]+(?=:)", sheet)) == {"--accent", "--accent-soft"}


def test_both_modes_have_the_same_tokens_and_the_sheet_has_them_all() -> None:
    sheet = tokens.stylesheet(DEFAULT)
    assert DEFAULT.tokens["light"].keys() == DEFAULT.tokens["dark"].keys()
    for mode in ("light", "dark"):
        assert all(f"--{name}: {value};" in sheet for name, value in DEFAULT.tokens[mode].items())


def test_styles_take_colours_from_tokens_alone() -> None:
    literal = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", re.IGNORECASE)
    offenders = {name for name, css in DEFAULT.styles.items() if literal.search(css) and "print" not in name}
    assert offenders == set()
