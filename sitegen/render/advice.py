"""Articles and findings in, what is advised to this client and why out: by topic, by reason, by theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sitegen.formats import Words
from sitegen.messages import Message
from sitegen.model.authored_text import Article
from sitegen.model.computed import Edition, Finding

THEMES = ("measure", "objectives", "returns", "sales", "dialogue", "content", "organisation")  # as a page lists them
LEVELS = ("start", "further")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a topic is treated: an article, or one section of it."""

    article: Article
    anchor: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an article is recommended, and the section that it is about; empty where it is the whole article."""

    because: Message
    anchor: str = ""
    heading: str = ""


def own(articles: Sequence[Article], words: Words) -> tuple[Article, ...]:
    """The articles for these readers: those of their language, replaced by those of their region (`fr-CA`)."""
    found = {
        article.id: article
        for language in dict.fromkeys((words.language, words.tag))
        for article in articles
        if article.language == language
    }
    return tuple(_set(article, words) for article in found.values())


def _set(article: Article, words: Words) -> Article:
    return replace(
        article,
        title=words.local(article.title),
        summary=words.local(article.summary),
        body=words.local(article.body),
        sections=tuple((anchor, words.local(heading)) for anchor, heading in article.sections),
        sources=tuple(replace(source, note=words.local(source.note)) for source in article.sources),
    )


def places(articles: Sequence[Article]) -> Mapping[str, Place]:
    """Topic → the first article on it, at its section."""
    found: dict[str, Place] = {}
    for article in articles:
        anchors, headings = dict(article.places), dict(article.sections)
        for topic in article.topics:
            anchor = anchors.get(topic, "")
            found.setdefault(topic, Place(article, anchor, headings.get(anchor, "")))
    return found


def advised(edition: Edition, articles: Sequence[Article]) -> Edition:
    """The edition whose findings lead to articles: a finding names a topic, and the first article on it is meant."""
    known = places(articles)
    findings = (
        replace(found, article=known[found.article].article.id) if found.article in known else found
        for found in edition.findings
    )
    actions = (
        replace(each, article=known[each.article].article.id)
        if each.article is not None and each.article in known
        else each
        for each in edition.actions
    )
    return replace(edition, findings=tuple(findings), actions=tuple(actions))


def anchors(findings: Sequence[Finding], articles: Sequence[Article]) -> Mapping[str, str]:
    """Finding → the section of its article. `findings` still name topics."""
    known = places(articles)
    return {found.id: known[found.article].anchor for found in findings if found.article in known}


def recommended(
    findings: Sequence[Finding], articles: Sequence[Article]
) -> tuple[tuple[Article, tuple[Reason, ...]], ...]:
    """The articles that findings lead to, most pressing first, each with its reasons. `findings` still name topics."""
    known, by_id = places(articles), {article.id: article for article in articles}
    reasons: dict[str, dict[Message, Reason]] = {}
    for finding in findings:
        place = known.get(finding.article) or (Place(by_id[finding.article]) if finding.article in by_id else None)
        if place is not None:
            reason = Reason(finding.article_reason, place.anchor, place.heading)
            reasons.setdefault(place.article.id, {}).setdefault(finding.article_reason, reason)
    return tuple((by_id[name], tuple(because.values())) for name, because in reasons.items())


def shelves(articles: Sequence[Article]) -> tuple[tuple[str, tuple[Article, ...]], ...]:
    """Theme → its articles, those for a start first; themes of an agency's own come after ours."""
    ours = {theme: place for place, theme in enumerate(THEMES)}
    levels = {level: place for place, level in enumerate(LEVELS)}
    themes = sorted({article.theme for article in articles}, key=lambda theme: (ours.get(theme, len(ours)), theme))
    return tuple(
        (
            theme,
            tuple(
                sorted(
                    (article for article in articles if article.theme == theme),
                    key=lambda article: levels.get(article.level, len(levels)),
                )
            ),
        )
        for theme in themes
    )
