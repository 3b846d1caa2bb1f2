"""The patterns of knowledge/cues.toml, compiled once."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from prepbot.resources import resource


@dataclass(frozen=True, slots=True)
class Cues:
    """Named patterns: features of sentences and of KPI uses, and the ways to speak to a grader."""

    described: dict[str, tuple[re.Pattern[str], ...]]
    sentence: dict[str, re.Pattern[str]]
    level: dict[str, re.Pattern[str]]
    grader_strong: tuple[re.Pattern[str], ...]
    grader_weak: tuple[re.Pattern[str], ...]
    grader_signs: dict[str, tuple[int, re.Pattern[str]]]
    grader_foreign: re.Pattern[str]
    steering: tuple[re.Pattern[str], ...]
    no_answer: re.Pattern[str]
    gives_up: re.Pattern[str]
    acts: re.Pattern[str]


@cache
def load_cues() -> Cues:
    """The shipped cues. Raises FileNotFoundError where the installation lacks them."""
    data = _data()
    grader = data["grader"]
    described = data["described"]
    person = described["person"]
    return Cues(
        described={
            metric: tuple(_compiled(pattern.replace("{P}", person)) for pattern in patterns)
            for metric, patterns in described.items()
            if metric != "person"
        },
        sentence={name: _compiled(pattern) for name, pattern in data["sentence"].items()},
        level={name: _compiled(pattern) for name, pattern in data["level"].items()},
        grader_strong=tuple(_compiled(pattern) for pattern in grader["strong"]),
        grader_weak=tuple(_compiled(pattern) for pattern in grader["weak"]),
        grader_signs={name: (points, _compiled(pattern)) for name, (points, pattern) in grader["signs"].items()},
        grader_foreign=_compiled(grader["foreign"]["words"]),
        steering=tuple(_compiled(pattern) for pattern in grader["steering"]),
        no_answer=_compiled(data["no_answer"]["whole"]),
        gives_up=_compiled(data["no_answer"]["gives_up"]),
        acts=_compiled(data["no_answer"]["acts"]),
    )


@cache
def experiment_cues() -> dict[str, re.Pattern[str]]:
    """What names a change, a measure and a rule in a next step, by key (knowledge/cues.toml, [experiment])."""
    return {name: _compiled(pattern) for name, pattern in _data()["experiment"].items()}


def word_list(name: str) -> frozenset[str]:
    """One of the word lists, lower case. Raises KeyError for a name that the file lacks."""
    return frozenset(_data()["words"][name].split())


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(resource("knowledge/cues.toml").read_text(encoding="utf-8"))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
