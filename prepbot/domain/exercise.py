"""A skills-assessment exercise as values: a small table, figures to work out, a leak to find, a next step to test."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from prepbot.domain.metric import Metric

SIGN = "$"
"""The currency of every exercise: the tables are invented, and one currency keeps figures comparable."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. `id` and `also` are the names that catalogue formulas know it by.

    `unit` is "currency" or empty; `decimals` are those of its cells. `summable` is False for averages and levels,
    which have no total.
    """

    id: str
    label: str
    also: tuple[str, ...] = ()
    unit: str = ""
    decimals: int = 0
    summable: bool = True

    def shown(self, value: float) -> str:
        """A cell as the table and the worked solution write it: "17,180", "$38,500"."""
        sign = SIGN if self.unit == "currency" else ""
        return f"{'-' if value < 0 else ''}{sign}{abs(value):,.{self.decimals}f}"


@dataclass(frozen=True, slots=True)
class Table:
    """What the candidate looks at. `cells[row][column]`; `rows_are` says what a row is ("channel")."""

    rows_are: str
    rows: tuple[str, ...]
    columns: tuple[Column, ...]
    cells: tuple[tuple[float, ...], ...]

    def row(self, name: str) -> dict[str, float]:
        """The values of one row under every name that a formula may call them by. Raises ValueError without it."""
        return self._named(self.cells[self.rows.index(name)])

    def total(self) -> dict[str, float]:
        """The sums of all rows under the names of their columns; columns that have no total are left out."""
        sums = self._named(tuple(sum(column) for column in zip(*self.cells, strict=True)))
        levels = {name for column in self.columns if not column.summable for name in (column.id, *column.also)}
        return {name: value for name, value in sums.items() if name not in levels}

    def column(self, name: str) -> Column:
        """The column that a formula calls `name`. Raises KeyError where the table lacks it."""
        for column in self.columns:
            if name in {column.id, *column.also}:
                return column
        raise KeyError(name)

    @property
    def header(self) -> tuple[str, ...]:
        """The heads of the columns, that of the rows' names first."""
        return (self.rows_are.capitalize(), *(column.label for column in self.columns))

    def lines(self) -> Iterator[tuple[str, ...]]:
        """Each row's name and cells as a person reads them."""
        for name, cells in zip(self.rows, self.cells, strict=True):
            yield (name, *(column.shown(cell) for column, cell in zip(self.columns, cells, strict=True)))

    def csv(self) -> str:
        """The table as CSV (RFC 4180): plain numbers without signs or thousands separators, so that a sheet adds up."""
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(self.header)
        for name, cells in zip(self.rows, self.cells, strict=True):
            plain = (f"{cell:.{column.decimals}f}" for column, cell in zip(self.columns, cells, strict=True))
            writer.writerow((name, *plain))
        return text.getvalue()

    def _named(self, cells: tuple[float, ...]) -> dict[str, float]:
        return {
            name: cell for column, cell in zip(self.columns, cells, strict=True) for name in (column.id, *column.also)
        }


class SlipKind(StrEnum):
    """A known way to come out beside the right figure with the right data in hand."""

    INVERSE = "inverse"
    COMPLEMENT = "complement"
    NO_FACTOR = "no_factor"
    PERCENT_OF_SHARE = "percent_of_share"
    POWER_OF_TEN = "power_of_ten"
    WRONG_UNIT = "wrong_unit"
    OTHER_ROW = "other_row"
    MEAN_OF_ROWS = "mean_of_rows"
    ROUNDED = "rounded"


@dataclass(frozen=True, slots=True)
class Slip:
    """The figure that one slip leads to. `row` is the other row where the kind is OTHER_ROW, empty for the total."""

    kind: SlipKind
    value: float
    row: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """The right figure in its metric's unit; `tolerance` is absolute, `decimals` those it is shown with."""

    value: float
    unit: str
    decimals: int
    tolerance: float

    def agrees(self, said: float) -> bool:
        """Whether a said figure is right."""
        return abs(said - self.value) <= self.tolerance + 1e-9

    @property
    def shown(self) -> str:
        """The figure as the solution writes it: "2.40 %", "$48.20", "1.5 hours"."""
        return figure_shown(self.value, self.unit, self.decimals)


def figure_shown(value: float, unit: str, decimals: int) -> str:
    """A figure with its unit, as solutions and feedback write it."""
    number = f"{abs(value):,.{decimals}f}"
    minus = "-" if value < 0 and float(number.replace(",", "")) else ""
    match unit:
        case "percent":
            return f"{minus}{number} %"
        case "currency":
            return f"{minus}{SIGN}{number}"
        case "seconds" | "minutes" | "hours" | "days":
            return f"{minus}{number} {unit}"
        case _:
            return f"{minus}{number}"


@dataclass(frozen=True, slots=True)
class Side:
    """What stands above or below the line of a formula: its columns, their values here, and what they come to."""

    columns: tuple[Column, ...]
    inputs: tuple[float, ...]
    value: float


@dataclass(frozen=True, slots=True)
class FigureTask:
    """One KPI to work out, for the row `where` or, where that is None, for all rows together.

    `id` counts from "1". `top` and `bottom` are the sides of the formula's line, None where it is no quotient.
    `solution` are the lines of the worked solution.
    """

    id: str
    metric: Metric
    where: str | None
    text: str
    expected: Expected
    top: Side | None
    bottom: Side | None
    slips: tuple[Slip, ...]
    solution: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A row and the other words for it, lower case."""

    name: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeakTask:
    """Where does it leak: `row` is the one that is clearly worse, by `metric`, which is `expected` there.

    `sentence` says so in words, `solution` shows the figure of every row, the leak first.
    """

    text: str
    rows_are: str
    row: NamedRow
    others: tuple[NamedRow, ...]
    metric: Metric
    expected: Expected
    sentence: str
    solution: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExperimentTask:
    """What to test next and how one would know. `metrics` are those a measure may be; `example` is a good answer."""

    text: str
    metrics: tuple[Metric, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise, replayable from its family, its seed and the metrics that were wanted."""

    family: str
    seed: int
    title: str
    situation: str
    table: Table
    figures: tuple[FigureTask, ...]
    leak: LeakTask
    experiment: ExperimentTask

    @property
    def tasks(self) -> tuple[str, ...]:
        """The tasks as the candidate reads them, in the order of their numbers from 1."""
        return (*(figure.text for figure in self.figures), self.leak.text, self.experiment.text)


@dataclass(frozen=True, slots=True)
class WrittenCase:
    """A case without a table, from one of the role's activities, for a role whose KPIs cannot be computed."""

    seed: int
    title: str
    situation: str
    activity: str
    experiment: ExperimentTask

    @property
    def tasks(self) -> tuple[str, ...]:
        """Its one task."""
        return (self.experiment.text,)
