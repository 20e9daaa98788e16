"""From a new workspace to the web: the workflow's own commands, and the site below a path as GitHub Pages serves it."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

import pytest
import yaml
from typer.testing import CliRunner

from scripts.serve_subpath import server
from sitegen import cli
from sitegen.commands import new
from tests.links import Page, dead
from tests.unit.publish.workspace import git, rewritten, versioned

ROOT = Path(__file__).parents[1]
WORKFLOW = ".github/workflows/pages.yml"
OFFICIAL = re.compile(r"actions/(checkout|setup-python|configure-pages|upload-pages-artifact|deploy-pages)@v\d+")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new workspace in a repository with a remote on GitHub, as an agency would push it."""
    root = new.agency(tmp_path_factory.mktemp("new"), "Agence Été & Fils", "fr").folder
    rewritten(root, "config.yaml", "#base_url: https://example.org/audits/", "base_url: https://agence.github.io/repo/")
    versioned(root)
    git(root, "remote", "add", "origin", "https://github.com/agence/repo.git")
    return root


@pytest.fixture
def clone(made: Path, tmp_path: Path) -> Path:
    """What the runner checks out: no output, no cache."""
    git(tmp_path, "clone", "--quiet", str(made), str(tmp_path / "repo"))
    git(tmp_path / "repo", "remote", "set-url", "origin", "https://github.com/agence/repo.git")
    return tmp_path / "repo"


def steps(root: Path) -> list[dict[str, object]]:
    return list(yaml.safe_load((root / WORKFLOW).read_text("utf-8"))["jobs"]["build"]["steps"])


def deployed(root: Path, commands: Path) -> tuple[Path | None, str]:
    """Take the workflow's steps in order, as a runner does: the folder that is uploaded, or None when a step failed.

    The step that installs sitegen is left out: the one of this checkout stands for it.
    """
    commands.mkdir(exist_ok=True)
    (commands / "sitegen").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m sitegen "$@"\n', "utf-8")
    (commands / "sitegen").chmod(0o755)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}"}
    for step in steps(root):
        if "upload-pages-artifact" in str(step.get("uses")):
            return root / step["with"]["path"], ""  # type: ignore[index]
        command = str(step.get("run", ""))
        if command and not command.startswith("pip install"):
            run = ["bash", "-e", "-c", command]
            done = subprocess.run(run, cwd=root, env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                return None, done.stderr
    pytest.fail("the workflow uploads nothing")


def test_the_workflow_uses_official_actions_by_their_version(made: Path) -> None:
    workflow = yaml.safe_load((made / WORKFLOW).read_text("utf-8"))
    used = [step["uses"] for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step]
    assert [each for each in used if not OFFICIAL.fullmatch(each)] == []
    assert len(used) == 5
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    assert workflow["concurrency"]["group"] == "pages"
    assert workflow["jobs"]["deploy"]["needs"] == "build"
    assert workflow["jobs"]["deploy"]["environment"]["name"] == "github-pages"


def test_the_workflow_says_no_step_may_fail(made: Path) -> None:
    text = (made / WORKFLOW).read_text("utf-8")
    assert not re.search(r"continue-on-error|if:|\|\| ", text)
    assert [step["run"] for step in steps(made) if "run" in step] == [
        "pip install -r requirements.txt",
        "sitegen check",
        "sitegen build --strict",
        "sitegen publish --to _site",
    ]


def test_a_push_deploys_the_site_without_its_record(clone: Path, tmp_path: Path) -> None:
    folder, told = deployed(clone, tmp_path / "bin")
    assert folder is not None, told
    assert (folder / "boutique-exemple/index.html").is_file()
    assert not (folder / ".sitegen.json").exists()
    assert list(dead(folder, "/repo/")) == []


def test_one_broken_client_and_nothing_is_deployed(clone: Path, tmp_path: Path) -> None:
    new.client(clone, "atlas", "fr")
    rewritten(clone, "data/atlas/client.yaml", "access: private", "acces: public")
    assert not (clone / "output").exists()
    folder, told = deployed(clone, tmp_path / "bin")
    assert folder is None
    assert "data/atlas/client.yaml:" in told
    assert not (clone / "output").exists()
    assert not (clone / "_site").exists()


def test_the_strict_build_alone_would_stop_it_too(clone: Path) -> None:
    new.client(clone, "atlas", "fr")
    rewritten(clone, "data/atlas/client.yaml", "country: MA", "country: Maroc")
    result = CliRunner().invoke(cli.app, ["build", "--strict", "--root", str(clone)])
    assert result.exit_code == cli.ERRORS
    assert not (clone / "output").exists()


def test_a_private_client_is_not_deployed_before_the_repository_is_said_to_be_private(
    clone: Path, tmp_path: Path
) -> None:
    new.client(clone, "atlas", "fr")
    git(clone, "add", "--all")
    folder, told = deployed(clone, tmp_path / "bin")
    assert folder is None
    assert "publish: {repository: private}" in told
    with (clone / "config.yaml").open("a", encoding="utf-8") as file:
        file.write("publish: {repository: private}\n")
    folder, told = deployed(clone, tmp_path / "bin")
    assert folder is not None, told
    assert not [path for path in folder.rglob("*") if "atlas" in path.as_posix().removeprefix(str(folder)).lower()]
    assert not [path for path in folder.rglob("*.html") if "Atlas" in path.read_text("utf-8")]


# ---------------------------------------------------------------- below a path


@pytest.fixture(scope="module")
def output(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = Path(shutil.copytree(made, tmp_path_factory.mktemp("copy") / "à côté"))
    result = CliRunner().invoke(cli.app, ["build", "--root", str(root)])
    assert result.exit_code == cli.OK, result.output
    return root / "output"


@pytest.fixture
def address(output: Path) -> Iterator[str]:
    served = server(output, "/repo/", 0)
    served.RequestHandlerClass.func.log_message = lambda *_: None  # type: ignore[attr-defined]
    thread = threading.Thread(target=served.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{served.server_address[1]}/repo/"
    served.shutdown()
    thread.join()
    served.server_close()


def fetched(address: str) -> tuple[int, str, bytes]:
    try:
        with urlopen(address) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read()


def test_every_link_can_be_followed_below_a_path(address: str, output: Path) -> None:
    left, seen, lost = [address], {address}, []
    while left:
        here = left.pop()
        status, kind, body = fetched(here)
        if status != 200:
            lost.append(here)
        for link in Page(body.decode()).links if kind.startswith("text/html") else ():
            target, _ = urldefrag(urljoin(here, link))
            if target.startswith("http://127.0.0.1") and target not in seen:
                seen.add(target)
                left.append(target)
    assert lost == []
    assert [each for each in seen if not each.startswith(address)] == []
    pages = {path.relative_to(output).as_posix() for path in output.rglob("*.html")} - {"404.html"}
    assert {f"{address}{page}" for page in pages} - seen == set()


@pytest.mark.parametrize("missing", ["gone.html", "boutique-exemple/en/deep/gone.html", "en/gone/"])
def test_a_lost_visitor_finds_the_way_back_at_any_depth(address: str, missing: str) -> None:
    status, _, body = fetched(address + missing)
    links = {link for link in Page(body.decode()).links if not link.startswith("#")}
    assert status == 404
    assert "/repo/index.html" in links
    assert {fetched(urljoin(address, link))[0] for link in links} == {200}


def test_nothing_is_served_beside_the_path(address: str) -> None:
    assert fetched(address.removesuffix("repo/"))[0] == 404
    assert fetched(address + "../config.yaml")[0] == 404
    assert fetched(address + "%2e%2e/config.yaml")[0] == 404
