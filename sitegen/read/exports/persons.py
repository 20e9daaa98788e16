"""A table's header and first rows in, which columns are of persons and whether it is a report at all out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.model.exports import Layout, NoReport
from sitegen.read.exports.platforms import Personal, personal, plain, refusals

SAMPLE_SHARE = 0.3  # of the sampled cells, from which on a column is of persons

_ADDRESS = re.compile(r"[^\s@]@[^\s@]+\.\w")  # of a mailbox


def persons_columns(layout: Layout) -> Iterator[int]:
    """The positions, from 0, of columns with the data of persons: by their header, or by most of their first cells."""
    told = personal()
    for at, header in enumerate(layout.header.cells):
        if plain(header) in told.names or _is_of_a_person(header, told):
            yield at
            continue
        cells = [line.cells[at].strip() for line in layout.head if at < len(line.cells) and line.cells[at].strip()]
        like = sum(any(pattern.fullmatch(cell) for pattern in told.cells) for cell in cells)
        if cells and like >= SAMPLE_SHARE * len(cells):
            yield at


def _is_of_a_person(header: str, told: Personal) -> bool:
    """Whether the header itself is what a cell of persons is: a table turned over, or one without a header."""
    return _ADDRESS.search(header) is not None or any(pattern.fullmatch(header.strip()) for pattern in told.cells)


def refusal(layout: Layout) -> NoReport | None:
    """What the table is instead of a report."""
    conditions, names = refusals()
    header = {plain(cell) for cell in layout.header.cells}
    told = {id for id, written in names.items() if written & header}
    for each in conditions:
        if each.needs <= told and not each.without & told and (not each.any or each.any & told):
            return each
    return None
