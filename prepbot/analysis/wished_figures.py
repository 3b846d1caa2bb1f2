"""The figures of a wish about an offer: money, a percentage, weeks or days, and whether they are meant on top."""

import re
from dataclasses import dataclass

from prepbot.analysis.offer_cues import load_offer_cues
from prepbot.analysis.pay import pay_figures
from prepbot.analysis.quantities import Quantity, Unit, quantities_of
from prepbot.domain.offer import MOST_PAY, Item
from prepbot.domain.pay import Period

_FIGURE_ALONE = re.compile(r"(?i)^\W*(?:(?:about|around|say|maybe|rather)\s+)?$")
_MOST_UNITS = 10**6
_LEAST_BARE = 1000  # a smaller number without a currency counts something else
_NEAR = 24


@dataclass(frozen=True, slots=True)
class WishedFigure:
    """A figure that is wished for and its place, in the term's units; a percentage in hundredths of a percent."""

    start: int
    end: int
    amount: int
    code: str = ""
    period: Period = Period.UNSAID
    percent: bool = False


def wished_money(text: str) -> WishedFigure | None:
    """The pay named in a wish: money, a percentage, or a bare number too large to count anything else of an offer."""
    said = next(iter(pay_figures(text)), None)
    if said is not None:
        return WishedFigure(said.start, said.end, said.pay.amount, said.pay.code, said.pay.period)
    for quantity in quantities_of(text):
        value = max(quantity.values)
        if quantity.unit is Unit.PERCENT:
            return WishedFigure(quantity.start, quantity.end, _hundredths(value), percent=True)
        if quantity.unit in {Unit.BARE, Unit.COUNT} and value >= _LEAST_BARE:
            return WishedFigure(quantity.start, quantity.end, _hundredths(value))
    return None


def wished_units(item: Item, text: str) -> WishedFigure | None:
    """The value wished for in a term's own unit, from the figure nearest to its name: weeks for a start."""
    cues = load_offer_cues()
    named = cues.items[item].search(text)
    near = named.start() if named else 0
    sized = [
        (abs(q.start - near), WishedFigure(q.start, q.end, round(min(max(q.values), _MOST_UNITS) * size)))
        for q in quantities_of(text)
        for name, size in cues.units.get(item, {}).items()
        if name in f"{q.noun} {_with_next_word(text, q)}"
    ]
    return min(sized, key=lambda found: found[0])[1] if sized else None


def is_added(text: str, figure: WishedFigure) -> bool:
    """Whether a figure is meant on top: "another 2,000", "three more days", any percentage."""
    talk = load_offer_cues().talk
    inside = talk["more_after"].search(text[figure.start : figure.end])
    before = talk["more_before"].search(text[: figure.start])
    after = talk["more_after"].search(text[figure.end : figure.end + _NEAR])
    return bool(figure.percent or before or after or inside)


def figure_alone(text: str) -> WishedFigure | None:
    """The pay in a message that is a figure and nothing else, however small; None for any other message."""
    found = quantities_of(text)
    if len(found) != 1 or not _FIGURE_ALONE.match(text[: found[0].start]):
        return None
    said = next(iter(pay_figures(text)), None)
    if said is not None:
        return WishedFigure(said.start, said.end, said.pay.amount, said.pay.code, said.pay.period)
    if found[0].unit not in {Unit.BARE, Unit.COUNT, Unit.DATE}:
        return None
    return WishedFigure(found[0].start, found[0].end, _hundredths(max(found[0].values)))


def _hundredths(value: float) -> int:
    return round(100 * min(value, MOST_PAY))


def _with_next_word(text: str, quantity: Quantity) -> str:
    """The quantity's own words and the one after it: "6 months", "three days"."""
    return text[quantity.start : quantity.end + 8].lower()
