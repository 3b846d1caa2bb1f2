"""The decision card of a stage: advance, borderline or would not advance, with the two reasons that counted.

A stage has a line for each criterion that it decides on (knowledge/decisions.toml), as a share of the criterion's
levels. All lines reached: advance; one missed by far: would not advance; else borderline. It is a card and no gate: a
candidate goes on whatever it says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from prepbot.domain.concision import SCREENING_CRITERIA
from prepbot.domain.exercise_grade import EXERCISE_CRITERION
from prepbot.domain.offer_rubric import OFFER_CRITERIA
from prepbot.domain.quoting import quotation
from prepbot.domain.role import StageKind
from prepbot.domain.rubric import CRITERIA, Criterion, CriterionGrade, NotGraded

GO_ON = "You may go on whatever it says."
AFTER_A_TALK = "The offer itself is decided in the talk; this is how the talk was led."
_CRITERIA_OF = {
    StageKind.SCREENING: SCREENING_CRITERIA,
    StageKind.ASSESSMENT: (EXERCISE_CRITERION, *CRITERIA),
    StageKind.OFFER: OFFER_CRITERIA,
}
_ALL_CRITERIA: dict[str, Criterion] = {
    c.id: c for c in (*CRITERIA, EXERCISE_CRITERION, *SCREENING_CRITERIA, *OFFER_CRITERIA)
}
_NEAR = 1e-9


class Verdict(StrEnum):
    """What an interviewer of this stage would most likely decide."""

    ADVANCE = "advance"
    BORDERLINE = "borderline"
    NOT_ADVANCE = "would not advance"


_OF_A_TALK = {
    Verdict.ADVANCE: "well negotiated",
    Verdict.BORDERLINE: "partly negotiated",
    Verdict.NOT_ADVANCE: "hardly negotiated",
}


@dataclass(frozen=True, slots=True)
class Line:
    """What a stage wants of one criterion, as a share of its levels from 0 to 1, and why it wants that.

    At `advance` the criterion speaks for going on, below `borderline` against it.
    """

    criterion: str
    advance: float
    borderline: float
    why: str


@dataclass(frozen=True, slots=True)
class StageRule:
    """The lines of one stage kind, the weightiest first, and the share of its questions that has to be graded."""

    lines: tuple[Line, ...]
    least_graded: float


@dataclass(frozen=True, slots=True)
class JudgedUnit:
    """One question of a stage as graded. `answers[n]` is the text that spans of turn n point into.

    `grades` is None for a skipped question.
    """

    number: int
    answers: tuple[str, ...]
    grades: tuple[CriterionGrade, ...] | NotGraded | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a decision fell as it did: a criterion, what was reached of it on one question, and the words there.

    `anchor` is the criterion's own sentence for that level; `quote` the candidate's words, empty where none earned it.
    `speaks_for` says on which side it counted; `share` is the criterion's over the whole stage.
    """

    criterion: str
    title: str
    anchor: str
    quote: str
    number: int
    share: float
    speaks_for: bool
    why: str


@dataclass(frozen=True, slots=True)
class DecisionCard:
    """The decision with its two reasons. `verdict` is None where too little was graded, and `notice` says so."""

    verdict: Verdict | None
    reasons: tuple[Reason, ...]
    notice: str = ""


@dataclass(frozen=True, slots=True)
class StageDecision:
    """The decision card of one stage of an interview. `numbers` are those of the answer cards it rests on."""

    stage: str
    numbers: tuple[int, ...]
    card: DecisionCard
    kind: StageKind = StageKind.INTERVIEW

    @property
    def words(self) -> str:
        """The verdict in a word or two. Nobody advances from an offer: there the talk itself is judged."""
        if self.card.verdict is None:
            return "no decision"
        return _OF_A_TALK[self.card.verdict] if self.kind is StageKind.OFFER else self.card.verdict.value

    @property
    def afterwards(self) -> str:
        """What a reader should know beside the verdict."""
        return AFTER_A_TALK if self.kind is StageKind.OFFER else GO_ON


def decide(units: Sequence[JudgedUnit], rule: StageRule) -> DecisionCard:
    """The card of one stage from its questions. What was not graded counts on neither side."""
    graded = [(unit, unit.grades) for unit in units if isinstance(unit.grades, tuple)]
    if not graded or len(graded) < rule.least_graded * len(units):
        return DecisionCard(None, (), _too_little(units, len(graded)))
    shares = {line.criterion: _share(line.criterion, [grades for _, grades in graded]) for line in rule.lines}
    known = [line for line in rule.lines if shares[line.criterion] is not None]
    if not known:
        return DecisionCard(None, (), "None of the criteria this stage decides on was graded, so there is no decision.")
    reached = {line.criterion: share for line in known if (share := shares[line.criterion]) is not None}
    verdict = _verdict(known, reached)
    counted = _that_counted(known, reached, verdict)
    return DecisionCard(verdict, tuple(_reason(line, reached[line.criterion], graded) for line in counted))


def known_criteria(kind: StageKind) -> frozenset[str]:
    """The ids of the criteria that a stage of this kind is graded on."""
    return frozenset(criterion.id for criterion in _CRITERIA_OF.get(kind, CRITERIA))


def _too_little(units: Sequence[JudgedUnit], graded: int) -> str:
    """Why there is no verdict, in one sentence or two."""
    reason = next((unit.grades.reason for unit in units if isinstance(unit.grades, NotGraded)), "")
    if not units:
        return "No question was asked in this stage, so there is no decision."
    if graded:
        return f"Only {graded} of {len(units)} questions could be graded, too little to decide on. {reason}".strip()
    return f"Nothing in this stage was graded, so there is no decision. {reason}".strip()


def _share(criterion: str, grades: Sequence[tuple[CriterionGrade, ...]]) -> float | None:
    """The mean level reached on a criterion as a share of its highest; None where no question was graded on it."""
    top = len(_ALL_CRITERIA[criterion].anchors) - 1
    levels = [one.level / top for unit in grades for one in unit if one.criterion == criterion]
    return fmean(levels) if levels else None


def _verdict(lines: Sequence[Line], reached: Mapping[str, float]) -> Verdict:
    if any(reached[line.criterion] < line.borderline - _NEAR for line in lines):
        return Verdict.NOT_ADVANCE
    if any(reached[line.criterion] < line.advance - _NEAR for line in lines):
        return Verdict.BORDERLINE
    return Verdict.ADVANCE


def _that_counted(lines: Sequence[Line], reached: Mapping[str, float], verdict: Verdict) -> tuple[Line, ...]:
    """The two lines that decided: the best two, the worst two, or for a borderline case the worst and the best."""
    ranked = sorted(lines, key=lambda line: reached[line.criterion] - line.advance)
    match verdict:
        case Verdict.ADVANCE:
            best_first = sorted(lines, key=lambda line: line.advance - reached[line.criterion])
            return tuple(best_first[:2])
        case Verdict.BORDERLINE:
            return (ranked[0], ranked[-1]) if len(ranked) > 1 else tuple(ranked)
        case Verdict.NOT_ADVANCE:
            decisive = sorted(lines, key=lambda line: (_against(line, reached), reached[line.criterion] - line.advance))
            return tuple(decisive[:2])


def _against(line: Line, reached: Mapping[str, float]) -> bool:
    """False, which sorts first, for a line that alone decides against going on."""
    return reached[line.criterion] >= line.borderline - _NEAR


def _reason(line: Line, share: float, graded: Sequence[tuple[JudgedUnit, tuple[CriterionGrade, ...]]]) -> Reason:
    """The reason with the question that shows it best: the highest level where it speaks for, the lowest against."""
    speaks_for = share >= line.advance - _NEAR
    found = [(unit, one) for unit, grades in graded for one in grades if one.criterion == line.criterion]
    levels = [one.level for _, one in found]
    unit, shown = found[levels.index(max(levels) if speaks_for else min(levels))]
    return Reason(
        criterion=line.criterion,
        title=_ALL_CRITERIA[line.criterion].title,
        anchor=shown.why,
        quote=_quote(unit, shown),
        number=unit.number,
        share=share,
        speaks_for=speaks_for,
        why=line.why,
    )


def _quote(unit: JudgedUnit, grade: CriterionGrade) -> str:
    quotes = (quotation(span, unit.answers[span.turn]) for span in grade.spans if span.turn < len(unit.answers))
    return next((quote for quote in quotes if quote), "")
