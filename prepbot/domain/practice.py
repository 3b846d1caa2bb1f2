"""What is worth practising again: criteria and KPIs, each rated by how far they got in an interview.

Nothing is stored beside the grades: a queue is a fold over what was reached when (prepbot/practice.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from statistics import fmean

from prepbot.domain.evidence import KpiLevel, KpiReference
from prepbot.domain.report import AnswerCard, Review
from prepbot.domain.rubric import CRITERIA, Grade


class PracticeKind(StrEnum):
    """What a practice item is."""

    CRITERION = "criterion"
    KPI = "kpi"


class Recall(IntEnum):
    """How well something went, on the four steps that spaced repetition schedules by."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True, order=True)
class PracticeItem:
    """A criterion by its id, or a KPI by the role page's name for it."""

    kind: PracticeKind
    name: str

    @property
    def title(self) -> str:
        """The item as a person reads it."""
        return _TITLES.get(self.name, self.name) if self.kind is PracticeKind.CRITERION else self.name


@dataclass(frozen=True, slots=True)
class Practised:
    """An item as it went in one interview."""

    item: PracticeItem
    recall: Recall
    at: datetime


@dataclass(frozen=True, slots=True)
class Memory:
    """What a scheduler knows of an item: its stability in days, its difficulty, when it was practised and is due."""

    stability: float
    difficulty: float
    last: datetime
    due: datetime


_TITLES = {criterion.id: criterion.title for criterion in CRITERIA}
_TOPS = {criterion.id: len(criterion.anchors) - 1 for criterion in CRITERIA}
SHARES: tuple[tuple[float, Recall], ...] = ((1 / 3, Recall.AGAIN), (2 / 3, Recall.HARD), (1.0, Recall.GOOD))
"""A criterion's mean share of its levels below which it went so; at the top it went easily."""


def practised(review: Review, at: datetime) -> tuple[Practised, ...]:
    """What one interview showed: each criterion once, over all graded answers, and each KPI that was said, at its best.

    A KPI that was never said is no failure: nobody asked for it.
    """
    criteria = [(PracticeItem(PracticeKind.CRITERION, name), recall) for name, recall in _criteria(review.cards)]
    kpis = [(PracticeItem(PracticeKind.KPI, name), recall) for name, recall in _kpis(review.cards)]
    return tuple(Practised(item, recall, at) for item, recall in (*criteria, *kpis))


def recall_of_share(share: float) -> Recall:
    """How a criterion went, from the mean share of its levels (0 to 1)."""
    return next((recall for below, recall in SHARES if share < below - 1e-9), Recall.EASY)


def recall_of_kpi(reference: KpiReference) -> Recall:
    """How a KPI went: only named, put to use, with a number, with a number in the result."""
    if reference.level is KpiLevel.QUANTIFIED:
        return Recall.EASY if reference.in_result else Recall.GOOD
    return Recall.HARD if reference.level is KpiLevel.USED else Recall.AGAIN


def _criteria(cards: Sequence[AnswerCard]) -> list[tuple[str, Recall]]:
    shares: dict[str, list[float]] = {}
    for card in cards:
        for one in card.grade.criteria if isinstance(card.grade, Grade) else ():
            if one.criterion in _TOPS:
                shares.setdefault(one.criterion, []).append(one.level / _TOPS[one.criterion])
    return [(name, recall_of_share(fmean(reached))) for name, reached in shares.items()]


def _kpis(cards: Sequence[AnswerCard]) -> list[tuple[str, Recall]]:
    best: dict[str, Recall] = {}
    for card in cards:
        graded = card.evidence is not None and isinstance(card.grade, Grade)
        for reference in card.evidence.kpis if graded and card.evidence else ():
            best[reference.kpi] = max(recall_of_kpi(reference), best.get(reference.kpi, Recall.AGAIN))
    return list(best.items())
