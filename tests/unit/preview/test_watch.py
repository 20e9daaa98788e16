"""Which files tell of a change, and when it is told."""

import queue
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchdog.events import FileClosedNoWriteEvent, FileModifiedEvent, FileOpenedEvent

from sitegen.preview.watch import Gathering, Watch, concerns

Told = queue.SimpleQueue[frozenset[str]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("data/atlas", "content/fr", "themes/own", "output", ".sitegen"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "data/atlas/client.yaml").write_text("name: Atlas")
    return tmp_path


@pytest.fixture
def told(root: Path) -> Iterator[Told]:
    news: Told = queue.SimpleQueue()
    watch = Watch(root, lambda paths, _: news.put(paths))
    watch.start()
    yield news
    watch.stop()


def nothing_more(told: Told) -> bool:
    time.sleep(0.25)
    return told.empty()


@pytest.mark.parametrize(
    "path", ["config.yaml", "data/atlas/client.yaml", "content/fr/a.md", "themes/own/layouts/base.html", "data"]
)
def test_an_input_is_heard_of(path: str) -> None:
    assert concerns(path)


@pytest.mark.parametrize(
    "path",
    [
        "output/index.html",
        "preview/index.html",
        ".sitegen/store.sqlite",
        "README.md",
        "data/config.yaml~",
        "data/atlas/.client.yaml.swp",
        "data/atlas/#client.yaml#",
        "data/atlas/.#client.yaml",
        "data/atlas/4913",
        "data/atlas/client.yaml.tmp",
        "data/.git/index",
    ],
)
def test_what_is_built_hidden_or_an_editors_own_is_not(path: str) -> None:
    assert not concerns(path)


def test_many_files_at_once_are_told_together(root: Path, told: Told) -> None:
    """In very few parts, should the machine pause between two of them."""
    wanted = {f"data/atlas/{number}.csv" for number in range(100)}
    for path in wanted:
        (root / path).write_text("date,revenue")
    found = [told.get(timeout=5)]
    while frozenset().union(*found) != wanted:
        found.append(told.get(timeout=5))
    assert len(found) < 10
    assert nothing_more(told)


def test_what_comes_before_it_is_quiet_is_one_change() -> None:
    news: Told = queue.SimpleQueue()
    gathering = Gathering(lambda paths, _: news.put(paths), quiet=0.5, longest=5)
    for number in range(100):
        gathering.add(f"data/atlas/{number}.csv")
    assert news.get(timeout=10) == {f"data/atlas/{number}.csv" for number in range(100)}
    assert news.empty()


def test_changes_apart_from_one_another_are_told_apart(root: Path, told: Told) -> None:
    for name in ("content/fr/a.md", "config.yaml"):
        (root / name).write_text("x")
        assert told.get(timeout=5) == {name}


def test_what_never_rests_is_told_all_the_same() -> None:
    news: Told = queue.SimpleQueue()
    gathering = Gathering(lambda paths, _: news.put(paths), quiet=0.2, longest=0.4)
    begun = time.perf_counter()
    while news.empty() and time.perf_counter() - begun < 5:
        gathering.add("config.yaml")
        time.sleep(0.02)
    assert time.perf_counter() - begun < 2


def test_an_editor_that_renames_over_the_file_is_heard_once(root: Path, told: Told) -> None:
    scratch = root / "data/atlas/.client.yaml.new"
    scratch.write_text("name: Other")
    scratch.replace(root / "data/atlas/client.yaml")
    assert told.get(timeout=5) == {"data/atlas/client.yaml"}
    assert nothing_more(told)


def test_a_file_taken_away_and_written_anew_is_heard_of(root: Path, told: Told) -> None:
    file = root / "data/atlas/client.yaml"
    file.unlink()
    file.write_text("name: Other")
    assert told.get(timeout=5) == {"data/atlas/client.yaml"}


def test_a_renamed_client_is_told_by_both_names(root: Path, told: Told) -> None:
    (root / "data/atlas").rename(root / "data/hercules")
    paths = told.get(timeout=5)
    assert {"data/atlas", "data/hercules"} <= paths


def test_a_folder_that_is_made_again_is_watched_again(root: Path, told: Told) -> None:
    shutil.rmtree(root / "themes")
    told.get(timeout=5)
    (root / "themes").mkdir()
    told.get(timeout=5)
    time.sleep(0.2)
    (root / "themes/new.css").write_text("x")
    assert told.get(timeout=5) == {"themes/new.css"}


def test_reading_and_building_are_no_change(root: Path, told: Told) -> None:
    (root / "data/atlas/client.yaml").read_text()
    (root / "output/index.html").write_text("x")
    (root / ".sitegen/store.sqlite").write_text("x")
    assert nothing_more(told)


def test_a_file_that_is_only_opened_or_closed_is_no_change(root: Path) -> None:
    news: Told = queue.SimpleQueue()
    watch = Watch(root, lambda paths, _: news.put(paths))
    path = str(root / "config.yaml")
    watch.on_any_event(FileOpenedEvent(path))
    watch.on_any_event(FileClosedNoWriteEvent(path))
    assert nothing_more(news)
    watch.on_any_event(FileModifiedEvent(path))
    assert news.get(timeout=5) == {"config.yaml"}


def test_a_folder_beside_the_workspace_has_its_own_name(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    beside = tmp_path_factory.mktemp("package")
    news: Told = queue.SimpleQueue()
    watch = Watch(root, lambda paths, _: news.put(paths), {"sitegen": beside})
    watch.start()
    (beside / "module.py").write_text("x")
    assert news.get(timeout=5) == {"sitegen/module.py"}
    watch.stop()


@pytest.fixture
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A client's folder that lies outside the workspace."""
    folder = tmp_path_factory.mktemp("elsewhere") / "Zellige à part"
    (folder / "metrics").mkdir(parents=True)
    return folder


def linked(link: Path, folder: Path) -> None:
    try:
        link.symlink_to(folder, target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")


def heard(told: Told, path: str) -> bool:
    """Whether a path is told soon, whatever else is."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        try:
            if path in told.get(timeout=0.1):
                return True
        except queue.Empty:
            continue
    return False


def test_what_changes_behind_a_link_is_told_by_its_name(root: Path, elsewhere: Path) -> None:
    linked(root / "data/zellige", elsewhere)
    linked(elsewhere / "round", elsewhere)
    news: Told = queue.SimpleQueue()
    watch = Watch(root, lambda paths, _: news.put(paths))
    watch.start()
    (elsewhere / "metrics/site.csv").write_text("date")
    assert heard(news, "data/zellige/metrics/site.csv")
    (root / "data/atlas/client.yaml").write_text("name: Other")
    assert heard(news, "data/atlas/client.yaml")
    watch.stop()


def test_a_link_that_comes_later_or_leads_elsewhere_is_followed(root: Path, elsewhere: Path, told: Told) -> None:
    linked(root / "data/zellige", elsewhere)
    assert heard(told, "data/zellige")
    time.sleep(0.2)
    (elsewhere / "client.yaml").write_text("name: Zellige")
    assert heard(told, "data/zellige/client.yaml")
    other = elsewhere.with_name("another")
    other.mkdir()
    (root / "data/zellige").unlink()
    linked(root / "data/zellige", other)
    assert heard(told, "data/zellige")
    time.sleep(0.2)
    (other / "client.yaml").write_text("name: Another")
    assert heard(told, "data/zellige/client.yaml")
