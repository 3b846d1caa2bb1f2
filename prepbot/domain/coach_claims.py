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


@dataclass(frozen=True, slots=True)
class Claim:
    """One word that says something, by its key, with what its clause makes of it.

    `subjects` are the pronouns that may have done it: the one before it in its clause, else all before it in its
    sentence. `first_person` says that "I" stands directly before it. `denied` and `planned` are said of the clause.
    """

    key: str
    word: str
    subjects: frozenset[str]
    first_person: bool
    denied: bool
    planned: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """How claims are read.

    `key` brings a word to one form, `says_nothing` is true of words that make no claim, `past` are past forms. A "not"
    denies the next `scope` words of its clause, up to a pronoun; None stands for the whole clause.
    """

    key: Callable[[str], str]
    says_nothing: Callable[[str], bool]
    past: frozenset[str]
    scope: int | None

    def of(self, text: str) -> Iterator[Claim]:
        """The claims of a text, word by word."""
        for sentence in SENTENCE.finditer(text):
            before: frozenset[str] = frozenset()
            for clause in _clauses(sentence.group()):
                yield from self._claims(clause, before)
                before |= {subject for word in clause if (subject := _subject(word))}

    def _claims(self, clause: Sequence[str], before: frozenset[str]) -> Iterator[Claim]:
        subjects, left, planned = before, 0, False
        whole = self.scope is None and any(map(_denies, clause))
        for place, word in enumerate(clause):
            own = _subject(word)
            subjects, left = (frozenset({own}), 0) if own else (subjects, left)
            left = self.scope or 0 if _denies(word) else left
            planned = planned or _plans(word, clause[place + 1 : place + 2], self.past)
            if self.says_nothing(word) or _denies(word):
                continue
            yield Claim(self.key(word), word, subjects, _says_i(clause[:place]), whole or left > 0, planned)
            left = max(0, left - 1)


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


def _denies(word: str) -> bool:
    return word in _NEGATORS or word.endswith("n't")


def _subject(word: str) -> str:
    """The pronoun that a word is or begins with ("we'd"), empty for none."""
    begun = word.split("'", maxsplit=1)[0]
    return begun if begun in _SUBJECTS else ""


def _plans(word: str, following: Sequence[str], past: frozenset[str]) -> bool:
    """Whether a word makes its clause a plan; "I'd asked" is what had been done."""
    if word.endswith("'d"):
        return not (following and (following[0] in past or following[0].endswith("ed")))
    return word in _MODALS or word.endswith("'ll")


def _says_i(before: Sequence[str]) -> bool:
    return _doer(before) == "i"


def says_who(before: str) -> bool:
    """Whether the words before a verb end in "I" or "we", so that it tells a deed of theirs."""
    words = [plain_word(found.group()) for found in WORD.finditer(before[-60:])]
    return before.rstrip()[-1:] not in set(".!?…,;:") and _doer(words) in {"i", "we"}


def _doer(before: Sequence[str]) -> str:
    """The pronoun directly before a verb, but for a short adverb; empty for none."""
    words = [word for word in before[-3:] if word not in _BETWEEN]
    return _subject(words[-1]) if words else ""


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
        done = bool(claim.subjects & {"i", "we"}) and not claim.planned and _is_past(claim.word, past)
        if done and all(one.planned for one in said):
            return "a plan told as done"
        if claim.first_person and all(one.subjects and "i" not in one.subjects for one in said):
            return "a deed of others told as one's own"
    return ""


def _is_past(word: str, past: frozenset[str]) -> bool:
    return word in past or word.endswith("ed")
