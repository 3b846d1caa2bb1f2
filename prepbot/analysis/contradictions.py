"""Find what a candidate said in an earlier answer and contradicts now: figures, periods, and who did it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from prepbot.analysis.contradiction_sureness import Signs, load_sureness
from prepbot.analysis.deed_claims import Deed, deeds_of
from prepbot.analysis.deed_conflicts import deed_signs, told_before
from prepbot.analysis.figure_claims import Figure, figures_of
from prepbot.analysis.figure_conflicts import figure_signs, figures_told_twice
from prepbot.analysis.kpi_names import KpiNames
from prepbot.analysis.period_claims import Period, When, periods_of
from prepbot.analysis.period_conflicts import period_signs, periods_told_twice
from prepbot.analysis.remarks import Reading, Remark, read
from prepbot.domain.contradiction import Contradiction, ContradictionKind, Quoted, Said
from prepbot.domain.metric import TrackedKpi
from prepbot.errors import ModelUnavailable
from prepbot.ports import Embedder

WRITTEN_IN = 2025
"""The year that answers are taken to be given in where nobody says."""
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
class Candidate:
    """Two claims that cannot both be so if they are of one thing, the sentences that hold them, and what speaks for it.

    `compared` is how they were compared, `kind` what they contradict in: how long a task takes each time is a figure.
    """

    compared: ContradictionKind
    kind: ContradictionKind
    earlier: Quoted
    later: Quoted
    sentences: tuple[str, str]
    signs: Signs


@dataclass(frozen=True, slots=True)
class _Claims:
    """An answer with everything in it that can be contradicted."""

    reading: Reading
    figures: tuple[Figure, ...]
    periods: tuple[Period, ...]
    deeds: tuple[Deed, ...]


class ContradictionFinder:
    """Compares answers. Words alone are enough; the embedder that the regressions know adds nearness in meaning.

    `this_year` is the year that answers are given in.
    """

    def __init__(
        self, tracked: Sequence[TrackedKpi] = (), embedder: Embedder | None = None, this_year: int = WRITTEN_IN
    ) -> None:
        self._names = KpiNames(tracked)
        self._this_year = this_year
        self._sureness = load_sureness()
        known = embedder is not None and embedder.version == self._sureness.embedder
        self._embedder = embedder if known else None
        self._claims = lru_cache(maxsize=_ANSWERS_KEPT)(self._claims_in)

    def find(self, earlier: Sequence[Said], later: Sequence[Said]) -> tuple[Contradiction, ...]:
        """The contradictions between two sets of answers, surest first; a sentence stands in one of them at most.

        An answer is compared neither with itself nor with the same words said again. Never raises for any string.
        """
        candidates = [one for a in earlier for b in later for one in self.candidates(a, b)]
        judged = ((one, self._how_sure(one)) for one in candidates)
        return tuple(
            _once_each([Contradiction(one.kind, one.earlier, one.later, sure) for one, sure in judged if sure])
        )

    def candidates(self, earlier: Said, later: Said) -> Iterator[Candidate]:
        """Every two claims of two answers that cannot both be so if they are of one thing."""
        if earlier.text == later.text:
            return
        a, b = self._claims(earlier), self._claims(later)

        def signs_of_figures(one: Figure, other: Figure) -> Signs | None:
            signs = figure_signs(one, other)
            return None if signs and figures_told_twice(one, other, a.figures, b.figures) else signs

        def signs_of_periods(one: Period, other: Period) -> Signs | None:
            signs = period_signs(one, other)
            return None if signs and periods_told_twice(one, other, a.periods, b.periods) else signs

        def signs_of_deeds(one: Deed, other: Deed) -> Signs | None:
            signs = deed_signs(one, other)
            return None if signs and told_before(one, other, a.deeds, b.deeds) else signs

        left, right = a.reading, b.reading
        yield from _compared(ContradictionKind.FIGURE, left, right, a.figures, b.figures, signs_of_figures)
        yield from _compared(ContradictionKind.PERIOD, left, right, a.periods, b.periods, signs_of_periods)
        yield from _compared(ContradictionKind.OWNERSHIP, left, right, a.deeds, b.deeds, signs_of_deeds)

    def _claims_in(self, said: Said) -> _Claims:
        reading = read(said)
        figures = figures_of(reading, self._names)[:_MOST]
        return _Claims(reading, figures, periods_of(reading, self._this_year)[:_MOST], deeds_of(reading)[:_MOST])

    def _how_sure(self, one: Candidate) -> float:
        if self._embedder is None:
            return self._sureness.of(one.compared, one.signs)
        if not self._sureness.possible(one.compared, one.signs):
            return 0.0
        try:
            left, right = self._embedder.embed(one.sentences)
        except ModelUnavailable:
            return self._sureness.of(one.compared, one.signs)
        return self._sureness.of(one.compared, one.signs, float(left @ right))


def _compared(
    kind: ContradictionKind,
    left: Reading,
    right: Reading,
    ones: Sequence[_C],
    others: Sequence[_C],
    signs_of: Callable[[_C, _C], Signs | None],
) -> Iterator[Candidate]:
    for one in ones:
        for other in others:
            signs = signs_of(one, other)
            if signs is not None:
                earlier, later = left.quoted(one.start, one.end), right.quoted(other.start, other.end)
                routine = getattr(one, "when", None) is When.ROUTINE or getattr(other, "when", None) is When.ROUTINE
                said_of = ContradictionKind.FIGURE if routine else kind
                yield Candidate(kind, said_of, earlier, later, (one.remark.text, other.remark.text), signs)


def _once_each(found: Sequence[Contradiction]) -> Iterator[Contradiction]:
    """The surest finding of each stretch of an answer, and of each kind between two answers: nothing is asked twice.

    Who contradicts one sentence mostly says so in the next one too.
    """
    taken: set[tuple[object, ...]] = set()
    for one in sorted(found, key=_rank):
        ends = {(q.said.seq, q.span.turn, q.span.start, q.span.end) for q in (one.earlier, one.later)}
        claimed = {*ends, (one.kind, one.earlier.said, one.later.said)}
        if not claimed & taken:
            taken |= claimed
            yield one


def _rank(one: Contradiction) -> tuple[object, ...]:
    """Surest first; of equally sure ones always the same, whoever of the two answers came first."""
    words = sorted((one.earlier.words, one.later.words))
    return (-round(one.sureness, 9), words, one.earlier.said.seq, one.later.said.seq, one.earlier.span)
