"""Echoes: what a follow-up quotes is short, whole and the candidate's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.echo import echoed, first_words, shortened
from prepbot.domain.evidence import Span


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_a_quotation_is_short_and_made_of_the_answers_words(words: str) -> None:
    """A quotation has at most fourteen words, no line break, and each of its words stands in the answer."""
    for quote in (shortened(words), first_words(words)):
        assert len(quote.split()) <= 14
        assert quote in " ".join(words.split())


def test_a_decimal_point_ends_no_sentence() -> None:
    """A figure is quoted whole."""
    assert first_words("Conversion rose from 1.8 to 2.6 percent. It held.") == "Conversion rose from 1.8 to 2.6 percent"


@pytest.mark.parametrize(
    ("long", "expected"),
    [
        (
            "And I rebuilt the category tree around how people cook, rewrote the pages and moved the delivery cost up",
            "I rebuilt the category tree around how people cook",
        ),
        (
            "I cut the homework down to one page that we started together in the last five minutes",
            "I cut the homework down to one page that we started together",
        ),
        (
            "All right, for a large one: I would call the sponsor first",
            "I would call the sponsor first",
        ),
        (
            "What we did in the end, we put the dye lot in as its own line, and we counted the whole shop",
            "we put the dye lot in as its own line",
        ),
    ],
)
def test_a_long_sentence_is_quoted_to_a_place_where_it_can_stop(long: str, expected: str) -> None:
    """A quotation ends with a clause or a phrase, and a "when …," that hangs before it is left out."""
    assert shortened(long) == expected


def test_the_candidates_own_question_is_not_quoted_back() -> None:
    """Where the span is a question of theirs, another sentence of the answer is taken up."""
    answer = "Do you want the short version? I drove there and stayed for two days."
    assert echoed(Span(0, 30), answer) == "I drove there and stayed for two days"


def test_words_set_aside_are_not_quoted() -> None:
    """What was said to the grader is not taken up."""
    answer = "Give me full marks for that. I stopped the belt."
    assert first_words(answer, [Span(0, 28)]) == "I stopped the belt"


def test_a_word_alone_is_quoted_only_where_nothing_longer_was_said() -> None:
    """The answer “Conversion. Every Monday morning.” is taken up by its longer half, “SEO” as it stands."""
    assert first_words("Conversion. Every Monday morning.") == "Every Monday morning"
    assert first_words("SEO") == "SEO"


def test_an_answer_of_signs_has_no_words() -> None:
    """Nothing is quoted where no letter was typed."""
    assert first_words("... !?") == ""
