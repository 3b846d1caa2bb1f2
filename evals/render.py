"""Results as text, Markdown or JSON. Every suite is printed the same way."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from evals.bootstrap import Difference, Figure
from evals.suite import Cell, FloorValue, Measured, Result, Table, WorstCase

_NOTHING = "–"
_TEXT_SHOWN = 600


def as_text(name: str, result: Result) -> str:
    """One suite with aligned columns."""
    blocks = [f"## {name}", *(_aligned(table) for table in _tables(result)), *result.notes]
    return "\n\n".join([*blocks, *_worst(result.worst)])


def as_markdown(name: str, result: Result) -> str:
    """One suite with Markdown tables."""
    blocks = [f"## {name}", *(_piped(table) for table in _tables(result)), *result.notes]
    return "\n\n".join([*blocks, *_worst(result.worst)])


def as_json(results: Mapping[str, Result]) -> dict[str, Any]:
    """Every suite as plain values; what is undefined is null."""
    plain: dict[str, Any] = _without_nan({name: asdict(result) for name, result in results.items()})
    return plain


def _tables(result: Result) -> Iterator[Table]:
    if result.figures:
        yield _figure_table(result.figures)
    yield from result.tables


def _figure_table(figures: Sequence[Measured]) -> Table:
    """One line a figure: its interval, its change, every floor, and how far it is above the best one and the ridge."""
    floors = list(dict.fromkeys(name for one in figures for name in one.floors))
    ridge = ("above ridge",) if "ridge" in floors else ()
    above = ("above the best",) if floors else ()
    changed = any(one.change for one in figures)
    last = ("against last",) if changed else ()
    header = ("figure", "set", "value", "n", *last, *floors, *above, *ridge)
    names = list(dict.fromkeys(one.name for one in figures))
    ordered = sorted(figures, key=lambda one: names.index(one.name))
    return Table("", header, tuple(_figure_row(one, floors, bool(ridge), changed) for one in ordered))


def _figure_row(one: Measured, floors: Sequence[str], ridge: bool, changed: bool) -> tuple[Cell, ...]:
    values = [one.floors[name].value if name in one.floors else None for name in floors]
    above = [_above(_best(one))] if floors else []
    above += [_above(one.floors.get("ridge"))] if ridge else []
    last = [_difference(one.change)] if changed else []
    return (one.name, one.dataset, one.figure, one.figure.n, *last, *values, *above)


def _best(one: Measured) -> FloorValue | None:
    """The floor that comes nearest, where more is better."""
    known = [floor for floor in one.floors.values() if not math.isnan(floor.value)]
    return max(known, key=lambda floor: floor.value) if known and one.higher_is_better else None


def _above(floor: FloorValue | None) -> str:
    return _difference(floor.above if floor else None)


def _difference(one: Difference | None) -> str:
    if one is None or math.isnan(one.value):
        return _NOTHING
    return f"{one.value:+.2f} [{one.low:+.2f}, {one.high:+.2f}]"


def cell(value: Cell) -> str:
    """A cell as words: two decimals, an interval in square brackets, a dash for what is undefined."""
    if isinstance(value, Figure):
        return _NOTHING if math.isnan(value.value) else f"{value.value:.2f} [{value.low:.2f}, {value.high:.2f}]"
    if isinstance(value, float):
        return _NOTHING if math.isnan(value) else f"{value:.2f}"
    return _NOTHING if value is None else str(value)


def _aligned(table: Table) -> str:
    rows = [list(table.header), *([cell(value) for value in row] for row in table.rows)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.header))]
    lines = ["  ".join(value.ljust(width) for value, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([*([table.title] if table.title else []), *lines])


def _piped(table: Table) -> str:
    rows = [list(table.header), ["---"] * len(table.header), *([cell(value) for value in row] for row in table.rows)]
    lines = ["| " + " | ".join(value.replace("|", "\\|") for value in row) + " |" for row in rows]
    return "\n".join([*([f"**{table.title}**", ""] if table.title else []), *lines])


def _worst(cases: Sequence[WorstCase]) -> Iterable[str]:
    if cases:
        yield "Worst cases:"
    for case in cases:
        yield f"- {case.dataset} {case.id}: {case.what}\n  > {_shortened(case.text)}"


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _TEXT_SHOWN else f"{flat[:_TEXT_SHOWN]} …"


def _without_nan(value: Any) -> Any:
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, Mapping):
        return {key: _without_nan(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(one) for one in value]
    return value
