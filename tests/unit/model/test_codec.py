"""Every computed type survives the way to JSON and back."""

import math
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.messages import Message, Month, Period, Quantity, Text, Unit
from sitegen.model import built, codec, computed

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
DAYS = st.dates(date(2015, 1, 1), date(2035, 1, 1))
WORDS = st.text(max_size=6)
LEAVES = st.one_of(
    st.builds(Quantity, NUMBERS, st.sampled_from(Unit), st.sampled_from([None, "MAD"])),
    st.builds(Month, st.integers(2000, 2040), st.integers(1, 12)),
    st.builds(lambda a, b: Period(min(a, b), max(a, b)), DAYS, DAYS),
    st.builds(Text, st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple)),
    DAYS,
    WORDS,
    st.integers(),
)
PARAMS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(Message, WORDS, st.lists(st.tuples(WORDS, inner), max_size=2).map(tuple)),
        st.lists(inner, max_size=2).map(tuple),
    ),
    max_leaves=4,
)
MESSAGES = st.builds(Message, WORDS, st.lists(st.tuples(WORDS, PARAMS), max_size=2).map(tuple))

st.register_type_strategy(float, NUMBERS)
st.register_type_strategy(str, WORDS)
st.register_type_strategy(date, DAYS)
st.register_type_strategy(Message, MESSAGES)
st.register_type_strategy(Period, st.builds(lambda a, b: Period(min(a, b), max(a, b)), DAYS, DAYS))

TYPES = [
    computed.Measurement,
    computed.Series,
    computed.Comparison,
    computed.Progress,
    computed.CostLine,
    computed.ChannelReturn,
    computed.SourceSummary,
    computed.Decision,
    computed.SeriesQuality,
    computed.Lab,
    computed.Laboratory,
    computed.Criterion,
    computed.Assessment,
    computed.Finding,
    computed.Profile,
    computed.Notice,
    built.Drawing,
    built.PortalSummary,
]


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_value_comes_back_equal(kind: type, data: st.DataObject) -> None:
    value = data.draw(st.from_type(kind))
    text = codec.encode(value)
    assert codec.decode(text, kind) == value
    assert codec.encode(codec.decode(text, kind)) == text


@given(MESSAGES)
def test_a_message_comes_back_equal(message: Message) -> None:
    assert codec.decode(codec.encode(message), Message) == message


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        codec.encode(Quantity(number, Unit.COUNT))


def test_one_value_has_one_text() -> None:
    assert codec.encode({"b": 1, "a": (1.0, None)}) == '{"a":[1.0,null],"b":1}'
    assert codec.digest({"b": 1, "a": 2}) == codec.digest({"a": 2, "b": 1})


def test_a_key_of_a_mapping_is_never_taken_for_a_tag() -> None:
    summary = built.PortalSummary("a", "A", "public", ("fr",), {"is": "Text"}, ({"is": "date"},), "2026-10-31")
    assert codec.decode(codec.encode(summary), built.PortalSummary) == summary
