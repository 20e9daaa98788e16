"""A metric that means something else from a day on is told, and other modules can ask for the day."""

from __future__ import annotations

from datetime import date, timedelta

from sitegen.measure import breaks
from sitegen.measure.quality import notices
from sitegen.messages import Message, Text
from sitegen.model.facts import Dossier, Records

from .cases import dossier, source

END = date(2026, 10, 31)
CHANGE = {"metric": "leads", "date": "2026-10-01", "old": "Forms", "new": "Forms and calls", "channels": ["website"]}


def days(metric: str, count: int = 100, end: date = END, channel: str = "website", **more: object) -> Records:
    values = [10.0 + i % 2 for i in range(count)]
    return source(end - timedelta(count - 1), {metric: values}, channel, **more)  # type: ignore[arg-type]


def changed(client: Dossier) -> list[Message]:
    return [each.message for each in notices(client, END) if each.message.key == "quality.definition"]


def test_a_declared_change_is_told_where_the_series_crosses_it() -> None:
    (told,) = changed(dossier(days("leads"), definitions=[CHANGE]))
    assert (told.named["day"], told.named["old"], told.named["new"]) == (
        date(2026, 10, 1),
        Text.plain("Forms"),
        Text.plain("Forms and calls"),
    )
    assert changed(dossier(days("leads", 31), definitions=[CHANGE])) == []
    assert changed(dossier(days("leads", channel="email"), definitions=[CHANGE])) == []
    assert changed(dossier(days("sessions"), definitions=[CHANGE])) == []


def test_the_days_of_a_ratio_are_those_of_its_parts() -> None:
    client = dossier(days("leads"), definitions=[CHANGE])
    first = date(2026, 10, 1)
    assert breaks(client, "leads") == breaks(client, "lead_rate") == breaks(client, "leads", ["website"]) == (first,)
    assert breaks(client, "sessions") == breaks(client, "leads", ["email"]) == ()


def test_known_changes_hold_for_the_files_of_their_platform_only() -> None:
    page = days("impressions", 400, channel="facebook", platform="meta_business_suite")
    assert breaks(dossier(page), "impressions") == (date(2025, 11, 15),)
    assert len(changed(dossier(page))) == 1
    other = days("impressions", 400, channel="instagram", platform="meta_business_suite")
    for without in (other, days("impressions", 400, channel="facebook")):
        assert breaks(dossier(without), "impressions") == ()


def test_where_one_platform_follows_another_the_first_day_of_the_second_is_the_change() -> None:
    old = days("sessions", 300, END - timedelta(50), path="ua.csv", platform="universal_analytics")
    new = days("sessions", 60, path="ga4.csv", platform="ga4")
    client = dossier(old, new)
    assert breaks(client, "sessions") == breaks(client, "conversion_rate") == (END - timedelta(59),)
    assert [told.named["new"] for told in changed(client)] == [Message("definitions.universal_analytics_ga4.new")]
    assert breaks(dossier(new), "sessions") == ()


def test_a_change_of_meaning_explains_a_break() -> None:
    values = [100.0 + i % 3 for i in range(100)] + [200.0 + i % 3 for i in range(100)]
    rows = source(END - timedelta(199), {"leads": values})
    keys = [each.message.key for each in notices(dossier(rows), END)]
    assert "quality.level_break" in keys
    change = {**CHANGE, "date": (END - timedelta(99)).isoformat()}
    keys = [each.message.key for each in notices(dossier(rows, definitions=[change]), END)]
    assert "quality.level_break" not in keys
