"""What is said about the lines of a résumé: reasons to rewrite one and questions about one, read from a file."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason to rewrite a line. `says` may hold {kpi} and {opening}, `bracket` {kpi}.

    The bracket goes before the line's words where `at_start`, else after them.
    """

    id: str
    says: str
    bracket: str
    at_start: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """Everything said. `reasons` stand in the order in which they pay; `questions` are by what a line has.

    `told` and `written` introduce the line's words as {quote}, in the candidate's past tense or as they stand;
    `after` says what every such question is after.
    """

    reasons: tuple[Reason, ...]
    told: str
    written: str
    questions: Mapping[str, str]
    after: str
