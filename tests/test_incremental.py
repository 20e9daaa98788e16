"""After any edit, a build that makes again only what changed leaves the bytes of one that begins from nothing."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest

from sitegen.build import site, stamps, workspace
from sitegen.build.options import Options
from sitegen.errors import ProblemsFound
from tests.golden import accept

EDITS = 25  # in a row, for each seed: four rows can be made at the same time
SEEDS = (20261122, 20261123, 20261124, 20261125)
INPUTS = ("config.yaml", "content", "themes", "data")
Left = tuple[tuple[str, ...], dict[str, bytes]] | None


@dataclass
class Place:
    """A workspace that is edited again and again, and the dice."""

    root: Path
    dice: random.Random

    def client(self) -> Path:
        return self.dice.choice(sorted((self.root / "data").iterdir()))

    def swap(self, file: Path, old: str, new: str) -> None:
        """`old` by `new`, or back again."""
        text = file.read_text("utf-8")
        file.write_text(text.replace(old, new) if old in text else text.replace(new, old), "utf-8")


def a_number(place: Place) -> None:
    table = place.dice.choice(sorted(place.client().glob("metrics/*.csv")))
    lines = table.read_text("utf-8").splitlines()
    row = place.dice.randrange(1, len(lines))
    cells = lines[row].split(",")
    cells[-1] = str(place.dice.randrange(1, 400))
    table.write_text("\n".join([*lines[:row], ",".join(cells), *lines[row + 1 :]]) + "\n", "utf-8")


def a_last_row(place: Place) -> None:
    table = place.dice.choice(sorted(place.client().glob("metrics/*.csv")))
    lines = table.read_text("utf-8").splitlines()
    table.write_text("\n".join(lines[:-1]) + "\n", "utf-8")


def a_margin(place: Place) -> None:
    file = place.client() / "client.yaml"
    text = file.read_text("utf-8").split("\nmargin: ")[0].rstrip("\n")
    file.write_text(f"{text}\nmargin: {place.dice.randrange(20, 60)}%\n", "utf-8")


def a_typo(place: Place) -> None:
    place.swap(place.client() / "client.yaml", "access: ", "acess: ")


def mend(place: Place) -> None:
    for file in (place.root / "data").glob("*/client.yaml"):
        file.write_text(file.read_text("utf-8").replace("acess: ", "access: "), "utf-8")


def an_access(place: Place) -> None:
    place.swap(place.client() / "client.yaml", "access: public", "access: private")


def a_comment(place: Place) -> None:
    note = place.client() / "notes" / "synthesis.fr.md"
    note.parent.mkdir(exist_ok=True)
    note.write_text(f"Un commentaire, le {place.dice.randrange(1000)}.\n", "utf-8")


def an_article(place: Place) -> None:
    articles = sorted((place.root / "content").glob("*/*.md"))
    article = place.dice.choice(articles)
    article.write_text(article.read_text("utf-8") + f"\nUne phrase de plus, {place.dice.randrange(1000)}.\n", "utf-8")


def a_title(place: Place) -> None:
    article = place.dice.choice(sorted((place.root / "content").glob("*/*.md")))
    lines = article.read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("title:"))
    lines[at] = f"title: Un titre {place.dice.randrange(1000)}"
    article.write_text("\n".join(lines) + "\n", "utf-8")


def a_template(place: Place) -> None:
    layout = place.dice.choice(("data", "synthesis", "home", "missing", "article"))
    file = place.root / "themes/default/layouts" / f"{layout}.html"
    place.swap(file, "<h1>", '<h1 class="changed">')


def a_style(place: Place) -> None:
    file = place.root / "themes/default/assets/css/base.css"
    file.write_text(file.read_text("utf-8") + f"\n/* {place.dice.randrange(1000)} */\n", "utf-8")


def a_token(place: Place) -> None:
    file = place.root / "themes/default/theme.yaml"
    place.swap(file, "accent: ", "accent:  ")


def an_agency(place: Place) -> None:
    file = place.root / "config.yaml"
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("latency_days")]
    file.write_text("\n".join([*lines, f"latency_days: {place.dice.randrange(4)}"]) + "\n", "utf-8")


def a_listing(place: Place) -> None:
    place.swap(place.root / "config.yaml", "list_clients: true", "list_clients: false")


def a_name_of_a_folder(place: Place) -> None:
    folder = place.root / "data" / "atlas"
    other = place.root / "data" / "atlas-deux"
    (folder if folder.is_dir() else other).rename(other if folder.is_dir() else folder)


def a_lost_page(place: Place) -> None:
    pages = sorted((place.root / "output").rglob("*.html"))
    if pages:
        place.dice.choice(pages).unlink()


def a_changed_page(place: Place) -> None:
    pages = sorted((place.root / "output").rglob("*.html"))
    if pages:
        place.dice.choice(pages).write_text("somebody else's", "utf-8")


def nothing(place: Place) -> None:
    """Not even a touch."""


def the_store(place: Place) -> None:
    shutil.rmtree(place.root / ".sitegen", ignore_errors=True)


OFTEN: tuple[Callable[[Place], None], ...] = (a_number, a_margin, a_comment, an_article, a_template, nothing)
SELDOM: tuple[Callable[[Place], None], ...] = (
    a_last_row,
    a_typo,
    an_access,
    a_title,
    a_style,
    a_token,
    an_agency,
    a_listing,
    a_name_of_a_folder,
    a_lost_page,
    a_changed_page,
    the_store,
)


def built(root: Path) -> Left:
    """The clients that failed and both folders after a build; None when nothing was written."""
    options = Options(accept.AS_OF, root / "output", root / "preview", as_of=accept.AS_OF, jobs=1)
    try:
        outcome = site.build(workspace.opened(root), options, lambda _: None)
    except ProblemsFound:
        return None
    return None if outcome.published is None else (outcome.failed, everything(root))


def everything(root: Path) -> dict[str, bytes]:
    found = {}
    for folder in ("output", "preview"):
        found |= {f"{folder}/{name}": (root / folder / name).read_bytes() for name, _ in stamps.files(root / folder)}
    return found


@dataclass
class Clean:
    """Builds of inputs in a new folder. The same bytes are built once: an edit of what is written changes no input."""

    folder: Path
    known: dict[str, Left] = field(default_factory=dict)

    def built(self, root: Path) -> Left:
        told = sha256()
        self.folder.mkdir()
        for name in INPUTS:
            (shutil.copytree if (root / name).is_dir() else shutil.copy)(root / name, self.folder / name)
        for file in sorted(self.folder.rglob("*")):
            told.update(f"{file}\0".encode() + (sha256(file.read_bytes()).digest() if file.is_file() else b""))
        key = told.hexdigest()
        if key not in self.known:
            self.known[key] = built(self.folder)
        shutil.rmtree(self.folder)
        return self.known[key]


@pytest.fixture(params=SEEDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Two clients, a theme and articles of the workspace's own."""
    root = tmp_path / "edited"
    shutil.copytree(accept.SITE, root)
    shutil.copytree(root / "data/atlas", root / "data/borel")
    client = root / "data/borel/client.yaml"
    client.write_text(client.read_text("utf-8").replace("Atlas Jiu-Jitsu", "Borel et Fils"), "utf-8")
    shutil.copytree(workspace.packaged("themes") / "default", root / "themes/default")
    shutil.copytree(workspace.packaged("content"), root / "content", dirs_exist_ok=True)
    return Place(root, random.Random(request.param))


def test_edits_in_a_row_leave_what_a_clean_build_leaves(place: Place, tmp_path: Path) -> None:
    """What fails keeps its last good portal, which a clean build has not: those files alone may be more."""
    built(place.root)
    clean, compared = Clean(tmp_path / "clean"), 0
    for number in range(EDITS):
        change = place.dice.choice(OFTEN if place.dice.random() < 0.6 else SELDOM)
        change(place)
        if change is not a_typo and place.dice.random() < 0.5:
            mend(place)
        edited, anew = built(place.root), clean.built(place.root)
        assert (edited is None) == (anew is None), (number, change.__name__)
        if edited is not None and anew is not None:
            (failed, left), (_, wanted) = edited, anew
            kept = {name for name in left.keys() - wanted.keys() if name.split("/")[1] in failed}
            around = {"output/index.html", "output/en/index.html", "preview/index.html", "preview/en/index.html"}
            around |= {"preview/portefeuille.html", "preview/en/portfolio.html"}  # these tell its last good state
            ignored = {*kept, *(around if kept else ())}
            same = {name: body for name, body in left.items() if name not in ignored}
            other = {name for name in {*same, *wanted} - ignored if same.get(name) != wanted.get(name)}
            assert not other, (number, change.__name__, sorted(other))
            compared += 1
    assert compared > EDITS * 0.8
