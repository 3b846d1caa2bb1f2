"""A negotiation about a written offer, folded from the candidate's messages.

The employer's rule: a step for an own result, a step for something given in return, nothing for pressure, never
beyond the stored limits, never more than was asked. Three rounds, then a final offer; it always ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from prepbot.domain.bargaining import Act, ActKind, Spent, bargained, wishes_for_more
from prepbot.domain.offer import Item, Offer
from prepbot.domain.offer_talk import BARE, ROUND_MOVES, Message, Talk
from prepbot.errors import IllegalMove

MOST_ROUNDS = 3
MOST_MESSAGES = 8
"""After so many messages the talk is over, whatever they said; the one before it hears the final offer."""


class TalkStatus(StrEnum):
    """Where the talk is. UNDECIDED: it ended without a yes or a no, and the offer stands until its deadline."""

    OPEN = "open"
    FINAL = "final"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    UNDECIDED = "undecided"


OVER = frozenset({TalkStatus.ACCEPTED, TalkStatus.DECLINED, TalkStatus.UNDECIDED})


@dataclass(frozen=True, slots=True)
class Exchange:
    """One message and what the employer does about it. `terms` are the values after it."""

    message: Message
    acts: tuple[Act, ...]
    terms: Mapping[Item, int]


@dataclass(frozen=True, slots=True)
class Negotiation:
    """The talk so far. `terms` are the values on the table, `rounds` those used of MOST_ROUNDS."""

    offer: Offer
    terms: Mapping[Item, int]
    exchanges: tuple[Exchange, ...] = ()
    rounds: int = 0
    status: TalkStatus = TalkStatus.OPEN
    spent: Spent = field(default_factory=Spent)

    @property
    def over(self) -> bool:
        """Whether nothing more will be said."""
        return self.status in OVER

    @property
    def messages(self) -> tuple[Message, ...]:
        """The candidate's messages, in order."""
        return tuple(exchange.message for exchange in self.exchanges)


def opened(offer: Offer) -> Negotiation:
    """The talk before the first message: the letter lies on the table."""
    return Negotiation(offer, {term.item: term.offered for term in offer.terms})


def answered(talk: Negotiation, message: Message) -> Negotiation:
    """The talk after one more message. Raises IllegalMove once it is over."""
    if talk.over:
        raise IllegalMove("The talk about the offer is over; start another interview to negotiate again.")
    last = len(talk.exchanges) + 1 >= MOST_MESSAGES
    decided = _decided(talk, message)
    if decided is not None:
        return _closed(talk, message, *decided)
    if talk.status is TalkStatus.FINAL or last:
        return _after_final(talk, message, last)
    return _bargained(talk, message)


_ASKS_FOR_A_YES = frozenset({ActKind.AT_ONCE, ActKind.CONFIRM})


def _decided(talk: Negotiation, message: Message) -> tuple[TalkStatus, ActKind] | None:
    """A plain yes or no. One with a wish for more than is offered is a wish; a yes at once is asked back a single time.

    A yes or no of one word decides only where the employer has asked for it. "No" to whether anything should be
    changed means no change, so it is asked back.
    """
    last = talk.exchanges[-1].acts if talk.exchanges else ()
    asked = talk.status is TalkStatus.FINAL or bool(_ASKS_FOR_A_YES & {act.kind for act in last})
    clear = asked or len(talk.exchanges) + 1 >= MOST_MESSAGES
    if message.says(Talk.DECLINE):
        return _no(talk, last, any(move.about != BARE for move in message.of(Talk.DECLINE)))
    if not message.says(Talk.ACCEPT) or message.says(Talk.GIVE) or wishes_for_more(talk.offer, talk.terms, message):
        return None
    if not talk.exchanges:
        return TalkStatus.OPEN, ActKind.AT_ONCE
    if not clear and all(move.about == BARE for move in message.of(Talk.ACCEPT)):
        return TalkStatus.OPEN, ActKind.CONFIRM
    return TalkStatus.ACCEPTED, ActKind.ACCEPTED


def _no(talk: Negotiation, last: tuple[Act, ...], plain: bool) -> tuple[TalkStatus, ActKind] | None:
    if plain or talk.status is TalkStatus.FINAL:
        return TalkStatus.DECLINED, ActKind.DECLINED
    if any(act.kind is ActKind.AT_ONCE for act in last):
        return TalkStatus.OPEN, ActKind.CONFIRM
    return None


def _closed(talk: Negotiation, message: Message, status: TalkStatus, act: ActKind) -> Negotiation:
    answers, _, _ = bargained(talk.offer, talk.terms, Message(message.text, message.of(Talk.QUESTION)), talk.spent)
    said = tuple(one for one in answers if one.kind in {ActKind.ANSWER, ActKind.NOT_IN_LETTER})
    return _heard(talk, message, (*said, Act(act)), talk.terms, status=status)


def _after_final(talk: Negotiation, message: Message, last: bool) -> Negotiation:
    bargain, _, _ = bargained(talk.offer, talk.terms, message, talk.spent)
    acts = tuple(Act(ActKind.FINAL) if act.kind is ActKind.PROMPT else act for act in bargain)
    harmless = not message.says(*ROUND_MOVES)
    if harmless and not last:
        return _heard(talk, message, acts, talk.terms, status=TalkStatus.FINAL)
    return _heard(talk, message, (Act(ActKind.STILL_FINAL),), talk.terms, status=TalkStatus.UNDECIDED)


def _bargained(talk: Negotiation, message: Message) -> Negotiation:
    acts, terms, spent = bargained(talk.offer, talk.terms, message, talk.spent)
    is_round = message.says(*ROUND_MOVES) and not any(act.kind is ActKind.UNCLEAR for act in acts)
    rounds = talk.rounds + is_round
    final = rounds >= MOST_ROUNDS or len(talk.exchanges) + 2 >= MOST_MESSAGES
    said = (*acts, Act(ActKind.FINAL)) if final else acts
    status = TalkStatus.FINAL if final else TalkStatus.OPEN
    return replace(_heard(talk, message, said, terms, status=status), rounds=rounds, spent=spent)


def _heard(
    talk: Negotiation, message: Message, acts: tuple[Act, ...], terms: Mapping[Item, int], *, status: TalkStatus
) -> Negotiation:
    exchange = Exchange(message, acts, terms)
    return replace(talk, exchanges=(*talk.exchanges, exchange), terms=terms, status=status)
