"""The files of Wouri Gaz et Solaire in, its headline numbers out, by the csv module and sums alone: what the portal of
2026-11-01 has to say. Each stands three times: as a literal, computed here, and in the edition.

Formulas: METHODS §1, §2.3 and §4.1-4.3. A row of a week counts for each of its days alike, and so does one of a month.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from sitegen.model.computed import Edition, Measurement, Status

ROOT = Path(__file__).parents[2]
CLIENT = "wouri-gaz-solaire"
WOURI = ROOT / "data" / CLIENT
YEAR = date(2025, 11, 1), date(2026, 10, 31)  # the last twelve complete months
BEFORE = date(2024, 11, 4), date(2025, 10, 31)  # of the customer service: 362 days
HALF = {year: (date(year, 1, 1), date(year, 6, 30)) for year in (2025, 2026)}
SOCIAL = ("paid_social", "organic_social")

Span = tuple[date, date]


def is_worth(measured: Measurement | None, value: float) -> bool:
    return measured is not None and measured.value == pytest.approx(value, rel=1e-9)


# ---------------------------------------------------------------- the files


def rows(path: str, delimiter: str = ",") -> Iterator[dict[str, str]]:
    with (WOURI / path).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def days(span: Span) -> int:
    return (span[1] - span[0]).days + 1


def shared(first: date, length: int, span: Span) -> float:
    """The part of the `length` days from `first` on that lies in `span`."""
    common = min(first + timedelta(length - 1), span[1]) - max(first, span[0])
    return max(0, common.days + 1) / length


def weekly(path: str, metric: str, span: Span, channel: str | None = None) -> float:
    return sum(
        int(row[metric]) * shared(date.fromisoformat(row["date"]), 7, span)
        for row in rows(path)
        if channel in (None, row.get("channel"))
    )


def on_site(metric: str, span: Span, channels: tuple[str, ...] = ()) -> int:
    return sum(
        int(row[metric])
        for row in rows("metrics/site.csv")
        if span[0] <= date.fromisoformat(row["date"]) <= span[1] and row["channel"] in (channels or row["channel"])
    )


def meta(header: str, span: Span) -> int:
    """Day first, and a narrow no-break space between thousands."""
    total = 0
    for row in rows("exports/meta_ads.csv", ";"):
        day, month, year = (int(part) for part in row["Jour"].split("/"))
        if span[0] <= date(year, month, day) <= span[1]:
            total += int(row[header].replace("\u202f", ""))
    return total


def radio(span: Span) -> int:
    """Whole months."""
    spent = ((date.fromisoformat(row["date"]), int(row["spend"])) for row in rows("metrics/radio.csv"))
    return sum(spend for day, spend in spent if span[0] <= day <= span[1])


# ---------------------------------------------------------------- customer service

CONVERSATIONS = {"phone": 1, "shop": 1, "email": 1, "whatsapp": 3, "facebook": 3}  # that one person holds at once
TOOLS = {"whatsapp": 15}  # XAF a contact
HOURLY = 2_400


def contacts(span: Span) -> float:
    return weekly("metrics/contacts.csv", "contacts", span)


def service_cost(span: Span) -> float:
    """Minutes of each channel at the hourly cost, shared between its conversations, and its tools."""
    return sum(
        weekly("metrics/contacts.csv", "handling_minutes", span, channel) * HOURLY / 60 / held
        + weekly("metrics/contacts.csv", "contacts", span, channel) * TOOLS.get(channel, 0)
        for channel, held in CONVERSATIONS.items()
    )


def test_contacts_and_what_one_of_them_costs(edition: Edition) -> None:
    """More contacts for less money: they moved from the telephone to written messages, held three at a time."""
    assert contacts(YEAR) == pytest.approx(50_210.29, abs=0.005)
    assert contacts(BEFORE) == pytest.approx(44_500.57, abs=0.005)
    assert service_cost(YEAR) / contacts(YEAR) == pytest.approx(227.555, abs=5e-4)
    assert service_cost(BEFORE) / contacts(BEFORE) == pytest.approx(286.618, abs=5e-4)
    service = edition.scorecard.returns.service
    assert service is not None
    assert is_worth(service.contacts_now, contacts(YEAR))
    assert is_worth(service.contacts_before, contacts(BEFORE) * 365 / 362)
    assert is_worth(service.per_contact_now, service_cost(YEAR) / contacts(YEAR))
    assert is_worth(service.per_contact_before, service_cost(BEFORE) / contacts(BEFORE))


def service_saving() -> float:
    """The reference has 362 days and is brought to 365."""
    return service_cost(BEFORE) * days(YEAR) / days(BEFORE) - service_cost(YEAR)


def overtime() -> float:
    """120 000 XAF a month from January to October 2026, at most what the service saved."""
    return min(10 * 120_000, service_saving())


def test_the_service_saves_and_only_the_overtime_is_cash(edition: Edition) -> None:
    constant = (service_cost(BEFORE) / contacts(BEFORE) - service_cost(YEAR) / contacts(YEAR)) * contacts(BEFORE)
    assert service_saving() == pytest.approx(1_434_769.5, abs=0.05)
    assert constant * 365 / 362 == pytest.approx(2_650_123.3, abs=0.05)
    assert overtime() == 1_200_000
    service = edition.scorecard.returns.service
    assert service is not None
    assert is_worth(service.saving, service_saving())
    assert is_worth(service.constant, constant * 365 / 362)
    assert is_worth(service.booked, overtime())
    assert (service.nature, service.cancelled) == ("cash", "overtime")


# ---------------------------------------------------------------- the press that was replaced


def media() -> int:
    return meta("Montant dépensé (XAF)", YEAR) + radio(YEAR)


def press_saving() -> tuple[float, float]:
    """18 000 000 XAF for 4 200 requests in the 366 days of 2024, brought to 365: with the missing requests left out at
    the price of the press, and with them bought at the present one."""
    old_cost, old_effect = 18_000_000 * 365 / 366, 4_200 * 365 / 366
    kept = on_site("leads", YEAR, SOCIAL) / old_effect
    return old_cost * kept - media(), old_cost - media() / kept


def test_the_press_is_compared_at_equal_effect(edition: Edition) -> None:
    assert media() == 7_882_631
    assert on_site("leads", YEAR, SOCIAL) == 4_028
    assert press_saving() == pytest.approx((9_380_226.1, 9_754_048.6), abs=0.05)
    saving = edition.scorecard.returns.communication
    assert saving is not None
    assert is_worth(saving.new_cost, media())
    assert is_worth(saving.new_effect, 4_028)
    assert is_worth(saving.saving, press_saving()[0])
    assert is_worth(saving.saving_high, press_saving()[1])
    assert is_worth(saving.avoided, press_saving()[0] + media())


# ---------------------------------------------------------------- cost, benefit, return


def total_cost() -> float:
    """Tools are unknown and training was free. The site was paid once and serves 36 months, 1 096 days."""
    agency = 4 * 320_000 + 8 * 380_000
    production = 5_400_000 * 365 / days((date(2025, 9, 1), date(2028, 8, 31))) + 12 * 60_000
    staff = 12 * 60 * 2_400
    return media() + agency + production + staff


def benefit() -> float:
    """The money of the press and the overtime. No sale is counted: nobody knows which share of them is additional."""
    return press_saving()[0] + media() + overtime()


def test_the_return_comes_from_communication_and_service(edition: Edition) -> None:
    returns = edition.scorecard.returns
    assert total_cost() == pytest.approx(16_448_988.7, abs=0.05)
    assert benefit() == pytest.approx(18_462_857.1, abs=0.05)
    assert benefit() / total_cost() - 1 == pytest.approx(0.1224, abs=5e-5)
    assert is_worth(returns.total_cost, total_cost())
    assert is_worth(returns.benefit, benefit())
    assert is_worth(returns.net, benefit() - total_cost())
    assert is_worth(returns.roi, benefit() / total_cost() - 1)
    assert returns.sales_gain is not None
    assert returns.sales_gain.margin.value is None
    assert (returns.known_lines, returns.margin, returns.incrementality) == (5, 0.26, None)


def test_scenarios_add_the_sales_that_nobody_measured(edition: Edition) -> None:
    claimed = meta("Valeur de conversion des achats", YEAR)
    assert claimed == 30_820_600
    assert claimed < on_site("revenue", YEAR) == 63_769_200
    told = {(each.incrementality, each.margin): each.roi for each in edition.scorecard.returns.scenarios}
    for share in (0.40, 0.60, 0.80):
        for margin in (0.22, 0.26, 0.30):
            assert is_worth(told[share, margin], (benefit() + claimed * share * margin) / total_cost() - 1)


def test_what_meta_was_to_cost_in_2026(edition: Edition) -> None:
    """Up to the first of November, 305 of the year's 365 days."""
    spent = date(2026, 1, 1), date(2026, 11, 1)
    line = next(each for each in edition.scorecard.returns.budgets if each.channel == "meta_ads")
    assert meta("Montant dépensé (XAF)", spent) == 5_323_997
    assert is_worth(line.planned, 6_600_000)
    assert is_worth(line.due, 6_600_000 * days(spent) / 365)
    assert is_worth(line.spent, meta("Montant dépensé (XAF)", spent))


# ---------------------------------------------------------------- answers and reputation

FOUR_WEEKS = date(2026, 10, 5), date(2026, 11, 1)


def share(path: str, over: str, under: str, span: Span) -> float:
    return weekly(path, over, span) / weekly(path, under, span)


def now(edition: Edition, metric: str) -> Measurement:
    return next(each.current for each in edition.scorecard.comparisons if each.current.metric == metric)


def test_nine_messages_in_ten_are_answered_in_time(edition: Edition) -> None:
    in_time = share("metrics/messages.csv", "answered_in_time", "messages_received", FOUR_WEEKS)
    assert in_time == pytest.approx(0.94432, abs=5e-6)
    assert is_worth(now(edition, "in_time_rate"), in_time)
    assert is_worth(edition.scorecard.progress[0].current, in_time)


def test_net_sentiment_and_share_of_voice(edition: Edition) -> None:
    positive, negative, ours, market = (
        weekly("metrics/mentions.csv", metric, FOUR_WEEKS)
        for metric in ("mentions_positive", "mentions_negative", "mentions", "market_mentions")
    )
    assert (positive, negative, ours, market) == (179, 65, 400, 1_329)
    assert is_worth(now(edition, "net_sentiment"), (179 - 65) / 400)
    assert is_worth(now(edition, "share_of_voice"), 400 / 1_329)


# ---------------------------------------------------------------- objectives


def test_requests_for_kits_rose_by_a_third_and_missed_their_target(edition: Edition) -> None:
    before, done = (on_site("leads", HALF[year]) for year in (2025, 2026))
    assert (before, done) == (3_042, 4_054)
    assert done / (1.60 * before) == pytest.approx(0.8329, abs=5e-5)
    progress, verdict = edition.scorecard.progress[2], edition.assessments[2]
    assert (progress.baseline.value, progress.current.value) == (before, done)
    assert progress.attainment == pytest.approx(done / (1.60 * before))
    assert verdict.status is Status.MISSED


def test_cases_take_fewer_contacts(edition: Edition) -> None:
    def per_case(span: Span) -> float:
        return share("metrics/contacts.csv", "contacts", "resolved_cases", span)

    before, reached = per_case((date(2025, 10, 1), date(2025, 12, 31))), per_case(FOUR_WEEKS)
    assert (before, reached) == pytest.approx((1.41272, 1.24578), abs=5e-6)
    progress = edition.scorecard.progress[1]
    assert is_worth(progress.baseline, before)
    assert is_worth(progress.current, reached)
    assert progress.progress == pytest.approx((before - reached) / (0.12 * before))


def test_the_objectives_stand_as_they_should(edition: Edition) -> None:
    assert [each.status for each in edition.assessments] == [
        Status.ON_TRACK,
        Status.ON_TRACK,
        Status.MISSED,
        Status.AT_RISK,
    ]
