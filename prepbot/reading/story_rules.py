"""knowledge/stories.toml -> when a story serves a question, when it is used for too much, and what is said then."""

from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from prepbot.domain.readiness import StoryWords
from prepbot.domain.story_fit import StoryRules, Thresholds
from prepbot.reading.knowledge import read_knowledge

_FILE = "knowledge/stories.toml"

_Text = Annotated[str, Field(min_length=1)]
_Share = Annotated[float, Field(ge=0, le=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Fit(_Entry):
    word_weight: _Share
    band_weight: _Share
    close: _Share
    near: _Share
    words_close: _Share
    words_near: _Share


class _Overused(_Entry):
    most_questions: Annotated[int, Field(ge=1)]
    says: _Text


class _Fix(_Entry):
    story: _Text
    number: _Text
    kpi: _Text
    question: _Text
    topic: _Text


class _File(_Entry):
    fit: _Fit
    overused: _Overused
    fix: _Fix


@lru_cache(maxsize=1)
def load_story_rules() -> tuple[StoryRules, StoryWords]:
    """The shipped rules and sentences. Raises BadInput for a file that breaks its format."""
    file = read_knowledge(_FILE, TypeAdapter(_File))
    fit = file.fit
    rules = StoryRules(
        word_weight=fit.word_weight,
        band_weight=fit.band_weight,
        with_vectors=Thresholds(fit.close, fit.near),
        words_alone=Thresholds(fit.words_close, fit.words_near),
        most_questions=file.overused.most_questions,
    )
    return rules, StoryWords(overused=file.overused.says, **file.fix.model_dump())
