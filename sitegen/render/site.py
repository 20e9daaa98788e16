"""Portal summaries in, the pages and files that belong to no client out: home, 404, sitemap, robots, styles, fonts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from jinja2 import Environment

from sitegen.formats import Words
from sitegen.model.authored import Site
from sitegen.model.authored_text import Article
from sitegen.model.built import Artifact, PageJob, PortalSummary, Theme
from sitegen.render import library, portfolio, templates, tokens, urls

ASSETS = "assets"
STYLESHEET = f"{ASSETS}/site.css"
ICON = f"{ASSETS}/icons/favicon.svg"


def artifacts(
    portals: Sequence[PortalSummary],
    articles: Sequence[Article],
    site: Site,
    theme: Theme,
    press: Environment,
    *,
    preview: bool,
    overview: bool = False,
) -> tuple[Artifact, ...]:
    """Everything around `portals`, those of the folder: a preview lists them all, a published site when asked to.

    `overview`: the agency's portfolio lies there, too; a preview always has it.
    The `articles` have pages and a feed of their own when the home page asks for them.
    """
    listed = portals if preview or site.home.list_clients else ()
    told = library.jobs(articles, site) if site.home.advice else ()
    libraries = {job.language: job.address for job in told if job.page == library.LIBRARY}
    homes = _homes(listed, site, libraries, preview=preview)
    assets = [Artifact(f"{ASSETS}/{name}", body) for name, body in theme.assets.items()]
    files = [
        Artifact(STYLESHEET, tokens.stylesheet(theme).encode()),
        Artifact(".nojekyll", b""),
        Artifact("robots.txt", _robots(site, preview=preview)),
    ]
    if preview or overview:
        files.append(Artifact(f"{tokens.PRIVATE}portfolio.css", tokens.private(theme).encode()))
    if site.base_url and not preview:
        files.append(Artifact("sitemap.xml", _sitemap((*homes, *told), portals, site)))
    pages = [
        Artifact(job.address, templates.text(press, job, Words(job.language), {}).encode()) for job in (*homes, *told)
    ]
    if site.home.advice:
        files += library.feeds(articles, site)
    shown = (asset for asset in assets if preview or overview or not asset.address.startswith(tokens.PRIVATE))
    return (*pages, _missing(site, press), *files, *shown)


def base_path(site: Site) -> str:
    """The path under which the site is published: `/repo/` for `https://user.github.io/repo`."""
    path = urlsplit(site.base_url).path if site.base_url else ""
    return path.rstrip("/") + "/"


def _homes(
    listed: Sequence[PortalSummary], site: Site, libraries: Mapping[str, str], *, preview: bool
) -> list[PageJob]:
    addresses = urls.first_pages("", site.languages)
    overview = portfolio.addresses(site) if preview else {}
    common = {"site": site, "portals": tuple(listed)}
    return [
        PageJob(
            address,
            "home",
            language,
            "home",
            {**common, "library": libraries.get(language, ""), "portfolio": overview.get(language)},
            addresses,
        )
        for language, address in addresses.items()
    ]


def _missing(site: Site, press: Environment) -> Artifact:
    """The 404 page: served at any depth, so its links are absolute."""
    values = {"site": site, "base": base_path(site)}
    job = PageJob("404.html", "missing", site.languages[0], "missing", values)
    return Artifact(job.address, templates.text(press, job, Words(job.language), {}).encode())


def _robots(site: Site, *, preview: bool) -> bytes:
    lines = ["User-agent: *", "Disallow: /" if preview else "Allow: /"]
    if site.base_url and not preview:
        lines.append(f"Sitemap: {urls.public(site.base_url, 'sitemap.xml')}")
    return ("\n".join(lines) + "\n").encode()


def _sitemap(own: Sequence[PageJob], portals: Sequence[PortalSummary], site: Site) -> bytes:
    """All pages with their other languages."""
    ours = {tuple(job.alternates.items()): job.alternates for job in own}.values()
    pages = [*ours, *(page for portal in portals for page in portal.pages)]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    base = site.base_url or ""
    for page in pages:
        for address in page.values():
            links = "".join(
                f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(urls.public(base, other))}/>'
                for language, other in page.items()
            )
            lines.append(f"<url><loc>{escape(urls.public(base, address))}</loc>{links}</url>")
    return ("\n".join([*lines, "</urlset>"]) + "\n").encode()
