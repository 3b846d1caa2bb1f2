"""The decision card of a stage, and how long an answer takes to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.concision import MOST_SECONDS, SCREENING_CRITERIA, screening_grades, seconds_to_say, too_long
from prepbot.domain.decision import DecisionCard, JudgedUnit, StageDecision, Verdict, decide, known_criteria
from prepbot.domain.evidence import Evidence, Flag, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.exercise_grade import EXERCISE_CRITERION, exercise_grades
from prepbot.domain.exercise_marks import ExerciseMarks, ExperimentMark, FigureMark, FigureVerdict
from prepbot.domain.offer_rubric import OFFER_CRITERIA
from prepbot.domain.role import StageKind
from prepbot.domain.rubric import CRITERIA, Criterion, CriterionGrade, Grade, NotGraded, grade
from prepbot.reading.decisions import load_decisions
from tests.examples import evidences

RULES = load_decisions()
CRITERIA_OF = {
    StageKind.SCREENING: SCREENING_CRITERIA,
    StageKind.ASSESSMENT: (EXERCISE_CRITERION, *CRITERIA),
    StageKind.OFFER: OFFER_CRITERIA,
}
ANSWER = "We lost carts at the till, so I cut the form and conversion rate rose to 3 percent."


def at(criterion: Criterion, level: int, *spans: Span) -> CriterionGrade:
    """A criterion at a level."""
    return CriterionGrade(criterion.id, level, spans, criterion.anchors[level])


def unit(kind: StageKind, share: float, number: int = 1, **levels: int) -> JudgedUnit:
    """A question graded on each of its stage's criteria at a share of its levels, some at a level of their own."""
    grades = [
        at(c, levels.get(c.id, int(share * (len(c.anchors) - 1))), Span(27, 41))
        for c in CRITERIA_OF.get(kind, CRITERIA)
    ]
    return JudgedUnit(number, (ANSWER,), tuple(grades))


@pytest.mark.parametrize("kind", StageKind)
def test_full_levels_advance_and_none_do_not(kind: StageKind) -> None:
    """At the top of every criterion each kind of stage says advance, at the bottom of all would not advance."""
    assert decide([unit(kind, 1.0)], RULES[kind]).verdict is Verdict.ADVANCE
    card = decide([unit(kind, 0.0)], RULES[kind])
    assert card.verdict is Verdict.NOT_ADVANCE
    assert not any(reason.speaks_for for reason in card.reasons)


@given(
    st.sampled_from(list(StageKind)),
    st.lists(st.dictionaries(st.sampled_from(range(5)), st.integers(0, 4)), min_size=1, max_size=4),
)
def test_a_verdict_has_two_reasons_in_the_criterions_own_words(kind: StageKind, places: list[dict[int, int]]) -> None:
    """Whatever the levels, a card carries two different criteria, each with the anchor of a level that was reached."""
    graded_on = CRITERIA_OF.get(kind, CRITERIA)
    units = [
        JudgedUnit(
            n, (ANSWER,), tuple(at(c, min(levels.get(i, 0), len(c.anchors) - 1)) for i, c in enumerate(graded_on))
        )
        for n, levels in enumerate(places, start=1)
    ]
    card = decide(units, RULES[kind])
    assert len({reason.criterion for reason in card.reasons}) == 2
    anchors = {criterion.id: criterion.anchors for criterion in graded_on}
    assert all(reason.anchor in anchors[reason.criterion] and reason.why for reason in card.reasons)
    if card.verdict is Verdict.ADVANCE:
        assert all(reason.speaks_for for reason in card.reasons)
    else:
        assert not card.reasons[0].speaks_for


@given(st.sampled_from(list(StageKind)), st.lists(st.floats(0, 1), min_size=1, max_size=4), st.data())
def test_a_higher_level_never_makes_a_verdict_worse(kind: StageKind, shares: list[float], data: st.DataObject) -> None:
    """Raising one criterion on one question leaves the verdict or betters it."""
    order = [Verdict.NOT_ADVANCE, Verdict.BORDERLINE, Verdict.ADVANCE]
    units = [unit(kind, share, n) for n, share in enumerate(shares, start=1)]
    criterion = data.draw(st.sampled_from(CRITERIA_OF.get(kind, CRITERIA)))
    better = [unit(kind, shares[0], 1, **{criterion.id: len(criterion.anchors) - 1}), *units[1:]]
    before, after = decide(units, RULES[kind]).verdict, decide(better, RULES[kind]).verdict
    assert before is not None
    assert after is not None
    assert order.index(after) >= order.index(before)


def test_a_reason_quotes_the_words_that_earned_it() -> None:
    """The card shows the candidate's own words for the level, and the question they stand in."""
    card = decide([unit(StageKind.INTERVIEW, 1.0, 4)], RULES[StageKind.INTERVIEW])
    assert [reason.number for reason in card.reasons] == [4, 4]
    assert all(reason.quote and reason.quote in ANSWER for reason in card.reasons)


def test_a_borderline_card_shows_one_reason_on_each_side() -> None:
    """What held it back comes first, what speaks for it second."""
    card = decide([unit(StageKind.INTERVIEW, 1.0, kpis=1)], RULES[StageKind.INTERVIEW])
    assert card.verdict is Verdict.BORDERLINE
    assert [(reason.criterion == "kpis", reason.speaks_for) for reason in card.reasons] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize(
    ("units", "notice"),
    [
        ([], "No question was asked"),
        ([JudgedUnit(1, (), None)], "Nothing in this stage was graded"),
        ([JudgedUnit(1, ("",), NotGraded("Nothing was said to the question."))], "Nothing was said to the question."),
        ([unit(StageKind.INTERVIEW, 1.0), JudgedUnit(2, (), None), JudgedUnit(3, (), None)], "Only 1 of 3 questions"),
    ],
)
def test_what_was_not_graded_decides_nothing(units: list[JudgedUnit], notice: str) -> None:
    """No verdict where too little was graded, and one sentence that says why."""
    card = decide(units, RULES[StageKind.INTERVIEW])
    assert isinstance(card, DecisionCard)
    assert (card.verdict, card.reasons) == (None, ())
    assert notice in card.notice


@given(evidences)
def test_an_answer_in_band_5_advances_in_an_interview(evidence: Evidence) -> None:
    """The lines of an interview agree with the ladder of bands at its top and at its bottom."""
    graded = grade(evidence)
    if not isinstance(graded, Grade):
        return
    verdict = decide([JudgedUnit(1, (" " * 400,), graded.criteria)], RULES[StageKind.INTERVIEW]).verdict
    if graded.band == 5 and evidence.ownership is Ownership.I:
        assert verdict is Verdict.ADVANCE
    if graded.band == 1:
        assert verdict is Verdict.NOT_ADVANCE


def test_every_stage_decides_on_criteria_it_is_graded_on() -> None:
    """Each kind has a rule of two lines at least, on criteria of its own rubric."""
    assert set(RULES) == set(StageKind)
    for kind, rule in RULES.items():
        assert len(rule.lines) >= 2
        assert {line.criterion for line in rule.lines} <= known_criteria(kind)


def test_ninety_seconds_are_225_words() -> None:
    """At 150 words a minute 225 words are said in 90 seconds; one more minute is told."""
    assert seconds_to_say("word " * 225) == MOST_SECONDS
    assert too_long("word " * 225) == ""
    assert "about 150 seconds" in too_long("word " * 375)
    assert seconds_to_say("") == 0


def test_a_screening_is_graded_for_fit_and_concision() -> None:
    """An own action with a KPI is a full fit; each answer of the unit has to be short by itself."""
    told = Evidence(
        words=20,
        relevance=2,
        action=Span(0, 10),
        ownership=Ownership.I,
        kpis=(KpiReference("Conversion Rate", KpiLevel.MENTIONED, Span(12, 20)),),
    )
    assert [g.level for g in screening_grades(told, [ANSWER, ANSWER])] == [3, 1]
    assert [g.level for g in screening_grades(told, [ANSWER, "word " * 300])] == [3, 0]
    empty = Evidence(words=0, relevance=0, flags=frozenset({Flag.NO_ANSWER}))
    assert [g.level for g in screening_grades(empty, ["no idea"])] == [0, 0]


def test_an_exercise_counts_by_whole_thirds_of_what_was_solved() -> None:
    """Nothing tried is level 0, a right figure without a next step level 1, everything level 3, with its words."""
    right, none = FigureMark("rate", FigureVerdict.RIGHT, Span(0, 4)), FigureMark("rate", FigureVerdict.MISSING)
    step = ExperimentMark(Span(5, 9), Span(10, 12), Span(13, 15))
    levels = [
        exercise_grades(ExerciseMarks((figure,), None, experiment))[0]
        for figure, experiment in ((none, ExperimentMark()), (right, ExperimentMark()), (right, step))
    ]
    assert [grade.level for grade in levels] == [0, 1, 3]
    assert levels[2].spans == (Span(0, 4), Span(5, 9))
    assert levels[0].spans == ()


def test_an_offer_is_judged_as_a_talk() -> None:
    """Nobody advances from an offer, so its verdict and what stands beside it speak of the talk."""
    card = DecisionCard(Verdict.ADVANCE, ())
    offer, panel = (StageDecision("Last room", (1,), card, kind) for kind in (StageKind.OFFER, StageKind.PANEL))
    assert (offer.words, panel.words) == ("well negotiated", "advance")
    assert offer.afterwards != panel.afterwards
