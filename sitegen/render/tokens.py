"""A theme's tokens in, its style sheet out, and that of a client's own colour; `model.colours` judges contrast."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.model import colours
from sitegen.model.built import Theme

LAYERS = "@layer reset, tokens, base, layout, components, print;"
SOFT = "color-mix(in oklab, var(--accent) 12%, var(--bg))"
TEXT_TOKENS = ("fg", "muted", "accent", "status-good", "status-warn", "status-bad", "status-none", "chart-fg")
MARK_TOKENS = ("chart-1", "chart-2", "chart-3", "chart-muted", "chart-target", "chart-event")


PRIVATE = "assets/portfolio/"  # what a theme has for the pages that only the agency sees


def stylesheet(theme: Theme) -> str:
    """Tokens for light, dark and print, then the theme's styles in cascade order."""
    fonts = _properties({f"font-{name}": stack for name, stack in theme.fonts.items()})
    tokens = _layer(f"color-scheme: light dark; {fonts} {_properties(theme.tokens['light'])}", theme.tokens["dark"])
    return "\n".join([LAYERS, tokens, *(css for name, css in theme.styles.items() if not name.startswith(PRIVATE))])


def private(theme: Theme) -> str:
    """The styles of the pages that only the agency sees; they follow the theme's sheet."""
    return "\n".join(css for name, css in theme.styles.items() if name.startswith(PRIVATE))


def accented(accent: str, theme: Theme) -> str:
    """The tokens that a client's colour (`#rrggbb`) replaces, readable in either mode; follows the theme's sheet."""
    shown = {
        mode: {"accent": colour, "accent-soft": SOFT} for mode, colour in colours.accents(accent, theme.tokens).items()
    }
    return _layer(_properties(shown["light"]), shown["dark"]) + "\n"


def _layer(light: str, dark: Mapping[str, str]) -> str:
    return (
        "@layer tokens {\n"
        f":root {{ {light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_properties(dark)} }} }}\n"
        "}"
    )


def _properties(tokens: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in tokens.items())
