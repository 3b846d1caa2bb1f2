"""A candidate's message about an offer -> its moves, each with its words (cues in knowledge/offer_talk.toml).

Pure rules: a sentence may make several moves (a reason and a wish), and each is read from the clause that says it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from prepbot.analysis.gaming import vocabulary, word_flags
from prepbot.analysis.kpi_names import KpiNames
from prepbot.analysis.normalise import PlainText, normalise
from prepbot.analysis.offer_cues import Give, load_offer_cues
from prepbot.analysis.pay import expected_pay
from prepbot.analysis.quantities import Unit, quantities_of
from prepbot.analysis.sentences import Segment, clauses_of, segments_of
from prepbot.analysis.wished_figures import WishedFigure, figure_alone, is_added, wished_figures, wished_money
from prepbot.analysis.words import words_of
from prepbot.domain.evidence import Flag, Span
from prepbot.domain.metric import TrackedKpi
from prepbot.domain.offer import Item
from prepbot.domain.offer_talk import BARE, Message, Talk, TalkMove
from prepbot.domain.pay import NamedPay, Pay

_QUOTED = 40
_NON_FIGURE = re.compile(
    r"(?i)\b([^\W\d_]{1,40})\s{1,3}(?:euros?|dollars?|pounds?|eur|usd|gbp)\b|[$€£¥]\s?([^\W\d_]{1,40})"
)
_JOINT = re.compile(r"(?i)(?<=[,;:])\s|\b(?:and|because|since|as|after|when|given)\b")
_MONEY_LIKE = {Unit.CURRENCY, Unit.BARE, Unit.COUNT}


@dataclass(frozen=True, slots=True)
class _Reading:
    """One sentence, its clauses, and what is given in it."""

    sentence: Segment
    clauses: tuple[Segment, ...]
    gives: tuple[tuple[Give, int, int], ...]


class OfferTalk:
    """Reads messages about an offer, for the KPIs of one role."""

    def __init__(self, kpis: Sequence[TrackedKpi] = ()) -> None:
        self._names = KpiNames(kpis)
        self._cues = load_offer_cues()

    def read(self, text: str, turn: int = 0) -> Message:
        """The moves of a message, in the order of its words; `turn` is its place in the talk. Never raises."""
        plain = normalise(text)
        unclear = self._unclear(plain.text)
        if unclear:
            return Message(text, unclear=unclear)
        found: list[TalkMove] = []
        for segment in segments_of(plain.text):
            reading = self._prepared(segment)
            found += [_placed(move, plain, segment.start, turn) for move in self._moves(reading)]
        unsaid = all(move.kind is Talk.QUESTION and not move.about for move in found)
        if unsaid and (alone := figure_alone(plain.text)):
            wish = TalkMove(Talk.ASK, Span(alone.start, alone.end), Item.PAY)
            found = [_placed(_with_figure(wish, alone, more=is_added(plain.text, alone)), plain, 0, turn)]
        if unpaid := next((move for move in found if _is_nobodys_pay(move)), None):
            return Message(text, unclear=self._cues.unclear["no_pay"].format(words=unpaid.span.cut(text)[:_QUOTED]))
        return Message(text, tuple(sorted(found, key=lambda move: (move.span, move.kind))))

    def named_pay(self, question: str, answer: str) -> NamedPay | None:
        """The pay named as the candidate's own expectation. See ports.TalkReader.named_pay."""
        return expected_pay(answer, question)

    def _prepared(self, segment: Segment) -> _Reading:
        first_person = self._cues.talk["gives"].search(segment.text)
        gives = [
            (give, hit.start(), hit.end())
            for give in self._cues.gives
            if first_person and (hit := give.words.search(segment.text)) is not None
        ]
        local = Segment(0, len(segment.text), segment.text, segment.question)
        return _Reading(local, clauses_of(local), tuple(gives))

    def _moves(self, reading: _Reading) -> Iterator[TalkMove]:
        stance = self._stance(reading)
        results = self._results(reading)
        gives = self._gives(reading)
        # A threat is no wish, whatever figure stands in it.
        threatens = any(move.kind is Talk.PRESSURE for move in stance)
        wishes = [] if threatens and not results else self._wishes(reading, results)
        yield from stance
        yield from (_move(Talk.RESULT, clause) for clause in results)
        yield from gives
        yield from wishes
        if not wishes and not gives:
            yield from self._questions(reading)
        if not results:
            yield from self._grounds(reading)

    def _stance(self, reading: _Reading) -> list[TalkMove]:
        """Yes, no, thanks, and pressure: said by the sentence as a whole."""
        talk, said = self._cues.talk, reading.sentence
        moves = [_move(Talk.THANKS, said)] if talk["thanks"].search(said.text) else []
        if talk["pressure"].search(said.text):
            return [*moves, _move(Talk.PRESSURE, said)]
        if talk["other_offer"].search(said.text):
            moves.append(_move(Talk.OTHER_OFFER, said))
        if talk["decline"].search(said.text) and not talk["ties"].search(said.text):
            return [*moves, _move(Talk.DECLINE, said)]
        if talk["bare_no"].search(said.text):
            return [*moves, replace(_move(Talk.DECLINE, said), about=BARE)]
        doubtful = said.question or reading.gives or talk["no_accept"].search(said.text)
        if talk["accept"].search(said.text) and not doubtful:
            moves.append(_move(Talk.ACCEPT, said))
        elif talk["bare_yes"].search(said.text) and not doubtful:
            moves.append(replace(_move(Talk.ACCEPT, said), about=BARE))
        return moves

    def _results(self, reading: _Reading) -> list[Segment]:
        """The clauses that tell an own achievement with a figure or a KPI of the role: of the past, not promised."""
        talk = self._cues.talk
        if not talk["own"].search(reading.sentence.text):
            return []
        told = (self._achievement(clause) for clause in reading.clauses if not talk["market"].search(clause.text))
        return [one for one in told if one is not None]

    def _achievement(self, clause: Segment) -> Segment | None:
        """The part of a clause that tells it; where a wish stands in the same clause, what follows the wish."""
        talk, text = self._cues.talk, clause.text
        done = talk["achieved"].search(text)
        if done is None or talk["not_done"].search(text, _joint(text, done.start())):
            return None
        start = _joint(text, done.start()) if talk["wish"].search(text, 0, done.start()) else 0
        part = Segment(clause.start + start, clause.end, text[start:])
        figures = [quantity for quantity in quantities_of(part.text) if quantity.unit is not Unit.DATE]
        wished = talk["wish"].search(part.text) is not None
        counted = [quantity for quantity in figures if not (wished and quantity.unit in _MONEY_LIKE)]
        shows = bool(counted or self._names.find(words_of(part.text)))
        return part if shows and not (clause.question and part.start == clause.start) else None

    def _gives(self, reading: _Reading) -> list[TalkMove]:
        """What is given, quoted from its first word to the end of its clause."""
        tied = bool(self._cues.talk["ties"].search(reading.sentence.text))
        moves = []
        for give, start, end in reading.gives:
            clause_end = next((clause.end for clause in reading.clauses if clause.start <= start < clause.end), end)
            span = Span(start, max(end, clause_end))
            moves.append(TalkMove(Talk.GIVE, span, give.item, about=give.name, tied=tied))
        return moves

    def _wishes(self, reading: _Reading, results: Sequence[Segment]) -> list[TalkMove]:
        """What is wished for, a term each. What is given, settled or achieved in the same sentence is no wish."""
        talk, said = self._cues.talk, reading.sentence
        text = _blanked(said.text, [(start, end) for _, start, end in reading.gives])
        text = _blanked(text, [(one.start, one.end) for one in results])
        text = _blanked(text, [hit.span() for hit in talk["settled"].finditer(text)])
        names_terms = talk["accept"].search(text) and wished_money(text)
        asks = (talk["wish"].search(text) or names_terms) and not talk["asks_plainly"].search(text)
        if not asks or (talk["asks_to_know"].search(text) and not talk["change"].search(text)):
            return []
        named = self._named(text)
        if short := talk["falls_short"].search(text):
            offered = wished_money(text[: short.start()])  # "45,500 is too low" names what is offered
            text = _blanked(text, [(one.start, one.end) for one in offered])
            named |= {Item.PAY: offered[0].start} if offered and not named else {}
        figures = wished_figures(text, named)
        items = sorted({*named, *figures}, key=lambda item: min(_places(item, named, figures)))
        if items:
            return [self._wish(said, item, text, figures.get(item)) for item in items]
        vague = talk["change"].search(text) and not reading.gives
        return [_move(Talk.ASK, said)] if vague else []

    def _wish(self, said: Segment, item: Item, text: str, figure: WishedFigure | None) -> TalkMove:
        wish = TalkMove(Talk.ASK, _span(said), item)
        return _with_figure(wish, figure, more=is_added(text, figure)) if figure else wish

    def _named(self, text: str) -> dict[Item, int]:
        """The terms that are named, each with its place: a pay review is no pay, a signing bonus no start."""
        found: dict[Item, int] = {}
        for item in (Item.REVIEW, Item.SIGNING, *Item):
            if item not in found and (hit := self._cues.items[item].search(text)) is not None:
                found[item] = hit.start()
                text = _blanked(text, [hit.span()]) if item in {Item.REVIEW, Item.SIGNING} else text
        return found

    def _questions(self, reading: _Reading) -> list[TalkMove]:
        """A question for each term and topic it names; one about nothing in the letter still is a question."""
        said = reading.sentence
        if not said.question and not self._cues.talk["asks_to_know"].search(said.text):
            return []
        named = self._named(said.text)
        topics: list[tuple[Item | None, str]] = [(item, item.value) for item in sorted(named, key=lambda i: named[i])]
        topics += [(None, name) for name, words in self._cues.topics.items() if words.search(said.text)]
        if not topics and not said.question:
            return []
        return [TalkMove(Talk.QUESTION, _span(said), item, about=about) for item, about in topics or [(None, "")]]

    def _grounds(self, reading: _Reading) -> list[TalkMove]:
        """Other grounds: what the market is said to pay, and what one has without a result."""
        talk, said = self._cues.talk, reading.sentence
        if talk["market"].search(said.text):
            return [_move(Talk.MARKET, said)]
        own = talk["own"].search(said.text) and talk["reason"].search(said.text)
        return [_move(Talk.REASON, said)] if own and not said.question else []

    def _unclear(self, text: str) -> str:
        """The sentence for a message without a single known word or figure, or with letters where a figure belongs."""
        cues, words = self._cues, {word.text.lower() for word in words_of(text)}
        quoted = " ".join(text.split())[:_QUOTED]
        if not quoted:
            return cues.unclear["empty"]
        figures = quantities_of(text)
        money = _NON_FIGURE.search(text)
        if money and not figures and (money[1] or money[2]).lower() not in vocabulary():
            return cues.unclear["no_figure"].format(words=" ".join(money.group().split())[:_QUOTED])
        named = any(pattern.search(text) for pattern in (*cues.items.values(), *cues.talk.values()))
        lost = Flag.OTHER_LANGUAGE in word_flags(text, "") or not words & vocabulary()
        return cues.unclear["no_words"].format(words=quoted) if lost and not figures and not named else ""


def _move(kind: Talk, said: Segment) -> TalkMove:
    return TalkMove(kind, _span(said))


def _span(said: Segment) -> Span:
    return Span(said.start, said.end)


def _places(item: Item, named: Mapping[Item, int], figures: Mapping[Item, WishedFigure]) -> list[int]:
    """Where a term and its figure stand."""
    return [*([named[item]] if item in named else []), *([figures[item].start] if item in figures else [])]


def _is_nobodys_pay(move: TalkMove) -> bool:
    """Whether a wish names money that nobody is paid: none, less than none, or a joke."""
    money = move.kind is Talk.ASK and move.item is not None and move.item.is_money
    return money and move.amount is not None and not move.percent and not Pay(move.amount).is_possible


def _with_figure(wish: TalkMove, figure: WishedFigure, more: bool = False) -> TalkMove:
    return replace(
        wish, amount=figure.amount, code=figure.code, period=figure.period, percent=figure.percent, more=more
    )


def _placed(move: TalkMove, plain: PlainText, offset: int, turn: int) -> TalkMove:
    """The move with its span in the message as it was typed."""
    span = plain.span(move.span.start + offset, move.span.end + offset)
    return replace(move, span=replace(span, turn=turn))


def _joint(text: str, before: int) -> int:
    """Where the last joint before a place opens a new thought: after a comma, at "and" or "because"; 0 without one."""
    return max((found.start() for found in _JOINT.finditer(text, 0, before)), default=0)


def _blanked(text: str, ranges: Sequence[tuple[int, int]]) -> str:
    """The text with some ranges blanked out, every place kept."""
    for start, end in ranges:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
