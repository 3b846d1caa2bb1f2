"""Whether an answer says a task's formula: what is above the line divided by what is below it, in words or numbers."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from prepbot.analysis.figures import Figure
from prepbot.analysis.words import ARTICLES, word_form, words_of
from prepbot.domain.exercise import Column, FigureTask, Side

_DIVIDED = re.compile(
    r"(?i)\s?[/÷]\s?|\bdivided\s+by\b|\bover\b|\bper\b|\bout\s+of\b|\bas\s+a\s+share\s+of\b|\bby\b|\s:\s"
)
_REACH = 90  # characters on either side of the sign: a formula is one short phrase
_LITTLE = ARTICLES | {"all", "total", "number", "per", "on", "in", "to", "and", "a", "sum", "with"}

Place = tuple[int, int]


def formula_in(text: str, figures: Sequence[Figure], task: FigureTask) -> Place | None:
    """The range of the plain text that says the formula of `task`; None where nothing does or sides are swapped."""
    if task.top is None or task.bottom is None:
        return None
    for sign in _DIVIDED.finditer(text):
        first, last = _line_around(text, sign.start(), sign.end())
        near = _between(figures, first, last)
        above = _side_in(text, first, sign.start(), near, task.top, sign_behind=True)
        below = _side_in(text, sign.end(), last, near, task.bottom, sign_behind=False) if above else None
        if above and below:
            return above[0], below[1]
    return None


def _line_around(text: str, start: int, end: int) -> Place:
    """The line that holds a sign, as far as a formula reaches: one never goes on in the next line."""
    first = max(0, start - _REACH, text.rfind("\n", 0, start) + 1)
    line_end = text.find("\n", end)
    return first, min(end + _REACH, len(text) if line_end < 0 else line_end)


def _between(figures: Sequence[Figure], start: int, end: int) -> Sequence[Figure]:
    """The figures that touch a range of the text; they are given in its order."""
    first = bisect_left(figures, start, key=lambda figure: figure.end)
    return figures[first : bisect_right(figures, end, key=lambda figure: figure.start)]


def _side_in(
    text: str, start: int, end: int, figures: Sequence[Figure], side: Side, *, sign_behind: bool
) -> Place | None:
    """Where one side is said between two places: by its value, by all of its inputs, or by all of its columns.

    `sign_behind` says on which end the sign of division stands: words count where they are nearest to it.
    """
    numbers = list(_numbers(figures, start, end))
    value = [place for number, place in numbers if abs(number - side.value) <= 0.005 * abs(side.value)]
    if value:
        return value[-1 if sign_behind else 0]
    inputs = [[place for number, place in numbers if abs(number - one) <= 0.005 * abs(one)] for one in side.inputs]
    if all(inputs):
        return min(places[0] for places in inputs)[0], max(places[-1] for places in inputs)[1]
    columns = [_column_in(text, start, end, column, sign_behind=sign_behind) for column in side.columns]
    found = [place for place in columns if place is not None]
    return (min(found)[0], max(place[1] for place in found)) if found and len(found) == len(columns) else None


def _numbers(figures: Sequence[Figure], start: int, end: int) -> Iterator[tuple[float, Place]]:
    """The numbers between two places; both ends of a share are numbers of their own."""
    for figure in figures:
        place = (figure.start, figure.end)
        if figure.whole and figure.start < end and start < figure.end:
            yield (figure.whole if figure.start < start else figure.value), place
        elif start <= figure.start and figure.end <= end:
            yield figure.value, place


def _column_in(text: str, start: int, end: int, column: Column, *, sign_behind: bool) -> Place | None:
    """Where a column is named between two places, by its label or by a name that formulas know it by."""
    words = words_of(text[start:end])
    words = words[::-1] if sign_behind else words
    for phrase in (column.label, column.id, *column.also):
        wanted = [word_form(part.text) for part in words_of(phrase.replace("_", " "))]
        wanted = [form for form in wanted if form not in _LITTLE]
        nearest: dict[str, Place] = {}
        for word in words:
            if word.form in wanted:
                nearest.setdefault(word.form, (start + word.start, start + word.end))
        if wanted and len(nearest) == len(set(wanted)):
            return min(nearest.values())[0], max(nearest.values())[1]
    return None
