"""`sitegen inspect` tells what a file is and what it needs, in both forms, and never what a person is called."""

from __future__ import annotations

import io
import json
import re
import shutil
import sqlite3
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
import yaml
from typer.testing import CliRunner, Result

from sitegen import cli
from sitegen.commands import inspect, screen
from sitegen.formats import Words

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "schemas/inspect.schema.json").read_text("utf-8"))

DAYS = [f"2026-10-{day:02}" for day in range(1, 31)]
GOOGLE_ADS = (
    "Campaign report\n1 October 2026 - 30 October 2026\nDay,Campaign,Currency code,Cost,Clicks,Impr.,CTR\n"
    + "".join(f"{day},Brand,MAD,12.50,4,200,2.00%\n" for day in DAYS)
)
REACH = 'sep=,\n"Facebook reach"\n"Date","Primary"\n' + "".join(f'"{day}T00:00:00","120"\n' for day in DAYS)
TWO_NETWORKS = 'sep=,\n"Reach"\n"Date","Primary"\n' + "".join(f'"{day}T00:00:00","120"\n' for day in DAYS)
PLAIN = "Some title\n\nWeek of,Leaflets,Sessions,Remark\n" + "".join(
    f"{day},{at},{at * 7},ok\n" for at, day in enumerate(DAYS)
)


def run(*arguments: object, lang: str = "en") -> Result:
    result = CliRunner(env={"SITEGEN_LANG": lang}).invoke(cli.app, [str(each) for each in arguments])
    assert "Traceback" not in result.output
    return result


def told(*arguments: object) -> list[dict[str, Any]]:
    """What `--json` prints, which is what the schema describes."""
    found = json.loads(run("inspect", *arguments, "--json").stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    return list(found)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for name, body in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(body.encode() if isinstance(body, str) else body)


# ---------------------------------------------------------------- what it tells


def test_a_file_that_tells_everything_needs_nothing(folder: Path) -> None:
    write(folder, {"ads.csv": GOOGLE_ADS})
    result = run("inspect", "ads.csv")
    assert (result.exit_code, result.stderr) == (cli.OK, "")
    for words in (
        "Google Ads (google_ads)", "(campaigns_by_day)", "1 to 30 October 2026, by day", "utf-8, commas", "MAD",
        "→ spend", "nothing to add: the file tells all that is needed",
    ):  # fmt: skip
        assert words in result.stdout, words
    assert re.search(r"^ +Cost +spend +added up, money +→ spend +375$", result.stdout, re.MULTILINE)
    assert re.search(r"^ +rows +30$", result.stdout, re.MULTILINE)


def test_the_list_for_programs_holds_what_the_issue_asks_for(folder: Path) -> None:
    write(folder, {"ads.csv": GOOGLE_ADS + "Total: Account,,,400,120,6000,2.00%\n"})
    (file,) = told("ads.csv")
    assert file["platform"] == "google_ads"
    assert (file["report"], file["language"], file["encoding"], file["delimiter"]) == (
        "campaigns_by_day", "en", "utf-8", ",",
    )  # fmt: skip
    assert file["period"] == {"start": "2026-10-01", "end": "2026-10-30"}
    assert (file["currency"], file["rows"], file["refused"], file["dropped"]) == ("MAD", 30, None, 0)
    spend = next(column for column in file["columns"] if column["name"] == "spend")
    assert spend == {
        "table": 1, "header": "Cost", "name": "spend", "role": "metric", "metric": "spend", "kind": "flow",
        "unit": "money", "comparison": False, "part_of": None, "checksum": 375.0, "cells": 30, "missing": 0,
        "measured": True,
    }  # fmt: skip
    assert {total["name"]: (total["told"], total["summed"], total["verdict"]) for total in file["totals"]} == {
        "spend": (400, 375, "more"), "clicks": (120, 120, "equal"), "impressions": (6000, 6000, "equal"),
    }  # fmt: skip
    (problem,) = file["problems"]
    assert (problem["line"], problem["column"], problem["key"]) == (34, 4, "exports.total_more")
    assert file["lines"] == []


def test_the_screen_tells_what_the_totals_prove(folder: Path) -> None:
    write(folder, {"ads.csv": GOOGLE_ADS + "Total: Account,,,400,120,5000,2.00%\n"})
    text = run("inspect", "ads.csv").stdout
    assert "equal to the sum of the rows: Clicks" in text
    assert "so that the file leaves rows out: Cost" in text
    assert "were changed: Impr." in text
    assert re.search(r"34:4: (note|warning): the total of “Cost”", text)


def test_a_total_of_some_rows_is_no_doubt_beside_that_of_all(folder: Path) -> None:
    write(folder, {"ads.csv": GOOGLE_ADS + "Total: Search,,,10,20,3000,2%\nTotal: Account,,,375,120,6000,2.00%\n"})
    text = run("inspect", "ads.csv").stdout
    assert "equal to the sum of the rows: Cost, Clicks and Impr." in text
    assert "were changed" not in text


@pytest.mark.filterwarnings("ignore:overflow")  # of numpy, which the sum is added up with
def test_a_sum_beyond_all_bounds_is_none_that_a_program_can_read(folder: Path) -> None:
    write(folder, {"ads.csv": GOOGLE_ADS.replace("12.50", "1e308") + "Total: Account,,,1e308,120,6000,2.00%\n"})
    text = run("inspect", "ads.csv", "--json").stdout
    json.loads(text, parse_constant=pytest.fail)
    assert [column["checksum"] for column in told("ads.csv")[0]["columns"] if column["name"] == "spend"] == [None]
    assert run("inspect", "ads.csv").exit_code in {cli.OK, cli.ERRORS}


def needed(result: Result) -> dict[str, Any]:
    """The source that the screen says to paste."""
    (source,) = yaml.safe_load("sources:" + result.stdout.partition("\nsources:")[2])["sources"]
    return dict(source)


def test_what_only_a_person_knows_is_asked_for_and_nothing_else(folder: Path) -> None:
    write(folder, {"reach.csv": TWO_NETWORKS, "facebook.csv": REACH})
    assert run("inspect", "facebook.csv").stdout.rstrip().endswith("nothing to add: the file tells all that is needed")
    result = run("inspect", "reach.csv")
    assert needed(result) == {"file": "exports/reach.csv", "channel": "…"}
    assert "facebook and instagram" in result.stdout


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Day,Campaign,Cost,Clicks,Impr.\n" + "".join(f"0{at}/0{at + 1}/2025,Brand,9.5,4,900\n" for at in range(1, 8)),
         {"date_format"}),
        ("Campaign,Currency code,Cost,Clicks,Impr.\n" + "Brand,MAD,12.50,4,900\n" * 3, {"period"}),
    ],
)  # fmt: skip
def test_a_doubt_is_asked_about(folder: Path, text: str, keys: set[str]) -> None:
    write(folder, {"ads.csv": text})
    assert needed(run("inspect", "ads.csv")).keys() == {"file", *keys}


def test_the_lines_of_a_file_in_a_workspace_name_it_as_sources_does(folder: Path) -> None:
    write(folder, {"data/atlas/exports/meta/reach.csv": TWO_NETWORKS})
    assert needed(run("inspect", "data/atlas/exports/meta/reach.csv"))["file"] == "exports/meta/reach.csv"


def test_the_lines_filled_in_settle_the_file(folder: Path) -> None:
    """What `inspect` says to paste is what `check` asks for: blank it is refused, filled in it is read."""
    write(folder, {"config.yaml": "agency: {name: Agence Essai}\n", "data/atlas/exports/reach.csv": TWO_NETWORKS})
    source = needed(run("inspect", "data/atlas/exports/reach.csv"))
    client = {"name": "Atlas", "country": "MA", "sources": [source]}
    write(folder, {"data/atlas/client.yaml": yaml.safe_dump(client, allow_unicode=True)})
    blank = run("check")
    assert (blank.exit_code, "“…”" in blank.stderr) == (cli.ERRORS, True)
    source["channel"] = "instagram"
    write(folder, {"data/atlas/client.yaml": yaml.safe_dump(client, allow_unicode=True)})
    assert run("check").exit_code == cli.OK


def test_a_table_of_no_platform_gets_an_entry_to_complete(folder: Path) -> None:
    write(folder, {"board.csv": PLAIN})
    result = run("inspect", "board.csv")
    assert result.exit_code == cli.ERRORS
    assert "of no known platform" in result.stdout
    assert needed(result) == {
        "file": "exports/board.csv", "channel": "…", "skip": 2, "date": "Week of", "columns": {"sessions": "Sessions"},
    }  # fmt: skip
    assert "#…: Leaflets" in result.stdout
    (file,) = told("board.csv")
    assert {column["header"]: column["role"] for column in file["columns"]} == {
        "Week of": "date", "Leaflets": "metric", "Sessions": "metric", "Remark": "dimension",
    }  # fmt: skip
    assert (file["platform"], file["refused"], file["tables"][0]["unmeasured"] is not None) == (None, None, True)


def test_the_entry_completed_is_read(folder: Path) -> None:
    write(folder, {"config.yaml": "agency: {name: Agence Essai}\n", "data/atlas/exports/board.csv": PLAIN})
    source = needed(run("inspect", "data/atlas/exports/board.csv")) | {"channel": "website"}
    client = {"name": "Atlas", "country": "MA", "sources": [source]}
    write(folder, {"data/atlas/client.yaml": yaml.safe_dump(client, allow_unicode=True)})
    result = run("check")
    assert (result.exit_code, "errors: 0" in result.stdout) == (cli.OK, True), result.output


def test_a_file_that_is_no_report_is_refused_with_its_reason(folder: Path) -> None:
    write(folder, {"contacts.csv": "First name,Last name,Email,Phone\nAda,Sample,ada@example.org,+212 600000000\n"})
    result = run("inspect", "contacts.csv")
    assert (result.exit_code, "refused" in result.stdout) == (cli.ERRORS, True)
    (file,) = told("contacts.csv")
    assert (file["refused"] is not None, file["columns"], file["rows"]) == (True, [], 0)


def test_many_files_are_listed_in_one_sheet(folder: Path) -> None:
    write(folder, {f"in/{at}.csv": GOOGLE_ADS for at in range(screen.DETAILED)} | {"in/.hidden.csv": GOOGLE_ADS})
    write(folder, {"in/reach.csv": TWO_NETWORKS, "in/notes.pdf": "%PDF"})
    result = run("inspect", "in")
    assert result.stdout.startswith(f"{screen.DETAILED + 1} files\n")
    assert [line.split()[0] for line in result.stdout.splitlines() if "google_ads" in line] == [
        f"in/{at}.csv" for at in range(screen.DETAILED)
    ]
    assert "- file: exports/reach.csv" in result.stdout
    assert len(told("in")) == screen.DETAILED + 1


@pytest.mark.parametrize("place", ["nowhere.csv", "empty"])
def test_a_place_with_nothing_is_a_misuse(folder: Path, place: str) -> None:
    (folder / "empty").mkdir()
    result = run("inspect", place)
    assert (result.exit_code, result.stdout, place in result.stderr) == (cli.MISUSE, "", True)


def test_members_of_an_archive_are_told_one_by_one_and_declared_once(folder: Path) -> None:
    write(folder, {"all.zip": zipped({"a/reach.csv": TWO_NETWORKS, "b/reach.csv": TWO_NETWORKS})})
    found = told("all.zip")
    assert [(file["platform"], file["rows"]) for file in found] == [("meta_business_suite", 30)] * 2
    assert found[0]["lines"] == found[1]["lines"]
    assert found[0]["lines"][0] == "- file: exports/all.zip"


def test_a_terminal_gets_the_same_words_in_colours(folder: Path) -> None:
    """Nothing that a file says is taken for a mark-up or sent to the terminal as a control sequence."""
    from rich.console import Console

    header = "[red]\x1b[31mDay\x07 of"
    write(folder, {"board.csv": PLAIN.replace("Remark", header), "ads.csv": GOOGLE_ADS})
    for sheet in screen.sheets(inspect.look([Path("board.csv"), Path("ads.csv")]), Words("en")):
        console = Console(file=io.StringIO(), force_terminal=True, width=200, highlight=False)
        console.print(screen.rich(sheet))
        shown = console.file.getvalue()  # type: ignore[attr-defined]
        bare = re.sub(r"\x1b\[[0-9;]*m", "", shown)
        assert ("\x1b" in shown, "\x1b" in bare, "\x07" in shown) == (True, False, False)
        words = {word for line in screen.plain(sheet).splitlines() for word in line.split()}
        assert words <= set(bare.split())
    assert "[red]" in screen.plain(screen.sheets(inspect.look([Path("board.csv")]), Words("en"))[0])


def test_the_french_screen_speaks_french(folder: Path) -> None:
    write(folder, {"ads.csv": GOOGLE_ADS, "board.csv": PLAIN})
    text = run("inspect", "ads.csv", "board.csv", lang="fr").stdout
    assert "plateforme" in text
    assert "rien à ajouter\u00a0: le fichier dit tout ce qu’il faut" in text
    assert "d’aucune plateforme connue" in text


# ---------------------------------------------------------------- the schema


def test_the_schema_is_strict_and_describes_each_key() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if node.get("type") == "object":
                assert node["additionalProperties"] is False
                assert set(node["required"]) == set(node["properties"])
                assert [key for key, each in node["properties"].items() if not each.get("description")] == []
            for each in node.values():
                walk(each)

    walk(SCHEMA)


def test_a_key_more_or_less_fails(folder: Path) -> None:
    write(folder, {"ads.csv": GOOGLE_ADS})
    (file,) = told("ads.csv")
    for wrong in (file | {"rows_of": 3}, {key: file[key] for key in file if key != "rows"}, file | {"rows": "30"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(SCHEMA).validate([wrong])


# ---------------------------------------------------------------- persons

# Invented, and nowhere else in what sitegen says. What is looked for, whatever the case and the marks between digits.
NAME, LAST, EMAIL, PHONE = "Zorelda", "Kandlevik", "z.kandlevik@puitsinvente.example", "+212 6 61 98 76 54"
ADDRESS, ACCOUNT = "12 rue du Puitsinventé", "Kandlevik Tapis SARL"
TRACES = ("zorelda", "kandlevik", "puitsinvent", "661987654")


def zipped(files: Mapping[str, str]) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return body.getvalue()


def workbook(text: str) -> bytes:
    book, body = openpyxl.Workbook(), io.BytesIO()
    for line in text.splitlines():
        book.active.append(line.split(","))  # type: ignore[union-attr]
    book.save(body)
    return body.getvalue()


def rows(line: str) -> str:
    """The line for each day, with the persons put in."""
    persons = {"name": NAME, "last": LAST, "email": EMAIL, "phone": PHONE, "address": ADDRESS, "account": ACCOUNT}
    return "".join(line.format(day=day, n=at, **persons) + "\n" for at, day in enumerate(DAYS, 1))


PLANTED: dict[str, str] = {
    # columns with the data of customers
    "shopify_orders.csv": "Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,Billing Name,"
    "Billing Street,Billing City,Shipping Phone,Notes\n"
    + rows("#{n},{email},paid,MAD,80,10,10,100,{day} 10:00:00 +0100,{name} {last},{address},Fès,{phone},Call {name}"),
    "woocommerce.csv": "Order Number,Order Status,Order Date,First Name (Billing),Last Name (Billing),Email (Billing),"
    "Phone (Billing),Order Total Amount\n"
    + rows("{n},completed,{day},{name},{last},{email},{phone},100"),
    "contacts.csv": "First Name,Last Name,Email Address,Phone Number\n" + rows("{name},{last},{email},{phone}"),
    "hubspot_deals.csv": "Deal Name,Amount,Close Date,Deal Stage,Associated Contact\n"
    + rows("{name} {last},100,{day},won,{email}"),
    # persons in what is no column of persons, and above the tables
    "google_ads.csv": f"Campaign report – {ACCOUNT}\n1 October 2026 - 30 October 2026\n"
    "Day,Campaign,Account,Currency code,Cost,Clicks,Impr.\n"
    + rows("{day},{name} {last} {email},{account},MAD,12.50,4,200")
    + f"Total: {ACCOUNT},,,,500,120,6000\nTotal: {NAME} {EMAIL},,,,375,120,6000\n",
    "google_ads_terms.csv": "Search terms report\n1 October 2026 - 30 October 2026\n"
    "Search term,Campaign,Currency code,Clicks,Impr.,Cost\n"
    + rows("call {phone},{name},MAD,1,20,1.50"),
    "ga4.csv": f"# ----\n# Pages: Page path\n# Account: {ACCOUNT}\n# Property: {NAME} {EMAIL}\n# ----\n#\n# All Users\n"
    "# Start date: 20261001\n# End date: 20261030\nPage path and screen class,Views,Active users,Event count\n"
    + rows("/thanks?email={email}&phone={phone}&n={n},20,10,40"),
    "meta_ads.csv": "Day,Campaign name,Account name,Amount spent (MAD),Impressions,Link clicks\n"
    + rows("{day},{name} {last},{account},10,1000,12"),
    "linkedin.csv": "Start Date (in UTC),Campaign Group Name,Campaign Name,Impressions,Clicks,Total Spent,Leads\n"
    + rows("{day},{account},{name} {email},1000,10,50.00,1"),
    "instagram_posts.csv": "Post ID,Account ID,Account username,Account name,Description,Publish time,Permalink,"
    "Post type,Data comment,Date,Views,Reach,Likes\n"
    + rows("{n},1,{last},{account},Hi {name} {phone},10/13/2026 10:00,https://x.example/{last},IG,,Lifetime,9,8,7"),
    "search_console.csv": "Top queries,Clicks,Impressions,CTR,Position\n" + rows("{name} {last} {phone},1,20,5%,3.2"),
    "mailchimp.csv": "Title,Subject,List,Send Date,Total Recipients,Successful Deliveries,Unique Opens,Unique Clicks\n"
    + rows('For {name},Hello {email},{account},"Oct 13, 2026 09:30 pm",100,99,30,3'),
    # where a figure, a date, a header or a delimiter should be
    "wrong_cells.csv": "Day,Campaign,Currency code,Cost,Clicks\n"
    + rows("{day},Brand,MAD,12.50,4")
    + f"{EMAIL},{NAME},{ACCOUNT},{LAST},{PHONE}\n{DAYS[0]},{NAME},MAD,{EMAIL},{LAST}\n",
    "plain.csv": "Date,Who,Reach me,Sales,Remark\n" + rows("{day},{name} {last},{email},100,{address}"),
    "no_header.csv": rows("{email},{name} {last},{phone},{n},100"),
    "no_header_of_names.csv": "".join(f"{name} {LAST},{at} {ADDRESS},{at}\n" for at, name in enumerate("ABCDEFGH", 1)),
    "no_header_of_years.csv": "".join(f"{name} {LAST},{1980 + at}\n" for at, name in enumerate("ABCDEFGH", 1)),
    "headers_of_persons.csv": f"Date,{EMAIL},{PHONE},Sales\n" + rows("{day},1,2,3"),
    "one_cell_a_line.csv": rows("{name} {last} <{email}>"),
    "half.csv": f'Day,Campaign,Cost\n{DAYS[0]},"{NAME} {EMAIL}\n',
    "pairs.csv": f"Account:,{ACCOUNT}\nContact:,{EMAIL}\nPhone:,{PHONE}\n",
    "template.csv": "Google Click ID,Conversion Name,Conversion Time,Email\n" + rows("abc{n},Sale,{day},{email}"),
}  # fmt: skip


def traces(text: str) -> set[str]:
    """What of the planted persons is in a text, however it is spelled."""
    folded = text.casefold()
    digits = re.sub(r"(?<=\d)[\s().\-]+(?=\d)", "", folded)
    return {trace for trace in TRACES if trace in folded or trace in digits}


def planted(folder: Path) -> None:
    write(folder, PLANTED)
    write(folder, {"all.zip": zipped({name: PLANTED[name] for name in ("shopify_orders.csv", "plain.csv", "ga4.csv")})})
    write(
        folder, {"orders.xlsx": workbook(PLANTED["shopify_orders.csv"]), "board.xlsx": workbook(PLANTED["plain.csv"])}
    )


def test_what_is_planted_would_be_found() -> None:
    assert [name for name, text in PLANTED.items() if not traces(text)] == []
    assert traces(f"tel. {PHONE}") == {"661987654"}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("options", [[], ["--json"], ["--debug"], ["--json", "--debug"]], ids=" ".join)
def test_no_person_is_told_of_a_folder(folder: Path, options: list[str], lang: str) -> None:
    planted(folder / "in")
    result = run("inspect", "in", *options, lang=lang)
    assert traces(result.stdout + result.stderr) == set()


@pytest.mark.parametrize("name", [*PLANTED, "all.zip", "orders.xlsx", "board.xlsx"])
def test_no_person_is_told_of_a_file(folder: Path, name: str) -> None:
    planted(folder)
    for options in ([], ["--json"], ["--debug"]):
        result = run("inspect", name, *options)
        assert result.exit_code in {cli.OK, cli.ERRORS}
        assert traces(result.stdout + result.stderr) == set(), options


def test_columns_of_persons_are_counted(folder: Path) -> None:
    planted(folder)
    counts = {name: sum(file["dropped"] for file in told(name)) for name in ("shopify_orders.csv", "plain.csv")}
    assert counts["shopify_orders.csv"] >= 4
    assert counts["plain.csv"] >= 1
    assert "were not read" in run("inspect", "shopify_orders.csv").stdout


def test_no_person_reaches_the_store_a_page_or_a_download(folder: Path) -> None:
    write(folder, {"config.yaml": "agency: {name: Agence Essai}\n"})
    source = "{file: exports/plain.csv, columns: {revenue: Sales}, date: Date}"
    client = f"name: Atlas\ncountry: MA\naccess: public\nsources: [{source}]\n"
    write(folder, {"data/atlas/client.yaml": client})
    planted(folder / "data/atlas/exports")
    (folder / "data/atlas/exports/half.csv").unlink()  # an error, tested above
    (folder / "data/atlas/exports/wrong_cells.csv").unlink()
    checked = run("check", "--debug")
    built = run("build", "--debug")
    assert traces(checked.output + built.output) == set()
    assert built.exit_code == cli.OK, built.output
    pages = [path for path in (folder / "output").rglob("*") if path.is_file()]
    assert any(path.suffix == ".csv" for path in pages)
    assert {path: found for path in pages if (found := traces(path.read_bytes().decode("utf-8", "replace")))} == {}
    assert traces("\n".join(remembered(folder / ".sitegen"))) == set()


def remembered(folder: Path) -> list[str]:
    """All that the store holds."""
    texts: list[str] = []
    for path in folder.rglob("*"):
        if path.suffix != ".sqlite":
            texts += [path.read_bytes().decode("utf-8", "replace")] if path.is_file() else []
            continue
        with sqlite3.connect(path) as store:
            names = [name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            cells = [cell for name in names for row in store.execute(f'SELECT * FROM "{name}"') for cell in row]
        store.close()
        texts += [cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell) for cell in cells]
    assert any("<html" in text for text in texts)
    return texts


def test_an_error_in_a_cell_of_an_export_does_not_tell_the_cell(folder: Path) -> None:
    write(
        folder,
        {"config.yaml": "agency: {name: Agence Essai}\n", "data/atlas/client.yaml": "name: Atlas\ncountry: MA\n"},
    )
    for name in ("half.csv", "wrong_cells.csv", "no_header.csv", "headers_of_persons.csv", "one_cell_a_line.csv"):
        shutil.rmtree(folder / "data/atlas/exports", ignore_errors=True)
        write(folder, {f"data/atlas/exports/{name}": PLANTED[name]})
        for command in ("check", "build"):
            assert traces(run(command, "--debug").output) == set(), name
