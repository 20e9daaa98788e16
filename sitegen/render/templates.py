"""A theme's templates in, pages as text out. Everything is escaped; an undefined name is an error, never a blank."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import lru_cache, partial
from types import FunctionType, MethodType
from typing import Any, TypeAlias

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, meta
from jinja2.runtime import Context
from markupsafe import Markup

from sitegen.errors import Problem, ProblemsFound
from sitegen.formats import MINUS, NBSP, Words
from sitegen.messages import Message, Param, Quantity, Unit, say
from sitegen.model.built import Drawing, Figure, PageJob, Theme
from sitegen.model.catalogue import METRICS
from sitegen.model.computed import Measurement, State
from sitegen.render import brand, evidence, markdown, urls

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)


Press: TypeAlias = Environment


class _Context(Context):
    """What a template's expressions see. Plain functions are called straight away, with nothing else."""

    def call(self, function: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        if type(function) not in _PLAIN or hasattr(function, "jinja_pass_arg"):
            return super().call(function, *args, **named)
        named.pop("_block_vars", None)  # what the compiled template tells of itself
        named.pop("_loop_vars", None)
        return function(*args, **named)


_PLAIN = frozenset({FunctionType, MethodType, partial})


class _Sources(BaseLoader):
    """A theme's templates by name, each with the path that its faults are told at."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def get_source(self, _: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source = self.theme.templates.get(template)
        if source is None:
            raise TemplateNotFound(template)
        return source, _path(self.theme, template), lambda: self.theme.templates.get(template) == source


def environment(theme: Theme, before: Press | None = None) -> Press:
    """The templates of a theme, compiled when first asked for; `before` itself where it is of the same theme."""
    if before is not None and isinstance(before.loader, _Sources) and before.loader.theme == theme:
        return before
    templates = Environment(
        loader=_Sources(theme), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    templates.context_class = _Context
    templates.globals["grounds"] = {mode: tokens["bg"] for mode, tokens in theme.tokens.items()}
    return templates


def parts(theme: Theme) -> Mapping[str, frozenset[str]]:
    """Layout → the names of its template and of all that this one extends, includes or imports.

    Raises ProblemsFound for a template that cannot be read.
    """
    uses = {name: _uses(source, _path(theme, name)) for name, source in theme.templates.items()}
    return {
        name.removeprefix("layouts/").removesuffix(".html"): frozenset(_closure(name, uses))
        for name in uses
        if name.startswith("layouts/")
    }


@lru_cache(maxsize=512)
def _uses(source: str, path: str) -> frozenset[str]:
    """The templates that a source names."""
    try:
        tree = Environment(autoescape=True).parse(source, filename=path)
    except TemplateSyntaxError as fault:
        raise ProblemsFound([_fault(fault)]) from fault
    return frozenset(ANY if used is None else used for used in meta.find_referenced_templates(tree))


ANY = "any of them"  # what a name that is computed may lead to


def _closure(name: str, uses: Mapping[str, Collection[str]]) -> set[str]:
    found, left = set[str](), [name]
    while left:
        here = left.pop()
        if here not in found:
            found.add(here)
            left += uses if ANY in uses.get(here, ()) else uses.get(here, ())
    return found - {ANY}


def text(templates: Environment, job: PageJob, words: Words, drawings: Mapping[str, Drawing]) -> str:
    """The page of a job. Blank lines that control blocks leave behind are dropped.

    Raises ProblemsFound for a fault of a template, at its line.
    """
    try:
        page = templates.get_template(f"layouts/{job.layout}.html").render(_context(job, words, drawings))
    except TemplateError as fault:
        raise ProblemsFound([_fault(fault)]) from fault
    return re.sub(r"\n\s*\n+", "\n", page).lstrip() + "\n"


def _path(theme: Theme, name: str) -> str:
    return f"themes/{theme.name}/{name}"


def _fault(fault: TemplateError) -> Problem:
    """What is wrong with a template, where the template engine saw it."""
    told = say("render.template", told=fault.message or type(fault).__name__)
    if isinstance(fault, TemplateSyntaxError):
        return Problem(fault.filename or "themes", fault.lineno, 1, told)
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if frame.filename.startswith("themes/")]
    return Problem(frames[-1].filename, frames[-1].lineno or 0, 1, told) if frames else Problem("themes", 0, 0, told)


def _context(job: PageJob, words: Words, drawings: Mapping[str, Drawing]) -> dict[str, Any]:
    """What a template may use besides the job's values: words, links and drawings."""
    spelled: dict[str, dict[str, str]] = {}  # by figure: most words of its two drawings are the same

    def tell(key: str, **params: Param) -> str:
        return words.say(say(key, **params))

    def link(target: str, fragment: str = "") -> str:
        return urls.relative(job.address, target) + (f"#{fragment}" if fragment else "")

    def drawing(figure: Figure, width: str) -> Markup:
        told = spelled.setdefault(figure.id, {})
        return _placed(figure, getattr(drawings[figure.id], width), width, words, told)

    def file(path: str) -> str:
        return own(getattr(job.values.get("profile"), "slug", ""), path)

    def sentence(message: Message) -> str:
        """What a command says in a line, as a page says it."""
        text = words.say(message)
        return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?', '!', ')', '}')) else '.'}"

    return {
        **job.values,
        "job": job,
        "words": words,
        "policy": POLICY,
        "tell": tell,
        "say": words.say,
        "sentence": sentence,
        "show": words.param,
        "file": file,
        "files": lambda paths: tuple(map(file, paths)),
        "in_table": words.cell,
        "in_language": lambda language, key: Words(language).say(say(key)),
        "exact": lambda metric, value, currency: words.exact(value, METRICS[metric].unit, currency),
        "date": date.fromisoformat,
        "link": link,
        "brand_sheet": brand.stylesheet,
        "brand_logo": brand.logo,
        "public": partial(urls.public, getattr(job.values.get("site"), "base_url", "")),
        "drawing": drawing,
        "typeset": partial(typeset, words=words),
        "markdown": markdown.html,
        "comment": markdown.comment,
        "quantity": quantity,
        "evidence_value": evidence.value,
        "withheld": withheld,
        "Quantity": lambda value, unit, currency=None: Quantity(value, Unit(unit), currency),
    }


def quantity(number: Measurement) -> Quantity | Message:
    """A measurement as it may be published: its value, or the reason why there is none."""
    if number.value is None or number.state is State.NOT_COMPUTABLE:
        return number.reason or say("pages.not_computable")
    return Quantity(number.value, number.unit, number.currency)


def typeset(written: str, words: Words) -> str:
    """A target as the client wrote it, with true signs, and the space before the percent sign that French asks."""
    signed = re.sub(r"^x", "×", re.sub(r"^-", MINUS, written.replace(">=", "≥").replace("<=", "≤")))
    return re.sub(r"(?<=\d)\s*%", f"{NBSP}%", signed) if words.language == "fr" else signed


def withheld(number: Measurement) -> bool:
    """Whether the number is known and only the agency tells it."""
    return number.reason == say("returns.reason.withheld")


def own(slug: str, path: str) -> str:
    """A client's file as its readers know it: relative to the client's folder."""
    return path.removeprefix(f"data/{slug}/")


def _placed(figure: Figure, svg: str, width: str, words: Words, told: dict[str, str]) -> Markup:
    """A drawing in a page: named for assistive technology, its ids its own, its words those of the reader."""
    identity = f"{figure.id}-{width}"
    named = svg.replace(
        "<svg ",
        f'<svg role="img" focusable="false" aria-labelledby="{figure.id}-title" aria-describedby="{figure.id}-text" ',
        1,
    ).replace("⟦id⟧", identity)
    filled = words.picture(named, figure.unit, figure.grain, figure.labels, told)  # type: ignore[arg-type]
    return Markup(filled)  # noqa: S704 - drawn by us; words.picture escapes what it fills in
