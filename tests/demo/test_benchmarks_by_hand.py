"""What the demo's competitors come to, computed from their lines alone: in the page, its table, the download and the
text beside the picture, in both languages."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from sitegen.formats import Words
from sitegen.messages import Quantity, Unit

ROOT = Path(__file__).parents[2]
PAGES = {"fr": "benchmark-et-analyse-croisee.html", "en": "en/benchmark-and-cross-analysis.html"}
COUNTRIES = {"atlas-jiu-jitsu": "MA", "wouri-gaz-solaire": "CM", "rivenord-cpa": "CA"}


def lines(client: str, name: str, first: str, last: str) -> list[dict[str, str]]:
    """The lines of a competitor from one day to another."""
    with (ROOT / "data" / client / "metrics/competitors.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["competitor"] == name and first <= row["date"] <= last]


def total(rows: list[dict[str, str]], metric: str) -> int:
    return sum(int(row[metric]) for row in rows)


def market() -> int:
    """Mentions of all in the four weeks from 5 October 2026."""
    with (ROOT / "data/wouri-gaz-solaire/metrics/mentions.csv").open(encoding="utf-8", newline="") as file:
        return sum(int(row["market_mentions"]) for row in csv.DictReader(file) if row["date"] >= "2026-10-05")


def engagement() -> float:
    """Rif's October: 28 of its 31 days have the same quotient."""
    (october,) = lines("atlas-jiu-jitsu", "Rif Grappling (fictif)", "2026-10-01", "2026-10-31")
    return int(october["interactions"]) / int(october["impressions"])


def share() -> float:
    weeks = lines("wouri-gaz-solaire", "Sanaga Gaz (fictif)", "2026-10-05", "2026-10-26")
    assert len(weeks) == 4
    return total(weeks, "mentions") / market()


def sentiment() -> float:
    weeks = lines("wouri-gaz-solaire", "Solaire du Littoral (fictif)", "2026-10-05", "2026-10-26")
    return (total(weeks, "mentions_positive") - total(weeks, "mentions_negative")) / total(weeks, "mentions")


def followers() -> float:
    (last,) = lines("rivenord-cpa", "Cabinet Boréal (fictif)", "2026-10-31", "2026-10-31")
    return float(last["followers"])


NUMBERS = {
    ("atlas-jiu-jitsu", "engagement_rate_impressions-tiktok", "Rif Grappling (fictif)"): (engagement(), Unit.RATE),
    ("wouri-gaz-solaire", "share_of_voice", "Sanaga Gaz (fictif)"): (share(), Unit.RATE),
    ("wouri-gaz-solaire", "net_sentiment", "Solaire du Littoral (fictif)"): (sentiment(), Unit.RATIO),
    ("rivenord-cpa", "followers-linkedin", "Cabinet Boréal (fictif)"): (followers(), Unit.COUNT),
}


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("told", NUMBERS, ids=lambda told: told[1])
def test_the_number_is_everywhere(demo: Path, told: tuple[str, str, str], language: str) -> None:
    client, figure, name = told
    value, unit = NUMBERS[told]
    portal = demo / "output" / client
    page = (portal / PAGES[language]).read_text("utf-8")
    shown = Words(language, COUNTRIES[client]).quantity(Quantity(value, unit))
    at = page.index(f'id="benchmark-{figure}"')
    block = page[at : page.index("</article>", at)]
    pieces = {
        "text": re.search(rf'id="benchmark-{figure}-text">(.*?)</p>', block, re.DOTALL),
        "picture": re.search(r"figure__drawing--wide(.*?)</svg>", block, re.DOTALL),
        "table": re.search(rf'<th scope="row">{re.escape(name)}</th><td class="num">(.*?)</td>', block),
        "method": re.search(r"details--method(.*)", block, re.DOTALL),
    }
    assert [piece for piece, found in pieces.items() if found is None or shown not in found[1]] == []
    with (portal / f"downloads/{language}/benchmark-{figure}.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = [row for row in csv.reader(file) if row[0] == name]
    assert float(row[1]) == pytest.approx(value, rel=1e-9)
