"""Numbers in a text: digits and words, ranges, changes, money, percentages and periods, each with its span.

The trained analyst reads these, so they stay as they are; figures.py is the reader for whatever has to be exact.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from text_to_num import text2num

from prepbot.analysis.amounts import ONES, TEENS, TENS
from prepbot.analysis.cues import word_list


class Unit(StrEnum):
    """What a number counts, as far as its neighbours say."""

    PERCENT = "percent"
    POINTS = "points"
    CURRENCY = "currency"
    TIME = "time"
    RATIO = "ratio"
    SCORE = "score"
    FACTOR = "factor"
    COUNT = "count"
    BARE = "bare"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a range. `values` holds one number, or both ends of a range or change.

    `noun` is the lower-case word that a COUNT counts or the period's name; `change` marks a range or a factor.
    """

    start: int
    end: int
    values: tuple[float, ...]
    unit: Unit
    noun: str = ""
    change: bool = False


_NUMBER_WORD = rf"(?:{TENS})[ -](?:{ONES})|{TEENS}|{TENS}|{ONES}"
_SPELLED = rf"(?:(?:{_NUMBER_WORD}|a|a few)\s+)?(?:hundred|thousand|million)(?:\s+(?:and\s+)?(?:{_NUMBER_WORD}))?"
_WORDS = rf"(?:{_SPELLED}|(?:{_NUMBER_WORD})(?:\s+point\s+(?:{ONES}))?)(?:\s+and\s+a\s+(?:half|quarter|bit))?"
_DIGITS = r"\d{1,3}(?:[, ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?"
_MONEY_SIGN = r"[$€£¥]"
_MAGNITUDE = r"(?:\s?(?:k|m|mn|bn|million|thousand)\b)?"
_AMOUNT = rf"(?:{_MONEY_SIGN}\s?)?(?:{_DIGITS}){_MAGNITUDE}|\b(?:{_WORDS})\b"
_PERCENT = r"\s?%|\s?-?percent\b|\s?per\s?cent\b|\s?pct\b"
_MONEY = (
    rf"\s?{_MONEY_SIGN}|\s?(?:euros?|dollars?|pounds?|kroner|kronor|yen|rupees?|"
    r"francs?|usd|eur|gbp|cents?|quid|bucks)\b"
)
_PERIOD = (
    r"\s?-?(?:milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?|quarters?|years?)\b"
)
_POINTS = r"(?:\s?(?:percentage|%)?\s?-?points?\b|\s?pp\b)"
_SCORE = r"\s?-?(?:stars?\b|/\s?\d+|out\s+of\s+(?:\d+|five|ten)\b|of\s+(?:5|10|100|five|ten)\b)"
_FACTOR = r"\s?(?:x\b|×|times\b|-?fold\b|:\s?1\b)"
_SUFFIXES = (
    (Unit.POINTS, _POINTS),
    (Unit.PERCENT, _PERCENT),
    (Unit.CURRENCY, _MONEY),
    (Unit.SCORE, _SCORE),
    (Unit.TIME, _PERIOD),
    (Unit.FACTOR, _FACTOR),
)
_SUFFIX = "|".join(f"(?P<{unit.value}>{pattern})" for unit, pattern in _SUFFIXES)
_QUANTITY = re.compile(rf"(?i)(?<![\w.])(?P<amount>{_AMOUNT})(?:(?P<suffix>{_SUFFIX})(?!\d)|(?![\dA-Za-z]))")
_SHARE = re.compile(
    rf"(?i)(?<![\d.,])\b(?:(?:(?P<top>\d+|{_NUMBER_WORD})\s+(?:in|of|out\s+of)\s+(?:every\s+)?(?P<bottom>\d+|{_NUMBER_WORD}|a\s+hundred)\b"
    rf"(?!\s*(?:[.,]\d|%)))|(?:(?:a|one|two|three)[ -](?:third|quarter|fifth|tenth)s?\b)|"
    r"(?:(?:about|almost|nearly|roughly|only|just|over)\s+)?half\s+(?=(?:of|as|the|our|what|who|a)\b))"
)
_FACTOR_VERB = re.compile(
    r"(?i)\b(?:doubl(?:ed?|es|ing)|tripl(?:ed?|es|ing)|trebl(?:ed?|ing)|quadrupl(?:ed?|ing)|halv(?:ed?|es|ing)|"
    r"cut (?:\w+ ){0,3}in half|twice (?:as (?:many|much|often|high|long|fast)|the|what)|"
    r"(?:\w+ times|half) as (?:many|much|often|high|long|fast)|\w+fold)\b"
)
_NO_NUMBER = re.compile(r"(?i)\b(?:[A-Z]{2,}\d+|v\d+|\d+(?:am|pm|st|nd|rd|th|g|d)\b|\d{1,2}:\d{2}|24/7|\d+-\d+-\d+)")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_JOIN = re.compile(
    r"(?i)^\s*(?:%|percent|euros?|days?|hours?|minutes?|stars?|points?)?\s*(?:up|down)?\s*"
    r"(?:to|till|and|-|against|versus|vs\.?|instead of|rather than)"
    r"\s*(?:at least|about|around|nearly|almost|over|under|some|roughly|just)?\s*$"
)
_NOUN = re.compile(
    r"(?i)^[\s-]+(?:(?:of|more|new|different|other|single|extra)\s+)?([a-z][a-z'-]+)(?:\s+([a-z][a-z'-]+))?"
)
_NO_NOUN = word_list("no_noun")


def quantities_of(text: str) -> tuple[Quantity, ...]:
    """The quantities in `text` by place; ranges and "from A to B" are one quantity each."""
    taken = [found.span() for found in _NO_NUMBER.finditer(text)]
    shares = (_share(match) for match in _SHARE.finditer(text) if _free(match.span(), taken))
    found = [share for share in shares if share is not None]
    taken += [(quantity.start, quantity.end) for quantity in found]
    for match in _FACTOR_VERB.finditer(text):
        if _free(match.span(), taken):
            found.append(Quantity(match.start(), match.end(), (2.0,), Unit.FACTOR, change=True))
            taken.append(match.span())
    found += [
        _plain(text, match)
        for match in _QUANTITY.finditer(text)
        if _free(match.span(), taken) and not _is_pronoun(text, match)
    ]
    return _joined(text, sorted(found, key=lambda quantity: quantity.start))


def _free(span: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    """Whether `span` overlaps none of `taken`."""
    return all(span[1] <= start or end <= span[0] for start, end in taken)


def _share(match: re.Match[str]) -> Quantity | None:
    """A share of a whole: "one in five", "a third", "half of"; "50 in 2022" is none."""
    if match["top"] is None:
        return Quantity(match.start(), match.end(), (_named_share(match.group()),), Unit.PERCENT)
    top, bottom = _number(match["top"]), _number(match["bottom"].replace("a hundred", "100"))
    if not 0 < top < bottom <= 1000:
        return None
    return Quantity(match.start(), match.end(), (top / bottom * 100,), Unit.PERCENT)


def _named_share(words: str) -> float:
    """The percentage that "two thirds" or "half of" stands for."""
    parts = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
    bottom = next((size for name, size in parts.items() if name in words.lower()), 2)
    top = {"two": 2, "three": 3}.get(re.split(r"[ -]", words.lower())[0], 1)
    return top / bottom * 100


def _plain(text: str, match: re.Match[str]) -> Quantity:
    """One amount with its unit, or with the noun that it counts."""
    amount = match["amount"]
    unit = next((unit for unit, _ in _SUFFIXES if match[unit.value]), None)
    if unit is None and any(sign in amount for sign in "$€£¥"):
        unit = Unit.CURRENCY
    noun = match["suffix"].strip(" -").lower() if unit is Unit.TIME else ""
    if unit is None and _YEAR.match(amount):
        unit = Unit.DATE
    if unit is None:
        noun = _noun_after(text, match.end())
        unit = Unit.COUNT if noun else Unit.BARE
    return Quantity(match.start(), match.end(), (_number(amount),), unit, noun)


def _is_pronoun(text: str, match: re.Match[str]) -> bool:
    """Whether "one" only points ("the big one"), or a number is part of an adjective ("one-star", "two-page")."""
    if text[match.end() : match.end() + 1] == "-" or re.search(r"(?i)[a-z]-stars?$", match.group()):
        return True
    unit = next((unit for unit, _ in _SUFFIXES if match[unit.value]), None)
    return match["amount"].lower() == "one" and unit in {None, Unit.TIME, Unit.FACTOR}


def _noun_after(text: str, end: int) -> str:
    """The words right after a number when they look like what it counts, else nothing."""
    found = _NOUN.match(text[end : end + 60])
    if not found or found[1].lower() in _NO_NOUN:
        return ""
    second = found[2] or ""
    return found[1].lower() if not second or second.lower() in _NO_NOUN else f"{found[1]} {second}".lower()


def _joined(text: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    """Neighbours joined by "to", "-", "against" and the like become one range or change."""
    joined: list[Quantity] = []
    for quantity in found:
        left = joined[-1] if joined else None
        if left and len(left.values) == 1 and _JOIN.match(text[left.end : quantity.start]) and _alike(left, quantity):
            unit = quantity.unit if left.unit in {Unit.BARE, Unit.COUNT} else left.unit
            noun = quantity.noun or left.noun
            joined[-1] = Quantity(left.start, quantity.end, left.values + quantity.values, unit, noun, change=True)
        else:
            joined.append(quantity)
    return tuple(joined)


def _alike(left: Quantity, right: Quantity) -> bool:
    """Whether two numbers can be the ends of one range."""
    if Unit.DATE in {left.unit, right.unit}:
        return False
    return left.unit == right.unit or Unit.BARE in {left.unit, right.unit}


def _number(amount: str) -> float:
    """The value of an amount in digits or words; 0.0 where the words defeat the reader."""
    plain = re.sub(r"[$€£¥]", "", amount).strip().lower()
    factor = 1.0
    for suffix, size in (("million", 1e6), ("thousand", 1e3), ("mn", 1e6), ("bn", 1e9), ("k", 1e3), ("m", 1e6)):
        if plain[:1].isdigit() and plain.endswith(suffix):
            plain, factor = plain.removesuffix(suffix).strip(), size
            break
    if plain[:1].isdigit():
        digits = re.sub(r"[, ](?=\d{3}(?!\d))", "", plain).replace(",", ".")
        return float(digits) * factor
    return _spelled_number(plain)


def _spelled_number(words: str) -> float:
    """The value of a number in words."""
    words = re.sub(r"^a (?:few )?", "one ", words.replace("-", " "))
    extra = 0.5 if words.endswith("and a half") else 0.25 if words.endswith("and a quarter") else 0.0
    words = re.sub(r"\s+and a (?:half|quarter|bit)$", "", words)
    whole, _, decimal = words.partition(" point ")
    try:
        value = float(text2num(whole, "en")) + extra
        return value + (text2num(decimal, "en") / 10 if decimal else 0.0)
    except ValueError:
        return extra
