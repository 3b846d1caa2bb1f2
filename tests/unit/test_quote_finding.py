"""Quotations of a model are found where they stand in the answer, as the answer has them, or they are dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from prepbot.domain.evidence import Span
from prepbot.language.quote_finding import NEAR, find_quote, folded

ANSWER = (
    "Last spring I ran the checkout of a small wine shop. We didn't know why people left, so I tested it for two "
    "weeks. Cart abandonment fell from 77 to 66 percent — “a relief”, as my boss said."
)
LATER = "More of them came back, because nobody was surprised at the end any more."


def _found(quote: str, *elsewhere: str, beyond: tuple[Span, ...] = ()) -> str:
    span = find_quote(quote, [ANSWER, LATER], beyond, elsewhere).span
    return span.cut([ANSWER, LATER][span.turn]) if span else ""


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("I tested it for two weeks", "I tested it for two weeks"),
        ("i TESTED  it\nfor two weeks.", "I tested it for two weeks"),
        ("‘We didn’t know why’", "We didn't know why"),
        ('"a relief", as my boss said', "a relief”, as my boss said"),
        ("fell from 77 to 66 percent - “a relief”", "fell from 77 to 66 percent — “a relief"),
        ("ran the chekout of a small wine shop", "ran the checkout of a small wine shop"),
        ("More of them came back, because nobody was suprised", "More of them came back, because nobody was surprised"),
        ("abandonment fell … from", "abandonment fell from"),
        ("tes\u200bted it for two weeks", "tested it for two weeks"),
    ],
)
def test_case_blanks_marks_and_slips_do_not_hide_a_quotation(quote: str, words: str) -> None:
    """A quotation is found with other case, blanks, marks or a letter wrong, and shown as the answer has it."""
    assert _found(quote) == words


@pytest.mark.parametrize(
    "quote",
    [
        "Cart abandonment fell from 77 to 60 percent",
        "We did know why people left, so I tested it",
        "we tested it for two weeks",
        "we doubled revenue in a month",
        "weeks",
        "",
        "…",
    ],
)
def test_what_was_not_said_is_not_found(quote: str) -> None:
    """Another figure, another subject, a lost “not”, an invention or a single word names no place."""
    assert _found(quote) == ""


def test_the_words_of_others_are_nobodys_own() -> None:
    """What stands in the question or on the role page is dropped, though it stands in the answer too."""
    assert _found("Cart abandonment fell", "Tell me when cart abandonment fell.") == ""
    assert _found("ran the checkout of a small wine shop", "He runs the checkout of a small wine shop.") == ""


def test_nothing_is_quoted_from_words_that_were_set_aside() -> None:
    """A quotation that reaches into words for the grader is dropped."""
    start = ANSWER.index("We didn't")
    assert _found("We didn't know why", beyond=(Span(start, start + 5),)) == ""
    assert _found("We didn't know why", beyond=(Span(start, start + 5, 1),)) == "We didn't know why"


def test_a_place_with_whole_words_comes_first() -> None:
    """Where the words stand inside longer ones first, the whole words further on are meant."""
    place = find_quote("art fell", ["Cart fellow, and then the art fell."])
    assert place.span is not None
    assert place.span.cut("Cart fellow, and then the art fell.") == "art fell"


@given(text=st.text("aé ’“-.,XI7\n", min_size=4, max_size=80), start=st.integers(0, 70), length=st.integers(3, 40))
def test_any_piece_of_an_answer_is_found_at_its_place(text: str, start: int, length: int) -> None:
    """Whatever piece of the answer is quoted, its place holds it; where it is too short nothing is claimed."""
    quote = text[start : start + length]
    place = find_quote(quote, [text])
    if place.span is None:
        assert "short" in place.why or "no quotation" in place.why
        return
    wanted = folded(quote)[0].strip(" \"'.,;:!?…-[]()")
    assert wanted in folded(place.span.cut(text))[0]


_WORD = st.sampled_from(["I", "we", "sold", "the", "shop", "carts", "rose", "never", "12", "quickly", "people"])
_SAID = st.lists(_WORD, min_size=1, max_size=20).map(" ".join)


@given(answers=st.lists(_SAID, min_size=1, max_size=3), quote=_SAID | st.text(max_size=40))
def test_no_place_is_far_from_its_quotation(answers: list[str], quote: str) -> None:
    """A place that is named holds words that are nearly those of the quotation, whole, in the answer it names."""
    span = find_quote(quote, answers).span
    if span is None:
        return
    words = span.cut(answers[span.turn])
    assert set(words.split()) <= set(answers[span.turn].split())
    assert fuzz.partial_ratio(folded(quote)[0].strip(), folded(words)[0]) >= NEAR
