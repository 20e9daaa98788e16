"""An Edition in, Figures out: template, rows, messages, the same numbers as a table, one sentence; draws nothing."""

from __future__ import annotations

from sitegen.draw import benchmark, budgets, crossing, funnels, net, outlook, progress, returns, service, trends
from sitegen.draw.templates import template
from sitegen.model.built import Figure
from sitegen.model.computed import Edition

__all__ = ["figures", "template"]


def figures(edition: Edition) -> tuple[Figure, ...]:
    """Every figure that the edition has the numbers for: objectives first, then returns, trends, benchmarks, crossings.

    Ids: `objective-<id>-bullet`, `objective-<id>-timeline`, `objective-<id>-fan`, `returns-channels`, `returns-net`,
    `returns-budget`, `funnel-<id>`, `service-contacts`, `trend-<metric>`, `benchmark-<metric>[-<channel>…]`,
    `benchmark-intensity`, `crossing-<first>-<second>`.
    """
    drawn = (progress, outlook, returns, net, budgets, funnels, service, trends, benchmark, crossing)
    return tuple(figure for part in drawn for figure in part.figures(edition))
