"""The numbers that claims are made with: quantities, and dozens, none, and words of hundreds of thousands."""

import re
from collections.abc import Iterator, Sequence

from prepbot.analysis.quantities import Quantity, Unit, quantities_of

_SIZES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6}
_DOZENS = re.compile(r"(?i)\b(?P<many>a|one|two|three|four|half a) dozen\b")
_HOW_MANY = {"a": 12.0, "one": 12.0, "two": 24.0, "three": 36.0, "four": 48.0, "half a": 6.0}
_NONE = re.compile(r"(?i)\b(?:zero|not (?:a single|one))\b(?=\s+[a-z])")


def numbers_in(text: str) -> tuple[Quantity, ...]:
    """The numbers of a text by place, none inside another."""
    spoken = [*_dozens(text), *_none(text)]
    read = [one for one in _joined(text, quantities_of(text)) if all(_apart(one, other) for other in spoken)]
    return tuple(sorted((*read, *spoken), key=lambda one: one.start))


def _joined(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """The quantities with "nine hundred" and "thousand" put together."""
    left: Quantity | None = None
    for one in found:
        size = (
            _SIZES.get(text[one.start : one.end].split(maxsplit=1)[0].lower())
            if text[one.start : one.end].split()
            else None
        )
        if left and size and len(left.values) == 1 and text[left.end : one.start].isspace() and left.values[0] < size:
            factor = left.values[0]
            left = Quantity(left.start, one.end, tuple(factor * value for value in one.values), one.unit, one.noun)
            continue
        if left:
            yield left
        left = one
    if left:
        yield left


def _dozens(text: str) -> Iterator[Quantity]:
    for found in _DOZENS.finditer(text):
        yield Quantity(*found.span(), (_HOW_MANY[found["many"].lower()],), Unit.COUNT)


def _none(text: str) -> Iterator[Quantity]:
    for found in _NONE.finditer(text):
        yield Quantity(*found.span(), (0.0,), Unit.COUNT)


def _apart(one: Quantity, other: Quantity) -> bool:
    return one.end <= other.start or other.end <= one.start
