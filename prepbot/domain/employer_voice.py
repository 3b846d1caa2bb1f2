"""What the employer says, from the acts the rule decided: written lines, begun with by the seed and taken in turn.

No line is chosen by the candidate's words and none holds a figure of its own: values come from the terms on the table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prepbot.domain.bargaining import BENEFITS, Act, ActKind
from prepbot.domain.echo import shortened
from prepbot.domain.negotiation import Negotiation
from prepbot.domain.offer import Item, Offer, OfferRules, value_words

Lines = Sequence[str]


@dataclass(frozen=True, slots=True)
class Replies:
    """The written lines: one list for each act; an answer has one for each term, and one for the benefits.

    A line may use {item}, {value}, {quote}, {about}, {terms} and {deadline}.
    """

    acts: Mapping[ActKind, Lines]
    answers: Mapping[str, Lines]


def last_reply(talk: Negotiation, rules: OfferRules, replies: Replies) -> str:
    """The employer's words after the last message; empty before the first."""
    if not talk.exchanges:
        return ""
    said: list[str] = []
    for act in talk.exchanges[-1].acts:
        lines = replies.answers[_topic(act)] if act.kind is ActKind.ANSWER else replies.acts[act.kind]
        line = lines[(talk.offer.seed + _times(talk, act)) % len(lines)]
        said.append(_filled(line, act, talk, rules))
    return " ".join(said)


def terms_words(offer: Offer, rules: OfferRules, terms: Mapping[Item, int]) -> str:
    """What is on the table in one sentence: the pay, then every term that differs from the letter."""
    told = [term for term in offer.terms if term.item is not Item.DEADLINE]
    moved = [term for term in told if term.item is not Item.PAY and terms[term.item] != term.offered]
    parts = [value_words(offer, rules, Item.PAY, terms[Item.PAY])]
    parts += [f"{rules.terms[t.item].words.name}: {value_words(offer, rules, t.item, terms[t.item])}" for t in moved]
    return "; ".join([*parts, "all else as in the letter"])


def _topic(act: Act) -> str:
    return act.item.value if act.item else BENEFITS


def _times(talk: Negotiation, act: Act) -> int:
    """How often an act of this kind, and about this term, was done before it."""
    earlier = [one for exchange in talk.exchanges[:-1] for one in exchange.acts]
    same = [one for one in talk.exchanges[-1].acts if one.kind is act.kind]
    return sum(one.kind is act.kind for one in earlier) + same.index(act)


def _filled(line: str, act: Act, talk: Negotiation, rules: OfferRules) -> str:
    offer, terms = talk.offer, talk.exchanges[-1].terms
    value = act.value if act.value is not None else 0
    return line.format(
        item=rules.terms[act.item].words.name if act.item else "",
        value=value_words(offer, rules, act.item, value) if act.item else "",
        quote=shortened(act.quote),
        about=act.about,
        benefits=", ".join(offer.benefits),
        terms=terms_words(offer, rules, terms),
        deadline=value_words(offer, rules, Item.DEADLINE, terms[Item.DEADLINE]),
    )
