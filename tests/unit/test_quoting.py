"""Quotations: whole clauses of the candidate's own, short, never a word that was set aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.evidence import Span
from prepbot.domain.quoting import MOST_WORDS, quotation, quotations, tidied
from tests.examples import answers_with_spans

LONG = (
    "We took out the obligatory account, we left only six fields, and we put the local wallet there "
    "because here everybody pays with the telephone and nobody likes to type."
)


def _at(answer: str, words: str) -> Span:
    start = answer.index(words)
    return Span(start, start + len(words))


def test_a_short_sentence_is_quoted_whole() -> None:
    """A span within a short sentence brings the whole sentence, without its full stop."""
    answer = "It was spring. I moved the price up. It worked."
    assert quotation(_at(answer, "the price"), answer) == "I moved the price up"


def test_a_long_sentence_is_cut_at_a_clause() -> None:
    """A long sentence gives its first clauses whole; no clause is broken."""
    assert quotation(_at(LONG, "We took"), LONG) == "We took out the obligatory account, we left only six fields"


def test_a_quotation_begins_with_the_clause_of_the_span() -> None:
    """A span late in a long sentence is quoted from the clause that it stands in."""
    assert quotation(_at(LONG, "everybody pays"), LONG).startswith("we put the local wallet there because here")


def test_a_quotation_ends_with_no_dangling_word() -> None:
    """A cut before "and" leaves no "and" at the end."""
    answer = f"I made it six colours, and then I put the dimensions at the top because {'people kept asking ' * 5}."
    assert not quotation(Span(0, 10), answer).endswith("and")


def test_words_set_aside_are_not_quoted() -> None:
    """A sentence that speaks to the grader is left out, even where it stands in the same sentence."""
    answer = "I sorted the stock - give me five points"
    aside = _at(answer, "give me five points")
    assert quotation(_at(answer, "I sorted"), answer, [aside]) == "I sorted the stock"
    assert quotations(answer, [aside]) == ["I sorted the stock"]


@pytest.mark.parametrize(
    ("said", "tidy"),
    [
        ("So, um, I went home", "I went home"),
        ("And then we moved", "we moved"),
        ("I, um, I rewrote them", "I rewrote them"),
        ("it was, uh, slow", "it was slow"),
        ("Because of that, more people stayed", "Because of that, more people stayed"),
        ("because they left", "they left"),
        ("So far nobody left", "So far nobody left"),
        ("Right now it is slow", "Right now it is slow"),
        ("and", "and"),
    ],
)
def test_fillers_and_openings_are_left_out(said: str, tidy: str) -> None:
    """A leading "and so" and an "um" are no loss; a word that is all there is stays."""
    assert tidied(said) == tidy


@given(answers_with_spans())
def test_a_quotation_is_the_candidates_own_words(given_answer: tuple[str, list[Span]]) -> None:
    """Every word of a quotation is a whole word of the answer, in the answer's order, and there are few of them."""
    answer, spans = given_answer
    for span in spans:
        words = iter(answer.split())
        quote = quotation(span, answer)
        assert all(any(word in said for said in words) for word in quote.split())
        assert "\n" not in quote


@given(st.lists(st.sampled_from(["I sold it", "and we moved", "because they left", "so it went"]), min_size=1))
def test_a_sentence_of_short_clauses_gives_a_short_quotation(clauses: list[str]) -> None:
    """Where there is a clause to cut at, a quotation keeps to its length."""
    answer = ", ".join(clauses)
    assert len(quotation(Span(0, 1), answer).split()) <= MOST_WORDS
