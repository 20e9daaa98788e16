"""What an agency or a client sets of the rubric in, every name in it that leads nowhere out; judges no answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sitegen.check.hints import did_you_mean
from sitegen.check.places import at_key, at_value
from sitegen.errors import Problem
from sitegen.messages import say
from sitegen.model.facts import Document, Path


def settings(document: Document, checks: Collection[str], elsewhere: Collection[str] = ()) -> Iterator[Problem]:
    """Checks that are set and not asked, own ones that stand twice, and answers to own ones that there are not.

    `checks` are the ids of the rubric, `elsewhere` those of own checks that `config.yaml` adds.
    """
    data = document.data if isinstance(document.data, dict) else {}
    rubric = _mapping(data.get("rubric"))
    for key in ("off", "weights"):
        for id in _mapping(rubric.get(key)):
            yield from _known(document, ("rubric", key, id), id, checks)
    own: list[str] = []
    written = rubric.get("own")
    for index, each in enumerate(written if isinstance(written, list) else ()):
        id = _mapping(each).get("id")
        if isinstance(id, str):
            if id in own:
                path = ("rubric", "own", index, "id")
                yield at_value(document, path, say("problems.check_twice", value=id), say("problems.hint.check_twice"))
            own.append(id)
    for id in _mapping(_mapping(data.get("answers")).get("own")):
        yield from _known(document, ("answers", "own", id), id, {*own, *elsewhere})


def _known(document: Document, path: Path, id: object, known: Collection[str]) -> Iterator[Problem]:
    if id not in known:
        hint = did_you_mean(str(id), sorted(known)) or say("problems.hint.unknown_check")
        yield at_key(document, path, say("problems.unknown_check", value=str(id)), hint)


def _mapping(value: Any) -> Mapping[Any, Any]:
    return value if isinstance(value, dict) else {}
