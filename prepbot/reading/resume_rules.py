"""knowledge/resume.toml -> the rules by which résumés and job adverts are read, and what is said about their lines."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from prepbot.domain.advert_questions import AdvertForm, AdvertForms
from prepbot.domain.advice import Advice, Reason
from prepbot.domain.opening import Verbs, verbs
from prepbot.domain.role import QuestionKind
from prepbot.reading.knowledge import read_knowledge

_FILE = "knowledge/resume.toml"

_Text = Annotated[str, Field(min_length=1)]
_Pattern = re.Pattern[str]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Contact(_Entry):
    patterns: tuple[_Pattern, ...]


class _Headings(_Entry):
    work: tuple[_Text, ...]
    lists: tuple[_Text, ...]
    people: tuple[_Text, ...]


class _Verbs(_Entry):
    action: _Text
    irregular: _Text
    not_verbs: _Text
    passive: _Text
    weak: tuple[_Text, ...]


class _Reason(_Entry):
    id: _Text
    says: _Text
    bracket: Annotated[str, Field(pattern=r"^\[[^\[\]]+\]$")]
    at: Literal["start", "end"]


class _PickUp(_Entry):
    told: _Text
    written: _Text
    quantified: _Text
    kpi: _Text
    number: _Text
    action: _Text
    duty: _Text
    after: _Text


class _Advert(_Entry):
    skip: tuple[_Text, ...]
    asks: tuple[_Text, ...]
    lead_in: tuple[_Text, ...]
    cues: _Text


class _AdvertForm(_Entry):
    says: _Text | None = None
    deed: bool = False
    text: Annotated[str, Field(pattern=r"\{topic\}")]
    kind: QuestionKind


class _AdvertQuestions(_Entry):
    after: _Text
    form: Annotated[tuple[_AdvertForm, ...], Field(min_length=1)]


class _File(_Entry):
    contact: _Contact
    headings: _Headings
    verbs: _Verbs
    reason: tuple[_Reason, ...]
    pick_up: _PickUp
    advert: _Advert
    advert_question: _AdvertQuestions


@dataclass(frozen=True, slots=True)
class ResumeRules:
    """How a résumé's lines are told apart. Headings are keys as `heading_key` makes them."""

    personal: tuple[_Pattern, ...]
    work: frozenset[str]
    lists: frozenset[str]
    people: frozenset[str]
    verbs: Verbs


@dataclass(frozen=True, slots=True)
class AdvertRules:
    """How the asks of a job advert are found. Headings are keys as `heading_key` makes them."""

    skip: frozenset[str]
    asks: frozenset[str]
    lead_in: _Pattern
    cues: _Pattern


def heading_key(text: str) -> str:
    """A heading's words alone, lower case: what two spellings of it have in common."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.casefold()).split())


@lru_cache(maxsize=1)
def load_resume_rules() -> ResumeRules:
    """The shipped rules for résumés. Raises BadInput for a file that breaks its format."""
    file = _load()
    return ResumeRules(
        personal=file.contact.patterns,
        work=_keys(file.headings.work),
        lists=_keys(file.headings.lists),
        people=_keys(file.headings.people),
        verbs=verbs(
            action=file.verbs.action.split(),
            irregular=file.verbs.irregular.split(),
            not_verbs=file.verbs.not_verbs.split(),
            passive=file.verbs.passive.split(),
            duties=file.verbs.weak,
        ),
    )


@lru_cache(maxsize=1)
def load_advert_rules() -> AdvertRules:
    """The shipped rules for job adverts. Raises BadInput for a file that breaks its format."""
    advert = _load().advert
    lead_in = re.compile(rf"(?i)\W*(?:{'|'.join(advert.lead_in)})(?![\w'])")
    return AdvertRules(_keys(advert.skip), _keys(advert.asks), lead_in, re.compile(advert.cues, re.IGNORECASE))


@lru_cache(maxsize=1)
def load_advert_forms() -> AdvertForms:
    """How an interviewer asks about an advert's topics. Raises BadInput for a file that breaks its format."""
    asked = _load().advert_question
    return AdvertForms(
        tuple(
            AdvertForm(one.text, one.kind, re.compile(one.says, re.IGNORECASE) if one.says else None, one.deed)
            for one in asked.form
        ),
        asked.after,
    )


@lru_cache(maxsize=1)
def load_advice() -> Advice:
    """What is said about a résumé's lines. Raises BadInput for a file that breaks its format."""
    file = _load()
    said = file.pick_up
    return Advice(
        reasons=tuple(Reason(one.id, one.says, one.bracket, one.at == "start") for one in file.reason),
        told=said.told,
        written=said.written,
        questions={name: getattr(said, name) for name in ("quantified", "kpi", "number", "action", "duty")},
        after=said.after,
    )


@lru_cache(maxsize=1)
def _load() -> _File:
    return read_knowledge(_FILE, TypeAdapter(_File))


def _keys(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(heading_key(name) for name in names)
