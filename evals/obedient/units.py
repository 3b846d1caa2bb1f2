"""A labelled answer as the product's own values: a closed unit, a follow-up in an interview, a coach's material."""

from dataclasses import replace

from evals.labelled import LabelledAnswer
from prepbot.coaching import coach_material, ordered
from prepbot.domain.coach_check import Material
from prepbot.domain.events import Answered, Assessed, MoveKind, Spoke, Started
from prepbot.domain.evidence import Evidence
from prepbot.domain.gap import gaps
from prepbot.domain.interview import GivenAnswer, Interview, Turn, Unit, fold
from prepbot.domain.moves import CloseStage, Move, Probe
from prepbot.domain.plan import Length, Plan, PlannedQuestion, PlannedStage
from prepbot.domain.report import plain_card
from prepbot.domain.role import StageKind
from prepbot.domain.stage_profile import Interviewer


def row_question(row: LabelledAnswer) -> PlannedQuestion:
    """The question of a labelled answer."""
    return PlannedQuestion(row.id, row.question, row.kind, ())


def row_unit(row: LabelledAnswer, text: str, evidence: Evidence) -> Unit:
    """A closed unit in which `text` is the one answer."""
    asked = Turn(0, 0, "interviewer", "ask", row.question, row.id)
    return Unit(0, row_question(row), asked, (GivenAnswer(1, text, None, evidence, "rules"),), closed=True)


def row_interview(row: LabelledAnswer, text: str, evidence: Evidence) -> Interview:
    """An interview of this one question, answered."""
    question = row_question(row)
    asker = Interviewer("Noor", "Recruiter", "", "")
    room = PlannedStage(
        "Interview", StageKind.INTERVIEW, "", 4, asker, "Hello.", "Thank you, that is all.", (question,), 1, 1
    )
    events = (
        Started(Plan(row.role, "Specialist", "", Length.DRILL, 0, (room,))),
        Spoke(MoveKind.ASK, 0, row.question, row.id),
        Answered(text),
        Assessed(2, "rules", evidence),
    )
    return fold(enumerate(events))


def row_probe(row: LabelledAnswer, text: str, evidence: Evidence) -> tuple[Move, Interview]:
    """The first follow-up that the rules put to an answer, or the goodbye where there is none."""
    first = next(iter(gaps([evidence], [text], row.kind)), None)
    move: Move = Probe(0, row_question(row), first) if first else CloseStage(0)
    return move, row_interview(row, text, evidence)


def row_material(row: LabelledAnswer, text: str, evidence: Evidence) -> Material | None:
    """What a coach may word an improved answer of, None where there is nothing to put in order."""
    card = plain_card(1, row_unit(row, text, evidence), row_interview(row, text, evidence))
    return coach_material(replace(card, ordered=ordered(evidence, [text], row.kind)))
