"""What stands on the surface of a short text: its words that carry meaning, its figures, its opening."""

import re

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
        found = (quantity for quantity in quantities_of(plain.text) if _measures(quantity, plain.text))
        return tuple(plain.span(quantity.start, quantity.end) for quantity in found)

    def opening(self, text: str) -> Opening:
        """How the text opens. See candidate_ports.Surface.opening."""
        return opening_of(text, self._verbs)

    def speaks_to_reader(self, text: str) -> bool:
        """Whether it gives its reader orders. See candidate_ports.Surface.speaks_to_reader."""
        return bool(sift(segments_of(normalise(text).text)).flags & {Flag.INJECTION, Flag.STEERING})


def _measures(quantity: Quantity, text: str) -> bool:
    """Whether a number measures something: a year does not, nor does the 2 of "Magento 2"."""
    if quantity.unit is Unit.DATE:
        return False
    return quantity.unit is not Unit.BARE or _AFTER_A_NAME.search(text[: quantity.start]) is None
