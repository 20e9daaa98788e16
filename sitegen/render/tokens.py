"""A theme's tokens in, the one style sheet out. Also judges contrast, since no checker can read it from an SVG."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.model.built import Theme

LAYERS = "@layer reset, tokens, base, layout, components, print;"
TEXT_TOKENS = ("fg", "muted", "accent", "status-good", "status-warn", "status-bad", "status-none", "chart-fg")
MARK_TOKENS = ("chart-1", "chart-2", "chart-3", "chart-muted", "chart-target", "chart-event")


def stylesheet(theme: Theme) -> str:
    """Tokens for light, dark and print, then the theme's styles in cascade order."""
    light, dark = (_properties(theme.tokens[mode]) for mode in ("light", "dark"))
    fonts = _properties({f"font-{name}": stack for name, stack in theme.fonts.items()})
    tokens = (
        "@layer tokens {\n"
        f":root {{ color-scheme: light dark; {fonts} {light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
        "}"
    )
    return "\n".join([LAYERS, tokens, *theme.styles.values()])


def _properties(tokens: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in tokens.items())


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
