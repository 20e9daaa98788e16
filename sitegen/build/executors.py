"""Slugs in, portals out, made here or by other processes; the bytes are the same whoever makes them.

A process is spawned, never forked: the drawing engine does not survive a fork. Each one opens the workspace for itself,
reads its clients' files itself and gives back manifests; bodies go to the store.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from sitegen.build import workspace
from sitegen.build.store import Store
from sitegen.build.workshop import Portal, Workshop

WORTHWHILE = 3  # clients from which another process earns what it costs to begin
OBJECTS = 50_000  # new ones, before a process looks for those that nobody holds any more: a client makes far more
LIFETIME = 250  # clients of a process before fresh ones take over, so that memory does not grow with their number


@dataclass(frozen=True, slots=True)
class Task:
    """What another process must know to make the same portals."""

    root: Path
    store: Path
    today: date
    as_of: date | None


def processes(jobs: int | None, clients: int) -> int:
    """How many processes make `clients` portals: those asked for, else one for each core that this one may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return 1 if clients < WORTHWHILE else min(jobs or cores, clients)


def made(slugs: Sequence[str], task: Task, workshop: Workshop, jobs: int) -> Iterator[Portal]:
    """The portals of `slugs`, each when it is finished."""
    if jobs == 1:
        for slug in slugs:
            portal = workshop.portal(slug)
            workshop.store.flush()
            yield portal
        return
    context = multiprocessing.get_context("spawn")
    # A pool that renews its processes by itself may hang (CPython 115634).
    for batch in batched(slugs, jobs * LIFETIME):
        with ProcessPoolExecutor(jobs, mp_context=context) as pool:
            waiting = [pool.submit(_made, slug, task) for slug in batch]
            try:
                for done in as_completed(waiting):
                    yield done.result()
            finally:
                pool.shutdown(wait=False, cancel_futures=True)


def batched(slugs: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """The slugs in order, at most `size` at a time."""
    return (slugs[start : start + size] for start in range(0, len(slugs), size))


def _made(slug: str, task: Task) -> Portal:
    workshop = _workshop(task)
    portal = workshop.portal(slug)
    workshop.store.flush()
    return portal


@cache
def _workshop(task: Task) -> Workshop:
    """This process's own workshop. What it begins with stays until it ends, so that nobody need look through it."""
    workshop = Workshop(workspace.opened(task.root), Store(task.store), task.today, task.as_of)
    gc.freeze()
    gc.set_threshold(OBJECTS, 20, 100)
    return workshop
