"""What a person reads after a talk about an offer: its terms at first and in the end, its grade, what was open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prepbot.domain.employer_voice import Replies, last_reply
from prepbot.domain.negotiation import OVER, Negotiation, TalkStatus
from prepbot.domain.offer import Item, OfferRules, figures_note, value_words
from prepbot.domain.offer_rubric import OFFER_CRITERIA, OFFER_RUBRIC_VERSION, OfferGrade, grade_offer, left_on_the_table
from prepbot.domain.quoting import quotation
from prepbot.domain.rubric import Criterion, CriterionGrade, NotGraded

OWN_CRITERIA = NotGraded("A talk about an offer has four criteria of its own and no band.", OFFER_RUBRIC_VERSION)
"""What stands in place of a band."""

LIMITS_HIDDEN = "How far the employer would have gone shows once a talk has come to its end."

_HEADS = ("Term", "In the letter", "In the end", "They would have gone to")
_MOST_QUOTES = 2
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
class CriterionRow:
    """A criterion as reached: level of `top`, what that is, what the next level is, and the words that earned it.

    `fix` says what to do next time; it and `next_anchor` are empty at the top.
    """

    id: str
    title: str
    level: int
    top: int
    why: str
    next_anchor: str
    fix: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TalkCard:
    """A talk about an offer as the review shows it. `last_word` is the employer's last answer, empty before one.

    `fixes` has what to do about a criterion, by its id.
    """

    status: TalkStatus
    terms: tuple[TalkTerm, ...]
    note: str
    last_word: str
    grade: OfferGrade | NotGraded
    fixes: Mapping[str, str]

    @property
    def outcome(self) -> str:
        """How it ended, in a few words."""
        return _OUTCOMES[self.status]

    @property
    def over(self) -> bool:
        """Whether the talk came to its end."""
        return self.status in OVER

    @property
    def left(self) -> tuple[TalkTerm, ...]:
        """The terms that could have gone further."""
        return tuple(term for term in self.terms if term.left)


def terms_table(card: TalkCard) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The terms as a table, heads and rows; the employer's limits are its last column where the talk is over."""
    if not card.over:
        return _HEADS[:3], tuple((term.name, term.offered, term.agreed) for term in card.terms)
    return _HEADS, tuple((term.name, term.offered, term.agreed, term.left or "no further") for term in card.terms)


def criterion_rows(card: TalkCard, answers: Sequence[str]) -> tuple[CriterionRow, ...]:
    """The four criteria in the rubric's order; none where nothing was graded."""
    if not isinstance(card.grade, OfferGrade):
        return ()
    return tuple(
        _row(criterion, reached, card.fixes[criterion.id], answers)
        for criterion, reached in zip(OFFER_CRITERIA, card.grade.criteria, strict=True)
    )


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
    return TalkCard(talk.status, terms, note, last_reply(talk, rules, replies), grade_offer(talk), rules.fixes)


def _quotes(reached: CriterionGrade, answers: Sequence[str]) -> tuple[str, ...]:
    found = (quotation(span, answers[span.turn]) for span in reached.spans)
    return tuple(dict.fromkeys(quote for quote in found if quote))[:_MOST_QUOTES]


def _row(criterion: Criterion, reached: CriterionGrade, fix: str, answers: Sequence[str]) -> CriterionRow:
    above = criterion.anchors[reached.level + 1 :]
    return CriterionRow(
        id=criterion.id,
        title=criterion.title,
        level=reached.level,
        top=len(criterion.anchors) - 1,
        why=reached.why,
        next_anchor=above[0] if above else "",
        fix=fix if above else "",
        quotes=_quotes(reached, answers),
    )
