"""What stands above a table in, the days that it is about and the day on which it was exported out; reads no row.

A day on which a report was made is none that it is about: a line that says so is never taken for the period.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from sitegen.check.declared import Declared
from sitegen.check.exports import dating
from sitegen.check.exports.months import folded
from sitegen.messages import Period
from sitegen.model.exports import Block, Line

_ENDS = ("start", "end")
_MADE = re.compile(
    r"""\W*(?:(?:date|day|data|report|rapport|bericht|informe|relatorio|fichier|file|archivo|datei|last|le|the)\W+(?:was\W+)?)*
    (?:
        (?:generated|downloaded|exported|extracted|created|updated|accessed|retrieved)
      | (?:genere|telecharge|exporte|extrait|cree)e?
      | (?:de\ |d')(?:generation|telechargement|l'export|export|exportation|extraction|creation)
      | (?:erstellt|generiert|heruntergeladen|exportiert|abgerufen) | (?:erstellungs|export|download)(?:datum|zeitpunkt)
      | (?:generad|descargad|exportad|cread|extraid|gerad|baixad|criad|transferid)[oa]
      | de\ (?:generacion|descarga|exportacion|creacion|geracao|download|exportacao|criacao)
      | (?:generat|scaricat|esportat|creat|estratt)[oa] | di\ (?:generazione|download|esportazione|creazione)
      | (?:gegenereerd|gedownload|geexporteerd|gemaakt) | (?:export|download)datum
      | تاريخ\ (?:الانشاء|التنزيل|التصدير) | تم\ (?:انشاؤه|تنزيله|تصديره|الانشاء|التنزيل|التصدير)
    )\b(?P<rest>.*)""",
    re.VERBOSE,
)  # of folded text
_LEAD = re.compile(r"^(?:[\W_]*\b(?:on|at|date|time|le|la|du|am|der|den|el|em|il|op|the|in|في)\b)*[\W_]*")
_WORDS = 8  # of a date with its time
_LONGEST = 200  # characters of a line


def period(block: Block, declared: Declared) -> tuple[Period | None, dating.Ambiguous | None]:
    """The days that the report is about: as declared, as the preamble's keys say, else as a line above the table."""
    if declared.period is not None:
        return declared.period, None
    ends = [dating.period(block.notes[key][1]) for key in _ENDS if key in block.notes]
    if len(ends) == len(_ENDS) and all(isinstance(end, Period) for end in ends):
        first, last = ends
        return Period(first.start, last.end), None  # type: ignore[union-attr]
    lines = [block.notes["period"]] if "period" in block.notes else []
    lines += [(line.number, line.text) for line in reversed(block.above) if _made(line) is None]
    for number, text in lines:
        match dating.period(text):
            case Period() as found:
                return found, None
            case dating.Ambiguous() as doubt:
                return None, replace(doubt, line=number)
    return None, None


def exported(block: Block, declared: Declared) -> date | None:
    """The day on which the platform gave the file: as declared, or as a line above the table says. `03/04/2026`, which
    may be two days, is none: nothing else depends on it, so that it is not worth a question."""
    if declared.exported is not None:
        return declared.exported
    return next((day for line in block.above if (rest := _made(line)) and (day := _day(rest))), None)


def _made(line: Line) -> str | None:
    """What follows the words that say when a report was made, folded; None where the line says nothing of it."""
    found = _MADE.match(folded(" ".join(line.cells)[:_LONGEST]))
    return found["rest"] if found else None


def _day(text: str) -> date | None:
    """The day that a text begins with, whatever follows it: a time, a zone."""
    words = text[len(found[0]) :].split()[:_WORDS] if (found := _LEAD.match(text)) else []
    for count in range(len(words), 0, -1):
        match dating.period(" ".join(words[:count]).rstrip(" ,;.")):
            case Period(start, end) if start == end:
                return start
    return None
