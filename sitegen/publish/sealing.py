"""What was built for private clients in, why it may not leave the agency so out; a second lock, which trusts no build.

Nothing is opened here, and no passphrase is asked for: what is sealed is told by its form, and all else is searched for
the names and tokens of private clients.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from sitegen import proof, read, write
from sitegen.build import private, sealing, workspace
from sitegen.errors import OutputRefused, Problem, ProblemsFound
from sitegen.messages import say
from sitegen.model.built import Manifest
from sitegen.model.sealed import BITS, FILE, Keyring
from sitegen.publish import repository

SEALED = re.compile(rb'"sealed":"([A-Za-z0-9+/=]*)"|^sitegenSealed\("[a-z0-9]+","([A-Za-z0-9+/=]*)"\);\s*\Z')


def refusals(root: Path, output: Path, private_slugs: Collection[str]) -> Iterator[Problem]:
    """Keyrings that cannot be used or hold a weak passphrase, portals that have keys and are not sealed, and whatever
    tells of a private client in the clear."""
    yield from sealing.problems(root)
    rings = _rings(root, private_slugs)
    for path, ring in rings.items():
        for slot in ring.slots:
            if slot.bits < BITS:
                message = say("publish.weak_passphrase", label=slot.label, bits=slot.bits, least=BITS)
                yield Problem(path, 0, 0, message, say("publish.weak_passphrase_hint"))
    try:
        there = write.last(output)
    except OutputRefused:
        return  # is told elsewhere
    names = {manifest.name for manifest in there}
    for path, ring in rings.items():
        if (path != FILE or len(rings) > 1) and ring.id not in names:
            yield Problem(path, 0, 0, say("publish.unsealed"), say("publish.unsealed_hint"))
    if there:
        yield from _in_the_clear(root, output, there, {ring.id for ring in rings.values()})


def history(root: Path, branch: str, remote: str) -> tuple[Problem, ...]:
    """Pages of a private client that a branch has held at any time: pushed, its history would tell them."""
    tokens = {m.summary.canary: m.name for m in _private(root) if m.summary and m.summary.canary}
    if not tokens or not repository.is_kept(root):
        return ()
    names = (f"refs/heads/{branch}", f"refs/remotes/{remote}/{branch}")
    tips = [tip for name in names if (tip := repository.commit_of(root, name))]
    found = []
    for token, slug in tokens.items() if tips else ():
        commit = repository.git(root, "log", "-1", "--format=%h", "--text", f"-S{token}", *tips, "--")
        if commit:
            message = say("publish.clear_in_history", branch=branch, commit=commit, client=slug)
            found.append(Problem(f"data/{slug}", 0, 0, message, say("publish.clear_in_history_hint", branch=branch)))
    return tuple(found)


def _rings(root: Path, slugs: Collection[str]) -> dict[str, Keyring]:
    """The agency's keyring and those of the clients, by path."""
    agency, _ = read.keyring(root)
    own = {f"data/{slug}/{FILE}": ring for slug, ring in sealing.rings(root, sorted(slugs)).items()}
    return {**({FILE: agency} if agency else {}), **own}


def _private(root: Path) -> Sequence[Manifest]:
    """The portals of private clients, as the preview has them."""
    try:
        there = write.last(root / "preview")
    except OutputRefused:
        return ()
    return [manifest for manifest in there if manifest.summary and manifest.summary.access != "public"]


def _in_the_clear(root: Path, output: Path, there: Sequence[Manifest], sealed: Collection[str]) -> Iterator[Problem]:
    """Files of the output that tell of a private client; what is sealed is left out of the sealed ones."""
    try:
        opened = workspace.opened(root)
    except ProblemsFound as found:
        yield from found.problems
        return
    words = private.watched(private.secret(opened), opened)
    hidden = [manifest for manifest in _private(root) if manifest.name not in {each.name for each in there}]
    for manifest in there:
        body = _reader(output, manifest, whole=manifest.name not in sealed)
        if manifest.name in sealed or words:
            yield from proof.canaries([manifest], body, words, elsewhere=hidden)


def _told(found: re.Match[bytes]) -> bytes:
    """What sealed bytes tell without a key: nothing, unless they were only packed."""
    held = base64.b64decode(found[1] or found[2])
    for start in (0, 4):
        try:
            return zlib.decompressobj().decompress(held[start:])
        except zlib.error:
            continue
    return b""


def _reader(output: Path, manifest: Manifest, *, whole: bool) -> Callable[[str], bytes]:
    files = {entry.digest: output / entry.address for entry in manifest.entries}

    def body(digest: str) -> bytes:
        try:
            content = files[digest].read_bytes()
        except OSError:
            return b""  # that it is gone is told elsewhere
        return content if whole else SEALED.sub(_told, content)

    return body
