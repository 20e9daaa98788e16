"""What the small public site builds into, and how a change to it is accepted.

    python tests/golden/accept.py

builds it anew, tells every number that moved (page by page, old → new) and keeps the new files as the golden ones.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path

from sitegen import write
from sitegen.build import site, workspace

HERE = Path(__file__).parent
GOLDEN = HERE / "minimal-public"
SITE = HERE.parent / "sites/minimal-public"
AS_OF = date(2026, 10, 31)
NOT_KEPT = (write.STATE, ".woff2")  # the state lists digests; the fonts are compared with the theme's own

NUMBER = re.compile(r"[-+\u2212]?\d(?:[\d.,\u00a0\u202f]*\d)?")


def built(folder: Path) -> dict[str, bytes]:
    """Builds a copy of the small site in `folder`; its files by address."""
    shutil.copytree(SITE, folder, dirs_exist_ok=True)
    options = site.Options(AS_OF, folder / "output", folder / "preview", as_of=AS_OF)
    outcome = site.build(workspace.opened(folder), options, lambda _: None)
    assert outcome.failed == ()
    return files(folder / "output")


def files(folder: Path) -> dict[str, bytes]:
    """What is kept of a built site, by address."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.endswith(NOT_KEPT))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


# ---------------------------------------------------------------- what moved


class _Words(HTMLParser):
    """The texts of a page, and the ones that are read out instead of a picture."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [value for name, value in attrs if value and name in ("alt", "content", "aria-label", "title")]


def texts(address: str, body: bytes) -> list[str]:
    """What can be read in a file, in order."""
    if address.endswith(".xlsx"):  # packed; its numbers are those of the CSV files
        return []
    text = body.decode("utf-8-sig")
    if not address.endswith(".html"):
        return text.splitlines()
    reader = _Words()
    reader.feed(text)
    return [re.sub(r"[ \n]+", " ", told).strip() for told in reader.texts if told.strip()]


def moved(address: str, old: bytes, new: bytes) -> Iterator[str]:
    """Every number that moved, with the text it stands in; then the texts that came, went or say something else."""
    before, after = texts(address, old), texts(address, new)
    frames = [[NUMBER.sub("#", told) for told in side] for side in (before, after)]
    for kind, i, j, k, m in SequenceMatcher(None, *frames, autojunk=False).get_opcodes():
        if kind == "equal":
            for was, now in zip(before[i:j], after[k:m], strict=True):
                pairs = zip(NUMBER.findall(was), NUMBER.findall(now), strict=True)
                yield from (f"{x} → {y}   in: {_short(now)}" for x, y in pairs if x != y)
        else:
            for was, now in zip_longest(before[i:j], after[k:m], fillvalue=""):
                yield f"“{_short(was)}” → “{_short(now)}”"
    if before == after:
        yield "the same words and numbers; the pictures or the markup changed"


def _short(text: str) -> str:
    return text if len(text) <= 90 else text[:89] + "…"


def report(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Iterator[str]:
    """The change from one built site to another, in words."""
    for address in sorted(old.keys() | new.keys()):
        if address not in new:
            yield f"{address}: gone"
        elif address not in old:
            yield f"{address}: new"
        elif old[address] != new[address]:
            yield f"{address}:"
            yield from (f"  {line}" for line in moved(address, old[address], new[address]))


def main() -> int:
    if os.environ.get("CI"):
        print("golden pages are accepted by a person, not where changes are checked", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        new = built(Path(folder))
    old = files(GOLDEN)
    for line in report(old, new):
        print(line)
    print(f"{sum(old.get(address) != body for address, body in new.items())} of {len(new)} files changed")
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for address, body in new.items():
        (GOLDEN / address).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / address).write_bytes(body)
    return 0


if __name__ == "__main__":
    sys.exit(main())
