"""What an answer shows, each point with the candidate's own words: the one source of follow-ups and grades.

The labels are those of the annotation guide (docs/annotation.md).
"""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in one answer of a unit.

    `turn` is 0 for the first answer to the question, 1 for the answer to its first follow-up, and so on.
    """

    start: int
    end: int
    turn: int = 0

    def __post_init__(self) -> None:
        """Reject an empty or negative range: a point without words is no evidence."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"no span from {self.start} to {self.end}")

    def cut(self, answer: str) -> str:
        """The words themselves, out of the answer that the span belongs to."""
        return answer[self.start : self.end]


class KpiLevel(IntEnum):
    """How far a KPI reference goes (annotation guide, section 1)."""

    MENTIONED = 1
    USED = 2
    QUANTIFIED = 3

    @property
    def label(self) -> str:
        """The level as the command line spells it."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class KpiReference:
    """A reference to one KPI of the role: its highest level and the words that show it.

    `kpi` is the role page's name. `via` says how it was recognised: "name", "inverse", "paraphrase", "definition" or
    "model". `number` is the figure bound to it. `in_result` says that the reference stands in a stated result:
    achieved, or the target or threshold of a hypothetical answer.
    """

    kpi: str
    level: KpiLevel
    span: Span
    via: str = "name"
    number: Span | None = None
    in_result: bool = False


class Part(StrEnum):
    """The parts of a structured answer: STAR, read by question kind (annotation guide, section 2)."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"


class Ownership(StrEnum):
    """The majority subject of the action verbs (annotation guide, section 3)."""

    I = "I"  # noqa: E741  the label is the word itself
    WE = "we"
    NONE = "none"


class Flag(StrEnum):
    """What else is known of an answer. HARD_FLAGS are certain enough to gate a grade on their own."""

    EMPTY = "empty"
    NO_ANSWER = "no_answer"
    COPIED_QUESTION = "copied_question"
    OTHER_LANGUAGE = "other_language"
    GIBBERISH = "gibberish"
    KPI_PILE = "kpi_pile"
    INJECTION = "injection"
    STUFFING = "stuffing"
    STEERING = "steering"
    VERY_SHORT = "very_short"
    WRONG_FACT = "wrong_fact"
    OFF_TOPIC_DOUBT = "off_topic_doubt"


HARD_FLAGS = frozenset(
    {Flag.EMPTY, Flag.NO_ANSWER, Flag.COPIED_QUESTION, Flag.OTHER_LANGUAGE, Flag.GIBBERISH, Flag.KPI_PILE}
)


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely each check that a band rests on is to hold, from 0 to 1, as an analyst sees it.

    `kpi_used` is the chance that a KPI is used at least, `kpi_in_result` that one carries a number in the result.
    `mass` is the share of chance that an 80 % interval has to hold, calibrated on labelled answers.
    """

    situation: float
    task: float
    action: float
    result: float
    reflection: float
    steps: float
    kpi_used: float
    kpi_in_result: float
    off_topic: float
    other_question: float
    mass: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one answer shows, or a question's answers together after `merged`.

    `steps` are spans of specific actions that a listener could repeat: they tell band 3 from band 2.
    `unclear_kpis` are paraphrases near enough to a KPI to ask about and too far to count. `set_aside` are sentences
    that speak to the grader. `relevance` is 0, 1 or 2. `chances` are None where nothing was weighed.
    """

    words: int
    relevance: int
    kpis: tuple[KpiReference, ...] = ()
    situation: Span | None = None
    task: Span | None = None
    action: Span | None = None
    result: Span | None = None
    reflection: Span | None = None
    steps: tuple[Span, ...] = ()
    ownership: Ownership = Ownership.NONE
    unclear_kpis: tuple[KpiReference, ...] = ()
    set_aside: tuple[Span, ...] = ()
    flags: frozenset[Flag] = field(default_factory=frozenset)
    chances: Chances | None = None

    def part(self, part: Part) -> Span | None:
        """The span of one structure part, None where it is absent."""
        spans = {
            Part.SITUATION: self.situation,
            Part.TASK: self.task,
            Part.ACTION: self.action,
            Part.RESULT: self.result,
        }
        return spans[part]

    @property
    def parts(self) -> frozenset[Part]:
        """The structure parts that are present."""
        return frozenset(part for part in Part if self.part(part) is not None)

    @property
    def kpi_level(self) -> KpiLevel | None:
        """The highest level any KPI reaches."""
        return max((reference.level for reference in self.kpis), default=None)
