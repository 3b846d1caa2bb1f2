"""Every figure of the grader: how it is counted for an answer, and computed from summed counts."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from evals.bootstrap import Counts, Difference, Figure, Value, difference, figure
from evals.labelled import LabelledAnswer
from evals.length import partial_counts
from evals.prediction import Case, Prediction
from evals.values import f1, kappa, partial_correlation, precision, ratio, recall, share, within
from prepbot.domain.evidence import Ownership, Part

STAR = tuple(part.value for part in Part)
BANDS = (1, 2, 3, 4, 5)
_RELEVANCES = (0, 1, 2)
_OWNERSHIPS = tuple(ownership.value for ownership in Ownership)

Counter = Callable[[LabelledAnswer, Prediction], Counts]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure. `counts` gives one row a case; `cases` says from the summed counts how many cases it rests on.

    `higher_is_better` is False where nearer to nought is better, or where no direction is. `compared` is False for what
    neither naive readers nor stored baselines say.
    """

    name: str
    counts: Callable[[Sequence[Case]], Counts]
    value: Value
    cases: Callable[[Counts], float]
    higher_is_better: bool = True
    compared: bool = True

    def of(self, cases: Sequence[Case]) -> Figure:
        """The figure over `cases`, its interval clustered by question."""
        counts = self.counts(cases)
        return figure(counts, [case.row.question for case in cases], self.value, self.cases(counts.sum(axis=0)))

    def change(self, ours: Sequence[Case], others: Sequence[Case]) -> Difference:
        """The paired difference between two readings of the same rows, in the same order."""
        groups = [case.row.question for case in ours]
        return difference(self.counts(ours), self.counts(others), groups, self.value)


def _each(counter: Counter) -> Callable[[Sequence[Case]], Counts]:
    return lambda cases: np.array([counter(case.row, case.said) for case in cases], dtype=np.float64)


def _at(index: int) -> Callable[[Counts], float]:
    return lambda counts: float(counts[index])


def _sum(counts: Counts) -> float:
    return float(counts.sum())


def _overlap(said: AbstractSet[Hashable], true: AbstractSet[Hashable]) -> Counts:
    return np.array([len(said & true), len(said), len(true)])


def _kpi_names(row: LabelledAnswer, said: Prediction) -> Counts:
    return _overlap(set(said.kpis), {kpi.name for kpi in row.kpis})


def _kpi_levels(row: LabelledAnswer, said: Prediction) -> Counts:
    return _overlap(set(said.kpis.items()), {(kpi.name, kpi.level) for kpi in row.kpis})


def _level_of_found(row: LabelledAnswer, said: Prediction) -> Counts:
    found = [kpi for kpi in row.kpis if kpi.name in said.kpis]
    return np.array([sum(said.kpis[kpi.name] == kpi.level for kpi in found), len(found)])


def _paraphrases(row: LabelledAnswer, said: Prediction) -> Counts:
    """Found, of the labelled references whose words hold no part of the KPI's name (form "paraphrase")."""
    labelled = [kpi.name for kpi in row.kpis if kpi.form == "paraphrase"]
    return np.array([sum(name in said.kpis for name in labelled), len(labelled)])


def parts(*names: str) -> Counter:
    """Right, said and true among the structure parts of these names."""
    wanted = set(names)
    return lambda row, said: _overlap(said.parts & wanted, set(row.parts) & wanted)


def table(
    classes: Sequence[Hashable], true: Callable[[LabelledAnswer], Hashable], said: Callable[[Prediction], Hashable]
) -> Counter:
    """A flattened table of labelled class by said class."""
    place = {one: index for index, one in enumerate(classes)}

    def count(row: LabelledAnswer, prediction: Prediction) -> Counts:
        cell = np.zeros((len(classes), len(classes)))
        cell[place[true(row)], place[said(prediction)]] = 1
        return cell.ravel()

    return count


bands = _each(table(BANDS, lambda row: row.band, lambda said: said.band))
_ownership = _each(table(_OWNERSHIPS, lambda row: row.ownership, lambda said: said.ownership))
_relevance = _each(table(_RELEVANCES, lambda row: row.relevance, lambda said: said.relevance))


def _interval(row: LabelledAnswer, said: Prediction) -> Counts:
    """Whether the interval holds the labelled band, whether there is one, and its width in bands."""
    if said.interval is None:
        return np.zeros(3)
    low, high = said.interval
    return np.array([low <= row.band <= high, 1, high - low])


MEASURES: Mapping[str, tuple[Measure, ...]] = {
    "kpis": (
        Measure("kpi precision", _each(_kpi_names), precision, _at(1)),
        Measure("kpi recall", _each(_kpi_names), recall, _at(2)),
        Measure("kpi F1 by name", _each(_kpi_names), f1, _at(2)),
        Measure("kpi F1 with level", _each(_kpi_levels), f1, _at(2)),
        Measure("kpi level of found", _each(_level_of_found), share, _at(1)),
        Measure("kpi paraphrase recall", _each(_paraphrases), share, _at(1)),
    ),
    "structure": (
        Measure("structure F1", _each(parts(*STAR)), f1, _at(2)),
        *(Measure(f"{part} F1", _each(parts(part)), f1, _at(2)) for part in (*STAR, "reflection")),
    ),
    "ownership": (
        Measure("ownership accuracy", _ownership, within(3, 0), _sum),
        Measure("ownership kappa", _ownership, kappa(3, quadratic=False), _sum),
    ),
    "relevance": (
        Measure("relevance accuracy", _relevance, within(3, 0), _sum),
        Measure("relevance kappa", _relevance, kappa(3, quadratic=True), _sum),
    ),
    "band": (
        Measure("band kappa", bands, kappa(5, quadratic=True), _sum),
        Measure("band exact", bands, within(5, 0), _sum),
        Measure("band within one", bands, within(5, 1), _sum),
        Measure("band and length", partial_counts, partial_correlation, _at(0), higher_is_better=False),
        Measure("interval coverage", _each(_interval), share, _at(1), higher_is_better=False, compared=False),
        Measure(
            "interval width",
            _each(_interval),
            lambda counts: ratio(counts[..., 2], counts[..., 1]),
            _at(1),
            higher_is_better=False,
            compared=False,
        ),
    ),
}
"""The figures by family. In every family the first ones that stand in HEADLINES are those quoted elsewhere."""

HEADLINES = ("kpi F1 by name", "structure F1", "ownership accuracy", "relevance accuracy", "band kappa")


def named(name: str) -> Measure:
    """The measure of this name. Raises KeyError where there is none."""
    return {measure.name: measure for family in MEASURES.values() for measure in family}[name]
