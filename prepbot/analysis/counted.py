"""What a number counts: the plural after it, the words that tell it from others, and whether it is of people."""

import re

from prepbot.analysis.contradiction_cues import cue, word_set
from prepbot.analysis.quantities import Quantity, Unit
from prepbot.analysis.subjects import says_nothing, stem, stems_of
from prepbot.analysis.words import Word, words_of

HEADS, GROUP = "heads", "heads of a group"
"""What people are counted as: those of the whole place of work, and those of a team."""
_MOST_WORDS = 4
_STOP = re.compile(r"[.,;:!?()]|\s-")
_OF_WHAT = re.compile(
    r"(?i)\s*(?:%|percent)?\s*(?:in|of|for|on)\s+(?:the |our |my |all |these |those )?((?:[a-z-]+ ?){1,2})"
)
_NO_PLURAL = ("ss", "us", "is", "'s")


def counted(number: Quantity, before: str, after: str, clause: str) -> frozenset[str]:
    """The stems of what is counted, the words before its noun among them; empty where nothing is named."""
    if number.unit not in {Unit.COUNT, Unit.BARE}:
        of = _OF_WHAT.match(after)
        return _telling(words_of(of[1])) if of else frozenset()
    words = _up_to_plural(after, single=number.values == (1.0,))
    if _of_people(words, before, after):
        return frozenset({GROUP if cue("figure", "group").search(clause) else HEADS})
    return _telling(words)


def _up_to_plural(after: str, *, single: bool) -> tuple[Word, ...]:
    """The words after a number up to the first plural: none for "a hundred coming in", which counts nothing."""
    stop = _STOP.search(after)
    words = words_of(after[: stop.start() if stop else None])
    for at, word in enumerate(words[:_MOST_WORDS]):
        if _is_plural(word) or (single and not says_nothing(word)):
            return words[: at + 1]
        if at and says_nothing(word) and word.text.lower() != "of":
            break
    return ()


def _is_plural(word: Word) -> bool:
    text = word.text.lower()
    if text in word_set("words", "plurals"):
        return True
    return len(text) > 3 and text.endswith("s") and not text.endswith(_NO_PLURAL) and not says_nothing(word)


def _telling(words: tuple[Word, ...]) -> frozenset[str]:
    staff = stems_of("staff")
    return frozenset(stem(word.text) for word in words if not says_nothing(word) or stem(word.text) in staff)


def _of_people(words: tuple[Word, ...], before: str, after: str) -> bool:
    people = not words or stem(words[-1].text) in stems_of("staff")
    return people and bool(
        cue("figure", "headcount_before").search(before) or cue("figure", "headcount_after").match(after)
    )
