"""An interview folded from its events.

Events are the only truth: `fold` rebuilds the state from them, so a process may die anywhere and go on where it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from prepbot.domain.events import (
    Answered,
    Assessed,
    Ended,
    Event,
    Finished,
    MoveKind,
    Paused,
    Resumed,
    Skipped,
    Spoke,
    Started,
)
from prepbot.domain.evidence import Evidence
from prepbot.domain.exercise_marks import ExerciseMarks
from prepbot.domain.gap import Gap
from prepbot.domain.heard import NOTHING, Heard
from prepbot.domain.negotiation import Negotiation, answered, opened
from prepbot.domain.offer_talk import Message
from prepbot.domain.plan import Plan, PlannedQuestion, PlannedStage
from prepbot.errors import IllegalMove


class Status(StrEnum):
    """Where an interview is."""

    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"
    FINISHED = "finished"


_STATUS_AFTER = {
    Paused: Status.PAUSED,
    Resumed: Status.RUNNING,
    Ended: Status.ENDED,
    Finished: Status.FINISHED,
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that was said. `speaker` is "interviewer" or "candidate"; `kind` is a MoveKind or "answer".

    `instead_of` is what kept a model's words from being used, as in Spoke.
    """

    seq: int
    stage: int
    speaker: str
    kind: str
    text: str
    question_id: str | None = None
    gap: Gap | None = None
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer within a unit. `probe` is the follow-up it replies to, None for the first.

    `evidence`, read by `engine`, may come later than the answer itself. `marks` are those of an exercise.
    """

    seq: int
    text: str
    probe: Turn | None
    evidence: Evidence | None = None
    engine: str = ""
    heard: Heard = NOTHING
    marks: ExerciseMarks | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """One question with its follow-ups: the unit of grading. `talk` is the talk about the offer that it put."""

    stage: int
    question: PlannedQuestion
    asked: Turn
    answers: tuple[GivenAnswer, ...] = ()
    probes: tuple[Turn, ...] = ()
    skipped: bool = False
    closed: bool = False
    talk: Negotiation | None = None

    @property
    def awaits_answer(self) -> bool:
        """Whether a question of this unit is open."""
        return not (self.closed or self.skipped) and len(self.answers) <= len(self.probes)

    @property
    def has_band(self) -> bool:
        """Whether its answers are graded by the rubric: no talk about an offer, no exercise, nothing that clears up."""
        return self.talk is None and self.question.exercise is None and self.question.has_band

    @property
    def assessed(self) -> bool:
        """Whether every answer of the unit has its evidence."""
        return all(answer.evidence is not None for answer in self.answers)

    @property
    def marks(self) -> ExerciseMarks | None:
        """The marks of all answers to an exercise together; None elsewhere, and while they are not read."""
        return self.answers[-1].marks if self.answers else None


@dataclass(frozen=True, slots=True)
class Interview:
    """The state after some events. `units` are in the order of asking."""

    plan: Plan
    status: Status = Status.RUNNING
    turns: tuple[Turn, ...] = ()
    units: tuple[Unit, ...] = ()
    greeted: frozenset[int] = frozenset()
    closed: frozenset[int] = frozenset()
    next_seq: int = 0

    @property
    def unit(self) -> Unit | None:
        """The question that is open now, if one is."""
        return self.units[-1] if self.units and not self.units[-1].closed else None

    @property
    def stage(self) -> int:
        """The place in the plan of the first stage that has not closed; the last one at the end."""
        return min((n for n in range(len(self.plan.stages)) if n not in self.closed), default=len(self.plan.stages) - 1)

    @property
    def over(self) -> bool:
        """Whether nothing more will be said."""
        return self.status in {Status.ENDED, Status.FINISHED}

    @property
    def open_turn(self) -> Turn | None:
        """The question or follow-up that waits for an answer, None where nothing does."""
        if not self.awaits_candidate or self.unit is None:
            return None
        return self.unit.probes[-1] if self.unit.probes else self.unit.asked

    @property
    def done_units(self) -> tuple[Unit, ...]:
        """The questions to which nothing will be added: left behind, or of an interview that is over."""
        return tuple(unit for unit in self.units if unit.closed or self.over)

    @property
    def awaits_candidate(self) -> bool:
        """Whether the candidate is to speak."""
        return not self.over and self.unit is not None and self.unit.awaits_answer

    @property
    def awaits_evidence(self) -> GivenAnswer | None:
        """The answer that was stored and not yet looked at, if there is one."""
        if self.unit is None or self.unit.skipped:
            return None
        return next((answer for answer in self.unit.answers if answer.evidence is None), None)


def fold(events: Iterable[tuple[int, Event]]) -> Interview:
    """Rebuild the interview from its (seq, event) pairs in order. Raises IllegalMove for an impossible order."""
    numbered = iter(events)
    first = next(numbered, None)
    if first is None or not isinstance(first[1], Started):
        raise IllegalMove("An interview begins with its plan; these events do not.")
    interview = Interview(first[1].plan, next_seq=first[0] + 1)
    for seq, event in numbered:
        interview = apply(interview, seq, event)
    return interview


def apply(interview: Interview, seq: int, event: Event) -> Interview:
    """The interview after one more event. Raises IllegalMove where the event cannot follow."""
    if interview.over and not isinstance(event, Assessed):
        raise IllegalMove("The interview is over; start another one.")
    return replace(_applied(interview, seq, event), next_seq=seq + 1)


def _applied(interview: Interview, seq: int, event: Event) -> Interview:
    match event:
        case Spoke():
            after = _spoke(interview, seq, event)
        case Answered(text):
            after = _answered(interview, seq, text)
        case Assessed():
            after = _assessed(interview, event)
        case Skipped():
            after = _skipped(interview)
        case Started():
            raise IllegalMove("The interview has begun already.")
        case _:
            after = replace(interview, status=_STATUS_AFTER[type(event)])
    return after


def _spoke(interview: Interview, seq: int, spoke: Spoke) -> Interview:
    if interview.awaits_candidate:
        raise IllegalMove("A question is open; the interviewer waits for its answer.")
    kind, about = spoke.move.value, (spoke.question_id, spoke.gap)
    turn = Turn(seq, spoke.stage, "interviewer", kind, spoke.text, *about, spoke.instead_of)
    heard = replace(interview, turns=(*interview.turns, turn))
    match spoke.move:
        case MoveKind.GREET:
            return replace(heard, greeted=heard.greeted | {spoke.stage})
        case MoveKind.CLOSE:
            return replace(heard, closed=heard.closed | {spoke.stage}, units=_closed(heard.units))
        case MoveKind.ASK:
            heard = replace(heard, plan=_plan_after(heard, spoke))
            stage = heard.plan.stages[spoke.stage]
            question = _planned(stage, spoke.question_id)
            offer = stage.put_by(question)
            unit = Unit(spoke.stage, question, turn, talk=opened(offer) if offer else None)
            return replace(heard, units=(*_closed(heard.units), unit))
        case MoveKind.PROBE:
            unit = heard.units[-1]
            return replace(heard, units=(*heard.units[:-1], replace(unit, probes=(*unit.probes, turn))))


def _plan_after(interview: Interview, spoke: Spoke) -> Plan:
    """The plan with what a question brought along that was not planned."""
    plan = interview.plan
    if spoke.added is not None:
        asked = sum(unit.stage == spoke.stage for unit in interview.units)
        plan = plan.with_added(spoke.stage, spoke.added, asked)
    return plan if spoke.offer is None else plan.with_offer(spoke.stage, spoke.offer)


def _planned(stage: PlannedStage, question_id: str | None) -> PlannedQuestion:
    question = next((q for q in stage.questions if q.id == question_id), None)
    if question is None:
        raise IllegalMove(f"“{question_id}” is not planned for the stage “{stage.name}”.")
    return question


def _closed(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    return (*units[:-1], replace(units[-1], closed=True)) if units else units


def _answered(interview: Interview, seq: int, text: str) -> Interview:
    unit = interview.unit
    if unit is None or not interview.awaits_candidate:
        raise IllegalMove("No question is open; the answer has nothing to reply to.")
    probe = unit.probes[-1] if unit.probes else None
    answer = GivenAnswer(seq, text, probe)
    turn = Turn(seq, unit.stage, "candidate", "answer", text, unit.question.id)
    return replace(
        interview,
        status=Status.RUNNING,
        turns=(*interview.turns, turn),
        units=(*interview.units[:-1], replace(unit, answers=(*unit.answers, answer))),
    )


def _assessed(interview: Interview, assessed: Assessed) -> Interview:
    def read(answer: GivenAnswer) -> GivenAnswer:
        if answer.seq != assessed.answer_seq:
            return answer
        return replace(
            answer,
            evidence=assessed.evidence,
            engine=assessed.engine,
            heard=assessed.heard,
            marks=assessed.marks,
        )

    units = tuple(
        replace(unit, answers=tuple(read(answer) for answer in unit.answers), talk=_talk_after(unit, assessed))
        for unit in interview.units
    )
    return replace(interview, units=units)


def _talk_after(unit: Unit, assessed: Assessed) -> Negotiation | None:
    """The unit's talk with the assessed answer as its next message."""
    talk = unit.talk
    if talk is None or talk.over or len(talk.exchanges) >= len(unit.answers):
        return talk
    following = unit.answers[len(talk.exchanges)]
    if following.seq != assessed.answer_seq:
        return talk
    return answered(talk, assessed.message or Message(following.text))


def _skipped(interview: Interview) -> Interview:
    unit = interview.unit
    if unit is None or not interview.awaits_candidate:
        raise IllegalMove("No question is open, so there is nothing to skip.")
    return replace(interview, units=(*interview.units[:-1], replace(unit, skipped=True)))
