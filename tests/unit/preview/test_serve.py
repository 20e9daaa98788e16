"""What the preview answers on the wire, what it tells its tabs, and how it begins and ends."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from sitegen.errors import Problem
from sitegen.messages import Message, say
from sitegen.preview import serve
from sitegen.preview.live import Session

ROOT = Path(__file__).parents[3]
SITE = ROOT / "tests/sites/minimal"  # its client is private
FIRST, NOTE = "atlas/index.html", "data/atlas/notes/synthesis.md"
TOLD: list[Message] = []


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(SITE, tmp_path_factory.mktemp("site") / "Agence d’été"))
    (root / "data/atlas/notes").mkdir()
    (root / NOTE).write_text("Un mot.", "utf-8")
    return root


@pytest.fixture(scope="module")
def desk(root: Path) -> Iterator[serve.Desk]:
    session = Session(root, date(2026, 11, 20))
    yield serve.Desk(session, root, TOLD.append)
    session.close()


@pytest.fixture(scope="module")
def server(desk: serve.Desk) -> Iterator[serve.Server]:
    server = serve.opened("127.0.0.1", 4173, desk)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def ask(server: serve.Server, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def raw(server: serve.Server, request: str) -> bytes:
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=60) as wire:
        wire.sendall(request.encode())
        return wire.recv(4096)


def test_a_private_page_is_shown_with_the_previews_script_and_the_policy_of_every_page(server: serve.Server) -> None:
    answer, body = ask(server, "/atlas/")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(re.findall(rb'<script src="/__sitegen/live.js" data-page="atlas/index.html"', body)) == 1
    assert b"script-src &#39;self&#39;; style-src &#39;self&#39;" in body


def test_a_page_without_the_script_is_the_sessions(server: serve.Server, desk: serve.Desk) -> None:
    _, body = ask(server, "/atlas/index.html")
    ours = rb'<link rel="stylesheet" href="/__sitegen/live.css"><script [^>]*></script>'
    assert re.sub(ours, b"", body) == desk.session.shown(FIRST).body


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/assets/site.css", "text/css; charset=utf-8"),
        ("/assets/js/tips.js", "text/javascript; charset=utf-8"),
        ("/assets/icons/favicon.svg", "image/svg+xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/__sitegen/live.js", "text/javascript; charset=utf-8"),
        ("/__sitegen/live.css", "text/css; charset=utf-8"),
    ],
)
def test_each_kind_of_file_has_its_type(server: serve.Server, path: str, kind: str) -> None:
    answer, body = ask(server, path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
    assert body


def test_head_tells_the_length_and_sends_nothing(server: serve.Server) -> None:
    answer, body = ask(server, "/atlas/index.html", "HEAD")
    _, whole = ask(server, "/atlas/index.html")
    assert (answer.status, int(answer.headers["Content-Length"]), body) == (200, len(whole), b"")


def test_a_folder_without_its_slash_leads_to_its_first_page(server: serve.Server) -> None:
    answer, _ = ask(server, "/atlas")
    assert (answer.status, answer.headers["Location"]) == (302, "/atlas/")


@pytest.mark.parametrize(
    "path",
    [
        "/no-such-client/index.html",
        "/atlas/no-such-page.html",
        "/../config.yaml",
        "/%2e%2e/config.yaml",
        "/atlas/..%2f..%2fconfig.yaml",
        "/atlas/%5c..%5cclient.yaml",
        "/data/atlas/client.yaml",
        "//example.org/index.html",
        "/__sitegen/../live.py",
        "/__sitegen/%2e%2e/serve.py",
        "/%00",
    ],
)
def test_what_is_no_page_is_the_404_page_and_no_file_of_the_disk(server: serve.Server, path: str) -> None:
    answer, body = ask(server, path)
    assert answer.status == 404
    assert b"margin" not in body
    assert b"import" not in body


@pytest.mark.parametrize(
    "host", ["example.org", "127.0.0.1", "127.0.0.1:1", "localhost.example.org:{port}", "[::1", ""]
)
def test_a_foreign_host_is_refused(server: serve.Server, host: str) -> None:
    told = host.format(port=server.server_port)
    assert raw(server, f"GET / HTTP/1.1\r\nHost: {told}\r\n\r\n").startswith(b"HTTP/1.1 421 ")


def test_no_host_and_two_hosts_are_refused(server: serve.Server) -> None:
    own = f"Host: 127.0.0.1:{server.server_port}\r\n"
    assert raw(server, "GET / HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 421 ")
    assert raw(server, f"GET / HTTP/1.1\r\n{own}{own}\r\n").startswith(b"HTTP/1.1 421 ")


def test_localhost_is_this_machine(server: serve.Server) -> None:
    answer, _ = ask(server, "/robots.txt", Host=f"localhost:{server.server_port}")
    assert answer.status == 200


@pytest.mark.parametrize("name", ["state?page=index.html", "events", "live.js"])
@pytest.mark.parametrize(
    "told",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://example.org"},
        {"Origin": "http://127.0.0.1:3000"},
        {"Origin": "null"},
    ],
)
def test_the_pages_of_other_sites_take_no_place_of_a_tab(server: serve.Server, name: str, told: dict[str, str]) -> None:
    assert ask(server, f"/__sitegen/{name}", **told)[0].status == 403


@pytest.mark.parametrize("told", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}])
def test_our_own_pages_are_answered(server: serve.Server, told: dict[str, str]) -> None:
    own = {"Origin": f"http://127.0.0.1:{server.server_port}"}
    assert ask(server, "/__sitegen/state?page=index.html", **told)[0].status == 200
    assert ask(server, "/__sitegen/state?page=index.html", **told, **own)[0].status == 200


def test_a_page_of_another_site_may_be_led_to_ours(server: serve.Server) -> None:
    assert ask(server, "/index.html", **{"Sec-Fetch-Site": "cross-site"})[0].status == 200


def test_other_methods_are_refused(server: serve.Server) -> None:
    assert ask(server, "/", "POST")[0].status == 501


def test_a_busy_port_leads_to_the_next_one(server: serve.Server, desk: serve.Desk) -> None:
    other = serve.opened("127.0.0.1", server.server_port, desk)
    assert other.server_port > server.server_port
    other.server_close()


def test_a_tab_hears_of_a_change_of_its_page(server: serve.Server, desk: serve.Desk, root: Path) -> None:
    before = json.loads(ask(server, f"/__sitegen/state?page={FIRST}")[1])
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=60) as wire:
        own = f"127.0.0.1:{server.server_port}"
        wire.sendall(f"GET /__sitegen/events HTTP/1.1\r\nHost: {own}\r\n\r\n".encode())
        events = wire.makefile("r", encoding="utf-8")
        while not events.readline().startswith("retry:"):
            pass
        (root / NOTE).write_text("Un autre mot.", "utf-8")
        desk.changed([NOTE], time.perf_counter())
        while not (line := events.readline()).startswith("data: "):
            pass
    after = json.loads(line.removeprefix("data: "))
    assert (before["page"], after["page"]) == (FIRST, FIRST)
    assert before["seen"] != after["seen"]
    assert before["trouble"] is None is after["trouble"]
    assert TOLD[-1].key == "preview.changed"
    assert TOLD[-1].named["count"] == 1


def test_trouble_is_told_in_the_sites_language_with_the_lines_around_it(
    server: serve.Server, desk: serve.Desk, root: Path
) -> None:
    file = root / "data/atlas/client.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("margin:", "margn:"), "utf-8")
    desk.changed(["data/atlas/client.yaml"], time.perf_counter())
    trouble = json.loads(ask(server, f"/__sitegen/state?page={FIRST}")[1])["trouble"]
    file.write_text(text, "utf-8")
    desk.changed(["data/atlas/client.yaml"], time.perf_counter())
    assert "Quelque chose" in trouble["title"] or "choses" in trouble["title"]
    problem = trouble["problems"][0]
    assert problem["place"].startswith("data/atlas/client.yaml:")
    assert problem["hint"]
    here = [line for line in problem["lines"] if line["here"]]
    assert [line["text"].partition(":")[0] for line in here] == ["margn"]
    assert len(problem["lines"]) > 3
    assert json.loads(ask(server, f"/__sitegen/state?page={FIRST}")[1])["trouble"] is None
    assert "preview.mended" in [message.key for message in TOLD]


def test_what_is_wrong_with_one_client_is_told_whatever_becomes_of_another(tmp_path: Path) -> None:
    root = Path(shutil.copytree(SITE, tmp_path / "site"))
    shutil.copytree(root / "data/atlas", root / "data/zellige")
    told: list[Message] = []
    desk = serve.Desk(Session(root, date(2026, 11, 20)), root, told.append)
    for slug in ("atlas", "zellige"):
        desk.state(f"{slug}/index.html")

    def edited(slug: str, old: str, new: str) -> list[str]:
        """What is said of an edit, and of the news of the other client's other pages after it."""
        told.clear()
        file = root / "data" / slug / "client.yaml"
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
        desk.changed([f"data/{slug}/client.yaml"], time.perf_counter())
        desk._late("zellige" if slug == "atlas" else "atlas")
        return [str(m.named["place"]).partition(":")[0] if m.key == "preview.place" else m.key for m in told]

    assert "data/atlas/client.yaml" in edited("atlas", "margin:", "margn:")
    second = edited("zellige", "margin:", "margn:")
    assert "data/zellige/client.yaml" in second
    assert "data/atlas/client.yaml" not in second
    assert "preview.mended" not in second
    assert edited("zellige", "margn:", "margin:") == ["preview.changed"]
    assert edited("atlas", "margn:", "margin:") == ["preview.changed", "preview.mended"]
    desk.session.close()


def test_an_excerpt_shows_nothing_outside_the_workspace(root: Path) -> None:
    assert serve.excerpt(root, Problem("../secret.txt", 1, 1, say("cli.writing"))) == []
    assert serve.excerpt(root, Problem("no/such.txt", 1, 1, say("cli.writing"))) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals are not sent so on Windows")
def test_ctrl_c_ends_it_at_once_although_a_tab_listens(root: Path) -> None:
    command = [sys.executable, "-m", "sitegen", "preview", "--root", str(root), "--lang", "en", "--as-of", "2026-10-31"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    # A process that is started in the background may inherit that Ctrl-C is ignored.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, preexec_fn=heard)
    assert process.stderr is not None
    address = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stderr.readline())
    assert address is not None
    with socket.create_connection(("127.0.0.1", int(address[1])), timeout=60) as wire:
        wire.sendall(f"GET /__sitegen/events HTTP/1.1\r\nHost: 127.0.0.1:{address[1]}\r\n\r\n".encode())
        assert wire.recv(4096).startswith(b"HTTP/1.1 200")
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) == 0
    assert "Traceback" not in process.stderr.read()
    process.stderr.close()
