"""The interviewer's one next move, decided from the interview's state alone.

Nothing that a candidate types and nothing that a model writes changes which move comes next but through the evidence.
"""

from collections import Counter
from dataclasses import dataclass
from typing import TypeGuard

from prepbot.domain.exercise_follow_up import open_tasks
from prepbot.domain.gap import REPLY_GAPS, Gap, GapKind, gaps
from prepbot.domain.interview import Interview, Unit
from prepbot.domain.offer import Offer
from prepbot.domain.plan import Plan, PlannedQuestion, PlannedStage
from prepbot.domain.stage_profile import Interviewer
from prepbot.domain.take_up import TakenUp, to_take_up
from prepbot.errors import IllegalMove


@dataclass(frozen=True, slots=True)
class Greet:
    """Open a stage with a word of welcome."""

    stage: int


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask a planned question. `offer` is the one it puts where that was drawn on the way, None for the planned one."""

    stage: int
    question: PlannedQuestion
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class Probe:
    """Follow up on the open question for one gap."""

    stage: int
    question: PlannedQuestion
    gap: Gap


@dataclass(frozen=True, slots=True)
class Reply:
    """Answer a message about the offer that the open question put: what the employer does, the talk has decided."""

    stage: int
    question: PlannedQuestion


@dataclass(frozen=True, slots=True)
class CloseStage:
    """Close a stage with one sentence."""

    stage: int


@dataclass(frozen=True, slots=True)
class Finish:
    """End the interview: every stage has closed."""


@dataclass(frozen=True, slots=True)
class TakeUp:
    """Ask about earlier words of the candidate. Once worded it is asked like any question."""

    stage: int
    taken: TakenUp


Spoken = Greet | Ask | Probe | Reply | CloseStage
"""The moves that somebody says."""

Move = Spoken | Finish


MOST_OF_A_KIND = 5
"""How often one kind of gap is followed up in an interview: after that it is known, and asking again would nag."""


def next_move(interview: Interview) -> Move | TakeUp:
    """The interviewer's next move. Raises IllegalMove where it is not the interviewer's turn."""
    if interview.over or interview.awaits_candidate or interview.awaits_evidence:
        raise IllegalMove("It is not the interviewer's turn: the interview is over or waits for an answer.")
    if len(interview.closed) == len(interview.plan.stages):
        return Finish()
    stage = interview.stage
    if stage not in interview.greeted:
        return Greet(stage)
    if _talk_goes_on(interview.unit):
        return Reply(stage, interview.unit.question)
    gap = _gap_to_close(interview)
    if gap is not None and interview.unit is not None:
        return Probe(stage, interview.unit.question, gap)
    room = interview.plan.stages[stage]
    asked = {unit.question.id for unit in interview.units if unit.stage == stage}
    open_questions = [question for question in room.questions if question.id not in asked]
    if all(question.invites for question in open_questions):
        taken = to_take_up(interview)
        if taken is not None:
            return TakeUp(stage, taken)
    return Ask(stage, open_questions[0]) if open_questions else CloseStage(stage)


def speaker(move: Spoken, plan: Plan) -> Interviewer:
    """Who says a move: whoever puts its question, such as a seat of the panel, else the stage's own interviewer."""
    stage = plan.stages[move.stage]
    return stage.interviewer if isinstance(move, Greet | CloseStage) else stage.asker(move.question)


def may_be_phrased(move: Spoken, interview: Interview) -> bool:
    """Whether a voice may put a move into words of its own: at most one move between two answers.

    Where rooms change, three moves follow one another; the greeting is the one, and the farewell before it and the
    question after it are said as written. So nobody waits for more than one call.
    """
    if isinstance(move, CloseStage):
        return len(interview.closed) + 1 == len(interview.plan.stages)
    greeted = bool(interview.turns) and interview.turns[-1].kind == "greet"
    return not (isinstance(move, Ask) and greeted)


def _talk_goes_on(unit: Unit | None) -> TypeGuard[Unit]:
    """Whether a message about an offer waits for the employer's answer. The last word is said at the stage's close."""
    return unit is not None and unit.talk is not None and not unit.skipped and not unit.talk.over


def _gap_to_close(interview: Interview) -> Gap | None:
    """The first gap worth a follow-up: budget left, and none asked before for the same kind in this unit."""
    unit = interview.unit
    if unit is None or unit.skipped or not unit.answers or not _may_be_probed(unit):
        return None
    stage: PlannedStage = interview.plan.stages[unit.stage]
    spent = sum(len(other.probes) for other in interview.units if other.stage == unit.stage)
    if len(unit.probes) >= stage.follow_ups_per_question or spent >= stage.follow_ups:
        return None
    if unit.question.exercise is not None:
        return None if unit.probes else open_tasks(unit)
    evidence = [answer.evidence for answer in unit.answers if answer.evidence is not None]
    open_gaps = gaps(evidence, [answer.text for answer in unit.answers], unit.question.kind)
    asked = {probe.gap.kind for probe in unit.probes if probe.gap}
    if asked & REPLY_GAPS and open_gaps and open_gaps[0].kind in REPLY_GAPS:
        return None
    worn = _asked_often(interview)
    if open_gaps and open_gaps[0].kind in REPLY_GAPS & worn:
        return None
    return next((gap for gap in open_gaps if gap.kind not in asked | worn), None)


def _may_be_probed(unit: Unit) -> bool:
    """Whether its gaps are worth a question: not in a talk, nor where words are taken up or questions invited."""
    return unit.talk is None and not unit.question.takes_up and not unit.question.invites


def _asked_often(interview: Interview) -> frozenset[GapKind]:
    asked = Counter(probe.gap.kind for unit in interview.units for probe in unit.probes if probe.gap)
    return frozenset(kind for kind, times in asked.items() if times >= MOST_OF_A_KIND)
