"""Packed values: smaller, the same when they are opened, and never at the expense of what was packed before."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.packed import Shelf, written

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcde"), inner, max_size=4),
    max_leaves=25,
)
PERIOD = {"is": "Period", "start": {"is": "date", "day": "2026-10-01"}, "end": {"is": "date", "day": "2026-10-31"}}


@given(st.lists(PLAIN, max_size=4))
def test_what_is_packed_is_the_same_when_it_is_opened(values: list[Any]) -> None:
    shelf = Shelf()
    packed = [shelf.pack(value, values[:at][-1:]) for at, value in enumerate(values)]
    through_a_file = json.loads(json.dumps([shelf.shapes, shelf.parts, packed]))
    opened = Shelf(*through_a_file[:2])
    assert [opened.unpack(each) for each in through_a_file[2]] == values


@given(st.lists(PLAIN, min_size=1, max_size=4))
def test_a_shelf_is_only_added_to(values: list[Any]) -> None:
    shelf = Shelf()
    for value in values:
        shapes, parts = copy.deepcopy(shelf.shapes), copy.deepcopy(shelf.parts)
        shelf.pack(value, values)
        assert shelf.shapes[: len(shapes)] == shapes
        assert shelf.parts[: len(parts)] == parts


def test_what_repeats_is_told_once_within_a_value_and_from_one_to_the_next() -> None:
    shelf = Shelf()
    first = shelf.pack({"a": PERIOD, "b": PERIOD, "c": "a sentence that stands here alone"})
    assert first == {"0": [{"@": 0}, {"@": 0}, "a sentence that stands here alone"]}
    second = shelf.pack({"c": "a sentence that stands here alone"}, [{"c": "a sentence that stands here alone"}])
    assert second == {"@": len(shelf.parts) - 1}
    assert len(shelf.parts) == 3
    assert ["is:Period", "start", "end"] in shelf.shapes


def test_the_text_has_a_line_for_each_item_down_to_its_depth() -> None:
    text = written({"a": [1, [2, 3]], "b": {}}, 2)
    assert text == '{\n"a": [\n1,\n[2,3]\n],\n"b": {}\n}'
    assert json.loads(text) == {"a": [1, [2, 3]], "b": {}}
