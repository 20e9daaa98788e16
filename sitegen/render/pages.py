"""An Edition and its Figures in, PageJobs out; a PageJob and its drawings in, an Artifact out. Writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from jinja2 import Environment

from sitegen.formats import Words
from sitegen.messages import Message, Month, say
from sitegen.model import frozen
from sitegen.model.authored import COST_LINES, Site
from sitegen.model.authored_text import Article, Note
from sitegen.model.built import Artifact, Drawing, Figure, Issue, Legend, Listed, PageJob, PortalSummary
from sitegen.model.computed import ChannelReturn, CheckResult, Edition, Progress
from sitegen.render import (
    advice,
    changed,
    comparing,
    downloads,
    evidence,
    explained,
    glossary,
    goals,
    guarantees,
    levers,
    method,
    numbers,
    printing,
    search,
    templates,
    urls,
    workbook,
)

EVENT, TRENDS = "chart-event", "trends"
HEADLINE_FIGURES = 3
ACTIONS = 3
PLAN_FIRST = 5  # of the plan, before the rest unfolds (METHODS §7)
_SALES = (
    "trend-net_sales",
    "trend-revenue",
    "trend-leads",
    "returns-net",
    "returns-channels",
    "trend-conversion_rate",
    "trend-sessions",
)
_HEADLINES: Mapping[str | None, tuple[str, ...]] = {
    "leads": ("funnel-leads", "trend-leads", "trend-qualified_leads", "returns-net", *_SALES),
    "service": (
        "service-contacts",
        "trend-in_time_rate",
        "trend-response_time",
        "trend-response_rate",
        "trend-contacts_per_case",
        "returns-net",
        *_SALES,
    ),
    "reputation": ("trend-net_sentiment", "trend-share_of_voice", "trend-mentions", "returns-net", *_SALES),
}


def words(edition: Edition, language: str) -> Words:
    """How this client's readers read numbers and dates in `language`."""
    return Words(language, edition.profile.country, edition.profile.scale)


def plan(
    edition: Edition,
    figures: Sequence[Figure],
    articles: Sequence[Article],
    site: Site,
    issue: Issue | None = None,
) -> tuple[PageJob, ...]:
    """Every page of a portal in every language; a page appears only when it has something to say.

    `issue` tells which of a client's dated reports this is. What is there once for all of them (advice, glossary,
    search) belongs to the one that follows the files.
    """
    issue = issue or alone(edition)
    place = issue.own.place
    figures = explained.with_methods(edition, figures)
    topics = edition.findings  # each still with the topic of its advice
    profile = edition.profile
    read = {language: advice.own(articles, words(edition, language)) for language in profile.languages}
    edition = advice.advised(edition, [article for own in read.values() for article in own])
    addresses = {language: _addresses(edition, language, read[language], issue) for language in profile.languages}
    asked = _asked(edition)
    states = ("open", "done", "refused")
    plan_of = {state: [each for each in edition.actions if each.state == state] for state in states}
    jobs = []
    for language in profile.languages:
        own, reader = read[language], words(edition, language)
        common = {
            "edition": edition,
            "profile": profile,
            "site": site,
            "figures": {figure.id: figure for figure in figures},
            "headlines": _headlines(figures, edition),
            "shared_events": _shared_events(figures),
            "month": frozen.label(issue.period) if issue.period else Month(edition.as_of.year, edition.as_of.month),
            "issue": issue,
            "changed": changed.told(edition.changes),
            "notes": _notes(edition, language),
            "glossary": glossary.terms(words(edition, language)),
            "headline_numbers": method.headlines(edition.scorecard.returns),
            "levers": levers.levers(edition.scorecard.returns),
            "break_even": method.break_even(edition.scorecard.returns),
            "method_lines": _returned(edition),
            "objective_method": {p.objective: _progressed(p, edition.slug) for p in edition.scorecard.progress},
            "year_method": tuple(explained.year_addresses(edition.scorecard.years, edition.slug)),
            "sign_method": {sign.id: explained.sign(sign) for sign in edition.signs},
            "ordered_channels": _ordered(edition),
            "positions": {position.benchmark: position for position in edition.positions},
            "comparing": {each.id: tuple(comparing.lines(each)) for each in edition.scorecard.benchmarks},
            "lines": _lines(edition),
            "compared": {name: each.id for each in edition.scorecard.benchmarks for name in each.objectives},
            "statuses": {each.objective: each.status for each in edition.assessments},
            "progresses": {progress.objective: progress for progress in edition.scorecard.progress},
            "evidence": evidence.evidence(edition.scorecard.inbox, edition.scorecard.posts),
            "evidence_files": evidence.files(edition.scorecard.inbox, edition.scorecard.posts),
            "cost_lines": COST_LINES,
            "objectives": {objective.id: objective for objective in profile.objectives},
            "metrics": method.metrics(edition),
            "articles": {article.id: article for article in own},
            "recommended": advice.recommended(topics, own),
            "actions": plan_of["open"][:ACTIONS],
            "plan": plan_of,
            "plan_first": PLAN_FIRST,
            "guarantees": guarantees.guarantees(edition, figures, _headlines(figures, edition)),
            "tree": goals.tree(edition),
            "advice": advice.places(own),
            "sections": advice.anchors(topics, own),
            "shelves": advice.shelves(own),
            "themes": advice.THEMES,
            "levels": advice.LEVELS,
            "questions": [check.id for check in asked if check.state == "unknown"],
            "asked_as": {check.question: check.id for check in asked},
            "nav": tuple((name, addresses[language][name]) for name in urls.PAGES if name in addresses[language]),
            "addresses": addresses[language],
            "print_address": urls.printed(place, reader, profile.languages),
            "search_index": search.address(profile.slug, language),
            "workbook": urls.workbook(place, language),
            "downloads": {name: urls.download(place, language, name) for name in ("numbers", *(f.id for f in figures))},
        }
        for name, address in addresses[language].items():
            kind, _, article = name.partition(":")
            if issue.period and (article or name in urls.LIVE):
                continue
            alternates = {other: listed[name] for other, listed in addresses.items() if name in listed}
            extra: dict[str, object] = {"article": common["articles"][article]} if article else {}  # type: ignore[index]
            extra["issues"] = _issues(edition, issue, language, kind)
            jobs.append(PageJob(address, kind, language, kind, {**common, **extra}, alternates))
    return tuple(jobs)


def alone(edition: Edition) -> Issue:
    """The only report of a client."""
    return Issue("", (Listed("", edition.as_of, edition.profile.slug),))


def _issues(edition: Edition, issue: Issue, language: str, name: str) -> tuple[tuple[Listed, Message, str], ...]:
    """Every report of the client with its name and the address of the same page, or of the first one."""
    reader, languages = words(edition, language), edition.profile.languages
    there = name if name in ("synthesis", "objectives", "diagnosis", "data") else "synthesis"
    return tuple(
        (
            each,
            frozen.label(each.period) if each.period else say("editions.live", day=each.as_of),
            urls.page(each.place, reader, languages, there),
        )
        for each in issue.listed
    )


def _asked(edition: Edition) -> tuple[CheckResult, ...]:
    """The checks that an answer may tell, each question once, in the order of the panels."""
    checks = [check for sign in edition.signs for check in sign.section.checks]
    checks += [check for panel in edition.audit.panels for part in panel.parts for check in part.section.checks]
    once = {check.question: check for check in reversed(checks) if check.question and not check.same_as}
    return tuple(check for check in checks if check in once.values())


def _returned(edition: Edition) -> tuple[Message, ...]:
    """How the return came about: the formulas with their numbers, then where these were read."""
    returns = edition.scorecard.returns
    return (*method.returns_lines(returns), *explained.returns_addresses(returns, edition.slug))


def _progressed(progress: Progress, slug: str) -> tuple[Message, ...]:
    return (*method.progress_lines(progress), *explained.progress_addresses(progress, slug))


def _ordered(edition: Edition) -> tuple[ChannelReturn, ...]:
    """The channels as they may be ranked."""
    place = {channel: at for at, channel in enumerate(edition.ranking.order)}
    return tuple(sorted(edition.scorecard.returns.channels, key=lambda each: place.get(each.channel, len(place))))


def _notes(edition: Edition, language: str) -> Mapping[str, Note]:
    """The comment on each page or objective: in this language, else the one that serves all."""
    return {note.target: note for of in ("", language) for note in edition.notes if note.language == of}


def _addresses(edition: Edition, language: str, articles: Sequence[Article], issue: Issue) -> Mapping[str, str]:
    profile, reader = edition.profile, words(edition, language)
    absent = {name for name, told in (("benchmark", _compares(edition)), ("changes", edition.changes)) if not told}
    names = [name for name in (*urls.PAGES, *urls.BESIDE) if name not in absent]
    home = profile.slug
    places = {name: home if name in urls.LIVE else issue.own.place for name in names}
    pages = {name: urls.page(place, reader, profile.languages, name) for name, place in places.items()}
    pages |= {
        f"article:{article.id}": urls.article(profile.slug, reader, profile.languages, article.slug)
        for article in articles
    }
    return pages


def _compares(edition: Edition) -> bool:
    """Whether there is anything to compare with, or dropped."""
    card = edition.scorecard
    return bool(card.benchmarks or card.crossings or card.intensity or edition.profile.dropped)


def _lines(edition: Edition) -> Mapping[str, Message]:
    """An objective's comparison in a line, where there is one."""
    pairs = zip(edition.scorecard.benchmarks, edition.positions, strict=True)
    return {objective: position.line for each, position in pairs for objective in each.objectives}


def _headlines(figures: Sequence[Figure], edition: Edition) -> tuple[str, ...]:
    """The few pictures of the first page, by what social media are for: the result, what it earned, the best KPI."""
    ranked, net = _HEADLINES.get(edition.profile.role, _SALES), edition.scorecard.returns.net
    present = [figure.id for figure in figures if figure.subject != "progress"]
    if net is None or net.value is None:
        present = [name for name in present if name != "returns-net"]
    chosen = [*(name for name in ranked if name in present), *present]
    return tuple(dict.fromkeys(chosen))[:HEADLINE_FIGURES]


def _shared_events(figures: Sequence[Figure]) -> tuple[Legend, ...]:
    """The list of events that most trends have in common, so that a page tells it once."""
    lists = Counter(
        tuple(entry for entry in figure.legend if entry.token == EVENT)
        for figure in figures
        if figure.subject == TRENDS
    )
    events, count = max(lists.items(), key=lambda found: found[1], default=((), 0))
    return events if count > 1 else ()


def printed(jobs: Sequence[PageJob], bodies: Mapping[str, bytes], language: str, press: Environment) -> Artifact:
    """The page that prints a whole report in one language, made of these finished pages."""
    own = [job for job in jobs if job.language == language and job.address in bodies]
    first = own[0]
    edition, site = first.values["edition"], first.values["site"]
    assert isinstance(edition, Edition)  # noqa: S101 - plan() put them there
    assert isinstance(site, Site)  # noqa: S101
    reader = words(edition, language)
    alternates = {job.language: str(job.values["print_address"]) for job in jobs if job.page == "synthesis"}
    address = alternates[language]
    told = [(job, reader.say(say(f"pages.{job.page}.title")), bodies[job.address]) for job in own]
    values = {
        **first.values,
        "chapters": printing.chapters(address, told, reader.say(say("pages.print.notes")), site.base_url or ""),
    }
    return page(PageJob(address, printing.LAYOUT, language, printing.LAYOUT, values, alternates), press, {})


def page(job: PageJob, press: Environment, drawings: Mapping[str, Drawing]) -> Artifact:
    """One page, rendered."""
    edition = job.values["edition"]
    assert isinstance(edition, Edition)  # noqa: S101 - plan() put it there
    return Artifact(job.address, templates.text(press, job, words(edition, job.language), drawings).encode())


def files(edition: Edition, figures: Sequence[Figure], place: str | None = None) -> tuple[Artifact, ...]:
    """The downloads of a portal, or of its report at `place`: a CSV file for each figure, one of every number, and one
    workbook of all."""
    slug, artifacts = place or edition.slug, []
    for language in edition.profile.languages:
        reader = words(edition, language)
        for figure in figures:
            body = downloads.table(figure.download, reader)
            artifacts.append(Artifact(urls.download(slug, language, figure.id), body))
        header = [reader.say(say(f"pages.numbers.{name}")) for name in numbers.COLUMNS]
        body = downloads.rows(header, numbers.rows(edition), reader)
        artifacts.append(Artifact(urls.download(slug, language, "numbers"), body))
        artifacts.append(Artifact(urls.workbook(slug, language), workbook.workbook(edition, reader)))
    return tuple(artifacts)


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
