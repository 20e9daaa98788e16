"""Contrast as WCAG counts it, and the nearest colour that can be read."""

import colorsys

import pytest

from sitegen.model.colours import accents, contrast, readable

LIGHT, DARK = ("#fbfaf6", "#ffffff"), ("#14161b", "#1b1e25")


def hue(colour: str) -> float:
    return 360 * colorsys.rgb_to_hsv(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))[0]


def test_contrast_is_the_ratio_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("colour", ["#0b5563", "#1D3F8F"])
def test_a_colour_that_can_be_read_stays_as_it_is_written(colour: str) -> None:
    assert readable(colour, LIGHT) == colour


@pytest.mark.parametrize("grounds", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    "colour", ["#f5c518", "#ff0000", "#00ff00", "#0000ff", "#777777", "#123456", "#ffffff", "#000000"]
)
def test_any_colour_is_moved_until_it_can_be_read_and_no_farther(colour: str, grounds: tuple[str, ...]) -> None:
    shown = readable(colour, grounds)
    worst = min(contrast(shown, ground) for ground in grounds)
    assert worst >= 4.5
    assert shown == colour or worst < 4.75


def test_a_moved_colour_keeps_its_hue() -> None:
    assert hue(readable("#f5c518", LIGHT)) == pytest.approx(hue("#f5c518"), abs=6)
    assert hue(readable("#0b5563", DARK)) == pytest.approx(hue("#0b5563"), abs=10)


def test_each_mode_is_judged_on_its_own_grounds() -> None:
    tokens = {"light": {"bg": LIGHT[0], "surface": LIGHT[1]}, "dark": {"bg": DARK[0], "surface": DARK[1]}}
    shown = accents("#f5c518", tokens)
    assert shown["light"] != "#f5c518"
    assert shown["dark"] == "#f5c518"
