"""What a row is about: as declared, else as its dates tell, which is said."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from sitegen.errors import Problem, Severity
from sitegen.formats import Words

from .workspace import client, told

MONDAY = date(2026, 8, 31)
WORDS = Words("en")


def rows(dates: list[date], header: str = "contacts", channels: tuple[str, ...] = ("phone",)) -> str:
    return f"date,channel,{header}\n" + "".join(f"{day},{channel},7\n" for day in dates for channel in channels)


def read(root: Path, content: str, declared: str = "") -> tuple[str, tuple[Problem, ...]]:
    text = f"sources:\n  - {{file: crm.csv{declared}}}\n" if declared else ""
    dossier, problems = client(root, text, metrics__crm_csv=content)
    assert dossier is not None, told(problems)
    return dossier.records[0].grain, problems


def every(days: int, count: int) -> list[date]:
    return [MONDAY + timedelta(days * i) for i in range(count)]


MONTHS = [date(2026, month, 1) for month in (1, 2, 3)]


@pytest.mark.parametrize(
    ("dates", "grain"),
    [
        (every(7, 4), "week"),
        (every(7, 3), "day"),
        ([*every(7, 3), MONDAY + timedelta(70)], "week"),
        ([*every(7, 4), MONDAY + timedelta(23)], "day"),
        (every(1, 30), "day"),
        (MONTHS, "month"),
        (MONTHS[:2], "day"),
        ([*MONTHS, date(2026, 4, 2)], "day"),
        ([date(2026, month, 1) for month in (2, 3, 11)], "month"),  # three Sundays
    ],
)
def test_the_dates_tell_the_grain(tmp_path: Path, dates: list[date], grain: str) -> None:
    found, problems = read(tmp_path, rows(dates))
    assert found == grain
    assert told(problems) == ([] if grain == "day" else [f"metrics/crm.csv:0:0 grain_seen.{grain}?"])


def test_two_channels_do_not_make_two_weeks_four(tmp_path: Path) -> None:
    assert read(tmp_path, rows(every(7, 2), channels=("phone", "email")))[0] == "day"
    late = rows(every(7, 4)) + f"{MONDAY},email,3\n"
    assert read(tmp_path, late)[0] == "week"


def test_a_grain_that_was_seen_is_an_info_and_tells_how_to_declare_it(tmp_path: Path) -> None:
    _, (problem,) = read(tmp_path, rows(every(7, 4)))
    assert problem.severity is Severity.INFO
    assert problem.hint is not None
    assert WORDS.say(problem.hint).endswith("- file: metrics/crm.csv\n      grain: week")


@pytest.mark.parametrize("grain", ["day", "week", "month"])
def test_a_declared_grain_holds_without_a_word(tmp_path: Path, grain: str) -> None:
    assert read(tmp_path, rows(every(7, 4)), f", grain: {grain}") == (grain, ())


def test_stocks_have_days(tmp_path: Path) -> None:
    """A count of followers on each Monday is no count of a week."""
    assert read(tmp_path, rows(every(7, 8), "followers")) == ("day", ())
