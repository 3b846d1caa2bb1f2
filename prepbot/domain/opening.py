"""How a résumé line opens: with what somebody did, with a duty, or with neither."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from prepbot.domain.evidence import Span

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SUBJECT = re.compile(
    r"(?i)\W*(?:(i|we|our team|the team)(?:['’]ve| have| had)?\s+)?(?:(?:also|then|later|first|\w+ly)\s+)*"
)
_VOWELS = frozenset("aeiou")


class OpeningKind(StrEnum):
    """What the first words of a line do."""

    ACTION = "action"
    DUTY = "duty"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Opening:
    """The opening of one line. `span` are the verb or the words of duty, None where there are neither.

    `past` says that the verb tells in the past tense what was done, `subject` who acts by the line's own word, if any.
    """

    kind: OpeningKind
    span: Span | None = None
    past: bool = False
    subject: str = ""

    @property
    def team(self) -> bool:
        """Whether the line opens with the team instead of the candidate."""
        return self.subject in {"we", "our team", "the team"}


@dataclass(frozen=True, slots=True)
class Verbs:
    """The words that openings are told by: lower case; `forms` are all forms, `past` those of the past tense.

    `passive` are forms by which a line may tell what others did; `duties` are phrases, the longest first.
    """

    forms: frozenset[str]
    past: frozenset[str]
    not_verbs: frozenset[str]
    passive: frozenset[str]
    duties: tuple[str, ...]


def verbs(
    *,
    action: Iterable[str],
    irregular: Iterable[str],
    not_verbs: Iterable[str],
    passive: Iterable[str],
    duties: Iterable[str],
) -> Verbs:
    """The word lists from base forms, irregular past forms, -ed words that are no verbs, passives, phrases of duty."""
    bases = frozenset(action)
    past = frozenset(form for base in bases for form in _past(base)) | frozenset(irregular)
    other = frozenset(form for base in bases for form in (base, f"{base}s", f"{base}es", *_ing(base)))
    phrases = tuple(sorted((phrase.lower() for phrase in duties), key=lambda phrase: (-len(phrase), phrase)))
    return Verbs(past | other, past, frozenset(not_verbs), frozenset(passive), phrases)


def opening_of(text: str, known: Verbs) -> Opening:
    """How `text` opens, a leading "I", "we" or adverb passed over."""
    lead = _SUBJECT.match(text)
    start, subject = (lead.end(), (lead[1] or "").lower()) if lead else (0, "")
    rest = text[start:].lower()
    duty = next((phrase for phrase in known.duties if _begins(rest, phrase)), None)
    if duty is not None:
        return Opening(OpeningKind.DUTY, Span(start, start + len(duty)), subject=subject)
    word = _WORD.match(text, start)
    if word is None:
        return Opening(OpeningKind.NONE, subject=subject)
    form = word.group().lower()
    regular = len(form) > 4 and form.endswith("ed") and form not in known.not_verbs
    if form not in known.forms and not regular:
        return Opening(OpeningKind.NONE, subject=subject)
    past = (regular or form in known.past) and form not in known.passive
    return Opening(OpeningKind.ACTION, Span(word.start(), word.end()), past, subject)


def _begins(rest: str, phrase: str) -> bool:
    after = rest[len(phrase) : len(phrase) + 1]
    return rest.startswith(phrase) and not after.isalnum()


def _past(base: str) -> tuple[str, ...]:
    if base.endswith("e"):
        return (f"{base}d",)
    if base.endswith("y") and base[-2:-1] not in _VOWELS:
        return (f"{base[:-1]}ied",)
    return (f"{base}ed", f"{base}{base[-1]}ed")


def _ing(base: str) -> tuple[str, ...]:
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return (f"{base[:-1]}ing",)
    return (f"{base}ing", f"{base}{base[-1]}ing")
