"""Read labelled answers with an analyst and measure what it read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evals.bootstrap import Figure
from evals.labelled import LabelledAnswer
from evals.measures import MEASURES
from evals.prediction import Case, Prediction, from_evidence
from prepbot.domain.evidence import Evidence, KpiReference
from prepbot.domain.rubric import Grade, NotGraded
from prepbot.ports import Analyst

AnalystFactory = Callable[[LabelledAnswer], Analyst]
Grader = Callable[[Evidence], Grade | NotGraded]


@dataclass(frozen=True, slots=True)
class Scored:
    """A labelled answer beside the evidence read from it and the grade that follows."""

    row: LabelledAnswer
    evidence: Evidence
    graded: Grade | NotGraded

    @property
    def said(self) -> Prediction:
        """The reading in the labels of the guide."""
        return from_evidence(self.evidence, self.graded)

    @property
    def case(self) -> Case:
        """The label beside the reading."""
        return Case(self.row, self.said)


def read_one(row: LabelledAnswer, analyst: Analyst, grade: Grader) -> Scored:
    """One answer with its evidence and grade."""
    evidence = analyst.analyse(row.question, row.kind, row.answer)
    return Scored(row, evidence, grade(evidence))


def read_all(rows: Sequence[LabelledAnswer], analyst_factory: AnalystFactory, grade: Grader) -> list[Scored]:
    """Each row read. `analyst_factory` gives the analyst of a row's role (build each once)."""
    return [read_one(row, analyst_factory(row), grade) for row in rows]


def figures(scored: Sequence[Scored]) -> Mapping[str, Figure]:
    """Every figure over answers already read, by name."""
    cases = [one.case for one in scored]
    return {measure.name: measure.of(cases) for family in MEASURES.values() for measure in family}


def missed(scored: Scored) -> tuple[tuple[str, ...], tuple[KpiReference, ...]]:
    """The labelled KPIs that were not read, and the read ones that are not labelled."""
    said = {reference.kpi for reference in scored.evidence.kpis}
    labelled = {kpi.name for kpi in scored.row.kpis}
    false = tuple(reference for reference in scored.evidence.kpis if reference.kpi not in labelled)
    return tuple(sorted(labelled - said)), false
