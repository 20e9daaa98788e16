"""The firm's portal says what the hand calculation says, in Québec's words, and keeps to itself what is internal."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from sitegen.commands import requests
from sitegen.formats import Words
from sitegen.model.computed import Edition, Realism, Status
from tests.conftest import TODAY
from tests.demo import test_rivenord_by_hand as hand
from tests.unit.test_regions import BANNED

CLIENT = "rivenord-cpa"
NB, NNB = "\u00a0", "\u202f"


def text(page: Path) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page.read_text("utf-8")))


def test_the_returns_are_those_of_the_hand(edition: Edition) -> None:
    returns = edition.scorecard.returns
    assert returns.sales.value == pytest.approx(hand.crm("Honoraires signés", *hand.YEAR))
    assert {each.channel: each.spend.value for each in returns.channels} == pytest.approx(
        {channel: hand.spend(channel) for channel in hand.CHANNELS}
    )
    assert returns.total_cost.value == pytest.approx(hand.total_cost())
    assert returns.attributed_revenue.value == pytest.approx(hand.claimed())
    assert returns.new_customers.value == pytest.approx(hand.funnel()[-1])
    assert returns.acquisition_cost.value == pytest.approx(hand.total_cost() / hand.funnel()[-1])
    assert {each.channel: each.acquisition_cost.value for each in returns.channels} == pytest.approx(
        {channel: hand.acquisition_cost(channel) for channel in hand.CHANNELS}
    )
    assert returns.break_even_incrementality.value == pytest.approx(hand.total_cost() / (hand.claimed() * hand.MARGIN))


def test_no_return_is_told_as_additional_without_a_declared_share(edition: Edition) -> None:
    returns = edition.scorecard.returns
    assert (returns.incrementality, returns.roi_incremental.value, returns.roi.value) == (None, None, None)


def test_the_funnel_and_the_budgets_are_those_of_the_hand(edition: Edition) -> None:
    (funnel,) = edition.scorecard.funnels
    assert [stage.value for stage in funnel.stages] == pytest.approx(hand.funnel())
    budgets = {line.channel: line for line in edition.scorecard.returns.budgets}
    for channel in hand.CHANNELS:
        assert budgets[channel].due.value == pytest.approx(hand.planned(channel))
        assert budgets[channel].spent.value == pytest.approx(hand.spend(channel, "2026-01-01"))


def test_the_objectives_are_those_of_the_hand(edition: Edition) -> None:
    leads, cost, followers, fees = edition.scorecard.progress
    # 2024 was a leap year: laid on 365 days, its season lies a day beside that of the hand.
    assert (leads.baseline.value, leads.current.value, leads.pace) == (710, 784, pytest.approx(1.0340, abs=2e-3))
    assert cost.current.value == pytest.approx(hand.cost_per_lead())
    assert (followers.baseline.value, followers.current.value) == (425, hand.followers("2026-10-31"))
    assert fees.target == pytest.approx(100 * hand.crm("Honoraires signés", "2025-10-01", "2025-12-31"))
    assert [found.status for found in edition.assessments] == [
        Status.ON_TRACK, Status.ON_TRACK, Status.MISSED, Status.OFF_TRACK,
    ]  # fmt: skip


def test_three_thousand_followers_and_a_hundredfold_are_told_to_be_hardly_realistic(
    edition: Edition, portal: Path
) -> None:
    likely = {found.objective: found.realism for found in edition.assessments}
    assert likely["leads"] is Realism.REALISTIC
    assert (likely["followers"], likely["fees_x100"]) == (Realism.UNREALISTIC, Realism.UNREALISTIC)
    page = text(portal / "objectifs-et-roi.html")
    assert page.count("Peu réaliste") == 2
    assert f"Il faut +9{NNB}900{NB}%, plus du double de la meilleure progression passée" in page


SAID = {
    "index.html": [f"882{NNB}053{NB}$", f"143{NNB}817{NB}$", "784", f"129,00{NB}$", "432"],
    "en/index.html": ["$882,053", "$143,817", "784", "$129.00", "432"],
    "objectifs-et-roi.html": [f"28{NNB}571{NB}$", f"42{NNB}422{NB}$", f"764,99{NB}$", f"61,6{NB}%", f"57,4{NB}%"],
    "en/objectives-and-roi.html": ["$28,571", "$42,422", "$764.99", "61.6%", "57.4%"],
}


@pytest.mark.parametrize("page", SAID)
def test_the_pages_say_them(portal: Path, page: str) -> None:
    assert [number for number in SAID[page] if number not in text(portal / page)] == []


def test_quebec_pages_use_quebec_s_words_and_typography(portal: Path) -> None:
    """Articles are shared by all of French, so their narrow spaces before high marks stay."""
    pages = [page for page in portal.rglob("*.html") if "en" not in page.relative_to(portal).parts]
    assert len(pages) > 7
    assert {
        page.name: found for page in pages if (found := BANNED["fr-CA"].findall(text(page))) and found[0] != "TVA"
    } == {}
    own = [page for page in pages if page.parent.name != "conseils"]
    assert {page.name: found for page in own if (found := re.findall(rf"\w+{NNB}[;!?]", text(page)))} == {}


def test_quebec_s_english_pages_are_spelled_as_in_canada(portal: Path) -> None:
    pages = [page for page in (portal / "en").rglob("*.html") if page.parent.name != "advice"]
    assert {page.name: found for page in pages if (found := BANNED["en-CA"].findall(text(page)))} == {}
    assert "organization" in text(portal / "en/index.html").casefold()


def test_an_internal_note_and_an_internal_cost_are_on_no_page(portal: Path) -> None:
    everything = "".join(file.read_text("utf-8") for file in portal.rglob("*") if file.suffix in (".html", ".csv"))
    assert [
        told for told in ("de vive voix", "in person", "Outil de veille", "monitoring tool") if told in everything
    ] == []
    assert f"3{NNB}520{NB}$" in everything  # the tool that is open
    assert f"1{NNB}425{NB}$" in everything  # the other one, among the other costs


def test_what_nobody_answered_is_unknown_on_the_diagnosis_and_in_the_request(demo: Path, portal: Path) -> None:
    diagnosis = text(portal / "diagnostic-et-plan-d-action.html")
    letter = requests.letters(demo, CLIENT, TODAY)[0][0].text
    for key in ("training", "process_change", "decision_log", "service_contacts"):
        asked = Words("fr", "CA").say(requests.say(f"requests.answer.{key}"))
        assert asked in letter
    assert diagnosis.count("à renseigner") >= 4
    assert "questions sont encore sans réponse" in diagnosis


def test_every_page_says_that_the_client_is_fictitious(portal: Path) -> None:
    for page in portal.rglob("*.html"):
        words = "Fictitious client." if "en" in page.relative_to(portal).parts else "Client fictif."
        assert words in page.read_text("utf-8"), page


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (
            "objectifs-et-roi.html",
            ("Exercice 2025-2026 exercice entier", "Exercice 2026-2027 partie connue\u00a0: de mai à octobre 2026",
             f"378{NNB}435{NB}$ 309{NNB}748{NB}$ +22{NB}%", f"813{NNB}366{NB}$"),
        ),
        (
            "en/objectives-and-roi.html",
            ("Fiscal year 2025-2026 whole fiscal year", "Fiscal year 2026-2027 part that is known: May to October 2026",
             "$378,435 $309,748 +22%", "$813,366"),
        ),
    ],
)  # fmt: skip
def test_fiscal_years_that_begin_in_may_are_told_with_their_labels(
    portal: Path, page: str, said: tuple[str, ...]
) -> None:
    text = re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", "", (portal / page).read_text("utf-8")))
    assert [each for each in said if each not in text] == []
