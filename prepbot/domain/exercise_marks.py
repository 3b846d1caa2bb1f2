"""What an answer to an exercise is worth: a verdict for each task, each with the candidate's own words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from prepbot.domain.evidence import Span
from prepbot.domain.exercise import Slip, SlipKind


class FigureVerdict(StrEnum):
    """How a figure came out. OTHER_UNIT is right in another unit than asked (0.024 for 2.4 %, minutes for hours)."""

    RIGHT = "right"
    OTHER_UNIT = "other_unit"
    SLIP = "slip"
    FORMULA = "formula"
    WRONG = "wrong"
    MISSING = "missing"


_CREDIT = {
    FigureVerdict.RIGHT: 1.0,
    FigureVerdict.OTHER_UNIT: 0.75,
    FigureVerdict.SLIP: 0.5,
    FigureVerdict.FORMULA: 0.5,
    FigureVerdict.WRONG: 0.0,
    FigureVerdict.MISSING: 0.0,
}
# A figure of another row, or a rounding, comes from the right formula; the inverse does not.
_LITTLE = {SlipKind.INVERSE: 0.25, SlipKind.WRONG_UNIT: 0.25}


@dataclass(frozen=True, slots=True)
class FigureMark:
    """One figure task: the verdict, the words that said the figure, and those that said the formula.

    `unit_named` tells "90 minutes" from a bare 90 where hours were asked. Without a slip `slip` is None.
    """

    task: str
    verdict: FigureVerdict
    span: Span | None = None
    formula: Span | None = None
    slip: Slip | None = None
    unit_named: bool = False

    @property
    def credit(self) -> float:
        """From 0 to 1. A formula that is said aloud keeps half, whatever the figure became."""
        if self.verdict is FigureVerdict.OTHER_UNIT and self.unit_named:
            return 1.0
        credit = _CREDIT[self.verdict]
        if self.slip is not None:
            credit = _LITTLE.get(self.slip.kind, credit)
        return max(credit, _CREDIT[FigureVerdict.FORMULA]) if self.formula is not None else credit


class LeakVerdict(StrEnum):
    """Whether the leak was named. AMONG_TWO names it beside one other row without a choice."""

    NAMED = "named"
    AMONG_TWO = "among_two"
    OTHER_ROW = "other_row"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class LeakMark:
    """The leak task: the words that name a row, and those that name the figure it is seen by."""

    verdict: LeakVerdict
    span: Span | None = None
    by: Span | None = None

    @property
    def credit(self) -> float:
        """From 0 to 1: the row is worth three quarters, the figure it is seen by the rest."""
        match self.verdict:
            case LeakVerdict.NAMED:
                return 1.0 if self.by is not None else 0.75
            case LeakVerdict.AMONG_TWO:
                return 0.25
            case _:
                return 0.0


@dataclass(frozen=True, slots=True)
class ExperimentMark:
    """The next step: the words that name a change, a measure, and a rule by which it succeeds or stops."""

    change: Span | None = None
    measure: Span | None = None
    rule: Span | None = None

    @property
    def credit(self) -> float:
        """From 0 to 1, a third for each."""
        return sum(part is not None for part in (self.change, self.measure, self.rule)) / 3


@dataclass(frozen=True, slots=True)
class ExerciseMarks:
    """All marks of one exercise; a written case has no figures and no leak."""

    figures: tuple[FigureMark, ...] = ()
    leak: LeakMark | None = None
    experiment: ExperimentMark | None = None

    @property
    def credit(self) -> float:
        """The mean credit of its tasks, from 0 to 1; each figure is a task of its own."""
        marks: Sequence[FigureMark | LeakMark | ExperimentMark] = [
            *self.figures,
            *(mark for mark in (self.leak, self.experiment) if mark is not None),
        ]
        return sum(mark.credit for mark in marks) / len(marks) if marks else 0.0
