"""What exercises are drawn from: a table's rows and columns with their ranges, and the leaks that may be planted."""

from dataclasses import dataclass, replace

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
class Scene:
    """The same figures in another trade: its situation and the names of its rows. Without `functions` it fits any."""

    functions: tuple[str, ...]
    situation: str
    rows: tuple[NamedRow, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """Exercises of one kind (knowledge/exercises.toml).

    `functions` are those whose trade its situation and its rows are of; `scenes` put it into others. `metrics` are
    catalogue ids that its columns yield. `shown` is how many of its rows an exercise draws.
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
    scenes: tuple[Scene, ...] = ()

    def in_trade(self, function: str) -> "Family | None":
        """The family as a role of this function meets it; None where it is of another trade and has no scene for it."""
        if function in self.functions:
            return self
        fitting = [scene for scene in self.scenes if function in scene.functions]
        fitting += [scene for scene in self.scenes if not scene.functions]
        return replace(self, situation=fitting[0].situation, rows=fitting[0].rows) if fitting else None
