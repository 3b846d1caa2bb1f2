"""knowledge/transfer.toml -> what another question has to exercise, by what an answer lacks."""

import re
from functools import lru_cache
from typing import Annotated

from pydantic import Field, TypeAdapter

from prepbot.domain.checks import QUESTIONS
from prepbot.domain.role import QuestionKind
from prepbot.domain.transfer import Aim
from prepbot.errors import BadInput
from prepbot.reading.knowledge import Entry, Text, read_knowledge

_FILE = "knowledge/transfer.toml"


class _AimEntry(Entry):
    title: Text
    open: Annotated[tuple[Text, ...], Field(min_length=1)]
    kinds: tuple[QuestionKind, ...] = ()
    asks: re.Pattern[str] | None = None
    kpi: bool = False


class _AimsFile(Entry):
    aim: Annotated[tuple[_AimEntry, ...], Field(min_length=1)]


@lru_cache(maxsize=1)
def load_aims() -> tuple[Aim, ...]:
    """The aims in the file's order. Raises BadInput for a file that breaks its format or names an unknown check."""
    entries = read_knowledge(_FILE, TypeAdapter(_AimsFile)).aim
    unknown = [check for entry in entries for check in entry.open if check not in QUESTIONS]
    if unknown:
        raise BadInput(f"{_FILE} names the check “{unknown[0]}”, which the rubric lacks; correct that aim.")
    return tuple(
        Aim(
            entry.title,
            frozenset(entry.open),
            frozenset(entry.kinds),
            re.compile(entry.asks.pattern, re.IGNORECASE) if entry.asks else None,
            entry.kpi,
        )
        for entry in entries
    )
