"""Starting values, computed once and written to baselines.yaml; what is frozen there is changed only when asked to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from sitegen.build import pipeline, workspace
from sitegen.errors import UsageError
from sitegen.messages import Message, say
from sitegen.model.authored import FrozenBaseline

SCHEMA = "# yaml-language-server: $schema=../../schemas/baselines.schema.json\n"


@dataclass(frozen=True, slots=True)
class Frozen:
    """The file, the objectives whose baseline was written, and what to tell about the others."""

    path: str
    written: tuple[str, ...]
    told: tuple[Message, ...]


def freeze(root: Path, slug: str, today: date, as_of: date | None, *, replace: bool) -> Frozen:
    """Write the baselines of a client's objectives; those already frozen stay, unless `replace`."""
    opened = workspace.opened(root)
    if slug not in opened.slugs:
        raise UsageError(say("cli.no_such_client", client=slug, known=opened.slugs))
    client = pipeline.dossier(root, slug, opened.site)
    computed = pipeline.baselines(client, today, as_of)
    path = root / "data" / slug / "baselines.yaml"
    writer = YAML()
    writer.representer.ignore_aliases = lambda *_: True  # one date for all, written out each time
    content = writer.load(path.read_text("utf-8")) if path.is_file() else None
    content = content if content is not None else CommentedMap()
    table = content.setdefault("baselines", CommentedMap())
    told, written = [], []
    for name, found in computed.items():
        before = client.baselines.get(name)
        if before is not None and not replace:
            if before.value != found.value:
                told.append(
                    say("cli.baseline_differs", objective=name, frozen=str(before.value), computed=str(found.value))
                )
            continue
        table.setdefault(name, CommentedMap()).update(_plain(found, today))  # in place: comments stay
        written.append(name)
    for objective in client.client.objectives:
        name = objective.id or objective.kpi
        if name not in computed and name not in client.baselines and objective.baseline is None:
            told.append(say("cli.baseline_impossible", objective=name))
    if written:
        text = StringIO()
        writer.dump(content, text)
        body = text.getvalue()
        path.write_text(body if body.startswith("#") else SCHEMA + body, "utf-8")
    return Frozen(path.relative_to(root).as_posix(), tuple(written), tuple(told))


def _plain(found: FrozenBaseline, today: date) -> Mapping[str, object]:
    return {"value": found.value, "start": found.start, "end": found.end, "frozen": today}
