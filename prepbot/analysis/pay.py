"""Pay figures in a candidate's words: amount, currency and period as they said them, and the place they stand."""

import re
from dataclasses import dataclass

from prepbot.analysis.figure_meant import with_ranges
from prepbot.analysis.figures import Figure, figures_of
from prepbot.analysis.normalise import normalise
from prepbot.analysis.offer_cues import OfferCues, load_offer_cues
from prepbot.analysis.quantities import Unit
from prepbot.analysis.sentences import clauses_of, segments_of
from prepbot.domain.pay import MOST_PAY, Pay, Period
from prepbot.errors import BadInput

_WINDOW = 24  # characters after a figure in which its period stands
_QUOTED = 40
LEAST_BARE = 1000  # a smaller number without a currency counts something else
_LEAST_AN_HOUR = 5
_BARE = frozenset({Unit.BARE, Unit.COUNT})
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATED = re.compile(
    r"(?i)\b(?:in|since|until|till|during|of|before|after|year|early|late|spring|summer|autumn|winter|jan\w*|feb\w*|"
    r"mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*)\s+$"
)


@dataclass(frozen=True, slots=True)
class SaidPay:
    """A pay figure and its range in the text it was read from."""

    pay: Pay
    start: int
    end: int


def amounts_in(text: str, *, weak: bool = False) -> tuple[Figure, ...]:
    """The figures of a text in which a bare number is money; the middle stands for a range, and years are none.

    Those in words that are hardly a figure ("a week") are left out unless `weak`.
    """
    found = with_ranges(text, figures_of(text, money=True))
    return tuple(figure for figure in found if weak >= figure.weak and not _is_year(text, figure))


def pay_figures(text: str) -> tuple[SaidPay, ...]:
    """Every amount of money in `text`; the middle of a range. A bare number is none without a period behind it."""
    cues = load_offer_cues()
    return tuple(said for figure in amounts_in(text) if (said := _said(text, figure, cues)) is not None)


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
    found = [_money(text, figure, cues) for figure in amounts_in(text) if figure.unit in {*_BARE, Unit.CURRENCY}]
    if not found:
        sentence = cues.unclear["no_figure"] if quoted else cues.unclear["empty"]
        raise BadInput(sentence.format(words=quoted))
    if not found[0].pay.is_possible:
        raise BadInput(cues.unclear["no_pay"].format(words=quoted))
    return found[0].pay


def _usable(text: str) -> tuple[Pay, ...]:
    cues = load_offer_cues()
    bare = (_money(text, figure, cues) for figure in amounts_in(text) if figure.unit in _BARE)
    figures = pay_figures(text) or tuple(said for said in bare if said.pay.amount >= 100 * LEAST_BARE)
    return tuple(said.pay for said in figures if said.pay.is_possible)


def _is_year(text: str, figure: Figure) -> bool:
    """Whether a bare number is a year by the word before it: "in March 2027"."""
    plain = figure.unit in _BARE and _YEAR.fullmatch(text, figure.start, figure.end)
    return bool(plain and _DATED.search(text, max(0, figure.start - _WINDOW), figure.start))


def _said(text: str, figure: Figure, cues: OfferCues) -> SaidPay | None:
    if figure.unit is Unit.CURRENCY:
        return _money(text, figure, cues)
    if figure.unit not in _BARE:
        return None
    said = _money(text, figure, cues)
    least = _LEAST_AN_HOUR if said.pay.period is Period.HOUR else LEAST_BARE
    large = said.pay.amount >= 100 * least and said.pay.period is not Period.UNSAID
    return said if said.pay.code or large else None


def _money(text: str, figure: Figure, cues: OfferCues) -> SaidPay:
    """The amount with the currency inside or right after it and the period after that."""
    behind = text[figure.end : figure.end + _WINDOW]
    word = next(
        (
            (code, found)
            for code, pattern in cues.currencies.items()
            for found in (pattern.search(text, figure.start, figure.end), pattern.match(behind.lstrip()))
            if found
        ),
        None,
    )
    end = figure.end
    if word and word[1].string != text:
        end += len(behind) - len(behind.lstrip()) + word[1].end()
    period = _period(text[end : end + _WINDOW], cues)
    code, currency = (word[0], word[1].group()) if word else ("", "")
    return SaidPay(Pay(hundredths(figure.value), currency, code, period), figure.start, end)


def hundredths(value: float) -> int:
    """An amount of money in hundredths; an endless one stays a number that is nobody's pay."""
    return round(100 * max(-MOST_PAY, min(value, MOST_PAY)))


def _period(behind: str, cues: OfferCues) -> Period:
    return next((period for period, words in cues.periods.items() if words.search(behind)), Period.UNSAID)
