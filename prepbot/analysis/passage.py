"""An answer made ready for reading: plain text, words, segments, clauses, quantities and their vectors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from prepbot.analysis.normalise import PlainText
from prepbot.analysis.quantities import Quantity, quantities_of
from prepbot.analysis.sentences import Segment, clauses_of
from prepbot.analysis.words import Word, words_of
from prepbot.errors import ModelUnavailable
from prepbot.ports import Embedder, Vectors

_NEARLY_WHOLE = 0.75  # a clause this long has its segment's vector: embedding takes most of the time


@dataclass(frozen=True, slots=True)
class Passage:
    """What is left of an answer once text for the grader is set aside.

    `clauses[i]` belong to `segments[i]`. `vectors` has one row a segment, then one a clause that is much shorter
    than its segment; `clause_rows[i][j]` is the row of a clause. None without an embedding model.
    """

    plain: PlainText
    segments: tuple[Segment, ...]
    clauses: tuple[tuple[Segment, ...], ...]
    words: tuple[Word, ...]
    quantities: tuple[Quantity, ...]
    vectors: Vectors | None
    clause_rows: tuple[tuple[int, ...], ...]

    @property
    def segment_vectors(self) -> Vectors | None:
        """The rows of `vectors` that belong to whole segments."""
        return None if self.vectors is None else self.vectors[: len(self.segments)]


def prepare(plain: PlainText, segments: Sequence[Segment], embedder: Embedder | None) -> Passage:
    """The passage of `segments` of `plain`, embedded in one call."""
    clauses = tuple(clauses_of(segment) for segment in segments)
    texts = [segment.text for segment in segments]
    rows: list[tuple[int, ...]] = []
    for index, parts in enumerate(clauses):
        row = []
        for part in parts:
            own = len(part.text) < _NEARLY_WHOLE * len(segments[index].text)
            row.append(len(texts) if own else index)
            if own:
                texts.append(part.text)
        rows.append(tuple(row))
    words = tuple(word for word in words_of(plain.text) if _inside(word.start, segments))
    quantities = tuple(q for q in quantities_of(plain.text) if _inside(q.start, segments))
    vectors = embed_or_none(embedder, texts)
    return Passage(plain, tuple(segments), clauses, words, quantities, vectors, tuple(rows))


def embed_or_none(embedder: Embedder | None, texts: Sequence[str]) -> Vectors | None:
    """The vectors of `texts`, or None where there is no model or nothing to embed."""
    if embedder is None or not texts:
        return None
    try:
        return np.asarray(embedder.embed(texts), dtype=np.float32)
    except ModelUnavailable:
        return None


def _inside(offset: int, segments: Sequence[Segment]) -> bool:
    return any(segment.start <= offset < segment.end for segment in segments)
