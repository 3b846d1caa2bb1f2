"""Does the grade's 80 % interval hold what it promises? Coverage and width, in all and by the band that was read."""

from collections.abc import Sequence

from evals.breakdown import pools
from evals.measures import BANDS, named
from evals.prediction import Case
from evals.suite import Options, Result, Table

NOMINAL = 0.80


def calibration(options: Options) -> Result:
    """Coverage by read band; a note where no grade carries an interval."""
    with_interval = [
        (where, found)
        for where, cases in pools(options)
        if (found := [case for case in cases if case.said.interval is not None])
    ]
    if not with_interval:
        return Result(notes=("no grade carries an interval, so nothing can be said of its calibration",))
    tables = tuple(_table(where, cases) for where, cases in with_interval)
    return Result(tables=tables, notes=(f"the interval is meant to hold the labelled band in {NOMINAL:.0%} of cases",))


def _table(where: str, cases: Sequence[Case]) -> Table:
    rows = [("all", cases), *((f"read {band}", [case for case in cases if case.said.band == band]) for band in BANDS)]
    figures = ("interval coverage", "interval width")
    return Table(
        f"the grade's interval, {where}",
        ("", "answers", *figures),
        tuple((name, len(some), *(named(figure).of(some) for figure in figures)) for name, some in rows if some),
    )
