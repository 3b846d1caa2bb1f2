"""A written offer and how far its employer would go, drawn once from a seed and stored with the interview.

The pay is drawn around the figure that the candidate named; without one it is in play money that says so. Every other
figure of the letter is made up too. The limits are values of the offer: no later step can invent or move them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from prepbot.domain.pay import PLAY_CODE, NamedPay, Pay, Period, money_words, rounded, rounding_step
from prepbot.errors import BadInput


class Item(StrEnum):
    """A term that can be negotiated."""

    PAY = "pay"
    SIGNING = "signing"
    LEAVE = "leave"
    REMOTE = "remote"
    START = "start"
    REVIEW = "review"
    DEADLINE = "deadline"

    @property
    def is_money(self) -> bool:
        """Whether its values are hundredths of the offer's currency."""
        return self in {Item.PAY, Item.SIGNING}

    @property
    def sign(self) -> int:
        """Which way is better for a candidate who asks: -1 for an earlier pay review, 1 for all others."""
        return -1 if self is Item.REVIEW else 1


@dataclass(frozen=True, slots=True)
class TermWords:
    """How a term is said: its name in a sentence, and a value of none, one or {n}."""

    name: str
    none: str
    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Range:
    """Whole numbers from `low` to `high`, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class TermRule:
    """What a term is drawn from: its value in the letter, how many steps the employer would go, and the step.

    For pay, `offered` and `room` are thousandths of the figure it is drawn around; for a signing payment, `room` is in
    thousandths of a year's pay. `floor` is the least that a candidate may trade it down to.
    """

    offered: Range
    room: Range
    step: int
    floor: int
    words: TermWords


@dataclass(frozen=True, slots=True)
class OfferRules:
    """knowledge/offers.toml as far as a letter needs it. `invented` is what is said where the pay is play money.

    `own_pay` bounds what is taken for a candidate's own pay, in whole units of its currency a year.
    `question` puts the letter to the candidate, and `after` says what it is after; `one_before` is said where another
    question comes first. `fixes` has what to do about each criterion of a talk.
    """

    terms: Mapping[Item, TermRule]
    benefits: tuple[str, ...]
    benefits_named: int
    play_money: str
    play_pay: Range
    pay_steps: int
    letter: tuple[str, ...]
    invented: str
    own_figure: str
    question: str
    after: str
    one_before: str
    fixes: Mapping[str, str]
    own_pay: Range

    def takes(self, pay: Pay) -> bool:
        """Whether an offer is drawn around this figure; a slip or a joke leaves the play money."""
        return 100 * self.own_pay.low <= pay.a_year <= 100 * self.own_pay.high


@dataclass(frozen=True, slots=True)
class Term:
    """One term with its limit: `limit` is the best the employer goes to, `floor` the least it can be traded down to.

    Money is in hundredths of the currency, all else in whole units of the term.
    """

    item: Item
    offered: int
    limit: int
    step: int
    floor: int

    def towards(self, value: int, steps: int) -> int:
        """The value some steps better for the candidate (worse for a negative number), within floor and limit."""
        moved = value + steps * self.step * self.item.sign
        low, high = sorted((self.floor, self.limit))
        return min(max(moved, low), high)

    def better(self, value: int, than: int) -> bool:
        """Whether a value is better for the candidate than another."""
        return (value - than) * self.item.sign > 0


@dataclass(frozen=True, slots=True)
class Offer:
    """A written offer. `pay` is the figure of the letter; `own_figure`: it was drawn around the candidate's `named`."""

    role_title: str
    seed: int
    pay: Pay
    own_figure: bool
    terms: tuple[Term, ...]
    benefits: tuple[str, ...]
    named: NamedPay | None = None

    def term(self, item: Item) -> Term:
        """The term with its limit."""
        return next(term for term in self.terms if term.item is item)


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A line of the letter as it stands now. `first` is how it read at first, empty where nothing changed."""

    text: str
    first: str


def draw_offer(rules: OfferRules, role_title: str, seed: int, named: NamedPay | None = None) -> Offer:
    """The offer and the limits for one interview; the same arguments give the same offer.

    `named` is the candidate's own figure. Raises BadInput for one that is no pay.
    """
    if named is not None and not named.pay.is_possible:
        raise BadInput(f"“{named.words}” is no pay to make an offer around; say a figure above nothing.")
    random = Random(f"offer {seed}")
    around = named.pay if named else _play_pay(rules, random)
    pay = _pay_term(rules, around, random)
    others = [
        _signing_term(rules.terms[item], around, random)
        if item is Item.SIGNING
        else _plain_term(item, rules.terms[item], random)
        for item in Item
        if item is not Item.PAY
    ]
    chosen = sorted(random.sample(range(len(rules.benefits)), min(rules.benefits_named, len(rules.benefits))))
    return Offer(
        role_title=role_title,
        seed=seed,
        pay=replace(around, amount=pay.offered),
        own_figure=named is not None,
        terms=(pay, *others),
        benefits=tuple(rules.benefits[place] for place in chosen),
        named=named,
    )


def value_words(offer: Offer, rules: OfferRules, item: Item, value: int) -> str:
    """A value of a term as the letter says it: "25 days of paid leave", "no signing payment"."""
    words = rules.terms[item].words
    if item is Item.PAY:
        return replace(offer.pay, amount=value).words
    if value == 0:
        return words.none
    said = money_words(value, offer.pay.currency) if item is Item.SIGNING else str(value)
    return words.one if value == 1 and not item.is_money else words.many.format(n=said)


def letter(offer: Offer, rules: OfferRules) -> tuple[str, ...]:
    """The letter's lines with its note. It shows the terms that are offered and no limit."""
    offered = {term.item: term.offered for term in offer.terms}
    return (*(line.text for line in letter_lines(offer, rules, offered)), figures_note(offer, rules))


def letter_lines(offer: Offer, rules: OfferRules, terms: Mapping[Item, int]) -> tuple[LetterLine, ...]:
    """The letter with these values on the table, each line beside what it said at first where that changed."""
    offered = {term.item: term.offered for term in offer.terms}
    found = []
    for line in rules.letter:
        now, first = (_filled(line, offer, rules, values) for values in (terms, offered))
        found.append(LetterLine(now, first if first != now else ""))
    return tuple(found)


def figures_note(offer: Offer, rules: OfferRules) -> str:
    """The sentence that says whose figures these are."""
    if offer.named is None:
        return rules.invented
    return rules.own_figure.format(pay=offer.named.words, stage=offer.named.stage)


def _filled(line: str, offer: Offer, rules: OfferRules, values: Mapping[Item, int]) -> str:
    said = {item.value: value_words(offer, rules, item, value) for item, value in values.items()}
    return line.format(role=offer.role_title, benefits=", ".join(offer.benefits), **said)


def _play_pay(rules: OfferRules, random: Random) -> Pay:
    return Pay(100 * _drawn(rules.play_pay, random, 50), rules.play_money, PLAY_CODE, Period.MONTH)


def _pay_term(rules: OfferRules, around: Pay, random: Random) -> Term:
    rule = rules.terms[Item.PAY]
    near = rounding_step(around.amount)
    offered = rounded(around.amount * _drawn(rule.offered, random) // 1000, near)
    ceiling = rounded(around.amount * _drawn(rule.room, random) // 1000, near)
    ceiling = max(ceiling, offered + near)
    step = rounded(-(-(ceiling - offered) // rules.pay_steps), near)
    return Term(Item.PAY, offered, ceiling, step, rounded(offered * rule.floor // 1000, near))


def _signing_term(rule: TermRule, around: Pay, random: Random) -> Term:
    most = around.a_year * _drawn(rule.room, random) // 1000
    near = rounding_step(max(most, 1))
    limit = rounded(most, near)
    return Term(Item.SIGNING, 0, limit, max(limit // max(rule.step, 1), 1), 0)


def _plain_term(item: Item, rule: TermRule, random: Random) -> Term:
    offered = _drawn(rule.offered, random)
    limit = max(offered + item.sign * rule.step * _drawn(rule.room, random), 0)
    floor = max(rule.floor, offered) if item.sign < 0 else min(rule.floor, offered)
    return Term(item, offered, limit, rule.step, floor)


def _drawn(source: Range, random: Random, step: int = 1) -> int:
    return random.randrange(source.low, source.high + 1, step)
