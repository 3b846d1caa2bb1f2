"""What a candidate's message about an offer does, move by move, each with its words: read in analysis, used by rule."""

from dataclasses import dataclass
from enum import StrEnum

from prepbot.domain.evidence import Span
from prepbot.domain.offer import Item
from prepbot.domain.pay import Period


class Talk(StrEnum):
    """A kind of move.

    RESULT is an own result with a figure or a KPI, REASON another ground of one's own (experience, a licence, present
    pay), MARKET a claim about what others pay. OTHER_OFFER mentions one without a threat; PRESSURE threatens or sets
    an ultimatum.
    """

    QUESTION = "question"
    ASK = "ask"
    RESULT = "result"
    REASON = "reason"
    MARKET = "market"
    OTHER_OFFER = "other_offer"
    GIVE = "give"
    PRESSURE = "pressure"
    ACCEPT = "accept"
    DECLINE = "decline"
    THANKS = "thanks"


ROUND_MOVES = frozenset({Talk.ASK, Talk.RESULT, Talk.REASON, Talk.MARKET, Talk.OTHER_OFFER, Talk.GIVE, Talk.PRESSURE})
"""The moves that negotiate: a message with one of them is a round. Questions and thanks cost nothing."""


BARE = "bare"
"""What a yes or no of one word is about: "ok" accepts a final offer, and only nods before it."""


@dataclass(frozen=True, slots=True)
class TalkMove:
    """One move. `span.turn` is the place of its message.

    `item` is the term that a question, a wish or a give is about, None where none is named. `amount` is the value
    wished for, in the term's units (money in hundredths, with `code` and `period` as far as said); `more` says that it
    is meant on top of what is offered, `percent` that it is in hundredths of a percent of that. `about` is the topic of
    a question, the name of a give, or BARE for a yes or no that may mean something else. `tied` says that a give is
    tied to a wish ("if you …, I could …").
    """

    kind: Talk
    span: Span
    item: Item | None = None
    amount: int | None = None
    code: str = ""
    period: Period = Period.UNSAID
    about: str = ""
    tied: bool = False
    more: bool = False
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A candidate's message as read. `unclear` is the one sentence to answer with where it cannot be used."""

    text: str
    moves: tuple[TalkMove, ...] = ()
    unclear: str = ""

    def of(self, *kinds: Talk) -> tuple[TalkMove, ...]:
        """The moves of some kinds, in the order of the words."""
        return tuple(move for move in self.moves if move.kind in kinds)

    def says(self, *kinds: Talk) -> bool:
        """Whether it makes a move of one of these kinds."""
        return any(move.kind in kinds for move in self.moves)

    def words(self, move: TalkMove) -> str:
        """The words of one of its moves."""
        return move.span.cut(self.text)
