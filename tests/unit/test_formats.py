"""Numbers, dates and sentences, spelled for readers in Casablanca, Douala, Montréal and Sydney."""

from datetime import date

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from sitegen.formats import Words
from sitegen.messages import Month, Period, Quantity, Text, Unit, say

NB, NNB, MINUS = "\u00a0", "\u202f", "\u2212"
MONEY = {"MAD": Unit.MONEY, "XAF": Unit.MONEY, "EUR": Unit.MONEY, "CAD": Unit.MONEY, "AUD": Unit.MONEY}


def shown(words: Words, value: float, unit: Unit, currency: str | None = None) -> str:
    return words.quantity(Quantity(value, unit, currency))


@pytest.mark.parametrize(
    ("words", "value", "currency", "expected"),
    [
        (Words("fr", "MA"), 1234567.8, "MAD", f"1{NNB}234{NNB}568{NB}DH"),
        (Words("en", "MA"), 1234567.8, "MAD", f"1,234,568{NB}DH"),
        (Words("fr", "MA"), 412.5, "MAD", f"412,50{NB}DH"),
        (Words("fr", "CM"), 1234.56, "XAF", f"1{NNB}235{NB}FCFA"),
        (Words("fr", "CM"), 412.6, "XAF", f"413{NB}FCFA"),
        (Words("en", "CM"), 412.6, "XAF", f"413{NB}FCFA"),
        (Words("fr", "FR"), 99.9, "EUR", f"99,90{NB}€"),
        (Words("en", "FR"), 99.9, "EUR", "€99.90"),
        (Words("fr", "CA"), 12.5, "CAD", f"12,50{NB}$"),
        (Words("en", "CA"), 12.5, "CAD", "$12.50"),
        (Words("en", "AU"), -1234.5, "AUD", f"{MINUS}$1,234"),
        (Words("fr", "AU"), 1235.0, "AUD", f"1{NNB}235{NB}${NB}AU"),
        (Words("en", "MA"), 12.5, "USD", "US$12.50"),
        (Words("fr", "MA"), 0.0, "MAD", f"0{NB}DH"),
        (Words("fr", "MA"), -0.001, "MAD", f"0,00{NB}DH"),
    ],
)
def test_money_follows_the_country_and_the_currency(words: Words, value: float, currency: str, expected: str) -> None:
    assert shown(words, value, Unit.MONEY, currency) == expected


def test_a_display_scale_shortens_large_amounts_and_leaves_small_ones() -> None:
    words = Words("fr", "MA", "KDH")
    assert shown(words, 120_000, Unit.MONEY, "MAD") == f"120{NB}KDH"
    assert shown(words, 12_340, Unit.MONEY, "MAD") == f"12,3{NB}KDH"
    assert shown(words, 9_999, Unit.MONEY, "MAD") == f"9{NNB}999{NB}DH"


@pytest.mark.parametrize(
    ("value", "unit", "french", "english"),
    [
        (0.0241, Unit.RATE, f"2,41{NB}%", "2.41%"),
        (0.345, Unit.RATE, f"34,5{NB}%", "34.5%"),
        (0.0, Unit.RATE, f"0,0{NB}%", "0.0%"),
        (0.45, Unit.RATE, f"45{NB}%", "45%"),
        (0.05, Unit.RATE, f"5,00{NB}%", "5.00%"),
        (-0.456, Unit.CHANGE, f"{MINUS}46{NB}%", f"{MINUS}46%"),
        (0.123, Unit.CHANGE, f"+12{NB}%", "+12%"),
        (0.0345, Unit.CHANGE, f"+3,4{NB}%", "+3.4%"),
        (0.2279, Unit.POINTS, f"+22,8{NB}points", f"+22.8{NB}points"),
        (0.0012, Unit.POINTS, f"+0,12{NB}point", f"+0.12{NB}points"),
        (-0.025, Unit.POINTS, f"{MINUS}2,50{NB}points", f"{MINUS}2.50{NB}points"),
        (4.9, Unit.RATIO, "4,90", "4.90"),
        (0.0047, Unit.RATIO, "0,005", "0.005"),
        (40, Unit.MILLISECONDS, f"40{NB}ms", f"40{NB}ms"),
        (999.4, Unit.MILLISECONDS, f"999{NB}ms", f"999{NB}ms"),
        (999.6, Unit.MILLISECONDS, f"1,0{NB}s", f"1.0{NB}s"),
        (2275.099, Unit.MILLISECONDS, f"2,3{NB}s", f"2.3{NB}s"),
        (1, Unit.DAYS, f"1{NB}jour", f"1{NB}day"),
        (28, Unit.DAYS, f"28{NB}jours", f"28{NB}days"),
        (999_999, Unit.COUNT, f"999{NNB}999", "999,999"),
        (115.66, Unit.COUNT, "116", "116"),
        (9.66, Unit.COUNT, "9,7", "9.7"),
    ],
)
def test_a_number_has_one_spelling_in_each_language(value: float, unit: Unit, french: str, english: str) -> None:
    assert (shown(Words("fr", "MA"), value, unit), shown(Words("en", "MA"), value, unit)) == (french, english)


@given(st.floats(0, 1e15) | st.integers(0, 10**15), st.integers(0, 6), st.booleans())
def test_numbers_are_spelled_as_babel_does(value: float, digits: int, fixed: bool) -> None:
    pattern = "#,##0" + ("." + ("0" if fixed else "#") * digits if digits else "")
    for words in (Words("fr", "MA"), Words("fr", "CA"), Words("en", "MA"), Words("en", "CA")):
        babel = format_decimal(value, pattern, locale=words.region)
        assert words.decimal(value, digits, fixed=fixed).replace(NNB, NB) == babel.replace(NNB, NB)


def test_days_and_periods_read_as_people_say_them() -> None:
    french, english = Words("fr", "MA"), Words("en", "MA")
    assert french.day(date(2026, 1, 1)) == "1er janvier 2026"
    assert english.day(date(2026, 1, 1)) == "1 January 2026"
    assert french.period(Period(date(2026, 10, 1), date(2026, 10, 31))) == "octobre 2026"
    assert french.period(Period(date(2025, 11, 1), date(2026, 10, 31))) == "de novembre 2025 à octobre 2026"
    assert french.period(Period(date(2026, 4, 1), date(2026, 6, 30))) == "d’avril à juin 2026"
    assert english.period(Period(date(2026, 4, 1), date(2026, 6, 30))) == "April to June 2026"
    assert french.period(Period(date(2026, 10, 4), date(2026, 10, 31))) == "du 4 au 31 octobre 2026"
    assert french.period(Period(date(2026, 9, 1), date(2026, 10, 3))) == "du 1er septembre au 3 octobre 2026"
    assert french.period(Period(date(2025, 12, 30), date(2026, 1, 2))) == "du 30 décembre 2025 au 2 janvier 2026"
    assert english.period(Period(date(2026, 10, 4), date(2026, 10, 31))) == "4 to 31 October 2026"
    assert french.month(Month(2026, 8)) == "août 2026"


@pytest.mark.parametrize(
    ("tag", "year", "years"),
    [
        ("fr", "exercice 2026", "exercice 2025-2026"),
        ("fr-CA", "exercice 2026", "exercice 2025-2026"),
        ("en", "fiscal year 2026", "fiscal year 2025-2026"),
        ("en-CA", "fiscal year 2026", "fiscal year 2025-2026"),
    ],
)
def test_a_fiscal_year_is_named_by_the_years_that_it_lies_in(tag: str, year: str, years: str) -> None:
    words = Words(tag[:2], "CA" if tag.endswith("CA") else "MA")
    assert words.tag == tag
    assert words.fiscal_year(Period(date(2026, 1, 1), date(2026, 12, 31))) == year
    assert words.fiscal_year(Period(date(2025, 5, 1), date(2026, 4, 30))) == years


def test_axis_labels_are_short() -> None:
    french, english = Words("fr", "MA"), Words("en", "MA")
    assert [french.tick(v, Unit.COUNT) for v in (0, 500, 9_000, 20_000, 1_500_000)] == [
        "0", "500", f"9{NB}k", f"20{NB}k", f"1,5{NB}M",
    ]  # fmt: skip
    assert english.tick(0.025, Unit.RATE) == "2.5%"
    assert french.tick_day(date(2026, 1, 1), "month") == "janv. 2026"
    assert french.tick_day(date(2026, 4, 1), "month") == "avr."
    assert english.tick_day(date(2026, 4, 6), "week") == "6 Apr"


def test_a_picture_gets_its_words_and_they_are_escaped() -> None:
    svg = "<text>⟦q:0.025⟧</text><text>⟦d:2026-01-01⟧</text><text>⟦w:0⟧</text>"
    filled = Words("fr").picture(svg, Unit.RATE, "month", (Text.plain("<b> & co"),))
    assert filled == f"<text>2,5{NB}%</text><text>janv. 2026</text><text>&lt;b&gt; &amp; co</text>"


@pytest.mark.parametrize(
    ("rate", "french"), [(1.4, "1,40"), (1.38, "1,38"), (655.957, "655,957"), (0.0015, "0,0015"), (10, "10,00")]
)
def test_an_exchange_rate_keeps_its_decimals(rate: float, french: str) -> None:
    assert Words("fr").exchange(rate) == french


def test_a_message_nests_lists_and_counts() -> None:
    words = Words("fr", "MA")
    assert words.param(("a", "b", "c")) == "a, b et c"
    assert words.say(say("pages.data.rows", count=1)) == "1 ligne"
    assert words.say(say("pages.data.rows", count=2)) == "2 lignes"
    assert words.say(say("pages.data.rows", count=0)) == "0 ligne"  # French: zero is singular
    assert Words("en").say(say("pages.data.rows", count=0)) == "0 rows"
    with pytest.raises(KeyError):
        words.say(say("pages.no_such_key"))
    with pytest.raises(KeyError):
        words.say(say("pages.data.rows"))


def test_a_client_s_own_words_come_in_the_reader_s_language() -> None:
    text = Text((("en", "marketing"), ("fr", "marketing digital"), ("fr-CA", "marketing numérique")))
    assert Words("fr", "CA").param(text) == "marketing numérique"
    assert Words("fr", "MA").param(text) == "marketing digital"
    assert Words("fr", "MA").param(Text.plain("partout")) == "partout"
    assert Words("en", "MA").param(Text((("fr", "seulement"),))) == "seulement"
