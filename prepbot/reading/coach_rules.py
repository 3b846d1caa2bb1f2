"""knowledge/coach.toml -> what a model's wording of an improved answer may hold."""

import re
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from prepbot.domain.coach_check import CoachRules, Refusal
from prepbot.domain.word_forms import families, plain_word
from prepbot.reading.knowledge import read_knowledge

_FILE = "knowledge/coach.toml"


class _Refused(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    pattern: str
    why: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    most_words: Annotated[int, Field(ge=1)]
    least_anchored: Annotated[float, Field(ge=0, le=1)]
    function: str
    linking: str
    light: str
    only_from_answers: str
    blank: str
    past: str
    forms: list[str]
    same: list[str]
    refused: dict[str, _Refused]


@lru_cache(maxsize=1)
def load_coach_rules() -> CoachRules:
    """The shipped lists. Raises BadInput for a file that breaks its format."""
    file = read_knowledge(_FILE, TypeAdapter(_File))
    return CoachRules(
        most_words=file.most_words,
        least_anchored=file.least_anchored,
        function=_words(file.function),
        linking=_words(file.linking),
        light=_words(file.light),
        only_from_answers=_words(file.only_from_answers),
        blank=_words(file.blank),
        past=_words(file.past),
        forms=families(file.forms),
        same=families(file.same),
        refused=tuple(
            Refusal(name, re.compile(one.pattern, re.IGNORECASE), one.why) for name, one in file.refused.items()
        ),
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(map(plain_word, text.split()))
