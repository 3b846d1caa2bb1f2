"""Find KPIs that are described without being named: clauses compared with written paraphrases by a pair scorer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from prepbot.analysis.cues import load_cues, word_list
from prepbot.analysis.passage import Passage, embed_or_none
from prepbot.analysis.sentences import Segment
from prepbot.analysis.words import form_key
from prepbot.domain.metric import TrackedKpi
from prepbot.ports import Embedder, Vectors

_FUNCTION_WORDS = word_list("common")
_FAR = 0.25  # below this cosine, and without shared words, a clause is no candidate
_FEW_WORDS = 0.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause that may stand for KPI `kpi`, with the features of the pair."""

    kpi: int
    clause: Segment
    segment: int
    features: dict[str, float]


class KpiProfiles:
    """What each KPI sounds like: vectors of its paraphrases, definition and confusions, and their words."""

    def __init__(self, tracked: Sequence[TrackedKpi], embedder: Embedder | None) -> None:
        self._said = [_said_as(kpi) for kpi in tracked]
        self._words = [[frozenset(form_key(text)) - _FUNCTION_WORDS for text in texts] for texts in self._said]
        described = load_cues().described
        self._patterns = [described.get(kpi.metric.id, ()) if kpi.metric else () for kpi in tracked]
        definitions = [f"{kpi.kpi.name}: {kpi.kpi.definition}" for kpi in tracked]
        confusions = [list(kpi.metric.confusions) if kpi.metric else [] for kpi in tracked]
        self._confusion_keys = [[f" {' '.join(form_key(text))} " for text in texts] for texts in confusions]
        texts = [text for group in self._said for text in group] + definitions
        texts += [text for group in confusions for text in group]
        self._vectors = embed_or_none(embedder, texts)
        self._said_ranges = _ranges([len(group) for group in self._said], 0)
        first_definition = sum(len(group) for group in self._said)
        self._definitions = slice(first_definition, first_definition + len(definitions))
        self._confusion_ranges = _ranges([len(group) for group in confusions], self._definitions.stop)

    def candidates(self, passage: Passage, named: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
        """Every plausible (clause, KPI) pair of a passage. `named` are the ranges of KPIs found by name."""
        tables = self._nearness(passage.vectors)
        for index, clauses in enumerate(passage.clauses):
            segment = passage.segments[index]
            described = [self._described(kpi, segment) for kpi in range(len(self._said))]
            units = list(zip(clauses, passage.clause_rows[index], strict=True))
            if 1 < len(clauses) <= 4 and len(segment.text.split()) <= 24:
                units.append((segment, index))
            for clause, row in units:
                near = None if tables is None else (tables[row], tables[index])
                yield from self._pairs(clause, index, near, described, named)

    def has_patterns(self, kpi: int) -> bool:
        """Whether written patterns describe this KPI besides its paraphrases."""
        return bool(self._patterns[kpi])

    def _pairs(
        self,
        clause: Segment,
        index: int,
        near: tuple[Vectors, Vectors] | None,
        described: Sequence[Sequence[tuple[int, int]]],
        named: Sequence[tuple[int, int]],
    ) -> Iterator[Candidate]:
        """The pairs of one clause; `near` holds its nearness table and its segment's."""
        key = form_key(clause.text)
        if len(key) < 2:
            return
        words = frozenset(key) - _FUNCTION_WORDS
        joined = f" {' '.join(key)} "
        shared = _clause_features(clause, named)
        overlaps = [_overlap(words, said) for said in self._words]
        for kpi, overlap in enumerate(overlaps):
            inside = any(_mostly_inside(range_, clause) for range_ in described[kpi])
            far = near is None or near[0][kpi, 0] < _FAR
            if far and overlap < _FEW_WORDS and not inside:
                continue
            if any(phrase in joined for phrase in self._confusion_keys[kpi]):
                continue
            features = shared | _overlap_features(overlaps, kpi) | {"described": float(inside)}
            if near is not None:
                features |= _cosine_features(*near, kpi)
            yield Candidate(kpi, clause, index, features)

    def _described(self, kpi: int, segment: Segment) -> list[tuple[int, int]]:
        """Where a pattern of the KPI matches in the segment, as offsets of the plain text."""
        return [
            (found.start() + segment.start, found.end() + segment.start)
            for pattern in self._patterns[kpi]
            for found in pattern.finditer(segment.text)
        ]

    def _nearness(self, vectors: Vectors | None) -> Vectors | None:
        """For each vector and KPI: best cosine to its paraphrases, mean of the best two, to definition, confusions.

        Shape (vectors, KPIs, 4); None without a model.
        """
        if vectors is None or self._vectors is None:
            return None
        cosines = vectors @ self._vectors.T
        table = np.zeros((len(vectors), len(self._said), 4), dtype=np.float32)
        table[:, :, 2] = cosines[:, self._definitions]
        for kpi, (said, confused) in enumerate(zip(self._said_ranges, self._confusion_ranges, strict=True)):
            ordered = np.sort(cosines[:, said], axis=1)
            table[:, kpi, 0] = ordered[:, -1]
            table[:, kpi, 1] = ordered[:, -2:].mean(axis=1)
            if confused.stop > confused.start:
                table[:, kpi, 3] = cosines[:, confused].max(axis=1)
        return table


def _mostly_inside(found: tuple[int, int], clause: Segment) -> bool:
    return min(found[1], clause.end) - max(found[0], clause.start) >= 0.5 * (found[1] - found[0])


def _said_as(tracked: TrackedKpi) -> list[str]:
    """How people say a KPI; for one the catalogue lacks, its definition and name are all there is."""
    metric = tracked.metric
    if metric is None:
        return [tracked.kpi.definition or tracked.kpi.name, tracked.kpi.name]
    return [*metric.paraphrases, *metric.inverse, metric.name]


def _ranges(sizes: Sequence[int], start: int) -> list[slice]:
    ends = np.cumsum([start, *sizes])
    return [slice(int(a), int(b)) for a, b in pairwise(ends)]


def _overlap(words: frozenset[str], said: Sequence[frozenset[str]]) -> float:
    """The largest share of one paraphrase's content words that the clause holds."""
    return max((len(words & other) / len(other) for other in said if len(other) > 1), default=0.0)


def _clause_features(clause: Segment, named: Sequence[tuple[int, int]]) -> dict[str, float]:
    """Features of the clause alone."""
    cues = load_cues()
    count = len(clause.text.split())
    text = clause.text.lower()
    return {
        "words": min(count, 30) / 30,
        "short": float(count <= 4),
        "digit": float(any(char.isdigit() for char in text)),
        "how": float(text.startswith(("how ", "what ", "the share", "the part", "the portion", "fewer", "more"))),
        "better_worse": float(bool(cues.sentence["better_worse"].search(text))),
        "change": float(bool(cues.level["change"].search(text))),
        "first_person": float(
            bool(cues.sentence["i_past_verb"].search(text) or cues.sentence["would_verb"].search(text))
        ),
        "holds_name": float(any(clause.start < end and start < clause.end for start, end in named)),
    }


def _overlap_features(overlaps: Sequence[float], kpi: int) -> dict[str, float]:
    other = max((value for index, value in enumerate(overlaps) if index != kpi), default=0.0)
    return {"overlap": overlaps[kpi], "overlap_margin": overlaps[kpi] - other}


def _cosine_features(near: Vectors, segment_near: Vectors, kpi: int) -> dict[str, float]:
    """How near the clause comes to this KPI, and how much nearer than to any other."""
    rival = max((float(value) for index, value in enumerate(near[:, 0]) if index != kpi), default=0.0)
    best = float(near[kpi, 0])
    return {
        "best": best,
        "best_squared": best * best,
        "best_two": float(near[kpi, 1]),
        "definition": float(near[kpi, 2]),
        "margin": best - rival,
        "first": float(best > rival),
        "confusion": float(near[kpi, 3]),
        "confusion_margin": best - float(near[kpi, 3]),
        "segment_best": float(segment_near[kpi, 0]),
        "in_segment": best - float(segment_near[kpi, 0]),
    }
