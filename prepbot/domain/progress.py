"""How far somebody got with a role over all interviews: KPI coverage, trends of the criteria, decisions by stage.

Everything is a fold over reviews. A trend compares the earlier half of the sittings with the later one; its interval is
a bootstrap over whole sittings, since the answers of one evening are no independent cases.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from statistics import fmean

from prepbot.domain.bootstrap import FEWEST_SITTINGS, Interval, percentile_interval
from prepbot.domain.decision import StageDecision
from prepbot.domain.evidence import KpiLevel
from prepbot.domain.report import Review
from prepbot.domain.rubric import CRITERIA, Criterion, Grade

FEWEST_FOR_CHANGE = 2 * FEWEST_SITTINGS


@dataclass(frozen=True, slots=True)
class Sitting:
    """The review of one interview, and when it was last touched."""

    review: Review
    at: datetime


@dataclass(frozen=True, slots=True)
class KpiProgress:
    """The highest level that a KPI of the role ever reached, and in how many interviews it was said."""

    kpi: str
    level: KpiLevel | None
    interviews: int


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """The mean level of one sitting, and its 95 % interval where enough answers stand behind it."""

    at: datetime
    level: float
    answers: int
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Change:
    """How many levels the later half of the sittings lies above the earlier half, with its 95 % interval."""

    value: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Trend:
    """A criterion over time, the earliest sitting first. `change` is None for too few sittings."""

    criterion: str
    title: str
    top: int
    points: tuple[TrendPoint, ...]
    change: Change | None


@dataclass(frozen=True, slots=True)
class StageHistory:
    """The decisions of one stage, the latest last."""

    stage: str
    decisions: tuple[StageDecision, ...]


def kpi_progress(kpis: Sequence[str], sittings: Sequence[Sitting]) -> tuple[KpiProgress, ...]:
    """Every KPI of the role with how far it ever got: the highest level first, in the page's order within a level."""
    rows = []
    for kpi in kpis:
        levels = [row.level for sitting in sittings for row in sitting.review.coverage if row.kpi == kpi and row.level]
        rows.append(KpiProgress(kpi, max(levels, default=None), len(levels)))
    return tuple(sorted(rows, key=lambda row: -(row.level or 0)))


def trends(sittings: Sequence[Sitting]) -> tuple[Trend, ...]:
    """Each criterion of the rubric over the sittings that were graded on it; empty without any grade."""
    return tuple(trend for criterion in CRITERIA if (trend := _trend(criterion, sittings)).points)


def stage_histories(sittings: Sequence[Sitting]) -> tuple[StageHistory, ...]:
    """The decisions of every stage that was sat, in the order in which stages were first met."""
    found: dict[str, list[StageDecision]] = {}
    for sitting in sittings:
        for decision in sitting.review.decisions:
            found.setdefault(decision.stage, []).append(decision)
    return tuple(StageHistory(stage, tuple(decisions)) for stage, decisions in found.items())


def change_words(change: Change) -> str:
    """What a change says, in one sentence; a change whose interval holds 0 is none yet."""
    low, high = change.interval
    likely = f"most likely between {_signed(low)} and {_signed(high)}"
    if low <= 0 <= high:
        return f"No clear change yet: {likely} levels."
    return f"{'Up' if change.value > 0 else 'Down'} by {abs(change.value):.1f} levels, {likely}."


def _signed(levels: float) -> str:
    rounded = round(levels, 1)
    return f"{rounded:+.1f}".replace("-", "−") if rounded else "0.0"


def _trend(criterion: Criterion, sittings: Sequence[Sitting]) -> Trend:
    told = [(sitting.at, levels) for sitting in sittings if (levels := _levels(criterion.id, sitting.review))]
    points = tuple(TrendPoint(at, fmean(levels), len(levels), _spread(levels)) for at, levels in told)
    change = _change([levels for _, levels in told])
    return Trend(criterion.id, criterion.title, len(criterion.anchors) - 1, points, change)


def _levels(criterion: str, review: Review) -> list[int]:
    return [
        one.level
        for card in review.cards
        if isinstance(card.grade, Grade)
        for one in card.grade.criteria
        if one.criterion == criterion
    ]


def _spread(levels: Sequence[int]) -> Interval | None:
    if len(levels) < FEWEST_SITTINGS:
        return None
    return percentile_interval(lambda random: fmean(random.choices(levels, k=len(levels))))


def _change(sittings: Sequence[Sequence[int]]) -> Change | None:
    if len(sittings) < FEWEST_FOR_CHANGE:
        return None
    half = len(sittings) // 2
    earlier, later = sittings[:half], sittings[-half:]
    value = _mean(later) - _mean(earlier)
    return Change(value, percentile_interval(lambda random: _redrawn(later, random) - _redrawn(earlier, random)))


def _redrawn(sittings: Sequence[Sequence[int]], random: Random) -> float:
    return _mean(random.choices(sittings, k=len(sittings)))


def _mean(sittings: Sequence[Sequence[int]]) -> float:
    return fmean(level for levels in sittings for level in levels)
