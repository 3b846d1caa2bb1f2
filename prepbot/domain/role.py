"""A role as its page describes it: activities, KPIs, selection stages and a bank of questions."""

from dataclasses import dataclass
from enum import StrEnum


class StageKind(StrEnum):
    """What a selection stage is for; decides its interviewer, budget and standard questions."""

    SCREENING = "screening"
    INTERVIEW = "interview"
    ASSESSMENT = "assessment"
    PANEL = "panel"
    REFERENCES = "references"
    EXECUTIVE = "executive"
    OFFER = "offer"


class QuestionKind(StrEnum):
    """What a question asks for; decides how its answer's structure is read."""

    BACKGROUND = "background"
    PAST_BEHAVIOUR = "past_behaviour"
    HYPOTHETICAL = "hypothetical"
    KNOWLEDGE = "knowledge"


@dataclass(frozen=True, slots=True)
class Activity:
    """One primary activity. `line` is its 1-based line in the document."""

    name: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Kpi:
    """One key performance indicator. `name` is what stands before the colon, brackets included."""

    name: str
    definition: str
    line: int


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the selection process, in the page's order."""

    name: str
    kind: StageKind
    description: str
    line: int


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the bank. `id` is stable within a document ("q01"…); topics keep the page's spelling."""

    id: str
    text: str
    topics: tuple[str, ...]
    kind: QuestionKind
    line: int


@dataclass(frozen=True, slots=True)
class Role:
    """A role page as values.

    `id` is the role's name in the library ("ecommerce-specialist"), `sha256` the hash of the document's text.
    """

    id: str
    title: str
    function: str
    about: str
    about_line: int
    activities: tuple[Activity, ...]
    kpis: tuple[Kpi, ...]
    stages: tuple[Stage, ...]
    questions: tuple[Question, ...]
    sha256: str

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic of the bank once, in the page's order."""
        return tuple(dict.fromkeys(topic for question in self.questions for topic in question.topics))


@dataclass(frozen=True, slots=True)
class ParseWarning:
    """A line that was not understood or was read with doubt. `line` is 1-based, 0 for the whole document."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class ParseReport:
    """What the reader made of a document besides the role itself."""

    warnings: tuple[ParseWarning, ...] = ()
