"""Ours first and apart, each other in its colour; what may only be quoted is in the picture and in no download."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen.draw import benchmark as drawn
from sitegen.formats import Words
from sitegen.messages import Quantity, Text, Unit
from sitegen.model.built import Figure
from sitegen.model.computed import Against, Benchmark, Edition, Intensity, Position
from sitegen.render import downloads

from ..diagnose.test_benchmark import against, number, published
from ..diagnose.test_benchmark import norm as normed
from ..diagnose.test_benchmark import positions as judged
from .editions import edition

RATE = Quantity(0.021, Unit.RATE)


def told(*others: Against, **more: object) -> Edition:
    found = Benchmark("conversion_rate", (), None, number(0.03), others)
    plain = edition()
    return replace(
        plain,
        scorecard=replace(plain.scorecard, benchmarks=(found,), **more),  # type: ignore[arg-type]
        positions=judged([found], ()),
    )


def figure(*others: Against) -> Figure:
    (only,) = drawn.figures(told(*others))
    return only


def test_each_row_in_its_colour() -> None:
    found = figure(against("year", 0.02, 0.01), against("competitor", 0.04, -0.01, name="Rival"), published())
    rows = found.datasets["rows"]
    shown = [{key for key in ("ours", "past", "competitor", "norm") if key in row} for row in rows]
    assert shown == [{"ours"}, {"past"}, {"competitor"}, {"norm"}]
    assert [row["order"] for row in rows] == [0, 1, 2, 3]
    assert [entry.token for entry in found.legend] == ["chart-1", "chart-muted", "chart-2", "chart-target"]
    assert found.params["x_domain"] == (0.0, 0.04)


def test_a_balance_below_zero_goes_to_the_left() -> None:
    found = figure(replace(against("year", 0.02, 0.01), number=number(-0.2)))
    assert found.params["x_domain"] == (-0.2, 0.03)
    assert found.datasets["rows"][1]["amount_at"] == 0.0


def test_the_table_has_the_same_numbers() -> None:
    found = figure(against("year", 0.02, 0.01), published())
    assert [(row[1], row[3]) for row in found.table.rows] == [
        (Quantity(0.03, Unit.RATE), None),
        (Quantity(0.02, Unit.RATE), Quantity(0.01, Unit.POINTS)),
        (RATE, Quantity(0.009, Unit.POINTS)),
    ]
    assert found.shared is None
    assert found.download is found.table


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_may_only_be_quoted_is_in_no_download(language: str) -> None:
    found = figure(against("year", 0.02, 0.01), published(shared=False, source=Text.plain("Palmarès")))
    assert len(found.table.rows) == 3
    body = downloads.table(found.download, Words(language, "MA")).decode()
    assert "Palmarès" not in body
    assert "0.021" not in body
    assert "0.009" not in body
    assert "0.02," in body


def test_nothing_is_drawn_of_ours_alone() -> None:
    assert list(drawn.figures(told(replace(published(), number=number(None))))) == []


def test_a_zero_everywhere_is_drawn() -> None:
    nothing = Benchmark("conversion_rate", (), None, number(0.0), (replace(against("year", 0, 0), number=number(0.0)),))
    plain = edition()
    position = Position("conversion_rate", judged([nothing], ())[0].title, judged([nothing], ())[0].line)
    (found,) = drawn.figures(
        replace(plain, scorecard=replace(plain.scorecard, benchmarks=(nothing,)), positions=(position,))
    )
    assert found.params["x_domain"] == (0.0, 1.0)


# ---------------------------------------------------------------- technologies in use

SPREAD = tuple(
    normed(metric="digital_intensity", stat="share", band=band, value=Quantity(value, Unit.RATE))
    for band, value in (("very_low", 0.423), ("low", 0.338), ("high", 0.196), ("very_high", 0.044))
)


def intensity(count: int, band: str, **more: object) -> Figure | None:
    found = Intensity(count, 2023, band, **({"spread": SPREAD} | more))  # type: ignore[arg-type]
    plain = edition()
    drawings = drawn.figures(replace(plain, scorecard=replace(plain.scorecard, benchmarks=(), intensity=found)))
    return next(drawings, None)


@pytest.mark.parametrize(
    ("count", "band", "words"),
    [
        (7, "high", "une intensité numérique élevée, au-dessus de 76,1 % des PME européennes"),
        (4, "low", "une intensité numérique faible, au-dessus de 42,3 % des PME européennes"),
        (2, "very_low", "une intensité numérique très faible, comme 42,3 % des PME européennes"),
        (12, "very_high", "une intensité numérique très élevée, au-dessus de 95,7 % des PME européennes"),
    ],
)
def test_how_many_enterprises_are_in_a_lower_class(count: int, band: str, words: str) -> None:
    found = intensity(count, band)
    assert found is not None
    text = Words("fr", "MA").say(found.title).replace("\u00a0", " ").replace("\u202f", " ")
    assert text == f"{count} technologies sur 12 : {words}"
    ours = [row for row in found.datasets["rows"] if "ours" in row]
    assert len(ours) == 1


def test_no_spread_of_the_same_year_is_no_figure() -> None:
    assert intensity(7, "high", spread=(), others=SPREAD) is None


def test_a_spread_that_may_only_be_quoted_is_in_no_download() -> None:
    found = intensity(7, "high", spread=tuple(replace(each, shared=False) for each in SPREAD))
    assert found is not None
    assert (len(found.table.rows), found.download.rows) == (4, ())
