"""What is said and read about a written offer: the letter, each message, the answers to it, the card after it."""

from collections.abc import Callable

from prepbot.domain.employer_voice import Replies, last_reply
from prepbot.domain.interview import Interview, Unit
from prepbot.domain.moves import Ask, CloseStage, Move, Reply
from prepbot.domain.negotiation import Negotiation
from prepbot.domain.offer import Offer, OfferRules, letter
from prepbot.domain.offer_talk import Message
from prepbot.domain.role import Role
from prepbot.domain.talk_card import TalkCard, talk_card
from prepbot.ports import TalkReader


class OfferDesk:
    """Speaks for the employer from written lines, whatever voice the interviewer has: no figure is ever rephrased."""

    def __init__(self, rules: OfferRules, replies: Replies, reader_for: Callable[[Role], TalkReader]) -> None:
        self.rules = rules
        self._replies = replies
        self._reader_for = reader_for

    def read(self, unit: Unit, text: str, role: Role) -> Message | None:
        """An answer of the unit as a message about its offer; None for a unit that puts none. Never raises."""
        return self._reader_for(role).read(text, len(unit.talk.exchanges)) if unit.talk else None

    def said(self, move: Move, interview: Interview) -> str | None:
        """The words of a move that speaks about the offer, None for every other move."""
        match move:
            case Ask(stage, question):
                offer = interview.plan.stages[stage].put_by(question)
                return self._put(offer, question.text) if offer else None
            case Reply():
                return self._last_reply(interview)
            case CloseStage(stage) if last := self._last_reply(interview):
                return f"{last} {interview.plan.stages[stage].closing}"
        return None

    def card(self, talk: Negotiation) -> TalkCard:
        """The talk as the review shows it."""
        return talk_card(talk, self.rules, self._replies)

    def _put(self, offer: Offer, question: str) -> str:
        return "\n".join([*letter(offer, self.rules), "", question])

    def _last_reply(self, interview: Interview) -> str:
        """The employer's answer to the last message; empty without one, and where the candidate skipped the rest."""
        unit = interview.unit
        if unit is None or unit.talk is None or unit.skipped:
            return ""
        return last_reply(unit.talk, self.rules, self._replies)
