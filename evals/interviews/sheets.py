"""Fact sheets: who a scripted candidate is, what happened to them, and the sentences they say about it when asked."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

SHEETS = Path(__file__).parents[1] / "datasets" / "candidates"


class Wish(StrEnum):
    """What an interviewer's turn asks for, as a listener understands it."""

    ANSWER = "answer"
    STEPS = "steps"
    OWN_PART = "own_part"
    RESULT = "result"
    NUMBER = "number"
    LAST_TIME = "last_time"
    MEANING = "meaning"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a candidate can tell. `truth` is what happened; the rest are their own sentences about it.

    `says` opens, `would` opens where the question is a hypothetical one, `told` holds a sentence for each wish that
    the fact can fulfil. Wishes outside `told` are answered by the sheet's `unknown`.
    """

    about: tuple[str, ...]
    truth: str
    says: str
    would: str | None = None
    told: dict[Wish, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """Everything that the fact can say, in one text."""
        return " ".join([self.truth, self.says, self.would or "", *self.told.values()])


@dataclass(frozen=True, slots=True)
class FactSheet:
    """One candidate. `elsewhere` is said where no fact fits; `unknown` where a fact lacks what is asked for."""

    id: str
    name: str
    role: str
    manner: str
    who: str
    elsewhere: tuple[str, ...]
    unknown: dict[Wish, tuple[str, ...]]
    facts: tuple[Fact, ...]

    def sentences(self) -> Iterator[str]:
        """Every line that this candidate can say."""
        yield from self.elsewhere
        for lines in self.unknown.values():
            yield from lines
        for fact in self.facts:
            yield from (line for line in (fact.says, fact.would, *fact.told.values()) if line is not None)


@cache
def load_sheets(folder: Path = SHEETS) -> tuple[FactSheet, ...]:
    """Every sheet in the folder, by file name. Raises ValueError for a sheet that lacks an answer to a wish."""
    return tuple(_sheet(path) for path in sorted(folder.glob("*.toml")))


def _sheet(path: Path) -> FactSheet:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    unknown = {Wish(name): tuple(lines) for name, lines in data["unknown"].items()}
    if missing := set(Wish) - set(unknown):
        raise ValueError(f"{path.name} has no words where it lacks: {', '.join(sorted(missing))}")
    return FactSheet(
        id=path.stem,
        name=data["name"],
        role=data["role"],
        manner=data["manner"],
        who=data["who"],
        elsewhere=tuple(data["elsewhere"]),
        unknown=unknown,
        facts=tuple(_fact(entry) for entry in data["facts"]),
    )


def _fact(entry: dict[str, Any]) -> Fact:
    told = {Wish.ANSWER if name == "again" else Wish(name): line for name, line in entry.items() if name not in _PLAIN}
    return Fact(tuple(entry["about"]), entry["fact"], entry["says"], entry.get("would"), told)


_PLAIN = {"about", "fact", "says", "would"}
