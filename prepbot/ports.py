"""What the use cases need from outside, as Protocols. Adapters satisfy them; wiring.py joins the two."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from prepbot.candidate_ports import CandidateStore
from prepbot.domain.contradiction import Said
from prepbot.domain.events import Event
from prepbot.domain.evidence import Evidence
from prepbot.domain.exercise import Exercise, WrittenCase
from prepbot.domain.exercise_marks import ExerciseMarks
from prepbot.domain.heard import Heard
from prepbot.domain.interview import Interview, Status
from prepbot.domain.moves import Move
from prepbot.domain.offer_talk import Message
from prepbot.domain.pay import NamedPay
from prepbot.domain.plan import Length
from prepbot.domain.practice import Memory, Recall
from prepbot.domain.role import ParseReport, QuestionKind, Role
from prepbot.domain.rubric import Grade, NotGraded
from prepbot.model_ports import Ledger, ReadingStore

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


KpiTexts = tuple[tuple[str, ...], ...]
"""For each KPI of a role, how people say it: its name and definition, paraphrases, inverse measures."""


@dataclass(frozen=True, slots=True)
class AnswerScores:
    """What a trained model makes of one answer, as logits and cosines; nothing in it is a verdict.

    `parts` (segments, 6): situation, task, action, result, reflection, step. `relevance` (3,): 0, 1, 2.
    `ownership` (3,): I, we, none. `kpis` (units, KPIs, 2): cosine to the mean of a KPI's texts and to the nearest.
    `levels` (units, 3): mentioned, used, quantified, should the unit be a KPI reference. `topic` and `asked` are the
    directions (unit vectors) of what the answer and the question speak of, None without an embedding model.
    """

    parts: Vectors
    relevance: Vectors
    ownership: Vectors
    kpis: Vectors
    levels: Vectors
    topic: Vectors | None = None
    asked: Vectors | None = None


class AnswerScorer(Protocol):
    """Scores an answer beside its question. `name` and `version` are stamped on what is trained on its scores."""

    name: str
    version: str

    def score(
        self,
        question: str,
        kind: str,
        text: str,
        segments: Sequence[tuple[int, int]],
        units: Sequence[tuple[int, int]],
        kpis: KpiTexts,
        *,
        topic: bool = True,
    ) -> AnswerScores:
        """The scores of `text`; segments and units are ranges of code points in it. Raises ModelUnavailable.

        Without `topic` the scores may lack the directions `topic` and `asked`.
        """
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
    """Finds the lines of a role page that are nearest to a query."""

    @property
    def notice(self) -> str | None:
        """What is degraded just now, if anything."""
        ...

    def search(self, role: Role, query: str, k: int = 5, section: Section | None = None) -> tuple[Hit, ...]:
        """The `k` best hits, best first; builds or rebuilds the role's index when needed.

        Raises IndexUnavailable.
        """
        ...


class Analyst(Protocol):
    """Reads evidence out of an answer, for the role it was built with. `engine` is stamped on every grade."""

    engine: str

    def analyse(self, question: str, kind: QuestionKind, answer: str, follow_up: str | None = None) -> Evidence:
        """The evidence in `answer`, spans in code points of it, turn 0.

        `follow_up` is the probe that the answer replies to, None for the first answer to `question`.
        Never raises for any string.
        """
        ...

    def marks(self, exercise: Exercise | WrittenCase, answers: Sequence[str]) -> ExerciseMarks:
        """What the answers to an exercise are worth together; spans carry their turn.

        `answers` are those of one unit in their order. Never raises for any string.
        """
        ...


class ExerciseSource(Protocol):
    """Draws the exercises of a skills assessment."""

    def draw(self, role: Role, seed: int, count: int) -> tuple[Exercise | WrittenCase, ...]:
        """Two or three exercises on the role's KPIs, fewer where it has none to compute; the same seed, the same ones.

        Raises ValueError for another count.
        """
        ...


class Listener(Protocol):
    """Hears what later stages may take up of an answer, for the role it was built with."""

    def listen(self, earlier: Sequence[Said], now: Said) -> Heard:
        """The claims and decisions of the answer `now`, and where it does not go with `earlier` ones.

        Spans are in code points of their answers. Never raises for any string.
        """
        ...


class TalkReader(Protocol):
    """Reads what a candidate says about a written offer, for the role it was built with."""

    def read(self, text: str, turn: int = 0) -> Message:
        """The moves of a message, each with its words; `turn` is its place in the talk. Never raises."""
        ...

    def named_pay(self, question: str, answer: str) -> NamedPay | None:
        """The pay that an answer surely names as the candidate's own expectation, None without one. Never raises."""
        ...


@dataclass(frozen=True, slots=True)
class RolePage:
    """A role page as read: the role, the reader's report, and the document's text."""

    role: Role
    report: ParseReport
    text: str


class RolePageReader(Protocol):
    """Reads role pages. Every method raises BadInput (or its UnreadableFile, NotARolePage) with one sentence."""

    def shipped(self) -> tuple[RolePage, ...]:
        """The library that travels with prepbot, in the order of its file names."""
        ...

    def from_file(self, path: Path) -> RolePage:
        """A page from a file; its name gives the role's id."""
        ...

    def from_upload(self, name: str, data: bytes) -> RolePage:
        """A page from uploaded bytes; `name` gives the format and the role's id."""
        ...

    def from_text(self, text: str, role_id: str) -> RolePage:
        """A page from text that was read before."""
        ...


class Scheduler(Protocol):
    """Decides when something is worth practising again (spaced repetition)."""

    def reviewed(self, memory: Memory | None, recall: Recall, at: datetime) -> Memory:
        """What is known of an item after it went so at a time; `memory` is None for the first time."""
        ...

    def chance(self, memory: Memory, at: datetime) -> float:
        """The chance, from 0 to 1, that the item goes well at a time."""
        ...


class Voice(Protocol):
    """Phrases the interviewer's moves. `wording` names who did, for the event ("written", "openai:gpt-…")."""

    wording: str

    def say(self, move: Move, interview: Interview, interview_id: str = "") -> Iterator[str]:
        """The words of one turn, in pieces as they come. Raises ModelUnavailable before or between pieces.

        `interview_id` is what the turn's cost is put down to.
        """
        ...


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as stored: `seq` counts from 0 within its interview; `message_id` is the client's, for retries."""

    seq: int
    event: Event
    at: datetime
    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class InterviewSummary:
    """One interview in a list. `answers` counts the candidate's answers so far."""

    id: str
    role_id: str
    role_title: str
    length: Length
    focus: str
    status: Status
    answers: int
    started_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class StampedGrade:
    """A grade of one unit with what made it. `first` is the grade of the first answer alone."""

    interview_id: str
    question_id: str
    engine: str
    rubric: str
    grade: Grade | NotGraded
    first: Grade | NotGraded
    at: datetime


@dataclass(frozen=True, slots=True)
class Document:
    """A role page's text as read, kept so that an interview outlives its file. `library` marks an upload."""

    sha256: str
    role_id: str
    title: str
    text: str
    library: bool
    at: datetime


class Store(CandidateStore, Ledger, ReadingStore, Protocol):
    """Keeps what cannot be rebuilt. Every call commits before it returns.

    All raise StoreUnavailable; what is not storable text (a lone surrogate) raises BadInput.
    """

    def append(self, interview_id: str, stored: StoredEvent) -> None:
        """Add one event. A Started event at seq 0 opens the interview.

        Raises StoreConflict where `seq` or `message_id` is taken already, NotFound for an unknown interview.
        """
        ...

    def events(self, interview_id: str) -> tuple[StoredEvent, ...]:
        """All events of an interview in order. Raises NotFound."""
        ...

    def interviews(self) -> tuple[InterviewSummary, ...]:
        """Every interview, the one touched last first."""
        ...

    def save_grade(self, grade: StampedGrade) -> None:
        """Keep a grade; the same interview, question, engine and rubric again replaces it."""
        ...

    def grades(self, interview_id: str) -> tuple[StampedGrade, ...]:
        """The grades of an interview, oldest first; empty for one without any."""
        ...

    def save_document(self, document: Document) -> None:
        """Keep a document; the same sha256 again changes nothing but `library`, which stays true once it was."""
        ...

    def document(self, sha256: str) -> Document:
        """A kept document. Raises NotFound."""
        ...

    def documents(self) -> tuple[Document, ...]:
        """The uploaded role pages (`library` true), newest first."""
        ...
