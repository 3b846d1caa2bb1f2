"""The figures of a wish about an offer: money, a percentage, weeks or days, and whether they are meant on top."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from prepbot.analysis.figure_units import seconds_in
from prepbot.analysis.figures import Figure
from prepbot.analysis.offer_cues import load_offer_cues
from prepbot.analysis.pay import LEAST_BARE, SaidPay, amounts_in, hundredths, pay_figures
from prepbot.analysis.quantities import Unit
from prepbot.domain.offer import Item
from prepbot.domain.pay import Period

_LED_IN = re.compile(
    r"(?i)^(?:\W*\b(?:about|around|say|maybe|rather|ok(?:ay)?|well|then|so|and|fine|please|sorry|no|another|i mean|"
    r"make (?:it|that)|that (?:is|would be)|it (?:is|would be))\b)*\W*$"
)
_LED_OUT = re.compile(
    r"(?i)^\W*(?:(?:(?:a|per|an|each)\W+)?(?:year|annum|month|week|day|hour)\b|"
    r"more\b|on top\b|extra\b|then\b|please\b|instead\b|\?|gross\b|net\b|"
    r"(?:would|will)\W+do\b|(?:thanks|thank\W+you)\b|\W)*$"
)
_JOINTS = re.compile(r"(?i)[,;]|\b(?:and|or|but)\b")
_JOINT_COUNTS = 100
_MOST_UNITS = 10**6
_LEAST_ADDED = 100  # on top of what is offered less may be money than by itself
_NEAR = 24
_MONEY = frozenset({Unit.BARE, Unit.COUNT, Unit.CURRENCY})


@dataclass(frozen=True, slots=True)
class WishedFigure:
    """A figure that is wished for and its place, in the term's units; a percentage in hundredths of a percent."""

    start: int
    end: int
    amount: int
    code: str = ""
    period: Period = Period.UNSAID
    percent: bool = False


def wished_figures(text: str, named: Mapping[Item, int]) -> dict[Item, WishedFigure]:
    """The figure of each term of a wish. `named` are the places where terms are named; pay may go without a name."""
    money = wished_money(text)
    found = {item: figure for item in named if (figure := wished_units(item, text, named)) is not None}
    if Item.SIGNING in named and (own := [one for one in money if _nearest(text, one, Item.SIGNING, named)]):
        found[Item.SIGNING] = min(own, key=lambda one: _distance(text, one, named[Item.SIGNING]))
    signing = found.get(Item.SIGNING)
    least = signing.amount if signing and Item.PAY not in named else 0
    left = [one for one in money if one != signing and (one.amount > least or not signing)]
    return found | ({Item.PAY: left[0]} if left else {})


def wished_money(text: str) -> tuple[WishedFigure, ...]:
    """The money of a wish: amounts, and bare numbers too large to count anything else; percentages where none is."""
    said = {one.start: _paid(one) for one in pay_figures(text)}
    figures = amounts_in(text)
    for figure in figures:
        if figure.start in said or figure.unit not in _MONEY or abs(figure.value) < _LEAST_ADDED:
            continue
        wished = WishedFigure(figure.start, figure.end, hundredths(figure.value))
        if abs(figure.value) >= LEAST_BARE or is_added(text, wished):
            said[figure.start] = wished
    if not said:
        percents = (figure for figure in figures if figure.unit is Unit.PERCENT)
        return tuple(WishedFigure(one.start, one.end, hundredths(one.value), percent=True) for one in percents)
    return tuple(said[start] for start in sorted(said))


def wished_units(item: Item, text: str, named: Mapping[Item, int]) -> WishedFigure | None:
    """The value wished for in a term's own unit: the figure nearest to its name, if no other term's name is nearer."""
    units = load_offer_cues().units.get(item, {})
    sized = [
        (figure, size)
        for figure in amounts_in(text, weak=True)
        if (size := _size(text, figure, units)) and _nearest(text, figure, item, named)
    ]
    if not sized:
        return None
    figure, size = min(sized, key=lambda one: (one[0].weak, _distance(text, one[0], named[item])))
    return WishedFigure(figure.start, figure.end, round(max(0, min(figure.value, _MOST_UNITS)) * size))


def is_added(text: str, figure: WishedFigure) -> bool:
    """Whether a figure is meant on top: "another 2,000", "three more days", any percentage."""
    talk = load_offer_cues().talk
    inside = talk["more_after"].search(text[figure.start : figure.end])
    before = talk["more_before"].search(text[: figure.start])
    after = talk["more_after"].search(text[figure.end : figure.end + _NEAR])
    return bool(figure.percent or before or after or inside)


def figure_alone(text: str) -> WishedFigure | None:
    """The pay in a message that is a figure and nothing else, however small; None for any other message."""
    found = amounts_in(text)
    if len(found) != 1 or found[0].unit not in _MONEY:
        return None
    said = next(iter(pay_figures(text)), None)
    end = said.end if said else found[0].end
    if not _LED_IN.match(text[: found[0].start]) or not _LED_OUT.match(text[end:]):
        return None
    if said is not None:
        return _paid(said)
    return WishedFigure(found[0].start, found[0].end, hundredths(found[0].value))


def _paid(said: SaidPay) -> WishedFigure:
    return WishedFigure(said.start, said.end, said.pay.amount, said.pay.code, said.pay.period)


def _nearest(text: str, figure: Figure | WishedFigure, item: Item, named: Mapping[Item, int]) -> bool:
    """Whether no other term is named nearer to a figure, of those that it could belong to."""
    alike = [one for one in named if one.is_money is item.is_money]
    return min(alike, key=lambda one: _distance(text, figure, named[one])) is item


def _distance(text: str, figure: Figure | WishedFigure, place: int) -> int:
    """How far a figure stands from a place, in characters; each joint between them counts for many."""
    first, last = sorted((figure.start, place))
    return last - first + _JOINT_COUNTS * len(_JOINTS.findall(text, first, last))


def _size(text: str, figure: Figure, units: Mapping[str, int]) -> int | None:
    """How many units of a term the figure's own unit is: five days of leave for a week; None where it has another."""
    if figure.unit is Unit.TIME:
        return next((size for name, size in units.items() if seconds_in(name) == figure.seconds), None)
    if figure.unit not in {Unit.BARE, Unit.COUNT} or not units:
        return None
    noun = re.compile(rf"(?i)\W+(?:[\w-]+\W+){{0,2}}?({'|'.join(units)})s?\b").match(text, figure.end)
    return units[noun[1].lower()] if noun else None
