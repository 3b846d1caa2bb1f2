"""What the use cases need from outside, as Protocols. Adapters satisfy them; wiring.py joins the two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from prepbot.domain.evidence import Evidence
from prepbot.domain.role import QuestionKind, Role

Vectors = NDArray[np.float32]


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The current time, with a time zone."""
        ...


class Embedder(Protocol):
    """Turns sentences into vectors. `name` and `version` are stamped on everything derived from them."""

    name: str
    version: str

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One L2-normalised row a text, shape (len(texts), dimensions). Raises ModelUnavailable."""
        ...


class Section(StrEnum):
    """Where in a role page a chunk stands."""

    ABOUT = "about"
    ACTIVITY = "activity"
    KPI = "kpi"
    STAGE = "stage"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found for a query. `text` is the document's own line, `line` its 1-based number.

    `name` is the item's name (KPI, activity, stage) or the question's id; `score` is higher for better.
    """

    text: str
    section: Section
    name: str
    line: int
    score: float


class Index(Protocol):
    """Finds the lines of a role page that are nearest to a query. `notice` says what is degraded, if anything."""

    notice: str | None

    def search(self, role: Role, query: str, k: int = 5, section: Section | None = None) -> tuple[Hit, ...]:
        """The `k` best hits, best first; builds or rebuilds the role's index when needed.

        Raises IndexUnavailable.
        """
        ...


class Analyst(Protocol):
    """Reads evidence out of an answer, for the role it was built with. `engine` is stamped on every grade."""

    engine: str

    def analyse(
        self, question: str, kind: QuestionKind, answer: str, follow_up: str | None = None
    ) -> Evidence:
        """The evidence in `answer`, spans in code points of it, turn 0.

        `follow_up` is the probe that the answer replies to, None for the first answer to `question`.
        Never raises for any string.
        """
        ...
