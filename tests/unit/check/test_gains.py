"""Gains, budgets and taxes: what leads nowhere stops the client, what has no number or counts twice is warned of."""

from pathlib import Path

import pytest

from sitegen.errors import Severity
from sitegen.formats import Words

from .workspace import client, only, told

RATES = (
    "agency: {name: Z}\nexchange_rates:\n  - {currency: EUR, to: MAD, rate: 10.8, start: 2026-02-01, source: Bank}\n"
)
PRESS = "gains:\n  communication:\n    medium: Press\n    effect: {effect}\n    before: {before}\n    now: {now}\n"
BEFORE = "{cost: 18, effect: 4, start: 2024-01-01, end: 2024-12-31}"
SERVICE = "gains:\n  service:\n    before: {before}\n    hourly_cost: 24\n    channels: {channels}\n    {more}\n"
WINDOW = "{start: 2024-01-01, end: 2024-12-31}"
SPENT = "date,channel,spend\n2026-01-01,google_ads,5\n"


def press(effect: str = "leads", before: str = BEFORE, now: str = "{metric: leads}", more: str = "") -> str:
    return PRESS.format(effect=effect, before=before, now=now) + more


def service(before: str = WINDOW, channels: str = "{phone: {minutes: 9}}", more: str = "in_costs: true") -> str:
    return SERVICE.format(before=before, channels=channels, more=more)


def budget(
    channel: str = "google_ads", amount: str = "9/month", days: str = "start: 2026-01-01, end: 2026-06-30"
) -> str:
    return f"  - {{channel: {channel}, amount: {amount}, {days}}}\n"


@pytest.mark.parametrize("added", [press(), press(now="{effect: 5}"), service(), f"budgets:\n{budget()}"])
def test_what_fits_is_not_told(tmp_path: Path, added: str) -> None:
    dossier, problems = client(tmp_path, added)
    assert (dossier is None, problems) == (False, ())


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        (press(now="{metric: laeds}"), "8:19 unknown_metric"),
        (press(now="{metric: lead_rate}"), "8:19 no_total.ratio"),
        (press(now="{metric: followers}"), "8:19 no_total.level"),
        (press(now="{metric: leads, channels: [emial]}"), "8:37 unknown_channel"),
        (press(now="{metric: leads, channels: [email, email]}"), "8:44 value_twice"),
        (press(before="{cost: 18, start: 2024-02-01, end: 2024-01-01}"), "7:48 end_before_start"),
        (press(before="{cost: 18, currency: EUO, start: 2024-01-01, end: 2024-02-01}"), "7:34 unknown_currency"),
        (press(before="{cost: 18, currency: EUR, start: 2024-01-01, end: 2024-02-01}"), "7:34 no_exchange_rate"),
        (press(now="{metric: leads, cost: 9 EUR/month}"), "8:32 no_exchange_rate"),
        (service(before="{start: 2024-02-01, end: 2024-01-01}"), "5:38 end_before_start"),
        (service(channels="{phoen: {minutes: 9}}"), "7:16 unknown_channel"),
        (service(more="cancelled: {kind: overtime, amount: unknown}"), "8:41 cancelled_unknown"),
        (service(more="cancelled: {kind: overtime, amount: 9 EUR/month}"), "8:41 no_exchange_rate"),
        (f"budgets:\n{budget('gogle_ads')}", "4:15 unknown_channel"),
        (f"budgets:\n{budget(amount='unknown')}", "4:35 budget_unknown"),
        (f"budgets:\n{budget(amount='9 EUR/month')}", "4:35 no_exchange_rate"),
        (f"budgets:\n{budget(days='start: 2026-02-01, end: 2026-01-01')}", "4:68 end_before_start"),
        ("costs:\n  tools:\n    - 9/month\n    - {amount: 9, life: 3}\n", "6:7 life_of_repeated_cost"),
        ("costs:\n  tools:\n    - 9/month\n    - cheap\n", "6:7 not_a_cost"),
        ("costs:\n  tools:\n    - 9/month\n    - 9 EUR/month\n", "6:7 no_exchange_rate"),
        ("costs: {tools: []}\n", "3:16 nothing_written"),
        ("margin: {rate: 45%, low: 50%}\n", "3:9 range_around_rate"),
        ("incrementality: {rate: 45%, high: 40%}\n", "3:17 range_around_rate"),
    ],
)
def test_what_cannot_be_read_stops_the_client(tmp_path: Path, added: str, expected: str) -> None:
    dossier, problems = client(tmp_path, added)
    assert dossier is None
    assert told(problems) == [f"client.yaml:{expected}"]
    assert problems[0].hint is not None or expected.endswith(("end_before_start", "nothing_written"))


@pytest.mark.parametrize(
    ("added", "word"),
    [
        (press(now="{metric: laeds}"), "leads"),
        (press(now="{metric: leads, channels: [emial]}"), "email"),
        (service(channels="{phoen: {minutes: 9}}"), "phone"),
        (f"budgets:\n{budget('gogle_ads')}", "google_ads"),
    ],
)
def test_a_name_nearly_right_is_suggested(tmp_path: Path, added: str, word: str) -> None:
    hint = only(client(tmp_path, added)[1]).hint
    assert hint is not None
    assert Words("en").say(hint) == f"did you mean “{word}”?"


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        (press(effect="reach"), "6:13 effect_apart.reach?"),
        (press(effect="circulation", now="{}"), "6:13 effect_apart.circulation?"),
        (press(now="{cost: 9/month}"), "8:10 no_new_effect?"),
        (service(more="cancelled: {kind: hire, amount: 9/month}"), "8:23 hire_not_budgeted?"),
        (f"budgets:\n{budget()}{budget(days='start: 2026-06-30, end: 2026-12-31')}", "5:5 budgets_overlap?"),
        ("tax: included\n", "3:6 tax_without_rate?"),
        ("vat: 20%\ntax: excluded\n", "3:6 vat_unused?"),
    ],
)
@pytest.mark.parametrize("internal", [False, True])
def test_what_only_lacks_a_number_is_warned_of(tmp_path: Path, added: str, expected: str, internal: bool) -> None:
    """And on no page where only the agency may see it."""
    secret = "internal: true"
    if internal and added.startswith("gains"):
        added += f"    {secret}\n"
    elif internal:
        added = added.replace("amount", f"{secret}, amount", 1)
    dossier, problems = client(tmp_path, added)
    assert dossier is not None
    assert told(problems) == [f"client.yaml:{expected}"]
    assert only(problems).internal == (secret in added)
    for language in ("fr", "en"):
        hint = only(problems).hint
        assert hint is not None
        assert Words(language).say(only(problems).message) != Words(language).say(hint)


@pytest.mark.parametrize(
    "second", [budget("meta_ads"), budget(days="start: 2026-07-01, end: 2026-12-31")], ids=["channel", "days"]
)
def test_budgets_that_share_no_day_are_not_told(tmp_path: Path, second: str) -> None:
    assert client(tmp_path, f"budgets:\n{budget()}{second}")[1] == ()


def test_a_budgeted_hire_is_not_told(tmp_path: Path) -> None:
    assert client(tmp_path, service(more="cancelled: {kind: hire, amount: 9/month, budgeted: true}"))[1] == ()


def test_one_source_that_includes_vat_needs_the_rate(tmp_path: Path) -> None:
    source = "sources: [{file: exports/a.csv, tax: included}]\n"
    export = {"exports__a_csv": "date,revenue\n2026-01-01,5\n"}
    assert told(client(tmp_path, source, **export)[1]) == ["client.yaml:3:38 tax_without_rate?"]
    assert client(tmp_path, f"{source}vat: 20%\n", **export)[1] == ()


@pytest.mark.parametrize("media", ["5/month", "{amount: 5, internal: true}", "[4/month, 1/month]"])
def test_media_that_an_export_tells_too_is_warned_of(tmp_path: Path, media: str) -> None:
    problem = only(client(tmp_path, f"costs: {{media: {media}}}\n", metrics__ads_csv=SPENT)[1])
    assert told([problem]) == ["client.yaml:3:16 media_twice?"]
    assert problem.internal == ("internal" in media)
    (tmp_path / "data/atlas/metrics/ads.csv").unlink()
    assert client(tmp_path, f"costs: {{media: {media}}}\n")[1] == ()


def test_media_of_unknown_cost_beside_an_export_is_no_double_count(tmp_path: Path) -> None:
    assert client(tmp_path, "costs: {media: unknown}\n", metrics__ads_csv=SPENT)[1] == ()


def test_amounts_with_a_rate_fit(tmp_path: Path) -> None:
    before = "{cost: 18, currency: EUR, start: 2026-02-01, end: 2026-03-01}"
    added = press(before=before, more=f"budgets:\n{budget(amount='9 EUR/month')}")
    assert client(tmp_path, added, config=RATES)[1] == ()


def test_an_idle_rate_of_vat_is_only_listed(tmp_path: Path) -> None:
    assert only(client(tmp_path, "vat: 20%\n")[1]).severity is Severity.INFO
    assert only(client(tmp_path, "tax: included\n")[1]).severity is Severity.WARNING
