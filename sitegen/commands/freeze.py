"""A client's audit of a period, stored once so that it can be read for ever; draws and publishes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sitegen import diagnose, read
from sitegen.build import pipeline, workspace
from sitegen.errors import Problem, ProblemsFound, UsageError
from sitegen.messages import Message, say
from sitegen.model import codec
from sitegen.model.changes import Changes
from sitegen.model.computed import Edition
from sitegen.model.frozen import FOLDER, FORMAT, SHELF, begins, ends, label, whole_month
from sitegen.model.packed import Shelf, written

LINES = 3  # levels of an edition whose items stand on lines of their own


@dataclass(frozen=True, slots=True)
class Stored:
    """Where an edition lies, what it is called, whether it was written now, and what to tell about it."""

    path: str
    period: str
    as_of: date
    fresh: bool
    told: tuple[Message, ...]


def freeze(root: Path, slug: str, period: str | None, today: date, *, replace_it: bool = False) -> Stored:
    """Store the audit of a period as its files tell it today, without a period that of the last month with data.

    Raises UsageError for a period that has no data yet, and for one that is frozen and would come to something else,
    unless `replace_it`; ProblemsFound when the client's files have errors.
    """
    opened = workspace.opened(root)
    if slug not in opened.slugs:
        raise UsageError(say("cli.no_such_client", client=slug, known=opened.slugs))
    audit, period = _audit(opened, slug, period, today)
    frozen, problems = read.editions(root, slug)
    if problems:
        raise ProblemsFound(problems)
    same = next((each for each in frozen if each.period == period), None)
    plain = codec.sparse(audit)
    told: tuple[Message, ...] = ()
    path = f"data/{slug}/{FOLDER}/{period}.json"
    if same is not None:
        if same.digest == read.digest(plain):
            return Stored(path, period, audit.as_of, fresh=False, told=(say("editions.same", path=path),))
        told = tuple(differences(pipeline.opened(same), audit))
        if not replace_it:
            raise UsageError(say("editions.exists", path=path, differences=told))
    before = [pipeline.opened(each) for each in frozen if each.as_of <= audit.as_of and each is not same][-1:]
    shelf = read.shelf(root, slug)
    if isinstance(shelf, Problem):
        raise ProblemsFound((shelf,))
    packed = shelf.pack(plain, map(codec.sparse, before))
    _write(root / path, _file(audit, today, plain, packed), shelf)
    if audit.as_of < ends(period):
        told = (say("editions.early", day=audit.as_of), *told)
    return Stored(path, period, audit.as_of, fresh=True, told=told)


def _audit(opened: workspace.Workspace, slug: str, period: str | None, today: date) -> tuple[Edition, str]:
    """The edition of a period, and the period's name."""
    root, site = opened.root, opened.site
    if period is None:
        newest, _ = pipeline.edition(root, slug, site, today, theme=opened.theme)
        period = whole_month(newest.as_of)
    try:
        first, last = begins(period), ends(period)
    except ValueError:
        raise UsageError(say("editions.no_period", period=period)) from None
    audit, _ = pipeline.edition(root, slug, site, today, last, opened.theme)
    if audit.as_of < first:
        raise UsageError(say("editions.no_data", period=label(period), day=audit.as_of))
    return replace(audit, period=period, profile=replace(audit.profile, brand=None)), period


def differences(old: Edition, new: Edition) -> list[Message]:
    """In what two editions of one period differ, a line for each kind of thing."""
    found: Changes = diagnose.changes(old, new)
    objectives = [each for each in found.objectives if (each.status_before, each.before) != (each.status_now, each.now)]
    counts = {
        "objectives": len(objectives),
        "returns": len(found.returns),
        "signs": len(found.signs),
        "checks": len(found.checks),
        "actions": len(found.fresh) + sum(each.state != "open" for each in found.followups),
        "terms": len(found.terms) + len(found.definitions),
        "restated": len(found.restated),
    }
    told = [say(f"editions.differ_{name}", count=count) for name, count in counts.items() if count]
    return told or [say("editions.differ_words")]


def _file(audit: Edition, today: date, plain: Any, packed: Any) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "client": audit.slug,
        "period": audit.period,
        "as_of": audit.as_of.isoformat(),
        "frozen": today.isoformat(),
        "digest": read.digest(plain),
        "edition": packed,
    }


def _write(file: Path, told: dict[str, Any], shelf: Shelf) -> None:
    """The shared file first: it is only added to, so that an edition that was not written in the end lacks nothing."""
    file.parent.mkdir(exist_ok=True)
    common = {"format": FORMAT, "shapes": shelf.shapes, "parts": shelf.parts}
    _put(file.with_name(SHELF), written(common, 2))
    _put(file, written(told, 1 + LINES))


def _put(file: Path, text: str) -> None:
    """Write a file at one stroke, so that an interruption leaves the old one."""
    beside = file.with_name(f".{file.name}.part")
    beside.write_text(text + "\n", "utf-8")
    beside.replace(file)
