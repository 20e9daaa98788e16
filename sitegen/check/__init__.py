"""Sources in, a typed `Dossier` or every `Problem` with its place out; computes nothing.

    schema      a document → its model, each misfit at its key or value
    references  names of metrics, channels, goals, currencies, zones, themes → those that lead nowhere
    smart       objectives → what makes one impossible to judge
    actions     decisions about the plan → what they lack
    gains       gains, budgets, taxes → what could not be computed or would count twice
    notes       the analyst's comments → what each is about
    brand       logo and colour → what could harm a reader, what could not be read
    rubric      checks that are set → those that there are not
    benchmarks  published figures, competitors → what could not be compared
    evidence    conversations and posts → typed rows, without what may be of a person
    lighthouse  reports → runs that count, and why the others do not
    sources     declared and undeclared files → what each of their columns is
    tables      cells → days and numbers

All problems of all files are told at once, so what fits is checked further although something else does not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from sitegen.check import actions, benchmarks, brand, gains, lighthouse, references, rubric, schema, smart
from sitegen.check.editors import schemas
from sitegen.check.evidence import evidence
from sitegen.check.exports import reading
from sitegen.check.notes import notes
from sitegen.check.recognised import recognised
from sitegen.check.schema import Draft
from sitegen.check.sources import declarations
from sitegen.check.tables import records
from sitegen.errors import Problem, Severity
from sitegen.model.authored import AsFound, Baselines, Client, ExchangeRate, FrozenBaseline, Site
from sitegen.model.authored_text import Note
from sitegen.model.countries import COUNTRIES
from sitegen.model.exports import Reading
from sitegen.model.facts import Document, Dossier, Path, Records, Sources
from sitegen.model.rubric import merged

__all__ = ["client", "schemas", "site"]


def site(
    document: Document,
    themes: Collection[str] = ("default",),
    problems: Iterable[Problem] = (),
    checks: Collection[str] = (),
) -> tuple[Site | None, tuple[Problem, ...]]:
    """`config.yaml`, typed; None beside at least one error. `problems` are those of reading it, told too.

    `checks` are the ids of the rubric: those that may be set.
    """
    config, found = schema.model(Site, document)
    more = (*references.site(document, themes), *rubric.settings(document, checks), *benchmarks.site(document))
    together = _together(problems, found, more)
    return (None if _stops(together) else config), together


def client(
    sources: Sources,
    site: Site,
    tokens: Mapping[str, Mapping[str, str]] | None = None,
    checks: Collection[str] = (),
) -> tuple[Dossier | None, tuple[Problem, ...]]:
    """One client with every default resolved and its tables typed; None beside at least one error.

    `tokens` are the theme's, by mode: the client's colour is judged against them. `checks` are the ids of the rubric.
    The problems of reading it are told with the others, sorted by path, line and column.
    """
    document = sources.client
    if document is None:
        return None, _together(sources.problems)
    authored, found = schema.model(Client, document)
    draft = schema.draft(document)
    baselines, more = _baselines(sources.baselines, draft)
    arrival, arrival_problems = schema.model(AsFound, sources.as_found) if sources.as_found else (None, ())
    rows, seen, rows_problems = _records(draft, sources, site.exchange_rates)
    readings, exported, readings_problems = _readings(draft, sources, site.exchange_rates)
    rows = (*rows, *exported)
    lab_runs, lab_problems = lighthouse.runs(sources.reports)
    told, told_problems = evidence(sources.evidence, authored, draft.country)
    comments, comments_problems = notes(sources.notes, [name for _, name in draft.names])
    together = _together(
        sources.problems,
        (*found, *more, *arrival_problems),
        (
            *references.client(draft),
            *references.costs(draft, site.exchange_rates),
            *rubric.settings(document, checks, [each.id for each in site.rubric.own]),
            *benchmarks.client(draft),
            *actions.actions(document, checks),
            *smart.problems(draft, baselines),
            *gains.problems(draft, exported=any("spend" in records.metrics for records in rows)),
            *rows_problems,
            *readings_problems,
            *lab_problems,
            *told_problems,
            *comments_problems,
            *brand.logo(draft, sources),
            *brand.accent(draft, tokens or {}),
        ),
    )
    if authored is None or _stops(together):
        return None, together
    dossier = _dossier(sources.slug, authored, site, baselines, rows, together, comments, arrival)
    return replace(
        dossier,
        logo=sources.logo,
        readings=readings,
        lab_runs=lab_runs,
        benchmarks=(*authored.benchmarks, *site.benchmarks),
        competitors=seen,
        evidence=told,
    ), together


def _dossier(
    slug: str,
    client: Client,
    site: Site,
    baselines: Mapping[str, FrozenBaseline],
    rows: tuple[Records, ...],
    problems: tuple[Problem, ...],
    comments: tuple[Note, ...],
    arrival: AsFound | None,
) -> Dossier:
    """What was authored over what the country says over what the site says."""
    country = COUNTRIES[client.country]
    currency = client.currency or country.currency
    return Dossier(
        slug=slug,
        client=client,
        languages=client.languages or site.languages,
        country=country.code,
        currency=currency,
        timezone=client.timezone or country.timezone,
        baselines=baselines,
        records=tuple(replace(each, tax=each.tax or client.tax) for each in rows),
        rates=tuple(rate for rate in site.exchange_rates if rate.to == currency),
        thresholds=site.thresholds,
        latency_days=site.latency_days,
        problems=problems,
        notes=comments,
        as_found=arrival,
        rubric=merged(site.rubric, client.rubric),
    )


def _baselines(document: Document | None, draft: Draft) -> tuple[Mapping[str, FrozenBaseline], tuple[Problem, ...]]:
    """The frozen baselines of the objectives that there are."""
    if document is None:
        return {}, ()
    authored, problems = schema.model(Baselines, document)
    names = {name for _, name in draft.names}
    frozen = authored.baselines if authored else {}
    return (
        {name: baseline for name, baseline in frozen.items() if name in names},
        (*problems, *references.baselines(document, names), *smart.windows(document, frozen)),
    )


def _records(
    draft: Draft, sources: Sources, rates: Collection[ExchangeRate]
) -> tuple[tuple[Records, ...], Mapping[str, tuple[Records, ...]], tuple[Problem, ...]]:
    """The client's own rows, those of each competitor by its name, and all that is wrong with either."""
    found, problems = declarations(draft, sources)
    read: list[Records] = []
    told = list(problems)
    for declaration in (one for one in found if not one.of_competitors):
        rows, more = records(declaration, draft.document)
        told += more
        if rows is not None:
            read.append(rows)
            told += _rate(draft, (*declaration.at, "currency"), rows, rates)
    seen, more = benchmarks.competitors([one for one in found if one.of_competitors], draft)
    told += more
    for rows in (rows for each in seen.values() for rows in each):
        told += _rate(draft, ("currency",), rows, rates)
    return tuple(read), seen, tuple(told)


def _rate(draft: Draft, at: Path, rows: Records, rates: Collection[ExchangeRate]) -> Iterable[Problem]:
    """What is wrong with the exchange rate that rows of money need; `at` is where their currency is written."""
    first = rows.period.start if rows.period else None
    return references.exchange_rate(draft.document, at, rows.currency, draft.currency, first, rates)


def _readings(
    draft: Draft, sources: Sources, rates: Collection[ExchangeRate]
) -> tuple[tuple[Reading, ...], tuple[Records, ...], tuple[Problem, ...]]:
    """What the platforms' exports hold, the records to be measured among it, and all that is wrong with them."""
    read: list[Reading] = []
    records: list[Records] = []
    told: list[Problem] = []
    for each in recognised(draft, sources):
        found = reading(each.export, each.declared)
        read.append(found)
        told += found.problems
        if found.refused is not None and found.refused not in {problem.message for problem in found.problems}:
            told.append(Problem(found.path, 0, 0, found.refused, found.hint, Severity.WARNING))
        for rows in (rows for table in found.tables for rows in table.records):
            records.append(rows)
            told += _rate(draft, (*each.at, "currency"), rows, rates)
    return tuple(read), tuple(records), tuple(told)


def _together(*layers: Iterable[Problem]) -> tuple[Problem, ...]:
    """All problems in the order of the files; where one layer has refused a value, the later ones say nothing of it."""
    told: dict[Problem, None] = {}
    for layer in layers:
        refused = {_place(problem) for problem in told if problem.line and problem.severity is Severity.ERROR}
        told.update(dict.fromkeys(problem for problem in layer if _place(problem) not in refused))
    return tuple(sorted(told, key=_place))


def _place(problem: Problem) -> tuple[str, int, int]:
    return problem.path, problem.line, problem.column


def _stops(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
