"""Takes the result, the number or the action out of good answers and reads them again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.ablation import REMOVALS, Ablated, Range, Removal, compared, eligible, shortened, without_words
from evals.bootstrap import figure
from evals.labelled import LabelledAnswer
from evals.readings import spread
from evals.sets import fitted_on, load_sets
from evals.suite import Cell, Measured, Options, Result, Table, WorstCase
from evals.values import share
from prepbot.domain.rubric import CRITERIA

_MOST = 24
_SHOWN = 4
_COMPLETE = 4
_OPEN = "open, by sentence"
_UNREAD = "unread, by labelled words"


@dataclass(frozen=True, slots=True)
class Ablation:
    """The share in which the right criterion drops, and that in which no untouched criterion moves."""

    name: str = "ablation"

    def run(self, options: Options) -> Result:
        """At most 24 answers that the analyst was trained on and 24 that it was not, spread evenly over the sets.

        The first are remembered in part and so flatter or shame; only they are shown.
        """
        known = spread([row for row in fitted_on() if eligible(row) and options.role in (None, row.role)], _MOST)
        held = [row for one in load_sets() if not one.shown for row in one.rows()]
        unknown = spread([row for row in held if row.band >= _COMPLETE and options.role in (None, row.role)], _MOST)
        found = {removal: _ablated(known, removal, shortened, options) for removal in REMOVALS}
        unread = {removal: _ablated(unknown, removal, without_words, options) for removal in REMOVALS}
        figures = [one for removal, cases in found.items() if cases for one in _figures(removal, cases, _OPEN)]
        figures += [one for removal, cases in unread.items() if cases for one in _figures(removal, cases, _UNREAD)]
        bad = [case for cases in found.values() for case in cases if not case.dropped or case.moved]
        return Result(tuple(figures), (_moved(found),), tuple(_worst(case) for case in bad[:_SHOWN]))


Cut = Callable[[LabelledAnswer, Removal], tuple[LabelledAnswer, list[Range]] | None]


def _ablated(rows: Sequence[LabelledAnswer], removal: Removal, cut: Cut, options: Options) -> list[Ablated]:
    pairs = [(row, *changed) for row in rows if (changed := cut(row, removal))]
    read = options.readings.each([row for row, _, _ in pairs], rows)
    again = options.readings.each([changed for _, changed, _ in pairs], rows)
    found = [compared(removal, was, now, gone) for was, now, (_, _, gone) in zip(read, again, pairs, strict=True)]
    return [one for one in found if one is not None]


def _figures(removal: Removal, cases: Sequence[Ablated], where: str) -> list[Measured]:
    groups = [case.before.row.question for case in cases]
    drops = np.array([(float(case.dropped), 1.0) for case in cases])
    stays = np.array([(float(not case.moved), 1.0) for case in cases])
    return [
        Measured(f"without {removal.name}: {removal.criterion} drops", where, figure(drops, groups, share, len(cases))),
        Measured(f"without {removal.name}: the others stay", where, figure(stays, groups, share, len(cases))),
    ]


def _moved(found: Mapping[Removal, Sequence[Ablated]]) -> Table:
    """How often each criterion moved, of the answers in which nothing of it was taken away."""
    rows: list[tuple[Cell, ...]] = []
    for removal, cases in found.items():
        counts = [
            (sum(one.id in case.moved for case in cases), sum(one.id in case.untouched for case in cases))
            for one in CRITERIA
        ]
        rows.append((f"without {removal.name}", *(f"{moved} of {of}" if of else None for moved, of in counts)))
    return Table("untouched criteria that moved", ("", *(one.id for one in CRITERIA)), tuple(rows))


def _worst(case: Ablated) -> WorstCase:
    wrong = [] if case.dropped else [f"{case.removal.criterion} did not drop"]
    what = "; ".join([*wrong, *(f"{name} moved" for name in case.moved)])
    return WorstCase(_OPEN, case.before.row.id, f"without {case.removal.name}: {what}", case.after.row.answer)
