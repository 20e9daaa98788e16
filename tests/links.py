"""A folder of finished pages in, the links that lead nowhere out; knows nothing of how the pages were made."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

ADDRESSES = {"href", "src", "data"}


class Page(HTMLParser):
    """What a page links to, and what in it can be linked to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            elif name in ADDRESSES and value is not None:
                self.links.append(value)
            elif name == "srcset" and value:
                self.links += [part.split()[0] for part in value.split(",")]


def dead(folder: Path, base: str = "/") -> Iterator[str]:
    """Each link of each page that leads to no file of the folder, or to no id of its page; `base` is served at `/`."""
    pages = {path: Page(path.read_text("utf-8")) for path in folder.rglob("*.html")}
    assert pages
    for path, page in pages.items():
        here = f"https://site.invalid{base}{path.relative_to(folder).as_posix()}"
        for link in page.links:
            address, fragment = urldefrag(urljoin(here, link))
            told = urlsplit(address)
            if told.hostname != "site.invalid":
                continue
            inside = unquote(told.path).removeprefix(base)
            target = folder / inside / "index.html" if (folder / inside).is_dir() else folder / inside
            found = told.path.startswith(base) and target.is_file()
            if not found or (fragment and target in pages and unquote(fragment) not in pages[target].ids):
                yield f"{path.relative_to(folder)}: {link}"
