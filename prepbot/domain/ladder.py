"""The ladder of bands: which checks each band needs, and what caps it (annotation guide, section 5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

BAND_NEEDS: dict[int, tuple[str, ...]] = {
    1: (),
    2: ("assessable", "in_field"),
    3: ("action", "repeatable"),
    4: ("situation", "task", "result", "kpi_used"),
    5: ("kpi_in_result", "reflection"),
}
"""The checks that a band needs beside those of the bands below it."""


@dataclass(frozen=True, slots=True)
class Cap:
    """A check without which no band above `band` is given, and how that is said."""

    check: str
    band: int
    why: str


CAPS: tuple[Cap, ...] = (
    Cap("on_question", 3, "It answers another question, so it stops at band 3."),
    Cap("right_facts", 3, "A central claim is wrong, so it stops at band 3."),
)


def band_of(holds: Mapping[str, bool]) -> tuple[int, tuple[str, ...]]:
    """The highest band whose checks all hold, then capped, and what capped it. `holds` knows every check by its id."""
    uncapped = highest([BAND_NEEDS[band] for band in sorted(BAND_NEEDS)], holds) + 1
    caps = [cap for cap in CAPS if not holds[cap.check] and cap.band < uncapped]
    return min([uncapped, *(cap.band for cap in caps)]), tuple(cap.why for cap in caps)


def highest(needs: Sequence[Sequence[str]], holds: Mapping[str, bool]) -> int:
    """The last place up to which every check that is needed holds."""
    return sum(1 for _ in takewhile(lambda names: all(holds[name] for name in names), needs)) - 1
