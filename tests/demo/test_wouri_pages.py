"""The portal of Wouri Gaz et Solaire says what test_wouri_by_hand.py computes, in both languages, and nothing of a sale
that nobody measured; its marks, downloads and figures are those of a client paid in XAF."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from sitegen.model.computed import Edition

CLIENT = "wouri-gaz-solaire"
NB, NNB = "\u00a0", "\u202f"


def words(page: Path) -> str:
    return re.sub(r"<[^>]+>", " ", page.read_text("utf-8"))


SAID = {
    "index.html": [
        f"16{NNB}449{NB}KFCFA", f"+12{NB}%", f"94,4{NB}%", f"228{NB}FCFA", f"287{NB}FCFA", f"4{NNB}054", f"4{NNB}867",
        f"1{NNB}508",
    ],
    "en/index.html": [f"16,449{NB}KFCFA", "+12%", "94.4%", f"228{NB}FCFA", f"287{NB}FCFA", "4,054", "4,867", "1,508"],
    "objectifs-et-roi.html": [
        f"9{NNB}380{NB}KFCFA", f"9{NNB}754{NB}KFCFA", f"17{NNB}263{NB}KFCFA", f"1{NNB}435{NB}KFCFA",
        f"2{NNB}014{NB}KFCFA", f"50{NNB}210", f"+29{NB}%", f"+57{NB}%",
    ],
    "en/objectives-and-roi.html": [
        f"9,380{NB}KFCFA", f"9,754{NB}KFCFA", f"17,263{NB}KFCFA", f"1,435{NB}KFCFA", f"2,014{NB}KFCFA", "50,210",
        "+29%", "+57%",
    ],
}  # fmt: skip


@pytest.mark.parametrize("page", SAID)
def test_the_pages_say_them(portal: Path, page: str) -> None:
    text = words(portal / page)
    assert [number for number in SAID[page] if number not in text] == []


@pytest.mark.parametrize(("folder", "mark"), [("", ","), ("en", ".")])
def test_no_amount_in_xaf_has_decimals(portal: Path, folder: str, mark: str) -> None:
    for page in (portal / folder).glob("*.html"):
        assert re.findall(rf"\d{re.escape(mark)}\d+{NB}FCFA", words(page)) == [], page


def test_the_lever_on_sales_says_why_it_has_no_number(portal: Path) -> None:
    assert "La part de ventes additionnelles n’est pas déclarée." in words(portal / "objectifs-et-roi.html")
    assert "The share of additional sales is not declared." in words(portal / "en/objectives-and-roi.html")


def test_the_gap_is_told_with_its_days(portal: Path) -> None:
    assert "10 au 18 août 2026" in words(portal / "donnees-et-methode.html")
    assert "10 to 18 August 2026" in words(portal / "en/data-and-method.html")


def test_the_download_has_what_the_service_costs(portal: Path) -> None:
    with (portal / "downloads/en/numbers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {(row["Subject"], row["Channel"]): row for row in csv.DictReader(file)}
    booked = rows["service booked", ""]
    assert (float(booked["Value"]), booked["Unit"], booked["Start"]) == (1_200_000, "XAF", "2025-11-01")
    whatsapp = rows["service contacts_now", "whatsapp"]
    assert (round(float(whatsapp["Value"])), whatsapp["Sources"]) == (18_353, "metrics/contacts.csv")


def test_the_baselines_are_frozen_and_the_arrival_recorded(edition: Edition) -> None:
    assert {progress.baseline_origin for progress in edition.scorecard.progress} == {"frozen"}
    assert {sign.arrival.on for sign in edition.signs if sign.arrival} == {date(2025, 1, 31)}


def test_every_page_says_that_the_client_is_fictitious(portal: Path) -> None:
    for page in portal.rglob("*.html"):
        said = "Fictitious client." if "en" in page.relative_to(portal).parts else "Client fictif."
        assert said in page.read_text("utf-8"), page
