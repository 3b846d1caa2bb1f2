"""Whether words speak to the grader: one sure cue, or weaker signs that add up (knowledge/cues.toml, [grader])."""

import re
from collections.abc import Sequence
from functools import lru_cache

from prepbot.analysis.cues import load_cues, word_list
from prepbot.analysis.disguise import hidden_text, readings
from prepbot.analysis.ownership import acted, subjects
from prepbot.analysis.sentences import Segment
from prepbot.analysis.words import words_of

_ENGLISH = word_list("english")
_ENOUGH = 3
_ACTING = 2  # what the speaker's own act takes away: "I ignored", "we set the band"
_COMMON = frozenset({"order", "verdict", "top"})  # "rate each page and take the best ten" is work
_GRADING = frozenset({"addressee", "own_text", "rubric", "band", "praise", "good_answer"})
_RUN, _SHORT = 5, 9  # sentences that are read together; words of one that need only address somebody
_SPEAKS_TO_SOMEBODY = re.compile(
    r"(?i)\b(?:you (?:are|have|must|should|would|can|will|said)|your word)\b"
    r"|^\W*(?:[qa]:|step \w+,|say yes|(?:(?:please|now|then) )?(?:write|print|record|treat|give|keep|put|say|follow) "
    r"(?:it|that|this|them|both)\b)"
)
_NEAR = 14  # words: a longer neighbour of a note for the grader has to speak for itself
# A note within a sentence: in brackets, between dashes, or between commas.
_PIECE = re.compile(
    r"\s*(?:<!--.*?-->|<[^<>]*>.*?</[^<>]*>|<[^<>]*>|\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\})\s*|\s+-{1,2}\s+|,\s+"
)
_SENTENCE_MAY_START = re.compile(r"(?<![,;(])\s+(?=[\"'(]?[A-Z])(?!I\b)|(?<![a-z,;(])\s+(?=I\b)")
_TRIED = 6
_CRITERION = re.compile(r"(?i)\W*(?:situation|task|action|result|relevance|structure|ownership|reflection|kpis?)\W*$")
_OPENS_BRACKET = ("<", "(", "[", "{")


@lru_cache(maxsize=4096)
def points(text: str) -> int:
    """How much a piece of text speaks to the grader; from three points on it does."""
    if hidden_text(text):
        return _ENOUGH
    return max(_points(reading) for reading in readings(text))


def _points(text: str) -> int:
    cues = load_cues()
    if cues.grader_foreign.search(text) or any(pattern.search(text) for pattern in cues.grader_strong):
        return 2 * _ENOUGH
    seen = {name: worth for name, (worth, pattern) in cues.grader_signs.items() if pattern.search(text)}
    worth = sum(seen.values())
    if worth and _tells_own_doing(text):
        return worth - _ACTING
    return worth if seen.keys() - _COMMON else min(worth, _ENOUGH - 1)


def _tells_own_doing(text: str) -> bool:
    cues = load_cues().sentence
    return acted(text) or bool(cues["i_past_verb"].search(text) or cues["would_verb"].search(text))


def to_grader(text: str) -> bool:
    """Whether a sentence or a piece of one speaks to the grader."""
    return points(text) >= _ENOUGH


def marked(segments: Sequence[Segment], whole: Sequence[bool]) -> list[bool]:
    """Which segments speak to the grader; short ones beside them that half do are part of the same note.

    `whole` tells whole sentences from what is left of one without its note, which stays.
    """
    spread = _together([to_grader(segment.text) for segment in segments], segments)
    if not any(spread):
        return spread
    leaning = [entire and _leans(segment.text) for segment, entire in zip(segments, whole, strict=True)]
    for order in (range(len(spread)), reversed(range(len(spread)))):
        for at in order:
            beside = (at > 0 and spread[at - 1]) or (at + 1 < len(spread) and spread[at + 1])
            spread[at] = spread[at] or (leaning[at] and beside)
    return spread


def _together(spread: Sequence[bool], segments: Sequence[Segment]) -> list[bool]:
    """Also the short sentences that speak to the grader only when they are read one after the other."""
    found = list(spread)
    short = [len(words_of(s.text)) <= _NEAR and not _tells_own_doing(s.text) for s in segments]
    for start in range(len(segments)):
        for end in range(start + 2, min(start + _RUN, len(segments)) + 1):
            ends = (segments[start].text, segments[end - 1].text)
            if all(short[start:end]) and all(map(_leans, ends)):
                run = " ".join(segment.text for segment in segments[start:end])
                if points(run) >= _ENOUGH and _names_grading(run):
                    found[start:end] = [True] * (end - start)
    return found


def _names_grading(text: str) -> bool:
    return any(pattern.search(text) for name, (_, pattern) in load_cues().grader_signs.items() if name in _GRADING)


def _leans(text: str) -> bool:
    """Whether a short sentence is likely to belong to a note for the grader that stands beside it."""
    words = len(words_of(text))
    if words > _NEAR or _tells_own_doing(text) or re.search(r"\d\d", text):
        return False
    if words <= _SHORT and _SPEAKS_TO_SOMEBODY.search(text):
        return True
    return points(text) >= 2 or any(pattern.search(text) for pattern in load_cues().grader_weak)


def freed_from_note(segment: Segment) -> list[Segment]:
    """A sentence that a note without a full stop runs into ("Score = 100 % I was told…"), as one of its own."""
    cuts = [found.span() for found in _SENTENCE_MAY_START.finditer(segment.text)][:_TRIED]
    best: list[Segment] = []
    for end, start in cuts:
        note, rest = _part(segment, 0, end), _part(segment, start, len(segment.text))
        if not note or not rest or not _may_follow(note.text, rest.text):
            continue
        longer = best and _CRITERION.match(segment.text[best[0].end - segment.start : end])
        if (not best or longer) and to_grader(note.text):
            best = [note, rest]
    return best or [segment]


def _may_follow(note: str, rest: str) -> bool:
    """Whether what comes behind a note is a sentence of its own, not the note's next word with a capital."""
    words = [word.text.lower() for word in words_of(rest)]
    if len(words) < 4 or points(rest) >= _ENOUGH:
        return False
    return not note[-1].islower() or sum(word in _ENGLISH for word in words) >= 0.25 * len(words)


def without_notes(segment: Segment) -> list[tuple[Segment, bool]]:
    """The segment cut where a note for the grader stands within a sentence that goes on about the work.

    Each piece comes with whether it is such a note. A sentence that is all note, or none, comes back whole.
    """
    pieces = _pieces(segment)
    if len(pieces) == 1:
        return [(segment, False)]
    notes = [to_grader(piece.text) for piece in pieces]
    kept = [piece for piece, note in zip(pieces, notes, strict=True) if not note]
    bracketed = any(note and piece.text.startswith(_OPENS_BRACKET) for piece, note in zip(pieces, notes, strict=True))
    if not any(notes) or not _speaks_of_work(kept, bracketed=bracketed):
        return [(segment, False)]
    return _joined(segment, pieces, notes)


def _speaks_of_work(pieces: Sequence[Segment], *, bracketed: bool) -> bool:
    """Whether what stands beside a note is part of an answer; a note in brackets leaves any sentence behind."""
    rest = " ".join(piece.text for piece in pieces)
    if points(rest) >= _ENOUGH - 1 or len(words_of(rest)) < 4:
        return False
    cues = load_cues().sentence
    own = (cues[name] for name in ("i_past_verb", "would_verb", "imperative", "we_subject", "place", "time_setting"))
    return bracketed or bool(subjects(rest)) or any(cue.search(rest) for cue in own)


def _pieces(segment: Segment) -> list[Segment]:
    """What commas, dashes and brackets part, brackets with their content as pieces of their own."""
    cuts, left = [], 0
    for found in _PIECE.finditer(segment.text):
        cuts.append((left, found.start()))
        if found.group().strip().startswith(_OPENS_BRACKET):
            cuts.append((found.start(), found.end()))
        left = found.end()
    cuts.append((left, len(segment.text)))
    return [part for a, b in cuts if (part := _part(segment, a, b)) is not None]


def _joined(segment: Segment, pieces: Sequence[Segment], notes: Sequence[bool]) -> list[tuple[Segment, bool]]:
    """The pieces, neighbours of one sort as one."""
    runs: list[tuple[int, int, bool]] = []
    for piece, note in zip(pieces, notes, strict=True):
        if runs and runs[-1][2] == note:
            runs[-1] = (runs[-1][0], piece.end, note)
        else:
            runs.append((piece.start, piece.end, note))
    whole = [(_part(segment, a - segment.start, b - segment.start), note) for a, b, note in runs]
    return [(part, note) for part, note in whole if part is not None]


def _part(segment: Segment, start: int, end: int) -> Segment | None:
    """The segment's text from `start` to `end` without blanks at its ends, None where no word is left."""
    raw = segment.text[start:end]
    text = raw.strip()
    if not words_of(text):
        return None
    at = segment.start + start + len(raw) - len(raw.lstrip())
    return Segment(at, at + len(text), text, text.endswith("?"))
