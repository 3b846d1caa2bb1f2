"""Words brought to one form, by endings and by a list: enough to see whether somebody else's word is one's own."""

import re
from collections.abc import Iterable, Mapping

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SUFFIXES = ("ations", "ation", "ments", "ment", "ings", "ing", "ers", "ied", "ies", "ed", "es", "ly", "s")
_VOWELS = frozenset("aeiouy")
_SHORTEST = 3


def plain_word(word: str) -> str:
    """Lower case with straight apostrophes, without a possessive ending."""
    lower = word.casefold().replace("’", "'")
    return lower.removesuffix("'s") or lower


def stem(word: str) -> str:
    """The word without its ending: "planned", "plans" and "planning" are one. Not a dictionary's form."""
    plain = plain_word(word)
    for suffix in _SUFFIXES:
        root = plain.removesuffix(suffix)
        if root == plain or len(root) < _SHORTEST or not _VOWELS & set(root):
            continue
        return _closed(f"{root}y" if suffix in {"ied", "ies"} else root, suffix)
    return _closed(plain, "")


def _closed(root: str, suffix: str) -> str:
    """Undo what an ending did to a word: a doubled consonant, a dropped or a kept e."""
    if suffix in {"ed", "ing", "ings", "ers"} and len(root) > _SHORTEST and root[-1] == root[-2] not in "lsz":
        return root[:-1]
    return root[:-1] if root.endswith("e") and len(root) > _SHORTEST else root


def families(lines: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """For each stem that stands in one or several lines of words, the stems of all of those lines."""
    found: dict[str, frozenset[str]] = {}
    for line in lines:
        stems = frozenset(map(stem, line.split()))
        for one in stems:
            found[one] = found.get(one, frozenset()) | stems
    return found
