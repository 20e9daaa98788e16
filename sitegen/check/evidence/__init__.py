"""Files of conversations and posts in, typed rows out, or every cell that does not fit; computes nothing.

    cells  one column → dates, numbers, words, each cell that is none of them told by its place only
    inbox  a file of conversations → rows of one or of several
    posts  a file of posts, and what the client asks of them → rows

What a cell says may be of a person, so that no problem quotes one.
"""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitegen.check.evidence.inbox import inbox
from sitegen.check.evidence.posts import posts
from sitegen.errors import Problem
from sitegen.model.authored import Client, Content
from sitegen.model.countries import COUNTRIES
from sitegen.model.evidence import Evidences, InboxSheet, PostSheet, Sheet

__all__ = ["evidence"]


def evidence(
    sheets: Iterable[Sheet], client: Client | None, country: str | None
) -> tuple[Evidences, tuple[Problem, ...]]:
    """All files of `evidence/`. Moments with a zone of their own are told in the client's.

    What does not fit is told without a `client` that does, too.
    """
    zone = _zone(client, country)
    content = client.content if client else Content()
    told: list[Problem] = []
    talks: list[InboxSheet] = []
    published: list[PostSheet] = []
    for sheet in sheets:
        if sheet.kind == "inbox":
            talk, problems = inbox(sheet, zone)
            talks += [talk] if talk else []
        else:
            post, problems = posts(sheet, content, zone)
            published += [post] if post else []
        told += problems
    questions = tuple(each.question for each in content.questions)
    return Evidences(tuple(talks), tuple(published), questions), tuple(told)


def _zone(client: Client | None, country: str | None) -> ZoneInfo | None:
    """The client's time zone, else its country's; None where neither is one."""
    name = (client.timezone if client else None) or (COUNTRIES[country].timezone if country else None)
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
