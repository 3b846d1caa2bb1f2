"""The rules' own ear for later stages: claims, decisions, and contradictions with what was said before."""

from collections.abc import Sequence

from prepbot.analysis.claims import FigureReader, arguable_decisions
from prepbot.analysis.contradictions import WRITTEN_IN, ContradictionFinder
from prepbot.domain.contradiction import Contradiction, Said
from prepbot.domain.heard import Conflict, Heard, HeardClaim
from prepbot.domain.metric import TrackedKpi
from prepbot.domain.notes import Claim
from prepbot.ports import Embedder


class RulesListener:
    """Satisfies ports.Listener for the KPIs of one role."""

    def __init__(
        self, tracked: Sequence[TrackedKpi] = (), embedder: Embedder | None = None, this_year: int = WRITTEN_IN
    ) -> None:
        self._read = FigureReader(tracked)
        self._finder = ContradictionFinder(tracked, embedder, this_year)

    def listen(self, earlier: Sequence[Said], now: Said) -> Heard:
        """What a later stage may take up of the answer `now`. Never raises for any string."""
        return Heard(
            claims=tuple(_heard(claim) for claim in self._read(now)),
            conflicts=tuple(_conflict(found) for found in self._finder.find(earlier, [now])),
            decisions=tuple(quoted.span for quoted in arguable_decisions([now])),
        )


def _heard(claim: Claim) -> HeardClaim:
    return HeardClaim(claim.kind, claim.quoted.span, claim.kpi, claim.number, claim.bound_to, claim.large)


def _conflict(found: Contradiction) -> Conflict:
    earlier, later = found.earlier, found.later
    return Conflict(found.kind, earlier.said.seq, earlier.span, later.span, round(100 * found.sureness))
