"""Whose deed it is, and whether it was done: what a rewording may not turn round although every word stays."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from prepbot.domain.word_forms import WORD, plain_word

SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?=\S)[^.!?\n]*)*[.!?\n]?")
_CLAUSE_ENDS = re.compile(r"[,;:.!?–—\n]")
_CLAUSE_WORDS = frozenset(["and", "but", "so", "because", "although", "though", "while", "until", "since", "if"])
_NEGATORS = frozenset(
    ["not", "no", "never", "without", "nobody", "none", "neither", "nor", "cannot", "instead", "rather"]
)
_MODALS = frozenset(["would", "could", "should", "might", "may", "can", "will", "shall", "plan", "want", "try"])
_SUBJECTS = frozenset(["i", "we", "they", "he", "she", "you", "it", "nobody", "everyone", "who"])
_BETWEEN = frozenset(["also", "then", "first", "only", "just", "had", "have", "then", "still", "now"])

Key = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Claim:
    """One word that says something, by its key, with what its clause makes of it.

    `subject` is the pronoun nearest before it in its sentence, empty for none; `first_person` says that "I" stands
    directly before it. `denied` and `planned` are said of the clause.
    """

    key: str
    word: str
    subject: str
    first_person: bool
    denied: bool
    planned: bool


def claims_of(
    text: str, key: Key, says_nothing: Callable[[str], bool], past: frozenset[str], scope: int
) -> Iterator[Claim]:
    """The claims of a text, word by word. `key` brings a word to one form; function words make no claim.

    A "not" denies the next `scope` of them in its clause.
    """
    for sentence in SENTENCE.finditer(text):
        subject = ""
        for clause in _clauses(sentence.group()):
            for claim in _clause_claims(clause, subject, key, says_nothing, past, scope):
                subject = claim.subject
                yield claim
            subject = next((word for word in reversed(clause) if word in _SUBJECTS), subject)


def _clauses(sentence: str) -> Iterator[list[str]]:
    words: list[str] = []
    at = 0
    for found in WORD.finditer(sentence):
        word = plain_word(found.group())
        if words and (_CLAUSE_ENDS.search(sentence[at : found.start()]) or word in _CLAUSE_WORDS):
            yield words
            words = []
        words.append(word)
        at = found.end()
    if words:
        yield words


def _clause_claims(
    clause: Sequence[str],
    subject: str,
    key: Key,
    says_nothing: Callable[[str], bool],
    past: frozenset[str],
    scope: int,
) -> Iterator[Claim]:
    left = 0
    planned = False
    for place, word in enumerate(clause):
        subject = _subject(word) or subject
        if word in _NEGATORS or word.endswith("n't"):
            left = scope
        planned = planned or _plans(word, clause[place + 1 : place + 2], past)
        if says_nothing(word) or word in _NEGATORS:
            continue
        yield Claim(key(word), word, subject, _says_i(clause[:place]), denied=left > 0, planned=planned)
        left = max(0, left - 1)


def _subject(word: str) -> str:
    """The pronoun that a word is or begins with ("we'd")."""
    begun = word.split("'", maxsplit=1)[0]
    return begun if begun in _SUBJECTS else ""


def _plans(word: str, following: Sequence[str], past: frozenset[str]) -> bool:
    """Whether a word makes its clause a plan; "I'd asked" is what had been done."""
    if word.endswith("'d"):
        return not (following and (following[0] in past or following[0].endswith("ed")))
    return word in _MODALS or word.endswith("'ll")


def _says_i(before: Sequence[str]) -> bool:
    words = [word for word in before[-3:] if word not in _BETWEEN]
    return bool(words) and words[-1] in {"i", "i'd", "i've", "i'm"}


def turned_round(told: Iterable[Claim], own: Iterable[Claim], past: frozenset[str]) -> str:
    """What a rewording made of the candidate's claims that they did not say; empty where it kept them.

    A word that the answers only deny may not be affirmed, one that they only plan may not be told as done, and a deed
    that they only tell of others may not become an "I".
    """
    known: dict[str, list[Claim]] = {}
    for claim in own:
        known.setdefault(claim.key, []).append(claim)
    for claim in told:
        said = known.get(claim.key)
        if not said:
            continue
        if not claim.denied and all(one.denied for one in said):
            return "a denial told as a deed"
        done = claim.subject in {"i", "we"} and not claim.planned and _is_past(claim.word, past)
        if done and all(one.planned for one in said):
            return "a plan told as done"
        if claim.first_person and all(one.subject not in {"", "i"} for one in said):
            return "a deed of others told as one's own"
    return ""


def _is_past(word: str, past: frozenset[str]) -> bool:
    return word in past or word.endswith("ed")
