"""One KPI of a table as a task: the right figure with its tolerance, the slips near it, and the worked solution."""

from collections.abc import Iterator, Mapping

from prepbot.domain.exercise import Column, Expected, FigureTask, Side, Slip, SlipKind, Table
from prepbot.domain.formula import Quotient, evaluate, names_in, quotient, written
from prepbot.domain.metric import Metric

_RELATIVE = 0.01
_MOST_PERCENT = 0.5  # in percent of percent 1 % would be a whole point near 100 %, which hides a leak
_OF_THE_REST = 0.05  # near 100 % the errors are what matters: 98.9 is no 98.4 where accuracy is meant
_ROUGH = 0.2  # a rounding that moves the figure by more says too little to count
_UNITS = {"percent": "in percent", "currency": "in dollars", "points": "in points", "times": "as a number of times"}
_TIMES = frozenset({"seconds", "minutes", "hours", "days"})
_DECIMALS = ("without decimals", "to one decimal", "to two decimals", "to three decimals", "to four decimals")


def formula_of(metric: Metric) -> str:
    """The metric's formula. Raises ValueError for a metric that has none."""
    if metric.formula is None:
        raise ValueError(f"{metric.id} has no formula")
    return metric.formula


def value_in(metric: Metric, table: Table, where: str | None) -> float:
    """The metric of one row, or of the whole table. Raises KeyError where the columns do not yield it."""
    return evaluate(formula_of(metric), _values(table, where))


def for_total(metric: Metric, table: Table) -> bool:
    """Whether the metric can be worked out for all rows together."""
    total = table.total()
    return all(name in total for name in names_in(formula_of(metric)))


def expected_of(metric: Metric, value: float) -> Expected:
    """A right figure with its tolerance: 1 % of it, or half of the last place that is asked for.

    Of a percentage it is at most half a point, and at most a twentieth of what is left to 100.
    """
    shown = _decimals_shown(value, metric.unit)
    tolerance = _RELATIVE * abs(value)
    if metric.unit == "percent":
        tolerance = min(tolerance, _MOST_PERCENT)
        if 0 <= value <= 100:
            tolerance = min(tolerance, _OF_THE_REST * (100 - value))
    return Expected(value, metric.unit, shown, max(tolerance, 0.5 * 10.0 ** -_decimals_asked(value, metric.unit)))


def figure_task(number: str, metric: Metric, table: Table, where: str | None) -> FigureTask:
    """The task to work out `metric` for the row `where`, or for the whole table where that is None."""
    formula = formula_of(metric)
    values = _values(table, where)
    expected = expected_of(metric, evaluate(formula, values))
    parts = quotient(formula)
    return FigureTask(
        id=number,
        metric=metric,
        where=where,
        text=_text(metric, expected, where, parts, table),
        expected=expected,
        top=_side(parts.top, table, values) if parts else None,
        bottom=_side(parts.bottom, table, values) if parts else None,
        slips=tuple(_kept(_slips(metric, table, where, expected, parts), expected)),
        solution=tuple(_solution(metric, table, where, expected)),
    )


def _values(table: Table, where: str | None) -> Mapping[str, float]:
    return table.total() if where is None else table.row(where)


def _text(metric: Metric, expected: Expected, where: str | None, parts: Quotient | None, table: Table) -> str:
    """The task in words: which KPI, for which row, in which unit, to how many decimals."""
    manner = [_UNITS.get(expected.unit, f"in {expected.unit}" if expected.unit in _TIMES else "")]
    if parts is not None and parts.factor >= 1000:
        manner.append(f"per {parts.factor:,.0f} {' '.join(map(spoken, _columns(parts.bottom, table)))}")
    manner.append(_DECIMALS[_decimals_asked(expected.value, expected.unit)])
    whose = "for the whole table" if where is None else f"for {where}"
    return f"Work out the {metric.name} {whose}, {', '.join(filter(None, manner))}."


def _side(formula: str, table: Table, values: Mapping[str, float]) -> Side:
    inputs = tuple(values[name] for name in names_in(formula))
    return Side(_columns(formula, table), inputs, evaluate(formula, values))


def _columns(formula: str, table: Table) -> tuple[Column, ...]:
    return tuple(table.column(name) for name in names_in(formula))


def _decimals_asked(value: float, unit: str) -> int:
    if unit == "percent":
        return 1 if abs(value) >= 1 else 2
    return _decimals_shown(value, unit)


def _decimals_shown(value: float, unit: str) -> int:
    """Three figures that count, as a person would write them; money in cents or in whole dollars."""
    size = abs(value)
    if unit == "currency" and size >= 1:
        return 2 if size < 1000 else 0
    if unit == "percent":
        return 1 if size >= 10 else 2
    return next((places for least, places in ((1000, 0), (10, 1), (1, 2), (0.1, 3)) if size >= least), 4)


def _slips(
    metric: Metric, table: Table, where: str | None, expected: Expected, parts: Quotient | None
) -> Iterator[Slip]:
    """The figures that a known slip leads to, the likelier ones first."""
    values = _values(table, where)
    if parts is not None:
        top, bottom = evaluate(parts.top, values), evaluate(parts.bottom, values)
        if parts.factor != 1 and metric.unit != "percent":
            yield Slip(SlipKind.NO_FACTOR, top / bottom)
        if top:
            yield Slip(SlipKind.INVERSE, bottom / top * parts.factor)
            yield Slip(SlipKind.INVERSE, bottom / top)
    if metric.unit == "percent" and 0 <= expected.value <= 100:
        yield Slip(SlipKind.COMPLEMENT, 100 - expected.value)
    if where is None:
        each = [value_in(metric, table, row) for row in table.rows]
        yield Slip(SlipKind.MEAN_OF_ROWS, sum(each) / len(each))
    elif for_total(metric, table):
        yield Slip(SlipKind.OTHER_ROW, value_in(metric, table, None))
    yield from (Slip(SlipKind.OTHER_ROW, value_in(metric, table, row), row) for row in table.rows if row != where)
    asked = _decimals_asked(expected.value, expected.unit)
    yield from (Slip(SlipKind.ROUNDED, round(expected.value, places)) for places in range(asked - 1, -1, -1))
    yield from (Slip(SlipKind.POWER_OF_TEN, expected.value * power) for power in (1000, 0.001, 10, 0.1))


def _kept(slips: Iterator[Slip], expected: Expected) -> Iterator[Slip]:
    """The slips that differ from the right figure; a rounding counts only while it stays near."""
    for slip in slips:
        far = abs(slip.value - expected.value) > _ROUGH * abs(expected.value)
        if not expected.agrees(slip.value) and not (slip.kind is SlipKind.ROUNDED and far):
            yield slip


def _solution(metric: Metric, table: Table, where: str | None, expected: Expected) -> Iterator[str]:
    """The worked solution: the sums that a total needs, then formula, figures and result in one line."""
    formula = formula_of(metric)
    values = _values(table, where)
    if where is None:
        columns = {table.column(name) for name in names_in(formula)}
        yield from (_sum_line(table, column) for column in table.columns if column in columns)
    words = written(formula, lambda name: spoken(table.column(name)))
    numbers = written(formula, lambda name: table.column(name).shown(values[name]))
    yield f"{metric.name} = {words} = {numbers} = {expected.shown}"


def _sum_line(table: Table, column: Column) -> str:
    place = table.columns.index(column)
    cells = [cells[place] for cells in table.cells]
    return f"{column.label}: {' + '.join(map(column.shown, cells))} = {column.shown(sum(cells))}"


def spoken(column: Column) -> str:
    """A column's label in the middle of a line: "orders", while "SKUs listed" keeps its capitals."""
    first = column.label.split()[0]
    return column.label if first[1:] != first[1:].lower() else column.label[0].lower() + column.label[1:]
