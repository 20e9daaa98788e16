"""Arguments in, exit code out: the one place that asks for today, the root and the language, and the one `try`.

Exit codes: 0 all well · 1 the inputs have errors, nothing was written; what was inspected is refused or in doubt ·
2 the command was misused or the folder is not ours · 3 some clients failed, the others were built · 70 a bug of
sitegen's · 130 interrupted.
"""

from __future__ import annotations

import os
import shlex
import sqlite3
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sitegen import __version__
from sitegen.errors import Problem, ProblemsFound, Severity, SitegenError, UsageError
from sitegen.messages import Message, say

if TYPE_CHECKING:
    from rich.progress import Progress

    from sitegen.build.options import Options
    from sitegen.commands.inspect import Inspected
    from sitegen.formats import Words

LANGUAGES = ("fr", "en")
OK, ERRORS, MISUSE, PARTIAL, BUG = 0, 1, 2, 3, 70


class Kind(StrEnum):
    """What `sitegen new` makes."""

    AGENCY = "agency"
    CLIENT = "client"


class Deed(StrEnum):
    """What `sitegen keys` does."""

    NEW = "new"
    ADD = "add"
    LIST = "list"
    REVOKE = "revoke"
    ROTATE = "rotate"


app = typer.Typer(
    name="sitegen",
    help="Turn a client's YAML and platform exports into an audit portal.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Root = Annotated[
    Path, typer.Option("--root", help="The workspace: the folder that holds config.yaml.", file_okay=False)
]


def _slugs(context: typer.Context, incomplete: str) -> list[str]:
    """The clients whose name begins so, for the shell that completes it: folder names, nothing is opened."""
    data = Path(context.params.get("root") or "") / "data"
    folders = data.iterdir() if data.is_dir() else ()
    return sorted(folder.name for folder in folders if folder.is_dir() and folder.name.startswith(incomplete))


Client = Annotated[
    str | None,
    typer.Option("--client", help="Only this client (the name of its folder in data/).", autocompletion=_slugs),
]
OneClient = Annotated[str, typer.Argument(help="The client: the name of its folder in data/.", autocompletion=_slugs)]
Debug = Annotated[bool, typer.Option("--debug", help="Show the trace of an unexpected error.")]
Lang = Annotated[str | None, typer.Option("--lang", help="Language of the messages: fr or en.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="The state on that day, YYYY-MM-DD.")]
PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help="A file outside the workspace that holds the agency's passphrase."),
]
HERE = Path()


@app.callback(invoke_without_command=True)
def _version(
    *, version: Annotated[bool, typer.Option("--version", help="Print the version and leave.", is_eager=True)] = False
) -> None:
    if version:
        typer.echo(f"sitegen {__version__}")
        raise typer.Exit


@app.command()
def new(
    kind: Annotated[Kind, typer.Argument(help="agency: a workspace, in a new folder; client: a folder in data/.")],
    name: Annotated[str, typer.Argument(help="The agency's name, or the client's address: letters, digits, hyphens.")],
    root: Annotated[
        Path, typer.Option("--root", help="Where the new folder goes, or the workspace of the client.", file_okay=False)
    ] = HERE,
    exports: Annotated[
        Path | None,
        typer.Option("--from", help="A folder of exports to begin the client with; they are copied.", file_okay=False),
    ] = None,
    lang: Lang = None,
    *,
    debug: Debug = False,
) -> None:
    """Begin: a workspace with an invented client to look at, or a client's folder with every key explained."""

    def run(words: Words) -> int:
        from sitegen.commands import new as command

        place = root.resolve()
        if exports is not None and kind is not Kind.CLIENT:
            raise UsageError(say("new.only_client"))
        if exports is not None:
            made = command.client_from(place, name, exports, words.language)
            _print(words.say(say("new.made_client_from", folder=_shown(made.folder), count=len(made.files))))
            _print(words.say(say("new.next_client", client=name)))
            return OK
        if kind is Kind.CLIENT:
            folder = command.client(place, name, words.language).folder
            _print(words.say(say("new.made_client", folder=_shown(folder))))
            _print(words.say(say("new.next_client", client=name)))
            return OK
        made = command.agency(place, name, words.language)
        _print(words.say(say("new.made_agency", folder=_shown(made.folder), count=len(made.files))))
        _print(words.say(say("new.next_agency", place=shlex.quote(_shown(made.folder)))))
        return OK

    _guarded(run, lang, debug=debug)


@app.command()
def check(
    root: Root = HERE,
    client: Client = None,
    lang: Lang = None,
    *,
    requests: Annotated[
        bool, typer.Option("--requests", help="Write what to ask each client for instead, ready to be sent.")
    ] = False,
    debug: Debug = False,
) -> None:
    """Find every problem of every file, and say where and how to mend it."""

    def ask(words: Words) -> int:
        from sitegen.commands import requests as command

        letters, problems = command.letters(root.resolve(), client, _today())
        for letter in letters:
            _complain(f"data/{letter.slug}")
            _print(letter.text + "\n")
        _print_problems(problems, words)
        return ERRORS if problems else OK

    def run(words: Words) -> int:
        from sitegen.commands import check as command

        problems, slugs = command.problems(root.resolve(), client, _today())
        _print_problems(problems, words)
        errors = sum(problem.severity is Severity.ERROR for problem in problems)
        _print(words.say(say("cli.checked", count=len(slugs), errors=errors, others=len(problems) - errors)))
        return ERRORS if errors else OK

    _guarded(ask if requests else run, lang, debug=debug)


@app.command()
def inspect(
    files: Annotated[list[Path], typer.Argument(help="Files, archives, workbooks, or folders of them.")],
    lang: Lang = None,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a list for programs, as schemas/inspect.schema.json describes it.")
    ] = False,
    debug: Debug = False,
) -> None:
    """Show what a platform's export is: report, period, columns and their metrics, totals, and the lines it needs."""

    def run(words: Words) -> int:
        from sitegen.commands import inspect as command

        found = command.look(files)
        if as_json:
            _print(command.as_json(found, words))
        else:
            _show(found, words)
        return OK if all(each.settled for each in found) else ERRORS

    _guarded(run, lang, debug=debug)


@app.command()
def build(
    root: Root = HERE,
    client: Client = None,
    as_of: AsOf = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Where the site is built; ROOT/output by default.")
    ] = None,
    lang: Lang = None,
    *,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Processes that make portals; one for each core by default.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Write nothing when a single client has an error.")] = False,
    passphrase_file: PassphraseFile = None,
    unlock: Annotated[bool, typer.Option("--unlock", help="Ask for the agency's passphrase, to seal portals.")] = False,
    debug: Debug = False,
) -> None:
    """Build the portals: public and sealed ones into output/, every one and the portfolio into preview/."""

    def run(words: Words) -> int:
        from sitegen.build import standing
        from sitegen.build.options import Options

        place = root.resolve()
        options = Options(
            today=_today(),
            output=(output or place / "output").resolve(),
            preview=place / "preview",
            client=client,
            as_of=_day(as_of),
            strict=strict,
            jobs=jobs,
            passphrase=_secret(place, passphrase_file, words, ask=unlock)(),
        )
        known = standing.recall(place, options)
        if known is None:
            return _built(place, options, words)
        _print_problems(known.problems, words)
        folders = [(options.output, "published", 0, known.published)]
        if known.previewed is not None:
            folders.append((options.preview, "previewed", 0, known.previewed))
        return _concluded(folders, known.failed, known.problems, words)

    _guarded(run, lang, debug=debug)


@app.command()
def preview(
    root: Root = HERE,
    as_of: AsOf = None,
    port: Annotated[
        int, typer.Option("--port", min=1, max=65535, help="The port, or the next one that is free.")
    ] = 4173,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen at; only this machine reaches the default.")
    ] = "127.0.0.1",
    lang: Lang = None,
    *,
    browse: Annotated[bool, typer.Option("--open", help="Open the first page in the browser.")] = False,
    debug: Debug = False,
) -> None:
    """Show all portals, private ones and drafts too, at an address of this machine, and follow every change."""

    def run(words: Words) -> int:
        from sitegen.commands import preview as command

        asked = command.Asked(root.resolve(), _today(), _day(as_of), host, port, browse=browse)
        command.run(asked, lambda message: _complain(words.say(message)))
        return OK

    _guarded(run, lang, debug=debug)


@app.command()
def baseline(
    client: OneClient,
    root: Root = HERE,
    as_of: AsOf = None,
    lang: Lang = None,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write anew the baselines that are already frozen.")
    ] = False,
    debug: Debug = False,
) -> None:
    """Freeze the starting values of a client's objectives in its baselines.yaml, to be committed."""

    def run(words: Words) -> int:
        from sitegen.commands import baseline as command

        frozen = command.freeze(root.resolve(), client, _today(), _day(as_of), replace=replace)
        for line in frozen.told:
            _print(words.say(line))
        _print(words.say(say("cli.baselines_written", count=len(frozen.written), path=frozen.path)))
        return OK

    _guarded(run, lang, debug=debug)


@app.command()
def freeze(
    client: OneClient,
    period: Annotated[
        str | None, typer.Argument(help="2026-10, 2026-q3, 2026 or a day; without it, the last month with data.")
    ] = None,
    root: Root = HERE,
    lang: Lang = None,
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Freeze a period anew; says what differs.")] = False,
    debug: Debug = False,
) -> None:
    """Store a client's report of a period in its editions/, to be committed: it stays as it is at a lasting address."""

    def run(words: Words) -> int:
        from sitegen.commands import freeze as command

        stored = command.freeze(root.resolve(), client, period, _today(), replace_it=replace)
        for line in stored.told:
            _print(words.say(line))
        if stored.fresh:
            _print(words.say(say("editions.written", path=stored.path, day=stored.as_of)))
        return OK

    _guarded(run, lang, debug=debug)


@app.command()
def pdf(
    client: OneClient,
    root: Root = HERE,
    lang: Lang = None,
    *,
    language: Annotated[str | None, typer.Option("--language", help="Of the report; the portal's first one.")] = None,
    edition: Annotated[str, typer.Option("--edition", help="A frozen edition, as 2026-10; without it, today's.")] = "",
    output: Annotated[Path | None, typer.Option("--output", help="The file to write.")] = None,
    debug: Debug = False,
) -> None:
    """Write a client's report as a tagged PDF. Needs the extra `pdf`."""

    def run(words: Words) -> int:
        from sitegen.commands import pdf as command

        found = command.pdf(root.resolve(), client, language, edition, output, _today())
        _print(words.say(say("pdf.written", path=str(found.path), count=found.pages)))
        return OK

    _guarded(run, lang, debug=debug)


@app.command("as-found")
def as_found(
    client: OneClient,
    root: Root = HERE,
    as_of: AsOf = None,
    lang: Lang = None,
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Write anew what was recorded on arrival.")] = False,
    debug: Debug = False,
) -> None:
    """Record what the three signs look like on arrival in the client's as_found.yaml, to be committed."""

    def run(words: Words) -> int:
        from sitegen.commands import as_found as command

        found = command.record(root.resolve(), client, _today(), _day(as_of), replace=replace)
        _print(words.say(say("cli.as_found_written", count=found.count, path=found.path, day=found.on)))
        return OK

    _guarded(run, lang, debug=debug)


@app.command()
def answers(
    client: OneClient,
    root: Root = HERE,
    lang: Lang = None,
    *,
    sheet: Annotated[bool, typer.Option("--sheet", help="Write the open questions as one page to print.")] = False,
    to: Annotated[Path | None, typer.Option("--to", help="The file of the page.")] = None,
    debug: Debug = False,
) -> None:
    """Ask a client's open questions one by one and write the answers into its client.yaml, which keeps its comments."""

    def run(words: Words) -> int:
        if sheet or to is not None:
            from sitegen.commands import sheet as printed

            file, count = printed.write(root.resolve(), client, _today(), to)
            _print(words.say(say("asking.sheet_written", path=str(file), count=count)))
            return OK
        if not sys.stdin.isatty():
            raise UsageError(say("asking.no_terminal"))
        from sitegen.commands import answers as command

        found = command.ask(root.resolve(), client, words, command.terminal(), _print)
        told = say("asking.written", path=found.path, count=found.answered, left=found.open - found.answered)
        _print(words.say(told if found.open else say("asking.nothing", client=client)))
        return OK

    _guarded(run, lang, debug=debug)


@app.command()
def schema(
    folder: Annotated[Path | None, typer.Argument(help="Where to write the schemas; printed when left out.")] = None,
    lang: Lang = None,
    *,
    debug: Debug = False,
) -> None:
    """Write the JSON Schemas of client.yaml, config.yaml and baselines.yaml, so that an editor completes them."""

    def run(words: Words) -> int:
        from sitegen.commands import schema as command

        if folder is None:
            _print(command.text())
        else:
            written = command.write(folder)
            _print(words.say(say("cli.schemas_written", count=len(written), folder=str(folder))))
        return OK

    _guarded(run, lang, debug=debug)


@app.command()
def publish(
    to: Annotated[Path | None, typer.Option("--to", help="The folder to publish to.", file_okay=False)] = None,
    branch: Annotated[
        str | None, typer.Option("--branch", help="The git branch to commit to, such as gh-pages.")
    ] = None,
    remote: Annotated[str, typer.Option("--remote", help="The git remote that has this branch too.")] = "origin",
    root: Root = HERE,
    lang: Lang = None,
    *,
    push: Annotated[bool, typer.Option("--push", help="Send the branch to the remote.")] = False,
    debug: Debug = False,
) -> None:
    """Publish what the last build wrote into output/, to a folder or a branch: no draft, private clients sealed."""

    def run(words: Words) -> int:
        from sitegen.commands import publish as command

        if (to is None) == (branch is None):
            raise UsageError(say("publish.where"))
        if push and branch is None:
            raise UsageError(say("publish.only_branch"))
        place = root.resolve()
        if reasons := command.refusals(place, _today(), branch, remote):
            _print_problems(reasons, words)
            _complain(words.say(say("publish.refused", count=len(set(reasons)))))
            return ERRORS
        if branch is not None:
            told = command.to_branch(place, branch, remote, push=push)
        else:
            folder = Path(str(to)).resolve()
            told = command.to_folder(place, folder, _shown(folder))
        for line in told:
            _print(words.say(line))
        return OK

    _guarded(run, lang, debug=debug)


@app.command()
def keys(
    deed: Annotated[Deed, typer.Argument(help="What to do.")],
    client: Annotated[
        str | None, typer.Argument(help="The client; without one, the agency's own keyring.", autocompletion=_slugs)
    ] = None,
    label: Annotated[str, typer.Option("--label", help="The person: new, add, revoke.")] = "",
    slot: Annotated[str, typer.Option("--slot", help="The person's slot, as list tells it: revoke.")] = "",
    until: Annotated[str | None, typer.Option("--until", help="The last day of the passphrase, YYYY-MM-DD.")] = None,
    passphrase_file: PassphraseFile = None,
    root: Root = HERE,
    lang: Lang = None,
    *,
    choose: Annotated[bool, typer.Option("--choose", help="Ask for one's own passphrase, a strong one.")] = False,
    debug: Debug = False,
) -> None:
    """Who may open a private portal: make a keyring, add a person, list, revoke, rotate. Needs the extra `seal`."""

    def run(words: Words) -> int:
        from sitegen.commands import keys as command

        place = root.resolve()
        secret = _secret(place, passphrase_file, words, ask=sys.stdin.isatty())
        if deed is Deed.LIST:
            for line in command.listed(place, client, _today()):
                _print(words.say(line))
            return OK
        if deed in {Deed.NEW, Deed.ADD}:
            chosen = _chosen(words) if choose else None
            person = command.Person(label, _coming(until), chosen)
            changed = (command.new if deed is Deed.NEW else command.add)(place, client, person, secret)
        elif deed is Deed.REVOKE:
            if not (label or slot):
                raise UsageError(say("keys.who"))
            changed = command.revoke(place, client, slot or label, secret)
        else:
            changed = command.rotate(place, client, secret)
        for line in changed.told:
            _complain(words.say(line))
        if changed.passphrase is not None:
            _complain("\n" + words.say(say("keys.shown_once", label=label)) + "\n")
            _print(changed.passphrase)
            _complain("\n" + words.say(say("keys.shown_how")))
        return OK

    _guarded(run, lang, debug=debug)


def main() -> None:
    """The `sitegen` command."""
    app()


# ---------------------------------------------------------------- the world outside


def _guarded(run: Callable[[Words], int], lang: str | None, *, debug: bool) -> None:
    """Run a command: a user's fault is told without a trace, a bug says that it is one."""
    from sitegen.formats import Words

    words = Words(_language(lang, os.environ))
    if lang is not None and lang[:2] not in LANGUAGES:
        _complain(words.say(say("cli.no_such_language", value=lang)))
        raise typer.Exit(MISUSE)
    try:
        code = run(words)
    except ProblemsFound as found:
        _print_problems(found.problems, words)
        code = ERRORS
    except (OSError, sqlite3.OperationalError) as fault:
        if debug:
            raise
        _complain(words.say(say("cli.disk", told=str(fault))))
        code = MISUSE
    except SitegenError as fault:
        _complain(words.say(fault.message))
        code = MISUSE
    except KeyboardInterrupt:
        code = 130
    except Exception as bug:
        if debug:
            raise
        _complain(words.say(say("cli.bug", kind=type(bug).__name__, told=str(bug), version=__version__)))
        code = BUG
    raise typer.Exit(code)


def _secret(root: Path, file: Path | None, words: Words, *, ask: bool) -> Callable[[], str | None]:
    """How a command comes by the agency's passphrase, when it needs it."""
    from sitegen.commands import secret

    def asked() -> str:
        return str(typer.prompt(words.say(say("keys.ask_agency")), hide_input=True, err=True))

    return lambda: secret.passphrase(root, os.environ.get("SITEGEN_PASSPHRASE"), file, asked if ask else None)


def _chosen(words: Words) -> str:
    """A passphrase that somebody types, twice."""
    if not sys.stdin.isatty():
        raise UsageError(say("keys.no_terminal"))
    typed = [
        str(typer.prompt(words.say(say(f"keys.{key}")), hide_input=True, err=True))
        for key in ("ask_chosen", "ask_again")
    ]
    if typed[0] != typed[1]:
        raise UsageError(say("keys.differ"))
    return typed[0]


def _coming(text: str | None) -> str:
    """The last day of a passphrase, ISO 8601; empty for none."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        day = date.min
    if day is not None and day < _today():
        raise UsageError(say("keys.when"))
    return day.isoformat() if day else ""


def _language(asked: str | None, environment: os._Environ[str]) -> str:
    """`--lang`, else the language of the terminal when it is one of ours, else English."""
    for told in (asked, *(environment.get(name) for name in ("SITEGEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))):
        if told and told[:2] in LANGUAGES:
            return told[:2]
    return "en"


def _today() -> date:
    return datetime.now(UTC).date()


def _day(text: str | None) -> date | None:
    """The day asked for; one that has not come yet, or from before the platforms, is a misuse."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(say("cli.no_such_day", value=str(text))) from None
    if day is not None and not date(1990, 1, 1) <= day <= _today():
        raise UsageError(say("cli.day_out_of_reach", value=str(text)))
    return day


def _print(text: str) -> None:
    typer.echo(text)


def _complain(text: str) -> None:
    typer.echo(text, err=True)


def _show(found: Sequence[Inspected], words: Words) -> None:
    """Sheets in colours on a terminal, plain lines elsewhere."""
    from sitegen.commands import screen

    sheets = screen.sheets(found, words)
    if sys.stdout.isatty():
        from rich.console import Console

        Console(highlight=False).print(*map(screen.rich, sheets))
    else:
        _print("\n".join(map(screen.plain, sheets)))


def _print_problems(problems: Sequence[Problem], words: Words) -> None:
    """`path:line:column: message`, and below it what to do. Errors first come by place, as an editor lists them."""
    for problem in sorted(dict.fromkeys(problems), key=lambda p: (p.path, p.line, p.column, p.message.key)):
        place = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
        grade = "" if problem.severity is Severity.ERROR else words.say(say(f"cli.{problem.severity}")) + " "
        _complain(f"{place}: {grade}{words.say(problem.message)}")
        if problem.hint is not None:
            _complain("  " + words.say(say("cli.hint", hint=problem.hint)))


def _built(place: Path, options: Options, words: Words) -> int:
    """Build, say what became of it, and remember it for a next time with nothing to do."""
    from sitegen.build import site, standing, workspace

    before = standing.inputs(place)
    opened = workspace.opened(place)
    with _reporter(words, len(opened.slugs)) as report:
        outcome = site.build(opened, options, report)
    _print_problems(outcome.problems, words)
    if outcome.published is None:
        wrong = outcome.failed or sorted({p.path for p in outcome.problems if p.severity is Severity.ERROR})
        _complain(words.say(say("cli.nothing_written", failed=tuple(wrong))))
        return ERRORS
    told = ((options.output, "published", outcome.published), (options.preview, "previewed", outcome.previewed))
    folders = [(folder, key, len(each.written), len(each.unchanged)) for folder, key, each in told if each is not None]
    standing.remember(place, options, before, site.standing(outcome), steady=outcome.steady)
    return _concluded(folders, outcome.failed, outcome.problems, words)


def _concluded(
    folders: Sequence[tuple[Path, str, int, int]], failed: Sequence[str], problems: Sequence[Problem], words: Words
) -> int:
    """Say what lies in the folders, written and as it stood; the exit code tells scripts how it went."""
    for folder, key, written, unchanged in folders:
        _print(words.say(say(f"cli.{key}", folder=_shown(folder), count=written, unchanged=unchanged)))
    if failed:
        _complain(words.say(say("cli.kept", failed=tuple(failed))))
    return PARTIAL if failed or any(p.severity is Severity.ERROR for p in problems) else OK


def _shown(folder: Path) -> str:
    """A folder as short as it can be told from here."""
    here = Path.cwd()
    return folder.relative_to(here).as_posix() + "/" if folder.is_relative_to(here) else str(folder)


def _reporter(words: Words, total: int) -> Reporter:
    return Reporter(words, total, terminal=sys.stderr.isatty())


class Reporter:
    """Progress: a bar on a terminal, plain lines elsewhere."""

    def __init__(self, words: Words, total: int, *, terminal: bool) -> None:
        self._words = words
        self._bar = _bar() if terminal else None
        self._total = total

    def __enter__(self) -> Callable[[Message], None]:
        if self._bar is None:
            return lambda message: _complain(self._words.say(message))
        self._bar.start()
        task = self._bar.add_task("", total=self._total + 1)
        return lambda message: (
            self._bar.update(task, advance=1, description=self._words.say(message)) if self._bar else None
        )

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(bar_width=24), TextColumn("{task.description}"), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
