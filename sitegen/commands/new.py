"""A name in, a new workspace or a new client's folder out, made of what lies in starter/; changes no file.

A client's folder may be made from a folder of exports: what they tell stands in its `client.yaml`, and nothing else.

In starter/, `common` serves every language and a folder of a language has what is told in it. A name that begins with
`dot-` stands for one that begins with a dot.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sitegen
from sitegen import read
from sitegen.commands import answers, declaring, inspect, schema
from sitegen.commands.inspect import Inspected
from sitegen.errors import ProblemsFound, UsageError
from sitegen.formats import Words
from sitegen.messages import Message, say
from sitegen.model.countries import COUNTRIES

STARTER = Path(sitegen.__file__).parent / "starter"
EXAMPLES = {"fr": "boutique-exemple", "en": "example-shop"}
LONGEST = 80  # as `agency.name`
LEADING = {"fr": "fr, en", "en": "en, fr"}  # the languages of a portal, by that of the command
ABROAD = frozenset({"EUR", "GBP", "USD"})  # in which platforms bill companies of many countries
_NO_FOLDER = re.compile(r'[<>:"/\\|?*\x00-\x1f]|^[.\s]|[.\s]$')  # what no system, or not every one, can call a folder


@dataclass(frozen=True, slots=True)
class Made:
    """The new folder and the files in it, by their names relative to it."""

    folder: Path
    files: tuple[str, ...]


def agency(parent: Path, name: str, language: str) -> Made:
    """A workspace for an agency called `name`, in a folder of that name, with one invented client.

    Raises UsageError for a name that no folder can bear, and for a folder that is not empty.
    """
    folder = parent / name
    if not name or len(name) > LONGEST or _NO_FOLDER.search(name):
        raise UsageError(say("new.no_folder_name", name=name))
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise UsageError(say("new.exists", folder=str(folder)))
    filled = {"name": name, "quoted": _quoted(name), "version": sitegen.__version__}
    files = _written("agency", folder, language, filled)
    schemas = schema.write(folder / "schemas")
    return Made(folder, (*files, *(f"schemas/{each}.schema.json" for each in schemas)))


def client(root: Path, slug: str, language: str) -> Made:
    """A client's folder in the workspace at `root`, with a `client.yaml` that explains every key that matters.

    Raises ProblemsFound for a name that no client's folder may have, UsageError where there is no workspace, or that
    client already.
    """
    folder = _free(root, slug)
    name = slug.replace("-", " ").title()
    return Made(folder, _written("client", folder, language, _filled(slug, language) | {"quoted": _quoted(name)}))


def client_from(root: Path, slug: str, exports: Path, language: str) -> Made:
    """The same from a folder of exports, which are copied: `client.yaml` says what was found in them.

    Files that are no report are left where they are, and told. Raises UsageError for a folder without exports too.
    """
    folder = _free(root, slug)
    found = _by_file(inspect.look([exports]), exports)
    taken = [name for name, each in found.items() if any(map(_useful, each))]
    _written("client", folder, language, _filled(slug, language))
    for name in taken:
        (folder / "exports" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(exports / name, folder / "exports" / name)
    file = folder / "client.yaml"
    file.write_text(_told(file.read_text("utf-8"), found, Words(language)), "utf-8", newline="\n")
    return Made(folder, tuple(taken))


def _filled(slug: str, language: str) -> dict[str, str]:
    """What stands for the marks of the starter's client.yaml."""
    return {"slug": slug, "questions": answers.comments(language)}


def _free(root: Path, slug: str) -> Path:
    """Where the client's folder may be made."""
    if not (root / "config.yaml").is_file():
        raise UsageError(say("new.no_workspace", folder=str(root)))
    if fault := read.misnamed(slug):
        raise ProblemsFound([fault])
    folder = root / "data" / slug
    if folder.exists():
        raise UsageError(say("new.exists", folder=f"data/{slug}"))
    return folder


# ---------------------------------------------------------------- what a folder of exports tells


Found = Mapping[str, Sequence[Inspected]]  # file, relative to the folder → what it holds


def _by_file(found: Sequence[Inspected], folder: Path) -> Found:
    """What was inspected by the file that it lies in."""
    files: dict[str, list[Inspected]] = {name: [] for name in inspect.below(folder)}
    for each in found:
        files[each.place.relative_to(folder).as_posix()].append(each)
    return files


def _useful(inspected: Inspected) -> bool:
    """It was read, or a line of `client.yaml` decides how."""
    return inspected.reading.refused is None or bool(inspected.lines)


def _told(text: str, found: Found, words: Words) -> str:
    """The starter's file with what the exports tell in the places of its examples."""
    currencies = sorted({code for each in found.values() for one in each for code in one.currencies})
    country = _country(currencies)
    fill_in = f"# {words.say(say('new.fill_in'))}"
    lines = {
        r"name: .*": f"name:  {fill_in}",
        r"country: .*": f"country: {country}  # {words.say(say('new.from_currency', currency=currencies[0]))}"
        if country
        else f"country:  {fill_in}",
        r"#languages: .*": f"languages: [{LEADING[words.language]}]",
        r"#currency: .*": _currency(currencies, words),
        r"#sources:\n(?:#.*\n)*": "\n".join(_sources(found, words)) + "\n",
    }
    for pattern, line in lines.items():
        text = re.sub(rf"^{pattern}", line.replace("\\", r"\\"), text, count=1, flags=re.MULTILINE)
    return text


def _country(currencies: Sequence[str]) -> str | None:
    """The only country with the only currency, unless companies elsewhere are billed in it too."""
    if len(currencies) != 1 or currencies[0] in ABROAD:
        return None
    codes = [country.code for country in COUNTRIES.values() if country.currency == currencies[0]]
    return codes[0] if len(codes) == 1 else None


def _currency(currencies: Sequence[str], words: Words) -> str:
    if len(currencies) == 1:
        return f"currency: {currencies[0]}  # {words.say(say('new.currency_found'))}"
    told = say("new.currencies_found", currencies=tuple(currencies)) if currencies else say("new.no_currency_found")
    return f"#currency: {currencies[0] if currencies else 'EUR'}  # {words.say(told)}"


def _sources(found: Found, words: Words) -> Iterator[str]:
    """A comment for each file, then an entry for each one that does not tell everything."""
    yield f"# {words.say(say('new.found'))}"
    for name, each in found.items():
        for message in dict.fromkeys(_summary(name, one) for one in each):
            yield f"#  {_one_line(words.say(message))}"
    entries = {f"exports/{name}": each[0].lines for name, each in found.items() if each and each[0].lines}
    if entries:
        yield "sources:"
    for file, lines in entries.items():
        yield from declaring.spelled(file, lines, words)


def _summary(name: str, inspected: Inspected) -> Message:
    """What a file is: the platform, the reports and the days; or why it was left out."""
    found = inspected.reading
    if found.refused is not None:
        key = "new.in_doubt" if inspected.lines else "new.left_out"
        return say(key, file=name, reason=found.refused)
    if found.platform is None:
        return say("new.plain", file=f"exports/{name}")
    titles = tuple(dict.fromkeys(inspect.title(table) for table in found.tables if table.title))
    file, platform = f"exports/{name}", str(found.name)
    if found.period is None:
        return say("new.undated", file=file, platform=platform, reports=titles)
    return say("new.dated", file=file, platform=platform, reports=titles, period=found.period)


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _quoted(name: str) -> str:
    """The name as YAML takes it, whatever is in it."""
    return json.dumps(name, ensure_ascii=False)


def _written(kind: str, folder: Path, language: str, filled: Mapping[str, str]) -> tuple[str, ...]:
    files = sorted(_files(kind, language))
    for address, source in files:
        text = source.read_text("utf-8")
        for word, value in filled.items():
            text = text.replace(f"⟦{word}⟧", value)
        (folder / address).parent.mkdir(parents=True, exist_ok=True)
        (folder / address).write_text(text, "utf-8", newline="\n")
    return tuple(address for address, _ in files)


def _files(kind: str, language: str) -> Iterator[tuple[str, Path]]:
    """The new files by address, and what each is made of."""
    for part in ("common", language):
        for source in (STARTER / kind / part).rglob("*"):
            if source.is_file():
                address = source.relative_to(STARTER / kind / part).as_posix()
                yield re.sub(r"(^|/)dot-", r"\1.", address).replace("EXAMPLE", EXAMPLES[language]), source
