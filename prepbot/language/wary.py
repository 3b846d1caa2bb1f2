"""knowledge/wary.toml -> whether words may be meant for a machine: then no model is asked about them."""

import re
from collections.abc import Iterable
from functools import cache

from pydantic import Field

from prepbot.language.guard_rules import Entry, Pattern, Word, compiled, guard_rules, rules_in
from prepbot.language.told import folded, hidden, words
from prepbot.resources import resource

WARY = "knowledge/wary.toml"

HIDDEN = "characters that nobody sees"
OTHER_LANGUAGE = "another language"

_SENTENCES = re.compile(r"[.!?…]+(?=\s|$)|\n")
_LATIN = re.compile(r"[A-Za-z\u00aa-\u024f]")


class WaryRule(Entry):
    """Words that may speak to a machine, and why. `everywhere` holds the role page's words to it too."""

    name: Word
    why: Word
    everywhere: bool = False
    patterns: tuple[Pattern, ...] = Field(min_length=1)
    wary: tuple[Word, ...] = Field(min_length=1)
    calm: tuple[Word, ...] = Field(min_length=1)

    def finds(self, plain: str) -> bool:
        """Whether one of its patterns stands in folded words."""
        return any(compiled(pattern).search(plain) for pattern in self.patterns)


class _OtherLanguage(Entry):
    share: int = Field(ge=0, le=100)
    words: int = Field(ge=1)


class WaryRules(Entry):
    """The whole file."""

    rule: tuple[WaryRule, ...] = Field(min_length=1)
    other_language: _OtherLanguage


def read_wary_rules(text: str) -> WaryRules:
    """The rules in a file's text. Raises BadInput that names the first entry which breaks the format."""
    return rules_in(WARY, text, WaryRules)


@cache
def wary_rules() -> WaryRules:
    """The shipped rules. Raises BadInput for a file that breaks its format."""
    return read_wary_rules(resource(WARY).read_text(encoding="utf-8"))


def speaks_to_a_machine(answers: Iterable[str], page: Iterable[str] = ()) -> str | None:
    """Why words may be meant for a machine: the rule's name. None where nothing says so.

    `answers` are the candidate's, `page` what of the role page stands beside them.
    """
    for text in answers:
        found = _found(text, everywhere=False)
        if found is not None:
            return found
    return next((found for text in page if (found := _found(text, everywhere=True)) is not None), None)


def _found(text: str, *, everywhere: bool) -> str | None:
    if hidden(text.replace("\r", " ")):
        return HIDDEN
    plain = folded(text)
    for rule in wary_rules().rule:
        if (rule.everywhere or not everywhere) and rule.finds(plain):
            return rule.name
    return None if everywhere or not _other_language(plain) else OTHER_LANGUAGE


def _other_language(plain: str) -> bool:
    """Whether letters of another script stand in it, or a sentence with hardly any of the small English words."""
    if any(one.isalpha() and not _LATIN.match(one) for one in plain):
        return True
    small, rule = guard_rules().english.small_words, wary_rules().other_language
    said = (words(sentence) for sentence in _SENTENCES.split(plain))
    return any(100 * sum(w in small for w in s) < rule.share * len(s) for s in said if len(s) >= rule.words)
