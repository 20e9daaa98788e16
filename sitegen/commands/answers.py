"""A client's open questions asked one by one, each answer written into its client.yaml at once; judges nothing.

The questions are those of the rubric that an answer may tell, most decisive first. The file keeps its comments and its
order, and is replaced as a whole, so that leaving in the middle loses nothing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from sitegen import read
from sitegen.build import pipeline, workspace
from sitegen.build.workspace import packaged
from sitegen.errors import UsageError
from sitegen.formats import Words
from sitegen.messages import say
from sitegen.model.authored import Answers, Client, Rubric
from sitegen.model.facts import Dossier
from sitegen.model.rubric import Check, applied

Ask = Callable[[str], str]  # a prompt → what was typed; EOFError and KeyboardInterrupt leave
Tell = Callable[[str], None]

EVERYTHING = Rubric(pack="complete")
LEAVE = frozenset({"q", "quit", "exit", "quitter", "fin"})


@dataclass(frozen=True, slots=True)
class Question:
    """A key of `answers`, and the check that asks it: of several, the most decisive."""

    key: str
    check: Check


@dataclass(frozen=True, slots=True)
class Asked:
    """How many questions were open, and how many were answered."""

    path: str
    open: int
    answered: int


def questions(settings: Rubric = EVERYTHING) -> tuple[Question, ...]:
    """Every question that an answer may tell, of the rubric as it is set, once, most decisive first."""
    found: dict[str, Question] = {}
    checks = [each for each in applied(read.rubric(packaged("rubric")), settings).checks if each.id not in settings.off]
    for check in sorted(checks, key=lambda check: (-check.weight, check.pack != "essential")):
        if check.question in Answers.model_fields:
            found.setdefault(str(check.question), Question(str(check.question), check))
    return tuple(found.values())


def pending(client: Client, settings: Rubric = EVERYTHING) -> tuple[Question, ...]:
    """The questions that nobody has answered and that nothing else in client.yaml tells, of those that are asked."""
    told = {
        "kpi_definitions": bool(client.objectives),
        "cost_tracking": any(getattr(client.costs, line) is not None for line in type(client.costs).model_fields),
        "margin_known": client.margin is not None,
        "social_role": client.role_of_social is not None,
        "business_goals": bool(client.goals),
    }
    return tuple(
        question
        for question in questions(settings)
        if getattr(client.answers, question.key).said == "unknown" and not told.get(question.key)
    )


def opened(root: Path, slug: str) -> Dossier:
    """The client as its files tell it. Raises UsageError for an unknown one, ProblemsFound for files with errors."""
    place = workspace.opened(root)
    if slug not in place.slugs:
        raise UsageError(say("cli.no_such_client", client=slug, known=place.slugs))
    return pipeline.dossier(root, slug, place.site)


def ask(root: Path, slug: str, words: Words, asking: Ask, tell: Tell) -> Asked:
    """Ask what is open; an empty line skips a question, `q`, Ctrl-C and the end of the input leave."""
    dossier = opened(root, slug)
    asked = pending(dossier.client, dossier.rubric)
    file = root / "data" / slug / "client.yaml"
    done = 0
    try:
        for number, question in enumerate(asked, 1):
            tell(_asked(question, number, len(asked), words))
            answer = _answer(words, asking, tell)
            if answer is not None:
                write(file, question.key, answer)
                done += 1
    except (KeyboardInterrupt, EOFError, _LeaveError):
        pass
    return Asked(file.relative_to(root).as_posix(), len(asked), done)


def terminal() -> Ask:
    """Asks on the terminal, with what it offers for editing a line."""
    console = Console(highlight=False)
    return lambda prompt: console.input(prompt, markup=False)


class _LeaveError(Exception):
    """Whoever answers has had enough for now."""


def _asked(question: Question, number: int, count: int, words: Words) -> str:
    title = words.say(say(f"checks.{question.check.id}.question"))
    return f"\n{number}/{count}  {title}\n      {words.say(say(f'checks.{question.check.id}.criteria'))}"


# ---------------------------------------------------------------- one question


def _answer(words: Words, asking: Ask, tell: Tell) -> object | None:
    """What client.yaml will say, None for nothing; asked again until it can be understood."""
    while True:
        typed = _typed(asking, words.say(say("asking.prompt")))
        if not typed:
            return None
        answer = parsed(typed)
        if answer is not None:
            break
        tell(words.say(say("asking.not_understood")))
    if "not_applicable" in answer or answer["answer"] == "no":
        return answer if "not_applicable" in answer else "no"
    evidence = _typed(asking, words.say(say("asking.evidence")))
    on = _day(asking, words, tell)
    more = ({"evidence": evidence} if evidence else {}) | ({"date": on} if on else {})
    return answer | more if more else answer["answer"]


def _typed(asking: Ask, prompt: str) -> str:
    typed = asking(prompt).strip()
    if typed.casefold() in LEAVE:
        raise _LeaveError
    return typed


def parsed(typed: str) -> dict[str, Any] | None:
    """`yes`, `partly`, `no`, `not applicable: reason`, in English or French; None for anything else."""
    word, _, reason = typed.partition(":")
    plain = re.sub(r"[\s_-]+", " ", word.strip().casefold().replace("’", "'"))
    if plain in _NOT_APPLICABLE:
        return {"not_applicable": reason.strip()} if reason.strip() else None
    said = next((said for said, spellings in _SAID.items() if plain in spellings), None)
    return {"answer": said} if said and not reason else None


_SAID: Mapping[str, frozenset[str]] = {
    "yes": frozenset({"yes", "y", "oui", "o"}),
    "partly": frozenset({"partly", "p", "partial", "en partie", "partiellement", "e"}),
    "no": frozenset({"no", "n", "non"}),
}
_NOT_APPLICABLE = frozenset({"not applicable", "na", "n/a", "does not apply", "ne s'applique pas", "sans objet", "so"})


def _day(asking: Ask, words: Words, tell: Tell) -> date | None:
    while typed := _typed(asking, words.say(say("asking.date"))):
        try:
            return date.fromisoformat(typed)
        except ValueError:
            tell(words.say(say("asking.no_day")))
    return None


# ---------------------------------------------------------------- the file


def write(file: Path, key: str, answer: object) -> None:
    """Put one answer into a client.yaml, which keeps all the rest as it is, comments and order included."""
    writer = YAML()
    writer.preserve_quotes = True
    writer.width = 1 << 16
    writer.indent(mapping=2, sequence=4, offset=2)
    text = file.read_text("utf-8")
    document = writer.load(text)
    answers = document.get("answers")
    if not isinstance(answers, dict):
        document["answers"] = answers = CommentedMap()
    answers[key] = _spelled(answer)
    told = StringIO()
    writer.dump(document, told)
    beside = file.with_name(f".{file.name}.part")
    beside.write_text(told.getvalue(), "utf-8", newline="\n")
    os.replace(beside, file)  # noqa: PTH105 - as one step


def _spelled(answer: object) -> object:
    if not isinstance(answer, dict):
        return answer
    told = CommentedMap(answer)
    told.fa.set_flow_style()
    return told


# ---------------------------------------------------------------- as comments, and on paper


def comments(language: str) -> str:
    """The lines below `#answers:` of a new client.yaml: each question above its key, all of them switched off; first
    those that every audit asks, then those of the complete pack."""
    return "\n".join(_comments(Words(language)))


def _comments(words: Words) -> Iterator[str]:
    for pack in ("essential", "complete"):
        yield f"# {words.say(say(f'asking.pack_{pack}', pack='{pack: complete}'))}"
        for question in questions():
            if question.check.pack == pack:
                yield f"# {words.say(say(f'checks.{question.check.id}.question'))}"
                yield f"#  {question.key}: unknown"
