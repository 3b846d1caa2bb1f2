"""What the employer does about one message: the rule of conceding, term by term, within the stored limits.

A step is earned by an own result that was not counted before, or by something given in return, item for item. What
was said before a wish waits for it. Pressure earns nothing and takes nothing away. Only time to think is granted
for the asking.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from prepbot.domain.offer import Item, Offer, Term
from prepbot.domain.offer_talk import Message, Talk, TalkMove
from prepbot.domain.pay import PERIODS_A_YEAR, Pay, Period

_FAR = 2  # a wish for more than twice the pay, or less than half of it, is a slip of the pen or another period
_THOUSAND = 1000
_PERCENTS = 10_000  # a percentage is in hundredths of a percent
MOST_HELD = 2
"""The most terms that the employer holds one by one in a reply; of more the candidate is asked to choose."""
_SAME_STORY = 0.6  # share of common words from which two results are one told twice


class ActKind(StrEnum):
    """One thing the employer does. The order is that in which a reply says them."""

    UNCLEAR = "unclear"
    THANKS = "thanks"
    ANSWER = "answer"
    NOT_IN_LETTER = "not_in_letter"
    OTHER_OFFER = "other_offer"
    PRESSURE = "pressure"
    MARKET = "market"
    REASON = "reason"
    CONCEDED = "conceded"
    TRADED = "traded"
    GRANTED = "granted"
    IN_OFFER = "in_offer"
    AT_LIMIT = "at_limit"
    HOLDS = "holds"
    CHOOSE = "choose"
    WAITING = "waiting"
    PROMPT = "prompt"
    AT_ONCE = "at_once"
    CONFIRM = "confirm"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    FINAL = "final"
    STILL_FINAL = "still_final"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing the employer does: `value` is the term's new or present value, `quote` the candidate's words for it.

    `about` is the topic of an answer, the name of a give, or the sentence of what was unclear.
    """

    kind: ActKind
    item: Item | None = None
    value: int | None = None
    quote: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Spent:
    """What was said in favour so far: `results` and `gives` that count once each, and which of them still wait.

    `wishes` are the terms wished for that were not met yet, with the amounts named.
    """

    results: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    waiting_results: tuple[str, ...] = ()
    waiting_gives: tuple[tuple[str, Item | None], ...] = ()
    wishes: tuple[tuple[Item, int | None], ...] = ()


Bargain = tuple[tuple[Act, ...], Mapping[Item, int], Spent]


def bargained(offer: Offer, terms: Mapping[Item, int], message: Message, spent: Spent) -> Bargain:
    """The employer's acts, the terms after them, and what is spent. The terms never leave floor and limit."""
    message = replace(message, moves=tuple(_meant(offer, move, terms) for move in message.moves))
    unclear = message.unclear or _unusable(offer, terms, message)
    if unclear:
        return (Act(ActKind.UNCLEAR, about=unclear),), terms, spent
    heard = _wished(_said_in_favour(spent, message), message)
    granted, later = _granted(offer, terms, message)
    earned, now, left = _earned(offer, later, heard)
    earned = [*granted, *earned]
    acts = [*_courtesies(message), *_answers(terms, message), *_replies(message), *earned]
    acts += _held(offer, now, message, left, earned)
    if all(act.kind is ActKind.THANKS for act in acts):
        acts.append(Act(ActKind.PROMPT))
    ordered = sorted(acts, key=lambda act: _ORDER[act.kind])
    return tuple(ordered), now, left


def wishes_for_more(offer: Offer, terms: Mapping[Item, int], message: Message) -> bool:
    """Whether a message wishes for anything that is not on the table already."""
    wishes = (_meant(offer, move, terms) for move in message.of(Talk.ASK))
    return any(
        wish.item is None or wish.amount is None or offer.term(wish.item).better(wish.amount, terms[wish.item])
        for wish in wishes
    )


_ORDER = {kind: place for place, kind in enumerate(ActKind)}


def _meant(offer: Offer, move: TalkMove, terms: Mapping[Item, int]) -> TalkMove:
    """The move with what is meant on top of the offer added to it; an addition of half as much again is none.

    A percentage is one of the pay, for a payment on signing one of a year's.
    """
    if move.item is None or move.amount is None:
        return move
    value = terms[move.item]
    if not move.more:
        return replace(move, amount=_in_full(move, value))
    whole = terms[Item.PAY] * (PERIODS_A_YEAR[offer.pay.period] if move.item is Item.SIGNING else 1)
    added = whole * move.amount // _PERCENTS if move.percent else move.amount
    meant = value + move.item.sign * added if move.item is not Item.PAY or added <= value // 2 else added
    return replace(move, amount=max(meant, 0), more=False, percent=False)


def _in_full(move: TalkMove, value: int) -> int | None:
    """The amount of a wish; a bare 47 beside an offer of 45,500 is meant in thousands."""
    if move.item is not Item.PAY or not move.amount or move.code or move.period is not Period.UNSAID:
        return move.amount
    thousands = _THOUSAND * move.amount
    return thousands if value <= _FAR * thousands and thousands <= _FAR * value else move.amount


def _unusable(offer: Offer, terms: Mapping[Item, int], message: Message) -> str:
    """One sentence about a pay figure that cannot be meant; empty where all can."""
    for wish in message.of(Talk.ASK):
        if wish.item is not Item.PAY or wish.amount is None:
            continue
        read = Pay(wish.amount, offer.pay.currency, offer.pay.code, wish.period).words
        here = replace(offer.pay, amount=terms[Item.PAY]).words
        if wish.code and offer.pay.code and wish.code != offer.pay.code:
            return (
                f"The offer is {here}, and “{message.words(wish)}” is in another currency; name it in the offer's own."
            )
        other_period = Period.UNSAID not in {wish.period, offer.pay.period} and wish.period is not offer.pay.period
        too_far = not terms[Item.PAY] <= _FAR * wish.amount or wish.amount > _FAR * terms[Item.PAY]
        if other_period:
            return f"I read {read} in “{message.words(wish)}”, and the offer is {here}; name it for the same period."
        if too_far:
            words = message.words(wish)
            return f"I read {read} in “{words}”, which is far from the offer of {here}; check it and write it again."
    return ""


def _said_in_favour(spent: Spent, message: Message) -> Spent:
    """What waits, with the message's new results and gives added: each counts once, however often it is said."""
    results, gives = list(spent.results), list(spent.gives)
    new_results, new_gives = list(spent.waiting_results), list(spent.waiting_gives)
    for move in message.of(Talk.RESULT):
        words = message.words(move)
        if not any(_same_story(words, told) for told in results):
            results.append(words)
            new_results.append(words)
    for move in message.of(Talk.GIVE):
        if move.about not in gives:
            gives.append(move.about)
            new_gives.append((message.words(move), move.item))
    return replace(
        spent,
        results=tuple(results),
        gives=tuple(gives),
        waiting_results=tuple(new_results),
        waiting_gives=tuple(new_gives),
    )


def _wished(spent: Spent, message: Message) -> Spent:
    """The open wishes with the message's own in front; a wish said again takes the newer amount."""
    new = {move.item: move.amount for move in message.of(Talk.ASK) if move.item not in {None, Item.DEADLINE}}
    old = [(item, amount) for item, amount in spent.wishes if item not in new]
    known = dict(spent.wishes)
    first = [(item, amount if amount is not None else known.get(item)) for item, amount in new.items() if item]
    return replace(spent, wishes=(*first, *old))


def _granted(offer: Offer, terms: Mapping[Item, int], message: Message) -> tuple[list[Act], Mapping[Item, int]]:
    """Time to think costs the employer nothing: a step of it is granted to whoever asks without pressing."""
    wish = next((move for move in message.of(Talk.ASK) if move.item is Item.DEADLINE), None)
    if wish is None or message.says(Talk.PRESSURE):
        return [], terms
    moved = _step(offer.term(Item.DEADLINE), terms[Item.DEADLINE], wish.amount)
    if moved == terms[Item.DEADLINE]:
        return [], terms
    return [Act(ActKind.GRANTED, Item.DEADLINE, moved)], {**terms, Item.DEADLINE: moved}


def _earned(offer: Offer, terms: Mapping[Item, int], spent: Spent) -> tuple[list[Act], Mapping[Item, int], Spent]:
    """One step for each waiting result and give, on the first wish that has room; what finds none goes on waiting."""
    now = dict(terms)
    acts: list[Act] = []
    results, gives = list(spent.waiting_results), list(spent.waiting_gives)
    while results and (item := _first_with_room(offer, now, spent)) is not None:
        now[item] = _step(offer.term(item), now[item], dict(spent.wishes)[item])
        acts.append(Act(ActKind.CONCEDED, item, now[item], quote=results.pop(0)))
    for words, given in tuple(gives):
        item = _first_with_room(offer, now, spent, without=given)
        if item is None or (given is not None and offer.term(given).towards(now[given], -1) == now[given]):
            continue
        gives.remove((words, given))
        now[item] = _step(offer.term(item), now[item], dict(spent.wishes)[item])
        if given is not None:
            now[given] = offer.term(given).towards(now[given], -1)
        acts.append(Act(ActKind.TRADED, item, now[item], quote=words))
    open_wishes = tuple((item, amount) for item, amount in spent.wishes if not _met(offer, now, item, amount))
    left = replace(spent, waiting_results=tuple(results), waiting_gives=tuple(gives), wishes=open_wishes)
    return acts, now, left


def _first_with_room(offer: Offer, now: Mapping[Item, int], spent: Spent, without: Item | None = None) -> Item | None:
    return next(
        (
            item
            for item, amount in spent.wishes
            if item is not without and _step(offer.term(item), now[item], amount) != now[item]
        ),
        None,
    )


def _step(term: Term, value: int, wished: int | None) -> int:
    """One step towards the candidate, and no further than was wished."""
    moved = term.towards(value, 1)
    if wished is None or term.better(wished, moved):
        return moved
    return wished if term.better(wished, value) else value


def _met(offer: Offer, now: Mapping[Item, int], item: Item, amount: int | None) -> bool:
    """Whether a wish needs no more: reached, or at the limit. One without an amount stays open up to the limit."""
    term = offer.term(item)
    return now[item] == term.limit or (amount is not None and not term.better(amount, now[item]))


def _courtesies(message: Message) -> list[Act]:
    return [Act(ActKind.THANKS)] if message.says(Talk.THANKS) else []


def _answers(terms: Mapping[Item, int], message: Message) -> list[Act]:
    """An answer for each topic asked about, out of the letter; what it does not hold is not made up."""
    asked = {(move.item, move.about): message.words(move) for move in message.of(Talk.QUESTION)}
    return [
        Act(ActKind.ANSWER, item, terms[item], quote, about)
        if item is not None
        else Act(ActKind.ANSWER if about == BENEFITS else ActKind.NOT_IN_LETTER, None, None, quote, about or "that")
        for (item, about), quote in asked.items()
    ]


BENEFITS = "benefits"
"""The topic that the letter answers without a term."""

_SAID_OF = {
    Talk.PRESSURE: ActKind.PRESSURE,
    Talk.OTHER_OFFER: ActKind.OTHER_OFFER,
    Talk.MARKET: ActKind.MARKET,
    Talk.REASON: ActKind.REASON,
}


def _replies(message: Message) -> list[Act]:
    """A word about each ground that moves no figure. Where a result is told too, another reason needs none."""
    first: dict[Talk, TalkMove] = {}
    for move in message.of(*_SAID_OF):
        first.setdefault(move.kind, move)
    if message.says(Talk.RESULT):
        first.pop(Talk.REASON, None)
    return [Act(_SAID_OF[kind], quote=message.words(move)) for kind, move in first.items()]


def _held(offer: Offer, now: Mapping[Item, int], message: Message, left: Spent, earned: Sequence[Act]) -> list[Act]:
    """What is said of wishes that did not move: in the offer already, at the limit, or waiting for a reason."""
    moved = {act.item for act in earned}
    wishes = [move for move in message.of(Talk.ASK) if move.item not in moved]
    acts = [_unmoved(offer, now, move, left) for move in {move.item: move for move in wishes}.values()]
    held = [act for act in acts if act.kind is ActKind.HOLDS]
    if len(held) > MOST_HELD:
        acts = [*(act for act in acts if act not in held), Act(ActKind.CHOOSE)]
    if (
        not acts
        and not earned
        and (left.waiting_results or left.waiting_gives)
        and message.says(Talk.RESULT, Talk.GIVE)
    ):
        acts.append(Act(ActKind.WAITING))
    return acts


def _unmoved(offer: Offer, now: Mapping[Item, int], wish: TalkMove, left: Spent) -> Act:
    """What is said of a wish that did not move; one without a term is about the term last wished for."""
    item = wish.item or next((item for item, _ in left.wishes), None)
    if item is None:
        return Act(ActKind.PROMPT)
    term, value = offer.term(item), now[item]
    if wish.amount is not None and not term.better(wish.amount, value):
        return Act(ActKind.IN_OFFER, item, value)
    return Act(ActKind.AT_LIMIT if value == term.limit else ActKind.HOLDS, item, value)


def _same_story(words: str, told: str) -> bool:
    left, right = set(words.casefold().split()), set(told.casefold().split())
    return len(left & right) >= _SAME_STORY * min(len(left), len(right))
