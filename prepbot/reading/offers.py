"""knowledge/offers.toml -> what an offer is drawn from, and the lines its employer says."""

from dataclasses import dataclass
from functools import lru_cache

from pydantic import TypeAdapter

from prepbot.domain.bargaining import BENEFITS, ActKind
from prepbot.domain.employer_voice import Replies
from prepbot.domain.offer import Item, OfferRules, Range, TermRule, TermWords
from prepbot.domain.offer_rubric import OFFER_CRITERIA
from prepbot.errors import BadInput
from prepbot.reading.knowledge import Count, Entry, Text, read_knowledge

_OFFERS = "knowledge/offers.toml"


@dataclass(frozen=True, slots=True)
class OfferBook:
    """All that a negotiation needs beside the candidate."""

    rules: OfferRules
    replies: Replies


class _RangeEntry(Entry):
    low: Count
    high: Count


class _WordsEntry(Entry):
    name: Text
    none: Text
    one: Text
    many: Text


class _TermEntry(Entry):
    offered: _RangeEntry
    room: _RangeEntry
    step: Count
    floor: Count
    words: _WordsEntry


class _OffersFile(Entry):
    play_money: Text
    play_pay: _RangeEntry
    pay_steps: Count
    benefits: tuple[Text, ...]
    benefits_named: Count
    letter: tuple[Text, ...]
    invented: Text
    own_figure: Text
    own_pay: _RangeEntry
    question: Text
    after: Text
    one_before: Text
    fixes: dict[str, Text]
    terms: dict[Item, _TermEntry]
    replies: dict[str, tuple[Text, ...] | dict[str, tuple[Text, ...]]]


@lru_cache(maxsize=1)
def load_offers() -> OfferBook:
    """The shipped offers. Raises BadInput for a file that breaks its format or lacks a term or a line."""
    entry = read_knowledge(_OFFERS, TypeAdapter(_OffersFile))
    missing = [item.value for item in Item if item not in entry.terms]
    lines = {kind: found for kind in ActKind if isinstance(found := entry.replies.get(kind.value), tuple) and found}
    answers = entry.replies.get(ActKind.ANSWER.value)
    answered = answers if isinstance(answers, dict) else {}
    missing += [kind.value for kind in ActKind if kind is not ActKind.ANSWER and kind not in lines]
    missing += [topic for topic in (*(item.value for item in Item), BENEFITS) if not answered.get(topic)]
    missing += [criterion.id for criterion in OFFER_CRITERIA if criterion.id not in entry.fixes]
    if missing:
        raise BadInput(f"{_OFFERS} has nothing for {', '.join(missing)}; add it.")
    return OfferBook(_rules(entry), Replies(lines, answered))


def _rules(entry: _OffersFile) -> OfferRules:
    return OfferRules(
        terms={item: _term(term) for item, term in entry.terms.items()},
        benefits=entry.benefits,
        benefits_named=entry.benefits_named,
        play_money=entry.play_money,
        play_pay=Range(**dict(entry.play_pay)),
        pay_steps=entry.pay_steps,
        letter=entry.letter,
        invented=entry.invented,
        own_figure=entry.own_figure,
        question=entry.question,
        after=entry.after,
        one_before=entry.one_before,
        fixes=entry.fixes,
        own_pay=Range(**dict(entry.own_pay)),
    )


def _term(entry: _TermEntry) -> TermRule:
    return TermRule(
        offered=Range(**dict(entry.offered)),
        room=Range(**dict(entry.room)),
        step=entry.step,
        floor=entry.floor,
        words=TermWords(**dict(entry.words)),
    )
