"""What is shown while the files change: the bytes of a clean build, or the last good ones beside what is wrong."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from sitegen.build import site, workspace
from sitegen.build.options import Options
from sitegen.commands import freeze
from sitegen.preview.live import Session

TODAY = date(2026, 11, 20)
FIRST, ARTICLE, DATA = "atlas/index.html", "atlas/conseils/choisir-ses-kpi.html", "atlas/donnees-et-methode.html"
CLIENT, NOTE, CSV = "data/atlas/client.yaml", "data/atlas/notes/synthesis.md", "data/atlas/metrics/site.csv"
THEME, LAYOUT, STYLE = "themes/own/theme.yaml", "themes/own/layouts/article.html", "themes/own/assets/css/own.css"
TEXT = "content/fr/choisir-ses-kpi.md"
ROOT = Path(__file__).parents[3]


@pytest.fixture
def root(small: Callable[[Path], Path], tmp_path: Path) -> Path:
    """A private client, a theme and an article of the workspace's own."""
    root = small(tmp_path / "Agence d’été")
    write(root, CLIENT, lambda text: text.replace("access: public", "access: private"))
    write(root, "config.yaml", lambda text: text + "theme: own\n")
    write(root, THEME, lambda _: "name: own\nextends: default\n")
    write(root, LAYOUT, lambda _: (ROOT / "themes/default/layouts/article.html").read_text("utf-8"))
    write(root, STYLE, lambda _: ".own { color: red }\n")
    write(root, TEXT, lambda _: (ROOT / TEXT).read_text("utf-8"))
    write(root, NOTE, lambda _: "Un premier mot.\n")
    return root


@pytest.fixture
def session(root: Path) -> Iterator[Session]:
    session = Session(root, TODAY)
    yield session
    session.close()


def write(root: Path, path: str, change: Callable[[str], str]) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(change(file.read_text("utf-8") if file.exists() else ""), "utf-8")


def edit(session: Session, root: Path, path: str, change: Callable[[str], str]) -> None:
    write(root, path, change)
    session.changed([path])


def built(root: Path, folder: Path) -> dict[str, bytes]:
    """The preview folder of a build that remembers nothing, by address."""
    fresh = Path(shutil.copytree(root, folder / "fresh", ignore=shutil.ignore_patterns(".sitegen")))
    options = Options(TODAY, fresh / "output", fresh / "preview", jobs=1)
    assert site.build(workspace.opened(fresh), options, lambda message: None).failed == ()
    files = [file for file in (fresh / "preview").rglob("*") if file.is_file()]
    found = {file.relative_to(fresh / "preview").as_posix(): file.read_bytes() for file in files}
    return {address: body for address, body in found.items() if not address.startswith((".sitegen", "manifest"))}


EDITS: list[tuple[str, Callable[[str], str]]] = [
    (NOTE, lambda text: text + "Un autre mot.\n"),
    (TEXT, lambda text: text + "\nUne phrase de plus.\n"),
    (STYLE, lambda text: text + ".more { color: blue }\n"),
    (LAYOUT, lambda text: text.replace("<article", '<article data-edited="yes"', 1) + "\n"),
    (CSV, lambda text: "\n".join(text.splitlines()[:-1]) + "\n"),
    (CLIENT, lambda text: text.replace("Jiu-Jitsu", "Judo")),
    ("config.yaml", lambda text: text.replace("Agence Essai", "Agence Autre")),
]


def test_after_every_kind_of_edit_the_bytes_are_those_of_a_clean_build(
    session: Session, root: Path, tmp_path: Path
) -> None:
    for path, change in EDITS:
        session.shown(FIRST), session.shown(ARTICLE), session.shown("index.html")
        edit(session, root, path, change)
        list(session.rest())
    expected = built(root, tmp_path)
    assert len(expected) > 20
    shown = {address: session.shown(address) for address in expected}
    assert [address for address in expected if shown[address].body != expected[address]] == []
    assert {each.problems for each in shown.values()} == {()}


@pytest.mark.parametrize(
    ("path", "page", "solid", "sheets"),
    [
        (NOTE, FIRST, True, False),
        (NOTE, ARTICLE, False, False),
        (TEXT, ARTICLE, True, False),
        (TEXT, FIRST, False, False),
        (STYLE, FIRST, False, True),
        (LAYOUT, ARTICLE, True, False),
        (LAYOUT, FIRST, False, False),
        (CSV, DATA, True, False),
        (CLIENT, "index.html", True, False),
        ("config.yaml", ARTICLE, True, False),
    ],
)
def test_a_page_becomes_another_one_exactly_when_its_own_files_change(
    session: Session, root: Path, path: str, page: str, solid: bool, sheets: bool
) -> None:
    before = session.shown(page)
    edit(session, root, path, dict(EDITS)[path])
    after = session.shown(page)
    assert (after.solid != before.solid, after.sheets != before.sheets) == (solid, sheets)


@pytest.mark.parametrize(
    ("path", "page", "change", "line"),
    [
        (CLIENT, FIRST, lambda text: text.replace("margin:", "margn:"), 7),
        (CLIENT, FIRST, lambda text: text.replace("country: MA", "country: [MA"), 2),
        ("config.yaml", FIRST, lambda text: text.replace("languages:", "langages:"), 4),
        (TEXT, FIRST, lambda text: text.replace("title:", "titel:"), 2),
        (LAYOUT, ARTICLE, lambda text: "\n{% blck main %}\n" + text, 2),
        (LAYOUT, ARTICLE, lambda text: text.replace("{{ article.title }}", "{{ no_such.thing }}", 1), 2),
    ],
)
def test_the_last_good_page_stays_beside_the_problem_and_its_line(
    session: Session, root: Path, path: str, page: str, change: Callable[[str], str], line: int
) -> None:
    good, text = session.shown(page), (root / path).read_text("utf-8")
    assert change(text) != text
    edit(session, root, path, change)
    wrong = session.shown(page)
    assert (wrong.body, wrong.solid) == (good.body, good.solid)
    assert [(problem.path, abs(problem.line - line) <= 1) for problem in wrong.problems][:1] == [(path, True)]
    edit(session, root, path, lambda _: text)
    assert session.shown(page) == good


def test_a_page_that_never_was_good_has_only_its_problems(root: Path) -> None:
    write(root, CLIENT, lambda text: text.replace("margin:", "margn:"))
    session = Session(root, TODAY)
    assert session.shown(FIRST).body is None
    assert session.shown(FIRST).problems[0].path == CLIENT
    assert session.shown("index.html").problems == ()
    session.close()


def test_a_workspace_that_cannot_be_opened_is_opened_when_it_is_mended(root: Path) -> None:
    text = (root / "config.yaml").read_text("utf-8")
    (root / "config.yaml").write_text("agency: [")
    session = Session(root, TODAY)
    assert session.shown(FIRST).problems[0].path == "config.yaml"
    edit(session, root, "config.yaml", lambda _: text)
    assert session.shown(FIRST).found
    assert session.shown(FIRST).problems == ()
    session.close()


def test_a_renamed_client_is_found_at_its_new_address_only(session: Session, root: Path) -> None:
    assert session.shown(FIRST).found
    (root / "data/atlas").rename(root / "data/hercules")
    session.changed(["data/atlas", "data/hercules"])
    assert not session.shown(FIRST).found
    assert session.shown("hercules/index.html").found
    assert b"hercules/index.html" in (session.shown("index.html").body or b"")


def test_a_deleted_theme_is_a_problem_and_the_pages_stay(session: Session, root: Path) -> None:
    good = session.shown(FIRST)
    shutil.rmtree(root / "themes")
    session.changed(["themes"])
    gone = session.shown(FIRST)
    assert gone.body == good.body
    assert gone.problems != ()
    assert session.shown("assets/site.css").body is not None


def test_a_client_without_its_file_keeps_its_pages_and_says_so(session: Session, root: Path) -> None:
    good = session.shown(FIRST)
    (root / CLIENT).unlink()
    session.changed([CLIENT])
    assert session.shown(FIRST).body == good.body
    assert [problem.message.key for problem in session.shown(FIRST).problems] == ["read.no_client_file"]


def test_a_fault_of_a_page_that_nobody_asked_for_is_told_to_its_client(session: Session, root: Path) -> None:
    session.shown(FIRST)
    edit(session, root, LAYOUT, lambda text: text.replace("{{ article.title }}", "{{ no_such.thing }}", 1))
    assert session.shown(FIRST).problems == ()
    assert "atlas" in list(session.rest())
    assert session.shown(FIRST).problems[0].path == LAYOUT


def test_the_page_that_is_asked_for_waits_for_no_other(session: Session, root: Path) -> None:
    session.shown(FIRST)
    rest = session.rest()
    next(rest)
    edit(session, root, NOTE, lambda text: text + "Un autre mot.\n")
    assert b"Un autre mot." in (session.shown(FIRST).body or b"")


def test_nothing_is_written_but_the_store(session: Session, root: Path) -> None:
    session.shown(FIRST), session.shown("index.html")
    list(session.rest())
    assert sorted(each.name for each in root.iterdir()) == [".sitegen", "config.yaml", "content", "data", "themes"]


def test_a_comment_that_cannot_stand_is_told_and_its_mending_is_shown(session: Session, root: Path) -> None:
    session.shown(FIRST)
    edit(session, root, NOTE, lambda text: text + "Un autre mot.\n")
    session.shown(FIRST)
    edit(session, root, NOTE, lambda text: text + "mot " * 3000)
    assert [problem.path for problem in session.shown(FIRST).problems] == [NOTE]
    edit(session, root, NOTE, lambda _: "Enfin.\n")
    assert b"Enfin." in (session.shown(FIRST).body or b"")


# ---------------------------------------------------------------- the portfolio

OVERVIEW = "portefeuille.html"


def text(session: Session, address: str = OVERVIEW) -> str:
    return (session.shown(address).body or b"").decode()


def test_the_portfolio_follows_each_client_and_the_home_leads_to_it(session: Session, root: Path) -> None:
    assert f'href="{OVERVIEW}"' in text(session, "index.html")
    before = session.shown(OVERVIEW)
    assert b"Atlas Jiu-Jitsu" in (before.body or b"")
    edit(session, root, NOTE, lambda text: text + "Un autre mot.\n")
    assert session.shown(OVERVIEW).solid == before.solid
    edit(session, root, CLIENT, lambda text: text.replace("Jiu-Jitsu", "Judo"))
    assert session.shown(OVERVIEW).solid != before.solid
    assert "Atlas Judo" in text(session)
    assert "Atlas Judo" in text(session, "en/portfolio.html")


def test_a_client_that_fails_stays_in_the_portfolio_with_its_last_state_until_it_is_mended(
    session: Session, root: Path
) -> None:
    good, yaml = text(session), (root / CLIENT).read_text("utf-8")
    edit(session, root, CLIENT, lambda text: text.replace("margin:", "margn:"))
    line = yaml[: yaml.index("margin:")].count("\n") + 1
    assert f"{CLIENT}:{line}:1" in text(session)
    assert 'datetime="2026-10-31"' in text(session)
    assert 'href="atlas/index.html"' in text(session)
    assert session.shown(OVERVIEW).problems == ()
    edit(session, root, CLIENT, lambda _: yaml)
    assert text(session) == good


def test_what_the_last_build_told_stands_in_for_a_client_that_fails_from_the_beginning(root: Path) -> None:
    options = Options(TODAY, root / "output", root / "preview", jobs=1)
    site.build(workspace.opened(root), options, lambda message: None)
    write(root, CLIENT, lambda text: text.replace("margin:", "margn:"))
    session = Session(root, TODAY)
    assert 'datetime="2026-10-31"' in text(session)
    session.close()
    shutil.rmtree(root / "preview")
    alone = Session(root, TODAY)
    assert CLIENT in text(alone)
    assert 'datetime="2026-10-31"' not in text(alone)
    alone.close()


def test_frozen_editions_and_prints_are_served_as_a_build_writes_them(root: Path, tmp_path: Path) -> None:
    freeze.freeze(root, "atlas", "2026-09", TODAY)
    session = Session(root, TODAY)
    expected = built(root, tmp_path)
    addresses = [
        name for name in expected if name.startswith("atlas/2026-09/") or "/imprimer/" in name or "/print/" in name
    ]
    assert len(addresses) > 20
    for address in addresses:
        shown = session.shown(address)
        assert shown.problems == ()
        assert shown.body == expected[address], address
    assert not session.shown("atlas/2026-08/index.html").found
    session.close()


def test_an_edition_that_is_frozen_while_the_preview_runs_shows_at_once(session: Session, root: Path) -> None:
    assert not session.shown("atlas/2026-09/index.html").found
    stored = freeze.freeze(root, "atlas", "2026-09", TODAY)
    session.changed([stored.path, "data/atlas/editions/shared.json"])
    assert session.shown("atlas/2026-09/index.html").found
    assert b"atlas/2026-09" not in (session.shown(FIRST).body or b"")
    assert b"2026-09/index.html" in (session.shown(FIRST).body or b"")
