"""A document, a path in it and what is wrong there in, a `Problem` out."""

from __future__ import annotations

from sitegen.errors import Problem, Severity
from sitegen.messages import Message
from sitegen.model.facts import Document, Path


def at_value(
    document: Document, path: Path, message: Message, hint: Message | None = None, severity: Severity = Severity.ERROR
) -> Problem:
    """At the value that `path` leads to, or at its nearest parent that was written."""
    return Problem(document.path, *document.place(path), message, hint, severity)


def at_key(
    document: Document, path: Path, message: Message, hint: Message | None = None, severity: Severity = Severity.ERROR
) -> Problem:
    """At the key that `path` ends with; at the value when it has none."""
    return Problem(document.path, *document.keys.get(path, document.place(path)), message, hint, severity)
