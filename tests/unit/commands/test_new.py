"""A new workspace builds at once; a new client passes the check, with and without its commented keys."""

import re
import shlex
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

import sitegen
from sitegen import check, cli, read
from sitegen.build import workspace
from sitegen.commands import new
from sitegen.model.authored import Client, Site

KEY = re.compile(r"^ *(?:- )?\{?(\w+):", re.MULTILINE)
TOP = re.compile(r"^#?(\w+):", re.MULTILINE)
NAME = 'Agence Été & Fils, 50% "plus"'.replace('"', "”")


def run(*arguments: object, lang: str = "en"):
    result = CliRunner(env={"SITEGEN_LANG": lang}).invoke(cli.app, [str(each) for each in arguments])
    assert "Traceback" not in result.output
    return result


def awake(text: str) -> str:
    """A commented file with every key that is switched off switched on: prose begins with `# `, a key does not."""
    return re.sub(r"^#(?=\S|  )", "", text, flags=re.MULTILINE)


@pytest.fixture(params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def root(tmp_path: Path, language: str) -> Path:
    return new.agency(tmp_path, NAME, language).folder


def test_a_new_workspace_builds_at_once(root: Path, language: str) -> None:
    result = run("build", "--strict", "--root", root)
    assert result.exit_code == cli.OK, result.output
    example = new.EXAMPLES[language]
    home = (root / "output/index.html").read_text("utf-8")
    assert f'href="{example}/index.html"' in home
    assert f'<html lang="{language}"' in home
    assert "Agence Été &amp; Fils, 50% ”plus”" in home
    assert "warning" not in result.stderr


def test_the_invented_client_says_on_each_page_that_it_is(root: Path, language: str) -> None:
    run("build", "--root", root)
    pages = list((root / "output" / new.EXAMPLES[language]).rglob("*.html"))
    told = {"fr": "fictif", "en": "fictitious"}  # as the pages say it
    assert len(pages) > 10
    for page in pages:
        text = page.read_text("utf-8")
        assert told[re.search(r'<html lang="(\w+)"', text)[1]] in text.lower(), page  # type: ignore[index]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "Zellige").mkdir()
    (tmp_path / "Zellige/thesis.txt").write_text("years of work", "utf-8")
    result = run("new", "agency", "Zellige", "--root", tmp_path)
    assert result.exit_code == cli.MISUSE
    assert [path.name for path in (tmp_path / "Zellige").iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(
    "name", ["", "..", "a/b", "../b", "a\\b", ".hidden", "name ", "Qui ?", "C:x", "a\nb", "x" * 81]
)
def test_a_name_that_no_folder_can_bear_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "here").mkdir()
    assert run("new", "agency", "--root", tmp_path / "here", "--", name).exit_code == cli.MISUSE
    assert list(tmp_path.rglob("*")) == [tmp_path / "here"]


def test_the_next_step_can_be_pasted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = run("new", "agency", "L’été d'ici").stdout.splitlines()[-1]
    words = shlex.split(told)
    assert Path(words[words.index("cd") + 1]).is_dir()


def test_the_settings_with_every_key_switched_on_hold(root: Path) -> None:
    file = root / "config.yaml"
    text = awake(file.read_text("utf-8"))
    file.write_text(text, "utf-8")
    document, problems = read.site(root)
    assert document is not None
    site, judged = check.site(document, frozenset({"default"}), problems, workspace.asked())
    assert (site is not None, judged) == (True, ())
    left_out = {"thresholds", "exchange_rates"}
    assert {*TOP.findall(text)} == {*Site.model_fields} - left_out


# ---------------------------------------------------------------- a client


def test_a_new_client_passes_the_check(root: Path, language: str) -> None:
    result = run("new", "client", "cafe-noir", "--root", root, "--lang", language)
    assert result.exit_code == cli.OK, result.output
    checked = run("check", "--client", "cafe-noir", "--root", root)
    assert (checked.exit_code, "errors: 0" in checked.stdout) == (cli.OK, True), checked.output
    folder = root / "data/cafe-noir"
    assert {path.name for path in folder.iterdir()} == {"client.yaml", "evidence", "exports", "metrics", "notes"}
    assert 'name: "Cafe Noir"' in (folder / "client.yaml").read_text("utf-8")


def test_the_client_s_file_with_every_key_switched_on_holds(root: Path, language: str) -> None:
    new.client(root, "cafe-noir", language)
    file = root / "data/cafe-noir/client.yaml"
    text = awake(file.read_text("utf-8"))
    file.write_text(text, "utf-8")
    titles = {"en": "Day,Cost,Clicks", "fr": "Jour,Coût,Clics"}[language]
    days = "".join(f"2026-10-{day:02},12.5,4\n" for day in range(13, 32))
    (file.parent / "exports/google_ads.csv").write_text(f"Export\n\n{titles}\n{days}", "utf-8")
    result = run("check", "--client", "cafe-noir", "--root", root)
    assert "errors: 0" in result.stdout, result.output


def test_every_key_that_matters_is_in_the_client_s_file(root: Path, language: str) -> None:
    text = (new.STARTER / "client" / language / "client.yaml").read_text("utf-8")
    rare = {"fictitious", "timezone", "fiscal_year_start", "gains", "budgets"}
    assert {*TOP.findall(text)} == {*Client.model_fields} - rare


@pytest.mark.parametrize(
    ("slug", "told"),
    [
        ("Café_Noir", "cafe-noir"),
        ("Atlas", "atlas"),
        ("a b", "a-b"),
        ("assets", ""),
        ("fr", ""),
        ("..", ""),
        ("a/b", ""),
    ],
)
def test_a_bad_address_is_refused_with_the_proper_one(tmp_path: Path, slug: str, told: str) -> None:
    root = new.agency(tmp_path, "Zellige", "en").folder
    before = sorted(root.rglob("*"))
    result = run("new", "client", slug, "--root", root)
    assert result.exit_code == cli.ERRORS
    assert told in result.stderr.partition("hint:")[2]
    assert sorted(root.rglob("*")) == before


def test_a_client_that_is_there_is_left_alone(tmp_path: Path) -> None:
    root = new.agency(tmp_path, "Zellige", "en").folder
    file = root / "data/example-shop/client.yaml"
    before = file.read_bytes()
    assert run("new", "client", "example-shop", "--root", root).exit_code == cli.MISUSE
    assert file.read_bytes() == before


def test_a_client_needs_a_workspace(tmp_path: Path) -> None:
    assert run("new", "client", "atlas", "--root", tmp_path).exit_code == cli.MISUSE
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------- what the starter is made of


def starter(language: str) -> dict[str, str]:
    files = {address: source.read_text("utf-8") for address, source in new._files("agency", language)}
    return files | {
        f"client/{address}": source.read_text("utf-8") for address, source in new._files("client", language)
    }


def test_both_languages_have_the_same_files() -> None:
    french, english = (starter(language) for language in ("fr", "en"))
    named = {address.replace(new.EXAMPLES["fr"], new.EXAMPLES["en"]) for address in french}
    assert named == english.keys()


def test_only_the_comments_of_the_workflow_differ_by_language() -> None:
    french, english = (yaml.safe_load(starter(each)[".github/workflows/pages.yml"]) for each in ("fr", "en"))
    assert french == english


def test_the_same_keys_are_explained_in_both_languages() -> None:
    for file in ("config.yaml", "client/client.yaml"):
        french, english = (KEY.findall(awake(starter(each)[file])) for each in ("fr", "en"))
        assert french == english, file


def test_french_is_typeset_as_french() -> None:
    faulty = re.compile(r"[ \u00a0][;!?](?!\w)|\w :(?=\s)|« | »|[A-Za-zéèà]'[A-Za-zéèà]")
    for address, text in starter("fr").items():
        prose = [line for line in text.splitlines() if address.endswith(".md") or line.startswith("# ")]
        assert [line for line in prose if faulty.search(line) and "sitegen" not in line] == [], address


def test_the_version_to_install_is_this_one(root: Path) -> None:
    assert (root / "requirements.txt").read_text("utf-8") == f"sitegen-audit[seal]=={sitegen.__version__}\n"
    for file in root.rglob("*"):
        assert not file.is_file() or "⟦" not in file.read_text("utf-8")


# ---------------------------------------------------------------- a client from a folder of exports

DAYS = [f"2026-10-{day:02}" for day in range(1, 32)]
ADS = "Day,Campaign,Currency code,Cost,Clicks,Impr.\n" + "".join(f"{day},Brand,MAD,12.5,4,900\n" for day in DAYS)
REACH = 'sep=,\n"Reach"\n"Date","Primary"\n' + "".join(f'"{day}T00:00:00","120"\n' for day in DAYS)
BOARD = "Week of,Sessions,Leaflets\n" + "".join(f"{day},7,3\n" for day in DAYS)
PERSONS = "First name,Last name,Email,Phone\n" + "Zorelda,Kandlevik,z.kandlevik@puitsinvente.example,\n" * 3


def exported(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / "given/below").mkdir(parents=True, exist_ok=True)
        (folder / "given" / name.replace("__", "/")).with_suffix(".csv").write_text(text, "utf-8")
    return folder / "given"


def faults(root: Path) -> list[tuple[int, str]]:
    """Line and text of what `check` calls an error."""
    told = run("check", "--client", "atlas", "--root", root).stderr
    lines = (root / "data/atlas/client.yaml").read_text("utf-8").splitlines()
    wrong = [int(at) for at in re.findall(r"^data/atlas/client\.yaml:(\d+):\d+: (?!warning|note)", told, re.MULTILINE)]
    assert "exports/" not in "".join(re.findall(r"^(\S+): (?!warning|note)", told, re.MULTILINE))
    return [(at, lines[at - 1].strip()) for at in wrong]


def test_a_client_from_exports_lacks_only_what_must_be_filled_in(root: Path, tmp_path: Path, language: str) -> None:
    given = exported(tmp_path, ads=ADS, below__reach=REACH, board=BOARD, persons=PERSONS)
    result = run("new", "client", "atlas", "--from", given, "--root", root, "--lang", language)
    assert result.exit_code == cli.OK, result.output
    folder = root / "data/atlas"
    copied = {path.relative_to(folder / "exports").as_posix() for path in (folder / "exports").rglob("*.csv")}
    assert copied == {"ads.csv", "below/reach.csv", "board.csv"}
    assert (folder / "exports/ads.csv").read_text("utf-8") == ADS
    text = (folder / "client.yaml").read_text("utf-8")
    assert "kandlevik" not in text.casefold()
    assert "persons.csv: " in text.replace("\u00a0", "")
    told = yaml.safe_load(text)
    assert (told["country"], told["currency"], told["name"]) == ("MA", "MAD", None)
    assert told["languages"] == {"fr": ["fr", "en"], "en": ["en", "fr"]}[language]
    assert told["sources"] == [
        {"file": "exports/below/reach.csv", "channel": "…"},
        {"file": "exports/board.csv", "channel": "…", "date": "Week of", "columns": {"sessions": "Sessions"}},
    ]
    assert [line.partition("#")[0].strip() for _, line in faults(root)] == ["name:", "channel: …", "channel: …"]


def test_a_client_from_exports_filled_in_is_built(root: Path, tmp_path: Path) -> None:
    given = exported(tmp_path, ads=ADS, below__reach=REACH, board=BOARD)
    run("new", "client", "atlas", "--from", given, "--root", root)
    file = root / "data/atlas/client.yaml"
    text = re.sub(r"^name: .*", "name: Atlas", file.read_text("utf-8"), flags=re.MULTILINE)
    file.write_text(
        text.replace("channel: …", "channel: instagram", 1).replace("channel: …", "channel: website"), "utf-8"
    )
    assert faults(root) == []
    assert run("build", "--client", "atlas", "--root", root).exit_code == cli.OK


def test_exports_that_tell_everything_leave_name_alone_to_be_filled_in(root: Path, tmp_path: Path) -> None:
    run("new", "client", "atlas", "--from", exported(tmp_path, ads=ADS), "--root", root)
    assert "sources" not in yaml.safe_load((root / "data/atlas/client.yaml").read_text("utf-8"))
    assert [line.partition("#")[0].strip() for _, line in faults(root)] == ["name:"]


@pytest.mark.parametrize(
    ("first", "second", "currency"),
    [("MAD", "EUR", None), ("EUR", "EUR", "EUR"), ("USD", "USD", "USD"), ("XOF", "XOF", "XOF")],
)
def test_no_country_is_guessed_from_a_currency_of_many(
    root: Path, tmp_path: Path, first: str, second: str, currency: str | None
) -> None:
    given = exported(tmp_path, one=ADS.replace("MAD", first), two=ADS.replace("MAD", second))
    run("new", "client", "atlas", "--from", given, "--root", root)
    told = yaml.safe_load((root / "data/atlas/client.yaml").read_text("utf-8"))
    assert (told["country"], told.get("currency")) == (None, currency)


def test_a_folder_without_exports_makes_nothing(root: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for place in ("empty", "nowhere"):
        result = run("new", "client", "atlas", "--from", tmp_path / place, "--root", root)
        assert (result.exit_code, place in result.stderr) == (cli.MISUSE, True)
    assert not (root / "data/atlas").exists()


def test_an_agency_is_not_made_from_exports(tmp_path: Path) -> None:
    given = exported(tmp_path, ads=ADS)
    assert run("new", "agency", "Zellige", "--from", given, "--root", tmp_path).exit_code == cli.MISUSE
    assert not (tmp_path / "Zellige").exists()
