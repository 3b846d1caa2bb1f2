"""Slips of the keyboard in number and unit words, undone where the neighbour shows that a number is meant."""

import re

from rapidfuzz.distance import OSA

from prepbot.analysis.amounts import NUMBER_WORDS
from prepbot.analysis.cues import word_list
from prepbot.analysis.figure_units import MONEY_WORDS, PERIOD_WORDS
from prepbot.analysis.normalise import PlainText

_UNITS = PERIOD_WORDS | MONEY_WORDS
_KNOWN = NUMBER_WORDS | _UNITS
_LONG_NUMBERS = tuple(sorted(word for word in NUMBER_WORDS if len(word) >= 5))
_UNIT_WORDS = tuple(sorted(_UNITS))
_WORD = re.compile(r"[A-Za-z]+")
_BETWEEN = re.compile(r"[\s-]{1,3}$")
_REAL = word_list("near_numbers")  # words of ordinary English, one slip away from a number or a unit


def without_typos(plain: PlainText) -> PlainText:
    """The text with number and unit words spelled right; every character keeps its place in the answer."""
    after, after_start = "", -1
    edits = []
    for word in reversed(list(_WORD.finditer(plain.text))):
        adjacent = _BETWEEN.fullmatch(plain.text[word.end() : after_start]) if after_start >= 0 else None
        right = _meant(plain.text, word, after if adjacent else "")
        if right:
            edits.append((word.start(), word.end(), right))
        after, after_start = right or word.group().lower(), word.start()
    for start, end, right in edits:  # from the right, so that places to the left stay true
        plain = _replaced(plain, start, end, right)
    return plain


def _meant(text: str, word: re.Match[str], after: str) -> str:
    """The number or unit word that `word` was meant to be; empty where it is none or is right already."""
    said = word.group().lower()
    if said in _KNOWN or said in _REAL or len(said) < 4:
        return ""
    if _follows_number(text, word.start()) and (unit := _nearest(said, _UNIT_WORDS)):
        return unit
    return _nearest(said, _LONG_NUMBERS) if after in _KNOWN else ""


def _follows_number(text: str, start: int) -> bool:
    before = text[max(0, start - 20) : start].rstrip(" -")
    last = re.search(r"[A-Za-z]+$", before)
    return before[-1:].isdigit() or (last is not None and last.group().lower() in NUMBER_WORDS)


def _nearest(said: str, words: tuple[str, ...]) -> str:
    near = [word for word in words if word[0] == said[0] and OSA.distance(word, said, score_cutoff=1) <= 1]
    return max(near, key=len, default="")


def _replaced(plain: PlainText, start: int, end: int, right: str) -> PlainText:
    places = [plain.origin[min(start + n, end - 1)] for n in range(len(right) - 1)] + [plain.origin[end - 1]]
    text = plain.text[:start] + right + plain.text[end:]
    return PlainText(text, (*plain.origin[:start], *places, *plain.origin[end:]))
