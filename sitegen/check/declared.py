"""What `client.yaml` says of an export, and what holds for the client: each counts where the file itself is silent."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sitegen.messages import Period
from sitegen.model.authored import Source


@dataclass(frozen=True, slots=True)
class Declared:
    """`currency` is the file's own, `client_currency` that of the client, taken when nothing tells another."""

    channel: str | None = None
    currency: str | None = None
    client_currency: str | None = None
    date_format: str | None = None
    locale: Literal["fr", "en"] | None = None
    period: Period | None = None
    tax: Literal["excluded", "included"] | None = None
    gaps_are_zero: bool = False
    exported: date | None = None


NOTHING = Declared()


def of(source: Source | None, currency: str | None) -> Declared:
    """What a source says, beside the client's currency; the rest of it is for files that no platform explains."""
    if source is None:
        return Declared(client_currency=currency)
    return Declared(
        channel=source.channel,
        currency=source.currency,
        client_currency=currency,
        date_format=source.date_format,
        locale=source.locale,
        period=period(source.period),
        tax=source.tax,
        gaps_are_zero=source.gaps == "zero",
        exported=source.exported,
    )


def period(written: str | None) -> Period | None:
    """`2026-06-01..2026-06-25`, or the month `2026-06`; None where it is neither, or ends before it begins."""
    if written is None:
        return None
    first, _, last = written.partition("..")
    try:
        if last:
            found = Period(date.fromisoformat(first), date.fromisoformat(last))
            return found if found.start <= found.end else None
        year, month = map(int, first.split("-"))
        return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    except ValueError:
        return None
