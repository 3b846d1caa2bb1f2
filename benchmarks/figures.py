"""What a benchmark gives: a figure with its unit, its spread and the limit that it is held against."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `limit` is the product's own, None where there is none; `of` says what was repeated."""

    name: str
    value: float
    unit: str
    limit: float | None
    of: str

    def record(self) -> dict[str, Any]:
        """The figure with its keys, and whether it keeps its limit."""
        return {**asdict(self), "value": round(self.value, 3), "kept": self.kept}

    @property
    def kept(self) -> bool | None:
        """Whether the limit is kept, None without one."""
        return None if self.limit is None else self.value <= self.limit

    def text(self) -> str:
        """The figure as one line."""
        limit = "" if self.limit is None else f"  limit {self.limit:g} {self.unit}{'' if self.kept else '  MISSED'}"
        return f"{self.name:58} {self.value:9.3f} {self.unit:3}{limit}  ({self.of})"


def middle(name: str, values: Sequence[float], unit: str, limit: float | None) -> Figure:
    """The median of repeated measurements, with their least and greatest."""
    spread = f"median of {len(values)}, {min(values):.3f} to {max(values):.3f}"
    return Figure(name, median(values), unit, limit, spread)


def percentile(name: str, values: Sequence[float], percent: int, unit: str, limit: float | None) -> Figure:
    """A percentile of many measurements."""
    cut = quantiles(values, n=100, method="inclusive")[percent - 1]
    return Figure(name, cut, unit, limit, f"p{percent} of {len(values)}")
