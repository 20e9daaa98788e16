"""What can go wrong, told so that it can be mended.

    SitegenError            the user's fault or the world's: shown without a trace
    ├── ProblemsFound       one or many `Problem`s, each with its place
    ├── UsageError          the command was asked for something that it cannot do
    └── OutputRefused       a folder that is not ours, a write that could not be finished

Anything else that reaches `cli` is a bug of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sitegen.messages import Message


class Severity(StrEnum):
    """`error` stops the client's build, `warning` is shown on its pages, `info` is only listed."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, at `path:line:column`: relative to the workspace, from 1; 0 is the whole file.

    An `internal` one is told by the commands and is on no page.
    """

    path: str
    line: int
    column: int
    message: Message
    hint: Message | None = None
    severity: Severity = Severity.ERROR
    internal: bool = False


class SitegenError(Exception):
    """A fault outside sitegen, told by a `Message`."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.key)
        self.message = message


class UsageError(SitegenError):
    """The command line asks for something that does not exist or does not go together."""


class OutputRefused(SitegenError):
    """The output folder may not be written."""


class ProblemsFound(SitegenError):
    """Everything that is wrong with the inputs, gathered."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__(Message("cli.problems_found"))
        self.problems = tuple(problems)
