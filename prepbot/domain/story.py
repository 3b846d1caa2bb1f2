"""A story of the candidate's, kept to be told again and read like an answer."""

from dataclasses import dataclass
from enum import StrEnum

from prepbot.domain.evidence import Evidence, KpiLevel
from prepbot.domain.rubric import Grade, grade


class Origin(StrEnum):
    """Where a story comes from."""

    WRITTEN = "written"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Story:
    """One story. Spans of `evidence` are code points of `text`, turn 0.

    `question` is the question that it once answered, for a story saved from a transcript.
    """

    id: str
    title: str
    text: str
    evidence: Evidence
    origin: Origin = Origin.WRITTEN
    question: str = ""

    @property
    def band(self) -> int:
        """The band that it would earn on a question it answers; 0 where it cannot be graded."""
        given = grade(self.evidence)
        return given.band if isinstance(given, Grade) else 0

    def level_of(self, kpi: str) -> KpiLevel | None:
        """How far the story takes a KPI of the role, None where it does not refer to it."""
        return max((one.level for one in self.evidence.kpis if one.kpi == kpi), default=None)
