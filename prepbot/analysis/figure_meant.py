"""Which figure an answer means, and what it is in the unit that was asked for."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prepbot.analysis.figure_units import seconds_of_unit
from prepbot.analysis.figures import Figure, figures_of
from prepbot.analysis.normalise import normalise
from prepbot.analysis.number_typos import without_typos
from prepbot.analysis.quantities import Unit
from prepbot.domain.evidence import Span

_SET_ASIDE = re.compile(
    r"(?i)(?:\bnot(?:\s+even)?|\bthan|\binstead\s+of|\bversus|\bvs\.?|\bfrom|\bagainst|\bcompared\s+(?:to|with)|"
    r"\bfirst\s+(?:thought|said|got)|\btarget\s+(?:of|is|was)|\bdivided\s+by|\bmultiplied\s+by|\btimes|\bover|\bby|"
    r"\brather\s+than|\bplus|[/×*÷])\s*(?:about|around|roughly|only|just|the)?\s*$"
)
_RANGE = re.compile(r"(?i)^\s*(?:-|to|and|up to|till|until|or)\s*(?:about|around|maybe|even)?\s*$")
_CHANGE = re.compile(r"(?i)^\s*(?:up|down)?\s*to\s*(?:about|around|roughly|nearly|almost|just|only|under|over)?\s*$")
_FROM = re.compile(r"(?i)\b(?:from|was|up from|down from|starting at)\s*(?:about|around|roughly)?\s*$")
_THOUSANDS_LEFT_OUT = re.compile(r"(?i)(?:\dk|\bthousand|\bgrand)\b")
_THOUSAND = 1000
_REACH = 60  # characters: the words that say what a figure is stand right before it
_BETWEEN = re.compile(r"(?i)\bbetween\s*(?:about|around|roughly)?\s*$")


_OWN = {
    "percent": frozenset({Unit.PERCENT, Unit.POINTS}),
    "currency": frozenset({Unit.CURRENCY}),
    "ratio": frozenset({Unit.RATIO, Unit.FACTOR}),
    "times": frozenset({Unit.FACTOR, Unit.RATIO}),
    "factor": frozenset({Unit.FACTOR, Unit.RATIO}),
    "score": frozenset({Unit.SCORE, Unit.POINTS}),
    "points": frozenset({Unit.POINTS, Unit.SCORE}),
    "count": frozenset({Unit.COUNT, Unit.FACTOR}),
    "per_unit": frozenset({Unit.COUNT, Unit.RATIO, Unit.FACTOR}),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure in the unit asked for.

    `named` says that the words name that unit, or one it converts from; `converted`, that they gave another unit of
    the same kind: minutes for hours, a share for a percentage.
    """

    value: float
    named: bool
    converted: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """The figure that an answer means, and the candidate's words for it."""

    reading: Reading
    span: Span


def only_compared(before: str) -> bool:
    """Whether the words before a figure make it something to compare with or to reckon with, not a result."""
    return bool(_SET_ASIDE.search(before))


def figures_in(answer: str) -> tuple[tuple[Figure, Span], ...]:
    """The figures of an answer as it was typed, each with its span in it; ranges and changes are one figure each."""
    plain = without_typos(normalise(answer))
    found = with_ranges(plain.text, figures_of(plain.text))
    return tuple((figure, plain.span(figure.start, figure.end)) for figure in found)


def in_unit(figure: Figure, unit: str) -> Reading | None:
    """The figure in a unit of the catalogue; None where it is of another kind, such as money for hours."""
    seconds = seconds_of_unit(unit)
    if seconds is not None:
        return _time_in(figure, seconds)
    if figure.whole:
        return _share_in(figure, unit)
    if figure.unit in _OWN.get(unit, frozenset()):
        return Reading(figure.value, named=True)
    if figure.unit is Unit.PERCENT and unit == "ratio":
        return Reading(figure.value / 100, named=True, converted=True)
    bare = figure.unit is Unit.BARE or (figure.unit is Unit.COUNT and unit != "percent")
    return Reading(figure.value, named=False) if bare else None


def _time_in(figure: Figure, seconds: float) -> Reading | None:
    if figure.unit is Unit.TIME:
        return Reading(figure.value * figure.seconds / seconds, named=True, converted=figure.seconds != seconds)
    bare = figure.unit in {Unit.BARE, Unit.COUNT} and not figure.whole
    return Reading(figure.value, named=False) if bare else None


def _share_in(figure: Figure, unit: str) -> Reading | None:
    if unit == "percent":
        return Reading(figure.value / figure.whole * 100, named=True, converted=True)
    if unit in {"score", "points"}:
        return Reading(figure.value, named=True)
    return None if unit == "currency" else Reading(figure.value / figure.whole, named=True)


def figure_meant(answer: str, unit: str) -> Said | None:
    """The one figure that an answer means in `unit`; None where it says none of that kind.

    The last one counts that names the unit, since people work their way to a result and correct themselves; what is
    only compared with ("not 20", "down from 11") counts where nothing else is said.
    """
    text = without_typos(normalise(answer)).text
    best: tuple[tuple[int, ...], Said] | None = None
    for place, (figure, span) in enumerate(figures_in(answer)):
        read = in_unit(figure, unit)
        if read is None:
            continue
        rank = (
            not figure.weak,
            not only_compared(text[max(0, figure.start - _REACH) : figure.start]),
            read.named,
            not (read.converted and figure.whole),
            place,
        )
        if best is None or rank > best[0]:
            best = (rank, Said(read, span))
    return best[1] if best else None


def with_ranges(text: str, found: Sequence[Figure]) -> Iterator[Figure]:
    """Figures with ranges taken at their middle and changes at where they end; "45 to 50k" is in thousands."""
    place = 0
    while place < len(found):
        pair = _pair(text, found[place], found[place + 1]) if place + 1 < len(found) else None
        yield pair or found[place]
        place += 2 if pair else 1


def _pair(text: str, low: Figure, high: Figure) -> Figure | None:
    gap = text[low.end : high.start]
    bare = {Unit.BARE, Unit.COUNT}
    alike = low.unit is high.unit or low.unit in bare or (low.unit is Unit.CURRENCY and high.unit in bare)
    if low.weak or high.weak or low.whole or high.whole or not alike:
        return None
    before = text[max(0, low.start - _REACH) : low.start]
    if _FROM.search(before) and _CHANGE.match(gap):
        return high
    if not (_RANGE.match(gap) and low.value < high.value) or (" and" in gap and not _BETWEEN.search(before)):
        return None
    seconds = low.seconds or high.seconds
    first = low.value * seconds / high.seconds if high.seconds else low.value
    first *= _THOUSAND if _THOUSANDS_LEFT_OUT.search(text[high.start : high.end]) and high.value >= 100 * first else 1
    unit = low.unit if high.unit in bare else high.unit
    return Figure(low.start, high.end, (first + high.value) / 2, unit, high.seconds)
