"""An answer cut at every boundary of its evidence, so that a page or a file can mark the words that earned points."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from prepbot.domain.evidence import Evidence, KpiLevel, KpiReference, Part, Span
from prepbot.domain.rubric import relevance_level


class MarkKind(StrEnum):
    """What a mark says of the words under it. The order is the order of drawing, outermost first."""

    SET_ASIDE = "set_aside"
    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"
    REFLECTION = "reflection"
    KPI = "kpi"

    @property
    def label(self) -> str:
        """The mark's name as a reader sees it."""
        return _LABELS.get(self, self.value.capitalize())

    @property
    def letter(self) -> str:
        """The letter that stands before a part of the structure; empty for a KPI and for words set aside."""
        return _LETTERS.get(self, "")


_LABELS = {
    MarkKind.SET_ASIDE: "Set aside: neither helps nor harms",
    MarkKind.REFLECTION: "Looking back",
    MarkKind.KPI: "KPI",
}
_LETTERS = {
    MarkKind.SITUATION: "S",
    MarkKind.TASK: "T",
    MarkKind.ACTION: "A",
    MarkKind.RESULT: "R",
    MarkKind.REFLECTION: "L",
}
_KINDS = tuple(MarkKind)

LEVEL_LABELS: dict[KpiLevel, str] = {
    KpiLevel.MENTIONED: "mentioned",
    KpiLevel.USED: "put to use",
    KpiLevel.QUANTIFIED: "with a number",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark on an answer. `reference` is set for a KPI alone."""

    kind: MarkKind
    span: Span
    reference: KpiReference | None = None

    @property
    def label(self) -> str:
        """What the mark says, in words: "Situation", "Conversion Rate, with a number"."""
        if self.reference is None:
            return self.kind.label
        return f"{self.reference.kpi}, {LEVEL_LABELS[self.reference.level]}"


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words under the same marks.

    `marks` are in drawing order, outermost first. `opens` are those that begin with this segment (a letter stands
    before it), `closes` those that end with it (a KPI's dot stands after it).
    """

    text: str
    start: int
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()
    closes: tuple[Mark, ...] = ()


def marks(evidence: Evidence, turn: int = 0) -> tuple[Mark, ...]:
    """The marks that `evidence` puts on the answer of one turn, in drawing order.

    Where nothing of a unit counts, only what was set aside is marked: any other mark means credit.
    """
    if relevance_level(evidence) == 0:
        evidence = Evidence(evidence.words, evidence.relevance, set_aside=evidence.set_aside, flags=evidence.flags)
    parts = (Mark(MarkKind(part.value), span) for part in Part if (span := evidence.part(part)))
    found = [
        *(Mark(MarkKind.SET_ASIDE, span) for span in evidence.set_aside),
        *parts,
        *([Mark(MarkKind.REFLECTION, evidence.reflection)] if evidence.reflection else []),
        *(Mark(MarkKind.KPI, reference.span, reference) for reference in evidence.kpis),
    ]
    return tuple(mark for mark in found if mark.span.turn == turn)


def segments(answer: str, marked: Iterable[Mark]) -> tuple[Segment, ...]:
    """Cut `answer` at every boundary of its marks.

    The segments' texts joined are the answer, code point for code point. A mark that reaches beyond the answer is
    cut at its end; one that lies wholly beyond it is left out.
    """
    ordered = sorted(
        (mark for mark in marked if mark.span.start < len(answer)),
        key=lambda mark: (_KINDS.index(mark.kind), mark.span),
    )
    cuts = sorted({0, len(answer), *(cut for mark in ordered for cut in _bounds(mark, answer))})
    return tuple(_segment(answer, start, end, ordered) for start, end in pairwise(cuts))


def _bounds(mark: Mark, answer: str) -> tuple[int, int]:
    return mark.span.start, min(mark.span.end, len(answer))


def _segment(answer: str, start: int, end: int, ordered: list[Mark]) -> Segment:
    over = tuple(mark for mark in ordered if _bounds(mark, answer)[0] <= start and end <= _bounds(mark, answer)[1])
    return Segment(
        answer[start:end],
        start,
        over,
        tuple(mark for mark in over if _bounds(mark, answer)[0] == start),
        tuple(mark for mark in over if _bounds(mark, answer)[1] == end),
    )
