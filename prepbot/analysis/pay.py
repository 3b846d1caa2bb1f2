"""Pay figures in a candidate's words: amount, currency and period as they said them, and the place they stand."""

import re
from dataclasses import dataclass

from prepbot.analysis.normalise import normalise
from prepbot.analysis.offer_cues import OfferCues, load_offer_cues
from prepbot.analysis.quantities import Quantity, Unit, quantities_of
from prepbot.analysis.sentences import clauses_of, segments_of
from prepbot.domain.offer import MOST_PAY
from prepbot.domain.pay import Pay, Period
from prepbot.errors import BadInput

_WINDOW = 24  # characters after a figure in which its period stands
_QUOTED = 40
_POINT_OF_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}\.\d{3}(?!\d)")  # no pay is given to a tenth of a cent
_THOUSANDS = 100  # "45 to 50k": where one end is so much larger, the other is meant in its thousands


@dataclass(frozen=True, slots=True)
class SaidPay:
    """A pay figure and its range in the text it was read from."""

    pay: Pay
    start: int
    end: int


def pay_figures(text: str) -> tuple[SaidPay, ...]:
    """Every amount of money in `text`; the middle of a range. A bare number is none without a period behind it."""
    cues = load_offer_cues()
    return tuple(said for quantity in quantities_of(text) if (said := _said(text, quantity, cues)) is not None)


def expected_pay(answer: str, asked: bool = False) -> Pay | None:
    """The pay that a candidate names as their own expectation in an answer, None where they name none.

    `asked` says that the question was about pay: a figure then needs no word beside it. Money that is sold, spent or
    saved is no pay, and neither is what somebody earns at present.
    """
    cues = load_offer_cues()
    plain = normalise(answer)
    for segment in segments_of(plain.text):
        if not asked and not cues.pay["expects"].search(segment.text):
            continue
        for clause in clauses_of(segment, 1):
            figures = _usable(clause.text) if not cues.pay["other_money"].search(clause.text) else ()
            if figures:
                return figures[0]
    return None


def read_pay(field: str) -> Pay:
    """The figure typed into a field that asks for nothing else. Raises BadInput with one sentence for anything else."""
    cues = load_offer_cues()
    text = normalise(field).text
    quoted = " ".join(field.split())[:_QUOTED]
    found = [_money(text, quantity, cues) for quantity in quantities_of(text) if quantity.unit in _NUMBERS]
    if not found:
        sentence = cues.unclear["no_figure"] if quoted else cues.unclear["empty"]
        raise BadInput(sentence.format(words=quoted))
    pay = found[0].pay
    if not 0 < pay.amount <= MOST_PAY or _is_negative(text, found[0].start):
        raise BadInput(cues.unclear["no_pay"].format(words=quoted))
    return pay


_LEAST_BARE = 1000  # a smaller number without a currency counts something else
_LEAST_AN_HOUR = 5
_NUMBERS = frozenset({Unit.CURRENCY, Unit.BARE, Unit.COUNT, Unit.DATE})


def _usable(text: str) -> tuple[Pay, ...]:
    cues = load_offer_cues()
    bare = (_money(text, q, cues) for q in quantities_of(text) if q.unit in {Unit.BARE, Unit.COUNT})
    figures = pay_figures(text) or tuple(said for said in bare if said.pay.amount >= 100 * _LEAST_BARE)
    return tuple(said.pay for said in figures if 0 < said.pay.amount <= MOST_PAY)


def _said(text: str, quantity: Quantity, cues: OfferCues) -> SaidPay | None:
    if quantity.unit is Unit.CURRENCY:
        return _money(text, quantity, cues)
    if quantity.unit not in _NUMBERS - {Unit.DATE}:
        return None
    said = _money(text, quantity, cues)
    least = _LEAST_AN_HOUR if said.pay.period is Period.HOUR else _LEAST_BARE
    large = said.pay.amount >= 100 * least and said.pay.period is not Period.UNSAID
    return said if said.pay.code or large else None


def _money(text: str, quantity: Quantity, cues: OfferCues) -> SaidPay:
    """The amount with the currency inside or right after it and the period after that."""
    behind = text[quantity.end : quantity.end + _WINDOW]
    word = next(
        (
            (code, found)
            for code, pattern in cues.currencies.items()
            for found in (pattern.search(text, quantity.start, quantity.end), pattern.match(behind.lstrip()))
            if found
        ),
        None,
    )
    end = quantity.end
    if word and word[1].string != text:
        end += len(behind) - len(behind.lstrip()) + word[1].end()
    period = _period(text[end : end + _WINDOW], cues)
    code, currency = (word[0], word[1].group()) if word else ("", "")
    grouped = _POINT_OF_THOUSANDS.search(text, quantity.start, quantity.end)
    values = [value * 1000 if grouped and value < 1000 else value for value in quantity.values]
    low, high = min(values), max(values)
    low = low * 1000 if len(values) > 1 and high >= low * _THOUSANDS else low
    amount = round(min(50 * (low + high), MOST_PAY + 1))  # one too large for a float is infinite
    return SaidPay(Pay(amount, currency, code, period), quantity.start, end)


def _period(behind: str, cues: OfferCues) -> Period:
    return next((period for period, words in cues.periods.items() if words.search(behind)), Period.UNSAID)


def _is_negative(text: str, start: int) -> bool:
    return text[:start].rstrip(" $€£¥").endswith("-") or "minus" in text[:start].casefold()
