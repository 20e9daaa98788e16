"""The models, the catalogues, the commands and the default theme in, docs/reference.md out; tells nothing of its own.

The platforms that are recognised are told in docs/exports.md, between two marks.

python scripts/make_docs.py
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import typer

from sitegen import cli
from sitegen.build.workspace import rubric
from sitegen.check import schemas
from sitegen.formats import Words
from sitegen.messages import say
from sitegen.model.catalogue import CHANNELS, METRICS, Kind, Metric
from sitegen.model.countries import COUNTRIES, CURRENCIES
from sitegen.model.exports import Platform
from sitegen.read.documents import parsed
from sitegen.read.exports.platforms import platforms

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs/reference.md"
EXPORTS = ROOT / "docs/exports.md"
THEME = ROOT / "themes/default/theme.yaml"

FROZEN = ("edition", "editions_shared")  # what only `sitegen freeze` writes; docs/guide.md tells of it

Node: TypeAlias = Mapping[str, Any]

LONG_ENUMS = {
    frozenset(METRICS): "[metric](#metrics)",
    frozenset(metric.id for metric in METRICS.values() if metric.kind is not Kind.RATIO): "[metric](#metrics)",
    CHANNELS: "[channel](#channels)",
    frozenset(COUNTRIES): "ISO 3166 country code",
    CURRENCIES: "ISO 4217 currency code",
}
PATTERNS = {
    r"^(fr|en)$": "`fr` or `en`",
    r"^[a-z0-9]+(_[a-z0-9]+)*$": "id: `a-z`, `0-9` and `_`",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "name: `a-z`, `0-9` and `-`",
    r"^[^@\s<>]+@[^@\s<>]+\.[a-z]{2,}$": "email address",
    r"^https://": "address that begins with https://",
    r"^https?://[^\s]+$": "address that begins with https:// or http://",
    r"^\d+([.,]\d+)?\s*%$": "percentage",
    r"^[KM](DH|MAD|FCFA|XAF|XOF|EUR|€|CAD|AUD|USD|\$)$": "`K` or `M` and a currency",
}
PLAIN = {"boolean": "`true` or `false`", "string": "text", "number": "number", "integer": "whole number"}
KNOWN = 0.6
SHORT_FORM = {"type": ["string", "number"]}
FORMULAS = {
    Kind.FLOW: "sum over days and channels",
    Kind.LEVEL: "last value of the period",
    Kind.UNIQUE: "only as exported for that very period; never added up",
}
HEAD = """# Reference

Everything that can be written in a workspace, and every command. This page is written from the code by `make docs`:
change the code, not the page. For a first portal, read the [guide](guide.md).

- [Commands](#commands) · [Exit codes](#exit-codes)
- [client.yaml](#clientyaml) · [config.yaml](#configyaml) · [baselines.yaml](#baselinesyaml)
- [Metrics](#metrics) · [Channels](#channels) · [Checks](#checks)
- [Theme tokens](#theme-tokens)
"""
BEFORE_KEYS = """Days are written `YYYY-MM-DD`. Where it says *text or text by language*, both `Eid al-Fitr` and
`{fr: Aïd el-Fitr, en: Eid al-Fitr}` are right. A *short form* is one value instead of several keys, such as `45%` or
`15000/month`. A key that is left out has its default; what has none is unknown, and the pages say so.
"""


def reference() -> str:
    """The whole page."""
    parts = [HEAD, *commands(), *exit_codes()]
    written_by_hand = {name: schema for name, schema in schemas().items() if name not in FROZEN}
    for name, schema in written_by_hand.items():
        parts += file(f"{name}.yaml", schema)
    return "\n".join([*parts, *metrics(), *channels(), *checks(), *tokens()]).rstrip("\n") + "\n"


# ---------------------------------------------------------------- YAML files


def file(name: str, schema: Node) -> Iterator[str]:
    """A kind of YAML file: its own keys, then each model that it holds."""
    yield f"## {name}\n\n{prose(schema['description'])}\n"
    if name == "client.yaml":
        yield BEFORE_KEYS
    yield keys(schema, schema)
    for title, node in models(schema):
        yield f"### {title}\n\n{prose(node['description'])}\n"
        yield keys(long_form(node), schema)


def models(schema: Node) -> Iterator[tuple[str, Node]]:
    """The models below a schema, in the order in which its keys lead to them."""
    found: dict[str, Node] = {}

    def visit(node: Any) -> None:
        for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            visit(value)
        if isinstance(node, dict) and "$ref" in node:
            name = node["$ref"].rpartition("/")[2]
            if name not in found and "enum" not in schema["$defs"][name]:
                found[name] = schema["$defs"][name]
                visit(schema["$defs"][name])

    visit(schema["properties"])
    yield from found.items()


def keys(node: Node, schema: Node) -> str:
    """The keys of a model as a table."""
    required = node.get("required", ())
    rows = [
        (
            f"`{key}`",
            child["description"],
            kind(child, schema),
            default(child, required=key in required),
            code(example(child, schema)),
        )
        for key, child in node["properties"].items()
    ]
    return table(("key", "what it is", "type", "default", "example"), rows)


def kind(node: Node, schema: Node) -> str:
    """What may be written for a key, in words."""
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        below = schema["$defs"][name]
        if "enum" in below:
            return kind(below, schema)
        return f"short form or [{name}](#{name.lower()})" if below != long_form(below) else f"[{name}](#{name.lower()})"
    if "anyOf" in node:
        told = [kind(option, schema) for option in node["anyOf"] if option.get("type") != "null"]
        return " or ".join(dict.fromkeys(told))
    if "enum" in node:
        options = [f"`{json.dumps(option)[1:-1]}`" for option in node["enum"]]
        return LONG_ENUMS.get(frozenset(node["enum"])) or " or ".join(
            filter(None, (", ".join(options[:-1]), options[-1]))
        )
    if node.get("type") == "array":
        return f"list of {kind(node['items'], schema)}"
    if node.get("type") == "object":
        return mapping(node, schema)
    if node.get("type") == "string":
        return "day" if node.get("format") == "date" else PATTERNS.get(node.get("pattern", ""), "text")
    return PLAIN[node["type"]] + limits(node)


def mapping(node: Node, schema: Node) -> str:
    """What a free mapping holds, and by what."""
    value = kind(node["additionalProperties"], schema)
    names = (
        kind(node["propertyNames"], schema) if "propertyNames" in node else "language" if value == "text" else "name"
    )
    return f"{value} by {names}"


def limits(node: Node) -> str:
    low, high = node.get("minimum", node.get("exclusiveMinimum")), node.get("maximum")
    above = " above" if "exclusiveMinimum" in node else " from"
    return (f"{above} {low:g}" if low is not None else "") + (f" to {high:g}" if high is not None else "")


def long_form(node: Node) -> Node:
    """A model without the short form that may stand in its place."""
    found: Node = node["anyOf"][1] | {"description": node["description"]} if "anyOf" in node else node
    return found


def default(node: Node, *, required: bool) -> str:
    if required:
        return "**required**"
    value = node.get("default")
    return "" if value == [] or isinstance(value, dict) else code(value)


def example(node: Node, schema: Node) -> Any:
    """A value that the key may have: one that the model gives, else one that follows from the type."""
    options = [node, *node.get("anyOf", ())]
    for option in options:
        if option.get("examples"):
            return option["examples"][0]
    below = [schema["$defs"][option["$ref"].rpartition("/")[2]] for option in options if "$ref" in option]
    told = node.get("default")
    for option in (*options, *map(long_form, below)):
        if "enum" in option:
            return next(word for word in option["enum"] if word != told)
        if option.get("type") == "array":
            return [example(option["items"], schema)]
        if "properties" in option:
            wanted = option.get("required") or [*option["properties"]][:1]
            return {key: example(option["properties"][key], schema) for key in wanted}
        if isinstance(option.get("additionalProperties"), dict):
            return {"name": example(option["additionalProperties"], schema)}
    return not told if isinstance(told, bool) else told


def code(value: Any) -> str:
    return "" if value is None else f"`{yaml(value)}`"


def yaml(value: Any) -> str:
    """Plain data in YAML's flow style, with quotes only where they are needed."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {yaml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(yaml, value)) + "]"
    if not isinstance(value, str):
        return json.dumps(value)
    document, _ = parsed(f"[{value}]", "")
    return value if document and document.data == [value] else json.dumps(value, ensure_ascii=False)


# ---------------------------------------------------------------- commands


def commands() -> Iterator[str]:
    """Each command with its arguments and options."""
    group: Any = typer.main.get_command(cli.app)
    yield f"## Commands\n\n{group.help}\n"
    yield table(("option", "what it does"), [(option(each), each.help) for each in group.params])
    for name, command in group.commands.items():
        arguments = [each for each in command.params if each.param_type_name == "argument"]
        usage = " ".join(f"{each.name.upper()}" if each.required else f"[{each.name.upper()}]" for each in arguments)
        yield f"### sitegen {name}\n\n`sitegen {name} {usage}`".rstrip(" `") + f"`\n\n{command.help}\n"
        yield table(("option", "what it does"), [(option(each), each.help) for each in command.params])


def option(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{parameter.name.upper()}`"
    return f"`{parameter.opts[0]}`" if parameter.is_flag else f"`{parameter.opts[0]} {parameter.name.upper()}`"


def exit_codes() -> Iterator[str]:
    """The codes that the command line's own documentation lists."""
    told = re.search(r"Exit codes: (.*?)\.$", str(cli.__doc__), re.DOTALL | re.MULTILINE)
    assert told
    codes = [" ".join(code.split()).partition(" ") for code in told[1].split("·")]
    yield "### Exit codes\n"
    yield table(("code", "meaning"), [(f"`{number}`", meaning) for number, _, meaning in codes])


# ---------------------------------------------------------------- catalogues


def metrics() -> Iterator[str]:
    """Every metric, by what it counts and how it is summed."""
    french, english = Words("fr"), Words("en")
    yield (
        "## Metrics\n\nThe names that CSV headers, `columns:` and `kpi:` may use. A ratio is never read from a file: it"
        " is always the sum of its numerators over the sum of its denominators.\n"
    )
    rows = []
    for metric in METRICS.values():
        names = [words.say(say(f"metrics.{metric.id}.Name")) for words in (french, english)]
        rows.append((f"`{metric.id}`", *names, metric.kind, metric.unit, formula(metric)))
    yield table(("id", "en français", "in English", "kind", "unit", "formula"), rows)


def formula(metric: Metric) -> str:
    if metric.kind is not Kind.RATIO:
        return FORMULAS[metric.kind]
    times = f"{metric.per:g} × " if metric.per != 1 else ""
    return f"{times}`{metric.numerator}` / `{metric.denominator}`"


def channels() -> Iterator[str]:
    """Every channel."""
    french, english = Words("fr"), Words("en")
    yield "## Channels\n\nThe names that the `channel` column and `channel:` may use.\n"
    names = [(name, say(f"channels.{name}")) for name in sorted(CHANNELS)]
    yield table(
        ("id", "en français", "in English"), [(f"`{name}`", french.say(key), english.say(key)) for name, key in names]
    )


def checks() -> Iterator[str]:
    """Every check of the audit: what is asked, what decides it, how it weighs, in which pack."""
    french, english = Words("fr"), Words("en")
    yield (
        "## Checks\n\nThe questions of the audit, as `rubric: off` and `rubric: weights` name them. *Decided by*:"
        " `data`, an `answer` (the key of `answers` beside it), or `both`, where data win. `essential` ones are asked"
        " of every client. K1 to K5 are asked of each KPI. What tests the pages themselves is not listed: it is no"
        " mark for a client.\n"
    )
    rows = []
    for check in rubric().checks:
        if check.evidence != "site":
            asked = [words.say(say(f"checks.{check.id}.question")) for words in (french, english)]
            answer = f"`{check.question}`" if check.question else ", ".join(f"as {id}" for id in check.same_as)
            rows.append((f"`{check.id}`", *asked, check.evidence, answer, f"{check.weight:g}", check.pack))
    yield table(("id", "en français", "in English", "decided by", "answer", "weight", "pack"), rows)


def tokens() -> Iterator[str]:
    """The tokens of the default theme: their values in both modes, and the comment that says what each is for."""
    text = THEME.read_text("utf-8")
    document, _ = parsed(text, THEME.name)
    assert document
    light, dark = document.data["tokens"]["light"], document.data["tokens"]["dark"]
    purposes = dict(re.findall(r'^    ([\w-]+): "[^"]*" +# (.+)$', text, re.MULTILINE))
    yield (
        "## Theme tokens\n\nA theme is a folder of `themes/` with a `theme.yaml`; it `extends` another and changes"
        " what it names. Each token is a CSS custom property (`--accent`), in charts too.\n"
    )
    rows = [(f"`{name}`", f"`{value}`", f"`{dark[name]}`", purposes.get(name, "")) for name, value in light.items()]
    yield table(("token", "light", "dark", "what it colours"), rows)
    fonts = [(f"`{name}`", f"`{stack}`") for name, stack in document.data["fonts"].items()]
    yield table(("font", "stack"), fonts)


# ---------------------------------------------------------------- platforms


def exports(page: str) -> str:
    """docs/exports.md with the table of platforms as their files tell it."""
    rows = [(f"{each.name} (`{each.id}`)", languages(each), reports(each)) for each in platforms()]
    told = table(("platform", "languages", "reports"), rows)
    return re.sub(
        r"(<!-- platforms: .*? -->\n).*(<!-- end of platforms -->)", rf"\1\n{told}\n\2", page, flags=re.DOTALL
    )


def languages(platform: Platform) -> str:
    """Those in which its columns are known; in brackets where fewer than KNOWN of them are."""
    counts = Counter(language for column in platform.columns.values() for language in column.names)
    whole = [language for language, count in counts.items() if count >= KNOWN * len(platform.columns)]
    part = [language for language in counts if language not in whole]
    return ", ".join(sorted(whole)) + (f" ({', '.join(sorted(part))})" if part else "")


def reports(platform: Platform) -> str:
    """Their titles, each once."""
    return "; ".join(dict.fromkeys(report.title["en"] for report in platform.reports))


# ---------------------------------------------------------------- Markdown


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def prose(docstring: str) -> str:
    """A docstring as a paragraph, without the sections of the methods that it names for developers."""
    return re.sub(r" \(METHODS [^)]*\)", "", docstring)


if __name__ == "__main__":
    REFERENCE.write_text(reference(), "utf-8")
    EXPORTS.write_text(exports(EXPORTS.read_text("utf-8")), "utf-8")
