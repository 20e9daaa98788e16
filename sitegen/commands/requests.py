"""A workspace in, for each client a message that asks for what is missing out, in its leading language; sends nothing.

Objectives, costs and gains that only the agency may see are not asked for: the message is for the client.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from sitegen.build import pipeline, workspace
from sitegen.diagnose import missing
from sitegen.errors import Problem, ProblemsFound, UsageError
from sitegen.formats import Words
from sitegen.messages import Message, say


@dataclass(frozen=True, slots=True)
class Letter:
    """A plain text, ready to be sent to the client."""

    slug: str
    text: str


def letters(root: Path, client: str | None, today: date) -> tuple[tuple[Letter, ...], tuple[Problem, ...]]:
    """A letter for every client (or for one), and the problems of those whose files have errors.

    Raises ProblemsFound when the workspace itself cannot be opened, UsageError for an unknown client.
    """
    opened = workspace.opened(root)
    if client is not None and client not in opened.slugs:
        raise UsageError(say("cli.no_such_client", client=client, known=opened.slugs))
    written: list[Letter] = []
    problems: list[Problem] = []
    for slug in (client,) if client else opened.slugs:
        try:
            dossier = pipeline.dossier(root, slug, opened.site)
        except ProblemsFound as found:
            problems += found.problems
            continue
        words = Words(dossier.languages[0], dossier.country, dossier.client.unit)
        doubts = pipeline.quality(dossier, today)
        asked = missing(dossier, doubts, workspace.rubric())
        written.append(Letter(slug, _text(asked, dossier.client.name, opened.site.agency.name, words)))
    return tuple(written), tuple(problems)


def _text(groups: dict[str, tuple[Message, ...]], client: str, agency: str, words: Words) -> str:
    if not groups:
        return words.say(say("requests.nothing", client=client))
    number = count(1)
    parts = [words.say(say("requests.greeting"))]
    parts.append(words.say(say("requests.opening", client=client, count=sum(map(len, groups.values())))))
    for name, asked in groups.items():
        lines = (f"{next(number)}. {words.say(message)}" for message in asked)
        parts.append("\n".join([words.say(say(f"requests.group.{name}")), *lines]))
    parts += [words.say(say("requests.closing")), words.say(say("requests.thanks")) + "\n" + agency]
    return "\n\n".join(parts)
