"""A build that has nothing to do is known by stamps alone, and only then."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen import cli
from tests.unit.test_cli import run

ROOT = Path(__file__).parents[3]
HEAVY = ("pandas", "numpy", "altair", "vl_convert", "jinja2", "markdown", "babel.numbers")


@pytest.fixture
def root(small: Callable[[Path], Path], tmp_path: Path) -> Path:
    """A workspace that was built."""
    root = small(tmp_path / "site")
    assert run("build", "--root", root).exit_code == cli.OK
    return root


def settled(root: Path) -> bool:
    """Whether the next build finds that it has nothing to do."""
    from sitegen.build import standing
    from sitegen.build.options import Options

    options = Options(cli._today(), root / "output", root / "preview")
    return standing.recall(root, options) is not None


def test_nothing_changed_loads_none_of_the_heavy_libraries(root: Path) -> None:
    program = (
        "import sys; from sitegen import cli\n"
        f"sys.argv = ['sitegen', 'build', '--root', {str(root)!r}, '--lang', 'en']\n"
        "try: cli.main()\n"
        "except SystemExit as done: print('exit', done.code)\n"
        f"print('loaded', [name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    around = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=around, check=True)
    assert "0 files written" in done.stdout
    assert "exit 0" in done.stdout
    assert done.stdout.splitlines()[-1] == "loaded ['babel.numbers']"


def test_it_says_what_the_last_build_said(root: Path) -> None:
    file = root / "data/atlas/client.yaml"
    file.write_text(file.read_text("utf-8") + "brand: {accent: '#ffff00'}\n", "utf-8")
    first, second = run("build", "--root", root), run("build", "--root", root)
    assert settled(root)
    warnings = [line for line in first.stderr.splitlines() if "warning" in line]
    assert warnings
    assert [line for line in second.stderr.splitlines() if "warning" in line] == warnings
    assert (first.exit_code, second.exit_code) == (cli.OK, cli.OK)


@pytest.mark.parametrize(
    "path", ["config.yaml", "data/atlas/client.yaml", "output/index.html", "output/assets/site.css"]
)
def test_a_file_that_was_written_again_is_seen(root: Path, path: str) -> None:
    assert settled(root)
    file = root / path
    file.write_bytes(file.read_bytes())
    assert not settled(root)


def test_a_file_that_was_put_in_its_place_with_the_old_times_is_seen(root: Path) -> None:
    file = root / "data/atlas/client.yaml"
    state = file.stat()
    other = file.with_suffix(".new")
    other.write_bytes(file.read_bytes().replace(b"Atlas", b"Other"))
    os.utime(other, ns=(state.st_atime_ns, state.st_mtime_ns))
    other.replace(file)
    assert file.stat().st_size == state.st_size
    assert not settled(root)


@pytest.mark.parametrize("name", ["data/atlas/metrics/more.csv", "content/fr/new.md", "output/stranger.txt"])
def test_a_new_file_is_seen_and_a_lost_one(root: Path, name: str) -> None:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("x", "utf-8")
    assert not settled(root)
    file.unlink()
    (root / "output/index.html").unlink()
    assert not settled(root)


def test_other_options_are_another_question(root: Path) -> None:
    from dataclasses import replace
    from datetime import timedelta

    from sitegen.build import standing
    from sitegen.build.options import Options

    options = Options(cli._today(), root / "output", root / "preview")
    assert standing.recall(root, options)
    assert not standing.recall(root, replace(options, strict=True))
    assert not standing.recall(root, replace(options, client="atlas"))
    assert not standing.recall(root, replace(options, today=options.today - timedelta(1)))
    assert standing.recall(root, replace(options, today=options.today + timedelta(1)))


def test_a_new_folder_is_seen(root: Path) -> None:
    assert settled(root)
    (root / "data/neighbour").mkdir()
    assert not settled(root)


def test_a_file_from_the_future_does_not_keep_a_build_from_being_settled(root: Path) -> None:
    file = root / "data/atlas/client.yaml"
    os.utime(file, (4_000_000_000, 4_000_000_000))
    assert run("build", "--root", root).exit_code == cli.OK
    assert settled(root)


@pytest.mark.parametrize("change", ["deep", "renamed", "preview", "folder"])
def test_what_came_or_went_below_the_output_is_seen(root: Path, change: str) -> None:
    assert settled(root)
    page = next((root / "output").rglob("*/index.html"))
    match change:
        case "deep":
            (page.parent / "stranger.html").write_text("x", "utf-8")
        case "renamed":
            page.rename(page.with_name("other.html"))
        case "preview":
            shutil.rmtree(root / "preview")
        case "folder":
            (page.parent / "empty").mkdir()
    assert not settled(root)


@pytest.mark.parametrize("told", [None, b"", b"\xff\0output"])
def test_without_a_record_of_what_was_written_nothing_is_taken_for_settled(root: Path, told: bytes | None) -> None:
    record = root / ".sitegen/standing.txt"
    record.unlink() if told is None else record.write_bytes(told)
    assert not settled(root)


def test_a_name_that_is_no_text_is_no_obstacle(root: Path) -> None:
    (root / "output" / os.fsdecode(b"caf\xe9.txt")).write_text("x", "utf-8")
    (root / "config.yaml").touch()
    assert run("build", "--root", root).exit_code == cli.OK
    assert settled(root)


def test_a_link_to_a_folder_above_ends(tmp_path: Path) -> None:
    from sitegen.build.stamps import files

    (tmp_path / "a/b").mkdir(parents=True)
    (tmp_path / "a/file").write_text("x", "utf-8")
    (tmp_path / "a/b/up").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/other").write_text("x", "utf-8")
    (tmp_path / "a/there").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert sorted(name for name, _ in files(tmp_path / "a")) == ["file", "there/other"]
