"""What a person reads afterwards: answer cards and KPI coverage, folded from stored events and grades."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from prepbot.domain.attempts import EarlierAttempt
from prepbot.domain.concision import too_long
from prepbot.domain.decision import StageDecision
from prepbot.domain.evidence import Evidence, KpiLevel
from prepbot.domain.exercise_marks import ExerciseMarks
from prepbot.domain.exercise_report import NO_BAND
from prepbot.domain.hybrid import Hybrid
from prepbot.domain.interview import Interview, Status, Turn, Unit
from prepbot.domain.later_answer import LaterAnswer, gained
from prepbot.domain.notes import StageNote, claims_heard, known_before, stage_notes
from prepbot.domain.own_questions import OwnQuestion
from prepbot.domain.plan import Length, PlannedQuestion
from prepbot.domain.role import StageKind
from prepbot.domain.rubric import Grade, NotGraded, grade, merged
from prepbot.domain.skeleton import Line
from prepbot.domain.stage_profile import Interviewer
from prepbot.domain.talk_card import OWN_CRITERIA, TalkCard

_MOST_NOTES = 3  # of a stage, where a reader has those of all stages before them

NOT_READ_YET = NotGraded("The answer has not been read yet; open the interview once more.")
OWN_QUESTIONS = NotGraded("Your own questions have no band; each is held against the role page instead.")
STILL_OPEN = NotGraded("The marks and the worked solution are shown once you have finished it.")
SIDE_BY_SIDE = NotGraded("Two of your statements stand side by side here; clearing that up has no band.")


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
    """One answer of a card. `probe` is the follow-up it replies to and `because` why that was asked.

    `too_long` says in a screening that it takes too long to say; empty elsewhere.
    """

    text: str
    probe: Turn | None
    because: str
    evidence: Evidence | None
    too_long: str = ""


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """One question with its answers and grade. `evidence` is the whole unit's: its spans carry their turn.

    `first` is the grade of the first answer alone, `grade` that after probing; both None for a skipped question.
    `ordered` are the candidate's own words in the order of a strong answer. `talk` is the talk about an offer, where
    the question put one: it is graded on criteria of its own. `exercise` are the marks of an exercise, which has no
    evidence and no band: its figures are the table's, not the candidate's own. While a follow-up to it is open it has
    none, since a worked solution would answer it. `earlier` is the attempt that a retry is compared with.
    `told_before` is the number of an earlier card with the same story, 0 without one. `later` is what was said to the
    executive about it, `about_card` in turn the card that such an answer is about, 0 for any other. `second` is
    what language models made of it, None where none has read it; `evidence` and `grade` hold what they added.
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
    earlier: EarlierAttempt | None = None
    told_before: int = 0
    later: LaterAnswer | None = None
    about_card: int = 0
    second: Hybrid | None = None


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
    """A graded transcript. `unread` counts answers that a language model would read if it were asked to."""

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
    decisions: tuple[StageDecision, ...] = ()
    unread: int = 0

    def decision_at(self, number: int) -> StageDecision | None:
        """The decision of the stage that a card belongs to; None for a drill."""
        return next((decision for decision in self.decisions if number in decision.numbers), None)

    def decision_before(self, number: int) -> StageDecision | None:
        """The same where the card is its stage's first, else None."""
        found = self.decision_at(number)
        return found if found and found.numbers[0] == number else None


def unit_evidence(unit: Unit) -> Evidence | None:
    """The evidence of a unit's answers together, None where nothing was answered or not all is read yet.

    An exercise has none: it is marked instead. Nor has a talk about an offer: a wish for 30 days is no figure of a KPI.
    """
    if unit.question.exercise is not None or unit.talk is not None:
        return None
    turns = [answer.evidence for answer in unit.answers if answer.evidence is not None]
    return merged(turns) if turns and unit.assessed else None


def plain_card(number: int, unit: Unit, interview: Interview) -> AnswerCard:
    """The card of a unit as far as it follows from the interview alone: without fixes, and without the role page."""
    stage = interview.plan.stages[unit.stage]
    evidence = unit_evidence(unit)
    still_open = unit.question.exercise is not None and not (unit.closed or interview.over)
    return AnswerCard(
        number=number,
        stage_name=stage.name,
        interviewer=stage.asker(unit.question),
        question=unit.question,
        skipped=not unit.answers,
        answers=_card_answers(unit, stage.kind),
        evidence=evidence,
        grade=_graded(unit, evidence, still_open=still_open),
        first=_graded(unit, unit.answers[0].evidence if unit.answers else None, still_open=still_open),
        fixes=(),
        after=(),
        exercise=None if still_open else unit.marks,
    )


def _card_answers(unit: Unit, kind: StageKind) -> tuple[CardAnswer, ...]:
    """A unit's answers with the follow-up that each replies to."""
    return tuple(
        CardAnswer(
            answer.text,
            answer.probe,
            answer.probe.gap.because if answer.probe and answer.probe.gap else "",
            answer.evidence,
            too_long(answer.text) if kind is StageKind.SCREENING else "",
        )
        for answer in unit.answers
    )


def _graded(unit: Unit, evidence: Evidence | None, *, still_open: bool) -> Grade | NotGraded | None:
    if not unit.answers:
        return None
    if still_open:
        return STILL_OPEN
    if unit.talk is not None:
        return OWN_CRITERIA if unit.assessed else NOT_READ_YET
    if not unit.question.has_band:
        return OWN_QUESTIONS if unit.question.invites else SIDE_BY_SIDE
    if unit.marks is not None:
        return NotGraded(NO_BAND)
    return grade(evidence) if evidence else NOT_READ_YET


def with_later_answers(cards: Sequence[AnswerCard], units: Sequence[Unit]) -> tuple[AnswerCard, ...]:
    """The cards, an earlier one and the one that takes its words up again each pointing to the other; no grade changes.

    `units` are the cards' own, in their order.
    """
    numbers = {answer.seq: card.number for card, unit in zip(cards, units, strict=True) for answer in unit.answers}
    about = {card.number: numbers.get(card.question.about, 0) for card in cards}
    asked_again = {earlier: number for number, earlier in about.items() if earlier}
    by_number = {card.number: card for card in cards}
    return tuple(
        replace(
            card,
            later=_later(card, by_number[asked_again[card.number]]) if card.number in asked_again else None,
            about_card=about[card.number],
        )
        for card in cards
    )


def _later(earlier: AnswerCard, later: AnswerCard) -> LaterAnswer | None:
    """What a later card says about an earlier one; None where it was skipped or is not read yet."""
    if later.evidence is None or earlier.evidence is None:
        return None
    texts = tuple(answer.text for answer in later.answers)
    return LaterAnswer(later.number, later.interviewer.label, texts, gained(earlier.evidence, later.evidence))


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
