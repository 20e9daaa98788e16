"""A table's header and what stands above it in, its platform, report and the role of each column out; reads no rows.

Each platform's names are looked up; a word that few platforms use weighs more than one that all do. The whole file is
of one platform: the one whose reports fit its tables best. Two that fit equally well are told, never chosen between.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sitegen.model.exports import Described, Found, Layout, Line, Platform, Report, Role, Titled
from sitegen.read.exports.lexicon import Lexicon, Match, lexicons, looked_up, weights
from sitegen.read.exports.persons import persons_columns
from sitegen.read.exports.platforms import plain

FITS = 0.6  # of the cells of a header, that the platform must know
LEAST, SURE = 0.35, 3.0  # or fewer of them with so much weight
MOST_CHANNELS = 0.7  # of the first cells of a column, that are names of channels
TELLING = 0.6  # of weight, below which words are so common that anybody's own table may have them

# What people call the column that says of which channel a row is, in tables of their own about several of them.
_OF_CHANNELS = frozenset(
    """channel canal kanal kanaal canale القناة platform plateforme plattform plataforma piattaforma المنصة source
    levier lever régie média media network réseau netzwerk netwerk red rede rete""".split()
)
_KEY = re.compile(r"(?P<key>[^:：=]{2,40}?)\s*[:：=]\s*(?P<value>.*)")
_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2} \w{3,9}\.?(?: \d{4})?|\w{3,9}\.? \d{1,2},? \d{4}"
)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a platform explains one table; `report` None: it knows words of it, but no such report."""

    lexicon: Lexicon
    report: Report | None
    matches: Mapping[int, Match]  # by position from 0
    score: float
    title: Titled | None = None
    title_language: str | None = None
    telling: bool = True  # its words are not so common that anybody's own table may have them


# ---------------------------------------------------------------- tables and files


def fits(layout: Layout) -> Iterator[Fit]:
    """Every platform that knows a word of the table's header."""
    names = [plain(cell) for cell in layout.header.cells]
    filled = sum(1 for name in names if name and not _DATE.fullmatch(name))
    dated = any(_DATE.fullmatch(name) for name in names)
    weight = weights()
    for lexicon in lexicons():
        matches = {at: found for at, name in enumerate(names) if name and (found := looked_up(name, lexicon))}
        if not matches:
            continue
        if (at := _channels(layout, names, matches, lexicon)) is not None:
            matches[at] = Match(next(filter(_tells_channels, lexicon.platform.columns.values())), frozenset({"en"}))
        title, spoken = _title(layout.above, lexicon)
        meant = _of_one_language(matches)
        above = (2.0 if title else 0.0) + sum(1.0 for line in layout.above if _note(line, lexicon))
        score = sum(weight.get(names[at], 1.0) for at in meant) + above
        share = len(meant) / filled
        enough = share >= FITS or (share >= LEAST and score >= SURE)
        if enough and score < SURE and _is_of_many(layout, names, matches, lexicon):
            enough = False
        report = _report(lexicon.platform, meant, title, dated=dated) if enough else None
        telling = score >= TELLING or (report is not None and report.certain and share == 1)
        yield Fit(lexicon, report, matches, score, title, spoken, telling)


def _tells_channels(column: Described) -> bool:
    return column.role is Role.CHANNEL


def _channels(layout: Layout, names: Sequence[str], matches: Mapping[int, Match], lexicon: Lexicon) -> int | None:
    """Where a column stands whose title nobody knows and whose cells are the platform's channels, which it calls the
    same in most languages; None where another column tells them."""
    known = lexicon.channels
    if not known or any(_tells_channels(match.column) for match in matches.values()):
        return None
    for at, name in enumerate(names):
        if not name or at in matches or name in _OF_CHANNELS:
            continue
        cells = [cell for line in layout.head if at < len(line.cells) and (cell := plain(line.cells[at]))]
        if cells and sum(cell in known for cell in cells) >= MOST_CHANNELS * len(cells):
            return at
    return None


def _of_one_language(matches: Mapping[int, Match]) -> Mapping[int, Match]:
    """The cells that are of a language of others too, or English, which every interface mixes in: a word that only
    another language has is met by chance."""
    votes = Counter(each for match in matches.values() for each in match.languages)
    least = min(2, max(votes.values(), default=0))
    spoken = {each for each, count in votes.items() if count >= least} | {"en"}
    return {at: match for at, match in matches.items() if match.languages & spoken}


def _is_of_many(layout: Layout, names: Sequence[str], matches: Mapping[int, Match], lexicon: Lexicon) -> bool:
    """Whether a column tells of which channel a row is and is not the platform's own: a table about several of them."""
    others = {each.brand for each in lexicons()} - {lexicon.brand}
    for at, name in enumerate(names):
        if name not in _OF_CHANNELS:
            continue
        if at not in matches:
            return True
        if matches[at].column.role is Role.DIMENSION and (lexicon.platform.channel or "").endswith("_ads"):
            cells = (plain(line.cells[at]) for line in layout.head if at < len(line.cells))
            if any(cell.split()[0] in others for cell in cells if cell):
                return True
    return False


def _report(platform: Platform, matches: Mapping[int, Match], title: Titled | None, *, dated: bool) -> Report | None:
    """The first report whose conditions hold; one with a titled column needs its title, one with dates in its header
    needs such, and one that is no list needs figures."""
    told = {found.column.id for found in matches.values() if found.qualifier is None}
    roles = {found.column.role for found in matches.values()}
    if Role.TITLED in roles and title is None:
        return None
    figured = bool(roles & {Role.METRIC, Role.TITLED})
    for report in platform.reports:
        fits = report.needs <= told and not report.without & told and (not report.any or report.any & told)
        if fits and (dated or report.wide is None) and (figured or report.rows in ("list", "persons")):
            return report
    return None


def _title(above: Sequence[Line], lexicon: Lexicon) -> tuple[Titled, str] | tuple[None, None]:
    """The title that the nearest line above the table holds, and its language."""
    for line in reversed(above):
        if found := lexicon.titles.get(plain(line.text.strip('"'))):
            return found
    return None, None


def best(layouts: Sequence[Layout]) -> tuple[tuple[Fit | None, ...], tuple[str, ...]]:
    """The file's platform, as its fit to each table; or no fit and the platforms between which nothing decides, or the
    only one whose words these are, where anybody's own table may be called so."""
    tables = [list(fits(layout)) for layout in layouts]
    scores: dict[str, float] = defaultdict(float)
    telling: set[str] = set()
    for found in tables:
        for fit in found:
            if fit.report is not None:
                scores[fit.lexicon.platform.id] += fit.score
                telling |= {fit.lexicon.platform.id} if fit.telling else set()
    if not scores:
        return tuple(None for _ in layouts), ()
    most = max(scores.values())
    leading = _likely({id for id, score in scores.items() if score >= most - 1e-9}, layouts)
    if not telling & set(leading):
        leading = sorted(scores, key=lambda platform: (-scores[platform], platform))
    if len(leading) > 1 or not telling:
        return tuple(None for _ in layouts), tuple(leading)
    return tuple(_of(leading[0], found) for found in tables), ()


def _likely(leading: set[str], layouts: Sequence[Layout]) -> list[str]:
    """Of platforms that fit equally well, those that write nothing above their tables, or did so here."""
    if any(layout.above for layout in layouts):
        return sorted(leading)
    silent = {lexicon.platform.id for lexicon in lexicons() if lexicon.platform.above}
    return sorted(leading - silent or leading)


def of(platform: str, layouts: Sequence[Layout]) -> tuple[Fit | None, ...]:
    """The fits of a platform that was declared."""
    return tuple(_of(platform, fits(layout)) for layout in layouts)


def _of(platform: str, found: Iterable[Fit]) -> Fit | None:
    return next((fit for fit in found if fit.lexicon.platform.id == platform), None)


def language(found: Iterable[Fit | None]) -> str | None:
    """The language that most header cells have; English where it is as good as another."""
    told = [fit for fit in found if fit]
    votes = Counter(each for fit in told for match in fit.matches.values() for each in match.languages)
    votes.update(each for fit in told if fit.title_language for each in 2 * [fit.title_language])  # a whole line
    if not votes:
        return None
    most = max(votes.values())
    leading = sorted(each for each, count in votes.items() if count == most)
    return "en" if "en" in leading else leading[0]


# ---------------------------------------------------------------- columns


def columns(layout: Layout, fit: Fit, headers: Sequence[str]) -> tuple[tuple[Found, ...], int]:
    """The columns that are read, and how many with the data of persons are not.

    Of two columns that are the same thing the first is read; of two periods that headers tell, the check decides.
    """
    found: list[Found] = []
    seen: set[tuple[str, str | None]] = set()
    dropped = 0
    persons = set(persons_columns(layout))
    for at, match in sorted(fit.matches.items()):
        column = match.column
        if column.role is Role.PERSONAL or (at in persons and column.role is Role.DIMENSION):
            dropped += 1
            continue
        id = f"{column.id}_{match.qualifier}" if match.qualifier else column.id
        if (id, match.period) in seen:
            continue
        seen.add((id, match.period))
        found.append(_found(at, headers[at], id, match, fit.title))
    unmatched = {at for at in persons if at not in fit.matches}
    return (*found, *_wide(layout, fit, headers)), dropped + len(unmatched)


def _wide(layout: Layout, fit: Fit, headers: Sequence[str]) -> Iterator[Found]:
    """A column for each date that stands in the header, where the report has such."""
    wide = fit.report.wide if fit.report else None
    if wide is None:
        return
    match = Match(fit.lexicon.platform.columns[wide], frozenset())
    for at, cell in enumerate(layout.header.cells):
        if at not in fit.matches and _DATE.fullmatch(cell.strip()):
            yield _found(at, headers[at], wide, replace(match, period=cell.strip()), None)


def _found(at: int, header: str, id: str, match: Match, title: Titled | None) -> Found:
    column = match.column
    if column.role is Role.TITLED and title is not None:
        described = Described(
            title.id, Role.METRIC, {}, title.metric, title.gauge, title.scale, title.part_of, title.comparison
        )
        return _found(at, header, title.id, replace(match, column=described), None)
    return Found(
        position=at + 1,
        header=header,
        id=id,
        role=column.role,
        metric=column.metric,
        gauge=column.gauge,
        scale=column.scale,
        part_of=column.part_of,
        comparison=column.comparison or match.qualifier is not None,
        currency=match.currency,
        period=match.period,
        told_by=column.told_by,
    )


# ---------------------------------------------------------------- above the table


def notes(above: Iterable[Line], lexicon: Lexicon) -> dict[str, tuple[int, str]]:
    """What keys of the preamble, or of a table of keys and values, say, each with its line."""
    told: dict[str, tuple[int, str]] = {}
    for line in above:
        if found := _note(line, lexicon):
            told[found[0]] = (line.number, found[1])
    return told


def _note(line: Line, lexicon: Lexicon) -> tuple[str, str] | None:
    cells = [cell.strip() for cell in line.cells if cell.strip()]
    if not cells:
        return None
    first, rest = plain(cells[0]).rstrip(" :"), cells[1:]
    if first in lexicon.keys and rest:
        return lexicon.keys[first], ",".join(rest)
    if parts := _KEY.fullmatch(line.text):
        key = plain(parts["key"]).rstrip()
        if key in lexicon.keys:
            return lexicon.keys[key], parts["value"].strip()
    return None


def unread(layout: Layout, fit: Fit) -> tuple[str, ...]:
    """Headers that the platform does not know, those of persons left out."""
    persons = set(persons_columns(layout))
    return tuple(
        header.strip()
        for at, header in enumerate(layout.header.cells)
        if header.strip()
        and at not in fit.matches
        and at not in persons
        and not (fit.report and fit.report.wide and _DATE.fullmatch(header.strip()))
    )
