"""knowledge/guard.toml -> the rules that a model's words are held to, each with its reason and its examples."""

import re
import tomllib
from functools import cache
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from prepbot.domain.gap import GapKind
from prepbot.errors import BadInput
from prepbot.resources import resource

GUARD = "knowledge/guard.toml"

REPEATS_THE_QUESTION = frozenset(
    {
        GapKind.EMPTY_ANSWER,
        GapKind.OTHER_LANGUAGE,
        GapKind.GIBBERISH,
        GapKind.OFF_QUESTION,
        GapKind.STEERING,
        GapKind.ASKED_BACK,
    }
)
"""The gaps whose follow-up puts the planned question once more."""

_NAMES_THE_KPI = {GapKind.UNCLEAR_KPI}


def _is_pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as exc:
        raise ValueError(f"is no regular expression: {exc}") from exc
    return text


Pattern = Annotated[str, Field(min_length=1), AfterValidator(_is_pattern)]
Word = Annotated[str, Field(min_length=1)]


class Entry(BaseModel):
    """A table of a file of rules: every key is known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Rules = TypeVar("Rules", bound=Entry)


class Allowed(Entry):
    """Words that a rule lets pass, after what the candidate had told."""

    text: Word
    told: str = ""


class Rule(Entry):
    """Words that no interviewer of ours says, and why: never, or not unless the talk holds them already.

    `unless_named` asks for a word of the same stem in what was told, `unless_told` for the words as they stand.
    """

    name: Word
    why: Word
    never: tuple[Pattern, ...] = ()
    unless_named: tuple[Pattern, ...] = ()
    unless_told: tuple[Pattern, ...] = ()
    blocked: tuple[Word, ...] = Field(min_length=1)
    allowed: tuple[Allowed, ...] = ()

    @model_validator(mode="after")
    def _refuses_something(self) -> "Rule":
        if not (self.never or self.unless_named or self.unless_told):
            raise ValueError(f"the rule “{self.name}” has no pattern")
        return self


class _Numbers(Entry):
    units: tuple[Word, ...]


class _Names(Entry):
    ordinary: frozenset[Word]
    well_known: tuple[Word, ...]


class _English(Entry):
    share: int = Field(ge=0, le=100)
    small_words: frozenset[Word]


class GuardRules(Entry):
    """The whole file."""

    rule: tuple[Rule, ...]
    numbers: _Numbers
    names: _Names
    english: _English
    about: dict[GapKind, Pattern]

    @model_validator(mode="after")
    def _is_whole(self) -> "GuardRules":
        names = [rule.name for rule in self.rule]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two rules are called {', '.join(twice)}")
        missing = sorted(set(GapKind) - REPEATS_THE_QUESTION - _NAMES_THE_KPI - set(self.about))
        if missing:
            raise ValueError(f"nothing says what a follow-up is about for {', '.join(missing)}")
        return self


def rules_in(file: str, text: str, form: type[Rules]) -> Rules:
    """The rules in the text of a file. Raises BadInput that names the file and the first entry that breaks its form."""
    try:
        return form.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as exc:
        raise BadInput(f"{file} is not valid TOML: {exc}; correct the line it names.") from exc
    except ValidationError as exc:
        first = exc.errors()[0]
        place = ".".join(map(str, first["loc"])) or "its whole"
        raise BadInput(f"{file} breaks its format at {place}: {first['msg']}; correct that entry.") from exc


def read_guard_rules(text: str) -> GuardRules:
    """The rules in a file's text. Raises BadInput that names the first entry which breaks the format."""
    return rules_in(GUARD, text, GuardRules)


@cache
def guard_rules() -> GuardRules:
    """The shipped rules. Raises BadInput for a file that breaks its format."""
    return read_guard_rules(resource(GUARD).read_text(encoding="utf-8"))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the file, ready to search in folded words."""
    return re.compile(pattern)
