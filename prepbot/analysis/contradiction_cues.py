"""The word lists and patterns of knowledge/contradictions.toml, read and compiled once."""

import re
import tomllib
from functools import cache
from typing import Any

from prepbot.resources import resource


@cache
def cue(table: str, name: str) -> re.Pattern[str]:
    """One pattern. Raises KeyError for a name that the file lacks."""
    return re.compile(raw(table, name), re.IGNORECASE)


@cache
def word_set(table: str, name: str) -> frozenset[str]:
    """One word list, lower case. Raises KeyError for a name that the file lacks."""
    return frozenset(raw(table, name).split())


@cache
def known_subjects() -> dict[str, re.Pattern[str]]:
    """What a span of time may be about without naming it again."""
    return {name: re.compile(words, re.IGNORECASE) for name, words in _data()["known"].items()}


@cache
def raw(table: str, name: str) -> str:
    """One entry as the file holds it. Raises KeyError for a name that the file lacks."""
    return str(_data()[table][name])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resource("knowledge/contradictions.toml").read_text(encoding="utf-8"))
