"""Invented rows of a portfolio, and the folder that a preview would hold of them: for tests, and to be looked at.

python -m tests.portfolios FOLDER [CLIENTS] [THEME]
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path

from sitegen import diagnose, read, render
from sitegen.build import workspace
from sitegen.errors import Problem
from sitegen.messages import Message, Period, Quantity, Text, Unit, say
from sitegen.model.authored import Agency, Site
from sitegen.model.built import Theme
from sitegen.model.computed import Status
from sitegen.model.portfolio import Earned, ObjectiveLine, Review, Row, Rows, SignLine, Summary

TODAY = date(2026, 11, 26)
COUNTRIES = ("MA", "SN", "FR", "CA", "CM", "BE")
KPIS = ("conversion_rate", "average_order_value", "net_sales", "response_rate", "leads", "followers")
NAMES = ("Atelier", "Maison", "Coopérative", "Éditions", "Librairie", "Ferme", "Comptoir", "Studio")
PLACES = ("des Oliviers", "du Port", "Zellige", "de l’Érable", "du Fleuve", "Baobab", "de la Dune", "Océane")
REASON = say("returns.reason.no_margin")
SITE = Site(agency=Agency(name="Agence fictive"), languages=("fr", "en"))


def summary(slug: str = "atlas", name: str = "Atlas", **changes: object) -> Summary:
    """A client of whom everything is known and nothing is wrong."""
    told: dict[str, object] = {
        "country": "MA",
        "access": "private",
        "status": "approved",
        "fictitious": True,
        "data_until": date(2026, 11, 20),
        "stopped": (),
        "objectives": (objective(Status.ON_TRACK),),
        "earned": earned(0.35),
        "signs": signs("absent", "absent", "absent"),
        "missing": (),
        "reviews": (Review(date(2026, 12, 31), "deadline", 0),),
        **changes,
    }
    return Summary(slug, name, **told)  # type: ignore[arg-type]


def objective(status: Status, kpi: str = "conversion_rate", title: str | None = None) -> ObjectiveLine:
    standing = diagnose.STANDINGS[status]
    return ObjectiveLine(Text.plain(title) if title else None, kpi, "+50%", status, standing, date(2026, 12, 31))


def earned(value: float | None, *without: Message) -> Earned:
    if value is None:
        return Earned(None, "claimed", None, reason=REASON)
    period = Period(date(2026, 1, 1), date(2026, 10, 31))
    return Earned(Quantity(value, Unit.CHANGE), "earned", period, without)


def signs(*states: str) -> tuple[SignLine, ...]:
    verdicts = {"present": "weak", "absent": "good", "unknown": "unverifiable"}
    return tuple(SignLine(f"S{n}", state, verdicts[state]) for n, state in enumerate(states, 1))  # type: ignore[arg-type]


def built(told: Summary) -> Row:
    return Row(told.slug, told.name, "built", told, (), {"fr": f"{told.slug}/index.html"})


def rows(count: int, seed: int = 7) -> Rows:
    """So many clients of every kind, what needs attention first."""
    dice = random.Random(seed)
    return Rows(tuple(sorted((_row(number, dice) for number in range(count)), key=diagnose.pressing)))


def _row(number: int, dice: random.Random) -> Row:
    slug = f"client-{number:03}"
    name = f"{dice.choice(NAMES)} {dice.choice(PLACES)} {number + 1}"
    told = _summary(slug, name, dice)
    if dice.random() < 0.03:
        problem = Problem(
            f"data/{slug}/client.yaml",
            12,
            3,
            say("problems.unknown_key", key="margn"),
            say("read.did_you_mean", name="margin"),
        )
        kept = told if dice.random() < 0.7 else None
        addresses = {"fr": f"{slug}/index.html"} if kept else {}
        return Row(slug, name, "failed", kept, (problem,), addresses)
    if dice.random() < 0.02:
        return Row(slug, name, "unbuilt")
    return built(told)


def _summary(slug: str, name: str, dice: random.Random) -> Summary:
    lines = tuple(
        objective(dice.choice(tuple(Status)), dice.choice(KPIS), dice.choice((None, None, "Vendre plus en ligne")))
        for _ in range(dice.choice((0, 1, 1, 2, 3)))
    )
    lacking = [say(f"portfolio.cost.{line}") for line in ("staff", "tools", "training") if dice.random() < 0.3]
    asked = [say("requests.margin"), say("requests.incrementality"), say("requests.budgets"), say("requests.no_data")]
    asked = [each for each in asked if dice.random() < 0.4]
    until = TODAY - timedelta(dice.choice((2, 3, 5, 9, 30, 45, 100, 400)))
    return summary(
        slug,
        name,
        country=dice.choice(COUNTRIES),
        access=dice.choice(("private", "private", "public")),
        status=dice.choice(("approved", "approved", "draft")),
        data_until=until if dice.random() < 0.95 else None,
        stopped=("exports/meta_ads.csv",) if dice.random() < 0.15 else (),
        objectives=lines,
        earned=earned(dice.choice((None, round(dice.uniform(-0.9, 3), 3))), *lacking),
        signs=signs(*(dice.choice(("present", "absent", "absent", "unknown")) for _ in range(3))),
        missing=(("money", tuple(asked)),) if asked else (),
        reviews=tuple(
            Review(TODAY + timedelta(dice.randrange(-20, 200)), "deadline", line) for line in range(len(lines))
        ),
    )


def theme(name: str = "default") -> Theme:
    found, problems = read.theme(name, [workspace.packaged("themes")])
    assert found is not None, problems
    return found


def written(folder: Path, found: Rows, name: str = "default") -> Path:
    """The portfolio's pages of both languages and all that they load, below `folder`."""
    style = theme(name)
    press = render.environment(style)
    pages = [render.shared_page(job, press) for job in render.portfolio_jobs(found, SITE)]
    for artifact in (*render.artifacts((), (), SITE, style, press, preview=True), *pages):
        (folder / artifact.address).parent.mkdir(parents=True, exist_ok=True)
        (folder / artifact.address).write_bytes(artifact.body)
    return folder


if __name__ == "__main__":
    given = sys.argv[2:]
    written(Path(sys.argv[1]), rows(int(given[0]) if given else 200), given[1] if given[1:] else "default")
