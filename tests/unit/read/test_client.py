"""Which folders are clients, and all that is taken from one of them."""

from pathlib import Path

import pytest

from sitegen.errors import Problem, Severity
from sitegen.model.facts import Sources
from sitegen.read import client, clients, site
from sitegen.read.client import MAX_FOLDERS

CLIENT = "name: Atlas\ncountry: MA\n"
ROWS = "date,spend\n2026-01-01,1\n"


def put(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(each.path, each.message.key) for each in problems]


def atlas(root: Path, files: dict[str, str | bytes], description: str = CLIENT) -> Sources:
    put(root / "data" / "atlas", {"client.yaml": description, **files})
    return client(root, "atlas")


# ---------------------------------------------------------------- the workspace


def test_config_is_read_and_missed(tmp_path: Path) -> None:
    assert told(site(tmp_path)[1]) == [("config.yaml", "read.missing")]
    put(tmp_path, {"config.yaml": "agency: {name: A}\n"})
    found, problems = site(tmp_path)
    assert problems == ()
    assert found is not None
    assert found.data == {"agency": {"name": "A"}}


def test_clients_are_the_folders_of_data_in_order(tmp_path: Path) -> None:
    files = {f"data/{name}/client.yaml": CLIENT for name in ("zellige", "atlas", "b2b-42")}
    put(tmp_path, {**files, "data/.git/client.yaml": CLIENT, "data/notes.txt": "x"})
    assert clients(tmp_path) == (("atlas", "b2b-42", "zellige"), ())


def test_a_workspace_without_data_is_told(tmp_path: Path) -> None:
    slugs, problems = clients(tmp_path)
    assert (slugs, told(problems)) == ((), [("data", "read.no_data_folder")])


def test_a_folder_without_client_yaml_is_told_and_the_others_stay(tmp_path: Path) -> None:
    put(tmp_path, {"data/atlas/client.yaml": CLIENT, "data/empty/client.yml": CLIENT})
    slugs, problems = clients(tmp_path)
    assert (slugs, told(problems)) == (("atlas",), [("data/empty", "read.no_client_file")])


@pytest.mark.parametrize(
    ("name", "proper"),
    [("Café Noir", "cafe-noir"), ("atlas_shop", "atlas-shop"), ("-a--b-", "a-b"), ("a.b", "a-b"), ("متجر", None)],
)
def test_a_name_that_is_no_slug_is_told_with_one_that_is(tmp_path: Path, name: str, proper: str | None) -> None:
    put(tmp_path, {f"data/{name}/client.yaml": CLIENT})
    slugs, (problem,) = clients(tmp_path)
    assert (slugs, problem.message.key) == ((), "read.bad_slug")
    assert problem.hint is not None
    assert problem.hint.named.get("name") == proper


@pytest.mark.parametrize("other", ["Atlas-Shop", "atlas_shop", "atlas--shop", "ＡＴＬＡＳ-shop"])
def test_two_names_of_one_slug_are_told_and_the_proper_one_stays(tmp_path: Path, other: str) -> None:
    put(tmp_path, {"data/atlas-shop/client.yaml": CLIENT, f"data/{other}/client.yaml": CLIENT})
    slugs, (problem,) = clients(tmp_path)
    assert (slugs, problem.message.key) == (("atlas-shop",), "read.same_slug")
    assert problem.message.named == {"name": other, "other": "atlas-shop"}


# ---------------------------------------------------------------- one client


@pytest.mark.parametrize("slug", ["..", ".", "", "../secret", "a/../../secret", "/etc", "a\\b", "a\n", "atlas/"])
def test_a_slug_that_would_leave_data_is_refused_and_nothing_is_read(tmp_path: Path, slug: str) -> None:
    put(tmp_path, {"data/atlas/client.yaml": CLIENT, "client.yaml": CLIENT, "secret/client.yaml": CLIENT})
    found = client(tmp_path, slug)
    assert (found.client, found.tables, found.files) == (None, {}, frozenset())
    assert told(found.problems) == [("data", "read.bad_slug")]


def test_an_unknown_client_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    put(tmp_path, {"data/atlas/client.yaml": CLIENT})
    (problem,) = client(tmp_path, "atlsa").problems
    assert problem.message.key == "read.no_such_client"
    assert problem.hint is not None
    assert problem.hint.named == {"name": "atlas"}
    (problem,) = client(tmp_path, "something-else").problems
    assert problem.hint is not None
    assert problem.hint.key == "read.no_such_client_hint"


def test_a_client_is_its_documents_its_tables_and_the_names_of_its_files(tmp_path: Path) -> None:
    found = atlas(
        tmp_path,
        {
            "baselines.yaml": "baselines: {}\n",
            "metrics/site.csv": ROWS,
            "metrics/old/site.TSV": "date\tspend\n2026-01-01\t1\n",
            "exports/ads.txt": ROWS,
            "exports/ads.xlsx": b"PK\0",
            "exports/.hidden.csv": ROWS,
            "notes/list.csv": ROWS,
        },
    )
    assert found.problems == ()
    assert (found.slug, found.folder) == ("atlas", "data/atlas")
    assert found.client is not None
    assert found.client.path == "data/atlas/client.yaml"
    assert found.baselines is not None
    assert list(found.tables) == ["exports/ads.txt", "metrics/old/site.TSV", "metrics/site.csv"]
    assert found.tables["metrics/site.csv"].path == "data/atlas/metrics/site.csv"
    assert found.files == {
        "client.yaml",
        "baselines.yaml",
        "metrics/site.csv",
        "metrics/old/site.TSV",
        "exports/ads.txt",
        "exports/ads.xlsx",
        "notes/list.csv",
    }


def test_without_baselines_there_is_no_problem_and_with_broken_ones_there_is(tmp_path: Path) -> None:
    assert atlas(tmp_path, {}).baselines is None
    assert told(atlas(tmp_path, {"baselines.yaml": "a: [\n"}).problems)[0][0] == "data/atlas/baselines.yaml"


def test_a_broken_client_yaml_is_told_with_what_is_wrong_elsewhere(tmp_path: Path) -> None:
    found = atlas(tmp_path, {"baselines.yaml": "", "metrics/site.csv": ROWS}, "name: a: b\n")
    assert found.client is None
    assert list(found.tables) == ["metrics/site.csv"]
    assert told(found.problems) == [
        ("data/atlas/client.yaml", "read.syntax.colon"),
        ("data/atlas/baselines.yaml", "read.empty_document"),
    ]


def test_tables_are_opened_as_client_yaml_says(tmp_path: Path) -> None:
    description = (
        CLIENT
        + """sources:
  - {file: exports/a.csv, skip: 2, encoding: cp1252, delimiter: "|"}
  - {file: exports/a.csv, skip: 0}
  - {file: below.csv, skip: 1}
  - {file: week/plain.csv}
  - {file: top.dat}
"""
    )
    found = atlas(
        tmp_path,
        {
            "exports/a.csv": "Titre\nété\nDate|Dépense\n1|2\n".encode("cp1252"),
            "exports/below.csv": "Title\n" + ROWS,
            "metrics/week/plain.csv": ROWS,
            "top.dat": ROWS,
        },
        description,
    )
    assert found.problems == ()
    assert found.tables["exports/a.csv"].header == ("Date", "Dépense")
    assert found.tables["exports/below.csv"].header_line == 2
    assert found.tables.keys() == {"exports/a.csv", "exports/below.csv", "metrics/week/plain.csv", "top.dat"}


@pytest.mark.parametrize(
    "sources",
    [
        "exports/**",
        "{file: a.csv}",
        "[a.csv, 3, null]",
        "[{file: 3, skip: 1}, {skip: 1}]",
        "[{file: a.csv, skip: true, encoding: 3, delimiter: [x]}]",
        "[{file: a.csv, skip: 1.5}, {file: ../other/a.csv}, {file: ../atlas/exports/a.csv, skip: 1}]",
        "[{file: a.csv, skip: -4}]",
    ],
)
def test_sources_that_are_written_wrongly_do_not_hinder_reading(tmp_path: Path, sources: str) -> None:
    found = atlas(tmp_path, {"exports/a.csv": ROWS}, f"{CLIENT}sources: {sources}\n")
    assert found.problems == ()
    assert found.tables["exports/a.csv"].header == ("date", "spend")


def test_what_is_wrong_with_a_table_stops_the_client_unless_it_is_an_export_that_nobody_named(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "exports/named.csv": b"a,b\n",
        "exports/stray.csv": b"a,b\n",
        "metrics/m.csv": b"a,b\n",
    }
    found = atlas(tmp_path, files, CLIENT + "sources: [{file: exports/named.csv}]\n")
    assert [(each.path, each.severity) for each in found.problems] == [
        ("data/atlas/exports/named.csv", Severity.ERROR),
        ("data/atlas/exports/stray.csv", Severity.INFO),
        ("data/atlas/metrics/m.csv", Severity.ERROR),
    ]


def test_names_are_composed_whatever_the_file_system_keeps(tmp_path: Path) -> None:
    description = CLIENT + "sources: [{file: exports/été.csv, skip: 1}]\n"
    found = atlas(tmp_path, {"exports/e\u0301te\u0301.csv": "x\n" + ROWS}, description)
    assert found.problems == ()
    assert found.tables["exports/été.csv"].header_line == 2
    assert "exports/été.csv" in found.files


# ---------------------------------------------------------------- links


def test_links_to_files_and_folders_are_followed(tmp_path: Path) -> None:
    put(tmp_path / "elsewhere", {"ads/x.csv": ROWS, "site.csv": ROWS})
    put(tmp_path / "data/atlas", {"client.yaml": CLIENT, "exports/2026/a.csv": ROWS, "metrics/m.csv": ROWS})
    exports = tmp_path / "data/atlas/exports"
    (exports / "ads").symlink_to(tmp_path / "elsewhere/ads")
    (exports / "current").symlink_to("2026")
    (exports / "site.csv").symlink_to(tmp_path / "elsewhere/site.csv")
    (exports / "gone.csv").symlink_to(tmp_path / "nowhere.csv")
    found = client(tmp_path, "atlas")
    assert found.problems == ()
    assert sorted(found.tables) == [
        "exports/2026/a.csv",
        "exports/ads/x.csv",
        "exports/current/a.csv",
        "exports/site.csv",
        "metrics/m.csv",
    ]


def test_an_address_of_the_site_itself_names_no_client(tmp_path: Path) -> None:
    put(tmp_path / "data", {"assets/client.yaml": CLIENT, "atlas/client.yaml": CLIENT})
    slugs, problems = clients(tmp_path)
    assert slugs == ("atlas",)
    assert told(problems) == [("data/assets", "read.reserved_slug")]


def test_links_in_rounds_end(tmp_path: Path) -> None:
    put(tmp_path / "data/atlas", {"client.yaml": CLIENT, "exports/a.csv": ROWS})
    exports = tmp_path / "data/atlas/exports"
    (exports / "self").symlink_to(".")
    (exports / "up").symlink_to("..")
    (exports / "loop").symlink_to("loop")
    found = client(tmp_path, "atlas")
    assert found.problems == ()
    assert sorted(found.tables) == ["exports/a.csv"]


def test_links_that_multiply_are_stopped(tmp_path: Path) -> None:
    folder = tmp_path / "data/atlas"
    put(folder, {"client.yaml": CLIENT})
    for here in range(9):
        (folder / f"f{here}").mkdir()
    for here in range(9):
        for there in range(9):
            (folder / f"f{here}" / f"l{there}").symlink_to(folder / f"f{there}")
    found = client(tmp_path, "atlas")
    assert told(found.problems) == [("data/atlas", "read.too_many_folders")]
    assert found.problems[0].message.named == {"limit": MAX_FOLDERS}
    assert found.client is not None
