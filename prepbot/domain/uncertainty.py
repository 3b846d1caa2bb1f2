"""How sure a band is: the chance of each band, and the interval that holds the true one in 80 of 100 cases.

The chances of the checks are taken as independent, which they are not quite; the share of chance that an interval has
to hold is therefore calibrated on labelled answers (`make train`) rather than set to .80.
"""

from collections.abc import Sequence
from functools import cache
from itertools import product
from math import prod

from prepbot.domain.evidence import Chances
from prepbot.domain.ladder import band_of

BANDS = 5
_CHECKS = ("action", "steps", "situation", "task", "result", "kpi_used", "kpi_in_result", "reflection")


def band_chances(chances: Chances) -> tuple[float, ...]:
    """The chance of bands 1 to 5; they add up to 1."""
    off = min(max(chances.off_topic, 0.0), 1.0)
    other = min(max(chances.other_question, 0.0), 1 - off)
    spread = [off, 0.0, 0.0, 0.0, 0.0]
    sure = [min(max(float(getattr(chances, name)), 0.0), 1.0) for name in _CHECKS]
    for holds, on_question, on_other in _bands_of_every_case():
        chance = prod(value if held else 1 - value for value, held in zip(sure, holds, strict=True))
        spread[on_question - 1] += chance * (1 - off - other)
        spread[on_other - 1] += chance * other
    return tuple(spread)


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


@cache
def _bands_of_every_case() -> tuple[tuple[tuple[bool, ...], int, int], ...]:
    """Every way the checks can fall out, with its band on the question asked and on another one."""
    cases = []
    for holds in product((False, True), repeat=len(_CHECKS)):
        checks = dict(zip(_CHECKS, holds, strict=True))
        checks["repeatable"] = checks["steps"] or checks["situation"] or checks["task"] or checks["result"]
        checks["kpi_used"] = checks["kpi_used"] or checks["kpi_in_result"]
        checks |= {"assessable": True, "in_field": True, "right_facts": True}
        cases.append((holds, band_of(checks | {"on_question": True})[0], band_of(checks | {"on_question": False})[0]))
    return tuple(cases)
