"""What the command line may ask of a build; imports nothing heavy, so that a build with nothing to do stays light."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line may ask of a build. `jobs` None: a process for each core, where that is worth it."""

    today: date
    output: Path
    preview: Path
    client: str | None = None
    as_of: date | None = None
    strict: bool = False
    jobs: int | None = None
    passphrase: str | None = field(
        default=None, repr=False
    )  # the agency's; it opens what private portals are sealed with
