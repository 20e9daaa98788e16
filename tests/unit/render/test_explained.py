"""Each picture tells on demand how its numbers came about: formula, period, files, days known (METHODS §1, §3, §5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from sitegen import draw
from sitegen.diagnose.signs import section
from sitegen.formats import NBSP, Words
from sitegen.measure import crossing, sampling
from sitegen.measure.crossings import LAGS
from sitegen.messages import Message, say
from sitegen.model.computed import CheckResult, Link, Sign
from sitegen.render import explained
from tests.unit.draw import editions

EN, FR = Words("en", "MA"), Words("fr", "MA")


def told(lines: Iterable[Message], words: Words = EN) -> list[str]:
    return [words.say(line).replace(NBSP, " ") for line in lines]


def test_every_picture_has_its_method_but_those_of_objectives_whose_section_tells_it() -> None:
    edition = editions.whole()
    figures = explained.with_methods(edition, draw.figures(edition))
    without = {each.subject for each in figures if not each.method}
    told_of = {each.subject for each in figures if each.method}
    assert (without, told_of) == ({"progress"}, {"returns", "trends", "crossing"})
    for words in (EN, FR):
        assert all(told(each.method, words) for each in figures if each.method)


def test_a_number_tells_its_period_files_and_known_days() -> None:
    number = replace(editions.measurement("spend", 402_000.0), coverage=0.975, sources=("data/shop/a.csv", "b.csv"))
    assert told(explained.address(number, "shop")) == [
        "Advertising spend: 402,000 DH (4 to 31 October 2026), read from a.csv and b.csv; days known: 97.5%."
    ]
    (said,) = told(explained.address(number, "shop"), FR)
    assert said.startswith("Dépenses publicitaires : 402\u202f000 DH (du 4 au 31 octobre 2026), lu dans a.csv et b.csv")
    assert said.endswith("jours connus : 97,5 %.")
    assert told(explained.address(replace(number, coverage=None, sources=()), "shop")) == [
        "Advertising spend: 402,000 DH (4 to 31 October 2026)."
    ]
    assert told(explained.address(editions.measurement("spend", None), "shop")) == []


def test_a_trend_tells_both_its_windows_and_their_quotient() -> None:
    edition = editions.edition(comparisons=(editions.comparison("conversion_rate", 0.0258, 0.0222),))
    lines = told(dict(explained._figures(edition))["trend-conversion_rate"])
    assert lines[1] == "Calculation: transactions ÷ sessions, over the whole period."
    assert lines[-1] == "Change in a year = 2.58% − 2.22% = +0.36 points, worked out before rounding."


def test_a_channels_quotients_show_both_their_sides() -> None:
    ads = editions.channel("meta_ads", 200.0, 900.0)
    ads = replace(ads, roas=replace(ads.roas, numerator=900.0, denominator=200.0))
    lines = told(dict(explained._figures(editions.edition(channels=(ads,))))["returns-channels"])
    quotient = "conversion value ÷ advertising spend = 900.00 DH ÷ 200.00 DH = 4.50, on the days that tell both."
    assert f"Meta Ads, ROAS = {quotient}" in lines


def test_an_objective_tells_where_its_start_and_its_last_value_come_from_and_how_its_forecast_was_made() -> None:
    ahead = editions.outlook(
        seasonal=True, strength=0.6, weights=(("ses", 0.25), ("seasonal_difference", 0.75)), paths=2000
    )
    lines = told(explained.progress_addresses(editions.progress(outlook=ahead), "shop"))
    start, last, mixed, season, share = lines
    assert start == "Start (on record): 2.01% (4 to 31 October 2026), read from exports/shop.csv."
    assert last == "Last measurement: 2.58% (4 to 31 October 2026), read from exports/shop.csv."
    assert mixed.startswith("The forecast starts from the last 75 weeks that are complete")
    assert "exponential smoothing (25%) and the difference from the same period a year earlier (75%)." in mixed
    assert season.startswith("The season seen, kept at 60% since part of it is mere chance")
    assert share.startswith("2,000 possible courses")
    assert "the middle one comes to 2.68%, eight in ten to between 2.49% and 2.89%" in share
    assert "reach the target of 3.02%" in share
    assert len(told(explained.progress_addresses(editions.progress(), "shop"))) == 2  # no forecast, no method of one


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (Link("link", 104, 82, 1, 0.551, (0.379, 0.686), 1e-7, 1e-6), "p below 0.001, and p below 0.001 once"),
        (Link("no_link", 104, 82, 1, 0.177, (-0.04, 0.38), 0.112, 0.561), "p = 0.11, and p = 0.56 once"),
        (Link("insufficient", 28, 17), "28 weeks, of which 17 count"),
    ],
)
def test_a_crossing_tells_what_was_taken_out_and_how_sure_it_is(link: Link, said: str) -> None:
    lines = told(explained._crossing(editions.crossing(link=link), "shop"))
    assert said in lines[1]
    assert lines[-1] == "Read from metrics/social.csv."
    assert not any("cause" in line.casefold() for line in lines)


def test_the_figures_in_the_sentences_are_those_that_are_computed_with() -> None:
    """Words that tell a constant of the measurement; whoever changes it changes them."""
    assert (sampling.DRAWS, sampling.BLOCK, sampling.SHARE) == (5000, 3, 0.90)
    assert (crossing.SIGNIFICANT, crossing.STRONG_ENOUGH, crossing.FEWEST) == (0.05, 0.30, 20)
    assert LAGS == {"week": 4, "month": 2}


def test_a_sign_tells_the_weights_of_its_questions() -> None:
    """METHODS §7: 12 points of 17 known ones, of 19 in all."""
    answers = ((3, 1.0), (3, 0.5), (2, 1.0), (2, 0.0), (3, 1.0), (3, 0.5), (1, 1.0), (2, None))
    checks = tuple(
        CheckResult("S1.01", weight, "crm", score, "unknown" if score is None else "scored", "answer", say("pages.why"))
        for weight, score in answers
    )
    left_out = replace(checks[0], score=None, state="not_applicable")
    found = Sign("S1", "absent", say("pages.why"), section((*checks, left_out)))
    line = explained.sign(found)
    assert line is not None
    (said,) = told([line])
    assert said.startswith("Result = points earned ÷ weight of the questions that are known = 12 ÷ 17 = 70.6%.")
    assert said.endswith("= 17 ÷ 19 = 89.5%.")
    assert explained.sign(replace(found, section=section(()))) is None
