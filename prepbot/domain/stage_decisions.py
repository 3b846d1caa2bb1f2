"""The decision cards of an interview: every stage that was asked in, judged from its answer cards."""

from collections.abc import Mapping, Sequence

from prepbot.domain.concision import screening_grades
from prepbot.domain.decision import JudgedUnit, StageDecision, StageRule, decide
from prepbot.domain.exercise_grade import exercise_grades
from prepbot.domain.interview import Interview
from prepbot.domain.offer_rubric import OfferGrade
from prepbot.domain.plan import Length
from prepbot.domain.report import AnswerCard, asked_units
from prepbot.domain.role import StageKind
from prepbot.domain.rubric import Grade, NotGraded

Rules = Mapping[StageKind, StageRule]


def stage_decisions(interview: Interview, cards: Sequence[AnswerCard], rules: Rules) -> tuple[StageDecision, ...]:
    """One card a stage that was asked in, in the plan's order; none for a drill, which is no stage.

    `cards` are those of `asked_units(interview)`. In a stage that was left early its unasked questions count as not
    graded. An answer that was neither skipped nor graded by a rubric counts nowhere.
    """
    if interview.plan.length is Length.DRILL:
        return ()
    places = [unit.stage for unit in asked_units(interview)]
    found = []
    for place, stage in enumerate(interview.plan.stages):
        here = [card for at, card in zip(places, cards, strict=True) if at == place]
        units = [judged(stage.kind, card) for card in here if _counts(card)]
        if not units:
            continue
        if place not in interview.closed:
            asked = {card.question.id for card in here}
            units += [JudgedUnit(0, (), None) for question in stage.questions if question.id not in asked]
        numbers = tuple(card.number for card in here)
        found.append(StageDecision(stage.name, numbers, decide(units, rules[stage.kind]), stage.kind))
    return tuple(found)


def _counts(card: AnswerCard) -> bool:
    """Whether a card speaks for or against going on: not clearing something up, not the candidate's own questions."""
    return card.question.has_band and (card.skipped or card.grade is not None)


def judged(kind: StageKind, card: AnswerCard) -> JudgedUnit:
    """A card of the review as a unit to decide on.

    A screening is judged on fit and concision, an exercise by the tasks that were solved, a talk about an offer on its
    own criteria, others by the rubric.
    """
    answers = tuple(answer.text for answer in card.answers)
    if card.talk is not None and card.answers:
        talked = card.talk.grade
        return JudgedUnit(card.number, answers, talked.criteria if isinstance(talked, OfferGrade) else talked)
    if card.exercise is not None:
        return JudgedUnit(card.number, answers, exercise_grades(card.exercise))
    if not isinstance(card.grade, Grade) or card.evidence is None:
        return JudgedUnit(card.number, answers, card.grade if isinstance(card.grade, NotGraded) else None)
    if kind is StageKind.SCREENING:
        return JudgedUnit(card.number, answers, screening_grades(card.evidence, answers))
    return JudgedUnit(card.number, answers, card.grade.criteria)
