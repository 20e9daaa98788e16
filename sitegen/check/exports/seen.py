"""A table that no platform explains in, what each of its columns looks like out; converts nothing for good."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from sitegen.check.exports import amounts, dating
from sitegen.check.exports.labels import matching, plain_all, totals
from sitegen.check.tables.cells import Cells, cells
from sitegen.check.tables.numbers import Mark
from sitegen.model.exports import Block, Found, Role, Scale
from sitegen.model.tables import Chunk

_YEAR = re.compile(r"\s*(?:19|20)[0-9]{2}\s*", re.ASCII)
FEW_WRONG = 0.02  # of the filled cells, which a column of dates or figures may hold beside them


def seen(block: Block) -> Block:
    """The block with the roles that the first rows of its columns show: dates, figures, or words."""
    chunk = next(block.table.chunks(), None)
    if chunk is None:
        return block
    columns = tuple(_seen(chunk, column) for column in block.columns)
    dates = [column for column in columns if column.role is Role.DATE]
    return replace(block, columns=tuple(replace(column, role=Role.DIMENSION) if column in dates[1:] else column
                                        for column in columns))  # fmt: skip


def _seen(chunk: Chunk, column: Found) -> Found:
    held = cells(chunk, column.header)
    if not held.counts.sum():
        return column
    if _dates(held):
        return replace(column, role=Role.DATE)
    return replace(column, role=Role.METRIC) if _figures(held) else column


def _dates(held: Cells) -> bool:
    """Cells that tell a day, in one writing; plain numbers of eight digits too."""
    found = dating.evidence(held)
    named = matching(totals(None), plain_all(held.text))  # a total row has its name there
    if not found.dated or found.dated < (1 - FEW_WRONG) * (held.counts * ~named).sum():
        return False
    writing = dating.decided(found)
    return (
        isinstance(writing, dating.Ambiguous)
        or writing.yearless
        or _most(held, named | (dating.spans(held.text, writing)[0] > 0))
    )


def _figures(held: Cells) -> bool:
    """Cells that are numbers, and not just one year after the other."""
    if len(held.text) > 1 and (held.counts == 1).all() and all(map(_YEAR.fullmatch, held.text)):
        return False
    return any(_most(held, ~amounts.values(held.text, mark, Scale.COUNT).wrong) for mark in Mark)


def _most(held: Cells, right: np.typing.NDArray[np.bool_]) -> bool:
    return bool((held.counts * ~right).sum() <= FEW_WRONG * held.counts.sum())
