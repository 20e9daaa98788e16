"""A workspace written, read and checked, and its problems in a short form."""

from collections.abc import Collection, Iterable
from pathlib import Path

from sitegen import check, read
from sitegen.errors import Problem
from sitegen.model.authored import Site
from sitegen.model.facts import Dossier

FOLDER = "data/atlas"
CHECKS = ("S1.08", "S2.07", "A0.01")  # of the rubric, those that may be set
CLIENT = "name: Atlas\ncountry: MA\n"  # two lines, so what a test adds begins on the third


def site(config: str = "agency: {name: Zellige}\n") -> tuple[Site | None, tuple[Problem, ...]]:
    document, problems = read.documents.parsed(config, "config.yaml")
    assert document is not None
    return check.site(document, ("default", "ink"), problems, CHECKS)


def client(
    root: Path,
    added: str = "",
    *,
    whole: str | None = None,
    config: str = "agency: {name: Zellige}\n",
    checks: Collection[str] = CHECKS,
    **files: str,
) -> tuple[Dossier | None, tuple[Problem, ...]]:
    """A client with `added` below its name and country, and `files`: `exports__ads_csv` is `exports/ads.csv`."""
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "client.yaml").write_text(CLIENT + added if whole is None else whole, "utf-8")
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_csv", ".csv").replace("_yaml", ".yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")
    agreed, problems = site(config)
    assert agreed is not None, problems
    return check.client(read.client(root, "atlas"), agreed, checks=checks)


def told(problems: Iterable[Problem]) -> list[str]:
    """Each problem as `file:line:column key`, the file relative to the client's folder, warnings with a `?`."""
    return [
        f"{each.path.removeprefix(f'{FOLDER}/')}:{each.line}:{each.column} "
        f"{each.message.key.removeprefix('problems.')}{'' if each.severity == 'error' else '?'}"
        for each in problems
    ]


def only(problems: tuple[Problem, ...]) -> Problem:
    (problem,) = problems
    return problem
