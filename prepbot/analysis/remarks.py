"""An answer cut into remarks: sentences with what they speak of, where and when it was, and what surrounds them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from prepbot.analysis.claim_numbers import numbers_in
from prepbot.analysis.contradiction_cues import cue, raw, word_set
from prepbot.analysis.normalise import PlainText, normalise
from prepbot.analysis.quantities import Quantity
from prepbot.analysis.sentences import Segment, segments_of
from prepbot.analysis.subjects import Subject, says_nothing, stem, subject_of
from prepbot.analysis.words import Word, words_of
from prepbot.domain.contradiction import Quoted, Said
from prepbot.domain.evidence import Span

MAX_CHARACTERS = 8_000
"""Only the beginning of a longer answer is read."""
_MAX_ASKED = 2_000
_MAX_REMARKS = 80
_MAX_NUMBERS = 12  # of one sentence
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NAME = re.compile(r"\b[A-Z][\w&-]*[a-z0-9]\b")
_NO_NAME = re.compile(
    r"(?i)(?:i'\w+|january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|christmas|easter|black)$"
)
_CLAUSE_END = re.compile(
    r"(?i)[,;:]\s+(?!(?:\d|which|who)\b)|\s+-{1,2}\s+|\s+(?:and|but|so|because|since|while|although|though|whereas)\s+"
    r"(?=(?:i|we|he|she|it|they|you|the|that|my|our|there|this|in|from|until)\b)"
)
_LOOSE_END = re.compile(r"(?i)\b(?:and|but|so|because|since|while|although|though|whereas)$")
_EDGES = " \n\t,;:-"
_PLACE = re.compile(raw("place", "heads"))
_PART_OF_PLACE = re.compile(r"(?i)[ -](?:systems?|managers?|pages?|names?|floors?|software|owners?)\b")
_TIMES = frozenset(("evening", "night", "morning", "summer", "winter"))
_OPENS_NAME = frozenset(
    ("the", "a", "an", "our", "my", "their", "his", "her", "your", "this", "that", "at", "in", "of")
)


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence. `near` is what it speaks of itself, `far` what the two sentences before it and the question do.

    `place` tells which employer or site it speaks of ("tea" of "the tea shop"), `names` are proper names after a
    preposition, `years` the years that it or else the text before it mentions; `dated` is False for the latter.
    """

    start: int
    end: int
    text: str
    near: Subject
    far: Subject
    place: frozenset[str]
    names: frozenset[str]
    years: frozenset[int]
    dated: bool
    corrects: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer with its remarks and numbers; offsets are those of its plain text."""

    said: Said
    plain: PlainText
    remarks: tuple[Remark, ...]
    quantities: tuple[Quantity, ...]

    def quoted(self, start: int, end: int) -> Quoted:
        """The words behind a plain range, in the answer as it was typed."""
        words = self.plain.text[start:end].rstrip(_EDGES)
        kept = _LOOSE_END.sub("", words).rstrip(_EDGES) or words
        span = self.plain.span(start, start + len(kept) if kept else end)
        return Quoted(self.said, Span(span.start, span.end, self.said.turn))

    def clause(self, remark: Remark, at: int) -> tuple[int, int]:
        """The range of the clause of `remark` that holds the offset `at`."""
        return next(((a, b) for a, b in clauses_in(remark) if at < b), (remark.start, remark.end))

    def rough(self, start: int, end: int, clause: tuple[int, int]) -> bool:
        """Whether the number from `start` to `end` is rounded, by the words beside it in its clause."""
        text, (left, right) = self.plain.text, clause
        return bool(
            cue("figure", "hedged_before").search(text[max(left, start - 30) : start])
            or cue("figure", "hedged_after").match(text[end:right])
            or cue("figure", "hedged_anywhere").search(text[left:right])
        )

    def numbers(self, remark: Remark) -> list[Quantity]:
        """The quantities that begin in a remark."""
        return [one for one in self.quantities if remark.start <= one.start < remark.end][:_MAX_NUMBERS]

    def before(self, remark: Remark) -> Remark | None:
        """The remark before this one."""
        at = self.remarks.index(remark)
        return self.remarks[at - 1] if at else None


@lru_cache(maxsize=32)
def read(said: Said) -> Reading:
    """The remarks of an answer. Never raises for any string."""
    plain = _single_spaced(normalise(said.text[:MAX_CHARACTERS]))
    segments = segments_of(plain.text)[:_MAX_REMARKS]
    asked = _single_spaced(normalise(said.question[:_MAX_ASKED])).text
    remarks = tuple(
        _remark(plain.text, segment, segments[max(0, index - 2) : index], asked)
        for index, segment in enumerate(segments)
    )
    return Reading(said, plain, remarks, numbers_in(plain.text))


def _single_spaced(plain: PlainText) -> PlainText:
    """The text with one blank where there were several, so that no pattern walks through thousands of them."""
    text = plain.text
    kept = [at for at, char in enumerate(text) if not (char.isspace() and at and text[at - 1].isspace())]
    return PlainText("".join(text[at] for at in kept), tuple(plain.origin[at] for at in kept))


def clauses_in(remark: Remark) -> list[tuple[int, int]]:
    """The ranges of a remark's clauses, cut where a new subject may begin."""
    ranges, left = [], 0
    for found in _CLAUSE_END.finditer(remark.text):
        if remark.text[left : found.start()].strip():
            ranges.append((remark.start + left, remark.start + found.start()))
        left = found.end()
    if left < len(remark.text):
        ranges.append((remark.start + left, remark.end))
    return ranges


def places(text: str) -> frozenset[str]:
    """What tells one place of work from another: the words before "shop", "ward" and the like."""
    words = words_of(text)
    found = (
        _before(words, index)
        for index, word in enumerate(words)
        if _PLACE.fullmatch(word.text.lower()) and not _PART_OF_PLACE.match(text, word.end)
    )
    return frozenset(one for telling in found for one in telling)


def _before(words: Sequence[Word], index: int) -> set[str]:
    """The telling words that stand before a place, up to its article."""
    found = set()
    for word in reversed(words[max(0, index - 3) : index]):
        if word.form in _OPENS_NAME:
            break
        if word.text.lower() not in word_set("words", "any_place") and (word.form in _TIMES or not says_nothing(word)):
            found.add(stem(word.text))
    return found


def _names(text: str) -> frozenset[str]:
    """Proper names that follow "at", "in", "for" and the like: where, or for whom."""
    before = cue("place", "before_name")
    return frozenset(
        found.group().lower()
        for found in _NAME.finditer(text)
        if not _NO_NAME.match(found.group()) and before.search(text[max(0, found.start() - 12) : found.start()])
    )


def _remark(text: str, segment: Segment, before: Sequence[Segment], asked: str) -> Remark:
    earlier = text[max(0, segment.start - 1500) : segment.start]
    own_years = _YEAR.findall(segment.text)
    years = own_years or _YEAR.findall(earlier)[-1:] or _YEAR.findall(asked)[-1:]
    far: dict[str, float] = dict(subject_of(asked))
    for one in before:
        far |= subject_of(one.text)
    return Remark(
        segment.start,
        segment.end,
        segment.text,
        subject_of(segment.text),
        far,
        places(segment.text) or places(earlier) or places(asked),
        _names(segment.text) or _names(earlier) or _names(asked),
        frozenset(int(year) for year in years),
        bool(own_years),
        any(cue("correction", "open").search(one.text) for one in (*before, segment)),
    )
