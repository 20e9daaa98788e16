"""The invented conversations and posts of the demo distributor: what its desk counts, told one by one.

Each week has as many written conversations, answers and answers in time as its metrics/messages.csv, so that the two
files agree. Nobody writes in them: they hold moments, channels and tones alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from scripts.demo_tables import Noise, Row

T = TypeVar("T")

WEEKS = 12  # of conversations
PROMISE = 240  # opening minutes
OPENS, CLOSES, SATURDAY = 8 * 60, 18 * 60, 13 * 60
NAMES = {"whatsapp": "WhatsApp", "facebook": "Messenger", "email": "E-mail"}
TONES = (("positif", 0.34), ("neutre", 0.49), ("négatif", 0.17))
THEMES = (  # tag, question, words, weight
    ("kit solaire", "autonomie", "kit solaire, panneau", 5),
    ("gaz", "livraison", "gaz à domicile, livraison", 5),
    ("sécurité", "securite", "bouteille de gaz", 3),
    ("prix", "prix", "kit solaire", 3),
    ("équipe", "", "", 2),
    ("citation", "", "", 3),
    ("vœux", "", "", 1),
)
FORMATS = ("photo", "carrousel", "vidéo", "reel")


def inbox_table(messages: Iterable[Row], last: date, noise: Noise) -> Iterator[Row]:
    """A row for each conversation of the last weeks of `messages`, the rows of metrics/messages.csv."""
    yield ("reçu le", "canal", "répondu le", "tonalité")
    first = last - timedelta(7 * WEEKS - 1)
    for day, channel, received, answered, in_time, _ in messages:
        monday = date.fromisoformat(str(day))
        if monday >= first:
            yield from _week(monday, str(channel), (int(received), int(answered), int(in_time)), noise)


def _week(monday: date, channel: str, counts: tuple[int, int, int], noise: Noise) -> Iterator[Row]:
    received, answered, in_time = counts
    told = []
    for number in range(received):
        moment = _moment(monday, _uniform(noise))
        if number < in_time:
            wait: float | None = 4 + (PROMISE - 6) * _uniform(noise) ** 2.2
        elif number < answered:
            wait = PROMISE + 5 + 600 * _uniform(noise) ** 2
        else:
            wait = None
        end = _later(moment, wait).isoformat(" ", "minutes") if wait is not None else ""
        told.append((moment.isoformat(" ", "minutes"), NAMES[channel], end, _one_of(TONES, noise)))
    yield from sorted(told)


def posts_table(last: date, noise: Noise) -> Iterator[Row]:
    """Three posts planned a week for a year, of which some are not published."""
    yield (
        *("date", "prévu", "canal", "étiquettes", "mots-clés", "question", "format"),
        *("emplacement", "partages", "portée"),
    )
    for week in range(52):
        for weekday in (1, 3, 5):
            planned = last - timedelta(7 * (52 - week) - 1) + timedelta(weekday)
            tag, question, words = _one_of(tuple(((t, q, w), float(n)) for t, q, w, n in THEMES), noise)
            form = FORMATS[int(_uniform(noise) * len(FORMATS))]
            reach = round(noise.about(900 + 9 * week, 0.18))
            useful = 0.011 if question else 0.005
            shares = noise.count(reach * useful * (1.35 if form == "reel" else 1.0))
            done = _uniform(noise) < 0.9
            told = (planned.isoformat() if done else "", planned.isoformat(), "Facebook", tag, words, question, form)
            yield (*told, "reels" if form == "reel" else "fil", *((shares, reach) if done else ("", "")))


def _uniform(noise: Noise) -> float:
    """A number from 0 up to 1, out of the bell-shaped stream."""
    return abs(noise.normal() * 997.0) % 1


def _one_of(choices: Sequence[tuple[T, float]], noise: Noise) -> T:
    at = _uniform(noise) * sum(weight for _, weight in choices)
    for choice, weight in choices:
        at -= weight
        if at < 0:
            return choice
    return choices[-1][0]


def _moment(monday: date, share: float) -> datetime:
    """A moment within the opening hours of the week."""
    minutes = int(share * (5 * (CLOSES - OPENS) + SATURDAY - OPENS - 1))
    day, rest = divmod(minutes, CLOSES - OPENS)
    return datetime.combine(monday + timedelta(day), datetime.min.time()) + timedelta(minutes=OPENS + rest)


def _later(moment: datetime, opening: float) -> datetime:
    """So many opening minutes after `moment`."""
    left = round(opening)
    while True:
        closes = {6: 0, 5: SATURDAY}.get(moment.weekday(), CLOSES)
        here = max(moment.hour * 60 + moment.minute, OPENS)
        if here + left <= closes:
            return datetime.combine(moment.date(), datetime.min.time()) + timedelta(minutes=here + left)
        left -= max(0, closes - here)
        moment = datetime.combine(moment.date() + timedelta(1), datetime.min.time())
