"""What was found on arrival is written once, and stands beside what is true today."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from sitegen.build import pipeline, workspace
from sitegen.commands import as_found
from sitegen.errors import UsageError
from sitegen.model.computed import Edition

SITES = Path(__file__).parents[2] / "sites"
TODAY = date(2026, 11, 20)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SITES / "minimal-public", tmp_path / "site"))


def test_filling_in_the_yaml_does_not_look_like_progress(root: Path) -> None:
    first = as_found.record(root, "atlas", TODAY, None, replace=False)
    assert (first.path, first.count) == ("data/atlas/as_found.yaml", 25)
    text = (root / first.path).read_text("utf-8")
    assert text.startswith("# yaml-language-server:")
    assert f"date: {first.on}\n" in text
    file = root / "data/atlas/client.yaml"
    told = file.read_text("utf-8") + "strategy_start: 2020-01-01\n"
    file.write_text(told.replace("crm: no", "crm: {answer: yes, date: 2026-01-01}"), "utf-8")
    assert "2026-01-01" in file.read_text("utf-8")
    audit, _ = pipeline.edition(root, "atlas", workspace.opened(root).site, TODAY)
    third = audit.signs[2]
    assert third.arrival is not None
    assert (third.arrival.on, third.arrival.score) == (first.on, third.arrival.score)
    assert (third.section.score or 0) > (third.arrival.score or 0)


def test_the_panels_as_they_were_found_stand_beside_today(root: Path) -> None:
    config = root / "config.yaml"
    config.write_text(config.read_text("utf-8") + "\nrubric: {pack: complete}\n", "utf-8")
    before = {part.id: part for panel in audited(root).audit.panels for part in panel.parts}
    assert {part.arrival for part in before.values()} == {None}
    first = as_found.record(root, "atlas", TODAY, None, replace=False)
    file = root / "data/atlas/client.yaml"
    told = file.read_text("utf-8").replace("crm: no", "crm: no, consent: yes")
    assert "consent" in told
    file.write_text(told, "utf-8")
    now = {part.id: part for panel in audited(root).audit.panels for part in panel.parts}
    assert now.keys() == before.keys()
    for id, part in now.items():
        assert part.arrival is not None
        assert part.arrival.on == first.on
        assert (part.arrival.score, part.arrival.coverage) == (before[id].section.score, before[id].section.coverage)
    assert now["E1"].section.coverage > before["E1"].section.coverage


def audited(root: Path) -> Edition:
    return pipeline.edition(root, "atlas", workspace.opened(root).site, TODAY)[0]


def test_it_is_written_again_only_when_asked_for(root: Path) -> None:
    file = root / as_found.record(root, "atlas", TODAY, None, replace=False).path
    file.write_text("date: 2026-01-05\n", "utf-8")
    with pytest.raises(UsageError) as fault:
        as_found.record(root, "atlas", TODAY, None, replace=False)
    assert fault.value.message.key == "cli.as_found_exists"
    assert file.read_text("utf-8") == "date: 2026-01-05\n"
    as_found.record(root, "atlas", TODAY, None, replace=True)
    assert "S1.01" in file.read_text("utf-8")


def test_an_unknown_client_is_a_misuse(root: Path) -> None:
    with pytest.raises(UsageError) as fault:
        as_found.record(root, "atlass", TODAY, None, replace=False)
    assert fault.value.message.named["client"] == "atlass"
