"""Figures in a free-text answer to a task with numbers: each with its value, its unit and its words.

quantities.py reads the numbers of a story for the trained analyst and must not move under it; this reader serves
exercises and offers, where a figure is right or wrong. It also knows signs, number formats of several countries,
spoken decimals, fractions, compound times and slips of the keyboard.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from prepbot.analysis.amounts import (
    DIGITS,
    FRACTION,
    MAGNITUDE,
    NUMBER_WORDS,
    WORDS,
    digits_value,
    fraction_value,
    magnitude_value,
    words_value,
)
from prepbot.analysis.figure_units import MONEY_BEFORE, PERIOD, SUFFIXES, seconds_in
from prepbot.analysis.quantities import Unit


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `value` is in its own unit; times have `seconds`, the length of their unit.

    `whole` is what a share is a share of: 40 in "one in 40", where `value` is 1. `weak` marks words that are a figure
    only where nothing better is said ("a day", "twice").
    """

    start: int
    end: int
    value: float
    unit: Unit
    seconds: float = 0.0
    whole: float = 0.0
    weak: bool = False


_SUFFIX = "|".join(f"(?P<{name}>{pattern})" for name, pattern, _, _ in SUFFIXES)
_FIGURE = re.compile(
    rf"(?i)(?P<sign>(?<![\w.,)%\]])[-+](?=[\d.,$€£¥₹])|\b(?:minus|negative)\s+)?"
    rf"(?P<before>{MONEY_BEFORE}\s?(?P<minus>-)?)?"
    rf"(?:(?<![\w.])(?P<digits>{DIGITS})|(?<!\bseveral )(?<!\bfew )(?<!\bmany )\b(?P<words>{WORDS}))"
    rf"(?P<size>{MAGNITUDE})?(?:-?ish\b|\+)?"
    rf"(?P<more>\s+and\s+(?:a|one|three)\s+(?:half|quarters?|third)\b)?(?P<late>{MAGNITUDE})?"
    rf"(?:[ \t]?-?[ \t]?(?:{_SUFFIX}))?(?!\w|[.,]\d)"
)
_FRACTION = re.compile(
    rf"(?i)(?<!\band )(?<!\band a )(?<!\band one )(?<!\band three )\b"
    rf"(?:(?P<count>an?|one|two|three|four|five|seven|nine)[ -])?(?P<part>{FRACTION})\b"
    rf"(?P<of>\s+of)?(?:\s+(?:an?|one)\b)?(?P<size>\s+(?:million|thousand|dozen|billion|hundred|lakh)\b)?"
    rf"(?:\s+(?:{_SUFFIX}))?"
)
_TAIL = re.compile(r"(?i)\s+and\s+(a|one|three)\s+(half|quarters?|third)\b")
_CLOCK = re.compile(
    r"(?i)(?<![\w.:])(?:(?P<hours>\d+)\s?(?:h|hrs?|hours?)\s?(?P<minutes>\d{1,2})\s?(?:m|mins?|minutes?)?\b"
    r"|(?P<min>\d+)\s?(?:m|mins?|minutes?)\s?(?P<sec>\d{1,2})\s?(?:s|secs?|seconds?)?\b"
    r"|(?P<big>\d+):(?P<small>\d{2})\s?(?P<of>h|hrs?|hours?|mins?|minutes?)\b)"
)
_ARTICLE_PERIOD = re.compile(rf"(?i)\b(?:an?|one)\s+(?P<period>{PERIOD})")
_FOLD = re.compile(rf"(?i)\b(?P<words>{'|'.join(sorted(NUMBER_WORDS))})-?fold\b")
_NOUGHT = re.compile(r"(?i)\b(?:none|nil|nobody)\b")
_TIMES_WORD = re.compile(r"(?i)\b(twice|double[sd]?|doubling|triple[sd]?|tripling|quadruple[sd]?|halved?|thrice)\b")
_TIMES = {"tw": 2.0, "do": 2.0, "tr": 3.0, "th": 3.0, "qu": 4.0, "ha": 0.5}
_TIMES_SIGN = re.compile(rf"(?i)\bx\s?(?P<digits>{DIGITS})\b")
_OVER = re.compile(
    r"(?i)^\s*(?:/|in(?:\s+every)?|out\s+of(?:\s+every)?|of(?:\s+every)?|for\s+every|per)\s*(?:an?\s+)?$"
)
_SHARE_OF = re.compile(rf"(?i)\s+(?:in|out\s+of)(?:\s+every)?\s+(?:an?\s+)?(?:\d|{WORDS})")
_ONE_ALONE = re.compile(r"(?i)(?:(?:just|only|about|exactly|it(?:'s| is))\s+)*one[.!]?")
_TO_ONE = re.compile(r"(?i)^\s?(?::|to)\s?$")
_NO_FIGURE = re.compile(
    r"(?im)^[ \t]*\(?\d{1,2}[.):]\s+(?=\S)|(?-i:\b(?!X)[A-Z]{1,3}\d+\b|\bQ[1-4]\b)"
    r"|\b(?:\d+(?:st|nd|rd|th|am|pm)|24/7)\b|\d{1,4}-\d{1,2}-\d{1,4}"
    r"|(?<=\bin )(?:19|20)\d\d\b|(?<=\bsince )(?:19|20)\d\d\b"
    r"|\b(?:no|any|every|this|that|the|each|which|another)\s+one\b"
    r"|\bone (?:of (?:the|my|our|them)|thing|would|could)\b"
    r"|\b(?:a|the|in a|per|first|one)\s+second\s+(?=time|look|thought|try)|\b(?:one|two)\s+by\s+(?:one|two)\b"
)
_CENTS_BEHIND = re.compile(r"^\s+(?:and\s+)?$")
_JOINED_TIME = re.compile(r"(?i)^\s*(?:,\s*)?(?:and\s+)?$")


def figures_of(text: str, *, money: bool = False) -> tuple[Figure, ...]:
    """The figures in a plain text, by place; shares ("one in 40") and compound times are one figure each.

    `money` says that a bare number is an amount of money: "48.000" is forty-eight thousand then.
    """
    taken = bytearray(len(text))  # 1 where a character belongs to something already
    for none in _NO_FIGURE.finditer(text):
        taken[none.start() : none.end()] = b"\1" * len(none.group())
    found: list[Figure] = []
    readers = (_clocks, _signed_times, _fractions, partial(_plain, money=money), _periods, _factors)
    for reader in readers:
        for figure in reader(text):
            if not any(taken[figure.start : figure.end]):
                found.append(figure)
                taken[figure.start : figure.end] = b"\1" * (figure.end - figure.start)
    found.sort(key=lambda figure: figure.start)
    return tuple(_with_cents(text, _added_times(text, _shares(text, found))))


def _clocks(text: str) -> Iterator[Figure]:
    """Clock-like times: "1h 45m", "1:45 hours" and "4:30 minutes"."""
    for match in _CLOCK.finditer(text):
        big = match["hours"] or match["min"] or match["big"]
        small = match["minutes"] or match["sec"] or match["small"]
        hours = match["min"] is None and (match["of"] or "h")[0].lower() == "h"
        yield Figure(*match.span(), int(big) + int(small) / 60, Unit.TIME, 3600.0 if hours else 60.0)


def _signed_times(text: str) -> Iterator[Figure]:
    for match in _TIMES_SIGN.finditer(text):
        yield Figure(*match.span(), digits_value(match["digits"], dot_groups=False), Unit.FACTOR)


def _plain(text: str, *, money: bool) -> Iterator[Figure]:
    """Every amount in digits or number words, with the unit beside it."""
    for match in _FIGURE.finditer(text):
        value = _amount(text, match, money=money)
        if value is None or _is_pronoun(text, match):
            continue
        end, value = _with_tail(text, match, value)
        unit, scale, seconds = _unit(text, match)
        yield Figure(match.start(), end, value * scale, unit, seconds)


def _amount(text: str, match: re.Match[str], *, money: bool) -> float | None:
    if match["digits"]:
        groups = money or bool(match["before"] or match["money"]) or _counts(text, match.end())
        value: float | None = digits_value(match["digits"], dot_groups=groups)
    else:
        value = words_value(match["words"])
    if value is None:
        return None
    value *= magnitude_value(match["size"] or "")
    if match["more"]:
        count, part = match["more"].split()[1:]
        value = (value + fraction_value(count, part)) * magnitude_value(match["late"] or "")
    return -value if (match["sign"] and match["sign"].strip() != "+") or match["minus"] else value


def _counts(text: str, end: int) -> bool:
    """Whether a noun follows that the number counts: people, units, followers."""
    return bool(
        re.match(
            r"\s(?!and\b|or\b|to\b|is\b|in\b|of\b|so\b|which\b|that\b|something\b|odd\b)[a-z]{4,}", text[end : end + 30]
        )
    )


def _is_pronoun(text: str, match: re.Match[str]) -> bool:
    """Whether "one" only points: no unit follows, nor what it is one of ("one in 40"), and it is no whole answer."""
    if match["sign"] or _ONE_ALONE.fullmatch(text.strip()) or _SHARE_OF.match(text, match.end()):
        return False
    bare = not any(match[name] for name, *_ in SUFFIXES)
    return bare and not match["size"] and (match["words"] or "").lower() == "one"


def _unit(text: str, match: re.Match[str]) -> tuple[Unit, float, float]:
    """The unit of a match, what its amount is multiplied by, and the seconds of a unit of time."""
    for name, _, unit, scale in SUFFIXES:
        if match[name]:
            return unit, scale, seconds_in(match["period"]) if name == "period" else 0.0
    if match["before"]:
        return Unit.CURRENCY, 1.0, 0.0
    return (Unit.COUNT if _counts(text, match.end()) else Unit.BARE), 1.0, 0.0


def _with_tail(text: str, match: re.Match[str], value: float) -> tuple[int, float]:
    """The end and value with a fraction behind the unit: "two hours and a half"."""
    tail = _TAIL.match(text, match.end()) if any(match[name] for name, *_ in SUFFIXES) else None
    return (tail.end(), value + fraction_value(tail[1], tail[2])) if tail else (match.end(), value)


def _fractions(text: str) -> Iterator[Figure]:
    """Fractions in words: "a third of them", "three quarters of an hour", "half a million dollars"."""
    for match in _FRACTION.finditer(text):
        named = next(((unit, scale) for name, _, unit, scale in SUFFIXES if match[name]), None)
        if match["count"] is None and match["part"].lower() != "half":
            continue
        value = fraction_value(match["count"] or "", match["part"]) * magnitude_value(match["size"] or "")
        if named:
            seconds = seconds_in(match["period"]) if match["period"] else 0.0
            yield Figure(*match.span(), value * named[1], named[0], seconds)
        elif match["size"]:
            yield Figure(*match.span(), value, Unit.COUNT)
        else:
            yield Figure(match.start(), match.end("part"), value, Unit.RATIO, whole=1.0, weak=match["count"] is None)


def _periods(text: str) -> Iterator[Figure]:
    """Times that an article counts: "a week", "a day and a half". Weak, since "90 a day" is none."""
    for match in _ARTICLE_PERIOD.finditer(text):
        tail = _TAIL.match(text, match.end())
        value = 1.0 + (fraction_value(tail[1], tail[2]) if tail else 0.0)
        end = tail.end() if tail else match.end()
        yield Figure(match.start(), end, value, Unit.TIME, seconds_in(match["period"]), weak=tail is None)


def _factors(text: str) -> Iterator[Figure]:
    """Figures in one word: "twice", "threefold", "none"."""
    for match in _TIMES_WORD.finditer(text):
        yield Figure(*match.span(), _TIMES[match[1][:2].lower()], Unit.FACTOR, weak=True)
    for match in _FOLD.finditer(text):
        yield Figure(*match.span(), words_value(match["words"]) or 1.0, Unit.FACTOR)
    for match in _NOUGHT.finditer(text):
        yield Figure(*match.span(), 0.0, Unit.BARE, weak=True)


def _shares(text: str, found: Sequence[Figure]) -> list[Figure]:
    """Two numbers with "in", "out of" or a stroke between them as one share; "3.5 to 1" likewise."""
    joined: list[Figure] = []
    for figure in found:
        last = joined[-1] if joined else None
        gap = text[last.end : figure.start] if last else ""
        if last and not last.whole and _is_share(last, gap, figure):
            unit = Unit.SCORE if figure.unit is Unit.SCORE else Unit.RATIO
            joined[-1] = replace(last, end=figure.end, unit=unit, whole=figure.value)
        else:
            joined.append(figure)
    return joined


def _is_share(top: Figure, gap: str, bottom: Figure) -> bool:
    plain = {Unit.BARE, Unit.COUNT, Unit.RATIO}
    if top.unit not in plain or bottom.unit not in {*plain, Unit.SCORE} or bottom.value <= 0 or bottom.weak:
        return False
    return bool(_OVER.match(gap)) or (bool(_TO_ONE.match(gap)) and (bottom.value == 1 or (top.value, gap) == (1, ":")))


def _added_times(text: str, found: Sequence[Figure]) -> list[Figure]:
    """Times that follow each other: "2 min 15 s" as one time in the larger unit."""
    joined: list[Figure] = []
    for figure in found:
        last = joined[-1] if joined else None
        more = _more_seconds(last, figure) if last and _JOINED_TIME.match(text[last.end : figure.start]) else 0.0
        if last and more:
            joined[-1] = replace(last, end=figure.end, value=last.value + more / last.seconds, weak=False)
        else:
            joined.append(figure)
    return joined


def _more_seconds(last: Figure, figure: Figure) -> float:
    """The seconds that `figure` adds to a time before it; bare minutes may follow hours ("two hours fifteen")."""
    if last.unit is figure.unit is Unit.TIME and last.seconds > figure.seconds:
        return figure.value * figure.seconds
    if last.seconds == seconds_in("hour") and figure.unit is Unit.BARE and 0 < figure.value < 60:
        return figure.value * seconds_in("minute")
    return 0.0


def _with_cents(text: str, found: Sequence[Figure]) -> list[Figure]:
    """Money with its cents: "eleven pounds fifty" and "2 dollars and 40 cents" as one amount of money."""
    joined: list[Figure] = []
    for figure in found:
        last = joined[-1] if joined else None
        cents = figure.value / (1 if figure.unit is Unit.CURRENCY else 100)
        if (
            last
            and last.unit is Unit.CURRENCY
            and text[last.end - 1].isalpha()
            and figure.unit in {Unit.BARE, Unit.CURRENCY}
            and 0 < cents < 1
            and _CENTS_BEHIND.match(text[last.end : figure.start])
        ):
            joined[-1] = replace(last, end=figure.end, value=last.value + cents)
        else:
            joined.append(figure)
    return joined
