"""An answer made ready for reading: plain text, words, segments, clauses, quantities and the answer model's scores."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from prepbot.analysis.normalise import PlainText
from prepbot.analysis.quantities import Quantity, quantities_of
from prepbot.analysis.sentences import Segment, clauses_of
from prepbot.analysis.words import Word, words_of
from prepbot.errors import ModelUnavailable
from prepbot.ports import AnswerScorer, AnswerScores, KpiTexts

_FEW_CLAUSES = 4
_FEW_WORDS = 24


@dataclass(frozen=True, slots=True)
class Unit:
    """The words that may stand for a KPI: a clause, or a short segment as a whole. `segment` is where it stands."""

    text: Segment
    segment: int


@dataclass(frozen=True, slots=True)
class Passage:
    """What is left of an answer once text for the grader is set aside.

    `clauses[i]` belong to `segments[i]`. The rows of `scores.parts` are the segments, those of `scores.kpis` the
    units. `scores` is None without the answer model.
    """

    plain: PlainText
    segments: tuple[Segment, ...]
    clauses: tuple[tuple[Segment, ...], ...]
    units: tuple[Unit, ...]
    words: tuple[Word, ...]
    quantities: tuple[Quantity, ...]
    scores: AnswerScores | None = None


def prepare(plain: PlainText, segments: Sequence[Segment]) -> Passage:
    """The passage of `segments` of `plain`, not scored yet."""
    clauses = tuple(clauses_of(segment) for segment in segments)
    units: list[Unit] = []
    for index, (segment, parts) in enumerate(zip(segments, clauses, strict=True)):
        units += [Unit(part, index) for part in parts]
        if 1 < len(parts) <= _FEW_CLAUSES and len(segment.text.split()) <= _FEW_WORDS:
            units.append(Unit(segment, index))
    words = tuple(word for word in words_of(plain.text) if _inside(word.start, segments))
    quantities = tuple(q for q in quantities_of(plain.text) if _inside(q.start, segments))
    return Passage(plain, tuple(segments), clauses, tuple(units), words, quantities)


def scored(
    passage: Passage, question: str, kind: str, kpis: KpiTexts, scorer: AnswerScorer | None, *, topic: bool = True
) -> Passage:
    """The passage with the model's scores; as it is where there is no model or it fails.

    Without `topic` the directions that only relevance is judged by are left out, which saves a third of the time.
    """
    if scorer is None or not passage.segments:
        return passage
    segments = [(segment.start, segment.end) for segment in passage.segments]
    units = [(unit.text.start, unit.text.end) for unit in passage.units]
    try:
        scores = scorer.score(question, kind, passage.plain.text, segments, units, kpis, topic=topic)
    except ModelUnavailable:
        return passage
    return replace(passage, scores=scores)


def _inside(offset: int, segments: Sequence[Segment]) -> bool:
    return any(segment.start <= offset < segment.end for segment in segments)
