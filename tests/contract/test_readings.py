"""What every store promises of models' readings, checked on memory, SQLite and PostgreSQL alike."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prepbot.domain.evidence import Span
from prepbot.domain.model_reading import Dropped, ModelReading, Point, Proposal
from prepbot.errors import BadInput, NotFound
from prepbot.model_ports import StoredReading
from prepbot.ports import Store
from tests.contract.stored_values import NOON, moments, started

READING = ModelReading(
    "openai:some-model",
    "analyst.v1",
    "0" * 64,
    '{"findings": []}',
    (Proposal(Point.OWN_PART, True, "“I moved” – née", Span(3, 9, 1)),),
    (Dropped("on_question", "never said", "it does not stand in the answer"),),
)

_NAMES = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]))  # as settings can hold them


def _stored(question_id: str = "q01", minutes: int = 0, interview_id: str = "i1", model: str = "a:b") -> StoredReading:
    return StoredReading(interview_id, question_id, replace(READING, model=model), NOON + timedelta(minutes=minutes))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    reading=st.builds(ModelReading, model=_NAMES, prompt=_NAMES, proposals=..., dropped=..., not_used=...), at=moments
)
def test_any_reading_comes_back_equal(store: Store, reading: ModelReading, at: object) -> None:
    """A reading is returned as it was saved: proposals with their places, what was dropped, and the raw reply."""
    if not _known(store):
        store.append("i1", started())
    saved = replace(_stored(), reading=reading, at=at)
    store.save_reading(saved)
    assert saved in store.readings("i1")


def test_a_question_keeps_one_reading_of_each_engine(store: Store) -> None:
    """The same engine again takes the old reading's place; another model's and another question's stand beside it."""
    store.append("i1", started())
    other_model, other_question = _stored(minutes=2, model="c:d"), _stored("q02", minutes=1)
    for one in (_stored(), other_model, other_question, _stored(minutes=5)):
        store.save_reading(one)
    assert store.readings("i1") == (other_question, other_model, _stored(minutes=5))
    assert store.readings("i404") == ()


def test_a_reading_needs_its_interview(store: Store) -> None:
    """A reading of an interview that nobody started is refused and not kept."""
    with pytest.raises(NotFound, match="nosuch"):
        store.save_reading(_stored(interview_id="nosuch"))
    assert store.readings("nosuch") == ()


def test_half_a_character_in_a_reply_is_refused(store: Store) -> None:
    """A reply that is no Unicode is bad input, and what was kept before stays."""
    store.append("i1", started())
    store.save_reading(_stored())
    with pytest.raises(BadInput):
        store.save_reading(replace(_stored(), reading=replace(READING, raw="caf\ud800")))
    assert store.readings("i1") == (_stored(),)


def _known(store: Store) -> bool:
    try:
        return bool(store.events("i1"))
    except NotFound:
        return False
