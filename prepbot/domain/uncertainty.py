"""How sure a band is: the chance of each band, and the interval that holds the true one in 80 of 100 cases.

The chances of the checks are taken as independent, which they are not quite; the share of chance that an interval has
to hold is therefore calibrated on labelled answers (`make train`) rather than set to .80.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

from prepbot.domain.evidence import Chances

BANDS = 5
_CHECKS = ("action", "steps", "situation", "task", "result", "kpi_used", "kpi_in_result", "reflection")
_CAP = 3


def band_chances(chances: Chances) -> tuple[float, ...]:
    """The chance of bands 1 to 5 by the ladder of the annotation guide, section 5; they add up to 1."""
    uncapped = [0.0] * BANDS
    for holds, chance in _cases(chances):
        uncapped[_band(holds) - 1] += chance
    capped = [*uncapped[: _CAP - 1], sum(uncapped[_CAP - 1 :]), 0.0, 0.0]
    other = min(chances.other_question, 1 - chances.off_topic)
    answered = 1 - chances.off_topic - other
    mixed = [answered * free + other * held for free, held in zip(uncapped, capped, strict=True)]
    return (mixed[0] + chances.off_topic, *mixed[1:])


def interval(band: int, chances: Chances) -> tuple[int, int]:
    """The lowest and highest band around `band` that together hold the calibrated share of chance."""
    spread = band_chances(chances)
    low = high = band
    while sum(spread[low - 1 : high]) < chances.mass and (low, high) != (1, BANDS):
        below = spread[low - 2] if low > 1 else -1.0
        above = spread[high] if high < BANDS else -1.0
        low, high = (low - 1, high) if below > above else (low, high + 1)
    return low, high


def combined(turns: Sequence[Chances]) -> Chances:
    """The chances of a question with its follow-ups: a check holds where it holds in any answer."""
    if len(turns) == 1:
        return turns[0]
    either = {name: 1 - prod(1 - getattr(turn, name) for turn in turns) for name in _CHECKS}
    return Chances(
        **either,
        off_topic=min(turn.off_topic for turn in turns),
        other_question=min(turn.other_question for turn in turns),
        mass=turns[0].mass,
    )


def _cases(chances: Chances) -> Iterator[tuple[dict[str, bool], float]]:
    """Every way the checks can fall out, with its chance."""
    sure = [min(max(getattr(chances, name), 0.0), 1.0) for name in _CHECKS]
    for holds in product((False, True), repeat=len(_CHECKS)):
        chance = prod(value if held else 1 - value for value, held in zip(sure, holds, strict=True))
        if chance:
            yield dict(zip(_CHECKS, holds, strict=True)), chance


def _band(holds: dict[str, bool]) -> int:
    """The band of one way the checks can fall out, without caps."""
    if not holds["action"]:
        return 2
    others = [holds[name] for name in ("situation", "task", "result")]
    if not any(others) and not holds["steps"]:
        return 2
    if not all(others) or not (holds["kpi_used"] or holds["kpi_in_result"]):
        return 3
    return 5 if holds["kpi_in_result"] and holds["reflection"] else 4
