"""What a suite is: a name, and `run(options)` that gives figures, tables and worst cases. Rendering is common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from evals.answers import Scored
from evals.baseline import Baseline, load_baseline
from evals.bootstrap import Difference, Figure
from evals.readings import Readings
from evals.sets import DataSet, Status, load_sets

Cell = str | int | float | Figure | None


@dataclass(frozen=True, slots=True)
class FloorValue:
    """What a naive reader reaches, and by how much we are above it, paired."""

    value: float
    above: Difference | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure on one set, beside its naive floors and its change against the stored baseline."""

    name: str
    dataset: str
    figure: Figure
    floors: Mapping[str, FloorValue] = field(default_factory=dict)
    change: Difference | None = None
    higher_is_better: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table to print; every row has as many cells as the header."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class WorstCase:
    """An answer that was read badly. Only of sets whose texts may be shown."""

    dataset: str
    id: str
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a suite found."""

    figures: tuple[Measured, ...] = ()
    tables: tuple[Table, ...] = ()
    worst: tuple[WorstCase, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What a run measures: sets, perhaps one role only, with the readings that all suites share.

    `naive` is False where floors would only cost time: the gate holds figures against written floors.
    """

    sets: tuple[DataSet, ...]
    readings: Readings
    baseline: Baseline
    role: str | None = None
    naive: bool = True

    def scored(self, one: DataSet) -> tuple[Scored, ...]:
        """The set's answers as read, those of the chosen role."""
        return tuple(s for s in self.readings.of(one) if self.role in (None, s.row.role))

    def pooled(self, *, shown: bool) -> list[tuple[DataSet, Scored]]:
        """The answers of all sets whose texts may be shown, or of all others: figures of the two are never mixed."""
        return [(one, scored) for one in self.sets if one.shown == shown for scored in self.scored(one)]


def options_for(datasets: Sequence[str] | None = None, role: str | None = None) -> Options:
    """The sets named, or all that are measured by default, beside the stored baseline."""
    chosen = tuple(one for one in load_sets() if (one.name in datasets if datasets else one.measured))
    return Options(chosen, Readings(), load_baseline(), role)


class Suite(Protocol):
    """Something that is measured. A new suite is one such object, added to evals.registry.SUITES."""

    @property
    def name(self) -> str:
        """What --only calls it."""
        ...

    def run(self, options: Options) -> Result:
        """Measure."""
        ...


def joined(results: Sequence[Result]) -> Result:
    """Several results as one, in their order."""
    return Result(
        tuple(one for result in results for one in result.figures),
        tuple(one for result in results for one in result.tables),
        tuple(one for result in results for one in result.worst),
        tuple(one for result in results for one in result.notes),
    )


def kind_of_sets(*, shown: bool) -> str:
    """How a pool of sets is called in a table's title."""
    return "sets trained on or read" if shown else f"sets that are {Status.UNREAD} or {Status.SEALED}"
