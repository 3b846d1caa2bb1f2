"""What was heard in an answer beside its evidence, stored with it so that later stages can take it up."""

from dataclasses import dataclass
from enum import StrEnum

from prepbot.domain.contradiction import ContradictionKind
from prepbot.domain.evidence import Span


class ClaimKind(StrEnum):
    """What a claim is about."""

    KPI = "kpi"
    FIGURE = "figure"
    RESULT = "result"
    PERIOD = "period"
    DEED = "deed"


@dataclass(frozen=True, slots=True)
class HeardClaim:
    """A claim in the answer. `number` is the figure in it, `bound_to` what the figure is of; see domain.notes.Claim."""

    kind: ClaimKind
    span: Span
    kpi: str = ""
    number: Span | None = None
    bound_to: str = ""
    large: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Words of the answer that do not go with words of an earlier one, whose event is `earlier_seq`.

    `sureness` is between 0 and 100, for ranking; it is no probability.
    """

    kind: ContradictionKind
    earlier_seq: int
    earlier: Span
    later: Span
    sureness: int


@dataclass(frozen=True, slots=True)
class Heard:
    """Everything that a later stage may ask about; `decisions` were told without their price."""

    claims: tuple[HeardClaim, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    decisions: tuple[Span, ...] = ()


NOTHING = Heard()
