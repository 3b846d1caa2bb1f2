"""Dates in a text as ranges of decimal years, as exact as they are said: "March 2021", "early 2021", "that August"."""

import re
from dataclasses import dataclass

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_SEASONS = {"spring": (2, 5), "summer": (5, 8), "autumn": (8, 11), "fall": (8, 11), "winter": (10, 14)}
_PARTS = {"early": (0, 4), "beginning": (0, 3), "start": (0, 3), "mid": (4, 8), "middle": (4, 8)}
_PARTS |= {"late": (8, 12), "end": (9, 12)}
_UNIT = "|".join((*MONTHS, *_SEASONS))
_DATE = re.compile(
    rf"(?i)\b(?:(?:the )?(?P<part>early|late|mid|beginning|start|middle|end)(?:-| in | of | )?(?:the )?)?"
    rf"(?:(?P<unit>{_UNIT})(?: of|,)? )?(?P<year>(?:19|20)\d\d)\b|\bthat (?P<same>{_UNIT}|year)\b"
)
_YEAR_APART, _MONTHS_APART = 0.75, 0.25
_WHOLE_YEAR = 0.9


@dataclass(frozen=True, slots=True)
class Date:
    """A date and where it stands. `low` and `high` are decimal years: March 2021 is 2021.17 to 2021.25."""

    start: int
    end: int
    low: float
    high: float


def dates_of(text: str) -> tuple[Date, ...]:
    """The dates with a year, and "that summer" where a year was said before."""
    found: list[Date] = []
    for match in _DATE.finditer(text):
        year = int(match["year"]) if match["year"] else int(found[-1].low) if found else None
        if year is None:
            continue
        first, last = _months(match)
        found.append(Date(match.start(), match.end(), year + first / 12, year + last / 12))
    return tuple(found)


def dates_apart(one: Date, other: Date) -> bool:
    """Whether the two cannot be the same date: no overlap, and further apart than people round."""
    if one.low < other.high and other.low < one.high:
        return False
    rough = max(one.high - one.low, other.high - other.low) >= _WHOLE_YEAR
    least = _YEAR_APART if rough else _MONTHS_APART
    return abs(one.low + one.high - other.low - other.high) / 2 > least


def _months(match: re.Match[str]) -> tuple[int, int]:
    """The first and last month of the year that a match covers, counted from 0."""
    unit = (match["unit"] or match["same"] or "").lower()
    if unit in MONTHS:
        return MONTHS.index(unit), MONTHS.index(unit) + 1
    if unit in _SEASONS:
        return _SEASONS[unit]
    return _PARTS.get((match["part"] or "").lower(), (0, 12))
