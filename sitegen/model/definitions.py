"""The days from which a platform counts something else under the same name, as far as everybody's files are concerned.

A client's own changes are the `definitions:` of its `client.yaml`. Sources: METHODS §8 (Meta, page insights of August
2025); Google's renaming of conversions to key events, 21 March 2024. A change is one line: its name in the catalogue
(`definitions.<name>`), the platform whose files it is in, the metric, the channel or `*`, the first day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class KnownChange:
    """A change of one metric in the files of one platform; `channel` None: on all of them."""

    id: str
    platform: str
    metric: str
    channel: str | None
    date: date


_TABLE = """
meta_impressions meta_business_suite impressions facebook 2025-11-15
meta_followers meta_business_suite followers facebook 2025-11-15
ga4_key_events ga4 conversions * 2024-03-21
"""


def _change(line: str) -> KnownChange:
    id, platform, metric, channel, day = line.split()
    return KnownChange(id, platform, metric, None if channel == "*" else channel, date.fromisoformat(day))


KNOWN: tuple[KnownChange, ...] = tuple(_change(line) for line in _TABLE.split("\n") if line)

# A platform and the one that followed it: they count differently, so the first day of the second is a change.
SUCCESSIONS: dict[tuple[str, str], str] = {("universal_analytics", "ga4"): "universal_analytics_ga4"}
