"""A candidate's message about an offer -> its moves, each with its words (cues in knowledge/offer_talk.toml).

Pure rules: a sentence may make several moves (a reason and a wish), and each is read from the clause that says it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from prepbot.analysis.cues import word_list
from prepbot.analysis.kpi_names import KpiNames
from prepbot.analysis.normalise import PlainText, normalise
from prepbot.analysis.offer_cues import Give, load_offer_cues
from prepbot.analysis.pay import pay_figures
from prepbot.analysis.quantities import Quantity, Unit, quantities_of
from prepbot.analysis.sentences import Segment, clauses_of, segments_of
from prepbot.analysis.words import words_of
from prepbot.domain.evidence import Span
from prepbot.domain.metric import TrackedKpi
from prepbot.domain.offer import MOST_PAY, Item
from prepbot.domain.offer_talk import BARE_YES, Message, Talk, TalkMove
from prepbot.domain.pay import Pay, Period

_QUOTED = 40
_ENGLISH = word_list("english")
_FIGURE_ALONE = re.compile(r"(?i)^\W*(?:(?:about|around|say|maybe|rather)\s+)?$")
_NON_FIGURE = re.compile(r"(?i)([^\W\d_]+)\s+(?:euros?|dollars?|pounds?|eur|usd|gbp)\b|[$€£¥]\s?([^\W\d_]+)")
_MOST_UNITS = 10**6
_LEAST_BARE = 1000
_NEAR = 24
_MONEY_LIKE = {Unit.CURRENCY, Unit.BARE, Unit.COUNT}


@dataclass(frozen=True, slots=True)
class _Reading:
    """One sentence, its clauses, and what is given in it."""

    sentence: Segment
    clauses: tuple[Segment, ...]
    gives: tuple[tuple[Give, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure that is wished for, in the term's units; a percentage in hundredths of a percent."""

    start: int
    end: int
    amount: int
    code: str = ""
    period: Period = Period.UNSAID
    percent: bool = False


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
        if not found and (alone := _figure_alone(plain.text)):
            found = [_placed(alone, plain, 0, turn)]
        return Message(text, tuple(sorted(found, key=lambda move: (move.span, move.kind))))

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
        doubtful = said.question or reading.gives or talk["no_accept"].search(said.text)
        if talk["accept"].search(said.text) and not doubtful:
            moves.append(_move(Talk.ACCEPT, said))
        elif talk["bare_yes"].search(said.text) and not doubtful:
            moves.append(replace(_move(Talk.ACCEPT, said), about=BARE_YES))
        return moves

    def _results(self, reading: _Reading) -> list[Segment]:
        """The clauses that tell an own achievement with a figure or a KPI of the role: of the past, not promised."""
        talk = self._cues.talk
        if not talk["own"].search(reading.sentence.text):
            return []
        return [
            clause for clause in reading.clauses if self._achieves(clause) and not talk["market"].search(clause.text)
        ]

    def _achieves(self, clause: Segment) -> bool:
        talk, text = self._cues.talk, clause.text
        if clause.question or talk["not_done"].search(text) or not talk["achieved"].search(text):
            return False
        figures = [quantity for quantity in quantities_of(text) if quantity.unit is not Unit.DATE]
        wished = talk["wish"].search(text) is not None
        counted = [quantity for quantity in figures if not (wished and quantity.unit in _MONEY_LIKE)]
        return bool(counted or self._names.find(words_of(text)))

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
        asks = talk["wish"].search(text) and not talk["asks_plainly"].search(text)
        if not asks or (talk["asks_to_know"].search(text) and not talk["change"].search(text)):
            return []
        money = _wished_money(text)
        items = self._items(text)
        if money is not None and Item.SIGNING not in items:
            items = [Item.PAY, *(item for item in items if item is not Item.PAY)]
        if items:
            return [self._wish(said, item, text, money) for item in items]
        vague = talk["change"].search(text) and not reading.gives
        return [_move(Talk.ASK, said)] if vague else []

    def _wish(self, said: Segment, item: Item, text: str, money: _Figure | None) -> TalkMove:
        wish = TalkMove(Talk.ASK, _span(said), item)
        if not item.is_money:
            units = self._units(item, text)
            return replace(wish, amount=units.amount, more=self._adds(text, units)) if units else wish
        if money is None:
            return wish
        return replace(
            wish,
            amount=money.amount,
            code=money.code,
            period=money.period,
            percent=money.percent,
            more=money.percent or self._adds(text, money),
        )

    def _adds(self, text: str, figure: _Figure) -> bool:
        """Whether a figure is meant on top: "another 2,000", "three more days"."""
        before, after = text[: figure.start], text[figure.end : figure.end + _NEAR]
        talk = self._cues.talk
        inside = talk["more_after"].search(text[figure.start : figure.end])
        return bool(talk["more_before"].search(before) or talk["more_after"].search(after) or inside)

    def _units(self, item: Item, text: str) -> _Figure | None:
        """The value wished for in the term's own unit, from the figure nearest to its name: weeks for a start."""
        sizes = self._cues.units.get(item, {})
        named = self._cues.items[item].search(text)
        near = named.start() if named else 0
        sized = [
            (abs(q.start - near), _Figure(q.start, q.end, round(min(max(q.values), _MOST_UNITS) * size)))
            for q in quantities_of(text)
            for name, size in sizes.items()
            if name in f"{q.noun} {_after(text, q)}"
        ]
        return min(sized, key=lambda found: found[0])[1] if sized else None

    def _items(self, text: str) -> list[Item]:
        """The terms that are named, in the order of their names: a pay review is no pay, a signing bonus no start."""
        for item in (Item.REVIEW, Item.SIGNING):
            if (hit := self._cues.items[item].search(text)) is not None:
                return [item, *self._items(_blanked(text, [hit.span()]))]
        found = {item: hit.start() for item, words in self._cues.items.items() if (hit := words.search(text))}
        return sorted(found, key=lambda item: found[item])

    def _questions(self, reading: _Reading) -> list[TalkMove]:
        """A question for each term and topic it names; one about nothing in the letter still is a question."""
        said = reading.sentence
        if not said.question and not self._cues.talk["asks_to_know"].search(said.text):
            return []
        topics: list[tuple[Item | None, str]] = [(item, item.value) for item in self._items(said.text)]
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
        cues, words = self._cues, [word.text.lower() for word in words_of(text)]
        quoted = " ".join(text.split())[:_QUOTED]
        if not quoted:
            return cues.unclear["empty"]
        money = _NON_FIGURE.search(text)
        if money and not quantities_of(text) and (money[1] or money[2]).lower() not in _ENGLISH | _MONEY_TALK:
            return cues.unclear["no_figure"].format(words=" ".join(money.group().split())[:_QUOTED])
        patterns = [*cues.items.values(), *cues.topics.values(), *cues.talk.values()]
        known = any(word in _ENGLISH for word in words) or any(pattern.search(text) for pattern in patterns)
        return "" if known or quantities_of(text) else cues.unclear["no_words"].format(words=quoted)


_MONEY_TALK = frozenset({"few", "many", "thousand", "hundred", "euro", "more", "extra", "us", "per", "million"})


def _move(kind: Talk, said: Segment) -> TalkMove:
    return TalkMove(kind, _span(said))


def _span(said: Segment) -> Span:
    return Span(said.start, said.end)


def _placed(move: TalkMove, plain: PlainText, offset: int, turn: int) -> TalkMove:
    """The move with its span in the message as it was typed."""
    span = plain.span(move.span.start + offset, move.span.end + offset)
    return replace(move, span=replace(span, turn=turn))


def _blanked(text: str, ranges: Sequence[tuple[int, int]]) -> str:
    """The text with some ranges blanked out, every place kept."""
    for start, end in ranges:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _wished_money(text: str) -> _Figure | None:
    """The pay named in a wish: money, a percentage, or a bare number too large to count anything else of an offer."""
    said = next(iter(pay_figures(text)), None)
    if said is not None:
        return _Figure(said.start, said.end, said.pay.amount, said.pay.code, said.pay.period)
    for quantity in quantities_of(text):
        value = max(quantity.values)
        if quantity.unit is Unit.PERCENT:
            return _Figure(quantity.start, quantity.end, _hundredths(value), percent=True)
        if quantity.unit in {Unit.BARE, Unit.COUNT} and value >= _LEAST_BARE:
            return _Figure(quantity.start, quantity.end, _hundredths(value))
    return None


def _hundredths(value: float) -> int:
    return round(100 * min(value, MOST_PAY))


def _after(text: str, quantity: Quantity) -> str:
    """The quantity's own words and the one after it: "6 months", "three days"."""
    return text[quantity.start : quantity.end + 8].lower()


def _figure_alone(text: str) -> TalkMove | None:
    """A message that is a figure and nothing else is a wish for that pay."""
    found = quantities_of(text)
    if len(found) != 1 or not _FIGURE_ALONE.match(text[: found[0].start]):
        return None
    said = next(iter(pay_figures(text)), None)
    if said is None and found[0].unit not in {Unit.BARE, Unit.COUNT, Unit.DATE}:
        return None
    pay = said.pay if said else Pay(_hundredths(max(found[0].values)))
    return TalkMove(Talk.ASK, Span(found[0].start, found[0].end), Item.PAY, pay.amount, pay.code, pay.period)
