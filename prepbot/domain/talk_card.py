"""What a person reads after a talk about an offer: its terms at first and in the end, its grade, what was open."""

from dataclasses import dataclass

from prepbot.domain.employer_voice import Replies, last_reply
from prepbot.domain.negotiation import Negotiation, TalkStatus
from prepbot.domain.offer import Item, OfferRules, figures_note, value_words
from prepbot.domain.offer_rubric import OFFER_RUBRIC_VERSION, OfferGrade, grade_offer, left_on_the_table
from prepbot.domain.rubric import NotGraded

OWN_CRITERIA = NotGraded("A talk about an offer has four criteria of its own and no band.", OFFER_RUBRIC_VERSION)
"""What stands in place of a band."""

_OUTCOMES = {
    TalkStatus.OPEN: "left before its end",
    TalkStatus.FINAL: "left before its end",
    TalkStatus.ACCEPTED: "offer accepted",
    TalkStatus.DECLINED: "offer declined",
    TalkStatus.UNDECIDED: "left undecided",
}


@dataclass(frozen=True, slots=True)
class TalkTerm:
    """One term in words. `left` is how far the employer would have gone, empty where it went there or none may know."""

    name: str
    offered: str
    agreed: str
    left: str


@dataclass(frozen=True, slots=True)
class TalkCard:
    """A talk about an offer as the review shows it. `last_word` is the employer's last answer, empty before one."""

    status: TalkStatus
    terms: tuple[TalkTerm, ...]
    note: str
    last_word: str
    grade: OfferGrade | NotGraded

    @property
    def outcome(self) -> str:
        """How it ended, in a few words."""
        return _OUTCOMES[self.status]

    @property
    def left(self) -> tuple[TalkTerm, ...]:
        """The terms that could have gone further."""
        return tuple(term for term in self.terms if term.left)


def talk_card(talk: Negotiation, rules: OfferRules, replies: Replies) -> TalkCard:
    """The card of a talk so far. The employer's limits show only where the talk is over."""
    limits = {left.item: left.limit for left in left_on_the_table(talk)}

    def said(item: Item, value: int) -> str:
        return value_words(talk.offer, rules, item, value)

    terms = tuple(
        TalkTerm(
            rules.terms[term.item].words.name.removeprefix("the ").removeprefix("a ").capitalize(),
            said(term.item, term.offered),
            said(term.item, talk.terms[term.item]),
            said(term.item, limits[term.item]) if term.item in limits else "",
        )
        for term in talk.offer.terms
    )
    note = figures_note(talk.offer, rules)
    return TalkCard(talk.status, terms, note, last_reply(talk, rules, replies), grade_offer(talk))
