"""Numbers, dates and messages in, words out, by language and country; the only home of Babel.

French thousands are parted by a narrow no-break space (U+202F), units by a no-break space (U+00A0), whatever the
country: readers in Rabat and Douala write `1 500 DH`, not CLDR's `1.500`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import get_currency_precision, get_decimal_symbol, get_group_symbol

from sitegen.locales import catalogue
from sitegen.messages import Currency, Message, Month, Param, Period, Quantity, Text, Unit

Grain = Literal["day", "week", "month"]
NBSP, MINUS = "\u00a0", "\u2212"

_NUMBERS = {"fr": "fr_FR", "en": "en_GB"}
_REGIONS = {"fr-CA", "en-CA", "en-AU", "en-US"}
_SYMBOLS = {"MAD": "DH", "XAF": "FCFA", "XOF": "FCFA", "EUR": "€", "GBP": "£", "TND": "DT", "DZD": "DA"}
_DOLLARS = {"CAD": "CA", "AUD": "AU", "USD": "US"}
_SCALES = {"K": 1e3, "M": 1e6}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_HIGH_MARK = re.compile("\u202f(?=[;!?])")  # Québec sets no space there (OQLF); our own sentences only
_PICTURE = re.compile(r"⟦([qdw]):([^⟧]*)⟧")


@dataclass(frozen=True)
class Words:
    """One reader's words: a language, a country for money and dates, and a display scale such as `KDH`."""

    language: str
    country: str = ""
    scale: str | None = None

    @cached_property
    def tag(self) -> str:
        """The language tag of the page: `fr-CA` where the region has words of its own, else the language."""
        tag = f"{self.language}-{self.country}"
        return tag if tag in _REGIONS else self.language

    @cached_property
    def _locale(self) -> Locale:
        return _locale(_NUMBERS[self.language] if "-" not in self.tag else self.tag.replace("-", "_"))

    @cached_property
    def _marks(self) -> tuple[str, str]:
        """What parts thousands, and what stands before the decimals."""
        thousands, point = get_group_symbol(self._locale), get_decimal_symbol(self._locale)
        return "\u202f" if self.language == "fr" else thousands, point

    @property
    def region(self) -> str:
        """Language and territory as `fr_FR`, for what asks for both."""
        return str(self._locale)

    # ------------------------------------------------------------ messages

    def say(self, message: Message) -> str:
        """The sentence of a message. An unknown key or a missing parameter is a bug and raises KeyError."""
        if not message.params:
            return _bare(self.tag, message.key)
        params = dict(message.params)
        forms = _forms(self.tag, message.key)
        parts = forms["other"] if len(forms) == 1 else forms.get(self._plural(params.get("count")), forms["other"])
        return "".join([self.param(params[part]) if name else part for part, name in parts])

    def local(self, text: str) -> str:
        """A text of the agency's, as this reader's country sets it."""
        return text if _spaced(self.tag) else _HIGH_MARK.sub("", text)

    def has(self, key: str) -> bool:
        return key in catalogue(self.tag)

    def keys(self, file: str) -> tuple[str, ...]:
        """The keys of one file of the catalogue, in its order."""
        return tuple(key for key in catalogue(self.tag) if key.startswith(f"{file}."))

    @staticmethod
    def alphabetical(text: str) -> tuple[str, str]:
        """What French and English dictionaries sort by: letters alone first, then accents and case."""
        folded = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
        return "".join(letter for letter in folded if letter.isalnum() or letter == " "), text

    def _plural(self, count: Param | None) -> str:
        number = count.value if isinstance(count, Quantity) else count
        return str(self._locale.plural_form(number)) if isinstance(number, (int, float)) else "other"

    def param(self, value: Param) -> str:
        """One parameter of a message, spelled as everywhere else."""
        match value:  # the most frequent first
            case str():
                return value
            case Message():
                return self.say(value)
            case Quantity():
                return self.quantity(value)
            case Period():
                return self.period(value)
            case Month():
                return self.month(value)
            case Currency():
                return self._symbol(value.code)
            case Text():
                return value.in_language(self.tag)
            case date():
                return self.day(value)
            case int():
                return self.decimal(value, 0)
        return self.listed(self.param(item) for item in value)

    def listed(self, items: Iterable[str]) -> str:
        """As in "a, b et c"."""
        return format_list(list(items), locale=self._locale)

    def picture(
        self, svg: str, unit: Unit, grain: Grain, labels: tuple[Param, ...], told: dict[str, str] | None = None
    ) -> str:
        """A drawing with its placeholders filled: ⟦q:value⟧ a quantity, ⟦d:day⟧ a tick's date, ⟦w:index⟧ a label.

        `told` remembers them for another drawing with the same unit, grain and labels.
        """
        known = {} if told is None else told

        def word(kind: str, content: str) -> str:
            if kind == "q":
                return self.tick(float(content), unit)
            if kind == "d":
                return self.tick_day(date.fromisoformat(content), grain)
            return self.param(labels[int(content)])

        def filled(found: re.Match[str]) -> str:
            placeholder, kind, content = found[0], found[1], found[2]
            if placeholder not in known:
                known[placeholder] = _escaped(word(kind, content))
            return known[placeholder]

        return _PICTURE.sub(filled, svg)

    def territory(self, country: str) -> str:
        """A country's name by its ISO 3166 code: "Maroc"."""
        return str(self._locale.territories.get(country, country))

    # ------------------------------------------------------------ numbers

    def decimal(self, value: float, digits: int, *, signed: bool = False, fixed: bool = True) -> str:
        """A plain number with at most `digits` decimals, rounded half to even; `fixed` keeps trailing zeros."""
        return _decimal(value, digits, self._marks, signed, fixed)

    def exchange(self, rate: float) -> str:
        """An exchange rate, with two decimals at least and six at most."""
        decimals = f"{rate:.6f}".rstrip("0").partition(".")[2]
        return self.decimal(rate, max(2, len(decimals)))

    def percent(self, value: float, digits: int, *, signed: bool = False) -> str:
        space = NBSP if self.language == "fr" else ""
        return f"{self.decimal(value * 100, digits, signed=signed)}{space}%"

    def quantity(self, number: Quantity) -> str:
        """A number with its unit, in the one spelling that chart, table and text share."""
        value = number.value
        match number.unit:
            case Unit.MONEY:
                return self.money(value, number.currency or "")
            case Unit.RATE:
                whole = abs(value) >= 0.1 and abs(value * 100 - round(value * 100)) < 1e-9
                return self.percent(value, 0 if whole else 2 if 0 < abs(value) < 0.1 else 1)
            case Unit.CHANGE:
                return self.percent(value, 0 if abs(value) >= 0.0995 else 1, signed=True)
            case Unit.POINTS:
                digits = 2 if abs(value) < 0.1 else 1
                return self._united(self.decimal(value * 100, digits, signed=True), "points", value * 100)
            case Unit.RATIO:
                return self.decimal(value, 2 if value == 0 or abs(value) >= 0.005 else 3)
            case Unit.MILLISECONDS:
                if round(abs(value)) < 1000:
                    return self._united(self.decimal(value, 0), "milliseconds", value)
                return self._united(self.decimal(value / 1000, 1), "seconds", value / 1000)
            case Unit.MINUTES | Unit.HOURS | Unit.DAYS:
                digits = 0 if _whole(value) else 1
                return self._united(self.decimal(value, digits), str(number.unit), value)
            case Unit.INDEX:
                return self.decimal(value, 0)
        # a part of a thing only comes from spreading weeks or months over their days
        return self.decimal(value, 0 if _whole(value) or abs(value) >= 10 else 1)

    def _united(self, number: str, unit: str, value: float) -> str:
        pattern = catalogue(self.tag)[f"units.{unit}"]
        if not isinstance(pattern, str):
            pattern = pattern.get(str(self._locale.plural_form(abs(value))), pattern["other"])
        return pattern.replace("{number}", number)

    def money(self, value: float, currency: str) -> str:
        """An amount: no decimals from 1,000 up, the currency's own below; `scale` shortens amounts from 10 units up."""
        if self.scale and abs(value) >= 10 * _SCALES[self.scale[0]]:
            scaled = value / _SCALES[self.scale[0]]
            return self._amount(
                self.decimal(scaled, 0 if abs(scaled) >= 100 else 1), self.scale[0] + self._symbol(currency)
            )
        digits = 0 if abs(value) >= 1000 or value == 0 else get_currency_precision(currency)
        return self._amount(self.decimal(value, digits), self._symbol(currency))

    def _symbol(self, currency: str) -> str:
        if currency in _DOLLARS:
            return self._dollars(_DOLLARS[currency])
        return _SYMBOLS.get(currency, currency)

    def _dollars(self, country: str) -> str:
        """A bare `$` is a reader's own dollar, and only Canada writes it in French."""
        if self.country == country and (self.language == "en" or country == "CA"):
            return "$"
        return f"{country}$" if self.language == "en" else f"${NBSP}{country}"

    def _amount(self, number: str, symbol: str) -> str:
        """The symbol follows the number, except that English writes currency signs before it."""
        if self.language == "fr" or symbol[-1] not in "$€£":
            return f"{number}{NBSP}{symbol}"
        sign, digits = (MINUS, number[1:]) if number.startswith(MINUS) else ("", number)
        return f"{sign}{symbol}{digits}"

    def tick(self, value: float, unit: Unit) -> str:
        """A number on an axis: as short as it can be told, thousands and millions abbreviated."""
        if unit in (Unit.RATE, Unit.CHANGE, Unit.POINTS):
            space = NBSP if self.language == "fr" else ""
            return f"{self.decimal(value * 100, 2, fixed=False)}{space}%"
        for limit, name in ((1e6, "million"), (1e3, "thousand")):
            if abs(value) >= limit:
                short = self.decimal(value / (1e6 if limit == 1e6 else 1e3), 1, fixed=False)
                return str(catalogue(self.tag)[f"units.{name}"]).replace("{number}", short)
        return self.decimal(value, 2, fixed=False)

    # ------------------------------------------------------------ dates

    def day(self, day: date) -> str:
        """As in "31 octobre 2026", "1er janvier 2027", "31 October 2026"."""
        text = _date(day, "d MMMM y" if self.tag != "en-US" else "MMMM d, y", self._locale)
        return self._first(text, day)

    def _first(self, text: str, day: date) -> str:
        return re.sub(r"^1\b", "1er", text) if self.language == "fr" and day.day == 1 else text

    def month(self, month: Month) -> str:
        return _date(date(month.year, month.month, 1), "MMMM y", self._locale)

    def period(self, period: Period) -> str:
        """As in "du 1er au 28 octobre 2026", a whole month by its name, a single day as a day."""
        start, end = period.start, period.end
        if start == end:
            return self.say(Message("dates.on", (("day", start),)))
        whole = start.day == 1 and (end + timedelta(1)).day == 1
        if whole and (start.year, start.month) == (end.year, end.month):
            return self.say(Message("dates.in_month", (("month", Month(start.year, start.month)),)))
        if whole:
            first = _date(start, "MMMM" if start.year == end.year else "MMMM y", self._locale)
            key = "dates.months_vowel" if first[0] in "aeo" else "dates.months"
            return self.say(Message(key, (("start", first), ("end", Month(end.year, end.month)))))
        skeleton = (
            "d"
            if (start.year, start.month) == (end.year, end.month)
            else "d MMMM"
            if start.year == end.year
            else "d MMMM y"
        )
        first = self._first(_date(start, skeleton, self._locale), start)
        return self.say(Message("dates.range", (("start", first), ("end", end))))

    def fiscal_year(self, whole: Period) -> str:
        """As in "exercice 2025-2026", "fiscal year 2025-26"; "exercice 2026" where it is the calendar year."""
        first, last = whole.start.year, whole.end.year
        if first == last:
            return self.say(Message("dates.fiscal_year", (("year", str(first)),)))
        return self.say(Message("dates.fiscal_years", (("first", str(first)), ("last", str(last)))))

    def tick_day(self, day: date, grain: Grain) -> str:
        """A date on an axis: "oct. 2026" in January, "avr." elsewhere, "12 oct." for days and weeks."""
        if grain == "month":
            return _date(day, "MMM y" if day.month == 1 else "MMM", self._locale)
        return _date(day, "d MMM", self._locale)

    def cell(self, value: Param) -> str:
        """A value in a table: dates short, everything else as in a sentence."""
        return _date(value, "d MMM y", self._locale) if isinstance(value, date) else self.param(value)

    def exact(self, value: float, unit: Unit, currency: str | None) -> str:
        """A sum as its file has it: to the cent, in full."""
        digits = get_currency_precision(currency) if unit is Unit.MONEY and currency else 2
        number = self.decimal(value, digits if value != int(value) else 0)
        return self._amount(number, self._symbol(currency)) if unit is Unit.MONEY and currency else number


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


@lru_cache(maxsize=1 << 14)
def _date(day: date, form: str, locale: Locale) -> str:
    return format_date(day, form, locale=locale)


@lru_cache(maxsize=1 << 14)  # an amount stands in drawings of two widths, in tables, in two languages
@lru_cache(maxsize=1 << 14)  # a number stands in a drawing, in its table and in sentences, on several pages
def _decimal(value: float, digits: int, marks: tuple[str, str], signed: bool, fixed: bool) -> str:  # noqa: FBT001
    """As in "1,234.50", rounded half to even from the shortest decimal form; `marks` are of thousands and decimals."""
    whole, _, decimals = f"{Decimal(str(abs(value))):,.{digits}f}".partition(".")
    if not fixed:
        decimals = decimals.rstrip("0")
    text = whole.replace(",", marks[0]) + (marks[1] + decimals if decimals else "")
    zero = not any(digit in text for digit in "123456789")
    sign = MINUS if value < 0 and not zero else "+" if signed and not zero else ""
    return sign + text


@cache
def _bare(tag: str, key: str) -> str:
    """A sentence of ours without parameters."""
    parts = _forms(tag, key)["other"]
    for name in (part for part, is_name in parts if is_name):
        raise KeyError(name)
    return "".join(part for part, _ in parts)


def _spaced(tag: str) -> bool:
    return tag != "fr-CA"


@cache
def _forms(tag: str, key: str) -> Mapping[str, tuple[tuple[str, bool], ...]]:
    """The forms of a sentence of ours by number, each as its parts in turn: words, and marked, names of parameters."""
    pattern = catalogue(tag)[key]
    forms = {"other": pattern} if isinstance(pattern, str) else pattern
    return {form: tuple(_split(told, spaced=_spaced(tag))) for form, told in forms.items()}


def _split(pattern: str, *, spaced: bool) -> Iterator[tuple[str, bool]]:
    parts = _PLACEHOLDER.split(pattern if spaced else _HIGH_MARK.sub("", pattern))
    return ((part, at % 2 == 1) for at, part in enumerate(parts) if part)


def _whole(value: float) -> bool:
    """Whether only the dust of an addition keeps the number from being whole."""
    return abs(value - round(value)) < 1e-6


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
