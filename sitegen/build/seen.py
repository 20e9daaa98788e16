"""A folder that was written in, how its files lay then out, so that an untouched one is known without being read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.build import stamps


@dataclass(frozen=True, slots=True)
class Seen:
    """What lies in a folder as it was written, by the stamps of its files; `path` is the record."""

    path: Path
    folder: Path

    def digests(self) -> Mapping[str, str]:
        """Address → digest of the files that nothing has touched since."""
        try:
            told = json.loads(self.path.read_bytes())
            here = stamps.known(self.folder)
            return {name: digest for name, (digest, *stamp) in told.items() if here.get(name) == tuple(stamp)}
        except (OSError, ValueError, AttributeError):
            return {}

    def keep(self, digests: Mapping[str, str]) -> None:
        """Record the files as they lie there now, but those too young to be told from a later writing."""
        before = stamps.now(self.path.parent) - stamps.TICK
        here = {name: stamp for name, stamp in stamps.known(self.folder).items() if max(stamp[1:3]) < before}
        told = {name: (digest, *here[name]) for name, digest in digests.items() if name in here}
        self.path.write_text(json.dumps(told), "utf-8")
