"""Score an analyst against labelled answers: KPI references, structure, ownership, relevance and band.

Every figure is a function of counts that add up over answers, so that its 95 % interval comes from resampling
whole questions (answers to one question are no independent cases).
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.labelled import LabelledAnswer
from prepbot.domain.evidence import Evidence, KpiReference, Part
from prepbot.domain.rubric import Grade, NotGraded, relevance_level
from prepbot.ports import Analyst

Counts = NDArray[np.float64]
AnalystFactory = Callable[[LabelledAnswer], Analyst]
Grader = Callable[[Evidence], Grade | NotGraded]

_BANDS = 5
_DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Scored:
    """A labelled answer beside the evidence read from it and the band that follows."""

    row: LabelledAnswer
    evidence: Evidence
    band: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its 95 % bootstrap interval and the number of cases behind it."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class _Measure:
    """How one figure is counted for an answer, and computed from summed counts."""

    count: Callable[[Scored], Counts]
    value: Callable[[Counts], float]
    cases: Callable[[Counts], float]


def measure(rows: Sequence[LabelledAnswer], analyst_factory: AnalystFactory, grade: Grader) -> dict[str, Figure]:
    """Every figure over `rows`. `analyst_factory` gives the analyst of a row's role (build each once)."""
    return figures(read_all(rows, analyst_factory, grade))


def read_all(rows: Sequence[LabelledAnswer], analyst_factory: AnalystFactory, grade: Grader) -> list[Scored]:
    """Each row with its evidence and band; an answer that is not graded counts as band 1, as labelled."""
    scored = []
    for row in rows:
        evidence = analyst_factory(row).analyse(row.question, row.kind, row.answer)
        graded = grade(evidence)
        scored.append(Scored(row, evidence, graded.band if isinstance(graded, Grade) else 1))
    return scored


def figures(scored: Sequence[Scored]) -> dict[str, Figure]:
    """Every figure over answers already read."""
    return {name: _figure(scored, one) for name, one in _MEASURES.items()}


def _figure(scored: Sequence[Scored], one: _Measure) -> Figure:
    counts = np.array([one.count(case) for case in scored])
    total = counts.sum(axis=0)
    low, high = _interval(counts, [case.row.question for case in scored], one.value)
    return Figure(one.value(total), low, high, int(one.cases(total)))


def _interval(counts: Counts, groups: Sequence[str], value: Callable[[Counts], float]) -> tuple[float, float]:
    """The 2.5 and 97.5 percentiles over resampled questions; the seed is fixed."""
    names = sorted(set(groups))
    owner = np.array([names.index(group) for group in groups])
    by_group = np.array([counts[owner == index].sum(axis=0) for index in range(len(names))])
    draws = np.random.default_rng(20261123).integers(0, len(names), (_DRAWS, len(names)))
    values = np.array([value(by_group[draw].sum(axis=0)) for draw in draws])
    values = values[~np.isnan(values)]
    if not len(values):
        return float("nan"), float("nan")
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def _f1(counts: Counts) -> float:
    hit, said, true = counts
    return float(2 * hit / (said + true)) if said + true else float("nan")


def _precision(counts: Counts) -> float:
    return float(counts[0] / counts[1]) if counts[1] else float("nan")


def _recall(counts: Counts) -> float:
    return float(counts[0] / counts[2]) if counts[2] else float("nan")


def _share(counts: Counts) -> float:
    return float(counts[0] / counts[1]) if counts[1] else float("nan")


def _kappa(counts: Counts) -> float:
    """Quadratic weighted kappa from a flattened band-by-band table."""
    table = counts.reshape(_BANDS, _BANDS)
    distance = np.subtract.outer(np.arange(_BANDS), np.arange(_BANDS)) ** 2
    chance = np.outer(table.sum(axis=1), table.sum(axis=0)) / max(table.sum(), 1.0)
    expected = (distance * chance).sum()
    return float(1 - (distance * table).sum() / expected) if expected else float("nan")


def _within(width: int) -> Callable[[Counts], float]:
    near = np.abs(np.subtract.outer(np.arange(_BANDS), np.arange(_BANDS))) <= width
    return lambda counts: float(counts.reshape(_BANDS, _BANDS)[near].sum() / max(counts.sum(), 1.0))


def _band_counts(case: Scored) -> Counts:
    table = np.zeros((_BANDS, _BANDS))
    table[case.row.band - 1, case.band - 1] = 1
    return table.ravel()


def _kpi_names(case: Scored) -> Counts:
    said = {reference.kpi for reference in case.evidence.kpis}
    return _overlap(said, {kpi.name for kpi in case.row.kpis})


def _kpi_levels(case: Scored) -> Counts:
    said = {(reference.kpi, reference.level.label) for reference in case.evidence.kpis}
    return _overlap(said, {(kpi.name, kpi.level) for kpi in case.row.kpis})


def _level_of_found(case: Scored) -> Counts:
    levels = {reference.kpi: reference.level.label for reference in case.evidence.kpis}
    found = [kpi for kpi in case.row.kpis if kpi.name in levels]
    return np.array([sum(levels[kpi.name] == kpi.level for kpi in found), len(found)], dtype=np.float64)


def _paraphrases(case: Scored) -> Counts:
    """Labelled paraphrases found, of all: those whose words hold no part of the KPI's name (form "paraphrase")."""
    said = {reference.kpi for reference in case.evidence.kpis}
    labelled = [kpi.name for kpi in case.row.kpis if kpi.form == "paraphrase"]
    return np.array([sum(name in said for name in labelled), len(labelled)], dtype=np.float64)


def _overlap(said: AbstractSet[Hashable], true: AbstractSet[Hashable]) -> Counts:
    return np.array([len(said & true), len(said), len(true)], dtype=np.float64)


def _parts(*names: str) -> Callable[[Scored], Counts]:
    def count(case: Scored) -> Counts:
        said = _said_parts(case.evidence) & set(names)
        return _overlap(said, set(case.row.parts) & set(names))

    return count


def _said_parts(evidence: Evidence) -> set[str]:
    """The parts read, none where relevance is 0 (guide, section 2)."""
    if relevance_level(evidence) == 0:
        return set()
    said = {part.value for part in evidence.parts}
    return said | ({"reflection"} if evidence.reflection else set())


def _same(label: Callable[[Scored], object], read: Callable[[Scored], object]) -> Callable[[Scored], Counts]:
    return lambda case: np.array([label(case) == read(case), 1.0])


def _ownership_said(case: Scored) -> str:
    return "none" if relevance_level(case.evidence) == 0 else case.evidence.ownership.value


def _spans(case: Scored) -> Counts:
    """Spans that lie within the answer, of all."""
    spans = [reference.span for reference in case.evidence.kpis]
    spans += [span for part in Part if (span := case.evidence.part(part))]
    spans += [*case.evidence.steps, *case.evidence.set_aside]
    return np.array([sum(span.end <= len(case.row.answer) for span in spans), len(spans)], dtype=np.float64)


def _total(index: int) -> Callable[[Counts], float]:
    return lambda counts: float(counts[index])


def _sum(counts: Counts) -> float:
    return float(counts.sum())


_STAR = tuple(part.value for part in Part)
_MEASURES: Mapping[str, _Measure] = {
    "kpi precision": _Measure(_kpi_names, _precision, _total(1)),
    "kpi recall": _Measure(_kpi_names, _recall, _total(2)),
    "kpi F1 by name": _Measure(_kpi_names, _f1, _total(2)),
    "kpi F1 with level": _Measure(_kpi_levels, _f1, _total(2)),
    "kpi level of found": _Measure(_level_of_found, _share, _total(1)),
    "kpi paraphrase recall": _Measure(_paraphrases, _share, _total(1)),
    "structure F1": _Measure(_parts(*_STAR), _f1, _total(2)),
    **{f"{part} F1": _Measure(_parts(part), _f1, _total(2)) for part in (*_STAR, "reflection")},
    "ownership accuracy": _Measure(_same(lambda c: c.row.ownership, _ownership_said), _share, _total(1)),
    "relevance accuracy": _Measure(
        _same(lambda c: c.row.relevance, lambda c: relevance_level(c.evidence)), _share, _total(1)
    ),
    "band kappa": _Measure(_band_counts, _kappa, _sum),
    "band exact": _Measure(_band_counts, _within(0), _sum),
    "band within one": _Measure(_band_counts, _within(1), _sum),
    "spans valid": _Measure(_spans, _share, _total(1)),
}


def missed(case: Scored) -> tuple[tuple[str, ...], tuple[KpiReference, ...]]:
    """The labelled KPIs that were not read, and the read ones that are not labelled."""
    said = {reference.kpi for reference in case.evidence.kpis}
    labelled = {kpi.name for kpi in case.row.kpis}
    false = tuple(reference for reference in case.evidence.kpis if reference.kpi not in labelled)
    return tuple(sorted(labelled - said)), false
