"""What a drawing's marks tell, in the window and within the policy: by pointer, by finger, by arrow keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from .test_pages import DESK, PHONE, opened

pytestmark = pytest.mark.browser
PAGE = "atlas-jiu-jitsu/index.html"
TREND = "#trend-revenue .figure__drawing--"
TOLD = re.compile(r"Chiffre d’affaires, \w+ 202\d\u00a0: [\d\u202f]+\u00a0DH")
PLACE = "(e => { const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom] })"
CENTRE = "(e => { const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] })"


@pytest.fixture
def desk(browser: Any, origin: str) -> Iterator[Any]:
    page = opened(browser, viewport=DESK)
    page.goto(f"{origin}/{PAGE}")
    yield page
    page.context.close()
    assert page.faults == []


@pytest.fixture
def phone(browser: Any, origin: str) -> Iterator[Any]:
    page = opened(browser, viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(f"{origin}/{PAGE}")
    yield page
    page.context.close()
    assert page.faults == []


def tip(page: Any) -> str:
    return str(page.locator(".tip[role=status]").text_content())


def centre(page: Any, selector: str, place: int) -> tuple[float, float]:
    mark = page.locator(f"{selector} [data-tip]").nth(place)
    mark.scroll_into_view_if_needed()
    page.wait_for_timeout(50)  # the scrolling is over
    x, y = mark.evaluate(CENTRE)
    return x, y


def inside(page: Any) -> bool:
    left, top, right, bottom = page.locator(".tip").evaluate(PLACE)
    size = page.viewport_size
    return bool(0 <= left < right <= size["width"] and 0 <= top < bottom <= size["height"])


def test_a_pointer_is_told_the_value_beneath_it_and_nothing_elsewhere(desk: Any) -> None:
    page = desk
    assert tip(page) == ""
    page.mouse.move(*centre(page, f"{TREND}wide", 4))
    assert TOLD.match(tip(page))
    assert inside(page)
    assert page.locator(".is-told").count() == 1
    page.locator("#trend-revenue-title").hover()
    assert tip(page) == ""
    assert page.locator(".is-told").count() == 0


def test_escape_takes_a_tip_away(desk: Any) -> None:
    desk.mouse.move(*centre(desk, f"{TREND}wide", 4))
    assert tip(desk) != ""
    desk.keyboard.press("Escape")
    assert tip(desk) == ""


def test_a_finger_taps_and_slides_along_a_narrow_drawing(phone: Any) -> None:
    page = phone
    seen = []
    for place in (0, 5, 11):
        page.touchscreen.tap(*centre(page, f"{TREND}narrow", place))
        seen.append(tip(page))
        assert TOLD.match(seen[-1])
        assert inside(page)
    assert len(set(seen)) == 3
    page.touchscreen.tap(*page.locator("#trend-revenue-title").evaluate(CENTRE))
    assert tip(page) == ""


def test_every_tip_of_a_page_stays_in_a_narrow_window(phone: Any) -> None:
    page = phone
    marks = page.locator(".figure__drawing--narrow [data-tip]")
    assert marks.count() > 30
    for place in range(0, marks.count(), 3):
        marks.nth(place).dispatch_event("pointerover")
        assert tip(page) == marks.nth(place).get_attribute("data-tip")
        assert inside(page)
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over == 0


def test_arrow_keys_walk_the_marks_in_order(desk: Any) -> None:
    page = desk
    drawing = page.locator(f"{TREND}wide")
    wanted = drawing.locator("[data-tip]").evaluate_all("marks => marks.map(mark => mark.dataset.tip)")
    drawing.focus()
    seen = []
    for _ in wanted:
        page.keyboard.press("ArrowRight")
        seen.append(tip(page))
    assert seen == wanted
    page.keyboard.press("ArrowRight")
    assert tip(page) == wanted[-1]
    page.keyboard.press("ArrowLeft")
    assert tip(page) == wanted[-2]
    page.keyboard.press("Home")
    assert tip(page) == wanted[0]
    page.keyboard.press("Tab")
    assert tip(page) == ""


def test_arrow_keys_turn_round_where_a_page_runs_from_right_to_left(desk: Any) -> None:
    page = desk
    page.evaluate("document.documentElement.dir = 'rtl'")
    drawing = page.locator(f"{TREND}wide")
    wanted = drawing.locator("[data-tip]").evaluate_all("marks => marks.map(mark => mark.dataset.tip)")
    drawing.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert tip(page) == wanted[1]
    assert inside(page)


def test_a_drawing_is_a_named_stop_of_the_keyboard_only_where_there_is_something_to_walk(desk: Any) -> None:
    drawings = desk.locator(".figure__drawing")
    states = drawings.evaluate_all(
        "all => all.map(d => [d.tabIndex, d.getAttribute('role'), d.ariaLabel, !!d.querySelector('[data-tip]')])"
    )
    assert len(states) > 6
    assert all(state == [0, "group", state[2], True] and state[2] for state in states)


def test_without_a_script_no_drawing_is_a_stop_and_the_values_stand_in_its_table(browser: Any, origin: str) -> None:
    page = opened(browser, java_script_enabled=False, viewport=DESK)
    page.goto(f"{origin}/{PAGE}")
    assert page.locator(".figure__drawing[tabindex]").count() == 0
    assert page.locator(".tip").count() == 0
    page.locator("#trend-revenue summary").first.click()
    assert page.locator("#trend-revenue table tbody tr").count() >= 12
    page.context.close()


def test_a_tip_goes_with_its_mark_and_out_of_the_window_with_it(desk: Any) -> None:
    page = desk
    page.locator(f"{TREND}wide").focus()
    page.keyboard.press("End")
    told, top = tip(page), page.locator(".tip").evaluate(PLACE)[1]
    page.evaluate("scrollBy(0, 40)")
    page.wait_for_timeout(100)
    assert tip(page) == told
    assert page.locator(".tip").evaluate(PLACE)[1] < top
    page.evaluate("scrollBy(0, 2000)")
    page.wait_for_timeout(100)
    assert tip(page) == ""


def test_a_tip_is_not_printed(desk: Any) -> None:
    desk.emulate_media(media="print")  # first: paper is longer, and a mark that leaves the window takes its tip along
    desk.mouse.move(*centre(desk, f"{TREND}wide", 4))
    assert not desk.locator(".tip").is_visible()
    assert desk.locator(".is-told").evaluate("e => getComputedStyle(e).opacity") == "0"
