"""Rows of the portfolio in, its pages out: one in each language of the agency, for the preview folder only."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Mapping

from jinja2 import Environment

from sitegen.formats import Words
from sitegen.messages import say
from sitegen.model.authored import Site
from sitegen.model.built import Artifact, PageJob
from sitegen.model.portfolio import Row, Rows, Standing, Summary
from sitegen.render import templates, urls

LAYOUT = "portfolio"
STANDINGS: tuple[Standing, ...] = ("late", "risk", "open", "well")
FRESH = (7, 31, 92)  # days up to which data are called fresh, by choice of the reader


def addresses(site: Site) -> Mapping[str, str]:
    """Where the portfolio lies, by language."""
    return {
        language: posixpath.join(urls.folder("", language, site.languages), f"{_named(language)}.html")
        for language in site.languages
    }


def _named(language: str) -> str:
    return Words(language).say(say("portfolio.slug"))


def jobs(found: Rows, site: Site) -> tuple[PageJob, ...]:
    """Its pages to be. The rows stay in their order; what they are sorted and filtered by is told with each."""
    places = addresses(site)
    countries = sorted({row.summary.country for row in found.rows if row.summary})
    common = {
        "site": site,
        "rows": tuple((row, sought(row)) for row in found.rows),
        "countries": countries,
        "standings": STANDINGS,
        "fresh": FRESH,
        "failed": sum(row.state == "failed" for row in found.rows),
    }
    homes = urls.first_pages("", site.languages)
    return tuple(
        PageJob(address, LAYOUT, language, LAYOUT, {**common, "home": homes[language]}, places)
        for language, address in places.items()
    )


def shared_page(job: PageJob, press: Environment) -> Artifact:
    """A page that belongs to no client, rendered."""
    return Artifact(job.address, templates.text(press, job, Words(job.language), {}).encode())


def sought(row: Row) -> Mapping[str, str]:
    """By what a row is found and sorted: words for filters, plain numbers and days for columns; an empty one is not
    known, and comes last in either direction."""
    told = row.summary
    if told is None:
        return {"standing": row.state, "signs": "", "country": "", **dict.fromkeys(_SORTED, "")}
    standings = Counter(line.standing for line in told.objectives)
    return {
        "standing": " ".join([row.state, *(standing for standing in STANDINGS if standings[standing])]),
        "signs": " ".join(_signs(told)),
        "country": told.country,
        "objectives": str(_weight(standings)) if told.objectives else "",
        "earned": repr(told.earned.value.value) if told.earned.value else "",
        "present": str(sum(sign.state == "present" for sign in told.signs)) if _known(told) else "",
        "data": told.data_until.isoformat() if told.data_until else "",
        "missing": str(sum(len(asked) for _, asked in told.missing)),
        "review": told.reviews[0].on.isoformat() if told.reviews else "",
    }


_SORTED = ("objectives", "earned", "present", "data", "missing", "review")


def _weight(standings: Mapping[Standing, int]) -> int:
    """One that is late weighs more than any number at risk, and so on."""
    late, risk, unknown = (min(standings.get(standing, 0), 99) for standing in STANDINGS[:3])
    return (late * 100 + risk) * 100 + unknown


def _signs(told: Summary) -> list[str]:
    """The signs that are present, and whether one is and whether one is not known."""
    present = [sign.id for sign in told.signs if sign.state == "present"]
    unknown = any(sign.state == "unknown" or sign.verdict == "unverifiable" for sign in told.signs)
    return [*present, *(["any"] if present else []), *(["unknown"] if unknown else [])]


def _known(told: Summary) -> bool:
    return any(sign.state != "unknown" for sign in told.signs)
