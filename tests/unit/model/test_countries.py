"""A country gives a currency that is in use and a time zone that exists."""

import zoneinfo

import pytest
from babel.numbers import get_territory_currencies

from sitegen.formats import Words
from sitegen.model.countries import COUNTRIES, CURRENCIES, Country

FRENCH_AFRICA = set("BF BI BJ CD CF CG CI CM DJ DZ GA GN GQ KM MA MG ML MR NE RW SC SN TD TG TN".split())
EUROPEAN_UNION = set("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())


def test_the_markets_of_the_agency_are_all_there() -> None:
    assert FRENCH_AFRICA | EUROPEAN_UNION | {"CA", "US", "MX", "AU", "CH", "GB"} <= COUNTRIES.keys()


@pytest.mark.parametrize("country", COUNTRIES.values(), ids=lambda country: country.code)
def test_a_country_is_whole(country: Country) -> None:
    assert country.currency in CURRENCIES
    assert zoneinfo.ZoneInfo(country.timezone).key == country.timezone
    assert country.languages


@pytest.mark.parametrize("country", COUNTRIES.values(), ids=lambda country: country.code)
def test_a_country_pays_in_its_own_currency(country: Country) -> None:
    if country.code != "BG":  # the euro came in January 2026, after some releases of CLDR
        assert country.currency in get_territory_currencies(country.code)


def test_codes_are_those_of_their_standards() -> None:
    assert all(code == country.code and len(code) == 2 and code.isupper() for code, country in COUNTRIES.items())
    assert all(len(code) == 3 and code.isupper() for code in CURRENCIES)


def test_currencies_can_be_written() -> None:
    assert all(Words("fr").money(1234.5, code) for code in CURRENCIES)
