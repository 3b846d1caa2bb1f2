"""The patterns of knowledge/offer_talk.toml, checked and compiled once."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from pydantic import BaseModel, ConfigDict

from prepbot.domain.offer import Item
from prepbot.domain.pay import Period
from prepbot.resources import resource

_FILE = "knowledge/offer_talk.toml"
Patterns = dict[str, re.Pattern[str]]


class _Give(BaseModel):
    model_config = ConfigDict(extra="forbid")
    words: str
    item: Item | str


class _OfferTalkFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    currencies: dict[str, str]
    periods: dict[Period, str]
    pay: dict[str, str]
    talk: dict[str, str]
    items: dict[Item, str]
    topics: dict[str, str]
    gives: dict[str, _Give]
    units: dict[Item, dict[str, int]]
    unclear: dict[str, str]


@dataclass(frozen=True, slots=True)
class Give:
    """A thing a candidate can give: how it is said, and the term that it takes a step from, if any."""

    name: str
    words: re.Pattern[str]
    item: Item | None


@dataclass(frozen=True, slots=True)
class OfferCues:
    """Named patterns of offer talk. `units` are the sizes of periods in a term's own unit; `unclear` are sentences."""

    currencies: Patterns
    periods: dict[Period, re.Pattern[str]]
    pay: Patterns
    talk: Patterns
    items: dict[Item, re.Pattern[str]]
    topics: Patterns
    gives: tuple[Give, ...]
    units: dict[Item, dict[str, int]]
    unclear: dict[str, str]


@cache
def load_offer_cues() -> OfferCues:
    """The shipped cues. Raises FileNotFoundError where the installation lacks them."""
    data = _OfferTalkFile.model_validate(tomllib.loads(resource(_FILE).read_text(encoding="utf-8")))
    return OfferCues(
        currencies=_compiled(data.currencies),
        periods={period: _pattern(words) for period, words in data.periods.items()},
        pay=_compiled(data.pay),
        talk=_compiled(data.talk),
        items={item: _pattern(words) for item, words in data.items.items()},
        topics=_compiled(data.topics),
        gives=tuple(
            Give(name, _pattern(give.words), Item(give.item) if give.item else None)
            for name, give in data.gives.items()
        ),
        units=data.units,
        unclear=data.unclear,
    )


def _compiled(patterns: dict[str, str]) -> Patterns:
    return {name: _pattern(words) for name, words in patterns.items()}


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)
