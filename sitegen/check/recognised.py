"""Files of a client in, the platforms' exports among them out, each with what `client.yaml` says of it."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.check.declared import Declared, of
from sitegen.check.schema import Draft
from sitegen.check.sources import file_of
from sitegen.model.authored import Source
from sitegen.model.exports import Export
from sitegen.model.facts import Path, Sources


@dataclass(frozen=True, slots=True)
class Recognised:
    """An export of a platform, and what `client.yaml` says of its file, at `at`."""

    export: Export
    declared: Declared
    at: Path = ()


def recognised(draft: Draft, sources: Sources) -> tuple[Recognised, ...]:
    """The exports that their content explains, declared or not."""
    said: dict[str, tuple[Path, Source]] = {}
    for path, source in draft.sources:
        if (name := file_of(source.file, sources)) is not None:
            said.setdefault(name, (path, source))
    return tuple(
        Recognised(export, of(said[name][1] if name in said else None, draft.currency), said.get(name, ((), None))[0])
        for name, exports in sorted(sources.exports.items())
        for export in exports
        if name not in sources.tables
    )
