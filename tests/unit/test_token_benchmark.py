"""The token budget: a voice's prompt stays short and level over an interview of thirty questions."""

import pytest

from benchmarks import tokens
from benchmarks.figures import Figure
from tests.second_reader import QUESTION, unit


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


def test_the_analysts_prompts_are_in_the_whole(measured: dict[str, Figure]) -> None:
    """Nearly every question is read by the analyst, and what it is asked is in the figure of the whole interview."""
    graded = measured["analyst prompts, whole interview"]
    assert int(graded.of.split()[0]) >= 25
    assert measured["voice and analyst, whole interview"].value == (
        measured["voice prompts, whole interview"].value + graded.value
    )


def test_even_a_chain_of_questions_alone_costs_more(measured: dict[str, Figure]) -> None:
    """Without a greeting, a follow-up or a grade the chain takes over twice what voice and analyst take with them."""
    alone = measured["full-history prompts, questions alone"]
    assert alone.value < measured["full-history prompts, the same turns"].value
    assert alone.of.startswith("31 calls, one a question")
    assert measured["questions alone, last call to first"].value > 4
    assert measured["questions alone, times voice and analyst"].value > 2


def test_a_chain_of_questions_sends_all_that_was_said_before() -> None:
    """Its first call is the system prompt alone; each later one adds a question and its first answer, no follow-up."""
    units = [unit(f"First {name}.", f"Later {name}.") for name in ("one", "two", "three")]
    first, second, third = tokens.question_chain("Page.", units)
    assert first == [("system", "Page.")]
    assert second == [*first, ("assistant", QUESTION.text), ("user", "First one.")]
    assert third == [*second, ("assistant", QUESTION.text), ("user", "First two.")]
