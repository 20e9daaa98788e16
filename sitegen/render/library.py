"""The agency's advice articles in, the public pages and the Atom feeds that tell of them out. Knows no client."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from sitegen.formats import Words
from sitegen.messages import say
from sitegen.model.authored import Site
from sitegen.model.authored_text import Article
from sitegen.model.built import Artifact, PageJob
from sitegen.render import advice, urls

LIBRARY = "library"


def jobs(articles: Sequence[Article], site: Site) -> tuple[PageJob, ...]:
    """A list of the articles in each language of the site that has any, and each article."""
    addresses = {language: _addresses(articles, site, language) for language in site.languages}
    found = []
    for language, own in addresses.items():
        mine = [article for article in articles if article.language == language]
        common = {
            "site": site,
            "articles": {article.id: article for article in mine},
            "shelves": advice.shelves(mine),
            "themes": advice.THEMES,
            "levels": advice.LEVELS,
            "addresses": own,
            "library": own.get(LIBRARY, ""),
            "home": posixpath.join(urls.folder("", language, site.languages), "index.html"),
            "feed": feed_address(site, language),
        }
        for name, address in own.items():
            kind, _, article = name.partition(":")
            extra = {"article": common["articles"][article]} if article else {}  # type: ignore[index]
            alternates = {other: listed[name] for other, listed in addresses.items() if name in listed}
            layout = "reading" if article else LIBRARY
            found.append(PageJob(address, layout, language, kind, {**common, **extra}, alternates))
    return tuple(found)


def _addresses(articles: Sequence[Article], site: Site, language: str) -> Mapping[str, str]:
    words, own = Words(language), [article for article in articles if article.language == language]
    found = {f"article:{each.id}": urls.article("", words, site.languages, each.slug) for each in own}
    return {LIBRARY: urls.article("", words, site.languages, "index"), **found} if own else {}


def feed_address(site: Site, language: str) -> str:
    """The address of the feed of one language, beside its articles."""
    folder = posixpath.dirname(urls.article("", Words(language), site.languages, "index"))
    return posixpath.join(folder, "feed.xml")


def feeds(articles: Sequence[Article], site: Site) -> tuple[Artifact, ...]:
    """An Atom feed (RFC 4287) for each language, newest first. An article that does not say its day is in none."""
    found = []
    for language in site.languages:
        own = [article for article in articles if article.language == language and article.updated]
        if own:
            found.append(Artifact(feed_address(site, language), _feed(own, site, language)))
    return tuple(found)


def _feed(articles: Sequence[Article], site: Site, language: str) -> bytes:
    """Links are absolute where the site knows its address, else relative to the feed; ids never change with it."""
    here, words = feed_address(site, language), Words(language)
    ordered = sorted(
        articles, key=lambda article: (-(article.updated.toordinal() if article.updated else 0), article.id)
    )

    def link(address: str) -> str:
        return urls.public(site.base_url, address) if site.base_url else urls.relative(here, address)

    def moment(article: Article) -> str:
        return f"{article.updated}T00:00:00Z"

    agency = site.agency.name
    index = urls.article("", words, site.languages, "index")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(language)}>',
        f"<id>{_id(agency, language)}</id>",
        f"<title>{escape(words.say(say('site.advice.title')))} · {escape(agency)}</title>",
        f"<updated>{moment(ordered[0])}</updated>",
        f"<author><name>{escape(agency)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(link(here))}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(link(index))}/>',
    ]
    for article in ordered:
        address = urls.article("", words, site.languages, article.slug)
        lines += [
            "<entry>",
            f"<id>{_id(agency, language, article.id)}</id>",
            f"<title>{escape(article.title)}</title>",
            f'<link rel="alternate" type="text/html" href={quoteattr(link(address))}/>',
            f"<updated>{moment(article)}</updated>",
            f"<summary>{escape(article.summary)}</summary>",
            f"<category term={quoteattr(article.theme)}/>",
            "</entry>",
        ]
    return ("\n".join([*lines, "</feed>"]) + "\n").encode()


def _id(*parts: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, '/'.join(('sitegen', *parts)))}"
