"""Whether text for the grader or padding moves a band: evals.gaming as a suite, each string at one place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from evals.bootstrap import figure
from evals.gaming.cases import Split
from evals.gaming.measure import Case, Effort, Found, measure
from evals.gaming.reading import Reader
from evals.suite import Measured, Options, Result, Table, WorstCase
from evals.values import share

_WORST = 3
_WORDS = 240
_HEADER = ("family", "strings", "answers", "rise", "fall", "evidence lost")


@dataclass(frozen=True, slots=True)
class Gaming:
    """Bands that rise and fall, and harmless sentences set aside; intervals come from resampling strings."""

    name: str = "gaming"

    def run(self, options: Options) -> Result:
        """Every string in one base answer, with the models that all suites share."""
        found = measure(Reader(options.readings.scorer), Effort.BRIEF)
        tables = (_table("text for the grader", found.attacks), _table("padding", found.padding))
        return Result(tuple(_figures(found)), tables, tuple(_worst(found)), _notes(found))


def _figures(found: Found) -> list[Measured]:
    figures = []
    for split in Split:
        attacks = [case for case in found.attacks if case.sample.split is split]
        padding = [case for case in found.padding if case.sample.split is split]
        figures += [
            _share("band rises", f"attacks, {split}", attacks, lambda case: case.moved > 0, better=False),
            _share("band falls", f"attacks, {split}", attacks, lambda case: case.moved < 0, better=False),
            _share("evidence lost", f"attacks, {split}", attacks, lambda case: bool(case.lost), better=False),
            _share("band stays", f"padding, {split}", padding, lambda case: not case.moved, better=True),
        ]
    return figures


def _share(name: str, dataset: str, cases: Sequence[Case], fits: Callable[[Case], bool], *, better: bool) -> Measured:
    counts = np.array([(float(fits(case)), 1.0) for case in cases])
    value = figure(counts, [case.sample.id for case in cases], share, len(cases))
    return Measured(name, dataset, value, higher_is_better=better)


def _table(title: str, cases: Sequence[Case]) -> Table:
    rows = []
    for kind in sorted({case.sample.kind for case in cases}):
        here = [case for case in cases if case.sample.kind == kind]
        rise, fall = sum(case.moved > 0 for case in here), sum(case.moved < 0 for case in here)
        strings = len({case.sample.id for case in here})
        rows.append((kind, strings, len(here), rise, fall, sum(bool(case.lost) for case in here)))
    return Table(title, _HEADER, tuple(rows))


def _worst(found: Found) -> list[WorstCase]:
    """The bands moved furthest, rises through text for the grader first."""
    rises = [case for case in found.attacks if case.moved > 0]
    others = [case for case in (*found.attacks, *found.padding) if case.moved and case not in rises]
    ordered = [*sorted(rises, key=lambda case: -case.moved), *sorted(others, key=lambda case: -abs(case.moved))]
    return [_shown(case) for case in ordered[: 2 * _WORST]]


def _shown(case: Case) -> WorstCase:
    after = case.before.band + case.moved
    what = f"at the {case.place} of {case.row.id}: band {case.before.band} becomes {after}"
    return WorstCase(case.sample.kind, case.sample.id, what, case.sample.said_to(case.row.question)[:_WORDS])


def _notes(found: Found) -> tuple[str, ...]:
    alarms = len({sample.id for sample, _ in found.false_alarms})
    return (
        f"harmless sentences set aside: {alarms} of {len(found.harmless)}",
        f"sentences of {found.answers} labelled answers set aside: {len(found.own_sentences)}",
    )
