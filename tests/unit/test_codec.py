"""What is stored is what was meant: the JSON of events, grades and times."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.events import Answered, Assessed, Event, Skipped, Started
from prepbot.domain.evidence import Evidence, Flag, KpiLevel, KpiReference, Span
from prepbot.domain.rubric import Grade, NotGraded
from prepbot.errors import BadInput, StoreUnavailable
from prepbot.storage.codec import (
    decode_event,
    decode_grade,
    decode_moment,
    encode_event,
    encode_grade,
    encode_moment,
    kind_of,
)
from tests.contract.stored_values import PLAN, any_event, grades, moments

READ_BACK = Assessed(
    3,
    "rules",
    Evidence(
        words=9,
        relevance=2,
        kpis=(KpiReference("Conversion Rate", KpiLevel.USED, Span(0, 4, 1)),),
        flags=frozenset({Flag.STEERING}),
    ),
)


@given(any_event)
def test_any_event_comes_back_equal(event: Event) -> None:
    """An event that was encoded is decoded to an equal one of the same class."""
    back = decode_event(encode_event(event), "i1", 0)
    assert back == event
    assert type(back) is type(event)


@given(grades)
def test_any_grade_comes_back_equal(grade: Grade | NotGraded) -> None:
    """A grade, or its absence with the reason, is decoded to an equal one of the same class."""
    back = decode_grade(encode_grade(grade), "i1", "q01")
    assert back == grade
    assert type(back) is type(grade)


@given(moments)
def test_any_moment_comes_back_as_the_same_instant(moment: datetime) -> None:
    """A time in any zone comes back as the same instant, in UTC."""
    back = decode_moment(encode_moment(moment))
    assert back == moment
    assert back.tzinfo is UTC


@given(moments, moments)
def test_the_text_of_moments_is_in_the_order_of_time(one: datetime, other: datetime) -> None:
    """Sorting stored times as text sorts them by time."""
    assert (encode_moment(one) < encode_moment(other)) == (one < other)


def test_a_time_without_a_zone_is_refused() -> None:
    """A naive time is an error of the caller, not a guess at a zone."""
    with pytest.raises(ValueError, match="no time zone"):
        encode_moment(datetime(2026, 11, 23))  # noqa: DTZ001  the naive time is the point


def test_values_keep_their_types() -> None:
    """Enumerations, sets and tuples inside an event come back as what they were, not as text and lists."""
    back = decode_event(encode_event(READ_BACK), "i1", 4)
    assert isinstance(back, Assessed)
    assert back.evidence.kpis[0].level is KpiLevel.USED
    assert isinstance(back.evidence.flags, frozenset)
    assert isinstance(back.evidence.kpis, tuple)


def test_an_event_is_stored_under_its_kind() -> None:
    """The JSON has one key, the kind of the event, so that a person can read the table."""
    assert json.loads(encode_event(Answered("I sold shoes."))) == {"answered": {"text": "I sold shoes."}}
    assert kind_of(Answered("x")) == "answered"


@pytest.mark.parametrize("path", [("assessed",), ("assessed", "evidence"), ("assessed", "evidence", "kpis", 0, "span")])
def test_an_unknown_field_is_refused(path: tuple[str | int, ...]) -> None:
    """A field that the domain does not know is refused at any depth, never dropped."""
    body = json.loads(encode_event(READ_BACK))
    inner = body
    for step in path:
        inner = inner[step]
    inner["mood"] = "good"
    with pytest.raises(StoreUnavailable, match="event 4 of interview i1"):
        decode_event(json.dumps(body), "i1", 4)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "null",
        "{}",
        '{"skipped": null}',
        '{"answered": {"text": 3}}',
        '{"answered": {}}',
        '{"answered": {"text": "a"}, "skipped": {}}',
        '{"sighed": {}}',
        '{"assessed": {"answer_seq": 1, "engine": "rules", "evidence": {"words": "9", "relevance": 2}}}',
    ],
)
def test_what_is_no_event_is_refused_by_name(body: str) -> None:
    """JSON that is no event raises one sentence with the interview and the event's number."""
    with pytest.raises(StoreUnavailable, match="event 12 of interview abc") as caught:
        decode_event(body, "abc", 12)
    assert "\n" not in str(caught.value)


def test_what_is_no_grade_is_refused_by_name() -> None:
    """JSON that is no grade raises one sentence with the interview and the question."""
    with pytest.raises(StoreUnavailable, match="grade of q07 in interview abc"):
        decode_grade('{"graded": {"band": "4"}}', "abc", "q07")


def test_an_older_event_without_a_defaulted_field_is_read() -> None:
    """A field that got a default later may be missing: what was stored before it still opens."""
    body = json.loads(encode_event(Started(PLAN)))
    del body["started"]["plan"]["focus"]
    assert decode_event(json.dumps(body), "i1", 0) == Started(PLAN)


@given(st.text(min_size=1), st.integers(0xD800, 0xDFFF))
def test_half_a_character_is_refused_before_it_is_stored(text: str, surrogate: int) -> None:
    """A lone surrogate, which no database can hold, is bad input and says so."""
    with pytest.raises(BadInput, match="answered"):
        encode_event(Answered(text + chr(surrogate)))


def test_a_value_of_the_wrong_type_is_refused_before_it_is_stored() -> None:
    """What could not be read back is not written."""
    with pytest.raises(BadInput):
        encode_event(Answered(3))  # type: ignore[arg-type]


def test_events_without_fields_stay_apart() -> None:
    """Skipped is told from its likes by the kind alone."""
    assert decode_event('{"skipped":{}}', "i1", 1) == Skipped()
