"""The published branch: the bytes as built, one commit each time, nobody's work touched, no password told."""

from pathlib import Path

import pytest

from sitegen.errors import UsageError
from sitegen.publish import commit
from sitegen.publish.branch import push
from sitegen.publish.repository import discreet
from tests.unit.publish.test_folder import payload
from tests.unit.publish.workspace import git


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with work in progress: a file staged, another one changed."""
    folder = tmp_path / "Agence d’été"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch", "main")
    git(folder, "config", "user.name", "Essai")
    git(folder, "config", "user.email", "essai@example.org")
    git(folder, "config", "core.autocrlf", "input")
    (folder / "config.yaml").write_text("agency: {}\n", "utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "workspace")
    (folder / "staged.txt").write_text("staged", "utf-8")
    git(folder, "add", "staged.txt")
    (folder / "config.yaml").write_text("agency: {name: Essai}\n", "utf-8")
    return folder


def test_the_branch_holds_the_bytes_that_were_built(root: Path, tmp_path: Path) -> None:
    given = payload(tmp_path / "built", {"index.html": "a\r\nb", "été/à voir.csv": "1;2\r\n", ".nojekyll": ""})
    made = commit(root, given, "gh-pages", "origin")
    names = git(root, "ls-tree", "-r", "-z", "--name-only", "gh-pages").strip("\0").split("\0")
    assert sorted(names) == [".nojekyll", "index.html", "été/à voir.csv"]
    assert git(root, "cat-file", "-s", "gh-pages:index.html") == "4"
    assert git(root, "log", "--format=%H %s %an", "gh-pages") == f"{made.commit} sitegen: publish 2026-10-31 Essai"


def test_the_work_in_progress_is_not_touched(root: Path, tmp_path: Path) -> None:
    before = git(root, "status", "--porcelain"), git(root, "rev-parse", "HEAD"), git(root, "branch", "--show-current")
    commit(root, payload(tmp_path / "built", {"index.html": "home"}), "gh-pages", "origin")
    after = git(root, "status", "--porcelain"), git(root, "rev-parse", "HEAD"), git(root, "branch", "--show-current")
    assert after == before
    assert git(root, "for-each-ref", "--format=%(refname)") == "refs/heads/gh-pages\nrefs/heads/main"


def test_what_is_gone_leaves_the_branch_and_the_same_files_make_no_commit(root: Path, tmp_path: Path) -> None:
    first = commit(root, payload(tmp_path / "a", {"index.html": "1", "old.html": "o"}), "gh-pages", "origin")
    second = commit(root, payload(tmp_path / "b", {"index.html": "2"}), "gh-pages", "origin")
    third = commit(root, payload(tmp_path / "b", {"index.html": "2"}), "gh-pages", "origin")
    assert (first.new, second.new, third.new) == (True, True, False)
    assert git(root, "rev-list", "gh-pages").split() == [second.commit, first.commit]
    assert third.commit == second.commit
    assert git(root, "ls-tree", "-r", "--name-only", "gh-pages") == "index.html"


def test_a_branch_with_other_work_is_refused(root: Path, tmp_path: Path) -> None:
    given = payload(tmp_path / "built", {"index.html": "home"})
    git(root, "branch", "next")
    before = git(root, "rev-parse", "main", "next")
    for branch, told in (("main", "publish.branch_checked_out"), ("next", "publish.branch_of_others")):
        with pytest.raises(UsageError) as refused:
            commit(root, given, branch, "origin")
        assert refused.value.message.key == told
    assert git(root, "rev-parse", "main", "next") == before


@pytest.mark.parametrize("branch", ["", "--force", "a..b", "with space"])
def test_a_name_that_is_no_branch_is_refused(root: Path, tmp_path: Path, branch: str) -> None:
    with pytest.raises(UsageError):
        commit(root, payload(tmp_path / "built", {"index.html": "home"}), branch, "origin")
    assert git(root, "branch", "--format=%(refname:short)") == "main"


def test_no_repository_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        commit(tmp_path, payload(tmp_path / "built", {"index.html": "home"}), "gh-pages", "origin")
    assert refused.value.message.key == "publish.no_repository"


def test_a_fresh_clone_goes_on_where_the_last_one_stopped(root: Path, tmp_path: Path) -> None:
    remote = tmp_path / "remote.git"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch", "main", str(remote))
    git(root, "remote", "add", "origin", str(remote))
    git(root, "push", "--quiet", "origin", "main")
    first = commit(root, payload(tmp_path / "a", {"index.html": "1"}), "gh-pages", "origin")
    push(root, "gh-pages", "origin")
    other = tmp_path / "other"
    git(tmp_path, "clone", "--quiet", str(remote), str(other))
    git(other, "config", "user.name", "Autre")
    git(other, "config", "user.email", "autre@example.org")
    second = commit(other, payload(tmp_path / "b", {"index.html": "2"}), "gh-pages", "origin")
    push(other, "gh-pages", "origin")
    assert git(remote, "rev-list", "gh-pages").split() == [second.commit, first.commit]


def test_nothing_is_pushed_by_force(root: Path, tmp_path: Path) -> None:
    remote = tmp_path / "remote.git"
    git(tmp_path, "init", "--quiet", "--bare", str(remote))
    git(root, "remote", "add", "origin", str(remote))
    git(root, "push", "--quiet", "origin", "main:gh-pages")
    git(root, "update-ref", "-d", "refs/remotes/origin/gh-pages")
    commit(root, payload(tmp_path / "a", {"index.html": "1"}), "gh-pages", "origin")
    with pytest.raises(UsageError) as refused:
        push(root, "gh-pages", "origin")
    assert refused.value.message.key == "publish.git_refused"
    assert git(remote, "rev-parse", "gh-pages") == git(root, "rev-parse", "main")


def test_no_password_of_an_address_is_told(root: Path, tmp_path: Path) -> None:
    commit(root, payload(tmp_path / "a", {"index.html": "1"}), "gh-pages", "origin")
    git(root, "remote", "add", "origin", "https://somebody:a-secret@127.0.0.1:1/site.git")
    with pytest.raises(UsageError) as refused:
        push(root, "gh-pages", "origin")
    told = str(refused.value.message.named["told"])
    assert "127.0.0.1" in told
    assert "a-secret" not in told + repr(refused.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("https://name:pass@host/x", "https://host/x"),
        ("https://token@host", "https://host"),
        ("https://a:p@ss@host/x failed", "https://host/x failed"),
        ("git@host:site.git", "git@host:site.git"),
    ],
)
def test_what_stands_before_a_host_is_left_out(text: str, told: str) -> None:
    assert discreet(text) == told
