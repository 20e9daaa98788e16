"""Conversations and posts: the columns of their files that may be read at all, and the rows that `check` makes of them.

What may be of a person (names, numbers, addresses, what somebody wrote) has no place in these types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from sitegen.messages import Text

Evidence: TypeAlias = Literal["inbox", "posts"]
Grain: TypeAlias = Literal["each", "day", "week"]
Sentiment: TypeAlias = Literal["positive", "neutral", "negative"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of a file that are read, by our name of each; every other one was dropped.

    `cells[column][row]` is stripped, `lines[row]` is where the row begins. `places` are the positions of the columns,
    from 1; `unread` those of what was dropped.
    """

    kind: Evidence
    path: str
    digest: str
    header_line: int
    weekly: bool  # the header of the date calls it a week
    lines: tuple[int, ...]
    cells: Mapping[str, tuple[str, ...]]
    places: Mapping[str, int]
    unread: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation, or all of a day or a week with one channel and tone. None is not told.

    `day` is a proleptic ordinal, `minute` that of the day at which it was received. `wait`: minutes until the first
    answer, of several conversations their median; None without an answer too.
    """

    day: int
    minute: int | None
    channel: str
    received: int
    answered: int | None
    in_time: int | None
    wait: float | None
    sentiment: Sentiment | None


@dataclass(frozen=True, slots=True)
class Post:
    """A post: when it was published (`day`, a proleptic ordinal) and planned; None is not told, or not done.

    `question` is the index of the listed question that it answers, -1 of none.
    """

    day: int | None
    planned: int | None
    channel: str
    question: int | None
    off_offer: bool | None
    keyword: bool | None
    format: str | None
    placement: str | None
    shares: float | None
    reach: float | None


@dataclass(frozen=True, slots=True)
class InboxSheet:
    """A file of conversations; `left_out` are rows that do not count, such as spam."""

    path: str
    digest: str
    grain: Grain
    talks: tuple[Talk, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class PostSheet:
    """A file of posts."""

    path: str
    digest: str
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class Evidences:
    """All of `evidence/`, and the questions that posts were compared with."""

    inbox: tuple[InboxSheet, ...] = ()
    posts: tuple[PostSheet, ...] = ()
    questions: tuple[Text, ...] = field(default=())
