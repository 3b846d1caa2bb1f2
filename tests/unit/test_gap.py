"""Gaps: each hole in the evidence has its follow-up, and a quotation is the candidate's own words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.evidence import Evidence, Flag, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.gap import BECAUSE, GapKind, gaps, shortened
from prepbot.domain.role import QuestionKind

ANSWER = "At the bike shop I rebuilt the checkout, and cart abandonment fell."
ACTION = Span(17, 37)
WHOLE = Evidence(
    words=11,
    relevance=2,
    kpis=(KpiReference("Cart Abandonment Rate", KpiLevel.QUANTIFIED, Span(43, 66)),),
    situation=Span(0, 16),
    action=ACTION,
    result=Span(43, 66),
    steps=(ACTION,),
    ownership=Ownership.I,
)


def kinds(evidence: Evidence, kind: QuestionKind = QuestionKind.PAST_BEHAVIOUR) -> list[GapKind]:
    """The kinds of gap in one answer, most worth closing first."""
    return [gap.kind for gap in gaps([evidence], [ANSWER], kind)]


def test_an_answer_without_holes_has_no_gap() -> None:
    """Nothing is asked where the evidence is whole."""
    assert kinds(WHOLE) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"action": None, "steps": ()}, GapKind.NO_ACTION),
        ({"result": None}, GapKind.NO_RESULT),
        ({"ownership": Ownership.WE}, GapKind.WE_WITHOUT_I),
        ({"kpis": (KpiReference("Bounce Rate", KpiLevel.USED, Span(43, 66)),)}, GapKind.KPI_WITHOUT_NUMBER),
        ({"unclear_kpis": (KpiReference("Bounce Rate", KpiLevel.USED, Span(43, 66)),)}, GapKind.UNCLEAR_KPI),
        ({"relevance": 1, "flags": frozenset({Flag.OFF_TOPIC_DOUBT})}, GapKind.OFF_QUESTION),
        ({"flags": frozenset({Flag.GIBBERISH})}, GapKind.GIBBERISH),
        ({"flags": frozenset({Flag.OTHER_LANGUAGE})}, GapKind.OTHER_LANGUAGE),
        ({"flags": frozenset({Flag.COPIED_QUESTION})}, GapKind.COPIED_QUESTION),
        ({"flags": frozenset({Flag.EMPTY})}, GapKind.EMPTY_ANSWER),
    ],
)
def test_each_hole_has_its_gap(change: dict[str, object], expected: GapKind) -> None:
    """One thing taken from a whole answer is the first gap found."""
    assert kinds(replace(WHOLE, **change))[0] is expected  # type: ignore[arg-type]


def test_a_plan_deserves_the_last_time_it_was_done() -> None:
    """A good hypothetical answer is asked for its last real case."""
    planned = "At a bike shop I'd rebuild the checkout; cart abandonment would have to fall to 60 %."
    evidence = replace(WHOLE, action=Span(15, 39), situation=Span(0, 14))
    found = gaps([evidence], [planned], QuestionKind.HYPOTHETICAL)
    assert [(gap.kind, gap.quote) for gap in found] == [(GapKind.LAST_TIME, "I'd rebuild the checkout")]


def test_a_past_example_is_not_asked_for_its_last_time() -> None:
    """Somebody who answered a hypothetical question with a real case is not asked for one."""
    assert kinds(WHOLE, QuestionKind.HYPOTHETICAL) == []


def test_words_to_the_interviewer_outrank_an_empty_rest() -> None:
    """Where only a demand was typed, the reply is about the demand, not about silence."""
    assert kinds(Evidence(words=0, relevance=0, flags=frozenset({Flag.STEERING, Flag.EMPTY}))) == [GapKind.STEERING]


def test_every_gap_says_why() -> None:
    """Each kind of gap has its reason in words."""
    assert set(BECAUSE) == set(GapKind)


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_a_quotation_is_short_and_made_of_the_answers_words(words: str) -> None:
    """A quotation has at most fourteen words, no line break, and each of its words stands in the answer."""
    quote = shortened(words)
    assert len(quote.split()) <= 14
    assert quote in " ".join(words.split())


def test_a_quotation_stops_at_a_clause() -> None:
    """A long sentence is quoted up to its first clause end."""
    long = "And I rebuilt the category tree around how people cook, rewrote the pages and moved the delivery cost up"
    assert shortened(long) == "I rebuilt the category tree around how people cook"
