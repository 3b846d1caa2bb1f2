"""Pay figures in a candidate's words: amount, currency and period as they said them, and the place they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prepbot.analysis.figure_meant import with_ranges
from prepbot.analysis.figures import Figure, figures_of
from prepbot.analysis.normalise import normalise
from prepbot.analysis.offer_cues import OfferCues, load_offer_cues
from prepbot.analysis.quantities import Unit
from prepbot.analysis.sentences import clauses_of, segments_of
from prepbot.domain.pay import MOST_PAY, NamedPay, Pay, Period

_WINDOW = 24  # characters after a figure in which its period stands
LEAST_BARE = 1000  # a smaller number without a currency counts something else
_LEAST_AN_HOUR = 5
_BARE = frozenset({Unit.BARE, Unit.COUNT})
_DIGITS_BEFORE = re.compile(r"\d[ ./-]*$")  # as in a telephone number
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


def expected_pay(answer: str, question: str = "") -> NamedPay | None:
    """The pay that a candidate surely names as their own expectation in an answer; None where that is in doubt.

    To a question about it a figure needs no word beside it, and a bare number is pay where no other could be meant.
    Money that is sold, spent or saved is no pay, and neither is what somebody earns at present.
    """
    cues = load_offer_cues()
    asked = bool(cues.pay["asks"].search(normalise(question).text))
    clauses = [
        clause.text
        for segment in segments_of(normalise(answer).text)
        if asked or cues.pay["expects"].search(segment.text)
        for clause in clauses_of(segment, 1)
        if not cues.pay["other_money"].search(clause.text)
    ]
    plain = [named for clause in clauses for named in _named(clause, pay_figures(clause))]
    if plain or not asked:
        return next(iter(plain), None)
    bare = [named for clause in clauses for named in _named(clause, _bare_figures(clause))]
    return bare[0] if len(bare) == 1 else None


def _named(text: str, figures: Sequence[SaidPay]) -> Iterator[NamedPay]:
    """The figures that can be pay, each with whether it is the middle of a range."""
    ends = {(figure.start, figure.end) for figure in figures_of(text, money=True)}
    return (NamedPay(said.pay, (said.start, said.end) not in ends) for said in figures if said.pay.is_possible)


def _bare_figures(text: str) -> tuple[SaidPay, ...]:
    """Numbers of no currency and no period that are high enough for pay and no piece of a longer number."""
    cues = load_offer_cues()
    bare = [_money(text, figure, cues) for figure in amounts_in(text) if figure.unit in _BARE]
    return tuple(
        said for said in bare if said.pay.amount >= 100 * LEAST_BARE and not _DIGITS_BEFORE.search(text, 0, said.start)
    )


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
