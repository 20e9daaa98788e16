"""A workspace with one public and one private client, its keys, and its build: for the tests of what is sealed."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sitegen import read, seal
from sitegen.build import sealing, site, workspace
from sitegen.commands import keys
from sitegen.model.sealed import Keyring

TODAY = date(2026, 11, 20)
SECRET, NAME = "kestrel-labs", "Kestrel Laboratoires"  # the private client's slug and name


@dataclass(frozen=True)
class Sealed:
    """A workspace and the passphrases of its agency and of the private client's first person."""

    root: Path
    agency: str
    reader: str

    @property
    def output(self) -> Path:
        return self.root / "output"

    def ring(self, slug: str = SECRET) -> Keyring:
        found, _ = read.keyring(self.root, slug)
        assert found is not None
        return found

    @property
    def place(self) -> Path:
        return self.output / self.ring().id

    def box(self) -> seal.Box:
        agency = sealing.agency(self.root, self.agency)
        assert agency is not None
        return seal.Box(seal.opened(self.ring(), agency.master))

    def build(self, *, passphrase: str | None = "", strict: bool = False, client: str | None = None) -> site.Outcome:
        given = self.agency if passphrase == "" else passphrase
        options = site.Options(
            TODAY, self.output, self.root / "preview", jobs=1, strict=strict, client=client, passphrase=given
        )
        return site.build(workspace.opened(self.root), options, lambda _: None)

    def bodies(self) -> dict[str, bytes]:
        """What would be published, by address."""
        files = (file for file in sorted(self.output.rglob("*")) if file.is_file() and file.name != ".sitegen.json")
        return {file.relative_to(self.output).as_posix(): file.read_bytes() for file in files}

    def opened(self) -> dict[str, tuple[str, bytes]]:
        """Every sealed file of the private client, opened: name → address and body."""
        box = self.box()
        return {name: box.open(name, held) for name, held in self.held().items()}

    def held(self) -> dict[str, str]:
        """Every sealed file of the private client as it lies there: name → base64."""
        found = {}
        for file in sorted(self.place.iterdir()):
            text = file.read_text("utf-8")
            if file.suffix == ".html":
                told = text.partition('<script type="application/json" id="sealed">')[2].partition("</script>")[0]
                found[file.stem] = json.loads(told)["sealed"]
            elif file.name != "keys.js":
                found[file.stem] = text.split('"')[3]
        return found


def second_client(root: Path) -> None:
    """A private client beside the public one, with its files and another name."""
    shutil.copytree(root / "data/atlas", root / "data" / SECRET)
    file = root / "data" / SECRET / "client.yaml"
    text = file.read_text("utf-8").replace("Atlas Jiu-Jitsu", NAME).replace("access: public", "access: private")
    text = text.replace("margin: 45%", "margin: 37.3%").replace("15000/month", "17311/month")  # numbers of its own
    file.write_text(text, "utf-8")


def sealed(root: Path) -> Sealed:
    """Keys for the agency and for the private client of a workspace."""
    made = keys.new(root, None, keys.Person("Agence"), lambda: None)
    reader = keys.new(root, SECRET, keys.Person("Anne"), lambda: made.passphrase)
    assert made.passphrase
    assert reader.passphrase
    return Sealed(root, made.passphrase, reader.passphrase)
