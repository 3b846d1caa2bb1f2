"""The labelled sets and what may be shown of them, from evals/datasets/sets.toml."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from evals.labelled import LabelledAnswer, load_rows

ROOT = Path(__file__).parents[1]
DATASETS = ROOT / "evals" / "datasets"


class Status(StrEnum):
    """Who has seen a set's text."""

    TRAINED_ON = "trained on"
    READ = "read"
    UNREAD = "unread"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class DataSet:
    """One labelled set. `measured` is False for files that are only fitted on, unless they are asked for by name."""

    name: str
    file: str
    author: str
    status: Status
    licence: str
    language: str
    measured: bool = True

    @property
    def shown(self) -> bool:
        """Whether texts, ids and worst cases may be printed."""
        return self.status in {Status.TRAINED_ON, Status.READ}

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return ROOT / self.file

    def rows(self) -> tuple[LabelledAnswer, ...]:
        """The labelled answers, in the file's order."""
        return load_rows(self.path)


@cache
def load_sets(path: Path = DATASETS / "sets.toml") -> tuple[DataSet, ...]:
    """The registry, in its order. Raises ValueError for a status that is none."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["set"]
    return tuple(DataSet(**{**entry, "status": Status(entry["status"])}) for entry in entries)


@cache
def fitted_on() -> tuple[LabelledAnswer, ...]:
    """The rows that fitted floors learn from: every set that the analyst itself was trained on."""
    return tuple(row for one in load_sets() if one.status is Status.TRAINED_ON for row in one.rows())
