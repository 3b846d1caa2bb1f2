"""Decides whether measured figures may land: against written floors, and against what landed last.

An interval is held against a floor, not a value: a figure fails where even the upper end of its interval is below. With
sixty answers a value alone moves by a tenth from luck.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.suite import Measured

FLOORS = Path(__file__).parent / "floors.toml"
EVERY_SET = "*"


@dataclass(frozen=True, slots=True)
class Floor:
    """What one figure must reach on some sets, and why there. "*" stands for every set measured."""

    figure: str
    sets: tuple[str, ...]
    at_least: float
    reason: str

    def holds_for(self, one: Measured) -> bool:
        """Whether the figure is held by this floor."""
        return one.name == self.figure and (one.dataset in self.sets or EVERY_SET in self.sets)


@dataclass(frozen=True, slots=True)
class Gate:
    """The floors, and how far below the last landed analyst an interval may lie."""

    floors: tuple[Floor, ...]
    least_change: float
    reason: str

    def breaches(self, figures: Sequence[Measured]) -> list[str]:
        """One sentence for each figure that is too low, was not measured, or got worse."""
        return [*self._below(figures), *self._unmeasured(figures), *self._worse(figures)]

    def _below(self, figures: Sequence[Measured]) -> Iterable[str]:
        for floor in self.floors:
            for one in figures:
                if floor.holds_for(one) and not one.figure.high >= floor.at_least:
                    yield f"{one.name} on {one.dataset}: {_interval(one)} is below {floor.at_least}. {floor.reason}"

    def _unmeasured(self, figures: Sequence[Measured]) -> Iterable[str]:
        measured = {(one.name, one.dataset) for one in figures}
        for floor in self.floors:
            for name in floor.sets:
                if name != EVERY_SET and (floor.figure, name) not in measured:
                    yield f"{floor.figure} on {name} was not measured, so its floor holds nothing."

    def _worse(self, figures: Sequence[Measured]) -> Iterable[str]:
        for one in figures:
            if one.change and one.higher_is_better and one.change.high < self.least_change:
                change = f"{one.change.value:+.3f} [{one.change.low:+.3f}, {one.change.high:+.3f}]"
                yield f"{one.name} on {one.dataset}: {change} against what landed last. {self.reason}"


def load_gate(path: Path = FLOORS) -> Gate:
    """The gate as written. Raises KeyError for a floor without its reason."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    floors = tuple(Floor(one["figure"], tuple(one["sets"]), one["at_least"], one["reason"]) for one in data["floor"])
    return Gate(floors, data["change"]["at_least"], data["change"]["reason"])


def _interval(one: Measured) -> str:
    return f"{one.figure.value:.3f} [{one.figure.low:.3f}, {one.figure.high:.3f}]"
