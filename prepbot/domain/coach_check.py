"""What a model's wording of an improved answer may say: the candidate's own words, blanks, and nothing else.

A number, a name or a claim that is in no answer refuses the whole wording. It is a check of words: it cannot see a new
claim that is made of old words alone, beyond what coach_claims.py looks at.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from prepbot.domain.coach_claims import SENTENCE, Claim, Reading, says_who, turned_round
from prepbot.domain.plain_numbers import PlainNumber, numbers_of
from prepbot.domain.word_forms import WORD, plain_word, stem

BLANK = re.compile(r"\[[^\[\]\n]{1,90}\]")
_FROM = re.compile(r"(?i)\bfrom\W{0,3}$")
_FROM_REACH = 8  # characters that it can look at
_FROM_TO = re.compile(r"(?i)^\W*(?:\w+\s+){0,2}to\W*$")
_DIRECTION = {True: "rise", False: "fall"}
_NEAR = 3  # words that a "not" of the candidate's denies: few, since a denial counts against a wording
_YOU_DO = re.compile(r"(?i)\byou\s+(?:have\s+|had\s+)?([^\W\d_]+)")
_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn"}
_ENDS = re.compile(r"[.?!…\]]['”\")]*$")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Words that are refused by their pattern, and why."""

    name: str
    pattern: re.Pattern[str]
    why: str


@dataclass(frozen=True)
class CoachRules:
    """The lists of knowledge/coach.toml. `forms` and `same` give the stems that go with a stem; words are plain."""

    most_words: int
    least_anchored: float
    function: frozenset[str]
    linking: frozenset[str]
    light: frozenset[str]
    only_from_answers: frozenset[str]
    blank: frozenset[str]
    past: frozenset[str]
    forms: Mapping[str, frozenset[str]]
    same: Mapping[str, frozenset[str]]
    refused: tuple[Refusal, ...]

    def key(self, word: str) -> str:
        """One form for all forms of a word."""
        own = stem(word)
        return min(self.forms.get(own, {own}))

    def says_nothing(self, word: str) -> bool:
        """Whether a word only ties others together."""
        return plain_word(word) in self.function or (len(word) == 1 and word.isascii())

    def links(self, word: str) -> bool:
        """Whether a word leads from one part to the next. Its other forms may not: "my plan", but not "I planned"."""
        return plain_word(word) in self.linking or plain_word(word) in self.light

    def family(self, word: str) -> frozenset[str]:
        """The keys of all words that say the same as one."""
        own = stem(word)
        said = {other for form in self.forms.get(own, {own}) for other in self.same.get(form, ())}
        return frozenset({self.key(word)} | {self.key(other) for other in said})


@dataclass(frozen=True)
class Material:
    """What an improved answer may be made of: a unit's answers, its question, the KPIs that they name, and blanks.

    `answers` hold nothing that was set aside. `ordered` are the candidate's words in the order of a strong answer, with
    brackets; `open_checks` what the answer lacks, in words.
    """

    question: str
    answers: tuple[str, ...]
    kpis: tuple[str, ...] = ()
    ordered: tuple[str, ...] = ()
    open_checks: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Known:
    """A material as the checks ask about it."""

    material: Material
    rules: CoachRules
    said: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "said", "\n".join(self.material.answers))

    @cached_property
    def answered(self) -> frozenset[str]:
        """The keys of every word of the answers and of the words that say the same, as "fell" says of "from 3 to 2"."""
        shown = {
            _DIRECTION[after > before]
            for before, after in _changes(self.said, self.numbers)
            if isinstance(before, float) and isinstance(after, float)
        }
        words = [found.group() for found in WORD.finditer(self.said)] + sorted(shown)
        return frozenset(key for word in words for key in self.rules.family(word))

    @cached_property
    def asked(self) -> frozenset[str]:
        """The keys of the words of the question and of the KPIs' names."""
        text = " ".join((self.material.question, *self.material.kpis))
        return frozenset(self.rules.key(found.group()) for found in WORD.finditer(text))

    @cached_property
    def asked_deeds(self) -> frozenset[str]:
        """The keys of what the question asks for as a deed: "handle" in "How would you handle that?"."""
        return frozenset(self.rules.key(found[1]) for found in _YOU_DO.finditer(self.material.question))

    @cached_property
    def spelled(self) -> frozenset[str]:
        """The keys of the words in answers, question and KPIs: what a name has to be among."""
        text = " ".join((self.said, self.material.question, *self.material.kpis))
        return frozenset(self.rules.key(found.group()) for found in WORD.finditer(text))

    @cached_property
    def numbers(self) -> tuple[PlainNumber, ...]:
        """The numbers of the answers."""
        return numbers_of(self.said)


def refusal(text: str, material: Material, rules: CoachRules) -> str:
    """Why a wording may not be shown, in two or three words; empty where it may."""
    return _shape(text, rules) or _told_otherwise(_plain(text), _in_plain_letters(material), rules)


def _told_otherwise(text: str, material: Material, rules: CoachRules) -> str:
    known = _Known(material, rules)
    told = BLANK.sub(" … ", text)
    return (
        _forbidden(text, known)
        or _bad_blank(text, known)
        or _new_number(told, known)
        or _new_word(told, known)
        or _unanchored(text, known)
        or turned_round(_claims(told, rules, None), _claims(known.said, rules, _NEAR), rules.past)
    )


def _in_plain_letters(material: Material) -> Material:
    return replace(
        material,
        question=_plain(material.question),
        answers=tuple(map(_plain, material.answers)),
        kpis=tuple(map(_plain, material.kpis)),
        ordered=tuple(map(_plain, material.ordered)),
    )


def _plain(text: str) -> str:
    """The text with its numbers in figures: "½", "²" and "①" are numbers as well."""
    return unicodedata.normalize("NFKC", text)


def _shape(text: str, rules: CoachRules) -> str:
    if not text.strip():
        return "empty"
    if len(text.split()) > rules.most_words:
        return "too long"
    if any(unicodedata.category(character) in _INVISIBLE for character in text if character not in "\n\t"):
        return "invisible characters"
    return "" if _ENDS.search(text.strip()) else "unfinished"


def _forbidden(text: str, known: _Known) -> str:
    said, told = _flat(known.said), BLANK.sub("[]", text)
    for one in known.rules.refused:
        if any(_flat(found.group()) not in said for found in one.pattern.finditer(told)):
            return one.name
    return ""


def _bad_blank(text: str, known: _Known) -> str:
    """A bracket asks for something: it holds no number, no name and no word that only a claim needs."""
    allowed = {plain_word(found.group()) for line in known.material.ordered for found in WORD.finditer(line)}
    for blank in BLANK.findall(text):
        if blank in " ".join(known.material.ordered):
            continue
        words = [found.group() for found in WORD.finditer(blank)]
        if not words or numbers_of(blank) or any(not _may_ask(word, allowed, known) for word in words):
            return "a bracket that tells"
    return "a bracket left open" if re.search(r"[\[\]]", BLANK.sub("", text)) else ""


def _may_ask(word: str, allowed: set[str], known: _Known) -> bool:
    rules, plain = known.rules, plain_word(word)
    if plain in rules.blank | rules.function | rules.linking | allowed:
        return True
    return rules.key(word) in known.answered | known.asked


def _new_number(told: str, known: _Known) -> str:
    values = {number.value for number in known.numbers}
    with_units = {(number.value, number.unit) for number in known.numbers}
    numbers = numbers_of(told)
    for number in numbers:
        if number.value not in values:
            return "a new number"
        if number.unit and (number.value, number.unit) not in with_units:
            return "a number of another kind"
    own = set(_changes(known.said, known.numbers))
    if any((after, before) in own and (before, after) not in own for before, after in _changes(told, numbers)):
        return "a change turned round"
    return ""


def _changes(text: str, numbers: Sequence[PlainNumber]) -> Iterator[tuple[float | str, float | str]]:
    """The values of every "from A to B"."""
    for before, after in pairwise(numbers):
        if _FROM.search(text[max(0, before.start - _FROM_REACH) : before.start]) and _FROM_TO.match(
            text[before.end : after.start]
        ):
            yield before.value, after.value


def _new_word(told: str, known: _Known) -> str:
    rules, counted = known.rules, [(number.start, number.end) for number in numbers_of(told)]
    for found in WORD.finditer(told):
        word, plain = found.group(), plain_word(found.group())
        if any(start <= found.start() < end for start, end in counted):
            continue
        if _is_name(told, found) and rules.key(word) not in known.spelled:
            return "a new name"
        if plain in rules.only_from_answers:
            if rules.key(word) not in known.answered:
                return "a new claim"
        elif _is_new_deed(told, found, known):
            return "a new deed"
        elif not (rules.says_nothing(word) or rules.links(word) or rules.key(word) in known.answered | known.asked):
            return "a new word"
    return ""


def _is_new_deed(told: str, found: re.Match[str], known: _Known) -> bool:
    """Whether a word that only the question or a list knows is told as what "I" or "we" did."""
    rules, word = known.rules, found.group()
    if rules.key(word) in known.answered | known.asked_deeds or not says_who(told[: found.start()]):
        return False
    return plain_word(word) in rules.light or rules.key(word) in known.asked


def _is_name(text: str, found: re.Match[str]) -> bool:
    """Whether a word has a capital that its place does not explain."""
    word = found.group()
    if not word[0].isupper() or word.split("'")[0].split("’")[0] == "I":
        return False
    before = text[: found.start()].rstrip(" “\"'‘(")
    return bool(before) and before[-1] not in ".!?:\n…"


def _unanchored(text: str, known: _Known) -> str:
    """A sentence whose content is mostly not the candidate's. One that only leads to a blank needs no anchor."""
    for sentence in SENTENCE.finditer(text):
        words = [found.group() for found in WORD.finditer(BLANK.sub(" ", sentence.group()))]
        content = [word for word in words if not (known.rules.says_nothing(word) or known.rules.links(word))]
        own = sum(known.rules.key(word) in known.answered for word in content)
        if not content and (not words or BLANK.search(sentence.group())):
            continue
        if _flat(sentence.group()) in _flat(known.said):
            continue
        if not content or own < known.rules.least_anchored * len(content):
            return "a sentence of its own"
    return ""


def _claims(text: str, rules: CoachRules, scope: int | None) -> Iterator[Claim]:
    return Reading(rules.key, lambda word: rules.says_nothing(word) or rules.links(word), rules.past, scope).of(text)


def _flat(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())
