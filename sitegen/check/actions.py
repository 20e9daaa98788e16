"""What was decided about the plan in, what is missing or leads nowhere out; judges no decision."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sitegen.check.hints import did_you_mean
from sitegen.check.places import at_key, at_value
from sitegen.check.schema import items
from sitegen.errors import Problem
from sitegen.messages import say
from sitegen.model.authored import PlannedAction
from sitegen.model.facts import Document, Path


def actions(document: Document, checks: Collection[str]) -> Iterator[Problem]:
    """Decisions without a date, an evidence or a reason, twice the same recommendation, checks that there are not.

    `checks` are the ids of the rubric.
    """
    data = document.data if isinstance(document.data, dict) else {}
    seen: set[str] = set()
    for path, action in items(data, "actions", PlannedAction):
        if action.finding is None:
            if action.title is None:
                yield at_value(document, path, say("problems.action_untitled"), say("problems.hint.action_untitled"))
        else:
            yield from _finding(document, (*path, "finding"), action.finding, checks, seen)
            seen.add(action.finding)
        if action.state != "open":
            name, needed = ("action_refused", "reason") if action.state == "refused" else ("action_done", "evidence")
            for key in ("date", needed):
                if getattr(action, key) is None:
                    message, hint = say(f"problems.{name}", key=key), say(f"problems.hint.{name}")
                    yield at_key(document, (*path, "state"), message, hint)


def _finding(document: Document, path: Path, id: str, checks: Collection[str], seen: set[str]) -> Iterator[Problem]:
    if id in seen:
        yield at_value(document, path, say("problems.action_twice", value=id), say("problems.hint.action_twice"))
    known = {f"check-{check}" for check in checks}
    if id.startswith("check-") and known and id not in known:
        hint = did_you_mean(id, sorted(known)) or say("problems.hint.unknown_action")
        yield at_value(document, path, say("problems.unknown_action", value=id), hint)
