"""Writes the picture that a shared link shows: the theme's own ground and two lines, with no word and no number on it.

    python scripts/make_og.py [theme]

It is kept in the theme as `assets/og.png` (1200 × 630 px), so that no build draws it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from math import sin
from pathlib import Path

import vl_convert

from sitegen.read import theme

ROOT = Path(__file__).parents[1]
WIDTH, HEIGHT = 1200, 630
LEFT, RIGHT, TOP, BOTTOM = 110, 1090, 130, 510


def picture(tokens: Mapping[str, str]) -> str:
    """An SVG in a theme's light tokens: an expected path, what came of it, where it stands."""
    points = [(LEFT + (RIGHT - LEFT) * 0.72 * step / 60, _height(step / 60)) for step in range(61)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    grid = "".join(
        f'<path d="M{LEFT} {y}H{RIGHT}" stroke="{tokens["line"]}" stroke-width="2"/>'
        for y in range(TOP, BOTTOM + 1, (BOTTOM - TOP) // 4)
    )
    x, y = points[-1]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{tokens["bg"]}"/>'
        f'<rect width="{WIDTH}" height="18" fill="{tokens["accent"]}"/>{grid}'
        f'<path d="M{LEFT} {BOTTOM - 20}L{RIGHT} {TOP + 30}" stroke="{tokens["chart-muted"]}" stroke-width="5" '
        f'stroke-dasharray="4 16" stroke-linecap="round"/>'
        f'<polyline points="{line}" fill="none" stroke="{tokens["chart-1"]}" stroke-width="12" '
        f'stroke-linejoin="round" stroke-linecap="round"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="19" fill="{tokens["chart-1"]}"/>'
        f'<circle cx="{RIGHT}" cy="{TOP + 30}" r="17" fill="{tokens["bg"]}" stroke="{tokens["chart-2"]}" '
        f'stroke-width="9"/></svg>'
    )


def _height(share: float) -> float:
    return BOTTOM - 20 - 285 * float(share**1.15) + 26 * sin(9 * share) * (1 - share / 2)


def main(name: str = "default") -> None:
    found, problems = theme(name, [ROOT / "themes"])
    assert found is not None, problems
    png = vl_convert.svg_to_png(picture(found.tokens["light"]))
    (ROOT / "themes" / name / "assets/og.png").write_bytes(png)


if __name__ == "__main__":
    main(*sys.argv[1:])
