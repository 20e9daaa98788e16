"""`sitegen answers`: what is asked, what is written, and that the rest of client.yaml stays as it is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitegen import cli
from sitegen.build import pipeline, workspace
from sitegen.commands import answers, as_found, new, sheet
from sitegen.errors import UsageError
from sitegen.formats import Words
from sitegen.model.authored import ANSWERS, Rubric

SITE = Path(__file__).parents[2] / "sites/minimal-public"
TODAY = date(2026, 11, 20)
EN = Words("en", "MA")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SITE, tmp_path / "site")
    return tmp_path / "site"


def asked(root: Path, *lines: str) -> tuple[answers.Asked, list[str]]:
    """The command with these lines typed; then the input ends."""
    typed: Iterator[str] = iter(lines)
    said: list[str] = []

    def asking(_: str) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    return answers.ask(root, "atlas", EN, asking, said.append), said


def text(root: Path) -> str:
    return (root / "data/atlas/client.yaml").read_text("utf-8")


def pending(root: Path) -> tuple[answers.Question, ...]:
    """What the command asks, of the rubric as the workspace sets it."""
    dossier = answers.opened(root, "atlas")
    return answers.pending(dossier.client, dossier.rubric)


def client(root: Path) -> answers.Client:
    return pipeline.dossier(root, "atlas", workspace.opened(root).site).client


def test_only_what_is_open_is_asked_most_decisive_first(root: Path) -> None:
    told = client(root)
    open_ones = pending(root)
    keys = [question.key for question in open_ones]
    assert keys
    assert set(keys) <= set(ANSWERS)
    assert [key for key in keys if getattr(told.answers, key).said != "unknown"] == []
    assert {"kpi_definitions", "margin_known", "cost_tracking"}.isdisjoint(keys)
    weights = [question.check.weight for question in open_ones]
    assert weights == sorted(weights, reverse=True)


def test_an_answer_changes_its_own_line_alone(root: Path) -> None:
    before = text(root)
    key = pending(root)[0].key
    found, _ = asked(root, "partly", "Attendance: list", "2026-03-12")
    assert found.answered == 1
    answer = getattr(client(root).answers, key)
    assert (answer.answer, answer.date) == ("partly", date(2026, 3, 12))
    assert answer.evidence.in_language("en") == "Attendance: list"
    lines = before.splitlines()
    changed = [line for line in lines if line not in text(root).splitlines()]
    assert all(line.startswith("answers:") for line in changed)
    assert [line for line in lines if "#" in line and line not in text(root)] == []


def test_what_is_skipped_stays_open_and_the_rest_goes_on_next_time(root: Path) -> None:
    first, second, *_ = (question.key for question in pending(root))
    found, _ = asked(root, "", "non", "q")
    assert found.answered == 1
    told = client(root).answers
    assert (getattr(told, first).said, getattr(told, second).said) == ("unknown", "no")
    again = [question.key for question in pending(root)]
    assert first in again
    assert second not in again


def test_leaving_in_the_middle_loses_nothing(root: Path) -> None:
    first, second, *_ = (question.key for question in pending(root))
    typed = iter(["no", "yes"])

    def asking(_: str) -> str:
        try:
            return next(typed)
        except StopIteration:
            raise KeyboardInterrupt from None

    found = answers.ask(root, "atlas", EN, asking, lambda _: None)
    told = client(root).answers
    assert found.answered == 1
    assert (getattr(told, first).said, getattr(told, second).said) == ("no", "unknown")
    assert list((root / "data/atlas").glob(".*")) == []


def test_what_cannot_be_understood_is_asked_again(root: Path) -> None:
    found, said = asked(root, "perhaps", "yes", "", "31 mars", "2026-03-31")
    assert found.answered == 1
    assert any("yes, partly or no" in line for line in said)
    assert any("2026-10-31" in line for line in said)


def test_a_question_that_does_not_apply_says_why(root: Path) -> None:
    first = pending(root)[0].key
    found, _ = asked(root, "not applicable", "not applicable: we sell in the shop")
    assert found.answered == 1
    told = getattr(client(root).answers, first)
    assert (told.said, told.not_applicable.in_language("en")) == ("not_applicable", "we sell in the shop")


def test_the_essential_pack_asks_its_own_questions_and_the_complete_one_all(root: Path) -> None:
    essential = [question.key for question in pending(root)]
    file = root / "data/atlas/client.yaml"
    file.write_text(text(root) + "rubric: {pack: complete, off: {A0.01: Hors de la mission}}\n", "utf-8")
    complete = [question.key for question in pending(root)]
    assert set(essential) < set(complete)
    assert "visual_charter" in complete
    assert "target_audience" not in complete


def test_a_new_file_tells_the_essential_questions_first() -> None:
    lines = answers.comments("en").splitlines()
    first, second = (lines.index(line) for line in lines if line.startswith("# Questions of the "))
    told = {line.split(":")[0].removeprefix("#  "): at for at, line in enumerate(lines) if line.endswith(": unknown")}
    assert first == 0
    assert set(told) == set(ANSWERS)
    essential = {question.key for question in answers.questions(Rubric(pack="essential"))}
    assert {key for key, at in told.items() if at < second} == essential
    assert "{pack: complete}" in lines[second]


def test_words_of_both_languages() -> None:
    assert answers.parsed("En partie") == {"answer": "partly"}
    assert answers.parsed("sans objet : jamais de presse") == {"not_applicable": "jamais de presse"}
    assert answers.parsed("ne s’applique pas: pas de service") == {"not_applicable": "pas de service"}
    assert answers.parsed("not applicable") is None
    assert answers.parsed("yes: since May") is None


def test_a_file_without_answers_gets_them(root: Path) -> None:
    file = root / "data/atlas/client.yaml"
    lines = [line for line in text(root).splitlines() if not line.startswith("answers:")]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    answers.write(file, "press_reference", {"not_applicable": "Jamais de presse"})
    assert client(root).answers.press_reference.said == "not_applicable"


def test_what_was_found_on_arrival_is_not_changed_by_answers(root: Path) -> None:
    as_found.record(root, "atlas", TODAY, None, replace=False)
    before = (root / "data/atlas/as_found.yaml").read_bytes()
    asked(root, "no", "no")
    assert (root / "data/atlas/as_found.yaml").read_bytes() == before


def test_the_sheet_asks_the_same_in_the_client_s_language(root: Path) -> None:
    file, count = sheet.write(root, "atlas", TODAY)
    page = file.read_text("utf-8")
    assert count == len(pending(root))
    assert page.count('class="question"') == count
    assert '<html lang="fr"' in page
    assert "ne s’applique pas" in page
    assert "http" not in page


def test_without_a_terminal_it_says_so(root: Path) -> None:
    found = CliRunner().invoke(cli.app, ["answers", "atlas", "--root", str(root), "--lang", "en"])
    assert found.exit_code == 2
    assert "needs a terminal" in found.output
    with pytest.raises(UsageError):
        answers.opened(root, "nobody")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_new_client_has_every_question_as_a_comment(root: Path, language: str) -> None:
    made = new.client(root, "nouveau", language)
    written = (root / "data/nouveau/client.yaml").read_text("utf-8")
    assert [q.key for q in answers.questions() if f"#  {q.key}: unknown\n" not in written] == []
    assert "⟦" not in written
    assert {"evidence/inbox.csv", "evidence/posts.csv"} <= set(made.files)
    switched = written.replace("#answers:", "answers:").replace("#  crm: unknown", "  crm: no")
    (root / "data/nouveau/client.yaml").write_text(switched, "utf-8")
    assert pipeline.dossier(root, "nouveau", workspace.opened(root).site).client.answers.crm.said == "no"
