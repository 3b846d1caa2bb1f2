"""What exercises are drawn from: a table's rows and columns with their ranges, and the leaks that may be planted."""

from dataclasses import dataclass

from prepbot.domain.exercise import Column, NamedRow

Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """How a column's cells come about; exactly one of the three ways is set.

    `base`: drawn from the range itself. `of`: the column `of` times a factor drawn from `by`, and where `part` is
    true never more than it (carts of visits). `sum`: other columns added up, "-" before a name subtracts it.
    """

    column: Column
    base: Range | None = None
    of: str = ""
    by: Range = (0.0, 0.0)
    part: bool = False
    sum: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leak:
    """A way to make one row clearly worse by `metric`: its `column` is drawn from `by` instead of its own range.

    `{row}` stands for the row's name in `sentence` (what is seen) and `example` (a good test, its measure and rule).
    """

    metric: str
    column: str
    by: Range
    sentence: str
    example: str


@dataclass(frozen=True, slots=True)
class Family:
    """Exercises of one kind (knowledge/exercises.toml).

    `metrics` are catalogue ids that its columns yield. `shown` is how many of its rows an exercise draws.
    """

    id: str
    title: str
    functions: tuple[str, ...]
    situation: str
    rows_are: str
    rows: tuple[NamedRow, ...]
    shown: int
    columns: tuple[ColumnRule, ...]
    metrics: tuple[str, ...]
    leaks: tuple[Leak, ...]
