"""Two things a candidate said that cannot both be so, each in words cut from its own answer."""

from dataclasses import dataclass
from enum import StrEnum

from prepbot.domain.evidence import Span
from prepbot.domain.quoting import quotation


class ContradictionKind(StrEnum):
    """What two answers disagree about."""

    FIGURE = "figure"
    PERIOD = "period"
    OWNERSHIP = "ownership"


@dataclass(frozen=True, slots=True)
class Said:
    """One answer beside what it replies to. `seq` is the answer's event, `stage` its place in the plan.

    `turn` counts the answers of a question as spans do: 0 for the first.
    """

    question: str
    text: str
    seq: int = 0
    stage: int = 0
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch of one answer, cut by code."""

    said: Said
    span: Span

    @property
    def words(self) -> str:
        """The candidate's own words, as typed."""
        return self.span.cut(self.said.text)

    @property
    def short(self) -> str:
        """The words as a question quotes them: whole clauses on one line; never empty where the span holds words."""
        return quotation(self.span, self.said.text) or " ".join(self.words.split())


@dataclass(frozen=True, slots=True)
class Contradiction:
    """An earlier and a later claim that disagree. `sureness` is between 0 and 1, for ranking; it is no probability."""

    kind: ContradictionKind
    earlier: Quoted
    later: Quoted
    sureness: float
