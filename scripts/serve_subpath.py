"""The built site in, the same site on this machine below a path out, as GitHub Pages serves the site of a repository.

python -m scripts.serve_subpath [/repository/]
"""

from __future__ import annotations

import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "output"
BASE, PORT = "/repository/", 8000


class Below(SimpleHTTPRequestHandler):
    """Serves `directory` below `base` and nowhere else; what is not there is answered with its page 404.html."""

    def __init__(self, *arguments: Any, base: str, **named: Any) -> None:
        self.base = base
        super().__init__(*arguments, **named)

    def translate_path(self, path: str) -> str:
        asked = path.partition("?")[0]
        if not asked.startswith(self.base):
            return str(Path(self.directory) / "nothing lies outside")
        return super().translate_path("/" + asked.removeprefix(self.base))

    def list_directory(self, path: Any) -> None:  # noqa: ARG002
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def server(folder: Path, base: str, port: int) -> ThreadingHTTPServer:
    """A server on this machine only, which serves `folder` below `base`; port 0 is any that is free."""
    return ThreadingHTTPServer(("127.0.0.1", port), partial(Below, directory=str(folder), base=base))


if __name__ == "__main__":
    base = f"/{(sys.argv[1] if len(sys.argv) > 1 else BASE).strip('/')}/"
    print(f"http://127.0.0.1:{PORT}{base}  (Ctrl-C to stop)")
    try:
        server(OUTPUT, base, PORT).serve_forever()
    except KeyboardInterrupt:
        print()
