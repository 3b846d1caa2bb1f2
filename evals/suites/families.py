"""The suites that set labelled answers beside their readings: KPI references, structure, ownership, relevance, band."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.bootstrap import Difference
from evals.breakdown import by_kpi, confusion
from evals.calibration import calibration
from evals.labelled import LabelledAnswer
from evals.measures import MEASURES, Measure
from evals.naive import NAIVE, read
from evals.prediction import Case, Prediction
from evals.sets import DataSet, fitted_on
from evals.suite import FloorValue, Measured, Options, Result, WorstCase, joined
from evals.worst import band_error, kpi_errors, ownership_error, relevance_error, structure_errors

Part = Callable[[Options], Result]
WORST = 3


@dataclass(frozen=True, slots=True)
class Family:
    """One family of figures (a key of MEASURES), its worst cases, and whatever else it shows.

    `error` gives how bad a reading is and in what; nought is right.
    """

    name: str
    error: Callable[[Case], tuple[float, str]]
    parts: tuple[Part, ...] = ()

    def run(self, options: Options) -> Result:
        """Every figure on every set, then the further parts."""
        each = [self._on(one, options) for one in options.sets]
        return joined([*each, *(part(options) for part in self.parts)])

    def _on(self, one: DataSet, options: Options) -> Result:
        cases = [scored.case for scored in options.scored(one)]
        if not cases:
            return Result()
        rows = [case.row for case in cases]
        readers = NAIVE[self.name] if options.naive else {}
        naive = {name: beside(rows, read(reader, rows, fitted_on())) for name, reader in readers.items()}
        before = options.baseline.of(one.name, rows)
        stored = beside(rows, before) if before else None
        figures = [measured(measure, one.name, cases, naive, stored) for measure in MEASURES[self.name]]
        return Result(
            tuple(figure for figure in figures if figure.figure.n),
            worst=tuple(self._worst(one.name, cases)) if one.shown else (),
        )

    def _worst(self, dataset: str, cases: Sequence[Case]) -> list[WorstCase]:
        errors = sorted(((*self.error(case), case) for case in cases), key=lambda one: -one[0])
        return [WorstCase(dataset, case.row.id, what, case.row.answer) for size, what, case in errors[:WORST] if size]


def beside(rows: Sequence[LabelledAnswer], said: Sequence[Prediction]) -> list[Case]:
    """Each row with what was said of it."""
    return [Case(row, one) for row, one in zip(rows, said, strict=True)]


def measured(
    measure: Measure, dataset: str, cases: Sequence[Case], naive: dict[str, list[Case]], stored: list[Case] | None
) -> Measured:
    """One figure with its floors and its change."""
    beatable = measure.compared and measure.higher_is_better
    floors = {name: _floor(measure, cases, others) for name, others in naive.items()} if beatable else {}
    change: Difference | None = measure.change(cases, stored) if stored and measure.compared else None
    return Measured(measure.name, dataset, measure.of(cases), floors, change, measure.higher_is_better)


def _floor(measure: Measure, cases: Sequence[Case], others: Sequence[Case]) -> FloorValue:
    return FloorValue(measure.of(others).value, measure.change(cases, others))


FAMILIES = (
    Family("kpis", kpi_errors, (by_kpi,)),
    Family("structure", structure_errors),
    Family("ownership", ownership_error),
    Family("relevance", relevance_error),
    Family("band", band_error, (confusion, calibration)),
)
