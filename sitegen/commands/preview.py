"""A workspace's root in, its preview served until it is interrupted; prints through `tell`, decides no exit code."""

from __future__ import annotations

import ipaddress
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sitegen
from sitegen.errors import UsageError
from sitegen.messages import Message, say
from sitegen.preview import serve
from sitegen.preview.live import Session
from sitegen.preview.watch import Watch

PACKAGE = Path(sitegen.__file__).parent


@dataclass(frozen=True, slots=True)
class Asked:
    """What to show, and where; `host` is an address of this machine, `port` the first one to try."""

    root: Path
    today: date
    as_of: date | None
    host: str
    port: int
    browse: bool = False


def run(asked: Asked, tell: Callable[[Message], None]) -> None:
    """Serve until interrupted. Raises UsageError for a host that is none, OSError when no port is free."""
    address = _address(asked.host)
    session = Session(asked.root, asked.today, asked.as_of)
    desk = serve.Desk(session, asked.root, tell)
    watch = Watch(asked.root, desk.changed, {"sitegen": PACKAGE})
    server = serve.opened(str(address), asked.port, desk)
    watch.start()
    if not address.is_loopback:
        tell(say("preview.no_password", host=asked.host))
    tell(say("preview.listening", address=f"{server.origin}/", count=len(session.slugs)))
    desk.begin()
    if asked.browse:
        webbrowser.open(f"{server.origin}/")
    try:
        server.serve_forever(poll_interval=0.1)
    except KeyboardInterrupt:
        tell(say("preview.stopped"))
    finally:
        watch.stop()
        server.server_close()
        session.close()


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        return ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        raise UsageError(say("preview.no_such_host", host=host)) from None
