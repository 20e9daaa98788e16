"""A portal's opaque folder and a language in, the page before its sealed pages out: the agency's name and no other."""

from __future__ import annotations

import json

from jinja2 import Environment
from markupsafe import Markup

from sitegen.formats import Words
from sitegen.messages import say
from sitegen.model.authored import Site
from sitegen.model.built import Artifact, PageJob
from sitegen.render import templates

TOLD = tuple("working wrong expired revoked renewed over damaged insecure file_missing lock".split())
EMPTY = '{"name":"","sealed":""}'  # where the sealed page goes
HOURS = 8  # that a portal stays open on a device


def gate(place: str, tag: str, language: str, site: Site, press: Environment) -> Artifact:
    """The gate of every page in `place` and `language`, with nothing behind it yet: `EMPTY` stands where that goes.

    `tag` names the master key: what a browser has kept of another one is not taken for this one's."""
    words = Words(language)
    told = {name: words.say(say(f"gate.told.{name}")) for name in TOLD}
    text = json.dumps(told | {"hours": HOURS}, ensure_ascii=False).replace("<", "\\u003c")
    values = {"site": site, "place": place, "tag": tag, "told": Markup(text), "empty": Markup(EMPTY)}  # noqa: S704 - JSON of ours
    job = PageJob(f"{place}/gate-{language}.html", "gate", language, "gate", values)
    return Artifact(job.address, templates.text(press, job, words, {}).encode())


def filled(bare: bytes, name: str, sealed: str) -> bytes:
    """A gate with a sealed page behind it."""
    return bare.replace(EMPTY.encode(), json.dumps({"name": name, "sealed": sealed}, separators=(",", ":")).encode(), 1)
