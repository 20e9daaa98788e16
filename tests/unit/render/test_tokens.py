"""Colours that can be read: what no checker can judge inside an SVG is judged here, from the tokens."""

import itertools
import re
from pathlib import Path

import pytest

from sitegen.read import theme
from sitegen.render import tokens

ROOT = Path(__file__).parents[3]
DEFAULT, _ = theme("default", [ROOT / "themes"])
assert DEFAULT is not None
GROUNDS = ("bg", "surface", "sunken")


def test_contrast_is_the_ratio_of_wcag() -> None:
    assert tokens.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert tokens.contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize(("mode", "token"), list(itertools.product(("light", "dark"), tokens.TEXT_TOKENS)))
def test_text_reaches_four_and_a_half_on_every_ground(mode: str, token: str) -> None:
    colours = DEFAULT.tokens[mode]
    assert min(tokens.contrast(colours[token], colours[ground]) for ground in GROUNDS) >= 4.5


@pytest.mark.parametrize(("mode", "token"), list(itertools.product(("light", "dark"), tokens.MARK_TOKENS)))
def test_marks_reach_three_on_every_ground(mode: str, token: str) -> None:
    colours = DEFAULT.tokens[mode]
    assert min(tokens.contrast(colours[token], colours[ground]) for ground in GROUNDS) >= 3


def test_both_modes_have_the_same_tokens_and_the_sheet_has_them_all() -> None:
    sheet = tokens.stylesheet(DEFAULT)
    assert DEFAULT.tokens["light"].keys() == DEFAULT.tokens["dark"].keys()
    for mode in ("light", "dark"):
        assert all(f"--{name}: {value};" in sheet for name, value in DEFAULT.tokens[mode].items())


def test_styles_take_colours_from_tokens_alone() -> None:
    literal = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(", re.IGNORECASE)
    offenders = {name for name, css in DEFAULT.styles.items() if literal.search(css) and "print" not in name}
    assert offenders == set()
