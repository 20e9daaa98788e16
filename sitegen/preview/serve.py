"""Requests of a browser on this machine in, a session's pages and its news out; decides nothing about pages.

Paths below `/__sitegen/` are the preview's own: its script and its style sheet, the state of a page, the news of all.
"""

from __future__ import annotations

import html
import ipaddress
import json
import mimetypes
import os
import queue
import socket
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from sitegen.errors import Problem
from sitegen.formats import Words
from sitegen.messages import Message, say
from sitegen.preview.live import Session, Shown
from sitegen.render import POLICY

OWN = "/__sitegen/"
ASSETS = Path(__file__).parent / "assets"
PORTS = 50  # how many are tried from the one asked for
TABS = 24  # pages that are made at once after a change: the last ones that a tab has shown
AROUND = 3  # lines of an excerpt before and after the one that is meant
WIDEST = 200  # characters of a line of an excerpt
SHARED = ""  # the address that stands for what all pages share
BEAT = 15  # seconds after which a silent listener is spoken to, to find out whether it is still there
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".csv": "text/csv; charset=utf-8"} | {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}
TYPES |= {".js": "text/javascript; charset=utf-8", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
TYPES |= {".txt": "text/plain; charset=utf-8", ".xml": "application/xml", ".json": "application/json"}

Tell = Callable[[Message], None]


class Desk:
    """What tabs have asked for, who listens, and what each of them must hear after a change."""

    def __init__(self, session: Session, root: Path, tell: Tell) -> None:
        self.session = session
        self._root, self._tell = root, tell
        self._tabs: dict[str, str] = {}  # address → the state that its tabs were last told
        self._listeners: set[queue.SimpleQueue[str]] = set()
        self._wrong: dict[str, tuple[Problem, ...]] = {}  # address → what the terminal was told of it
        self._guard = threading.Lock()
        self._wake = threading.Event()
        threading.Thread(target=self._rest, daemon=True).start()

    def begin(self) -> None:
        """Tell what is wrong from the beginning."""
        self._complain({SHARED: self.session.wrong})

    def listen(self) -> queue.SimpleQueue[str]:
        """A queue of all news to come."""
        news = queue.SimpleQueue[str]()
        with self._guard:
            self._listeners.add(news)
        return news

    def leave(self, news: queue.SimpleQueue[str]) -> None:
        with self._guard:
            self._listeners.discard(news)

    def state(self, address: str) -> str:
        """What a tab must know of its page."""
        shown = self.session.shown(address)
        state = json.dumps({"page": address, "seen": seen(shown), "trouble": self._trouble(shown.problems)})
        with self._guard:
            self._tabs.pop(address, None)
            self._tabs[address] = state
            for old in tuple(self._tabs)[:-TABS]:
                del self._tabs[old]
        self._wake.set()
        return state

    def changed(self, paths: Collection[str], since: float) -> None:
        """Tell every tab what a change means for it, the last one that asked first."""
        if any(path.startswith("sitegen/") for path in paths):
            self._tell(say("preview.restart"))
            return
        self.session.changed(paths)
        with self._guard:
            tabs = tuple(reversed(self._tabs.items()))
        reloaded, wrong, took = 0, {SHARED: self.session.wrong}, time.perf_counter() - since
        for address, before in tabs:
            shown = self.session.shown(address)
            reloaded += self._news(address, before, shown)
            wrong[address] = shown.problems
            if address == tabs[0][0]:
                took = time.perf_counter() - since
        self._tell(say("preview.changed", what=_shortly(paths), count=reloaded, ms=round(took * 1000)))
        self._complain(wrong)
        self._wake.set()

    def _news(self, address: str, before: str, shown: Shown) -> bool:
        """Tell the tabs of a page its state, if it became another one."""
        state = json.dumps({"page": address, "seen": seen(shown), "trouble": self._trouble(shown.problems)})
        if state == before:
            return False
        with self._guard:
            if address in self._tabs:
                self._tabs[address] = state
            for listener in self._listeners:
                listener.put(state)
        return True

    def _rest(self) -> None:
        """Make the other pages while nobody waits, and tell what is wrong with them."""
        while True:
            self._wake.wait()
            self._wake.clear()
            for slug in self.session.rest():
                if self._wake.is_set():
                    break
                if slug:
                    self._late(slug)

    def _late(self, slug: str) -> None:
        with self._guard:
            tabs = [(page, state) for page, state in self._tabs.items() if page.startswith(f"{slug}/")]
        for address, before in tabs:
            shown = self.session.shown(address)
            self._news(address, before, shown)
            self._complain({address: shown.problems})

    def _complain(self, wrong: Mapping[str, tuple[Problem, ...]]) -> None:
        """Say in the terminal what became wrong, once, and that all is well again; of the pages that are not named
        here, what was told before still holds."""
        with self._guard:
            before = _distinct(self._wrong)
            open_pages = {SHARED, *self._tabs}
            self._wrong = {page: told for page, told in {**self._wrong, **wrong}.items() if page in open_pages}
            problems = _distinct(self._wrong)
        for problem in problems:
            if problem not in before:
                place = say("preview.place", place=place_of(problem), message=problem.message)
                self._tell(place)
                if problem.hint is not None:
                    self._tell(say("preview.hint", hint=problem.hint))
        if before and not problems:
            self._tell(say("preview.mended"))

    def _trouble(self, problems: Sequence[Problem]) -> dict[str, Any] | None:
        """What is wrong, in the words of the site's language."""
        if not problems:
            return None
        words = Words(self.session.language)
        return {
            "title": words.say(say("preview.trouble", count=len(problems))),
            "close": words.say(say("preview.close")),
            "problems": [
                {
                    "place": place_of(problem),
                    "message": words.say(problem.message),
                    "hint": words.say(problem.hint) if problem.hint else "",
                    "lines": excerpt(self._root, problem),
                }
                for problem in problems
            ],
        }


def _distinct(wrong: Mapping[str, Sequence[Problem]]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problem for each in wrong.values() for problem in each))


def seen(shown: Shown) -> str:
    """A page's state as a tab compares it: of the page, of its style sheets."""
    return f"{shown.solid}.{shown.sheets}"


def place_of(problem: Problem) -> str:
    """`path:line:column`, or the path alone."""
    return f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path


def excerpt(root: Path, problem: Problem) -> list[dict[str, object]]:
    """The lines around a problem; none where its file is not one of the workspace's."""
    file = (root / problem.path).resolve()
    if not problem.line or not file.is_relative_to(root):
        return []
    try:
        lines = file.read_bytes().decode("utf-8", "replace").splitlines()
    except OSError:
        return []
    first = max(problem.line - 1 - AROUND, 0)
    return [
        {"number": str(number), "text": line[:WIDEST], "here": number == problem.line}
        for number, line in enumerate(lines[first : problem.line + AROUND], first + 1)
    ]


def _shortly(paths: Collection[str]) -> str:
    """One path, or what many have in common."""
    listed = sorted(paths)
    if len(listed) == 1:
        return listed[0]
    parts = [path.split("/") for path in listed]
    shared = [names[0] for names in zip(*parts, strict=False) if len(set(names)) == 1]
    return "/".join(shared) + f" ({len(listed)})"


# ---------------------------------------------------------------- HTTP


class Server(ThreadingHTTPServer):
    """The desk at the first free port from the one asked for."""

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere two servers at one port would share its requests

    def __init__(self, host: str, port: int, desk: Desk) -> None:
        self.desk = desk
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), Handler)

    @property
    def origin(self) -> str:
        host, port = str(self.server_address[0]), self.server_port
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away is no error."""

    def expects(self, host: str) -> bool:
        """Whether a request that names this host is meant for us, not for a page of another site that found us."""
        name, port = _split(host)
        if port != self.server_port:
            return False
        bound = ipaddress.ip_address(str(self.server_address[0]).partition("%")[0])
        if name == "localhost":
            return bound.is_loopback or bound.is_unspecified
        try:
            named = ipaddress.ip_address(name)
        except ValueError:
            return False
        return bound.is_unspecified or named == bound


def _split(host: str) -> tuple[str, int]:
    """Name and port of a Host header; port 80 where it names none, -1 where it makes no sense."""
    try:
        parts = urlsplit(f"//{host}")
        port = parts.port or 80
    except ValueError:
        return "", -1
    return parts.hostname or "", port


def opened(host: str, port: int, desk: Desk) -> Server:
    """A server at `port` of `host`, or at the next one that is free. Raises OSError when none is."""
    for candidate in range(port, port + PORTS):
        with suppress(OSError):
            return Server(host, candidate, desk)
    return Server(host, port, desk)


class Handler(BaseHTTPRequestHandler):
    """GET and HEAD, for this host only."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "sitegen", ""
    server: Server
    timeout = 120

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: each change is told, requests are not."""

    def _answer(self) -> None:
        hosts = self.headers.get_all("Host") or []
        if len(hosts) != 1 or not self.server.expects(hosts[0]):
            self._send(HTTPStatus.MISDIRECTED_REQUEST, b"", TYPES[".txt"])
            return
        path, _, query = self.path.partition("?")
        path = unquote(path)
        if path.startswith(OWN) and not self._is_ours(hosts[0]):
            self._send(HTTPStatus.FORBIDDEN, b"", TYPES[".txt"])  # another site's page takes no tab's place
        elif path.startswith(OWN):
            self._own(path.removeprefix(OWN), parse_qs(query))
        else:
            self._file(path)

    def _is_ours(self, host: str) -> bool:
        """Whether the request comes of a page of this server, or of no page at all; another port is another site."""
        origin, site = self.headers.get("Origin"), self.headers.get("Sec-Fetch-Site")
        return origin in (None, f"http://{host}") and site in (None, "same-origin", "none")

    def _own(self, name: str, query: Mapping[str, Sequence[str]]) -> None:
        if name == "events":
            self._events()
        elif name == "state" and "page" in query:
            self._send(HTTPStatus.OK, self.server.desk.state(query["page"][0]).encode(), TYPES[".json"])
        elif name in ("live.js", "live.css"):
            self._send(HTTPStatus.OK, (ASSETS / name).read_bytes(), TYPES[Path(name).suffix])
        else:
            self._send(HTTPStatus.NOT_FOUND, b"", TYPES[".txt"])

    def _file(self, path: str) -> None:
        session = self.server.desk.session
        address = path.removeprefix(session.base if path.startswith(session.base) else "/")
        if not address or address.endswith("/"):
            address += "index.html"
        if "\\" in address or "\0" in address or any(part in ("", ".", "..") for part in address.split("/")):
            address = "404.html"
        shown = session.shown(address)
        if not shown.found and session.shown(f"{address}/index.html").found:
            self._send(HTTPStatus.FOUND, b"", TYPES[".txt"], {"Location": quote(f"{path}/")})
            return
        status = HTTPStatus.OK if shown.found and address != "404.html" else HTTPStatus.NOT_FOUND
        if shown.body is None or not shown.found or address.endswith(".html"):
            body = with_script(shown.body or _blank(session.language), address, shown)
            self._send(status if shown.body else HTTPStatus.SERVICE_UNAVAILABLE, body, TYPES[".html"])
        else:
            kind = TYPES.get(Path(address).suffix) or mimetypes.guess_type(address)[0] or "application/octet-stream"
            self._send(status, shown.body, kind)

    def _send(self, status: HTTPStatus, body: bytes, kind: str, more: Mapping[str, str] | None = None) -> None:
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Cache-Control": "no-store"}
        headers |= {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin", **(more or {})}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _events(self) -> None:
        self.send_response(HTTPStatus.OK)
        for name, value in (("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")):
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if self.command == "HEAD":
            return
        news = self.server.desk.listen()
        try:
            self._speak("retry: 500\n\n")
            while True:
                try:
                    self._speak(f"data: {news.get(timeout=BEAT)}\n\n")
                except queue.Empty:
                    self._speak(":\n\n")
        except OSError:
            return
        finally:
            self.server.desk.leave(news)

    def _speak(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()


def with_script(body: bytes, address: str, shown: Shown) -> bytes:
    """The page with the preview's own script and style sheet at the end of its head."""
    told = f'data-page="{html.escape(address)}" data-seen="{seen(shown)}"'
    ours = f'<link rel="stylesheet" href="{OWN}live.css"><script src="{OWN}live.js" {told} defer></script></head>'
    return body.replace(b"</head>", ours.encode(), 1)


def _blank(language: str) -> bytes:
    """A page to show a problem on where there never was a good one."""
    words = Words(language)
    title = html.escape(words.say(say("preview.blank")))
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>{title}</title>'
    return f'<!doctype html><html lang="{language}"><head>{head}</head><body><h1>{title}</h1></body></html>'.encode()
