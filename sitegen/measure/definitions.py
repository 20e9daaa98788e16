"""A Dossier in, the days from which its metrics mean something else out; cuts nothing itself (METHODS §8).

Growth, forecasts and crossings must not span such a day: `breaks` tells it for one metric, with the parts of a ratio.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from sitegen.messages import say
from sitegen.model.catalogue import METRICS
from sitegen.model.changes import DefinitionChange as Change
from sitegen.model.definitions import KNOWN, SUCCESSIONS
from sitegen.model.facts import Dossier, Records


def changes(dossier: Dossier) -> tuple[Change, ...]:
    """Those that the client declares, and the known ones of the platforms that gave its files, by day and metric."""
    declared = (
        Change(each.metric, each.channels, each.date, each.old, each.new) for each in dossier.client.definitions
    )
    found = {*declared, *_known(dossier), *_succeeded(dossier)}
    return tuple(sorted(found, key=lambda each: (each.date, each.metric, each.channels)))


def breaks(dossier: Dossier, metric: str, channels: Sequence[str] = ()) -> tuple[date, ...]:
    """The days from which `metric`, or a part of it, means something else on any of the channels (on all: `()`)."""
    known = METRICS[metric]
    parts = {metric, known.numerator, known.denominator, known.less}
    days = {
        each.date
        for each in changes(dossier)
        if each.metric in parts and (not channels or not each.channels or set(channels) & set(each.channels))
    }
    return tuple(sorted(days))


def _known(dossier: Dossier) -> Iterator[Change]:
    for known in KNOWN:
        for records in dossier.records:
            if records.platform == known.platform and known.metric in records.metrics:
                channels = (known.channel,) if known.channel else records.channel_names
                if set(channels) & set(records.channel_names):
                    yield _told(known.metric, channels, known.date, known.id)


def _succeeded(dossier: Dossier) -> Iterator[Change]:
    """What a client's files tell of one platform first, then of the one that followed it."""
    for (old, new), name in SUCCESSIONS.items():
        before = [records for records in dossier.records if records.platform == old and len(records.days)]
        after = [records for records in dossier.records if records.platform == new and len(records.days)]
        for metric in sorted({metric for records in before for metric in records.metrics}):
            following = [_first(records) for records in after if metric in records.metrics]
            if following:
                yield _told(metric, (), min(following), name)


def _first(records: Records) -> date:
    return date.fromordinal(int(np.min(records.days)))


def _told(metric: str, channels: tuple[str, ...], day: date, name: str) -> Change:
    return Change(metric, channels, day, say(f"definitions.{name}.old"), say(f"definitions.{name}.new"))
