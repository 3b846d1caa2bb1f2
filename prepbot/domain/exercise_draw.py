"""Draws an exercise from its family and a seed: the table with one row that leaks, and the tasks that belong to it."""

import random
from collections.abc import Collection, Mapping, Sequence

from prepbot.domain.exercise import Exercise, ExperimentTask, LeakTask, NamedRow, Table
from prepbot.domain.exercise_family import ColumnRule, Family, Leak, Range
from prepbot.domain.exercise_tasks import expected_of, figure_task, for_total, value_in
from prepbot.domain.metric import Metric

MOST_FIGURES = 3
_DRAWS = 40
_CLEAR = 0.5  # the gap to the next worst row, as a share of what lies between the other rows
_FIRM = 0.05  # the most that a tolerance may be of its figure

LEAK_QUESTION = "One {row} is clearly worse than the others. Which one is it, and by which figure do you see it?"
EXPERIMENT_QUESTION = (
    "What would you change or test there first, what would you measure, "
    "and from which result on would you call it a success, or stop?"
)


def draw(family: Family, metrics: Mapping[str, Metric], seed: int, wanted: Collection[str] = ()) -> Exercise:
    """The exercise that `family` and `seed` stand for; the same arguments give the same exercise.

    `metrics` are the catalogue by id, `wanted` the ids that the role tracks: they are asked for first. Raises
    ValueError for a family whose ranges hide their leak in the noise of the other rows.
    """
    rng = random.Random(f"{family.id}/{seed}")
    leak = rng.choice([leak for leak in family.leaks if leak.metric in wanted] or list(family.leaks))
    for _ in range(_DRAWS):
        rows = rng.sample(family.rows, family.shown)
        leaking = rng.choice(rows)
        table = _table(family, rows, leaking, leak, rng)
        if _is_clear(table, leaking.name, metrics[leak.metric]):
            return _exercise(family, metrics, seed, wanted, (table, leaking, rows, leak), rng)
    raise ValueError(f"{family.id}: the leak of {leak.metric} does not stand out; set its range further apart")


def _exercise(
    family: Family,
    metrics: Mapping[str, Metric],
    seed: int,
    wanted: Collection[str],
    drawn: tuple[Table, NamedRow, Sequence[NamedRow], Leak],
    rng: random.Random,
) -> Exercise:
    table, leaking, rows, leak = drawn
    asked = _asked(family, leak, wanted, rng)
    places = _places(table, [metrics[one] for one in asked], rng)
    return Exercise(
        family=family.id,
        seed=seed,
        title=family.title,
        situation=family.situation,
        table=table,
        figures=tuple(
            figure_task(str(number), metrics[one], table, where)
            for number, (one, where) in enumerate(zip(asked, places, strict=True), start=1)
        ),
        leak=_leak_task(table, leaking, rows, leak, metrics[leak.metric]),
        experiment=ExperimentTask(
            EXPERIMENT_QUESTION,
            tuple(metrics[one] for one in family.metrics),
            leak.example.format(row=leaking.name),
        ),
    )


def _asked(family: Family, leak: Leak, wanted: Collection[str], rng: random.Random) -> list[str]:
    """Two or three metrics, wanted ones first; the leak's own is among them, so that the tasks lead to it."""
    others = [one for one in family.metrics if one != leak.metric]
    rng.shuffle(others)
    others.sort(key=lambda one: one not in wanted)
    number = rng.choice((2, MOST_FIGURES))
    return [*others[: number - 1], leak.metric]


def _places(table: Table, asked: Sequence[Metric], rng: random.Random) -> list[str | None]:
    """For each metric the row it is asked for, None for the whole table. Both occur where there is a total to ask."""
    places: list[str | None] = []
    for number, metric in enumerate(asked):
        whole = for_total(metric, table) and number % 2 == 0 and _is_firm(metric, table, None)
        rows = [row for row in table.rows if _is_firm(metric, table, row)] or list(table.rows)
        places.append(None if whole else rng.choice(rows))
    return places


def _is_firm(metric: Metric, table: Table, where: str | None) -> bool:
    """Whether a figure is far enough from nought for its tolerance to mean something."""
    expected = expected_of(metric, value_in(metric, table, where))
    return expected.tolerance <= _FIRM * abs(expected.value)


def _table(family: Family, rows: Sequence[NamedRow], leaking: NamedRow, leak: Leak, rng: random.Random) -> Table:
    cells = []
    for row in rows:
        values: dict[str, float] = {}
        for rule in family.columns:
            other = leak.by if row is leaking and rule.column.id == leak.column else None
            values[rule.column.id] = _cell(rule, values, other, rng)
        cells.append(tuple(values.values()))
    columns = tuple(rule.column for rule in family.columns)
    return Table(family.rows_are, tuple(row.name for row in rows), columns, tuple(cells))


def _cell(rule: ColumnRule, values: Mapping[str, float], other: Range | None, rng: random.Random) -> float:
    """One cell, from the cells before it. `other` replaces the rule's own range in the row that leaks."""
    if rule.sum:
        return round(sum(_signed(name, values) for name in rule.sum), rule.column.decimals)
    if rule.base is not None:
        return round(rng.uniform(*(other or rule.base)), rule.column.decimals)
    cell = round(values[rule.of] * rng.uniform(*(other or rule.by)), rule.column.decimals)
    return min(cell, values[rule.of]) if rule.part else cell


def _signed(name: str, values: Mapping[str, float]) -> float:
    return -values[name[1:]] if name.startswith("-") else values[name]


def _is_clear(table: Table, leaking: str, metric: Metric) -> bool:
    """Whether the leaking row is the worst by a gap that nobody would call noise."""
    bad = -1.0 if metric.direction == "up" else 1.0
    try:
        worse = {row: bad * value_in(metric, table, row) for row in table.rows}
        tolerance = expected_of(metric, bad * worse[leaking]).tolerance
    except ZeroDivisionError:
        return False
    worst = worse.pop(leaking)
    gap = worst - max(worse.values())
    return gap > 2 * tolerance and gap >= _CLEAR * (max(worse.values()) - min(worse.values()))


def _leak_task(table: Table, leaking: NamedRow, rows: Sequence[NamedRow], leak: Leak, metric: Metric) -> LeakTask:
    bad = -1.0 if metric.direction == "up" else 1.0
    order = sorted(table.rows, key=lambda row: -bad * value_in(metric, table, row))
    return LeakTask(
        text=LEAK_QUESTION.format(row=table.rows_are),
        rows_are=table.rows_are,
        row=leaking,
        others=tuple(row for row in rows if row is not leaking),
        metric=metric,
        expected=expected_of(metric, value_in(metric, table, leaking.name)),
        sentence=leak.sentence.format(row=leaking.name),
        solution=tuple(f"{row}: {expected_of(metric, value_in(metric, table, row)).shown}" for row in order),
    )
