"""The output folder's own record in, the files to publish out; takes nothing that the build did not write there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sitegen import write
from sitegen.errors import OutputRefused
from sitegen.messages import say


@dataclass(frozen=True, slots=True)
class Payload:
    """What is published: the digest of each built file by address, the files beside them, the newest report's day.

    The record of the output folder is not among them: it is no page.
    """

    folder: Path
    built: Mapping[str, str]
    beside: Mapping[str, bytes]
    as_of: str

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address, pages last, so that what they load is there before them."""
        return tuple(sorted({*self.built, *self.beside}, key=lambda address: (address.endswith(".html"), address)))

    def body(self, address: str) -> bytes:
        """The content at an address. Raises OutputRefused when it is not what the build wrote."""
        if address in self.beside:
            return self.beside[address]
        path = self.folder / address
        body = path.read_bytes() if path.is_file() else b""
        if sha256(body).hexdigest() != self.built[address]:
            raise OutputRefused(say("publish.touched", path=str(path)))
        return body

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        return ((address, self.body(address)) for address in self.addresses)


def payload(output: Path, cname: str | None) -> Payload:
    """What lies in `output`, with a file CNAME for a domain of one's own."""
    manifests = write.last(output)
    return Payload(
        output,
        {entry.address: entry.digest for manifest in manifests for entry in manifest.entries},
        {"CNAME": f"{cname}\n".encode()} if cname else {},
        max((manifest.summary.as_of for manifest in manifests if manifest.summary), default=""),
    )
