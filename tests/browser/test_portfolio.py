"""The portfolio of two hundred clients in a browser: sorted and filtered by keyboard, on a phone, printed, unaided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from sitegen.model.portfolio import Rows
from tests import portfolios

from .conftest import serving
from .test_pages import DESK, PHONE, opened
from .test_quality import invalid, violations

pytestmark = pytest.mark.browser
CLIENTS = 200
PAGES = ("portefeuille.html", "en/portfolio.html")
NAMES = "all => all.filter(row => row.checkVisibility()).map(row => row.dataset.name)"


@pytest.fixture(scope="module")
def rows() -> Rows:
    return portfolios.rows(CLIENTS)


@pytest.fixture(scope="module")
def folder(rows: Rows, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return portfolios.written(tmp_path_factory.mktemp("portfolio"), rows)


@pytest.fixture(scope="module")
def place(folder: Path) -> Iterator[str]:
    with serving(folder) as address:
        yield address


@pytest.fixture
def page(browser: Any, place: str) -> Iterator[Any]:
    page = opened(browser, viewport=DESK)
    page.clock.set_fixed_time("2026-11-26T09:00:00Z")
    page.goto(f"{place}/{PAGES[0]}")
    yield page
    page.context.close()
    assert page.faults == []


def shown(page: Any) -> list[str]:
    return list(page.locator(".portfolio tbody tr").evaluate_all(NAMES))


def values(page: Any, name: str) -> list[str]:
    """What the rows that are shown are sorted by, in their order."""
    found = page.locator(".portfolio tbody tr:not([hidden])").evaluate_all(f"all => all.map(row => row.dataset.{name})")
    return list(found)


def counted(page: Any) -> int:
    return int(page.locator("[data-shown]").inner_text())


def test_it_begins_with_what_needs_attention(page: Any, rows: Rows) -> None:
    assert shown(page) == [row.name for row in rows.rows]
    assert counted(page) == CLIENTS
    states = [row.state for row in rows.rows]
    assert states == sorted(states, key=["failed", "unbuilt", "built"].index)


@pytest.mark.parametrize("column", ["objectives", "earned", "present", "data", "missing", "review"])
def test_a_column_is_sorted_by_keyboard_in_both_directions_and_what_is_unknown_comes_last(
    page: Any, column: str
) -> None:
    head = page.locator(f'th[data-sort="{column}"]')
    assert head.get_attribute("aria-sort") == "none"
    head.locator("button").focus()
    seen = []
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        told = values(page, column)
        known = [value for value in told if value]
        assert told == known + [""] * (len(told) - len(known))
        numbers = known if column in ("data", "review") else [float(value) for value in known]
        direction = head.get_attribute("aria-sort")
        assert numbers == sorted(numbers, reverse=direction == "descending")  # type: ignore[type-var]
        seen.append(direction)
    assert sorted(seen) == ["ascending", "descending"]
    assert seen[0] == head.get_attribute("data-first")
    assert page.locator('th[aria-sort]:not([aria-sort="none"])').count() == 1
    assert len(shown(page)) == CLIENTS


def test_names_are_sorted_as_a_dictionary_sorts_them(page: Any) -> None:
    page.locator('th[data-sort="name"] button').click()
    names = shown(page)
    assert names.index(next(n for n in names if n.startswith("Éditions"))) < names.index(
        next(n for n in names if n.startswith("Ferme"))
    )
    assert names[0].startswith("Atelier")


def test_a_name_is_found_without_its_accents_and_the_count_is_told(page: Any) -> None:
    page.keyboard.press("Tab")  # over the skip link
    page.get_by_label("Nom du client").focus()
    page.keyboard.type("EDITIONS")
    names = shown(page)
    assert names
    assert all(name.startswith("Éditions") for name in names)
    assert counted(page) == len(names)
    status = page.get_by_role("status")
    assert status.inner_text() == f"Clients affichés\u00a0: {len(names)} sur {CLIENTS}"
    page.keyboard.type(" qui n’existent pas")
    assert shown(page) == []
    assert status.inner_text().endswith("Aucun client ne correspond à ces filtres.")


@pytest.mark.parametrize(
    ("label", "value", "holds"),
    [
        ("Objectifs", "late", lambda row: any(line.standing == "late" for line in row.summary.objectives)),
        ("Objectifs", "well", lambda row: any(line.standing == "well" for line in row.summary.objectives)),
        ("Objectifs", "failed", lambda row: row.state == "failed"),
        ("Signes", "S2", lambda row: row.summary.signs[1].state == "present"),
        ("Signes", "any", lambda row: any(sign.state == "present" for sign in row.summary.signs)),
        ("Signes", "unknown", lambda row: any(sign.state == "unknown" for sign in row.summary.signs)),
        ("Fraîcheur des données", "<7", lambda row: row.summary.data_until and age(row.summary.data_until) <= 7),
        ("Fraîcheur des données", ">31", lambda row: row.summary.data_until and age(row.summary.data_until) > 31),
        ("Fraîcheur des données", "none", lambda row: row.summary.data_until is None),
        ("Pays", "SN", lambda row: row.summary.country == "SN"),
    ],
)
def test_a_filter_shows_exactly_the_clients_that_it_names(
    page: Any, rows: Rows, label: str, value: str, holds: Any
) -> None:
    page.get_by_label(label, exact=True).select_option(value)
    expected = [row.name for row in rows.rows if (row.summary or value in ("failed", "none")) and told(row, holds)]
    assert 0 < len(expected) < CLIENTS
    assert shown(page) == expected
    assert counted(page) == len(expected)


def told(row: Any, holds: Any) -> bool:
    """What nobody knows of a client is no reason to hide that it has no data."""
    return bool(holds(row)) if row.summary or holds.__code__.co_names[0] == "state" else True


def age(day: date) -> int:
    return (portfolios.TODAY - day) // timedelta(days=1)


def test_filters_hold_together_stay_after_a_reload_and_go_at_once(page: Any, rows: Rows) -> None:
    page.get_by_label("Objectifs", exact=True).select_option("late")
    page.get_by_label("Pays", exact=True).select_option("FR")
    page.locator('th[data-sort="earned"] button').click()
    both = shown(page)
    assert 0 < len(both) < 40
    page.reload()
    assert shown(page) == both
    assert page.get_by_label("Pays", exact=True).input_value() == "FR"
    assert page.locator('th[data-sort="earned"]').get_attribute("aria-sort") == "descending"
    page.get_by_role("button", name="Tout afficher").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => !location.hash")
    assert shown(page) == [row.name for row in rows.rows]
    assert page.locator('th[aria-sort]:not([aria-sort="none"])').count() == 0


def test_what_is_wrong_in_an_address_is_passed_over(browser: Any, place: str) -> None:
    page = opened(browser, viewport=DESK)
    page.goto(f"{place}/{PAGES[0]}#standing=nonsense&sort=constructor&country=%22%3E")
    assert len(shown(page)) == CLIENTS
    page.context.close()
    assert page.faults == []


def test_how_old_data_are_is_told_on_the_day_of_reading(page: Any) -> None:
    told = page.locator('time[datetime="2026-11-23"] + [data-age]').first
    assert told.inner_text() == "il y a 3 jours"
    page.clock.set_fixed_time("2026-12-26T09:00:00Z")
    page.reload()
    assert told.inner_text() == "il y a 33 jours"


def test_the_head_stays_in_sight_and_hides_no_link_that_is_reached(page: Any) -> None:
    last = page.locator(".portfolio tbody tr a").last
    last.scroll_into_view_if_needed()
    head = page.locator('th[data-sort="data"]').bounding_box()
    assert head is not None
    assert -1 <= head["y"] < 10
    page.evaluate("scrollTo(0, 0)")
    page.locator(".portfolio tbody tr a").nth(40).focus()
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        box = page.evaluate("(box => [box.top, box.bottom])(document.activeElement.getBoundingClientRect())")
        assert box[0] >= head["height"] - 1


@pytest.mark.parametrize("viewport", [PHONE, {"width": 768, "height": 900}, DESK], ids=["phone", "tablet", "desk"])
@pytest.mark.parametrize("address", PAGES)
def test_it_never_scrolls_sideways_nor_complains(
    browser: Any, place: str, viewport: dict[str, int], address: str
) -> None:
    page = opened(browser, viewport=viewport)
    page.goto(f"{place}/{address}")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert [url for url in page.asked if not url.startswith(place)] == []
    page.context.close()
    assert page.faults == []


def test_a_phone_shows_cards_with_their_labels_and_sorts_them(browser: Any, place: str) -> None:
    page = opened(browser, viewport=PHONE)
    page.goto(f"{place}/{PAGES[0]}")
    label = page.locator(".portfolio tbody td").first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert label == '"Objectifs"'
    page.get_by_label("Trier par").select_option("missing")
    known = [int(value) for value in values(page, "missing") if value]
    assert known == sorted(known, reverse=True)
    page.get_by_role("button", name="Inverser l’ordre").click()
    assert [int(value) for value in values(page, "missing") if value] == sorted(known)
    assert page.get_by_role("button", name="Inverser l’ordre").get_attribute("aria-pressed") == "true"
    assert page.get_by_role("table").count() == 1
    page.context.close()


def test_without_javascript_it_is_the_whole_table_and_no_dead_control(browser: Any, place: str, rows: Rows) -> None:
    page = opened(browser, java_script_enabled=False, viewport=DESK)
    page.goto(f"{place}/{PAGES[0]}")
    assert page.locator(".portfolio tbody tr").count() == CLIENTS
    assert page.locator(".portfolio tbody tr").first.is_visible()
    assert [control for control in page.locator("button, input, select").all() if control.is_visible()] == []
    assert page.locator(".portfolio tbody th").all_inner_texts()[-1].startswith(rows.rows[-1].name)
    page.context.close()


def test_it_works_from_a_folder_without_a_server(browser: Any, folder: Path) -> None:
    page = opened(browser, viewport=DESK)
    page.goto((folder / PAGES[0]).as_uri())
    page.get_by_label("Objectifs", exact=True).select_option("late")
    assert 0 < len(shown(page)) < CLIENTS
    page.context.close()
    assert page.faults == []


def test_it_prints_without_its_controls(page: Any) -> None:
    page.emulate_media(media="print")
    assert not page.locator(".tools").is_visible()
    assert page.locator(".portfolio thead").evaluate("head => getComputedStyle(head).display") == "table-header-group"


@pytest.mark.parametrize("name", ["default", "ink"])
def test_axe_finds_nothing(browser: Any, tmp_path: Path, name: str) -> None:
    folder = portfolios.written(tmp_path / name, portfolios.rows(24), name)
    with serving(folder) as address:
        addresses = [f"{address}/{page}" for page in PAGES]
        assert violations(browser, addresses) == []
        assert violations(browser, addresses, viewport=PHONE) == []


def test_it_is_valid_html(validator: str, tmp_path: Path) -> None:
    folder = portfolios.written(tmp_path / "pages", portfolios.rows(24))
    for page in ("404.html", "index.html", "en/index.html"):
        (folder / page).unlink()
    assert invalid(validator, folder, tmp_path) == []
