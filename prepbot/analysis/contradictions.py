"""Find what a candidate said in an earlier answer and contradicts now: figures, periods, and who did it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from prepbot.analysis.deed_claims import Deed, deeds_of
from prepbot.analysis.deed_conflicts import deeds_disagree, told_before
from prepbot.analysis.figure_claims import Figure, figures_of
from prepbot.analysis.figure_conflicts import figures_disagree
from prepbot.analysis.kpi_names import KpiNames
from prepbot.analysis.period_conflicts import Period, periods_disagree, periods_of
from prepbot.analysis.remarks import Reading, Remark, read
from prepbot.domain.contradiction import Contradiction, ContradictionKind, Said
from prepbot.domain.metric import TrackedKpi
from prepbot.errors import ModelUnavailable
from prepbot.ports import Embedder

SURE_ENOUGH: Mapping[ContradictionKind, float] = {
    ContradictionKind.FIGURE: 0.25,
    ContradictionKind.PERIOD: 0.3,
    ContradictionKind.OWNERSHIP: 0.5,
}
"""The least sureness of a finding: a wrong accusation costs more than a miss, so precision comes first."""
_MOST = 60
"""Claims of one kind that are compared in one answer: nobody says more in one turn."""
_ANSWERS_KEPT = 256  # every answer is compared with all before it, and is read for that once


class _Claim(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def remark(self) -> Remark: ...


_C = TypeVar("_C", bound=_Claim)


@dataclass(frozen=True, slots=True)
class _Claims:
    """An answer with everything in it that can be contradicted."""

    reading: Reading
    figures: tuple[Figure, ...]
    periods: tuple[Period, ...]
    deeds: tuple[Deed, ...]


class ContradictionFinder:
    """Compares answers. Words alone are enough; an embedder adds how near two sentences are in meaning."""

    def __init__(self, tracked: Sequence[TrackedKpi] = (), embedder: Embedder | None = None) -> None:
        self._names = KpiNames(tracked)
        self._embedder = embedder
        self._claims = lru_cache(maxsize=_ANSWERS_KEPT)(self._claims_in)

    def find(self, earlier: Sequence[Said], later: Sequence[Said]) -> tuple[Contradiction, ...]:
        """The contradictions between two sets of answers, surest first; a sentence stands in one of them at most.

        An answer is compared neither with itself nor with the same words said again. Never raises for any string.
        """
        before, now = [self._claims(said) for said in earlier], [self._claims(said) for said in later]
        pairs = [(a, b) for a in before for b in now if a.reading.said.text != b.reading.said.text]
        found = [one for a, b in pairs for one in self._between(a, b) if one.sureness >= SURE_ENOUGH[one.kind]]
        return tuple(_once_each(found))

    def _claims_in(self, said: Said) -> _Claims:
        reading = read(said)
        figures = figures_of(reading, self._names)[:_MOST]
        return _Claims(reading, figures, periods_of(reading)[:_MOST], deeds_of(reading)[:_MOST])

    def _between(self, a: _Claims, b: _Claims) -> Iterator[Contradiction]:
        def deeds_apart(one: Deed, other: Deed, likeness: float) -> float:
            return 0.0 if told_before(one, other, a.deeds, b.deeds) else deeds_disagree(one, other, likeness)

        left, right = a.reading, b.reading
        yield from self._compared(ContradictionKind.FIGURE, left, right, a.figures, b.figures, figures_disagree)
        yield from self._compared(ContradictionKind.PERIOD, left, right, a.periods, b.periods, periods_disagree)
        yield from self._compared(ContradictionKind.OWNERSHIP, left, right, a.deeds, b.deeds, deeds_apart)

    def _compared(
        self,
        kind: ContradictionKind,
        left: Reading,
        right: Reading,
        ones: Sequence[_C],
        others: Sequence[_C],
        disagree: Callable[[_C, _C, float], float],
    ) -> Iterator[Contradiction]:
        for one in ones:
            for other in others:
                sureness = disagree(one, other, 0.0)
                if sureness > 0 and self._embedder is not None:
                    sureness = disagree(one, other, self._likeness(one.remark.text, other.remark.text))
                if sureness > 0:
                    earlier, later = left.quoted(one.start, one.end), right.quoted(other.start, other.end)
                    yield Contradiction(kind, earlier, later, sureness)

    def _likeness(self, one: str, other: str) -> float:
        """The cosine of two sentences, 0 where the model is not to be had: words decide alone then."""
        if self._embedder is None:
            return 0.0
        try:
            left, right = self._embedder.embed([one, other])
        except ModelUnavailable:
            return 0.0
        return float(left @ right)


def _once_each(found: Sequence[Contradiction]) -> Iterator[Contradiction]:
    """The surest finding of each stretch of an answer: nothing is asked about twice."""
    taken: set[tuple[int, int, int, int]] = set()
    ranked = sorted(found, key=lambda one: (-one.sureness, one.earlier.said.seq, one.later.said.seq, one.earlier.span))
    for one in ranked:
        ends = {(q.said.seq, q.span.turn, q.span.start, q.span.end) for q in (one.earlier, one.later)}
        if not ends & taken:
            taken |= ends
            yield one
