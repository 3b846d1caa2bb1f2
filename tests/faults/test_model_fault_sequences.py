"""Any sequence of faults over an interview, drawn by Hypothesis: its order holds, and no answer is lost."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.interviews.rules import breaches
from tests.faults.model_faults import FAULTS
from tests.faults.model_sitting import SITES, Sitting
from tests.faults.openai_server import DETAIL, KEY, OpenAIServer, serving
from tests.faults.sitting import ROLE

MOST_STEPS = 40
QUICK = sorted(name for name, fault in FAULTS.items() if not fault.slow)

turns = st.lists(st.tuples(st.sampled_from(QUICK) | st.none(), st.booleans()), min_size=1, max_size=10)
"""For each turn the fault, none for a working server, and whether a failed endpoint has rested before it."""


@pytest.fixture(scope="module")
def server() -> Iterator[OpenAIServer]:
    """One server for all interviews."""
    with serving() as server:
        yield server


@given(turns=turns, site=st.sampled_from(sorted(SITES)))
@settings(max_examples=15)
def test_no_sequence_of_faults_upsets_an_interview(
    turns: list[tuple[str | None, bool]], site: str, server: OpenAIServer
) -> None:
    """Whatever fails at whatever turns, the interview ends in its order with every answer in its place."""
    sitting = Sitting(SITES[site], server)
    for number in range(MOST_STEPS):
        name, rested = turns[number % len(turns)]
        if rested:
            sitting.rest()
        moment = sitting.step(FAULTS[name].fault if name else None)
        assert moment.interview.over or moment.interview.awaits_candidate
        if moment.interview.over:
            break
    assert breaches(moment.interview, ROLE) == []
    assert sitting.answers_kept == sitting.answers_sent
    assert sum(call.attempts for call in sitting.ledger.calls) == len(sitting.line.requests)
    seen = f"{vars(sitting.ledger)}{sitting.heard}"
    assert DETAIL not in seen
    assert KEY not in seen
