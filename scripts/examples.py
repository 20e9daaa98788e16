"""A theme's example files in, each component's macros with their parameters and typed examples out; renders nothing.

`components/<name>/<name>.yaml` has an entry for each macro of the component that a page may call:

    status:
      params:
        - {name: name, type: Status, required: true, description: one of the ten statuses of an objective}
      examples:
        - {name: on track, values: {name: on_track}}

A value is written as its type asks: a plain one as it is, an object of an edition by its name there. `client` says of
which specimen's edition (`rising` when it is left out), `inside` what the macro's markup may stand in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sitegen.model.built import Theme
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import Status

Values: TypeAlias = Mapping[str, Any]  # what a page of the client may use
INSIDE = ("block", "list", "lines", "table")


@dataclass(frozen=True, slots=True)
class Param:
    """One argument of a macro."""

    name: str
    type: str
    required: bool
    description: str


@dataclass(frozen=True, slots=True)
class Example:
    """A macro called with `values`, as they are written."""

    name: str
    client: str
    values: Values


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro of a component that a page may call."""

    component: str
    name: str
    inside: str
    params: tuple[Param, ...]
    examples: tuple[Example, ...]

    def arguments(self, example: Example, page: Values) -> dict[str, Any]:
        """The values of an example as the macro needs them. Raises LookupError or ValueError when there is no such."""
        types = {param.name: TYPES[param.type] for param in self.params}
        return {name: types[name](page, value) for name, value in example.values.items()}


def macros(theme: Theme) -> tuple[Macro, ...]:
    """Every macro that has examples, by component. Raises ValueError, TypeError or KeyError where one is ill-formed."""
    return tuple(
        _macro(component, name, dict(written))
        for component, file in sorted(theme.examples.items())
        if isinstance(file, Mapping)
        for name, written in file.items()
    )


def _macro(component: str, name: str, written: dict[str, Any]) -> Macro:
    params = tuple(Param(**param) for param in written.pop("params"))
    examples = tuple(Example(**({"client": "rising"} | example)) for example in written.pop("examples"))
    macro = Macro(component, name, written.pop("inside", "block"), params, examples)
    faults = [*written, *(param.type for param in params if param.type not in TYPES)]
    faults += [macro.inside] if macro.inside not in INSIDE else []
    known, required = {param.name for param in params}, {param.name for param in params if param.required}
    for example in examples:
        faults += [f"{example.name}: {name}" for name in sorted(required - {*example.values})]
        faults += [f"{example.name}: {name}" for name in sorted({*example.values} - known)]
    if faults:
        raise ValueError(f"components/{component}/{component}.yaml: {name}: {', '.join(faults)}")
    return macro


def _plain(kind: type) -> Callable[[Values, Any], Any]:
    def read(_: Values, written: Any) -> Any:
        if type(written) is not kind:
            raise ValueError(f"{written!r} is not of type {kind.__name__}")
        return written

    return read


def _named(of: Callable[[Values], Iterable[Any]], name: Callable[[Any], str]) -> Callable[[Values, Any], Any]:
    """Reads an object of the client's edition by its name."""
    return lambda page, written: {name(each): each for each in of(page)}[written]


TYPES: Mapping[str, Callable[[Values, Any], Any]] = {
    "text": _plain(str),
    "number": _plain(int),
    "flag": _plain(bool),
    "Status": lambda _, written: Status(written),
    "Metric": lambda _, written: METRICS[written],
    "Figure": lambda page, written: page["figures"][written],
    "Events": lambda page, _: page["shared_events"],
    "Assessment": _named(lambda page: page["edition"].assessments, lambda assessment: assessment.objective),
    "Action": _named(lambda page: page["edition"].actions, lambda action: action.id),
    "Audit": lambda page, _: page["edition"].audit,
    "Guarantees": lambda page, _: page["guarantees"],
    "Maturity": lambda page, _: page["edition"].audit.maturity,
    "OwnChecks": lambda page, _: page["edition"].audit.own,
    "Panel": _named(lambda page: page["edition"].audit.panels, lambda panel: panel.id),
    "Role": lambda page, _: page["edition"].role,
    "Sourcing": lambda page, _: page["edition"].sourcing,
    "Tree": lambda page, _: page["tree"],
    "Finding": _named(lambda page: page["edition"].findings, lambda finding: finding.id),
    "Headline": _named(lambda page: page["headline_numbers"], lambda headline: headline.name.key.split(".")[1]),
    "Lever": _named(lambda page: page["levers"], lambda lever: lever.id),
    "Benchmark": _named(lambda page: page["edition"].scorecard.benchmarks, lambda benchmark: benchmark.id),
    "Evidence": _named(lambda page: page["evidence"], lambda told: told.id),
    "InboxNumbers": lambda page, _: page["edition"].scorecard.inbox,
    "PostNumbers": lambda page, _: page["edition"].scorecard.posts,
    "LabPage": _named(lambda page: page["edition"].laboratory.pages, lambda told: told.url),
    "Note": lambda page, written: page["notes"][written],
    "Sign": _named(lambda page: page["edition"].signs, lambda sign: sign.id),
    "Signs": lambda page, _: page["edition"].signs,
    "Returns": _named(lambda page: [page["edition"].scorecard.returns], lambda returns: returns.currency),
}
