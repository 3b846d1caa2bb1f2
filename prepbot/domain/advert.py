"""What a job advert asks for that the role page does not name: extra topics, marked as the advert's."""

from collections.abc import Sequence
from dataclasses import dataclass

SOURCE = "job advert"
MOST_TOPICS = 12

NAMED_SHARE = 0.6
"""An ask is named on the role page where one item of it holds this share of the ask's words that carry meaning …"""
NAMED_NEARNESS = 0.45
"""… or lies at least this near to it by cosine of sentence vectors.

Chosen on 18 asks beside one page, which it tells apart (tests/unit/test_advert.py has most of them); of 21 asks
beside two other pages it takes 3 of 10 named ones for news and 1 of 11 new ones for named.
"""


@dataclass(frozen=True, slots=True)
class Ask:
    """One line of an advert that asks for something. `topic` is what it asks for, without "You have experience in".

    `names` are its words that are written as names: tools, standards, firms.
    """

    text: str
    topic: str
    line: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Advert:
    """A job advert as read. `notices` say what was left out, for people to read."""

    name: str
    text: str
    asks: tuple[Ask, ...]
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtraTopic:
    """A topic that only the advert names. `line` is the line of the advert, `source` says whose topic it is.

    `deed` says that it names something to do ("Negotiate with marketplaces"). `place` tells it from the other topics of
    its line, from 0.
    """

    name: str
    asked: str
    line: int
    source: str = SOURCE
    deed: bool = False
    place: int = 0

    @property
    def id(self) -> str:
        """Stable for the same advert."""
        return f"{self.line}-{self.place}"


@dataclass(frozen=True, slots=True)
class AskReading:
    """An ask beside the role page: its words that carry meaning, and its highest nearness to an item of the page.

    `names` are those of its words that are names of tools, standards or firms; `nearness` is a cosine, None without
    an embedding model. `deed` says that its topic opens with a verb.
    """

    ask: Ask
    words: frozenset[str]
    names: frozenset[str] = frozenset()
    nearness: float | None = None
    deed: bool = False


def extra_topics(asks: Sequence[AskReading], page: Sequence[frozenset[str]]) -> tuple[ExtraTopic, ...]:
    """The asks that no item of the role page names, in the advert's order, none twice, at most twelve.

    `page` holds the words of each item: activities, KPIs, questions with their topics.
    """
    found: dict[frozenset[str], ExtraTopic] = {}
    for reading in asks:
        if reading.words and not _named(reading, page):
            ask, line = reading.ask, reading.ask.line
            place = sum(topic.line == line for topic in found.values())
            found.setdefault(reading.words, ExtraTopic(ask.topic, ask.text, line, deed=reading.deed, place=place))
    return tuple(found.values())[:MOST_TOPICS]


def _named(reading: AskReading, page: Sequence[frozenset[str]]) -> bool:
    """Whether an item of the page names the ask. A proper name that no item has is news, however near the rest is."""
    if reading.names - frozenset().union(*page):
        return False
    near = reading.nearness is not None and reading.nearness >= NAMED_NEARNESS
    share = max((len(reading.words & item) for item in page), default=0) / len(reading.words)
    return near or share >= NAMED_SHARE
