"""What a stretch of text speaks of: its telling words by stem, each with a weight, and how far two stretches agree."""

from collections.abc import Iterable, Mapping, Set
from functools import cache, lru_cache

import snowballstemmer

from prepbot.analysis.contradiction_cues import raw, word_set
from prepbot.analysis.words import Word, word_form, words_of

Subject = Mapping[str, float]
"""Stems with their weights: 1 for a telling word, more for a name, half for a common one."""

_STEMMER = snowballstemmer.stemmer("english")
_COMMON = 0.5
_NAME = 1.5
_MOST_SHARED = 3.0  # more words in common are longer sentences, and no surer sign


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What the forms of one word have in common: "wrote" and "written" give "write", "vendors" gives "vendor"."""
    form = word_form(word)
    return _same().get(stemmed := _stemmed(form), stemmed)


def _stemmed(form: str) -> str:
    stemmed: str = _STEMMER.stemWord(_irregular().get(form, form))
    return stemmed


def subject_of(text: str) -> Subject:
    """The telling words of a stretch of plain text."""
    return {stem(word.text): _weight(word) for word in words_of(text) if not says_nothing(word)}


def _weight(word: Word) -> float:
    if stem(word.text) in stems_of("common"):
        return _COMMON
    return _NAME if word.text.isupper() or (word.start and word.text[0].isupper()) else 1.0


def shared_by_distance(
    near: Subject, far: Subject, other_near: Subject, other_far: Subject, but: Set[str] = frozenset()
) -> Mapping[str, float]:
    """How much two sentences share, as signs: "near" is what both hold.

    "half" is what one holds and stands around the other. `but` are words left out.
    """
    shared = {"near": 0.0, "half": 0.0}
    both = (near.keys() | far.keys()) & (other_near.keys() | other_far.keys()) & (near.keys() | other_near.keys())
    for one in both - but:
        weight = max(words.get(one, 0.0) for words in (near, far, other_near, other_far))
        shared["near" if one in near and one in other_near else "half"] += weight
    return {name: min(weight, _MOST_SHARED) for name, weight in shared.items()}


def says_nothing(word: Word) -> bool:
    """Whether a word tells nothing about a subject: a number, a letter, one of the empty words."""
    text = word.text
    return len(text) < 2 or text[0].isdigit() or text.lower() in word_set("words", "empty")


@cache
def stems_of(name: str) -> frozenset[str]:
    """One of the word lists of [words], by stem."""
    return frozenset(_stems(word_set("words", name)))


def _stems(words: Iterable[str]) -> Iterable[str]:
    return (stem(word) for word in words)


@cache
def _irregular() -> dict[str, str]:
    return _bases("irregular", "forms")


@cache
def _same() -> dict[str, str]:
    """The stem of each word for a thing that has several, with the stem that stands for all of them."""
    return {_stemmed(word_form(word)): _stemmed(base) for word, base in _bases("same", "groups").items()}


def _bases(table: str, name: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in raw(table, name).strip().splitlines())
    return {form: base.strip() for base, _, forms in pairs for form in forms.split()}
