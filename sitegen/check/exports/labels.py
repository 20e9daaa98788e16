"""Cells of labels in, as they are compared and which of them name a total out; knows no rows.

Most distinct cells of a file are labels, so that those of a column are looked at together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from sitegen.check.tables.cells import Mask
from sitegen.model.exports import Platform

NOTHING = frozenset({"", "-", "--", "–", "—"})
SECTION = re.compile(r"[:\-–]|^(?:sub|sous|zwischen|teil|tussen|total parcial)", re.IGNORECASE)  # a total of some rows
AVERAGES = frozenset(
    """average averages avg avg. mean median moyenne moyennes médiane durchschnitt mittelwert promedio gemiddelde
    gemiddeld média media mediana المتوسط متوسط""".split()
)
USUAL_TOTALS = (
    r"(?:grand |sous-|sub)?totals?(?: ?[:\-] ?.*)?",
    r"(?:totaux|somme)(?: ?[:\-] ?.*)?",
    r"total g[ée]n[ée]ral",
    r"total(?:es)?(?: general)?|suma(?: total)?",
    r"(?:(?:gesamt|zwischen|teil)summe|gesamt(?:ergebnis)?|summe)(?:: .*)?",
    r"(?:(?:eind|sub|tussen)?totaal|totalen)(?:: .*)?",
    r"total (?:geral|parcial)|totais|soma",
    r"(?:sub)?totale(?: complessivo| parziale)?|totali|subtotali",
    r"(?:المجموع|الإجمالي|الاجمالي)(?: الكلي| العام)?",
)
UNNAMED = frozenset(
    f"({words})"
    for words in (
        *("not set", "other", "others", "data not available"),
        *("autre", "autres", "non défini", "non définie", "non défini(e)", "non renseigné"),
        *("nicht festgelegt", "andere", "sonstige", "weitere"),
        *("no definido", "sin definir", "otro", "otra", "otros", "otras"),
        *("niet ingesteld", "overige", "overig"),
        *("não definido", "não definida", "outro", "outra", "outros", "outras"),
        *("non impostato", "non impostata", "altro", "altri", "altre"),
        *("غير محدد", "غير محددة", "أخرى"),
    )
)  # what stands where the platform has no name for a row, or no room for it
_SPACES = re.compile(r"[^\S\n]+")


@cache
def _pattern(written: tuple[str, ...]) -> re.Pattern[str]:
    """Each whole line that one of these patterns is."""
    return re.compile(rf"^(?:{'|'.join(f'(?:{each})' for each in written)})$", re.IGNORECASE | re.MULTILINE)


def totals(platform: Platform | None) -> re.Pattern[str]:
    """What begins a total row, in all languages of the platform."""
    names = platform.totals if platform else {}
    return _pattern((*(each for written in names.values() for each in written), *USUAL_TOTALS))


def plain_all(texts: Sequence[str]) -> list[str]:
    """`plain` of many cells: together, since most of a file's distinct cells are labels."""
    together = "\n".join(texts)
    if together.count("\n") != len(texts) - 1:
        return [plain(text) for text in texts]
    return _SPACES.sub(" ", together).replace(" \n", "\n").replace("\n ", "\n").strip(" ").casefold().split("\n")


def matching(pattern: re.Pattern[str], texts: Sequence[str]) -> Mask:
    """Which of the cells the pattern is; all are looked at in one go."""
    found = np.zeros(len(texts), bool)
    line, before = 0, 0
    together = "\n".join(texts)
    for match in pattern.finditer(together):
        line, before = line + together.count("\n", before, match.start()), match.start()
        found[line] = True
    return found


def plain(text: str) -> str:
    """A cell as labels are compared."""
    return " ".join(text.split()).casefold()
