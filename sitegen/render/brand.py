"""A client's brand and a theme in, the portal's own style sheet and logo out; only custom properties are restyled."""

from __future__ import annotations

import base64

from sitegen.model.built import Artifact, Theme
from sitegen.model.computed import Edition, Profile
from sitegen.render import tokens


def artifacts(edition: Edition, theme: Theme) -> tuple[Artifact, ...]:
    """`<slug>/brand.css` where the client has a colour, `<slug>/brand/logo.<format>` where it has a logo."""
    brand, found = edition.profile.brand, []
    if brand and brand.accent:
        found.append(Artifact(stylesheet(edition.profile), tokens.accented(brand.accent, theme).encode()))
    if brand and brand.logo:
        found.append(Artifact(logo(edition.profile), base64.b64decode(brand.logo.content)))
    return tuple(found)


def stylesheet(profile: Profile) -> str:
    """The address of a portal's style sheet; empty when it has none."""
    return f"{profile.slug}/brand.css" if profile.brand and profile.brand.accent else ""


def logo(profile: Profile) -> str:
    """The address of a portal's logo; empty when it has none."""
    return f"{profile.slug}/brand/logo.{profile.brand.logo.format}" if profile.brand and profile.brand.logo else ""
