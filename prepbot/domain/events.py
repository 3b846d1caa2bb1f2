"""What can happen in an interview, each with what it stores. Events are the only truth: all else is folded from it."""

from dataclasses import dataclass
from enum import StrEnum

from prepbot.domain.evidence import Evidence
from prepbot.domain.exercise_marks import ExerciseMarks
from prepbot.domain.gap import Gap
from prepbot.domain.heard import NOTHING, Heard
from prepbot.domain.offer import Offer
from prepbot.domain.offer_talk import Message
from prepbot.domain.plan import Plan, PlannedQuestion


class MoveKind(StrEnum):
    """What the interviewer's turn does."""

    GREET = "greet"
    ASK = "ask"
    PROBE = "probe"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Started:
    """The interview began with this plan."""

    plan: Plan


@dataclass(frozen=True, slots=True)
class Spoke:
    """The interviewer said `text`. `stage` is a place in the plan; `wording` says who phrased it.

    `added` is a question that the plan did not hold, asked because of what was said; it joins the plan here. `offer` is
    an offer drawn around what was said, with its limits; it takes the planned one's place. `instead_of` names what kept
    a model's words from being used ("timeout", "not used: praise"): then `text` is the whole written line, also where
    some of the model's words had been heard before they broke off. Empty elsewhere.
    """

    move: MoveKind
    stage: int
    text: str
    question_id: str | None = None
    gap: Gap | None = None
    wording: str = "written"
    added: PlannedQuestion | None = None
    instead_of: str = ""
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """The candidate's words, as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Assessed:
    """The evidence found in the answer stored as event `answer_seq`, and what later stages may take up of it.

    `message` is the same answer read as a message about an offer, None where none is on the table. `marks` are those of
    all answers to an exercise so far; None for any other question.
    """

    answer_seq: int
    engine: str
    evidence: Evidence
    heard: Heard = NOTHING
    message: Message | None = None
    marks: ExerciseMarks | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """The candidate skipped the open question."""


@dataclass(frozen=True, slots=True)
class Paused:
    """The candidate paused."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The candidate came back."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The candidate ended the interview early."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The last stage closed."""


Event = Started | Spoke | Answered | Assessed | Skipped | Paused | Resumed | Ended | Finished
