"""The same figures taken apart: by question kind, by labelled band, by author, by KPI, and the table of bands."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from evals.bootstrap import Counts, figure
from evals.measures import BANDS, HEADLINES, bands, named
from evals.prediction import Case
from evals.sets import DataSet
from evals.suite import Cell, Options, Result, Table, joined, kind_of_sets
from evals.values import f1, precision, recall

Filed = tuple[DataSet, Case]
_OF_A_BAND = ("kpi F1 by name", "structure F1", "band exact", "band within one")
"""Within one labelled band there is no kappa."""


def taken_apart(options: Options) -> Result:
    """By kind, band and author, once for the sets that were trained on or read and once for the others."""
    return joined([_of_pool(options, shown=shown) for shown in (False, True)])


def _of_pool(options: Options, *, shown: bool) -> Result:
    filed = _filed(options, shown=shown)
    if not filed:
        return Result()
    where = kind_of_sets(shown=shown)
    tables = (
        _by(f"by question kind, {where}", filed, lambda one: one[1].row.kind.value.replace("_", " "), HEADLINES),
        _by(f"by labelled band, {where}", filed, lambda one: str(one[1].row.band), _OF_A_BAND),
        _by(f"by author, {where}", filed, lambda one: one[0].author, HEADLINES),
    )
    return Result(tables=tables, notes=tuple(_worst_authors(filed, where)))


def by_kpi(options: Options) -> Result:
    """Precision, recall and F1 for each KPI, the worst first."""
    return Result(tables=tuple(_kpi_table(where, cases) for where, cases in pools(options)))


def confusion(options: Options) -> Result:
    """How often each labelled band was read as which."""
    return Result(tables=tuple(_band_table(where, cases) for where, cases in pools(options)))


def _filed(options: Options, *, shown: bool) -> list[Filed]:
    return [(one, scored.case) for one, scored in options.pooled(shown=shown)]


def _split(filed: Sequence[Filed], key: Callable[[Filed], str]) -> Mapping[str, list[Case]]:
    found: dict[str, list[Case]] = {}
    for one in filed:
        found.setdefault(key(one), []).append(one[1])
    return dict(sorted(found.items()))


def _by(title: str, filed: Sequence[Filed], key: Callable[[Filed], str], names: Sequence[str]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (value, len(cases), *(named(name).of(cases) for name in names)) for value, cases in _split(filed, key).items()
    ]
    return Table(title, ("", "answers", *names), tuple(rows))


def _worst_authors(filed: Sequence[Filed], where: str) -> list[str]:
    """For each headline the author whose answers are read worst: the figure to quote is the lowest, not the mean."""
    authors = _split(filed, lambda one: one[0].author)
    if len(authors) < 2:
        return []
    lowest = []
    for name in HEADLINES:
        values = {author: named(name).of(cases).value for author, cases in authors.items()}
        worst = min(values, key=lambda author: values[author])
        lowest.append(f"{name} {worst} ({values[worst]:.2f})")
    return [f"worst author, {where}: {', '.join(lowest)}"]


def pools(options: Options) -> list[tuple[str, list[Case]]]:
    """The cases of the sets nobody has read, then of the others, each with words for a title; empty pools left out."""
    found = [(kind_of_sets(shown=shown), _filed(options, shown=shown)) for shown in (False, True)]
    return [(where, [case for _, case in filed]) for where, filed in found if filed]


def _kpi_table(where: str, cases: Sequence[Case]) -> Table:
    kpis = {kpi.name for case in cases for kpi in case.row.kpis} | {name for case in cases for name in case.said.kpis}
    counted = {name: np.array([_kpi_counts(name, case) for case in cases]) for name in kpis}
    groups = [case.row.question for case in cases]
    order = sorted(kpis, key=lambda name: (float(f1(counted[name].sum(axis=0))), name))
    rows = tuple(_kpi_row(name, counted[name], groups) for name in order)
    return Table(f"by KPI, {where}", ("KPI", "labelled", "read", "precision", "recall", "F1"), rows)


def _kpi_counts(name: str, case: Case) -> tuple[float, float, float]:
    true, said = any(kpi.name == name for kpi in case.row.kpis), name in case.said.kpis
    return float(true and said), float(said), float(true)


def _kpi_row(name: str, counts: Counts, groups: Sequence[str]) -> tuple[Cell, ...]:
    total = counts.sum(axis=0)
    shares = (float(precision(total)), float(recall(total)), figure(counts, groups, f1, total[2]))
    return name, int(total[2]), int(total[1]), *shares


def _band_table(where: str, cases: Sequence[Case]) -> Table:
    cells = bands(cases).sum(axis=0).reshape(len(BANDS), len(BANDS)).astype(int)
    rows = tuple((f"labelled {band}", *row.tolist()) for band, row in zip(BANDS, cells, strict=True))
    header = ("", *(f"read {band}" for band in BANDS))
    return Table(f"bands, {where}", header, rows)
