"""A change makes anew what it must and nothing else, whoever does the work."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from sitegen.build import executors, site, workspace
from sitegen.build.store import Store
from sitegen.build.workshop import Portal, Workshop
from sitegen.model import codec
from sitegen.model.computed import Edition
from tests.golden import accept

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a theme and articles of its own, whose one portal was made."""
    root = tmp_path_factory.mktemp("first") / "site"
    shutil.copytree(accept.SITE, root)
    shutil.copytree(workspace.packaged("themes") / "default", root / "themes/default")
    shutil.copytree(workspace.packaged("content"), root / "content", dirs_exist_ok=True)
    made(root)
    return root


@pytest.fixture
def root(first: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(first, tmp_path / "site"))


def made(root: Path, today: date = TODAY) -> tuple[Portal, set[str]]:
    """The portal, and the addresses of the pages that were made anew for it."""
    store = Store(root / ".sitegen" / "store.sqlite")
    workshop = Workshop(workspace.opened(root), store, today)
    before = pages(store)
    portal = workshop.portal("atlas")
    fresh = pages(store) - before
    store.close()
    return portal, {address.removeprefix("atlas/") for address in fresh}


def pages(store: Store) -> set[str]:
    """What the store holds under the key of a page, not yet written or written, by address."""
    store.flush()
    rows = store._base.execute("select key from made").fetchall()
    found = ((key, store.recall(key) or b"") for (key,) in rows)
    return {f"{key}" for key, body in found if body.startswith(b'{"address":"atlas/') and b".html" in body[:200]}


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def article(root: Path) -> Path:
    return min((root / "content/fr").glob("*.md"))


def more(root: Path) -> None:
    article(root).write_text(article(root).read_text("utf-8") + "\nUne phrase de plus.\n", "utf-8")


def retitled(root: Path) -> None:
    file = article(root)
    lines = file.read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("title:"))
    file.write_text("\n".join([*lines[:at], "title: Tout autre chose", *lines[at + 1 :]]) + "\n", "utf-8")


def data_layout(root: Path) -> None:
    edit(root / "themes/default/layouts/data.html", "<h1>", '<h1 class="x">')


def base_layout(root: Path) -> None:
    edit(root / "themes/default/layouts/base.html", "<body ", '<body data-x="1" ')


def style(root: Path) -> None:
    file = root / "themes/default/assets/css/base.css"
    file.write_text(file.read_text("utf-8") + "/* more */\n", "utf-8")


def listed(root: Path) -> None:
    edit(root / "config.yaml", "list_clients: true", "list_clients: false")


def agency(root: Path) -> None:
    file = root / "config.yaml"
    lines = [
        '  name: "Une autre agence"' if line.strip().startswith("name:") else line
        for line in file.read_text("utf-8").splitlines()
    ]
    file.write_text("\n".join(lines) + "\n", "utf-8")


def commented(root: Path) -> None:
    file = root / "data/atlas/client.yaml"
    file.write_text(file.read_text("utf-8") + "# a remark that nobody reads\n", "utf-8")


def count(root: Path) -> int:
    portal, _ = made(root)
    assert portal.manifest is not None
    return sum(entry.address.endswith(".html") for entry in portal.manifest.entries)


@pytest.mark.parametrize(
    ("change", "anew"),
    [
        (more, "one"),
        (retitled, "all"),
        (data_layout, "one a language, and its print"),
        (base_layout, "all"),
        (style, "none"),
        (listed, "none"),
        (agency, "all"),
        (commented, "none"),
    ],
)
def test_a_change_makes_anew_the_pages_that_show_it_and_no_other(
    root: Path, change: Callable[[Path], None], anew: str
) -> None:
    languages = len(workspace.opened(root).site.languages)
    wanted = {"none": 0, "one": 1, "one a language, and its print": 2 * languages, "all": count(root)}[anew]
    change(root)
    _, fresh = made(root)
    assert len(fresh) == wanted


def test_the_calendar_makes_nothing_anew_once_the_last_day_with_data_is_settled(root: Path) -> None:
    store = Store(root / ".sitegen" / "store.sqlite")
    later = Workshop(workspace.opened(root), store, TODAY + timedelta(40)).remembered("atlas")
    before = Workshop(workspace.opened(root), store, date(2026, 1, 15)).remembered("atlas")
    store.close()
    assert later is not None
    assert later.steady
    assert before is None


def test_a_client_with_errors_is_remembered_too(root: Path) -> None:
    edit(root / "data/atlas/client.yaml", "name:", "nmae:")
    first, _ = made(root)
    store = Store(root / ".sitegen" / "store.sqlite")
    again = Workshop(workspace.opened(root), store, TODAY).remembered("atlas")
    store.close()
    assert first.manifest is None
    assert again is not None
    assert again.problems == first.problems != ()


def test_a_lost_body_is_made_again(root: Path) -> None:
    portal, _ = made(root)
    assert portal.manifest is not None
    lost = portal.manifest.entries[0].digest
    store = Store(root / ".sitegen" / "store.sqlite")
    store.forget(lost)
    workshop = Workshop(workspace.opened(root), store, TODAY)
    assert workshop.remembered("atlas") is None
    again = workshop.portal("atlas")
    assert again.manifest == portal.manifest
    assert store.get(lost) is not None
    store.close()


def test_a_damaged_download_is_made_again_with_the_page_that_was_edited(root: Path) -> None:
    options = site.Options(TODAY, root / "output", root / "preview", jobs=1)
    assert site.build(workspace.opened(root), options, lambda _: None).failed == ()
    file = root / "output/atlas/downloads/fr/numbers.csv"
    sound = file.read_bytes()
    with contextlib.closing(sqlite3.connect(root / ".sitegen/store.sqlite")) as base, base:
        told = (b"damaged", hashlib.sha256(sound).hexdigest())
        assert base.execute("update body set content = ? where digest = ?", told).rowcount == 1
    shutil.rmtree(root / "output")
    edit(root / "themes/default/layouts/synthesis.html", "\n</header>", "<p>Repère.</p>\n</header>")
    assert site.build(workspace.opened(root), options, lambda _: None).failed == ()
    assert file.read_bytes() == sound
    assert "Repère." in (root / "output/atlas/index.html").read_text("utf-8")


def test_other_processes_make_the_same_portals(root: Path, tmp_path: Path) -> None:
    slugs = ["atlas", "borel", "cedre"]
    for slug in slugs[1:]:
        shutil.copytree(root / "data/atlas", root / "data" / slug)
    here, there = tmp_path / "here.sqlite", tmp_path / "there.sqlite"
    opened = workspace.opened(root)
    found = []
    for path, jobs in ((here, 1), (there, 2)):
        store = Store(path)
        task = executors.Task(root, path, TODAY, None)
        portals = {p.slug: p for p in executors.made(slugs, task, Workshop(opened, store, TODAY), jobs)}
        found.append([portals[slug] for slug in slugs])
        bodies = {e.digest for p in portals.values() if p.manifest for e in p.manifest.entries}
        assert store.holds(bodies)
        store.close()
    assert found[0] == found[1]


@pytest.mark.parametrize(("asked", "clients", "processes"), [(1, 50, 1), (8, 2, 1), (8, 5, 5), (2, 50, 2)])
def test_a_process_is_begun_only_where_it_earns_its_cost(asked: int, clients: int, processes: int) -> None:
    assert executors.processes(asked, clients) == processes


def test_what_is_saved_while_the_files_are_read_is_not_remembered_under_their_old_name(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit in the middle of a reading, undone afterwards, must not bring back what was read in between."""
    file = root / "data/atlas/client.yaml"
    as_it_was = file.read_text("utf-8")
    file.write_text(as_it_was + "# first\n", "utf-8")
    store = Store(root / ".sitegen" / "store.sqlite")
    workshop = Workshop(workspace.opened(root), store, TODAY)
    reading = workshop.measured

    def saved_meanwhile(slug: str) -> object:
        file.write_text(as_it_was.replace("name: ", "name: Autre ", 1) + "# first\n", "utf-8")
        return reading(slug)

    monkeypatch.setattr(workshop, "measured", saved_meanwhile)
    workshop.portal("atlas")
    file.write_text(as_it_was + "# first\n", "utf-8")
    assert Workshop(workspace.opened(root), store, TODAY).remembered("atlas") is None
    store.close()


@pytest.mark.parametrize(("slugs", "size", "batches"), [(5, 2, [2, 2, 1]), (4, 4, [4]), (0, 3, [])])
def test_clients_are_handed_out_in_batches(slugs: int, size: int, batches: list[int]) -> None:
    assert [len(batch) for batch in executors.batched([str(n) for n in range(slugs)], size)] == batches


def test_a_glance_at_a_client_opens_no_edition(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The portfolio looks at all clients at once, and would hold all their editions."""
    made(root)
    store = Store(root / ".sitegen" / "store.sqlite")
    workshop = Workshop(workspace.opened(root), store, TODAY)
    whole = workshop.portal("atlas").summary
    opened: list[object] = []
    decode = codec.decode
    monkeypatch.setattr(codec, "decode", lambda text, kind: opened.append(kind) or decode(text, kind))
    judged = workshop.glance("atlas")
    store.close()
    assert judged.summary == whole is not None
    assert Edition not in opened
    assert opened
