"""Everything that does not fit a model is told at the key or value to mend, with what to write instead."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.formats import Words
from sitegen.messages import Message

from .workspace import client, only, site, told

WORDS = Words("en")
OBJECTIVE = "objectives:\n  - {kpi: orders, target: 100, start: 2026-01-01, deadline: 2026-06-30, "


def params(message: Message | None) -> Mapping[str, object]:
    assert message is not None
    return message.named


def test_a_minimal_client_has_every_default(tmp_path: Path) -> None:
    dossier, problems = client(tmp_path)
    assert problems == ()
    assert dossier is not None
    assert (dossier.languages, dossier.country, dossier.currency) == (("fr", "en"), "MA", "MAD")
    assert (dossier.timezone, dossier.latency_days, dossier.records) == ("Africa/Casablanca", 2, ())


def test_what_is_declared_wins_over_the_country(tmp_path: Path) -> None:
    dossier, _ = client(tmp_path, "languages: [en]\ncurrency: EUR\ntimezone: Africa/Tunis\n")
    assert dossier is not None
    assert (dossier.languages, dossier.currency, dossier.timezone) == (("en",), "EUR", "Africa/Tunis")


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        pytest.param("currencyy: EUR", "3:1 unknown_key", id="unknown key"),
        pytest.param("costs: {agencie: 5/month}", "3:9 unknown_key", id="unknown key in a line"),
        pytest.param(
            "objectives:\n  - kpi: orders\n    target: 9\n    start: 2026-01-01",
            "4:5 missing_key",
            id="missing key in a list",
        ),
        pytest.param("margin: {source: us}", "3:1 missing_key", id="missing key is told at its parent"),
        pytest.param("languages: fr", "3:12 wrong_type", id="text for a list"),
        pytest.param("objectives: {kpi: orders}", "3:13 wrong_type", id="mapping for a list"),
        pytest.param("goals: [sales]", "3:9 wrong_type", id="text for a mapping"),
        pytest.param("costs: 12", "3:8 wrong_type", id="number for a mapping"),
        pytest.param("fictitious: yes", "3:13 wrong_type", id="yes for true"),
        pytest.param("timezone: 12", "3:11 wrong_type", id="number for a text"),
        pytest.param("timezone: true", "3:11 wrong_type", id="boolean for a text"),
        pytest.param("sources: [{file: a.csv, skip: '2'}]", "3:31 wrong_type", id="quoted number"),
        pytest.param("sources: [{file: a.csv, skip: 1.5}]", "3:31 wrong_type", id="fraction for a count"),
        pytest.param("sources: [{file: a.csv, skip: true}]", "3:31 wrong_type", id="boolean for a count"),
        pytest.param("sources: [{file: a.csv, skip: -1}]", "3:31 greater_than_equal", id="below a limit"),
        pytest.param("sources: [{file: a.csv, skip: 2000}]", "3:31 less_than_equal", id="above a limit"),
        pytest.param("sources: [{file: a.csv, columns: [a]}]", "3:34 wrong_type", id="list for a mapping"),
        pytest.param("margin: true", "3:9 wrong_type", id="boolean for a percentage"),
        pytest.param("margin: high", "3:9 not_a_rate", id="word for a percentage"),
        pytest.param("margin: 145%", "3:9 rate_out_of_range", id="more than everything"),
        pytest.param("access: privat", "3:9 unknown_value", id="word out of a list"),
        pytest.param("answers: {crm: true}", "3:16 unknown_value", id="true for yes"),
        pytest.param("goals: [{id: a, title: A, category: revenu}]", "3:37 unknown_value", id="category out of a list"),
        pytest.param("goals: [{id: A b, title: A, category: revenue}]", "3:14 not_an_id", id="id with a space"),
        pytest.param("goals: [{id: a, title: 12, category: revenue}]", "3:24 not_a_text", id="number for words"),
        pytest.param("languages: [fr, de]", "3:17 not_a_language", id="language without catalogue"),
        pytest.param("languages: []", "3:12 nothing_written", id="empty list"),
        pytest.param("costs:", "3:7 nothing_written", id="nothing after a key"),
        pytest.param("currency: euro", "3:11 not_a_currency_code", id="word for a code"),
        pytest.param("unit: DH", "3:7 not_a_scale", id="scale without K or M"),
        pytest.param("contact: {name: A, email: at-home}", "3:27 not_an_email", id="no e-mail address"),
        pytest.param("events: [{label: x, start: 2025-13-01}]", "3:28 no_such_date", id="month 13"),
        pytest.param("events: [{label: x, start: 2026-02-30}]", "3:28 no_such_date", id="30 February"),
        pytest.param("events: [{label: x, start: 12:30}]", "3:28 not_a_date", id="time for a date"),
        pytest.param("events: [{label: x, start: 31/10/2026}]", "3:28 not_a_date", id="slashed date"),
        pytest.param("events: [{label: x, start: 20261031}]", "3:28 not_a_date", id="number for a date"),
        pytest.param("costs: {agency: 15000}", "3:17 amount_without_period", id="amount for which time"),
        pytest.param("costs: {agency: 12:30}", "3:17 not_a_cost", id="time for a cost"),
        pytest.param("costs: {agency: true}", "3:17 not_a_cost", id="boolean for a cost"),
        pytest.param("costs: {agency: 0}", "3:17 zero_without_note", id="zero without a reason"),
        pytest.param("costs: {agency: {note: x}}", "3:17 cost_without_amount", id="cost of nothing said"),
        pytest.param("costs: {agency: {amount: 5, per: once}}", "3:17 once_without_day", id="once, but when"),
        pytest.param("costs: {agency: {amount: 5, per: mont}}", "3:34 unknown_value", id="period out of a list"),
        pytest.param("costs: {agency: {amount: -5}}", "3:26 greater_than_equal", id="negative cost"),
        pytest.param(OBJECTIVE.replace("100", "lots") + "}", "4:27 not_a_target", id="word for a target"),
        pytest.param(OBJECTIVE.replace("100", "12:30") + "}", "4:27 not_a_target", id="time for a target"),
        pytest.param(OBJECTIVE.replace("100", "true") + "}", "4:27 not_a_target", id="boolean for a target"),
        pytest.param(OBJECTIVE.replace("100", "9..3") + "}", "4:27 range_reversed", id="range from high to low"),
        pytest.param(OBJECTIVE + "baseline: [3]}", "4:83 wrong_type", id="list for a baseline"),
        pytest.param(OBJECTIVE + "eval_window: 0}", "4:86 greater_than_equal", id="window of no days"),
    ],
)
def test_a_misfit_is_told_at_its_place(tmp_path: Path, added: str, expected: str) -> None:
    dossier, problems = client(tmp_path, added + "\n")
    assert dossier is None
    assert told(problems) == [f"client.yaml:{expected}"]


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        ("name: Atlas\n", ["client.yaml:1:1 missing_key"]),
        ("- name: Atlas\n", ["client.yaml:1:1 wrong_type"]),
        ("name: ''\ncountry: MA\n", ["client.yaml:1:7 nothing_written"]),
        ("name:\ncountry: MA\n", ["client.yaml:1:6 nothing_written"]),
        (f"name: {'x' * 81}\ncountry: MA\n", ["client.yaml:1:7 too_long"]),
        ("name: Atlas\ncountry: no\n", ["client.yaml:2:10 not_a_country_code"]),
        ("name: Atlas\ncountry: Maroc\n", ["client.yaml:2:10 not_a_country_code"]),
        ("name: Atlas\ncountry: true\n", ["client.yaml:2:10 wrong_type"]),
        (
            "name: 3\ncountry: MAR\nfoo: 1\n",
            ["client.yaml:1:7 wrong_type", "client.yaml:2:10 not_a_country_code", "client.yaml:3:1 unknown_key"],
        ),
    ],
)
def test_the_two_required_keys(tmp_path: Path, whole: str, expected: list[str]) -> None:
    dossier, problems = client(tmp_path, whole=whole)
    assert dossier is None
    assert told(problems) == expected


def test_norway_is_a_country(tmp_path: Path) -> None:
    """YAML 1.1 reads a bare NO as false."""
    dossier, problems = client(tmp_path, whole="name: Fjord\ncountry: NO\n")
    assert problems == ()
    assert dossier is not None
    assert dossier.currency == "NOK"


def test_a_number_that_is_none_is_told_once(tmp_path: Path) -> None:
    """Reading refuses `.nan`; what the model thinks of the same value adds nothing."""
    _, problems = client(tmp_path, "margin: .nan\n")
    assert told(problems) == ["client.yaml:3:9 read.not_a_number"]


def test_a_key_written_twice_is_told_beside_the_other_problems(tmp_path: Path) -> None:
    _, problems = client(tmp_path, "name: Again\ncurrencyy: EUR\n")
    assert told(problems) == ["client.yaml:3:1 read.duplicate_key", "client.yaml:4:1 unknown_key"]


@pytest.mark.parametrize(
    ("added", "hint"),
    [
        ("currencyy: EUR", "did you mean “currency”?"),
        ("costs: {agencie: 5/month}", "did you mean “agency”?"),
        ("access: privat", "did you mean “private”? Possible values: private and public"),
        ("role_of_social: zzz", "possible values: sales, leads, service and reputation"),
        ("answers: {crm: true}", "write yes instead of true or false. Possible values: yes, partly, no and unknown"),
        ("answers: {crm: false}", "write no instead of true or false. Possible values: yes, partly, no and unknown"),
        ("fictitious: yes", "write true or false"),
        ("timezone: false", 'to mean this text, put it in quotes: timezone: "false"'),
        ("languages: fr", "write it between brackets: languages: [fr]"),
        ("sources: [{file: a.csv, skip: '2'}]", "write 2: no spaces, a point before the decimals, no quotes"),
        ("margin: true", "write 45%, for example"),
        ("margin: {source: us}", "add a line “rate: …” here"),
        ("events: [{label: x, start: 2025-13-01}]", "year, month from 01 to 12, day of that month: 2026-10-31"),
    ],
)
def test_a_hint_says_what_to_write(tmp_path: Path, added: str, hint: str) -> None:
    _, problems = client(tmp_path, added + "\n")
    assert WORDS.say(only(problems).hint) == hint  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("added", "sentence"),
    [
        ("timezone: true", "“timezone” must be a text; “true” is written"),
        ("sources: [{file: a.csv, skip: soon}]", "“skip” must be a whole number; the text “soon” is written"),
        ("goals: [[1]]", "“goals” must be a group of keys and values; a list is written"),
        ("margin: {rate: 45%, source: [a]}", "“source” must be a text; “…” is written"),
    ],
)
def test_a_wrong_type_says_what_was_expected_and_what_was_seen(tmp_path: Path, added: str, sentence: str) -> None:
    _, problems = client(tmp_path, added + "\n")
    assert WORDS.say(only(problems).message) == sentence


def test_a_long_text_counts_its_limit(tmp_path: Path) -> None:
    _, problems = client(tmp_path, whole=f"name: {'x' * 81}\ncountry: MA\n")
    assert params(only(problems).message) == {"key": "name", "count": 80}


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("agency: {}", "1:1 missing_key"),
        ("agency: {name: Z, email: here}", "1:26 not_an_email"),
        ("agency: {name: Z, url: http://example.org}", "1:24 not_a_secure_address"),
        ("agency: {name: Z}\nbase_url: example.org", "2:11 not_an_address"),
        ("agency: {name: Z}\ntheme: My Theme", "2:8 not_a_folder_name"),
        ("agency: {name: Z}\ntheme: inc", "2:8 unknown_theme"),
        ("agency: {name: Z}\nthresholds: {on_track: true}", "2:24 wrong_type"),
        ("agency: {name: Z}\nthresholds: {on_track: 0}", "2:24 greater_than"),
        ("agency: {name: Z}\nthresholds: {on_track: 12:30}", "2:24 wrong_type"),
        ("agency: {name: Z}\nthresholds: {on_track: '0,9'}", "2:24 wrong_type"),
        ("agency: {name: Z}\nthresholds: {on_track: .inf}", "2:24 read.not_a_number"),
        (
            "agency: {name: Z}\nexchange_rates:\n  - {currency: EUO, to: MAD, rate: 9, start: 2026-01-01, source: x}",
            "3:16 unknown_currency",
        ),
        (
            "agency: {name: Z}\nexchange_rates:\n  - {currency: EUR, to: MAF, rate: 9, start: 2026-01-01, source: x}",
            "3:25 unknown_currency",
        ),
    ],
)
def test_the_site_is_checked_as_strictly(config: str, expected: str) -> None:
    agreed, problems = site(config + "\n")
    assert agreed is None
    assert told(problems) == [f"config.yaml:{expected}"]


def test_what_is_right_in_a_site_comes_through() -> None:
    agreed, problems = site("agency: {name: Zellige}\ntheme: ink\nlanguages: [en]\nlatency_days: 3\n")
    assert problems == ()
    assert agreed is not None
    assert (agreed.theme, agreed.languages, agreed.latency_days) == ("ink", ("en",), 3)


def test_a_client_takes_thresholds_rates_and_latency_of_the_site(tmp_path: Path) -> None:
    rates = "".join(
        f"  - {{currency: EUR, to: {to}, rate: 10.8, start: 2026-01-01, source: x}}\n" for to in ("MAD", "XAF")
    )
    config = f"agency: {{name: Z}}\nlatency_days: 5\nthresholds: {{on_track: 0.9}}\nexchange_rates:\n{rates}"
    dossier, _ = client(tmp_path, config=config)
    assert dossier is not None
    assert (dossier.latency_days, dossier.thresholds.on_track) == (5, 0.9)
    assert [rate.to for rate in dossier.rates] == ["MAD"]


def test_reading_stops_without_a_document(tmp_path: Path) -> None:
    dossier, problems = client(tmp_path, whole="name: [\n")
    assert dossier is None
    assert [each.message.key.partition(".")[0] for each in problems] == ["read"]
