"""A pay figure as the candidate says it: amount, currency and period. No figure here comes from a market."""

from dataclasses import dataclass
from enum import StrEnum


class Period(StrEnum):
    """What a pay figure is paid for. UNSAID where the candidate named none."""

    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"
    UNSAID = ""


PERIODS_A_YEAR: dict[Period, int] = {
    Period.YEAR: 1,
    Period.MONTH: 12,
    Period.WEEK: 52,
    Period.DAY: 220,
    Period.HOUR: 1760,
    Period.UNSAID: 1,
}
"""Periods in a year of full work: 220 days of 8 hours. Only the size of a one-off payment is drawn from it."""

MOST_PAY = 10**14
"""The highest figure that is taken for pay, in hundredths: beyond it a figure is a slip or a joke."""

PLAY_CODE = "PLAY"
"""The code of play money: a wish in euros is then one in another currency."""

_SIGNS = frozenset("$€£¥₹")


@dataclass(frozen=True, slots=True)
class Pay:
    """A pay figure. `amount` counts hundredths of the currency, so that sums are exact.

    `currency` is the candidate's own word or sign, empty where none was said; `code` is the same for all spellings of
    one currency ("EUR").
    """

    amount: int
    currency: str = ""
    code: str = ""
    period: Period = Period.UNSAID

    @property
    def is_possible(self) -> bool:
        """Whether somebody may be paid it: above nothing, and no joke."""
        return 0 < self.amount <= MOST_PAY

    @property
    def a_year(self) -> int:
        """What it comes to in a year of full work, in hundredths; one of no period counts as a year's."""
        return self.amount * PERIODS_A_YEAR[self.period]

    @property
    def words(self) -> str:
        """The figure as a letter says it: "€47,500 a year", "15.50 euros an hour", "47,500"."""
        money = money_words(self.amount, self.currency)
        if self.period is Period.UNSAID:
            return money
        return f"{money} {'an' if self.period is Period.HOUR else 'a'} {self.period.value}"


@dataclass(frozen=True, slots=True)
class NamedPay:
    """The pay that a candidate named as their expectation, and the stage they named it in.

    `middle` says that they named a range and `pay` is its middle.
    """

    pay: Pay
    middle: bool = False
    stage: str = ""

    @property
    def words(self) -> str:
        """What was named, claiming no more: "48,000 euros a year", "a range around 47,500 euros a year"."""
        return f"a range around {self.pay.words}" if self.middle else self.pay.words


def money_words(amount: int, currency: str) -> str:
    """Hundredths of a currency in words: a sign stands before the figure, a word behind it."""
    whole, rest = divmod(amount, 100)
    figure = f"{whole:,}.{rest:02}" if rest else f"{whole:,}"
    if currency in _SIGNS:
        return f"{currency}{figure}"
    return f"{figure} {currency}".rstrip()


def rounding_step(amount: int) -> int:
    """The step that figures near `amount` are rounded to: its third digit (100 for 48,000; 0.10 for 15.50)."""
    return int(10 ** max(len(str(max(amount, 1))) - 3, 0))


def rounded(amount: int, step: int) -> int:
    """`amount` at the nearest multiple of `step`, one step at least."""
    return max((amount + step // 2) // step, 1) * step
