"""What a person reads afterwards: answer cards and KPI coverage, folded from stored events and grades."""

from collections.abc import Sequence
from dataclasses import dataclass

from prepbot.domain.evidence import Evidence, KpiLevel
from prepbot.domain.exercise_marks import ExerciseMarks
from prepbot.domain.interview import Interview, Status, Turn, Unit
from prepbot.domain.notes import StageNote, claims_heard, known_before, stage_notes
from prepbot.domain.own_questions import OwnQuestion
from prepbot.domain.plan import Length, PlannedQuestion
from prepbot.domain.rubric import Grade, NotGraded, merged
from prepbot.domain.skeleton import Line
from prepbot.domain.stage_profile import Interviewer
from prepbot.domain.talk_card import TalkCard

_MOST_NOTES = 3  # of a stage, where a reader has those of all stages before them


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the role page that shows what a question was after. `line` is its 1-based number."""

    text: str
    line: int
    section: str


@dataclass(frozen=True, slots=True)
class Fix:
    """One thing to do next time: the candidate's words, what they lack, what to do, and a line to rehearse.

    `check` is the id of the open check that it closes.
    """

    quote: str
    missing: str
    directive: str
    rehearsal: str
    check: str = ""


@dataclass(frozen=True, slots=True)
class CardAnswer:
    """One answer of a card. `probe` is the follow-up it replies to and `because` why that was asked."""

    text: str
    probe: Turn | None
    because: str
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """One question with its answers and grade. `evidence` is the whole unit's: its spans carry their turn.

    `first` is the grade of the first answer alone, `grade` that after probing; both None for a skipped question.
    `ordered` are the candidate's own words in the order of a strong answer. `talk` is the talk about an offer, where
    the question put one: it is graded on criteria of its own. `exercise` are the marks of an exercise, which has no
    evidence and no band: its figures are the table's, not the candidate's own.
    """

    number: int
    stage_name: str
    interviewer: Interviewer
    question: PlannedQuestion
    skipped: bool
    answers: tuple[CardAnswer, ...]
    evidence: Evidence | None
    grade: Grade | NotGraded | None
    first: Grade | NotGraded | None
    fixes: tuple[Fix, ...]
    after: tuple[SourceLine, ...]
    ordered: tuple[Line, ...] = ()
    own_questions: tuple[OwnQuestion, ...] = ()
    talk: TalkCard | None = None
    exercise: ExerciseMarks | None = None


@dataclass(frozen=True, slots=True)
class KpiCoverage:
    """How far one KPI of the role got in an interview, and on which cards. `level` None: never said."""

    kpi: str
    level: KpiLevel | None
    cards: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KnownBefore:
    """What a stage knew from the stages before it. `cards` are the numbers of the stage's own."""

    cards: tuple[int, ...]
    notes: tuple[StageNote, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """A graded transcript."""

    interview_id: str
    role_title: str
    length: Length
    focus: str
    status: Status
    engine: str
    rubric: str
    cards: tuple[AnswerCard, ...]
    coverage: tuple[KpiCoverage, ...]
    notices: tuple[str, ...] = ()
    known: tuple[KnownBefore, ...] = ()


def unit_evidence(unit: Unit) -> Evidence | None:
    """The evidence of a unit's answers together, None where nothing was answered or not all is read yet.

    An exercise has none: it is marked instead.
    """
    if unit.question.exercise is not None:
        return None
    turns = [answer.evidence for answer in unit.answers if answer.evidence is not None]
    return merged(turns) if turns and unit.assessed else None


def card_answers(unit: Unit) -> tuple[CardAnswer, ...]:
    """A unit's answers with the follow-up that each replies to."""
    return tuple(
        CardAnswer(
            answer.text,
            answer.probe,
            answer.probe.gap.because if answer.probe and answer.probe.gap else "",
            answer.evidence,
        )
        for answer in unit.answers
    )


def asked_units(interview: Interview) -> tuple[Unit, ...]:
    """The units that belong in a review: answered or skipped, in the order of asking."""
    return tuple(unit for unit in interview.units if unit.answers or unit.skipped)


def known_at(interview: Interview, units: Sequence[Unit]) -> tuple[KnownBefore, ...]:
    """For each stage that was told something before, its notes; cards are numbered as the units are, from 1."""
    notes = stage_notes(interview, claims_heard(interview), _MOST_NOTES)
    found = []
    for place in range(len(interview.plan.stages)):
        cards = tuple(number for number, unit in enumerate(units, start=1) if unit.stage == place)
        earlier = known_before(notes, place)
        if cards and earlier:
            found.append(KnownBefore(cards, earlier))
    return tuple(found)


def coverage(kpis: Sequence[str], cards: Sequence[AnswerCard]) -> tuple[KpiCoverage, ...]:
    """For each KPI of the role the highest level over all cards, and the cards that refer to it."""
    rows = []
    for kpi in kpis:
        levels = {
            card.number: reference.level
            for card in cards
            if card.evidence is not None
            for reference in card.evidence.kpis
            if reference.kpi == kpi
        }
        rows.append(KpiCoverage(kpi, max(levels.values(), default=None), tuple(levels)))
    return tuple(rows)
