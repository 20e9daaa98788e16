"""An Edition and its Figures in, PageJobs out; a PageJob and its drawings in, an Artifact out. Writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jinja2 import Environment

from sitegen.formats import Words
from sitegen.messages import Message, Month, Param, Quantity, say
from sitegen.model.authored import Site
from sitegen.model.authored_text import Article, Note
from sitegen.model.built import Artifact, Drawing, Figure, PageJob, PortalSummary
from sitegen.model.computed import Edition, Finding
from sitegen.render import downloads, glossary, method, templates, urls

HEADLINE_FIGURES = 3
ACTIONS = 3
_HEADLINES = (
    "trend-net_sales",
    "trend-revenue",
    "trend-leads",
    "returns-channels",
    "trend-conversion_rate",
    "trend-sessions",
)


def words(edition: Edition, language: str) -> Words:
    """How this client's readers read numbers and dates in `language`."""
    return Words(language, edition.profile.country, edition.profile.scale)


def plan(edition: Edition, figures: Sequence[Figure], articles: Sequence[Article], site: Site) -> tuple[PageJob, ...]:
    """Every page of a portal in every language; a page appears only when it has something to say."""
    edition = _advised(edition, articles)
    profile = edition.profile
    addresses = {
        language: _addresses(edition, language, [a for a in articles if a.language == language])
        for language in profile.languages
    }
    jobs = []
    for language in profile.languages:
        own = [article for article in articles if article.language == language]
        common = {
            "edition": edition,
            "profile": profile,
            "site": site,
            "figures": {figure.id: figure for figure in figures},
            "headlines": _headlines(figures),
            "month": Month(edition.as_of.year, edition.as_of.month),
            "notes": _notes(edition, language),
            "glossary": glossary.terms(words(edition, language)),
            "headline_numbers": method.headlines(edition.scorecard.returns),
            "method_lines": tuple(method.returns_lines(edition.scorecard.returns)),
            "objective_method": {p.objective: tuple(method.progress_lines(p)) for p in edition.scorecard.progress},
            "progresses": {progress.objective: progress for progress in edition.scorecard.progress},
            "objectives": {objective.id: objective for objective in profile.objectives},
            "metrics": method.metrics(edition),
            "articles": {article.id: article for article in own},
            "recommended": _recommended(edition.findings, own),
            "actions": edition.findings[:ACTIONS],
            "advice": {topic: article for article in own for topic in article.topics},
            "questions": [c.id for sign in edition.signs for c in sign.section.checks if c.state == "unknown"],
            "nav": tuple((name, addresses[language][name]) for name in urls.PAGES if name in addresses[language]),
            "addresses": addresses[language],
            "downloads": {
                name: urls.download(profile.slug, language, name) for name in ("numbers", *(f.id for f in figures))
            },
        }
        for name, address in addresses[language].items():
            kind, _, article = name.partition(":")
            alternates = {other: listed[name] for other, listed in addresses.items() if name in listed}
            extra = {"article": common["articles"][article]} if article else {}  # type: ignore[index]
            jobs.append(PageJob(address, kind, language, kind, {**common, **extra}, alternates))
    return tuple(jobs)


def _advised(edition: Edition, articles: Sequence[Article]) -> Edition:
    """The edition whose findings lead to articles: a check names a topic, and the first article on it is meant."""
    by_topic = {topic: article.id for article in reversed(articles) for topic in article.topics}
    findings = (replace(found, article=by_topic.get(found.article, found.article)) for found in edition.findings)
    return replace(edition, findings=tuple(findings))


def _notes(edition: Edition, language: str) -> Mapping[str, Note]:
    """The comment on each page or objective: in this language, else the one that serves all."""
    return {note.target: note for of in ("", language) for note in edition.notes if note.language == of}


def _addresses(edition: Edition, language: str, articles: Sequence[Article]) -> Mapping[str, str]:
    profile, reader = edition.profile, words(edition, language)
    pages = {name: urls.page(profile.slug, reader, profile.languages, name) for name in (*urls.PAGES, *urls.BESIDE)}
    pages |= {
        f"article:{article.id}": urls.article(profile.slug, reader, profile.languages, article.slug)
        for article in articles
    }
    return pages


def _headlines(figures: Sequence[Figure]) -> tuple[str, ...]:
    """The few pictures of the first page: sales, what advertising returned, then the best known KPI."""
    present = [figure.id for figure in figures if figure.subject != "progress"]
    ranked = [*(name for name in _HEADLINES if name in present), *(name for name in present if name not in _HEADLINES)]
    return tuple(ranked[:HEADLINE_FIGURES])


def _recommended(
    findings: Sequence[Finding], articles: Sequence[Article]
) -> tuple[tuple[Article, tuple[Message, ...]], ...]:
    """The articles that findings lead to, most pressing first, each with its reasons."""
    by_id = {article.id: article for article in articles}
    reasons: dict[str, list[Message]] = {}
    for finding in findings:
        if finding.article in by_id and finding.article_reason not in reasons.setdefault(finding.article, []):
            reasons[finding.article].append(finding.article_reason)
    return tuple((by_id[name], tuple(because)) for name, because in reasons.items())


def page(job: PageJob, press: Environment, drawings: Mapping[str, Drawing]) -> Artifact:
    """One page, rendered."""
    edition = job.values["edition"]
    assert isinstance(edition, Edition)  # noqa: S101 - plan() put it there
    return Artifact(job.address, templates.text(press, job, words(edition, job.language), drawings).encode())


def files(edition: Edition, figures: Sequence[Figure]) -> tuple[Artifact, ...]:
    """The portal's CSV downloads: one for each figure, and every number with its coverage and sources."""
    slug, artifacts = edition.slug, []
    for language in edition.profile.languages:
        reader = words(edition, language)
        for figure in figures:
            body = downloads.table(figure.table, reader)
            artifacts.append(Artifact(urls.download(slug, language, figure.id), body))
        header = [reader.say(say(f"pages.numbers.{name}")) for name in _NUMBER_COLUMNS]
        body = downloads.rows(header, _numbers(edition), reader)
        artifacts.append(Artifact(urls.download(slug, language, "numbers"), body))
    return tuple(artifacts)


_NUMBER_COLUMNS = ("subject", "metric", "channel", "value", "unit", "start", "end", "coverage", "state", "sources")


def _numbers(edition: Edition) -> list[list[Param | None]]:
    """Every measurement of the edition as a row. One that cannot be computed has an empty value and its state."""
    card = edition.scorecard
    found = [("comparison", number) for c in card.comparisons for number in (c.current, c.previous, c.year_before)]
    for progress in card.progress:
        found += [
            (f"{progress.objective} baseline", progress.baseline),
            (f"{progress.objective} now", progress.current),
        ]
    found += [
        ("returns", number)
        for number in (
            card.returns.sales,
            card.returns.media,
            card.returns.total_cost,
            card.returns.attributed_revenue,
            card.returns.roas,
            card.returns.blended_roas,
            card.returns.cost_per_conversion,
            card.returns.roi_attributed,
            card.returns.roi_incremental,
            card.returns.break_even_roas_media,
            card.returns.break_even_roas,
            card.returns.break_even_incrementality,
        )
    ]
    for channel in card.returns.channels:
        found += [
            ("channel", number)
            for number in (
                channel.spend,
                channel.impressions,
                channel.clicks,
                channel.conversions,
                channel.conversion_value,
            )
        ]
    return [
        [
            subject,
            number.metric,
            number.channel or "",
            None if number.value is None else Quantity(number.value, number.unit, number.currency),
            number.currency or str(number.unit),
            number.period.start if number.period else None,
            number.period.end if number.period else None,
            None if number.coverage is None else Quantity(number.coverage, number.unit.RATE),
            str(number.state),
            " ; ".join(templates.own(edition.slug, path) for path in number.sources),
        ]
        for subject, number in found
    ]


def summary(edition: Edition, jobs: Sequence[PageJob]) -> PortalSummary:
    """What the home page and the sitemap may know of a portal."""
    profile = edition.profile
    first = {job.language: job.address for job in jobs if job.page == "synthesis"}
    pages = {tuple(sorted(job.alternates.items())) for job in jobs}
    return PortalSummary(
        slug=profile.slug,
        name=profile.name,
        access=profile.access,
        languages=profile.languages,
        addresses=first,
        pages=tuple(dict(page) for page in sorted(pages)),
        as_of=edition.as_of.isoformat(),
        fictitious=profile.fictitious,
        canary=edition.canary,
        status=profile.status,
    )
