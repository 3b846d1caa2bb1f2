"""What every store promises of language models' calls, checked on memory, SQLite and PostgreSQL alike."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prepbot.model_ports import ModelCall, Purpose, Spending, total
from prepbot.ports import Store
from tests.contract.stored_values import NOON

CALL = ModelCall(NOON, Purpose.VOICE, "openai:some-model", "voice.v1", "i1", 400, 40, 180, 0.8, 1, "ok")

calls = st.builds(
    ModelCall,
    at=st.integers(0, 10_000).map(lambda minutes: NOON + timedelta(minutes=minutes)),
    purpose=st.sampled_from(Purpose),
    model=st.just("openai:some-model"),
    prompt=st.sampled_from(["voice.v1", "analyst.v1"]),
    interview_id=st.just(""),
    prompt_tokens=st.integers(0, 100_000),
    reply_tokens=st.integers(0, 100_000),
    microdollars=st.integers(0, 10**12),
    seconds=st.floats(0, 60),
    attempts=st.integers(1, 3),
    outcome=st.sampled_from(["ok", "timeout"]),
)


def test_nothing_spent_is_zero(store: Store) -> None:
    """A store without calls, and an interview that nobody knows, have spent nothing."""
    assert store.spending() == Spending()
    assert store.spending("i404") == Spending()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(calls, max_size=6))
def test_spending_is_the_sum_of_the_calls(store: Store, made: Sequence[ModelCall]) -> None:
    """Whatever calls an interview made, its spending is their sum, and that from a moment on the sum of the later."""
    interview_id = uuid4().hex
    own = [replace(call, interview_id=interview_id) for call in made]
    for call in own:
        store.save_model_call(call)
    assert store.spending(interview_id) == total(own)
    for call in own:
        assert store.spending(interview_id, since=call.at) == total(one for one in own if one.at >= call.at)


def test_a_day_counts_every_interview(store: Store) -> None:
    """Spending without an interview sums over all of them, and over calls that belong to none."""
    for interview_id in ("i1", "i2", ""):
        store.save_model_call(replace(CALL, interview_id=interview_id))
    assert store.spending().calls == 3
    assert store.spending("i2") == Spending(1, 400, 40, 180)
    assert store.spending(since=NOON + timedelta(seconds=1)) == Spending()


def test_dollars_are_millions_of_microdollars() -> None:
    """A spending's dollars are its millionths together."""
    assert Spending(microdollars=1_250_000).dollars == 1.25
