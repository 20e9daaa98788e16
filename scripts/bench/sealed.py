"""The same clients published in the clear, kept at home, and sealed: what sealing adds to a build."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from scripts.bench import generate
from scripts.bench.processes import Run, middle, run, sitegen
from sitegen.commands import keys

CLIENTS, READER, QUICK = 20, keys.Person("Reader"), 5
ROUNDS = 3  # of which the cheapest counts: the machine has other work as well
WAYS = (("public", "public", False), ("private, not sealed", "private", False), ("private, sealed", "private", True))


def costs(folder: Path, *more: str) -> Mapping[str, Run]:
    """Cold builds and builds with nothing changed, by how the clients are published."""
    root = generate.workspace(folder / "workspace", CLIENTS)
    slugs = sorted(path.name for path in (root / "data").iterdir())
    secret = folder / "passphrase"
    secret.write_text(str(keys.new(root, None, keys.Person("Agency"), lambda: None).passphrase), "utf-8")
    secret.chmod(0o600)
    for slug in slugs:
        keys.new(root, slug, READER, lambda: secret.read_text("utf-8"))
    found: dict[str, Run] = {}
    for name, access, given in WAYS * ROUNDS:
        for slug in slugs:
            file = root / "data" / slug / "client.yaml"
            text = file.read_text("utf-8").replace("access: public", "access: private")
            file.write_text(text.replace("access: private", f"access: {access}"), "utf-8")
        for left in ("output", "preview", ".sitegen"):
            shutil.rmtree(root / left, ignore_errors=True)
        build = sitegen("build", root, *more, *(("--passphrase-file", str(secret)) if given else ()))
        for kind, each in ((name, run(build)), (f"{name}, nothing changed", middle(build, QUICK))):
            found[kind] = min(each, found.get(kind, each), key=lambda run: run.processor)
    return found
