"""A plain family for KPIs that no written family yields: columns and ranges follow from the formulas' own shape."""

from collections.abc import Iterator, Mapping, Sequence

from prepbot.domain.exercise import Column, NamedRow
from prepbot.domain.exercise_family import ColumnRule, Family, Leak, Range
from prepbot.domain.formula import names_in, quotient
from prepbot.domain.metric import Metric

MOST_METRICS = 3
_ROWS = ("North", "South", "East", "West", "Centre")
_SHOWN = 4
_BASE: Range = (240, 960)
# What one unit of the lower line brings above it, by the metric's unit: ordinary numbers, invented as the table is.
_SIZES: Mapping[str, Range] = {
    "currency": (21, 27),
    "seconds": (36, 46),
    "minutes": (22, 28),
    "hours": (5.0, 6.4),
    "days": (8.0, 10.2),
    "score": (3.9, 4.3),
}
_SIZE: Range = (3.0, 3.8)
_GOOD_SHARE, _LOW_SHARE = (0.76, 0.83), (0.46, 0.55)
_SMALL_SHARE, _HIGH_SHARE = (0.06, 0.085), (0.18, 0.24)
_MUCH, _LITTLE = 2.3, 0.45


def plain_family(metrics: Sequence[Metric]) -> Family | None:
    """A family of the first metrics that fit into one table; None where none does.

    A metric fits if it is one name divided by another, perhaps times a hundred, and has a better and a worse way.
    """
    rules: dict[str, ColumnRule] = {}
    fitting: list[Metric] = []
    for metric in metrics:
        columns = list(_rules(metric, rules))
        if columns and len(fitting) < MOST_METRICS:
            fitting.append(metric)
            rules |= {rule.column.id: rule for rule in columns}
    if not fitting:
        return None
    return Family(
        id="plain-" + "-".join(metric.id for metric in fitting),
        title="Four teams in figures",
        functions=(),
        situation="You follow the figures of four teams that do the same work. This is last quarter, by team.",
        rows_are="team",
        rows=tuple(NamedRow(f"Team {name}", (name.lower(),)) for name in _ROWS),
        shown=_SHOWN,
        columns=tuple(rules.values()),
        metrics=tuple(metric.id for metric in fitting),
        leaks=tuple(_leak(metric, rules) for metric in fitting),
    )


def _rules(metric: Metric, known: Mapping[str, ColumnRule]) -> Iterator[ColumnRule]:
    """The columns that a metric adds to those known; none where it does not fit."""
    parts = quotient(metric.formula) if metric.formula else None
    if parts is None or metric.direction == "target" or parts.factor not in {1, 100}:
        return
    top, bottom = names_in(parts.top), names_in(parts.bottom)
    if (parts.top, parts.bottom) != (top[0], bottom[0]) or top[0] in known:
        return
    if bottom[0] not in known:
        yield ColumnRule(_column(bottom[0], ""), base=_BASE)
    unit = "currency" if metric.unit == "currency" else ""
    yield ColumnRule(_column(top[0], unit), of=bottom[0], by=_range(metric), part=metric.unit == "percent")


def _column(name: str, unit: str) -> Column:
    return Column(name, name.replace("_", " ").capitalize(), unit=unit)


def _range(metric: Metric) -> Range:
    if metric.unit == "percent":
        return _GOOD_SHARE if metric.direction == "up" else _SMALL_SHARE
    return _SIZES.get(metric.unit, _SIZE)


def _leak(metric: Metric, rules: Mapping[str, ColumnRule]) -> Leak:
    """The leak of a metric: its upper column far from the range of the other rows, on the worse side."""
    top = names_in(metric.formula or "")[0]
    low, high = rules[top].by
    factor = _LITTLE if metric.direction == "up" else _MUCH
    worse = _LOW_SHARE if metric.direction == "up" else _HIGH_SHARE
    return Leak(
        metric=metric.id,
        column=top,
        by=worse if metric.unit == "percent" else (low * factor, high * factor),
        sentence=f"{{row}} is far worse than the other teams by its {metric.name}.",
        example=(
            f"Change one step of the work for half of the cases of {{row}}, measure the {metric.name} of both halves "
            "for four weeks, and keep the change if it is better by at least 10 percent."
        ),
    )
