"""What is said and read about a written offer: the letter, each message, the answers to it, the card after it."""

from collections.abc import Callable
from dataclasses import replace

from prepbot.domain.employer_voice import Replies, last_reply
from prepbot.domain.interview import Interview, Unit
from prepbot.domain.moves import Ask, CloseStage, Move, Reply
from prepbot.domain.negotiation import Negotiation
from prepbot.domain.notes import answers_of
from prepbot.domain.offer import Offer, OfferRules, letter
from prepbot.domain.offer_plan import offer_around
from prepbot.domain.offer_talk import Message
from prepbot.domain.pay import NamedPay
from prepbot.domain.role import Role, StageKind
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

    def drawn(self, ask: Ask, interview: Interview, role: Role) -> Ask:
        """The question with its offer drawn around the pay that the candidate named on the way to it.

        It stays as it is where it puts no offer, or no earlier answer surely names such a pay. An offer stage alone
        keeps its made-up figures.
        """
        planned = interview.plan.stages[ask.stage].put_by(ask.question)
        if planned is None or len(interview.plan.stages) == 1:
            return ask
        named = self._named(interview, self._reader_for(role))
        return replace(ask, offer=offer_around(planned, named, self.rules)) if named else ask

    def said(self, move: Move, interview: Interview) -> str | None:
        """The words of a move that speaks about the offer, None for every other move."""
        match move:
            case Ask(stage, question):
                offer = move.offer or interview.plan.stages[stage].put_by(question)
                return self._put(offer, question.text) if offer else None
            case Reply():
                return self._last_reply(interview)
            case CloseStage(stage) if last := self._last_reply(interview):
                return f"{last} {interview.plan.stages[stage].closing}"
        return None

    def card(self, talk: Negotiation) -> TalkCard:
        """The talk as the review shows it."""
        return talk_card(talk, self.rules, self._replies)

    def _named(self, interview: Interview, reader: TalkReader) -> NamedPay | None:
        """The pay named last in a screening, where it is asked for, else the one named last anywhere."""
        best: tuple[tuple[bool, int], NamedPay] | None = None
        for said in (said for unit in interview.units if _tells_of_oneself(unit) for said in answers_of(unit)):
            named, stage = reader.named_pay(said.question, said.text), interview.plan.stages[said.stage]
            rank = (stage.kind is StageKind.SCREENING, said.seq)
            if named and self.rules.takes(named.pay) and (best is None or rank > best[0]):
                best = rank, replace(named, stage=stage.name)
        return best[1] if best else None

    def _put(self, offer: Offer, question: str) -> str:
        return "\n".join([*letter(offer, self.rules), "", question])

    def _last_reply(self, interview: Interview) -> str:
        """The employer's answer to the last message; empty without one, and where the candidate skipped the rest."""
        unit = interview.unit
        if unit is None or unit.talk is None or unit.skipped:
            return ""
        return last_reply(unit.talk, self.rules, self._replies)


def _tells_of_oneself(unit: Unit) -> bool:
    """Whether a figure in its answers may be the candidate's own: no table's, no employer's, no question's."""
    return unit.talk is None and unit.question.exercise is None and not unit.question.invites
