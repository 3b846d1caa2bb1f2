"""What an answer says of time: when something began, ended or happened, how long it was, whether it goes on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from prepbot.analysis.contradiction_cues import cue, known_subjects
from prepbot.analysis.dates import MONTHS, Date, dates_of
from prepbot.analysis.quantities import Quantity, Unit
from prepbot.analysis.remarks import Reading, Remark
from prepbot.analysis.subjects import Subject, stem, subject_of

_DAYS = {"day": 1.0, "night": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.4, "quarter": 91.3, "season": 150.0}
_DAYS |= {"term": 120.0, "semester": 182.0, "year": 365.2, "decade": 3652.0}
_WORKING_DAY = 1.4
_FEW_OF = {"couple": 2.0, "few": 3.5, "several": 5.0}
# A span without a numeral: "half a year", "took a good year and a half", "a couple of months".
_SPOKEN_SPAN = re.compile(
    r"(?i)\b(?:half an? |(?:a )?(?P<some>couple|few|several) (?:of )?(?:\w+ )?|"
    r"(?:for|took|takes|needed|needs|lasted|lasts|was|is|makes|spent|stayed|in|within|only|about|over|under|than|after)"
    r" (?:(?:about|around|almost|nearly|over|just|only|roughly|barely|exactly) ){0,2}"
    r"(?:a|one) (?:single |full |whole |good )?)"
    r"(?P<unit>day|week|fortnight|month|quarter|season|term|semester|year|decade)s?\b(?P<more> and a half)?"
)
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth"),
)
# "In my fourth year of teaching": the years are not over yet.
_ORDINAL = re.compile(
    rf"(?i)\b(?:(?:in|this is|is)(?: already| now)? (?:my|the) )(?P<nth>{'|'.join(_ORDINALS[1:])}) (?:year|season)\b"
)
_AGO = re.compile(
    r"(?i)\b(?P<many>a|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|a couple of|a few) "
    r"(?P<unit>day|week|month|summer|winter|spring|autumn|year)s? ago\b|"
    rf"\b(?P<near>this|last) (?:(?P<span>week|month|year)|{'|'.join(MONTHS)}|spring|summer|autumn|winter)\b"
)
_MANY = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_MANY |= {"ten": 10, "a couple of": 2, "a few": 3}
_PASTS = {
    "leave": "left",
    "start": "started",
    "begin": "began",
    "join": "joined",
    "become": "became",
    "come": "came to",
}
_MOST_TIMES = 12  # of one kind in one sentence: each is looked at with its whole clause
_TELLS = re.compile(r"\b(?:I|[Ww]e|[Hh]e|[Ss]he|[Ii]t|[Tt]hey)\b")
_FEW = 1.0


class When(StrEnum):
    """What a period claim says of its subject."""

    START = "start"
    END = "end"
    ONCE = "once"
    TENURE = "tenure"
    PROCESS = "process"
    SPAN = "span"
    ROUTINE = "routine"
    NOTICE = "notice"
    GOES_ON = "goes on"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Period:
    """A claim about time: a `date`, or a span of `days`, or neither where it only says that something goes on.

    `start` and `end` are those of its clause; `about` is what the clause speaks of, or what it leaves unsaid;
    `replies` says that it is the bare reply to "how long"; `ago` is how many days before today it began, 0 if unknown.
    """

    start: int
    end: int
    remark: Remark
    when: When
    about: Subject
    date: Date | None = None
    days: float = 0.0
    verbs: frozenset[str] = frozenset()
    hedged: bool = False
    replies: bool = False
    ago: float = 0.0


def periods_of(reading: Reading, this_year: int) -> tuple[Period, ...]:
    """The period claims of an answer, corrected ones left out. `this_year` is the one that it is given in."""
    told = [remark for remark in reading.remarks if not remark.corrects]
    found = [period for remark in told for period in _dated(reading, remark, this_year)]
    found += [period for remark in told for period in _relative(reading, remark)]
    found += [period for remark in told for period in _spans(reading, remark)]
    found += [period for remark in told for period in _states(remark)]
    found += [period for remark in told for period in _at_once(reading, remark)]
    return tuple(found)


def _dated(reading: Reading, remark: Remark, this_year: int) -> Iterator[Period]:
    text = reading.plain.text
    within = [date for date in dates_of(text) if remark.start <= date.start < remark.end]
    for date in within[:_MOST_TIMES]:
        start, end = reading.clause(remark, date.start)
        asked = reading.said.question if remark is reading.remarks[0] else ""
        when = _when(text[start : date.start], text[start:end]) or _when("", remark.text) or _when("", _past(asked))
        if when is not None:
            ago = max((this_year + 1 - (date.low + date.high) / 2) * _DAYS["year"], 1.0)
            verbs = frozenset(_event(found.group()) for found in cue("period", "once").finditer(remark.text))
            yield Period(start, end, remark, when, _about(reading, remark, (start, end)), date, verbs=verbs, ago=ago)


def _past(question: str) -> str:
    """A question's "when did you leave" in the words of its reply."""
    asked = re.search(rf"(?i)\bwhen did (?:you|your)\b.{{0,30}}?\b({'|'.join(_PASTS)})\b", question)
    return _PASTS[asked[1].lower()] if asked else ""


def _relative(reading: Reading, remark: Remark) -> Iterator[Period]:
    """Beginnings told from today on: "two summers ago", "this January"."""
    for found in islice(_AGO.finditer(remark.text), _MOST_TIMES):
        start, end = reading.clause(remark, remark.start + found.start())
        when = _when("", reading.plain.text[start:end])
        if when in {When.START, When.ONCE}:
            yield Period(start, end, remark, when, _about(reading, remark, (start, end)), ago=_days_ago(found))


def _days_ago(found: re.Match[str]) -> float:
    if found["many"]:
        many = found["many"].lower()
        return (int(many) if many.isdigit() else _MANY[many]) * _DAYS.get(found["unit"].lower(), _DAYS["year"])
    whole = _DAYS[found["span"].lower()] if found["span"] else _DAYS["year"]
    return whole * (0.4 if found["near"].lower() == "this" else 1.0)


def _event(verb: str) -> str:
    """What a verb has in common with its other forms: "went live" and "gone live"."""
    return " ".join(stem(word) for word in verb.split())


def _when(before: str, clause: str) -> When | None:
    """What a date is of: by the word before it, else by the clause's verb."""
    by_word = (("start_before", When.START), ("end_before", When.END))
    for name, when in by_word:
        if cue("period", name).search(before):
            return when
    by_verb = (("end", When.END), ("start", When.START), ("once", When.ONCE))
    return next((when for name, when in by_verb if cue("period", name).search(clause)), None)


def _about(reading: Reading, remark: Remark, clause: tuple[int, int]) -> Subject:
    """What a clause speaks of; one that names nothing ("for seven years") speaks of what was asked.

    Later in an answer it may speak of its sentence as well.
    """
    aside = cue("period", "aside")
    about = subject_of(aside.sub(" ", reading.plain.text[slice(*clause)]))
    if sum(about.values()) >= _FEW:
        return about
    asked = subject_of(reading.said.question)
    if asked and remark is reading.remarks[0] and not _TELLS.search(remark.text):
        return {**about, **asked}
    return {**about, **asked, **subject_of(aside.sub(" ", remark.text))}


def _spans(reading: Reading, remark: Remark) -> Iterator[Period]:
    text = reading.plain.text
    for at, after, days in _durations(reading, remark):
        start, end = reading.clause(remark, at)
        if _sets_another_time(text[start:at], text[after:end]):
            continue
        when = _kind_of_span(reading, remark, text[start:end])
        wished = cue("figure", "target").search(text[start:end]) or cue("period", "wished").search(text[start:end])
        if not wished:
            hedged = reading.rough(at, after, (start, end))
            replies = _replies(reading, remark, (start, end))
            about = _about(reading, remark, (start, end))
            ago = days if when is not When.NOTICE and cue("period", "goes_on").search(text, start, end) else 0.0
            yield Period(start, end, remark, when, about, days=days, hedged=hedged, replies=replies, ago=ago)


def _sets_another_time(before: str, after: str) -> bool:
    """Whether a span only says when something else was: "two years later".

    "After two years at" and "did it in a year" tell how long.
    """
    if cue("period", "spent").match(after):
        return False
    if cue("period", "done_in").search(before):
        return False
    return bool(cue("period", "beside").search(before) or cue("period", "beside_after").match(after))


def _durations(reading: Reading, remark: Remark) -> Iterator[tuple[int, int, float]]:
    """The spans of days and longer, with their place."""
    for number in reading.numbers(remark):
        days = _days(number)
        if days:
            yield number.start, number.end, days
    for found in islice(_ORDINAL.finditer(remark.text), _MOST_TIMES):
        years = _ORDINALS.index(found["nth"].lower()) + 0.5
        yield remark.start + found.start(), remark.start + found.end(), years * _DAYS["year"]
    for found in islice(_SPOKEN_SPAN.finditer(remark.text), _MOST_TIMES):
        length = _spoken_length(found)
        yield remark.start + found.start(), remark.start + found.end(), length * _DAYS[found["unit"].lower()]


def _spoken_length(found: re.Match[str]) -> float:
    if found["some"]:
        return _FEW_OF[found["some"].lower()]
    whole = 0.5 if found.group().lower().startswith("half") else 1.0
    return whole + (0.5 if found["more"] else 0.0)


def _days(number: Quantity) -> float:
    if number.unit is Unit.COUNT and number.noun.startswith("working day"):
        return max(number.values) * _WORKING_DAY
    unit = number.noun.split()[-1:] if number.unit is Unit.COUNT else [number.noun]  # "three full years" counts
    if number.unit not in {Unit.TIME, Unit.COUNT} or len(number.values) > 1:
        return 0.0
    return number.values[0] * _DAYS.get("".join(unit).removesuffix("s"), 0.0)


def _replies(reading: Reading, remark: Remark, clause: tuple[int, int]) -> bool:
    """Whether a span is the bare reply to "how long"."""
    return _bare(remark, reading, reading.plain.text[slice(*clause)]) and bool(
        cue("period", "asked").search(reading.said.question)
    )


def _bare(remark: Remark, reading: Reading, clause: str) -> bool:
    """Whether an answer opens with a clause that names nothing."""
    return remark is reading.remarks[0] and sum(subject_of(clause).values()) < _FEW


def _kind_of_span(reading: Reading, remark: Remark, clause: str) -> When:
    notice = known_subjects()["notice"]
    asked = notice.search(reading.said.question)
    if "notice" in remark.text.lower() or (asked and (remark is reading.remarks[0] or notice.search(remark.text))):
        return When.NOTICE
    if cue("period", "routine").search(clause) and not cue("period", "goes_on").search(clause):
        return When.ROUTINE
    if cue("period", "process").search(clause):
        return When.PROCESS
    return When.TENURE if cue("period", "tenure").search(clause) or _bare(remark, reading, clause) else When.SPAN


def _at_once(reading: Reading, remark: Remark) -> Iterator[Period]:
    """A notice of no days."""
    notice = known_subjects()["notice"]
    asked = remark is reading.remarks[0] and notice.search(reading.said.question)
    if cue("period", "at_once").search(remark.text) and (asked or "notice" in remark.text.lower()):
        yield Period(remark.start, remark.end, remark, When.NOTICE, remark.near)


def _states(remark: Remark) -> Iterator[Period]:
    for name, when in (("still", When.GOES_ON), ("left", When.OVER)):
        if cue("period", name).search(remark.text):
            yield Period(remark.start, remark.end, remark, when, remark.near)
