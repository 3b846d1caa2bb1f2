"""Are figures in free text read as they are meant? Phrases of one author, half of them unread while rules were made.

An example of the data: {"text": "down from 11 to 8.5%", "unit": "percent", "value": 8.5, "split": "dev"}; the value is
null where a phrase holds no figure.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from evals.bootstrap import Counts, Figure, difference, figure
from evals.sets import DATASETS
from evals.suite import FloorValue, Measured, Options, Result, Table, WorstCase
from evals.values import share
from prepbot.analysis.figure_meant import figure_meant
from prepbot.analysis.quantities import quantities_of

DATASET = DATASETS / "figures.jsonl"
SHOWN = "dev"
_RELATIVE = 1e-3
_UNITS = {"time_minutes": "minutes", "time_hours": "hours", "time_days": "days", "plain": "count"}
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, the unit that was asked for, and the number that is meant; None where there is none."""

    text: str
    unit: str
    value: float | None
    split: str


Reader = Callable[[Phrase], float | None]


@dataclass(frozen=True, slots=True)
class Figures:
    """The share of phrases read right, within a thousandth; every phrase is a cluster of its own."""

    name: str = "figures"

    def run(self, options: Options) -> Result:
        """Both halves, beside the first digits of a phrase and the reader of stories as floors."""
        if options.role is not None:
            return Result(notes=("the phrases belong to no role",))
        halves = {split: [one for one in load_phrases() if one.split == split] for split in (SHOWN, "held")}
        return Result(
            tuple(_measured(f"figures_{split}", phrases) for split, phrases in halves.items()),
            tables=tuple(_by_unit(f"figures_{split}", phrases) for split, phrases in halves.items()),
            worst=tuple(_worst(halves[SHOWN])),
        )


def load_phrases() -> tuple[Phrase, ...]:
    """The phrases in the file's order."""
    lines = DATASET.read_text(encoding="utf-8").splitlines()
    return tuple(Phrase(**json.loads(line)) for line in lines if line.strip())


def _ours(phrase: Phrase) -> float | None:
    said = figure_meant(phrase.text, _UNITS.get(phrase.unit, phrase.unit))
    return said.reading.value if said else None


def _first_digits(phrase: Phrase) -> float | None:
    found = _DIGITS.search(phrase.text)
    return float(found.group()) if found else None


def _story(phrase: Phrase) -> float | None:
    """The last quantity as the analyst reads stories."""
    found = quantities_of(phrase.text)
    return found[-1].values[-1] if found else None


def _right(read: float | None, meant: float | None) -> bool:
    if read is None or meant is None:
        return read is meant
    return abs(read - meant) <= max(_RELATIVE * abs(meant), 1e-9)


def _counts(reader: Reader, phrases: Sequence[Phrase]) -> Counts:
    return np.array([[float(_right(reader(one), one.value)), 1.0] for one in phrases])


def _measured(name: str, phrases: Sequence[Phrase]) -> Measured:
    ours, groups = _counts(_ours, phrases), [one.text for one in phrases]
    floors = {}
    for label, reader in (("first digits", _first_digits), ("story reader", _story)):
        others = _counts(reader, phrases)
        above = difference(ours, others, groups, share)
        floors[label] = FloorValue(float(share(others.sum(axis=0))), above)
    return Measured("figures read right", name, figure(ours, groups, share, len(phrases)), floors)


def _by_unit(name: str, phrases: Sequence[Phrase]) -> Table:
    rows: list[tuple[str, Figure, int]] = []
    for unit in sorted({one.unit for one in phrases}):
        own = [one for one in phrases if one.unit == unit]
        rows.append((unit, figure(_counts(_ours, own), [one.text for one in own], share, len(own)), len(own)))
    return Table(f"by unit, {name}", ("unit", "read right", "n"), tuple(rows))


def _worst(phrases: Sequence[Phrase]) -> list[WorstCase]:
    """Phrases of the half that may be read."""
    wrong = [(one, _ours(one)) for one in phrases if not _right(_ours(one), one.value)]
    return [
        WorstCase(f"figures_{one.split}", one.unit, f"read {read}, meant {one.value}", one.text)
        for one, read in wrong[:_MOST_SHOWN]
    ]
