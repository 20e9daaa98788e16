"""The workbook: every number as a number with its unit, days as days, texts as texts; the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sitegen import read
from sitegen.diagnose import edition
from sitegen.formats import Words
from sitegen.messages import Text
from sitegen.model.computed import Edition
from sitegen.render import numbers
from sitegen.render.workbook import workbook

from ..diagnose.cases import client, dossier, scorecard, source

RUBRIC = read.rubric(Path(__file__).parents[3] / "rubric")


def told(owner: str = "Salma", **card: Any) -> Edition:
    objective = {
        "kpi": "conversion_rate",
        "target": "+50%",
        "start": "2026-01-01",
        "deadline": "2026-06-30",
        "owner": owner,
    }
    return edition(dossier(client(objectives=[objective])), scorecard(sources=(source(),), **card), (), RUBRIC)


def opened(found: Edition, language: str = "fr") -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(found, Words(language, "MA"))))


def test_the_sheets_are_those_with_rows_in_the_reader_s_language() -> None:
    assert opened(told()).sheetnames == ["Objectifs", "Chiffres", "Coûts", "Vérifications", "Plan", "Sources"]
    assert opened(told(), "en").sheetnames[0] == "Objectives"
    bare = replace(told(), actions=())
    assert "Plan" not in opened(bare).sheetnames


def test_numbers_days_and_texts_have_their_type_and_their_unit() -> None:
    sheet = opened(told())["Objectifs"]
    header, row = (list(line) for line in sheet.iter_rows(min_row=1, max_row=2))
    assert [cell.value for cell in header][:3] == ["Objectif", "KPI", "Statut"]
    assert all(cell.font.bold for cell in header)
    assert sheet.freeze_panes == "A2"
    now, target, deadline = row[3:6]
    assert (now.value, now.number_format) == (pytest.approx(0.024), "0.0%")
    assert target.value == pytest.approx(0.03)
    assert deadline.value.date() == date(2026, 6, 30)
    assert deadline.number_format == "yyyy-mm-dd"
    amounts = [row[1] for row in opened(told())["Coûts"].iter_rows(min_row=2)]
    assert {cell.number_format for cell in amounts if cell.value is not None} == {'#,##0.00 "MAD"'}


def test_every_number_of_the_download_is_there() -> None:
    found = told()
    rows = list(opened(found)["Chiffres"].iter_rows(min_row=2, values_only=True))
    expected = list(numbers.rows(found))
    assert len(rows) == len(expected)
    values = [None if row[3] is None else row[3].value for row in expected]  # type: ignore[union-attr]
    assert [row[3] for row in rows] == [None if value is None else pytest.approx(value) for value in values]


@pytest.mark.parametrize("text", ["=1+1", "+33 6", "-2", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_a_text_that_begins_as_a_formula_does_stays_a_text(text: str) -> None:
    body = workbook(told(owner=text), Words("fr", "MA"))
    cell = openpyxl.load_workbook(io.BytesIO(body))["Objectifs"]["G2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix
    sheets = zipfile.ZipFile(io.BytesIO(body))
    assert not any(b"<f>" in sheets.read(name) for name in sheets.namelist() if "sheet" in name)


def test_the_bytes_depend_on_the_edition_alone() -> None:
    first = workbook(told(), Words("fr", "MA"))
    assert workbook(told(), Words("fr", "MA")) == first
    assert workbook(replace(told(), as_of=date(2026, 3, 30)), Words("fr", "MA")) != first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_text_in_two_languages_is_told_in_the_reader_s() -> None:
    found = told()
    owned = tuple(
        replace(each, owner=Text((("en", "Management"), ("fr", "Direction")))) for each in found.profile.objectives
    )
    both = replace(found, profile=replace(found.profile, objectives=owned))
    assert opened(both)["Objectifs"]["G2"].value == "Direction"
    assert opened(both, "en")["Objectives"]["G2"].value == "Management"
