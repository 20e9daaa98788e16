"""One client's files in, its portal out; computes again only what the files, the ground or the day have changed.

Each step is remembered by the digests of all that it reads, so that presence alone is never trusted:

    files, ground, day → edition and problems → figures → pages → manifest
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import sha256

from sitegen import diagnose, plot, proof, read, render
from sitegen.build import pipeline
from sitegen.build.ground import Ground, code, ground, tongues
from sitegen.build.pages import Made, Pages, joined
from sitegen.build.stamps import contents
from sitegen.build.store import Store, key_of
from sitegen.build.workspace import Workspace
from sitegen.errors import Problem, ProblemsFound
from sitegen.model import codec
from sitegen.model.built import Issue, Listed, Manifest
from sitegen.model.computed import Edition
from sitegen.model.frozen import Frozen
from sitegen.model.portfolio import Summary

COMMENTS = "notes/*.md"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a client's files came to on a day: the digest of its edition, empty when an error stopped it."""

    edition: str
    problems: tuple[Problem, ...]
    languages: tuple[str, ...] = ()
    country: str = ""
    summary: Summary | None = None
    frozen: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A frozen edition, and the digest under which the store has it."""

    period: str
    as_of: date
    edition: str
    key: str  # under which the store remembers it


@dataclass(frozen=True, slots=True)
class Horizon:
    """The first day from which the report no longer changes with the calendar; None where it always does."""

    day: date | None


@dataclass(frozen=True, slots=True)
class Portal:
    """What became of one client. `manifest` is None when an error stopped it; `keys` name what the store keeps of it;
    `summary` is what the portfolio tells of its files, None when these could not be judged.

    `steady`: it will be the same on every later day.
    """

    slug: str
    manifest: Manifest | None
    problems: tuple[Problem, ...]
    keys: tuple[str, ...]
    steady: bool
    summary: Summary | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """What is remembered of a client's files on a day, and under which names."""

    judged: Judged
    keys: tuple[str, ...]
    steady: bool


class Workshop:
    """What one process needs to make portals on one day; `today` and `as_of` are those of the command."""

    def __init__(
        self,
        workspace: Workspace,
        store: Store,
        today: date,
        as_of: date | None = None,
        before: Workshop | None = None,
    ) -> None:
        """`before` made portals of the same workspace as it was: what it has compiled is used again."""
        self.workspace, self.store = workspace, store
        self._today, self._as_of = today, as_of
        self._day = pipeline.known_on(workspace.site.latency_days, today, as_of)
        self.ground: Ground = ground(workspace)
        self.engine: plot.Engine = before.engine if before else plot.Engine()
        self.latest: tuple[str, pipeline.Measured] | None = before.latest if before else None
        self._before = before.press if before else None

    def renewed(self, workspace: Workspace) -> Workshop:
        """The workshop for the same workspace, opened again."""
        return Workshop(workspace, self.store, self._today, self._as_of, self)

    @cached_property
    def press(self) -> render.Press:
        return render.environment(self.workspace.theme, self._before)

    def remembered(self, slug: str) -> Portal | None:
        """The client's portal, if nothing that it is made of has changed."""
        known = self._known(self._judging(slug))
        if known is None:
            return None
        if not known.judged.edition:
            return _portal(slug, known)
        made = self.store.recall_as(self._making(known.judged), Made)
        if made is None or not self.store.holds(entry.digest for entry in made.manifest.entries):
            return None
        return _portal(slug, known, made, self._making(known.judged))

    def portal(self, slug: str) -> Portal:
        """The client's portal, with as little work as its files allow."""
        remembered = self.remembered(slug)
        if remembered is not None:
            return remembered
        known, audit = self.judged(slug)
        if audit is None:
            return _portal(slug, known)
        try:
            editions = (self.pages(audit, known.judged.edition, known.judged), *self.frozen(audit, known.judged))
            made = joined(editions, self.store)
        except ProblemsFound as found:
            return Portal(slug, None, (*known.judged.problems, *found.problems), known.keys, known.steady)
        self.store.remember_as(self._making(known.judged), made)
        with suppress(KeyError):  # a body that was damaged on the disk: who writes it finds out, and has it made again
            told = proof.gist(made.manifest.entries, self.store.body, audit.canary, diagnose.CANARY)
            self.store.remember_as(_gist_key(made.manifest), told)
        return _portal(slug, known, made, self._making(known.judged))

    def judged(self, slug: str) -> tuple[_Known, Edition | None]:
        """The client's edition on this day, None when an error stopped it; its files are read only if they changed."""
        judging = self._judging(slug)
        known = self._known(judging)
        if known is not None and not known.judged.edition:
            return known, None
        body = self.store.get(known.judged.edition) if known else None
        if known is not None and body is not None:
            return known, codec.decode(body.decode(), Edition)
        return self._judged(slug, judging)

    def glance(self, slug: str) -> Judged:
        """What the client's files come to, its edition not even read where that is known."""
        judging = self._judging(slug)
        known = self._known(judging) or self._judged(slug, judging)[0]
        return known.judged

    def pages(self, audit: Edition, digest: str, judged: Judged | None = None) -> Pages:
        """The pages of an edition, made when they are asked for; `judged` tells the frozen ones beside it."""
        issue = _issue(audit, judged, "") if judged else None
        return Pages(audit, digest, self.workspace, self.ground, self.store, self.engine, self.press, issue)

    def frozen(self, audit: Edition, judged: Judged) -> Iterator[Pages]:
        """The pages of each frozen edition, the newest first."""
        return (self._frozen(audit, judged, kept) for kept in reversed(judged.frozen))

    def at(self, address: str, audit: Edition, judged: Judged) -> Pages | None:
        """The pages of the frozen edition that has this address, None where the portal itself has it."""
        of = (kept for kept in judged.frozen if address.startswith(f"{render.issue(audit.slug, kept.period)}/"))
        return next((self._frozen(audit, judged, kept) for kept in of), None)

    def _frozen(self, audit: Edition, judged: Judged, kept: Kept) -> Pages:
        """What a frozen edition told then, with today's looks, brand and access."""
        edition, issue = self._thawed(audit, kept), _issue(audit, judged, kept.period)
        source = key_of(kept.edition, codec.digest(edition.profile))
        return Pages(edition, source, self.workspace, self.ground, self.store, self.engine, self.press, issue)

    def _thawed(self, audit: Edition, kept: Kept) -> Edition:
        body = self.store.get(kept.edition)
        if body is None:
            slug = audit.slug
            frozen = next(each for each in read.editions(self.workspace.root, slug)[0] if each.period == kept.period)
            edition = pipeline.opened(frozen)
            self.store.remember(kept.key, codec.encode(edition).encode())
        else:
            edition = codec.decode(body.decode(), Edition)
        now = audit.profile
        looks = replace(
            edition.profile,
            access=now.access,
            status=now.status,
            fictitious=now.fictitious,
            languages=now.languages,
            brand=now.brand,
        )
        return replace(edition, profile=looks, canary=audit.canary)

    # ------------------------------------------------------------ files → edition

    def _judging(self, slug: str) -> str:
        return key_of("judged", self.ground.judging, slug, contents(self.workspace.root / "data" / slug))

    def _known(self, judging: str) -> _Known | None:
        horizon = self.store.recall_as(judging, Horizon)
        if horizon is None:
            return None
        day, steady = self._deciding(horizon)
        key = key_of(judging, day.isoformat())
        judged = self.store.recall_as(key, Judged)
        if judged is None:
            return None
        return _Known(judged, (judging, key, judged.edition, *(each.key for each in judged.frozen)), steady)

    def _deciding(self, horizon: Horizon) -> tuple[date, bool]:
        """The day that decides, and whether every later one would give the same."""
        if self._as_of is not None or horizon.day is None:
            return self._day, self._as_of is not None
        return min(self._day, horizon.day), self._day >= horizon.day

    def _judged(self, slug: str, judging: str) -> tuple[_Known, Edition | None]:
        audit, horizon = None, Horizon(date.min)
        try:
            numbers = self.measured(slug)
            kept = tuple(map(self._kept, numbers.client.frozen))
            audit = None if pipeline.errors(numbers.notices) else pipeline.judged(numbers)
        except ProblemsFound as found:
            judged = Judged("", found.problems)
        else:
            horizon, judged = Horizon(pipeline.horizon(numbers.client)), Judged("", numbers.notices)
            if audit is not None:
                digest, profile = self.store.put(codec.encode(audit).encode()), audit.profile
                told = pipeline.summary(numbers, audit)
                judged = Judged(digest, numbers.notices, profile.languages, profile.country, told, kept)
        day, steady = self._deciding(horizon)
        key = key_of(judging, day.isoformat())
        if self._judging(slug) == judging:  # else something was saved while the files were read
            self.store.remember_as(judging, horizon)
            self.store.remember_as(key, judged)
        keys = (judging, key, judged.edition, *(each.key for each in judged.frozen))
        return _Known(judged, keys, steady), audit

    def _kept(self, frozen: Frozen) -> Kept:
        """A frozen edition in the store, opened only if it is not there yet."""
        key = key_of("frozen", self.ground.judging, frozen.digest)
        body = self.store.recall(key)
        if body is None:
            body = codec.encode(pipeline.opened(frozen)).encode()
            self.store.remember(key, body)
        return Kept(frozen.period, frozen.as_of, sha256(body).hexdigest(), key)

    def measured(self, slug: str) -> pipeline.Measured:
        """The client's numbers; those of the last one stay at hand, so that a changed comment is all that is read."""
        folder = self.workspace.root / "data" / slug
        key = key_of(self.ground.judging, slug, contents(folder, without=COMMENTS))
        numbers = None
        if self.latest is not None and self.latest[0] == key:
            numbers = pipeline.commented(self.latest[1], self.workspace.root)
            if numbers is not None and self._as_of is not None:
                numbers = replace(numbers, client=pipeline.undecided(numbers.client, self._day))
        if numbers is None:
            client = pipeline.dossier(self.workspace.root, slug, self.workspace.site, self.workspace.theme)
            numbers = pipeline.measured(client, self._today, self._as_of)
        self.latest = (key, numbers)
        return numbers

    # ------------------------------------------------------------ edition → portal

    def _making(self, judged: Judged) -> str:
        """What a whole portal depends on."""
        ground, words = self.ground, tongues(judged.languages, judged.country)
        articles = [told for (tag, _), told in ground.articles.items() if tag.partition("-")[0] in words]
        frozen = (each.edition for each in judged.frozen)
        told = (judged.edition, *frozen, ground.drawing, ground.rendering, ground.cards)
        return key_of("portal", *told, *ground.layouts.values(), *words.values(), *articles)


def gist(portal: Manifest, store: Store) -> proof.Gist | None:
    """The gist of a portal's files, from the process that made them; None where it is not remembered."""
    return store.recall_as(_gist_key(portal), proof.Gist)


def _gist_key(manifest: Manifest) -> str:
    return key_of("gist", code("proof", "diagnose/__init__.py"), *(f"{e.address} {e.digest}" for e in manifest.entries))


def _issue(audit: Edition, judged: Judged, period: str) -> Issue:
    """One of a client's reports among all of them."""
    told = [("", audit.as_of), *((each.period, each.as_of) for each in reversed(judged.frozen))]
    return Issue(period, tuple(Listed(name, day, render.issue(audit.slug, name)) for name, day in told))


def _portal(slug: str, known: _Known, made: Made | None = None, making: str = "") -> Portal:
    keys = (*known.keys, making, *made.keys) if made else known.keys
    manifest, judged = made.manifest if made else None, known.judged
    return Portal(slug, manifest, judged.problems, keys, known.steady, judged.summary)
