"""A client's report as a tagged PDF: the print of its portal, set by WeasyPrint. Nothing is fetched from a network."""

from __future__ import annotations

import html
import os
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from sitegen import render
from sitegen.build import pipeline, workspace
from sitegen.build.pages import Pages
from sitegen.build.site import alone
from sitegen.build.store import Store
from sitegen.build.workshop import Workshop
from sitegen.errors import ProblemsFound, UsageError
from sitegen.messages import say

VARIANT = "pdf/ua-1"
_DRAWING = re.compile(
    r'<svg role="img"[^>]*? aria-labelledby="([^"]*)" aria-describedby="([^"]*)"(.*?</svg>)', re.DOTALL
)
HERE = "https://print.invalid/"  # where the print believes that it lies; nobody asks anything of it


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF that was written, and how many pages it has."""

    path: Path
    pages: int


def pdf(root: Path, slug: str, language: str | None, period: str, target: Path | None, today: date) -> Printed:
    """Write a client's report; without a `period`, that of today, and without a `target`, into `pdf/`.

    Raises UsageError for an unknown client, language or period, and where WeasyPrint is missing; ProblemsFound for what
    is wrong with the client's files.
    """
    weasyprint = _engine()
    opened = workspace.opened(root)
    if slug not in opened.slugs:
        raise UsageError(say("cli.no_such_client", client=slug, known=opened.slugs))
    with alone(root):
        store = Store(root / ".sitegen" / "store.sqlite")
        try:
            workshop = Workshop(opened, store, today)
            pages = _report(workshop, slug, period)
            spoken = pages.edition.profile.languages
            if language is not None and language not in spoken:
                raise UsageError(say("pdf.no_language", language=language, known=tuple(spoken)))
            chosen = language or spoken[0]
            page = pages.print_of(chosen)
            body = store.body(page.digest).decode()
            files = {each.address: each.body for each in _around(workshop, pages)}
        finally:
            store.close()
    path = target or root / "pdf" / f"{slug}-{period or f'{pages.edition.as_of}'}-{chosen}.pdf"
    written, count = _set(weasyprint, body, page.address, files, pages.edition.as_of)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written)
    return Printed(path, count)


def _engine() -> Any:
    try:
        import weasyprint
    except ImportError:
        raise UsageError(say("pdf.no_engine")) from None
    except OSError as missing:  # Pango and its like are libraries of the machine
        raise UsageError(say("pdf.no_library", told=str(missing).splitlines()[0])) from None
    return weasyprint


def _report(workshop: Workshop, slug: str, period: str) -> Pages:
    known, audit = workshop.judged(slug)
    if audit is None:
        raise ProblemsFound(pipeline.errors(known.judged.problems))
    if not period:
        return workshop.pages(audit, known.judged.edition, known.judged)
    pages = workshop.at(f"{render.issue(slug, period)}/", audit, known.judged)
    if pages is None:
        frozen = tuple(kept.period for kept in known.judged.frozen)
        raise UsageError(say("pdf.no_period", period=period, known=frozen) if frozen else say("pdf.none", client=slug))
    return pages


def _around(workshop: Workshop, pages: Pages) -> tuple[Any, ...]:
    """What the page loads: style sheets, fonts, the client's brand."""
    space = workshop.workspace
    shared = render.artifacts((), space.articles, space.site, space.theme, workshop.press, preview=False)
    return (*shared, *render.branding(pages.edition, space.theme))


def _drawn(page: str, family: str, drawings: dict[str, bytes]) -> str:
    """The page with its drawings as pictures that say what they show: the engine tells nothing of those in a page."""

    def placed(drawing: re.Match[str]) -> str:
        title, description, rest = drawing.groups()
        name = f"drawings/{len(drawings)}.svg"
        drawings[name] = f'<svg font-family="{html.escape(family)}"{rest}'.encode()
        told = " ".join(_named(page, id) for id in (title, description)).replace('"', "&quot;")
        return f'<img src="{HERE}{name}" alt="{told}">'

    return _DRAWING.sub(placed, page)


def _named(page: str, id: str) -> str:
    """What the element of this id says; it has no markup inside."""
    found = re.search(rf' id="{re.escape(id)}"[^>]*>([^<]*)<', page)
    return found[1] if found else ""


def _set(weasyprint: Any, body: str, address: str, files: Mapping[str, bytes], day: date) -> tuple[bytes, int]:
    """The PDF's bytes, which depend on the page alone, and its number of pages."""
    sheets = {name: content.decode() for name, content in files.items() if name.endswith(".css")}
    values = render.paper_tokens(
        *(sheets[name] for name in sorted(sheets, key=lambda name: name.endswith("brand.css")))
    )

    drawings: dict[str, bytes] = {}
    page = _drawn(render.flattened(body, values), values.get("font-text", "sans-serif"), drawings)
    files = {**files, **drawings}

    def told(name: str) -> tuple[bytes, str]:
        if name not in files:
            raise ValueError(name)
        if name not in sheets:
            return files[name], guess_type(name)[0] or ""
        return render.flattened(render.for_paper(sheets[name]), values).encode(), "text/css"

    class Fetcher(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        """Our own files, and nothing else."""

        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002 - the engine's signature
            if not url.startswith(HERE):
                raise ValueError(url)
            content, kind = told(posixpath.normpath(url.removeprefix(HERE)))
            return weasyprint.urls.URLFetcherResponse(url, content, {"Content-Type": kind} if kind else {})

    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))
    try:
        html = weasyprint.HTML(string=page, base_url=HERE + address, url_fetcher=Fetcher())
        document = html.render()
        return document.write_pdf(pdf_variant=VARIANT, pdf_tags=True), len(document.pages)
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
