"""Generated workspaces in, a table of what building and previewing them costs out, and build/bench.json.

    python -m scripts.bench.run [--full] [--sizes 10,50,200] [--previewed 1,100]
                                [--only build|preview|stages|numbers|reader|sealed]

docs/performance.md tells how to read it. Nothing else should be at work on the machine meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from scripts.bench import edits, floor, generate, hugo, numbers, reader, sealed, stages
from scripts.bench.processes import REPOSITORY, Run, middle, run, sitegen

TARGET = REPOSITORY / "build" / "bench.json"
SIZES, FULL = (10, 50, 200), (10, 50, 200, 1_000)
PREVIEWED, ALL_PREVIEWED = (1, 100), (1, 100, 1_000)
PROFILED = 8
AS_OF = ("--as-of", generate.LAST.isoformat())
PROCESSES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
QUICK = 5  # times that what is over at once is run
ROUNDS, MANY = 3, 500  # times that a cold build and the floor are run, in turns; once only with so many clients


@dataclass
class Results:
    """All that was measured: runs and edits by number of clients, a client's time by stage, a large table's reading."""

    machine: str = f"{PROCESSES} processors, Python {platform.python_version()}"
    content: dict[int, dict[str, int]] = field(default_factory=dict)
    runs: dict[str, dict[int, Run]] = field(default_factory=dict)
    edits: dict[int, Mapping[str, float]] = field(default_factory=dict)
    stages: Mapping[str, float] = field(default_factory=dict)
    profile: str = ""
    numbers: Mapping[str, numbers.Cost] = field(default_factory=dict)
    reader: Mapping[str, reader.Cost] = field(default_factory=dict)
    table_bytes: int = 0
    sealed: Mapping[str, Run] = field(default_factory=dict)


def builds(folder: Path, clients: int, results: Results, say: Callable[[str], None]) -> None:
    """Build a workspace of so many clients cold, then after each kind of change, then the floor and Hugo."""

    def note(name: str, found: Run) -> None:
        results.runs.setdefault(name, {})[clients] = found
        say(f"{clients} clients, {name}: {found.seconds:.2f} s, processors {found.processor:.2f} s")

    root = generate.workspace(folder / "workspace", clients)
    build = sitegen("build", root, *AS_OF)
    note("cold", run(build))
    note("nothing changed", middle(build, QUICK))
    changed = {edit.name: edit for edit in edits.edits(root, generate.slug(0))}
    for turn, name in enumerate(("client's YAML", "article", "template"), 1):
        edit = changed[name]
        edit.file.write_text(edit.change(edit.file.read_text("utf-8"), turn), "utf-8")
        note(f"one {name} changed", run(build))
    built = root / "preview" if (root / "preview").is_dir() else root / "output"
    figures = floor.keep(root, built, folder / "figures")
    pages = sum(1 for _ in built.rglob("*.html"))
    results.content[clients] = {"pages": pages, "figures": figures}
    poured = [*_python("floor"), str(folder / "figures"), str(folder / "floor"), str(PROCESSES)]
    note("floor", run(poured))
    for _ in range(1, ROUNDS if clients < MANY else 1):  # the machine has other work as well: the least counts
        for name, command, made in (
            ("cold", build, [root / part for part in (".sitegen", "output", "preview")]),
            ("floor", poured, [folder / "floor"]),
        ):
            for part in made:
                shutil.rmtree(part, ignore_errors=True)
            note(name, min(run(command), results.runs[name][clients], key=lambda each: each.processor))
    program = hugo.program()
    if program is not None:
        hugo.site(folder / "hugo", pages)
        note("Hugo, cold", run(hugo.command(program, folder / "hugo")))
        note("Hugo, nothing changed", middle(hugo.command(program, folder / "hugo"), QUICK))


def previews(folder: Path, clients: int, results: Results, say: Callable[[str], None]) -> None:
    """Preview a workspace that was never built, and edit it."""
    root = generate.workspace(folder / "workspace", clients)
    found = edits.edit_to_served(root, generate.slug(0), *AS_OF)
    results.edits[clients] = found
    say(f"{clients} clients in preview: " + ", ".join(f"{name} {1000 * took:.0f} ms" for name, took in found.items()))


def inside(folder: Path, results: Results) -> None:
    """Where the time of one client goes, by stage and by function."""
    results.stages = stages.by_stage(generate.workspace(folder / "staged", PROFILED))
    results.profile = stages.profiled(generate.workspace(folder / "profiled", PROFILED))


def measured(_: Path, results: Results) -> None:
    """What the numbers of each demo client cost."""
    results.numbers = numbers.costs(REPOSITORY)


def read(folder: Path, results: Results) -> None:
    """What a large table costs to read, beside pandas."""
    file = folder / "large.csv"
    reader.write(file, reader.ROWS)
    results.reader = {way: reader.spent(way, file) for way in reader.WAYS}
    results.table_bytes = file.stat().st_size


def protected(folder: Path, results: Results) -> None:
    """What sealing adds to a build."""
    results.sealed = sealed.costs(folder, *AS_OF)


def _python(module: str) -> list[str]:
    return [sys.executable, "-m", f"scripts.bench.{module}"]


# ---------------------------------------------------------------- what it comes to


def each_more(found: Mapping[int, Run], value: Callable[[Run], float] = lambda run: run.seconds) -> dict[int, float]:
    """Number of clients → what each client more than at the size before costs."""
    return {
        size: (value(found[size]) - value(found[before])) / (size - before) for before, size in pairwise(sorted(found))
    }


def fixed(found: Mapping[int, Run]) -> float | None:
    """The seconds that a build takes before the first client, by the straight line through the two smallest sizes."""
    if len(found) < 2:
        return None
    first, second = sorted(found)[:2]
    return found[first].seconds - first * each_more(found)[second]


def show(results: Results, console: Console) -> None:
    """Print the tables."""
    sizes = sorted(results.content)
    if sizes:
        console.print(_times(results, sizes))
        console.print(_each(results, sizes))
        console.print(_memory(results, sizes))
    if results.edits:
        console.print(_edits(results))
    if results.stages:
        console.print(_stages(results))
    if results.numbers:
        console.print(_numbers(results))
    if results.reader:
        console.print(_reader(results))
    if results.sealed:
        console.print(_sealed(results))


def _table(title: str, first: str, columns: Sequence[object]) -> Table:
    table = Table(first, title=title, title_justify="left")
    for column in columns:
        table.add_column(str(column), justify="right")
    return table


def _times(results: Results, sizes: Sequence[int]) -> Table:
    """Seconds of each run, in brackets those of all processors together."""
    table = _table("Seconds (of all processors)", "clients", sizes)
    for kind in ("pages", "figures"):
        table.add_row(kind, *(str(results.content[size][kind]) for size in sizes))
    for name, found in results.runs.items():
        table.add_row(name, *(f"{found[s].seconds:.2f} ({found[s].processor:.1f})" for s in sizes))
    return table


def _each(results: Results, sizes: Sequence[int]) -> Table:
    """Milliseconds that one client more costs, and against the floor."""
    table = _table("Each client more (ms), and against the floor", "clients", sizes[1:])
    cold, least = results.runs["cold"], results.runs["floor"]
    for name, value in (("", lambda run: run.seconds), (", processors", lambda run: run.processor)):
        ours, floors = each_more(cold, value), each_more(least, value)
        table.add_row(f"cold{name}", *(f"{1000 * ours[size]:.0f}" for size in sizes[1:]))
        table.add_row(f"floor{name}", *(f"{1000 * floors[size]:.0f}" for size in sizes[1:]))
        table.add_row(f"cold / floor{name}", *(f"{ours[size] / floors[size]:.2f}" for size in sizes[1:]))
    table.add_row("whole build / whole floor", *(f"{cold[s].seconds / least[s].seconds:.2f}" for s in sizes[1:]))
    if (begin := fixed(cold)) is not None:
        table.caption = f"Before the first client: {begin:.1f} s; the floor: {fixed(least):.1f} s"
    return table


def _memory(results: Results, sizes: Sequence[int]) -> Table:
    table = _table("Peak memory (MiB): the largest process / all together", "clients", sizes)
    for name, found in results.runs.items():
        peaks = (found[size] for size in sizes)
        table.add_row(name, *(f"{each.largest or 0:.0f} / {each.together or 0:.0f}" for each in peaks))
    return table


def _edits(results: Results) -> Table:
    sizes = sorted(results.edits)
    table = _table("Edit to served (ms, median)", "clients", sizes)
    for name in results.edits[sizes[0]]:
        table.add_row(name, *(f"{1000 * results.edits[size][name]:.0f}" for size in sizes))
    return table


def _stages(results: Results) -> Table:
    table = _table("One client more, by stage (processor time)", "stage", ("ms", "share"))
    whole = sum(results.stages.values())
    for name, spent in results.stages.items():
        table.add_row(name, f"{1000 * spent:.0f}", f"{spent / whole:.0%}")
    return table


def _numbers(results: Results) -> Table:
    table = _table("The numbers of each demo client (processor time, ms)", "client", ("median", "least", "rows"))
    for slug, cost in results.numbers.items():
        table.add_row(slug, f"{1000 * cost.median:.0f}", f"{1000 * cost.least:.0f}", str(cost.rows))
    return table


def _reader(results: Results) -> Table:
    """Processor time and growth of memory of each way of reading, and ours against pandas and against the file."""
    megabytes = results.table_bytes / (1 << 20)
    table = _table(f"A table of {reader.ROWS} rows, {megabytes:.0f} MiB", "read by", ("s", "MiB", "memory / file"))
    for way, cost in results.reader.items():
        table.add_row(way, f"{cost.seconds:.2f}", f"{cost.memory:.0f}", f"{cost.memory / megabytes:.2f}")
    table.caption = f"sitegen / pandas: {results.reader['sitegen'].seconds / results.reader['pandas'].seconds:.2f}"
    return table


def _sealed(results: Results) -> Table:
    table = _table(f"{sealed.CLIENTS} clients, published or not", "build", ("s", "processors, s", "against public"))
    for name, each in results.sealed.items():
        plain = results.sealed["public, nothing changed" if name.endswith("changed") else "public"]
        ratio = f"{each.processor / plain.processor:.3f}"
        table.add_row(name, f"{each.seconds:.2f}", f"{each.processor:.2f}", ratio)
    return table


def main() -> None:
    asked = _asked()
    console, results = Console(), Results()
    target = Path(asked.target)
    sizes = [int(size) for size in asked.sizes.split(",")] if asked.sizes else FULL if asked.full else SIZES
    previewed = (
        [int(size) for size in asked.previewed.split(",")]
        if asked.previewed
        else (ALL_PREVIEWED if asked.full else PREVIEWED)
    )
    steps: list[Callable[[Path], None]] = []
    if asked.only in (None, "build"):
        steps += [partial(builds, clients=size, results=results, say=console.print) for size in sizes]
    if asked.only in (None, "preview"):
        steps += [partial(previews, clients=size, results=results, say=console.print) for size in previewed]
    if asked.only in (None, "stages"):
        steps.append(partial(inside, results=results))
    if asked.only in (None, "numbers"):
        steps.append(partial(measured, results=results))
    if asked.only in (None, "reader"):
        steps.append(partial(read, results=results))
    if asked.only in (None, "sealed"):
        steps.append(partial(protected, results=results))
    for step in steps:
        with TemporaryDirectory(prefix="sitegen-bench-") as folder:
            step(Path(folder))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(asdict(results), indent=1), "utf-8")
    show(results, console)
    if results.profile:
        console.print(results.profile, markup=False, highlight=False)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What building and previewing costs, beside the least it could cost.")
    parser.add_argument("--full", action="store_true", help="a thousand clients too")
    parser.add_argument("--sizes", help="numbers of clients to build, such as 10,50")
    parser.add_argument("--previewed", help="numbers of clients to preview, such as 1,100")
    parser.add_argument("--only", choices=("build", "preview", "stages", "numbers", "reader", "sealed"))
    parser.add_argument("--target", default=TARGET, help="where the figures are written")
    return parser.parse_args()


if __name__ == "__main__":
    main()
