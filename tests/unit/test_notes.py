"""Notes from stage to stage: what is worth carrying, which claim is weakest, and how a later stage asks about it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.across_stages import lines, taken_up
from prepbot.analysis.claims import FigureReader, arguable_decisions
from prepbot.domain.contradiction import Contradiction, ContradictionKind, Quoted, Said
from prepbot.domain.events import Answered, Assessed, Event, MoveKind, Spoke, Started
from prepbot.domain.evidence import Evidence, Flag, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.heard import ClaimKind
from prepbot.domain.interview import Interview, fold
from prepbot.domain.notes import answers_of, claims_of, known_before, stage_notes
from prepbot.domain.plan import Length, Seat, plan_interview
from prepbot.domain.role import QuestionKind, StageKind
from prepbot.domain.stage_profile import Interviewer
from prepbot.domain.take_up import Objection
from prepbot.domain.weak_claims import BECAUSE, WeakClaim, Weakness, weak_claims
from tests.examples import PROFILES, role

ANSWER = "At the bike shop I rebuilt the checkout, and conversion went up to 3.1 percent."
ACTION, RESULT, NUMBER = Span(17, 39), Span(45, 78), Span(67, 78)
QUANTIFIED = KpiReference("Conversion Rate", KpiLevel.QUANTIFIED, RESULT, number=NUMBER, in_result=True)
USED = KpiReference("Conversion Rate", KpiLevel.USED, Span(45, 55), in_result=True)
WHOLE = Evidence(
    words=14, relevance=2, kpis=(QUANTIFIED,), action=ACTION, result=RESULT, steps=(ACTION,), ownership=Ownership.I
)


def interview(
    answers: Sequence[Sequence[tuple[str, Evidence]]], kind: QuestionKind = QuestionKind.BACKGROUND
) -> Interview:
    """One stage for each inner list, one question in it, an answer and its follow-ups each with evidence."""
    kinds = (StageKind.SCREENING, StageKind.INTERVIEW, StageKind.EXECUTIVE)[: len(answers)]
    plan = plan_interview(role(12, kinds), PROFILES, Length.SHORT, seed=1)
    stages = [
        replace(stage, questions=(replace(stage.questions[0], kind=kind), *stage.questions[1:]))
        for stage in plan.stages
    ]
    events: list[Event] = [Started(replace(plan, stages=tuple(stages)))]
    for stage, turns in enumerate(answers):
        question = stages[stage].questions[0]
        for turn, (text, evidence) in enumerate(turns):
            move = MoveKind.PROBE if turn else MoveKind.ASK
            events.append(Spoke(move, stage, "And then?" if turn else question.text, question.id))
            events.append(Answered(text))
            events.append(Assessed(len(events) - 1, "rules", evidence))
        events.append(Spoke(MoveKind.CLOSE, stage, "Thank you."))
    return fold(enumerate(events))


def weaknesses(evidence: Evidence, kind: QuestionKind = QuestionKind.PAST_BEHAVIOUR) -> list[Weakness]:
    """The weaknesses of one answer as a later stage sees them."""
    return [weak.weakness for weak in weak_claims(interview([[(ANSWER, evidence)]], kind), before_stage=1)]


def test_a_note_quotes_the_claim_with_its_place_its_number_and_its_owner() -> None:
    """The KPI of a result comes first, with the stage, the answer's event, the figure and what it is of."""
    sat = interview([[(ANSWER, WHOLE)]])
    [note] = stage_notes(sat)
    first = note.claims[0]
    assert (first.kind, first.kpi, first.bound_to, first.ownership) == (
        ClaimKind.KPI,
        "Conversion Rate",
        "Conversion Rate",
        Ownership.I,
    )
    assert first.quoted.words == "conversion went up to 3.1 percent"
    assert first.number is not None
    assert first.number.cut(ANSWER) == "3.1 percent"
    assert (first.quoted.said.stage, first.quoted.said.seq) == (0, sat.units[0].answers[0].seq)


def test_words_that_a_better_claim_quotes_are_not_noted_twice() -> None:
    """The sentence with the KPI is one note; an action in another sentence stands beside it, once in the interview."""
    [note] = stage_notes(interview([[(ANSWER, WHOLE)]]))
    assert [claim.kind for claim in note.claims] == [ClaimKind.KPI]
    apart = replace(WHOLE, action=Span(len(ANSWER) + 1, len(ANSWER) + 35))
    told = (f"{ANSWER} I tested each change for two weeks.", apart)
    [first] = stage_notes(interview([[told], [told]]))
    assert [claim.kind for claim in first.claims] == [ClaimKind.KPI, ClaimKind.DEED]


def test_a_note_of_a_follow_up_points_into_the_reply() -> None:
    """What a follow-up brought out is quoted from the reply to it, in its turn."""
    first = replace(WHOLE, kpis=(), result=None)
    reply = Evidence(words=5, relevance=2, result=Span(0, 14))
    [note] = stage_notes(interview([[(ANSWER, first), ("Returns halved after that.", reply)]]))
    result = note.claims[0]
    assert (result.quoted.words, result.quoted.span.turn, result.quoted.said.question) == (
        "Returns halved",
        1,
        "And then?",
    )


def test_an_answer_that_was_no_answer_leaves_no_note() -> None:
    """Gibberish, an answer to something else and an answer not looked at yet are not carried."""
    gibberish = replace(WHOLE, flags=frozenset({Flag.GIBBERISH}))
    assert stage_notes(interview([[(ANSWER, gibberish)]])) == ()
    assert stage_notes(interview([[(ANSWER, replace(WHOLE, relevance=0))]])) == ()
    unread = replace(interview([[(ANSWER, WHOLE)]]).units[0], answers=())
    assert claims_of(unread) == ()


def test_a_stage_knew_what_the_stages_before_it_left() -> None:
    """The second stage knew the first one's notes and not its own."""
    sat = interview([[(ANSWER, WHOLE)], [(ANSWER, WHOLE)]])
    assert [note.stage for note in known_before(stage_notes(sat), 1)] == [0]
    assert known_before(stage_notes(sat), 0) == ()


def test_a_stage_leaves_a_handful_of_notes() -> None:
    """No stage leaves more notes than asked for, the best ones."""
    [note] = stage_notes(interview([[(ANSWER, WHOLE)]]), most=1)
    assert [claim.kind for claim in note.claims] == [ClaimKind.KPI]


def test_figures_and_periods_beside_no_kpi_are_read_from_the_words() -> None:
    """A count carries its noun, a period when it began; both quote their clause."""
    said = Said("Where do you work?", "I run a ward with 28 beds, and I have been there since March 2021.")
    figure, period = FigureReader()(said)
    assert (figure.kind, figure.bound_to, figure.quoted.words) == (
        ClaimKind.FIGURE,
        "beds",
        "I run a ward with 28 beds",
    )
    assert (period.kind, period.bound_to) == (ClaimKind.PERIOD, "start")
    assert period.number is not None


@pytest.mark.parametrize(
    ("answer", "large"),
    [
        ("Sales doubled in one year.", True),
        ("We went from 20 to 80 orders a day.", True),
        ("We went from 20 to 25 orders a day.", False),
        ("We had 80 orders a day.", False),
    ],
)
def test_a_change_to_the_double_is_large(answer: str, large: bool) -> None:
    """A change to the double or more is marked, a level never is."""
    assert any(claim.large for claim in FigureReader()(Said("", answer))) is large


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, []),
        ({"ownership": Ownership.WE}, [Weakness.OWNERSHIP_UNCLEAR]),
        ({"kpis": (USED,)}, [Weakness.KPI_WITHOUT_NUMBER]),
        ({"kpis": (), "result": Span(45, 63)}, [Weakness.RESULT_WITHOUT_NUMBER]),
        ({"kpis": (USED,), "ownership": Ownership.WE}, [Weakness.OWNERSHIP_UNCLEAR, Weakness.KPI_WITHOUT_NUMBER]),
        ({"flags": frozenset({Flag.GIBBERISH}), "kpis": ()}, []),
    ],
)
def test_a_claim_is_weak_for_a_named_reason(change: dict[str, object], expected: list[Weakness]) -> None:
    """A result of nobody's, a KPI without a number, a result without one; a whole answer has no weak claim."""
    assert weaknesses(replace(WHOLE, **change)) == expected  # type: ignore[arg-type]


def test_a_plan_has_no_result_to_own() -> None:
    """What a hypothetical answer expects is nobody's result yet."""
    assert weaknesses(replace(WHOLE, ownership=Ownership.WE), QuestionKind.HYPOTHETICAL) == []


def test_a_large_figure_is_weakest_unless_its_steps_were_told() -> None:
    """A doubling without steps comes first; two steps explain it."""
    text = "We worked hard and sales doubled."
    bare = Evidence(words=6, relevance=2, action=Span(0, 14), result=Span(19, 32), ownership=Ownership.WE)
    sat = interview([[(text, bare)]], QuestionKind.PAST_BEHAVIOUR)
    first = weak_claims(sat, 1, FigureReader())[0]
    assert (first.weakness, first.because) == (Weakness.LARGE_FIGURE, BECAUSE[Weakness.LARGE_FIGURE])
    told = replace(bare, steps=(Span(0, 14), Span(3, 14)))
    found = weak_claims(interview([[(text, told)]], QuestionKind.PAST_BEHAVIOUR), 1, FigureReader())
    assert Weakness.LARGE_FIGURE not in [weak.weakness for weak in found]


def test_a_follow_up_that_closed_the_hole_makes_the_claim_strong() -> None:
    """A number given to the follow-up is read with the first answer."""
    reply = Evidence(words=3, relevance=2, kpis=(replace(QUANTIFIED, span=Span(0, 11), number=Span(0, 11)),))
    sat = interview([[(ANSWER, replace(WHOLE, kpis=(USED,))), ("3.1 percent in the end.", reply)]])
    assert weak_claims(sat, 1) == ()


def test_only_earlier_stages_are_looked_through() -> None:
    """The stage that asks does not count its own answers."""
    sat = interview([[(ANSWER, replace(WHOLE, ownership=Ownership.WE))]])
    assert weak_claims(sat, before_stage=0) == ()


def test_a_decision_without_its_price_can_be_argued_with() -> None:
    """A decision is found where neither it nor the next sentence says what it cost."""
    said = [
        Said("", "We stopped the print catalogue in May. Nobody missed it."),
        Said("", "I chose the cheap carrier. It cost us two customers."),
        Said("", "I would have chosen another one. Have we decided?"),
    ]
    assert [quoted.words for quoted in arguable_decisions(said)] == ["We stopped the print catalogue in May."]


QUOTE = Quoted(Said("", ANSWER), ACTION)
OTHER = Quoted(Said("", "We rebuilt it together."), Span(0, 22))
SEAT = Seat(Interviewer("Mai Nguyen", "IT lead", "mai", "Wants to know."), "fewer changes last longer")


@given(seed=st.integers(0, 50), kind=st.sampled_from(ContradictionKind), weakness=st.sampled_from(Weakness))
def test_every_line_quotes_the_candidate_and_ends_with_a_question(
    seed: int, kind: ContradictionKind, weakness: Weakness
) -> None:
    """Both quotes stand side by side, a weak claim and a decision are quoted, and each line asks one question."""
    both = taken_up(Contradiction(kind, QUOTE, OTHER, 1.0), seed)
    again = taken_up(WeakClaim(weakness, QUOTE, "Conversion Rate"), seed)
    against = taken_up(Objection(SEAT, QUOTE), seed)
    assert SEAT.counter in against
    assert f"“{OTHER.short}”" in both
    for text in (both, again, against):
        assert f"“{QUOTE.short}”" in text
        assert text.endswith("?")
        assert "{" not in text
        assert "!" not in text


def test_every_kind_has_lines() -> None:
    """The file words every kind of contradiction and every weakness, each in several ways, and nothing else."""
    assert set(lines()["contradiction"]) == set(ContradictionKind)
    assert set(lines()["weakest"]) == set(Weakness)
    assert all(len(options) > 1 for table in lines().values() for options in table.values())


@given(texts=st.lists(st.text(max_size=120), max_size=4))
def test_any_strings_are_read_into_claims_with_words(texts: list[str]) -> None:
    """Whatever is typed, every claim and decision is cut from its own answer."""
    said = [Said("", text) for text in texts]
    quoted = [claim.quoted for one in said for claim in FigureReader()(one)]
    for one in (*quoted, *arguable_decisions(said)):
        assert one.words.strip()
        assert one.span.end <= len(one.said.text)


def test_answers_stand_beside_what_they_reply_to() -> None:
    """The first answer stands beside its question, the second beside its follow-up."""
    sat = interview([[(ANSWER, WHOLE), ("More.", WHOLE)]])
    asked = sat.units[0].question.text
    assert [(said.question, said.text, said.turn) for said in answers_of(sat.units[0])] == [
        (asked, ANSWER, 0),
        ("And then?", "More.", 1),
    ]
