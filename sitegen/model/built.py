"""What is built: figures to plot, pages to render, artifacts to write, and the manifest that is a portal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from sitegen.messages import Message, Param, Unit

Cell: TypeAlias = str | float | int | None


@dataclass(frozen=True, slots=True)
class Legend:
    """One entry of an HTML legend: the theme token that colours the mark (`chart-1`), its shape, its name."""

    token: str
    mark: str  # line, dash, bar, point, rule, area
    label: Message


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The same numbers as the picture: column titles, and rows of values that `formats` spells. None is a gap."""

    columns: tuple[Message, ...]
    rows: tuple[tuple[Param | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture before it is drawn: a template's id and the rows to pour into it, and all its words as messages.

    In `rows`, in tick labels and in `labels`, words are placeholders that `render` fills after drawing, so that one
    drawing serves every language: `⟦q:0.025⟧` a quantity in `unit`, `⟦d:2026-10-01⟧` a date at `grain`, `⟦w:3⟧` the
    label `labels[3]`. A row's `tip` is such a placeholder, told when its mark is pointed at.
    """

    id: str
    subject: str
    template: str
    datasets: Mapping[str, tuple[Mapping[str, Cell], ...]]  # named data of the template
    params: Mapping[str, Cell | tuple[Cell, ...]]  # named parameters of the template
    title: Message  # the conclusion
    subtitle: Message  # what is measured: unit, period
    description: Message  # the text alternative
    table: FigureTable
    unit: Unit
    currency: str | None = None
    grain: str = "month"  # spelling of the dates: day, week, month
    legend: tuple[Legend, ...] = ()
    labels: tuple[Param, ...] = ()
    sources: tuple[str, ...] = ()
    note: Message | None = None
    method: tuple[Message, ...] = ()  # how its numbers came about, on demand
    shared: FigureTable | None = None  # what a download may hold, where that is less than the table

    @property
    def download(self) -> FigureTable:
        return self.table if self.shared is None else self.shared


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure's SVG at each width, its placeholders still in it; ids are `⟦id⟧-1`, `⟦id⟧-2` … until it is placed."""

    wide: str
    narrow: str


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file: its address is relative to the site's root, with `/` between parts."""

    address: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """An artifact without its body. `links` are (target address, fragment), `ids` what may be linked to."""

    address: str
    digest: str
    size: int
    ids: frozenset[str] = frozenset()
    links: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class PortalSummary:
    """What a portal tells the home page and the sitemap: nothing that a page of it does not say."""

    slug: str
    name: str
    access: str
    languages: tuple[str, ...]
    addresses: Mapping[str, str]  # language → address of its first page
    pages: tuple[Mapping[str, str], ...]  # per page: language → address, for sitemap and hreflang
    as_of: str
    fictitious: bool = False
    canary: str = ""
    status: str = "approved"


@dataclass(frozen=True, slots=True)
class Manifest:
    """A portal, or the pages that belong to none, as a list of addresses and digests; the bodies lie in the store.

    `report` is what the pages of a preview that belong to none tell of all clients, as `codec` writes it.
    """

    name: str
    entries: tuple[Entry, ...]
    summary: PortalSummary | None = None
    report: str = ""


@dataclass(frozen=True, slots=True)
class PageJob:
    """One page to render: which layout, in which language, at which address, with which values."""

    address: str
    layout: str
    language: str
    page: str  # synthesis, objectives, data, advice, article, home, missing
    values: Mapping[str, object] = field(default_factory=dict)
    alternates: Mapping[str, str] = field(default_factory=dict)  # language → address of the same page


@dataclass(frozen=True, slots=True)
class Listed:
    """One of a client's dated reports: its `period` (empty for the one that follows the files), its day, and the folder
    in which its pages lie."""

    period: str
    as_of: date
    place: str


@dataclass(frozen=True, slots=True)
class Issue:
    """Which of a client's dated reports is meant, among all of them: the one that follows the files, then the newest
    frozen one and so on."""

    period: str
    listed: tuple[Listed, ...]

    @property
    def own(self) -> Listed:
        return next(each for each in self.listed if each.period == self.period)

    @property
    def newest(self) -> Listed:
        return self.listed[0]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme and all that it extends, resolved: a child's file or token replaces its parent's of the same name.

    `templates` are Jinja sources by name (`layouts/base.html`, `components/figure/figure.html`), `styles` CSS sources
    by name in cascade order, `assets` bytes by address below `assets/`, `examples` the components' example files.
    """

    name: str
    tokens: Mapping[str, Mapping[str, str]]  # light, dark → token → value
    fonts: Mapping[str, str]
    templates: Mapping[str, str]
    styles: Mapping[str, str]
    assets: Mapping[str, bytes]
    examples: Mapping[str, object] = field(default_factory=dict)
