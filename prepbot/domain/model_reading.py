"""What a language model proposes about a unit: yes or no to checks of the rubric, with words that code located.

A proposal is no verdict: what becomes of it is decided in hybrid.py.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from prepbot.domain.evidence import Span


class Point(StrEnum):
    """What a model is asked about a unit. But for causality these are checks of the rubric (checks.py)."""

    ON_QUESTION = "on_question"
    IN_FIELD = "in_field"
    OWN_PART = "own_part"
    CAUSALITY = "causality"
    KPI = "kpi_used"


@dataclass(frozen=True, slots=True)
class Decoy:
    """A check whose right answer is known to be no wherever none of its `words` stands in what was said."""

    text: str
    words: frozenset[str]

    def is_foreign_to(self, said: frozenset[str]) -> bool:
        """Whether none of its words is among those said, all in lower case."""
        return not self.words & said


@dataclass(frozen=True, slots=True)
class Decoys:
    """The decoys for a role: names of KPIs of other trades, and statements that no answer to it makes true."""

    kpis: tuple[Decoy, ...]
    statements: tuple[Decoy, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One yes or no of a model. A yes names the candidate's words, as code found them; `kpi` is set for a KPI alone.

    `reason` is the model's and is shown to nobody as ours.
    """

    point: Point
    holds: bool
    reason: str
    span: Span | None = None
    kpi: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """What a model said and code threw away. `about` is a point, a KPI, or the code that the model gave."""

    about: str
    quote: str
    why: str


@dataclass(frozen=True, slots=True)
class ModelReading:
    """A model's proposals about one unit, with all that made them.

    `model` is "provider:model", `prompt` the prompt's name and version with the hash of its file, `raw` the reply as it
    came. `not_used` says why nothing of it counts, and is empty where it does.
    """

    model: str
    prompt: str
    prompt_sha256: str
    raw: str
    proposals: tuple[Proposal, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    not_used: str = ""

    @property
    def engine(self) -> str:
        """The name under which it is kept: "openai:some-model analyst.v1"."""
        return f"{self.model} {self.prompt}"

    @property
    def of_first_answer(self) -> "ModelReading":
        """What of it is shown by words of the first answer."""
        return replace(self, proposals=tuple(one for one in self.proposals if one.span and one.span.turn == 0))
