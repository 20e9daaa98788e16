"""A client's open questions in, one page to print and fill in out, in the client's language; sends nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from pathlib import Path

from sitegen.commands import answers
from sitegen.formats import Words
from sitegen.messages import Message, say

SAID = ("yes", "partly", "no", "not_applicable")
STYLE = """
@page { size: A4; margin: 16mm 14mm; }
body { font: 11pt/1.4 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 0.3rem; }
p { margin: 0.2rem 0; }
ol { padding: 0; list-style: none; counter-reset: q; }
li { break-inside: avoid; border-top: 1px solid; padding: 0.7rem 0 0.9rem; counter-increment: q; }
.question { font-weight: 600; }
.question::before { content: counter(q) ". "; }
.criteria { font-size: 0.9em; }
.boxes { display: flex; flex-wrap: wrap; gap: 0.3rem 1.6rem; margin: 0.5rem 0; }
.box::before { content: ""; display: inline-block; width: 0.8em; height: 0.8em; border: 1.5px solid; margin-inline-end: 0.5em; vertical-align: -0.05em; }
.line { display: flex; gap: 0.6rem; font-size: 0.9em; margin-top: 0.7rem; }
.line span { flex: 1; border-bottom: 1px dotted; }
.line span.short { flex: 0 0 8rem; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
"""  # noqa: E501 - a rule a line


def write(root: Path, slug: str, today: date, to: Path | None = None) -> tuple[Path, int]:
    """The sheet, in a file of the workspace unless told otherwise, and how many questions it asks."""
    dossier = answers.opened(root, slug)
    words = Words(dossier.languages[0], dossier.country)
    asked = answers.pending(dossier.client, dossier.rubric)
    file = to or root / f"questions-{slug}.html"
    file.write_text(page(dossier.client.name, asked, words, today), "utf-8", newline="\n")
    return file, len(asked)


def page(name: str, asked: tuple[answers.Question, ...], words: Words, today: date) -> str:
    """The page; nothing in it is fetched from anywhere."""

    def told(message: Message) -> str:
        return escape(words.say(message))

    def lines() -> Iterator[str]:
        yield f'<!doctype html>\n<html lang="{words.tag}">\n<head>\n<meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{told(say('asking.sheet', client=name))}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
        yield f"<h1>{told(say('asking.sheet', client=name))}</h1>"
        yield f"<p>{told(say('asking.sheet_intro', count=len(asked), day=today))}</p>"
        yield "<ol>"
        for question in asked:
            yield f'<li><p class="question">{told(say(f"checks.{question.check.id}.question"))}</p>'
            yield f'<p class="criteria">{told(say(f"checks.{question.check.id}.criteria"))}</p>'
            boxes = "".join(f'<span class="box">{told(say(f"answers.is_{said}"))}</span>' for said in SAID)
            yield f'<p class="boxes">{boxes}</p>'
            yield f'<p class="line">{told(say("asking.sheet_evidence"))} <span></span> '
            yield f'{told(say("asking.sheet_date"))} <span class="short"></span></p></li>'
        yield "</ol>\n</body>\n</html>\n"

    return "\n".join(lines())
