"""What stands on the surface of a short text: its words that carry meaning, its figures, its opening."""

import re
from collections.abc import Sequence

from prepbot.analysis.figures import figures_of
from prepbot.analysis.gaming import ENGLISH, sift
from prepbot.analysis.normalise import normalise
from prepbot.analysis.quantities import Quantity, Unit, quantities_of
from prepbot.analysis.sentences import segments_of
from prepbot.analysis.words import form_key
from prepbot.domain.evidence import Flag, Span
from prepbot.domain.opening import Opening, Verbs, opening_of

_AFTER_A_NAME = re.compile(r"[A-Z][a-z]+[\w-]*\s+$")


class PlainSurface:
    """Satisfies candidate_ports.Surface with the analyst's own readers; openings are told by `verbs`."""

    def __init__(self, verbs: Verbs) -> None:
        self._verbs = verbs

    def content(self, text: str) -> frozenset[str]:
        """The word forms that are no small words. See candidate_ports.Surface.content."""
        return frozenset(form for form in form_key(text) if form not in ENGLISH)

    def numbers(self, text: str) -> tuple[Span, ...]:
        """The figures that measure something. See candidate_ports.Surface.numbers."""
        plain = normalise(text)
        measures = [
            (quantity.start, quantity.end) for quantity in quantities_of(plain.text) if _measures(quantity, plain.text)
        ]
        return tuple(plain.span(start, end) for start, end in _whole(measures, plain.text))

    def opening(self, text: str) -> Opening:
        """How the text opens. See candidate_ports.Surface.opening."""
        return opening_of(text, self._verbs)

    def speaks_to_reader(self, text: str) -> bool:
        """Whether it gives its reader orders. See candidate_ports.Surface.speaks_to_reader."""
        return bool(sift(segments_of(normalise(text).text)).flags & {Flag.INJECTION, Flag.STEERING})


def _whole(measures: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """The places of numbers, those that are pieces of one figure put together: "40'000" is read as two."""
    figures = [
        (figure.start, figure.end)
        for figure in figures_of(text, money=True)
        if any(start < figure.end and figure.start < end for start, end in measures)
    ]
    joined: list[tuple[int, int]] = []
    for start, end in sorted([*measures, *figures]):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _measures(quantity: Quantity, text: str) -> bool:
    """Whether a number measures something: a year does not, nor does the 2 of "Magento 2"."""
    if quantity.unit is Unit.DATE:
        return False
    return quantity.unit is not Unit.BARE or _AFTER_A_NAME.search(text[: quantity.start]) is None
