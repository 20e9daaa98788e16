"""A word in, the month or weekday that it names out, in the languages of the platforms; knows no dates.

Names are those of the Unicode CLDR (full, abbreviated) and of the platforms' pages; Arabic ones are those of the
Maghreb, of Egypt and the Gulf, and of the Levant.
"""

from __future__ import annotations

import re
import unicodedata

# One line a month; first in Latin letters, then in Arabic ones. No two months share a word.
_MONTHS = """
janvier janv jan january enero ene januar janner januari janeiro gennaio genn gen | يناير جانفي كانون_الثاني
fevrier fevr fev feb february febrero februar februari fevereiro febbraio febbr | فبراير فيفري شباط
mars mar march marzo marz mrz maart mrt marco | مارس اذار
avril avr april apr abril abr aprile | ابريل افريل نيسان
mai may mayo mei maio maggio magg mag | مايو ماي ايار
juin june jun junio juni junho giugno giu | يونيو جوان حزيران
juillet juill juil july jul julio juli julho luglio lug | يوليو يوليوز جويلية تموز
aout aou august aug agosto ago augustus | اغسطس غشت اغشت اوت اب
septembre sept sep september septiembre setiembre set setembro settembre sett | سبتمبر شتنبر شتمبر ايلول
octobre oct october octubre oktober okt outubro out ottobre ott | اكتوبر تشرين_الاول
novembre nov november noviembre novembro | نوفمبر نونبر تشرين_الثاني
decembre dec december diciembre dic dezember dez dezembro dicembre | ديسمبر دجنبر دجمبر كانون_الاول
"""
_WEEKDAYS = """
monday mon lundi lun lunes montag maandag segunda seg lunedi | الاثنين اثنين
tuesday tues tue mardi mar martes dienstag dinsdag terca ter martedi | الثلاثاء ثلاثاء
wednesday wed mercredi mer miercoles mie mittwoch woensdag quarta qua mercoledi | الاربعاء اربعاء
thursday thurs thur thu jeudi jeu jueves jue donnerstag donderdag quinta qui giovedi gio | الخميس خميس
friday fri vendredi ven viernes vie freitag vrijdag sexta sex venerdi | الجمعة جمعة
saturday sat samedi sam sabado sab samstag sonnabend zaterdag sabato | السبت سبت
sunday sun dimanche dim domingo dom sonntag zondag domenica | الاحد احد
"""
# `di` is a Tuesday in German and a Sunday in French: names of two letters tell that a day follows, and not which.
TWO_LETTERS = frozenset("mo di mi do fr sa so lu ma me je ve ju vi wo vr za zo su tu we th".split())
_DIGITS = {first + digit: str(digit) for first in (0x0660, 0x06F0) for digit in range(10)}
_SIGNS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u202a\u202b\u202c\ufeff\u0640"))  # of direction, and of width
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58"), "-")
_MARKS = {ord("’"): "'", ord("‘"): "'", ord("،"): ",", ord("º"): "o", ord("ª"): "a"}
_PLAIN = _DIGITS | _SIGNS | _DASHES | _MARKS


def _numbered(table: str) -> dict[str, int]:
    lines = table.replace("|", " ").split("\n")
    return {name.replace("_", " "): at for at, line in enumerate(lines) for name in line.split()}


MONTHS = _numbered(_MONTHS)  # 1 is January
WEEKDAYS = {name: day - 1 for name, day in _numbered(_WEEKDAYS).items()}  # 0 is Monday, as in `date.weekday`
_PAIRS = re.compile("|".join(name for name in MONTHS if " " in name))


def folded(text: str) -> str:
    """Small letters without accents or hamza, ASCII digits, one kind of space and of dash."""
    if not text.isascii():
        apart = unicodedata.normalize("NFD", text.translate(_PLAIN))
        text = "".join(mark for mark in apart if not unicodedata.combining(mark))
    return " ".join(text.casefold().split())


def joined(text: str) -> str:
    """Folded text in which a month whose name is of two words is one word, its number, in brackets."""
    return _PAIRS.sub(lambda found: f"<{MONTHS[found[0]]}>", text)
