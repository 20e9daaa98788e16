"""Colours in, their contrast and a readable neighbour out; knows no theme and no client.

Contrast is that of WCAG 2.2. Lightness is moved in OKLCH (Ottosson 2020), which keeps the hue that people see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

TEXT = 4.5  # the contrast that text needs
GROUNDS = ("bg", "surface")  # the tokens of what an accent stands on
_STEPS = 200


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def accents(accent: str, tokens: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """For each mode of a theme's `tokens` (light, dark) the accent, readable on that mode's grounds."""
    return {mode: readable(accent, [own[ground] for ground in GROUNDS]) for mode, own in tokens.items()}


def readable(colour: str, grounds: Sequence[str], ratio: float = TEXT) -> str:
    """The colour, else the one nearest in lightness that reaches `ratio` on every ground; at worst black or white."""
    lightness, a, b = _oklab(colour)
    end = 0.0 if min(map(_luminance, grounds)) > 0.18 else 1.0
    nearest = colour
    for step in range(_STEPS + 1):
        if step:
            nearest = _hex(lightness + (end - lightness) * step / _STEPS, a, b)
        if min(contrast(nearest, ground) for ground in grounds) >= ratio:
            break
    return nearest


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> tuple[float, float, float]:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels)
    return red, green, blue


def _oklab(colour: str) -> tuple[float, float, float]:
    r, g, b = _linear(colour)
    l, m, s = (  # noqa: E741 - the names of the cones
        value ** (1 / 3)
        for value in (
            0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b,
            0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b,
            0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b,
        )
    )
    return (
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    )


def _hex(lightness: float, a: float, b: float) -> str:
    """The colour, with as much of its chroma as the screen can show at that lightness."""
    for share in range(20, -1, -1):
        channels = _srgb(lightness, a * share / 20, b * share / 20)
        if all(-0.001 <= value <= 1.001 for value in channels):
            break
    return "#" + "".join(f"{round(255 * min(max(value, 0.0), 1.0)):02x}" for value in channels)


def _srgb(lightness: float, a: float, b: float) -> tuple[float, ...]:
    l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3  # noqa: E741 - the names of the cones
    m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    )
    return tuple(v * 12.92 if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in linear)
