"""Ten numbers of the demo, followed from the lines of a CSV to every place of the portals that says them.

Each is added up here by the csv module and arithmetic alone, and spelled here for readers of French and of English, in
Casablanca, Douala and Québec. The picture in both its widths, its table, its file, its text alternative, the page and
the download of all numbers must say that number and no other; uses nothing of sitegen.
"""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.demo import test_atlas_by_hand as atlas
from tests.demo import test_rivenord_by_hand as rivenord
from tests.demo import test_wouri_by_hand as wouri

NB, NNB = "\u00a0", "\u202f"
PAGES = {"fr": "objectifs-et-roi.html", "en": "en/objectives-and-roi.html"}
HOME = {"fr": "index.html", "en": "en/index.html"}

Spell = Callable[[float], str]


def french(value: float, digits: int = 0) -> str:
    return f"{value:,.{digits}f}".replace(",", NNB).replace(".", ",")


def english(value: float, digits: int = 0) -> str:
    return f"{value:,.{digits}f}"


def spelled(fr: str, en: str, *, digits: int = 0, times: float = 1.0) -> Mapping[str, Spell]:
    """How each language writes a number: `#` stands for its digits."""
    return {
        "fr": lambda value: fr.replace("#", french(value * times, digits)),
        "en": lambda value: en.replace("#", english(value * times, digits)),
    }


DIRHAMS = spelled(f"#{NB}DH", f"#{NB}DH")
DOLLARS = spelled(f"#{NB}$", "$#")
THOUSANDS = spelled(f"#{NB}KFCFA", f"#{NB}KFCFA", times=1e-3)
PLAIN = spelled("#", "#")
PERCENT = spelled(f"#{NB}%", "#%", digits=2, times=100)
SHARE = spelled(f"#{NB}%", "#%", digits=1, times=100)


@dataclass(frozen=True, slots=True)
class Followed:
    """One number: the client, its value by hand, how it is spelled, the picture that shows it on which pages.

    `row` and `column` are its place in the picture's table and file; `month` is how the file names the row where it is
    a month. `mark` is how the picture and its text alternative tell it (`alternative` where the two differ), `#`
    standing for the number; `explained` is how its method does. `download` are subject, metric and channel of its row
    among all numbers.
    """

    client: str
    value: Callable[[], float]
    spell: Mapping[str, Spell]
    figure: str
    row: Mapping[str, str]
    mark: Mapping[str, str]
    column: int = 1
    alternative: Mapping[str, str] | None = None
    month: str | None = None
    download: tuple[str, str, str] | None = None
    explained: Mapping[str, str] | None = None
    pages: tuple[str, ...] = ("objectives", "first")


def both(name: str) -> Mapping[str, str]:
    return {"fr": name, "en": name}


def spent(channel: str) -> Mapping[str, str]:
    return {"fr": f"{channel} (dépense #, valeur", "en": f"{channel} (spend #, value"}


NUMBERS = {
    "spend of a channel": Followed(
        "atlas-jiu-jitsu",
        lambda: atlas.export("google_ads", *atlas.YEAR)[0],
        DIRHAMS,
        "returns-channels",
        both("Google Ads"),
        spent("Google Ads"),
        download=("channel", "spend", "google_ads"),
        explained={"fr": f"Google Ads, dépenses publicitaires{NB}: # (", "en": "Google Ads, advertising spend: # ("},
    ),
    "sales that a platform claims": Followed(
        "atlas-jiu-jitsu",
        lambda: atlas.export("meta_ads", *atlas.YEAR)[2],
        DIRHAMS,
        "returns-channels",
        both("Meta Ads"),
        {"fr": f"Meta Ads (dépense 275{NNB}975{NB}DH, valeur #)", "en": f"Meta Ads (spend 275,975{NB}DH, value #)"},
        column=2,
        download=("channel", "conversion_value", "meta_ads"),
        explained={"fr": f"Meta Ads, valeur des conversions{NB}: # (", "en": "Meta Ads, conversion value: # ("},
    ),
    "what is left once the costs are paid": Followed(
        "atlas-jiu-jitsu",
        atlas.net,
        DIRHAMS,
        "returns-net",
        {"fr": "Résultat net", "en": "Net result"},
        {"fr": f"Résultat net{NB}: +#", "en": "Net result: +#"},
        download=("returns", "net", ""),
        explained={"fr": f"− 943{NNB}977{NB}DH = #.", "en": f"− 943,977{NB}DH = #."},
    ),
    "orders paid on delivery": Followed(
        "atlas-jiu-jitsu",
        lambda: atlas.funnel()[-1],
        PLAIN,
        "funnel-orders",
        {"fr": "Commandes encaissées", "en": "Orders paid"},
        {"fr": f"Commandes encaissées{NB}: #, ", "en": "Orders paid: #, "},
        download=("funnel orders", "orders_collected", ""),
        explained={"fr": f"Commandes encaissées{NB}: # (", "en": "Orders paid: # ("},
        pages=("objectives",),
    ),
    "share of the orders that is confirmed": Followed(
        "atlas-jiu-jitsu",
        lambda: atlas.funnel()[1] / atlas.funnel()[0],
        SHARE,
        "funnel-orders",
        {"fr": "Commandes confirmées", "en": "Orders confirmed"},
        {
            "fr": f"Commandes confirmées{NB}: 20{NNB}503, # de la première étape",
            "en": "Orders confirmed: 20,503, # of the first stage",
        },
        column=2,
        pages=("objectives",),
    ),
    "revenue of the best month": Followed(
        "atlas-jiu-jitsu",
        lambda: atlas.shop("2026-09-01", "2026-09-30")[2],
        DIRHAMS,
        "trend-revenue",
        {"fr": "septembre 2026", "en": "September 2026"},
        {"fr": f"Chiffre d’affaires, septembre 2026{NB}: #. ", "en": "Revenue, September 2026: #. "},
        alternative={"fr": f"Plus haute{NB}: # (septembre 2026)", "en": "Highest: # (September 2026)"},
        month="2026-09",
    ),
    "rate of an objective": Followed(
        "atlas-jiu-jitsu",
        lambda: atlas.conversion_rate("2026-08-09", "2026-10-31"),
        PERCENT,
        "objective-conversion_rate-bullet",
        {"fr": "Dernière mesure", "en": "Last measurement"},
        {"fr": f"Taux de conversion. Dernière mesure{NB}: #", "en": "Conversion rate. Last measurement: #"},
        download=("conversion_rate now", "conversion_rate", ""),
        explained={"fr": f"Dernière mesure{NB}: # (", "en": "Last measurement: # ("},
        pages=("first",),
    ),
    "spend in US dollars at two rates": Followed(
        "rivenord-cpa",
        lambda: rivenord.spend("google_ads"),
        DOLLARS,
        "returns-channels",
        both("Google Ads"),
        spent("Google Ads"),
        download=("channel", "spend", "google_ads"),
        explained={"fr": f"Google Ads, dépenses publicitaires{NB}: # (", "en": "Google Ads, advertising spend: # ("},
        pages=("objectives",),
    ),
    "leads of the CRM": Followed(
        "rivenord-cpa",
        lambda: rivenord.funnel()[0],
        PLAIN,
        "funnel-leads",
        {"fr": "Demandes de contact", "en": "Leads"},
        {"fr": f"Demandes de contact{NB}: #", "en": "Leads: #"},
        download=("funnel leads", "leads", ""),
        explained={"fr": f"Demandes de contact{NB}: # (", "en": "Leads: # ("},
    ),
    "spend in thousands of francs": Followed(
        "wouri-gaz-solaire",
        lambda: wouri.meta("Montant dépensé (XAF)", wouri.YEAR),
        THOUSANDS,
        "returns-channels",
        both("Meta Ads"),
        spent("Meta Ads"),
        download=("channel", "spend", "meta_ads"),
        explained={"fr": f"Meta Ads, dépenses publicitaires{NB}: # (", "en": "Meta Ads, advertising spend: # ("},
        pages=("objectives",),
    ),
}
ADDRESSES = {"objectives": PAGES, "first": HOME}


# ---------------------------------------------------------------- what a portal says


def words(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup)).strip()


def pictured(page: str, name: str) -> str:
    """The figure's part of the page."""
    found = re.search(rf'<figure[^>]*id="{re.escape(name)}".*?</figure>', page, re.DOTALL)
    assert found, name
    return found[0]


def in_table(shown: str, row: str, column: int) -> list[str]:
    rows = re.findall(r"<tr>(.*?)</tr>", shown, re.DOTALL)
    cells = [[words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", each, re.DOTALL)] for each in rows]
    return [each[column] for each in cells if each[0] == row]


def sheet(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def surfaces(page: str, number: Followed, language: str) -> dict[str, bool]:
    """Each place of a page that has to say the number → whether it does."""
    spelling = number.spell[language](number.value())
    shown = pictured(page, number.figure)
    wide, narrow = re.findall(r"<svg.*?</svg>", shown, re.DOTALL)
    alternative = re.search(rf'id="{re.escape(number.figure)}-text">(.*?)</p>', shown, re.DOTALL)
    assert alternative
    mark = number.mark[language].replace("#", spelling)
    other = (number.alternative or number.mark)[language].replace("#", spelling)
    beside = page.replace(shown, shown[shown.rindex("</table>") :])  # without drawing, alternative and table
    found = {
        "wide picture": any(each.startswith(mark) for each in tips(wide)),
        "narrow picture": any(each.startswith(mark) for each in tips(narrow)),
        "text alternative": other in words(alternative[1]),
        "table": in_table(shown, number.row[language], number.column) == [spelling],
    }
    if number.explained is None:
        return found
    return {**found, "method": number.explained[language].replace("#", spelling) in words(beside)}


def tips(svg: str) -> list[str]:
    """What a drawing tells of each mark, when it is pointed at and without scripts."""
    return [html.unescape(each) for each in re.findall(r'data-tip="(.*?)"', svg)]


def files(portal: Path, number: Followed, language: str) -> dict[str, bool]:
    """Each download that has to hold the number → whether it does."""
    folder, value = portal / "downloads" / language, pytest.approx(number.value(), rel=1e-10)
    row = number.month or number.row[language]
    own = [float(line[number.column]) for line in sheet(folder / f"{number.figure}.csv") if line[0] == row]
    found = {"file of the picture": own == [value]}
    if number.download is None:
        return found
    told = [float(line[3]) for line in sheet(folder / "numbers.csv") if tuple(line[:3]) == number.download]
    return {**found, "all numbers": told == [value]}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_the_same_from_its_lines_to_every_place_that_says_it(demo: Path, name: str, language: str) -> None:
    number = NUMBERS[name]
    portal = demo / "output" / number.client
    found = files(portal, number, language)
    for page in number.pages:
        text = (portal / ADDRESSES[page][language]).read_text("utf-8")
        found |= {f"{page}: {place}": right for place, right in surfaces(text, number, language).items()}
    assert [place for place, right in found.items() if not right] == []


@pytest.mark.parametrize("name", NUMBERS)
def test_any_place_that_said_another_number_would_be_seen(demo: Path, name: str) -> None:
    """Were the number another one, every place would be found wrong."""
    number = NUMBERS[name]
    other = replace(number, value=lambda: number.value() * 1.01)
    portal = demo / "output" / number.client
    page = (portal / ADDRESSES[number.pages[0]]["fr"]).read_text("utf-8")
    assert not any((files(portal, other, "fr") | surfaces(page, other, "fr")).values())


def test_there_are_ten() -> None:
    assert len(NUMBERS) == 10
    assert {number.client for number in NUMBERS.values()} == {"atlas-jiu-jitsu", "rivenord-cpa", "wouri-gaz-solaire"}
