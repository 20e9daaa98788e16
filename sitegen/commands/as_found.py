"""What the audit comes to on arrival, written to as_found.yaml once; judges nothing anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from ruamel.yaml import YAML

from sitegen.build import pipeline, workspace
from sitegen.errors import UsageError
from sitegen.messages import say
from sitegen.model.computed import CheckResult

SCHEMA = "# yaml-language-server: $schema=../../schemas/as_found.schema.json\n"


@dataclass(frozen=True, slots=True)
class Recorded:
    """The file, the day that it tells of, and how many checks it holds."""

    path: str
    on: date
    count: int


def record(root: Path, slug: str, today: date, as_of: date | None, *, replace: bool) -> Recorded:
    """Write the signs and the score of each check as they stand. Raises UsageError when they were, unless `replace`."""
    opened = workspace.opened(root)
    if slug not in opened.slugs:
        raise UsageError(say("cli.no_such_client", client=slug, known=opened.slugs))
    file = root / "data" / slug / "as_found.yaml"
    path = file.relative_to(root).as_posix()
    if file.exists() and not replace:
        raise UsageError(say("cli.as_found_exists", path=path))
    audit, _ = pipeline.edition(root, slug, opened.site, today, as_of)
    checks = [check for sign in audit.signs for check in sign.section.checks]
    checks += [check for panel in audit.audit.panels for part in panel.parts for check in part.section.checks]
    content = {
        "date": audit.as_of,
        "signs": {sign.id: sign.state for sign in audit.signs},
        "checks": {check.id: _told(check) for check in checks},
    }
    text, writer = StringIO(), YAML()
    writer.dump(content, text)
    file.write_text(SCHEMA + text.getvalue(), "utf-8")
    return Recorded(path, audit.as_of, len(checks))


def _told(check: CheckResult) -> float | str:
    return check.state if check.score is None else check.score
