"""Cut a plain text into segments (sentences, long ones in parts) and clauses, offsets exact."""

import re
from dataclasses import dataclass

from sentencex import get_sentence_boundaries

from prepbot.analysis.words import words_of

_LONG = 38
_SHORT = 5  # words: a shorter piece of dictated speech is no clause of its own
_SUBJECT = r"(?:i|we|you|they|he|she|it|there|this|that|the|our|my|in|on|after|then)\b"
# A long spoken sentence is really several: cut where a conjunction opens a new main clause.
_MAIN_CLAUSE = re.compile(rf"(?i),\s+(?=(?:and|so|but|then|because|which|after that)\s+{_SUBJECT})")
# Dictated speech has no commas: there the conjunction alone has to do, and where there is none, a subject and its verb.
_SPOKEN_CLAUSE = re.compile(
    rf"(?i)\s+(?=(?:and|so|but|because|cos|cause|until|which|then)\s+(?:then\s+|so\s+|basically\s+|because\s+)?"
    rf"(?:{_SUBJECT}|what\b|now\b|people\b|every\b|no\b|nobody\b|if\b|when\b))"
)
_SPOKEN_SUBJECT = re.compile(r"(?i)\s+(?=(?:i|we|they|you|he|she|it)(?:'?d|'?ve|'?m|'?re|'?ll|'s)?\s+[a-z]+)")
# Where a sentence ends that the segmenter does not cut: at a semicolon, a dash, a line, after a number ("5. We"), and
# after a word that it takes for an abbreviation ("to me. Then").
_BREAK = re.compile(
    r";\s+|\s+-{1,2}\s+|\n+|(?<=\d\.)\s+(?=[A-Z])|"
    r"(?<=[a-z]{2}[.!?])(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bvs\.)(?<!\bMrs\.)\s+(?=[\"'(]?[A-Z])"
)
_CLAUSE = re.compile(
    r"(?i)(?<!\d)[,;:]\s+|\s-{1,2}\s|\s+\((?=\w)|\)\s*|"
    r"\s+(?=(?:and|but|so|because|since|whether|while|whereas|although|rather than|versus|than)\s+"
    r"(?:the|a|an|our|my|i|we|it|they|that|this|how|what|who|not|fewer|more|less|people|one|over|each|every)\b)|"
    r"\s+(?=(?:how|what|who)\s)"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A half-open range of the plain text: a sentence, or a main clause of a long one."""

    start: int
    end: int
    text: str
    question: bool = False


def segments_of(text: str) -> tuple[Segment, ...]:
    """The segments of `text`, in order, without blank ones."""
    cut: list[Segment] = []
    for sentence in get_sentence_boundaries("en", text):
        for start, end in _split(text, sentence["start_index"], sentence["end_index"], _BREAK):
            pieces = [(start, end)]
            for at in (_MAIN_CLAUSE, _SPOKEN_CLAUSE, _SPOKEN_SUBJECT):
                pieces = [part for a, b in pieces for part in _shortened(text, a, b, at)]
            cut += [_segment(text, a, b) for a, b in pieces]
    return tuple(segment for segment in cut if words_of(segment.text))


def _shortened(text: str, start: int, end: int, at: re.Pattern[str]) -> list[tuple[int, int]]:
    """The range cut at the matches of `at` where it is long; a piece of few words stays with its left neighbour."""
    if len(words_of(text[start:end])) <= _LONG:
        return [(start, end)]
    joined: list[tuple[int, int]] = []
    counted = 0  # the words of the piece that was joined last: no cut goes through a word
    for piece in _split(text, start, end, at):
        words = len(words_of(text[slice(*piece)]))
        if joined and min(counted, words) < _SHORT:
            joined[-1] = (joined[-1][0], piece[1])
            counted += words
        else:
            joined.append(piece)
            counted = words
    return joined


def clauses_of(segment: Segment, least: int = 4) -> tuple[Segment, ...]:
    """The clauses of a segment that hold at least `least` words; shorter ones join their left neighbour."""
    ranges: list[tuple[int, int]] = []
    for start, end in _split(segment.text, 0, len(segment.text), _CLAUSE):
        if ranges and len(words_of(segment.text[start:end])) < least:
            ranges[-1] = (ranges[-1][0], end)
        else:
            ranges.append((start, end))
    offset = segment.start
    made = (_segment(segment.text, start, end, offset) for start, end in ranges)
    return tuple(clause for clause in made if words_of(clause.text))


def _split(text: str, start: int, end: int, at: re.Pattern[str]) -> list[tuple[int, int]]:
    """The non-empty ranges of text[start:end] between the matches of `at`."""
    ranges, left = [], start
    for found in at.finditer(text, start, end):
        if found.start() > left:
            ranges.append((left, found.start()))
        left = found.end()
    if end > left:
        ranges.append((left, end))
    return ranges


def _segment(text: str, start: int, end: int, offset: int = 0) -> Segment:
    """The segment text[start:end] without blanks at its ends, `offset` added to its place."""
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    raw = raw.strip()
    return Segment(start + offset, start + len(raw) + offset, raw, raw.endswith("?"))
