"""A portal with conversations and posts: what it says of them, and that nothing of a person gets anywhere."""

from __future__ import annotations

import csv
import html
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sitegen.build import site, workspace

SITE = Path(__file__).parent / "minimal-public"
TODAY = date(2026, 11, 20)
CANARIES = ("Zéphyrine Canarix", "+212 661-009988", "canarix@example.org", "@canarix_handle", "canarixsecret")
YAML = """
inbox:
  opening_hours: {mon-fri: "09:00-18:00"}
  promise: 2 h
  hours_per_week: 5
  handling_minutes: 6
content:
  questions: [{id: size, question: {fr: Quelle taille choisir, en: Which size to choose}}]
  keywords: [kimono]
"""


def inbox() -> Iterator[str]:
    """120 conversations over 12 weeks, of which every sixth got no answer; a person in every column that is not ours,
    and in cells that are no answer, no channel and no tone."""
    yield "Reçu le;Nom;Téléphone;E-mail;Compte;Message;Canal;Répondu;Délai de première réponse (min);Tonalité"
    for row in range(120):
        moment = datetime(2026, 8, 10, 10, tzinfo=UTC) + timedelta(hours=17 * row)
        told = ("non", "") if row % 6 == 0 else ("oui", str(30 + row % 5))
        yield ";".join((f"{moment:%Y-%m-%d %H:%M}", *CANARIES, "WhatsApp", *told, "négatif" if row % 3 else ""))
    yield ";".join(("2026-10-20 10:00", *CANARIES, CANARIES[3], "oui", "30", CANARIES[0]))


def posts() -> Iterator[str]:
    yield "date,tags,keywords,question,format,shares,reach,author,text"
    for row in range(60):
        day = date(2026, 7, 1) + timedelta(2 * row)
        tags, asked = ("citation", "") if row % 4 == 0 else (CANARIES[0], "size")
        text = f"notre kimono {CANARIES[4]}" if row % 2 else CANARIES[4]
        yield f"{day},{tags},{CANARIES[2]},{asked},photo,{row % 7},1000,{CANARIES[3]},{text}"
    yield f"2026-10-25,,{CANARIES[2]},{CANARIES[0]},{CANARIES[3]},1,100,,"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("evidence") / "site"
    shutil.copytree(SITE, root)
    folder = root / "data/atlas/evidence"
    folder.mkdir()
    (folder / "inbox.csv").write_text("\n".join(inbox()) + "\n", "utf-8")
    (folder / "posts.csv").write_text("\n".join(posts()) + "\n", "utf-8")
    with (root / "data/atlas/client.yaml").open("a", encoding="utf-8") as file:
        file.write(YAML)
    options = site.Options(TODAY, root / "output", root / "preview")
    assert site.build(workspace.opened(root), options, lambda message: None).failed == ()
    return root


def section(page: Path, id: str) -> str:
    """The words of a section."""
    found = re.search(rf'<section[^>]*aria-labelledby="{id}".*?</section>', page.read_text("utf-8"), re.DOTALL)
    assert found
    plain = html.unescape(re.sub(r"<[^>]+>", " ", found[0])).replace("\u00a0", " ").replace("\u202f", " ")
    return " ".join(plain.split())


def test_what_is_of_a_person_is_in_no_page_no_download_no_store_and_no_message(root: Path) -> None:
    """The canaries stand in every column that is not ours, and in ours where they do not belong."""
    command = [sys.executable, "-m", "sitegen", "check", "--lang", "en"]
    said = subprocess.run(command, cwd=root, capture_output=True, check=False)
    written = [file for file in root.rglob("*") if file.is_file() and "data" not in file.relative_to(root).parts[:1]]
    assert any(file.name == "store.sqlite" for file in written)
    texts = {str(file.relative_to(root)): file.read_bytes() for file in written}
    texts |= {"stdout": said.stdout, "stderr": said.stderr}
    assert b"evidence/inbox.csv" in said.stdout + said.stderr
    for canary in (*CANARIES, "Canarix", "canarix", "661-009988", "Zéphyrine", "Zéphyrine"):
        for form in {canary.encode(), html.escape(canary).encode(), canary.encode("unicode_escape")}:
            assert [name for name, text in texts.items() if form in text] == []


def test_the_page_tells_the_rate_the_median_and_the_work(root: Path) -> None:
    words = section(root / "output/atlas/en/diagnosis-and-action-plan.html", "inbox")
    assert "of conversations got an answer, and half of all had one within" in words
    assert "between" in words
    assert "(95% interval)" in words
    assert "Within the promised time (2 h)" in words
    assert "opening hours alone count" in words
    assert "Source: evidence/inbox.csv" in words
    assert "How is this computed?" in words


def test_the_page_tells_what_posts_are_about(root: Path) -> None:
    words = section(root / "output/atlas/diagnostic-et-plan-d-action.html", "posts")
    assert "des publications répondent à une question que posent les clients" in words
    assert "Quelle taille choisir" in words
    assert "Images" in words
    assert "Autres formats" in words


def test_the_download_has_the_numbers_and_the_register_the_files(root: Path) -> None:
    with (root / "output/atlas/downloads/en/numbers.csv").open(encoding="utf-8-sig") as file:
        rows = [row for row in csv.reader(file) if row[0] in ("inbox", "posts")]
    rates = {row[1]: row for row in rows}
    assert float(rates["conversations_received"][3]) > 100
    assert 0.8 < float(rates["response_rate"][3]) < 0.9
    assert float(rates["hours_available"][3]) == 5
    assert rates["posts_off_offer"][9] == "evidence/posts.csv"
    assert "evidence/inbox.csv" in (root / "output/atlas/en/data-and-method.html").read_text("utf-8")
