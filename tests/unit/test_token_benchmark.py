"""The token budget: a voice's prompt stays short and level over an interview of thirty questions."""

import pytest

from benchmarks import tokens
from benchmarks.figures import Figure
from prepbot.language.call import Request
from prepbot.model_ports import Purpose


@pytest.fixture(scope="module")
def measured() -> dict[str, Figure]:
    """The figures of one run, by name."""
    return {figure.name: figure for figure in tokens.figures()}


def test_every_token_limit_is_kept(measured: dict[str, Figure]) -> None:
    """900 tokens a turn, early and late alike, and 38,000 in all."""
    kept = {name: figure.kept for name, figure in measured.items() if figure.limit is not None}
    assert len(kept) == 4
    assert all(kept.values()), kept


def test_the_interview_is_one_of_thirty_questions_with_follow_ups(measured: dict[str, Figure]) -> None:
    """What is measured is a whole interview: at least thirty questions, and follow-ups up to the sixtieth turn."""
    words = measured["voice prompts, whole interview"].of.split()
    assert int(words[words.index("questions,") - 1]) >= 30
    assert int(words[-2]) >= 20
    assert measured["voice prompt at turn 60"].of == "turn 60 of the interviewer"


def test_a_chain_with_its_whole_history_grows(measured: dict[str, Figure]) -> None:
    """The same transcript costs a full-history chain several times as much at the end as at the beginning."""
    assert measured["full-history prompt, about turn 60 to about 3"].value > 4
    assert measured["full history, times the voice"].value > 4


def test_the_analysts_prompts_are_counted_where_they_are_joined() -> None:
    """Each closed unit with a band adds its requests to the whole interview's figure."""
    asked = Request(Purpose.ANALYST, "analyst.v1", "Judge.", "This.")
    measured = {figure.name: figure for figure in tokens.figures(lambda _: [asked])}
    graded = measured["analyst prompts, whole interview"]
    assert graded.value == int(graded.of.split()[0]) * tokens.tokens(asked.messages)
    assert measured["voice and analyst, whole interview"].value == (
        measured["voice prompts, whole interview"].value + graded.value
    )
