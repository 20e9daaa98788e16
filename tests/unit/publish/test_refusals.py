"""Why a site may not be published: every reason at once, each with its place."""

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sitegen import cli, write
from sitegen.build import workspace
from sitegen.publish import refusals
from tests.unit.publish.workspace import TODAY, built, git, options, rewritten, versioned

CLIENT = "data/atlas/client.yaml"
GITHUB = "https://github.com/agency/audits.git"


@pytest.fixture
def root(small: Callable[[Path], Path], tmp_path: Path) -> Path:
    """A workspace with one public client."""
    return small(tmp_path / "Agence Été & Fils")


def reasons(root: Path) -> list[str]:
    found = refusals(root, workspace.opened(root).site, options(root))
    return sorted(problem.message.key for problem in found)


def second_client(root: Path, name: str, access: str) -> None:
    (root / "data" / name).mkdir()
    (root / f"data/{name}/client.yaml").write_text(f"name: {name.title()}\ncountry: MA\naccess: {access}\n", "utf-8")


def test_a_site_as_it_was_built_may_be_published(root: Path) -> None:
    built(root)
    assert reasons(root) == []


def test_nothing_built_is_nothing_to_publish(root: Path) -> None:
    assert reasons(root) == ["publish.no_output"]


@pytest.mark.parametrize("path", ["data/atlas/metrics/site.csv", "config.yaml", "output/atlas/index.html"])
def test_a_change_since_the_build_is_seen(root: Path, path: str) -> None:
    built(root)
    with (root / path).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert reasons(root) == ["publish.not_last_build"]


def test_a_build_of_another_day_is_not_the_last_word(root: Path) -> None:
    outcome = built(root)
    later = options(root, today=TODAY + timedelta(days=400))
    found = [each.message.key for each in refusals(root, workspace.opened(root).site, later)]
    assert found == ([] if outcome.steady else ["publish.not_last_build"])


def test_a_client_that_failed_stops_the_publication_of_all(root: Path) -> None:
    second_client(root, "zellige", "public")
    built(root)
    rewritten(root, "data/zellige/client.yaml", "country:", "contry:")
    built(root, strict=False)
    assert "publish.failed" in reasons(root)
    assert any(key.startswith("problems.") for key in reasons(root))


def test_a_draft_is_refused_at_its_line(root: Path) -> None:
    rewritten(root, CLIENT, "access: public", "access: public\nstatus: draft")
    built(root, strict=False)
    found = refusals(root, workspace.opened(root).site, options(root))
    assert [(each.message.key, each.path, each.line) for each in found] == [("cli.draft", CLIENT, 4)]


def test_a_private_portal_in_the_output_is_seen_whatever_the_build_says(root: Path) -> None:
    built(root)
    state = root / "output" / write.STATE
    record = json.loads(state.read_text("utf-8"))
    for manifest in record["manifests"]:
        if manifest["summary"]:
            manifest["summary"]["access"] = "private"
    state.write_text(json.dumps(record), "utf-8")
    assert "publish.private_in_output" in reasons(root)


def test_a_portfolio_in_the_output_is_seen(root: Path) -> None:
    built(root)
    assert "publish.portfolio_in_output" not in reasons(root)
    shutil.rmtree(root / "output")  # its files are the preview's, named twice: none can be copied over itself
    shutil.copytree(root / "preview", root / "output")
    assert "publish.portfolio_in_output" in reasons(root)


# ---------------------------------------------------------------- who can read the repository


def repository(root: Path, address: str = GITHUB) -> None:
    second_client(root, "zellige", "private")
    versioned(root)
    git(root, "remote", "add", "origin", address)


def test_private_clients_in_a_repository_of_which_nothing_is_told_are_refused(root: Path) -> None:
    repository(root)
    built(root)
    assert reasons(root) == ["publish.repository_untold"]


@pytest.mark.parametrize(("told", "expected"), [("private", []), ("public", ["publish.repository_public"])])
def test_what_the_settings_tell_of_the_repository_is_believed(root: Path, told: str, expected: list[str]) -> None:
    repository(root)
    with (root / "config.yaml").open("a", encoding="utf-8") as file:
        file.write(f"publish: {{repository: {told}}}\n")
    built(root)
    assert reasons(root) == expected


@pytest.mark.parametrize("address", ["git@github.com:agency/audits.git", "ssh://git@example.org/x", "host:x"])
def test_every_way_to_write_a_place_elsewhere_counts(root: Path, address: str) -> None:
    repository(root, address)
    built(root)
    assert reasons(root) == ["publish.repository_untold"]


@pytest.mark.parametrize("address", ["/srv/backup.git", "../backup.git", "file:///srv/backup.git", "C:\\backup"])
def test_a_copy_on_the_same_machine_is_not_elsewhere(root: Path, address: str) -> None:
    repository(root, address)
    built(root)
    assert reasons(root) == []


@pytest.mark.parametrize("folder", ["data", "data/zellige"])
@pytest.mark.parametrize("outer", [True, False])
@pytest.mark.parametrize(("told", "expected"), [("", ["untold"]), ("public", ["public"]), ("private", [])])
def test_a_repository_of_the_data_alone_counts(
    root: Path, folder: str, outer: bool, told: str, expected: list[str]
) -> None:
    second_client(root, "zellige", "private")
    versioned(root / folder)
    git(root / folder, "remote", "add", "origin", GITHUB)
    if outer:
        git(root, "init", "--quiet")
    if told:
        with (root / "config.yaml").open("a", encoding="utf-8") as file:
            file.write(f"publish: {{repository: {told}}}\n")
    built(root)
    assert reasons(root) == [f"publish.repository_{each}" for each in expected]


def test_a_client_that_is_a_link_into_another_repository_counts(root: Path, tmp_path: Path) -> None:
    second_client(root, "zellige", "private")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / "data/zellige").rename(elsewhere / "zellige")
    try:
        (root / "data/zellige").symlink_to(elsewhere / "zellige", target_is_directory=True)
    except OSError:
        pytest.skip("links cannot be made here")
    versioned(elsewhere)
    git(elsewhere, "remote", "add", "origin", GITHUB)
    built(root)
    assert reasons(root) == ["publish.repository_untold"]


def test_private_clients_that_git_does_not_know_are_not_exposed(root: Path) -> None:
    versioned(root)
    git(root, "remote", "add", "origin", GITHUB)
    second_client(root, "zellige", "private")
    built(root)
    assert reasons(root) == []


def test_public_clients_alone_need_no_word_about_the_repository(root: Path) -> None:
    versioned(root)
    git(root, "remote", "add", "origin", GITHUB)
    built(root)
    assert reasons(root) == []


# ---------------------------------------------------------------- the command


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("publish: {cname: audits.example.org}", ["publish.other_domain"]),
        ("publish: {cname: example.org}", []),
    ],
)
def test_the_domain_must_be_that_of_the_pages(root: Path, lines: str, expected: list[str]) -> None:
    with (root / "config.yaml").open("a", encoding="utf-8") as file:
        file.write(lines + "\n")
    built(root)
    assert reasons(root) == expected


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner(env={"SITEGEN_LANG": "en"}).invoke(cli.app, [str(each) for each in arguments])
    assert "Traceback" not in result.output
    return result.exit_code, result.output


def test_all_reasons_are_told_at_once_and_nothing_is_published(root: Path, tmp_path: Path) -> None:
    repository(root)
    rewritten(root, CLIENT, "access: public", "access: public\nstatus: draft")
    code, told = run("publish", "--to", tmp_path / "www", "--root", root)
    assert code == cli.ERRORS
    assert "there is nothing to publish yet" in told
    assert "this portal is a draft" in told
    assert "1 private client" in told
    assert "Nothing was published, for 3 reasons." in told
    assert not (tmp_path / "www").exists()


def test_the_command_publishes_to_a_folder_and_to_a_branch(root: Path, tmp_path: Path) -> None:
    versioned(root)
    built(root)
    code, told = run("publish", "--to", tmp_path / "www", "--root", root)
    assert (code, (tmp_path / "www/atlas/index.html").is_file()) == (cli.OK, True)
    assert not (tmp_path / "www" / write.STATE).exists()
    code, told = run("publish", "--branch", "gh-pages", "--root", root)
    assert code == cli.OK, told
    assert "Nothing was sent" in told
    names = git(root, "ls-tree", "-r", "--name-only", "gh-pages").split()
    assert {".nojekyll", "index.html", "atlas/index.html"} <= {*names}
    assert write.STATE not in names


@pytest.mark.parametrize("arguments", [[], ["--to", "www", "--branch", "b"], ["--to", "www", "--push"]])
def test_where_to_publish_must_be_told_once(root: Path, arguments: list[str]) -> None:
    assert run("publish", *arguments, "--root", root)[0] == cli.MISUSE


@pytest.mark.parametrize("name", ["data", "output/www", ".", "..", "preview"])
def test_the_workspace_itself_is_no_place_to_publish_to(root: Path, name: str) -> None:
    built(root)
    before = sorted(root.rglob("*"))
    assert run("publish", "--to", root / name, "--root", root)[0] == cli.MISUSE
    assert sorted(root.rglob("*")) == before
