"""Words of a plain text with their offsets, and the light word forms that names are compared by."""

import re
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"(?i:e-?(?=(?:mail|commerce)))?[^\W_]+(?:'[^\W\d_]+)?", re.UNICODE)
_SHORT_S = frozenset({"this", "is", "was", "has", "its", "us", "as", "yes", "plus", "does", "less", "thus"})
_KEEP_S = ("ss", "us", "is", "'s")
ARTICLES = frozenset({"the", "a", "an", "our", "my", "your", "this", "that", "of"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word, its lower-case form without plural, and where it stands in the plain text."""

    text: str
    form: str
    start: int
    end: int


@lru_cache(maxsize=1024)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of `text`, left to right; "e-mail" is one word and becomes "email"."""
    return tuple(
        Word(found.group(), word_form(found.group()), found.start(), found.end()) for found in _WORD.finditer(text)
    )


@lru_cache(maxsize=20_000)
def word_form(word: str) -> str:
    """Lower case, no hyphen, no possessive, no plural: what two spellings of a name have in common.

    Lighter than a stemmer on purpose: Snowball makes "conversation" and "conversion" the same.
    """
    form = word.lower().replace("-", "")
    form = form.removesuffix("'s")
    if len(form) < 4 or form in _SHORT_S:
        return form
    if form.endswith("ies") and len(form) > 4:
        return form[:-3] + "y"
    if form.endswith(("sses", "shes", "ches", "xes")):
        return form[:-2]
    if form.endswith("s") and not form.endswith(_KEEP_S):
        return form[:-1]
    return british_to_american(form)


def british_to_american(form: str) -> str:
    """One spelling for words that KPI names are made of."""
    return form.replace("fulfilment", "fulfillment").replace("labour", "labor").replace("centre", "center")


def form_key(phrase: str) -> tuple[str, ...]:
    """The forms of a phrase's words without articles: the key that names are matched by."""
    return tuple(word.form for word in words_of(phrase) if word.form not in ARTICLES)
