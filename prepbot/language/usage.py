"""What models take for a question of an interview, as measured on scripted interviews: what an estimate rests on."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache

from pydantic import BaseModel, ConfigDict, Field

from prepbot.model_ports import Purpose
from prepbot.resources import resource


class Use(BaseModel):
    """Means: calls for a planned question, follow-ups and greetings included, and tokens of one call."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    calls: float = Field(ge=0)
    prompt: float = Field(ge=0)
    reply: float = Field(ge=0)


class UsageTable(BaseModel):
    """Means by purpose, as measured on a date by `python -m benchmarks.model_use`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    date: date
    use: Mapping[Purpose, Use]


@cache
def load_usage() -> UsageTable:
    """The shipped table, knowledge/model_use.toml."""
    return UsageTable.model_validate(tomllib.loads(resource("knowledge/model_use.toml").read_text(encoding="utf-8")))
