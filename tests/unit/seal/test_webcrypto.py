"""The scheme against a second implementation, on Node’s WebCrypto: known answers, and each opens the other’s."""

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from sitegen.model.sealed import ROUNDS, Master
from sitegen.seal import Box, added, fresh, public
from sitegen.seal import primitives as crypt
from sitegen.seal.passphrases import canonical

HERE = Path(__file__).parent
KNOWN = json.loads((HERE / "known.json").read_text("utf-8"))
ASKED, ANSWERS = KNOWN["asked"], KNOWN["answers"]
PHRASE = "lampe bocal navire sablier tulipe vortex zeste"
BODY = "<h1>Été à Douala : 7 464 725 FCFA</h1>".encode()


def node(asked: dict[str, Any]) -> dict[str, Any]:
    """What the other implementation makes of it. Skips without Node, except under CI."""
    program = shutil.which("node")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("CI has no Node")
        pytest.skip("Node is not installed")
    command = [program, str(HERE / "webcrypto.mjs")]
    run = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def test_known_answers_of_webcrypto() -> None:
    """`known.json` holds what webcrypto.mjs answered; `test_node_still_answers_so` asks it again."""
    master, ring = crypt.raw(ASKED["master"]), ASKED["ring"]
    base = crypt.stretched(canonical(ASKED["phrases"][0]), crypt.raw(ASKED["salt"]), ASKED["rounds"])
    box = Box(Master(ring, "", master, crypt.raw(ASKED["names"])))
    bound, content = crypt.told("file", ring, ASKED["name"]), crypt.raw(ASKED["content"])
    nonce = box.nonce(bound, content)
    assert [canonical(phrase) for phrase in ASKED["phrases"]] == ANSWERS["canonical"]
    assert crypt.plain(base) == ANSWERS["base"]
    assert crypt.plain(crypt.derived(base, "slot", ring, ASKED["slot"])) == ANSWERS["slot"]
    assert crypt.plain(crypt.derived(master, "page")) == ANSWERS["page"]
    assert crypt.plain(crypt.derived(master, "nonce")) == ANSWERS["nonce"]
    assert box.name(ASKED["address"]) == ANSWERS["name"]
    assert base64.b64decode(ANSWERS["sealed"])[:12] == nonce
    assert crypt.unwrapped(crypt.derived(master, "page"), ANSWERS["sealed"], bound) == content
    assert ASKED["rounds"] == ROUNDS


def test_node_still_answers_so() -> None:
    assert node({"do": "known", **ASKED}) == ANSWERS


def test_node_opens_what_we_seal() -> None:
    _, agency = fresh(None)
    ring, master = fresh(agency)
    ring = added(ring, master, "Anne", PHRASE, 77, "2099-12-31")
    box = Box(master)
    name = box.name("wouri/2026-09/objectifs.html")
    keys = json.loads(public(ring, None).decode().partition("(")[2].rpartition(")")[0])
    sealed = box.seal(name, "wouri/2026-09/objectifs.html", BODY)
    asked = {"do": "open", "keys": keys, "name": name, "sealed": sealed}
    found = node({**asked, "phrase": PHRASE.upper().replace(" ", "-")})
    assert found == {"address": "wouri/2026-09/objectifs.html", "body": crypt.plain(BODY)}
    assert node({**asked, "phrase": "lampe"}) == {}


def test_we_open_what_node_seals() -> None:
    master = Master("portail", "", bytes(range(32)), bytes(32))
    asked = {"master": crypt.plain(master.key), "ring": "portail", "name": "abc", "address": "x/é.html"}
    found = node({"do": "seal", **asked, "body": crypt.plain(BODY)})
    assert Box(master).open("abc", found["sealed"]) == ("x/é.html", BODY)
