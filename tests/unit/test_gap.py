"""Gaps: each hole in the evidence has its follow-up, and a quotation is the candidate's own words."""

from dataclasses import replace

import pytest

from prepbot.domain.evidence import Evidence, Flag, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.gap import BECAUSE, Gap, GapKind, gaps
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

NEAR = (KpiReference("Bounce Rate", KpiLevel.USED, Span(43, 66)),)


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
        ({"kpis": (KpiReference("Bounce Rate", KpiLevel.USED, Span(43, 66)),)}, GapKind.KPI_WITHOUT_NUMBER),
        (
            {"kpis": (), "unclear_kpis": (KpiReference("Bounce Rate", KpiLevel.USED, Span(43, 66)),)},
            GapKind.UNCLEAR_KPI,
        ),
        ({"relevance": 0, "action": None, "steps": ()}, GapKind.OFF_QUESTION),
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


def test_words_near_a_kpi_are_not_asked_about_where_another_is_in_use() -> None:
    """A guess at a KPI is worth a question only where the answer has put none to use."""
    assert kinds(replace(WHOLE, unclear_kpis=NEAR)) == []


def test_a_guess_at_a_kpi_is_asked_last() -> None:
    """What is surely missing is asked for before what a word may have meant."""
    assert kinds(replace(WHOLE, kpis=(), result=None, unclear_kpis=NEAR)) == [GapKind.NO_RESULT, GapKind.UNCLEAR_KPI]


def test_where_only_we_acts_the_own_part_is_asked_for() -> None:
    """“We” throughout leaves open who it was."""
    answer = ANSWER.replace(" I ", " we ")
    found = gaps([replace(WHOLE, action=Span(17, 40), ownership=Ownership.WE)], [answer], QuestionKind.PAST_BEHAVIOUR)
    assert found == (Gap(GapKind.WE_WITHOUT_I, "we rebuilt the checkout"),)


def test_somebody_whose_quoted_words_say_i_is_not_asked_for_the_own_part() -> None:
    """Where "we" prevails but the action to be quoted is the candidate's own, asking whose it was would be deaf."""
    assert kinds(replace(WHOLE, ownership=Ownership.WE, action=Span(17, 37))) == []


def test_a_would_in_passing_does_not_make_a_told_case_a_plan() -> None:
    """“So they could see it” belongs to a story; only “I would” and “I'd” plan."""
    told = "At a shop I kept a tally on the wall every day of that long year, so they could see it. Complaints fell."
    evidence = replace(WHOLE, kpis=(), action=Span(10, 87), situation=Span(0, 9), result=Span(88, 104))
    assert gaps([evidence], [told], QuestionKind.HYPOTHETICAL) == ()


@pytest.mark.parametrize(
    "answer",
    [
        "Can you repeat the question, please? I want to be sure I have it.",
        "Do you mean in a small company or in a large one?",
        "Good question. How do you do it here?",
        "Sorry, what was the question? I had a message coming in.",
    ],
)
def test_a_question_that_comes_back_is_answered_and_not_probed(answer: str) -> None:
    """Somebody who asks back hears the question again and is not asked for steps or results."""
    bare = Evidence(words=9, relevance=2, situation=Span(0, 8))
    assert [gap.kind for gap in gaps([bare], [answer], QuestionKind.PAST_BEHAVIOUR)] == [GapKind.ASKED_BACK]


def test_a_statement_before_a_question_is_an_answer() -> None:
    """Somebody who tells something and then wants to go on has not asked for the question."""
    answer = "My back's had enough of nights. That's the whole story, so can we wrap this up?"
    found = gaps([Evidence(words=15, relevance=2)], [answer], QuestionKind.BACKGROUND)
    assert found == (Gap(GapKind.NO_ACTION, "My back's had enough of nights"),)


def test_the_answer_after_the_question_was_put_again_is_the_one_taken_up() -> None:
    """What was said before the question came again is not quoted."""
    asked = Evidence(words=8, relevance=2, situation=Span(0, 24))
    told = Evidence(words=7, relevance=2, situation=Span(0, 32))
    answers = ["I want to be sure I have it.", "At the depot we had late lorries."]
    found = gaps([asked, told], answers, QuestionKind.BACKGROUND)
    assert [gap.kind for gap in found] == [GapKind.NO_ACTION]
    assert found[0].quote == "At the depot we had late lorries"


def test_an_answer_that_ends_with_a_question_is_still_an_answer() -> None:
    """Told first and asked after, the telling counts."""
    answer = "A haulier had given notice. I drove there and sat with them for two days. Is that what you want to hear?"
    evidence = Evidence(words=20, relevance=2, situation=Span(0, 27), action=Span(28, 72), ownership=Ownership.I)
    found = gaps([evidence], [answer], QuestionKind.PAST_BEHAVIOUR)
    assert [(gap.kind, gap.quote) for gap in found] == [
        (GapKind.NO_RESULT, "I drove there and sat with them for two days")
    ]


def test_an_answer_without_an_action_is_probed_in_its_own_words() -> None:
    """Where nothing was read as evidence the follow-up still takes up what was said."""
    answer = "It depends on the day, really."
    found = gaps([Evidence(words=6, relevance=2)], [answer], QuestionKind.PAST_BEHAVIOUR)
    assert found == (Gap(GapKind.NO_ACTION, "It depends on the day, really"),)
