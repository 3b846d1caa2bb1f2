"""What two sentences set against each other: gross and net, the early shift and the late one, planning and building."""

import re
from functools import cache, lru_cache

from prepbot.analysis.contradiction_cues import raw

Sides = frozenset[tuple[int, int]]
"""The sides that a text names, each as (contrast, side)."""


@lru_cache(maxsize=4096)
def sides_of(text: str) -> Sides:
    """The sides of the contrasts of knowledge/contradictions.toml that a text names."""
    return frozenset(
        (index, side)
        for index, sides in enumerate(_contrasts())
        for side, pattern in enumerate(sides)
        if pattern.search(text)
    )


def opposed(one: Sides, other: Sides) -> bool:
    """Whether the two name different sides of some contrast, and neither names both."""
    return any(
        not {side for at, side in one if at == index} & {side for at, side in other if at == index}
        for index in {at for at, _ in one} & {at for at, _ in other}
    )


@cache
def _contrasts() -> tuple[tuple[re.Pattern[str], ...], ...]:
    lines = raw("contrast", "sides").strip().splitlines()
    return tuple(
        tuple(re.compile(rf"\b(?:{side.strip()})\b", re.IGNORECASE) for side in line.split(" / ")) for line in lines
    )
