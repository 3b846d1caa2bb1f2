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
        self._confusion_keys = [[form_key(text) for text in texts] for texts in confusions]
        texts = [text for group in self._said for text in group] + definitions
        texts += [text for group in confusions for text in group]
        self._vectors = embed_or_none(embedder, texts)
        self._said_ranges = _ranges([len(group) for group in self._said], 0)
        first_definition = sum(len(group) for group in self._said)
        self._definitions = slice(first_definition, first_definition + len(definitions))
        self._confusion_ranges = _ranges([len(group) for group in confusions], self._definitions.stop)

    def candidates(self, passage: Passage, named: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
        """Every plausible (clause, KPI) pair of a passage. `named` are the ranges of KPIs found by name."""
        for index, clauses in enumerate(passage.clauses):
            segment = passage.segments[index]
            units = list(zip(clauses, passage.clause_rows[index], strict=True))
            if 1 < len(clauses) <= 4 and len(segment.text.split()) <= 24:
                units.append((segment, index))
            for clause, row in units:
                yield from self._pairs(passage, clause, row, index, named)

    def _pairs(
        self, passage: Passage, clause: Segment, row: int, index: int, named: Sequence[tuple[int, int]]
    ) -> Iterator[Candidate]:
        key = form_key(clause.text)
        if len(key) < 2:
            return
        words = frozenset(key) - _FUNCTION_WORDS
        shared = _clause_features(clause, named)
        near = self._cosines(passage.vectors, row)
        segment_near = self._cosines(passage.vectors, index)
        overlaps = [_overlap(words, said) for said in self._words]
        for kpi in range(len(self._said)):
            if _contains_any(key, self._confusion_keys[kpi]):
                continue
            features = dict(shared)
            features |= _overlap_features(overlaps, kpi)
            described = self._described(kpi, passage.segments[index], clause)
            features |= {"described": described}
            far = near is None or near[kpi, 0] < 0.25
            if far and overlaps[kpi] < 0.3 and not described:
                continue
            if near is not None and segment_near is not None:
                features |= _cosine_features(near, segment_near, kpi)
            yield Candidate(kpi, clause, index, features)

    def has_patterns(self, kpi: int) -> bool:
        """Whether written patterns describe this KPI besides its paraphrases."""
        return bool(self._patterns[kpi])

    def _described(self, kpi: int, segment: Segment, clause: Segment) -> float:
        """1 where a pattern of the KPI matches mostly inside the clause."""
        for pattern in self._patterns[kpi]:
            for found in pattern.finditer(segment.text):
                start, end = found.start() + segment.start, found.end() + segment.start
                shared = min(end, clause.end) - max(start, clause.start)
                if shared >= 0.5 * (end - start):
                    return 1.0
        return 0.0

    def _cosines(self, vectors: Vectors | None, row: int) -> Vectors | None:
        """One row a KPI: best and mean-of-best-two cosine to its paraphrases, to its definition, to confusions."""
        if vectors is None or self._vectors is None:
            return None
        cosines = self._vectors @ vectors[row]
        table = np.zeros((len(self._said), 4), dtype=np.float32)
        definitions = cosines[self._definitions]
        for kpi, (said, confused) in enumerate(zip(self._said_ranges, self._confusion_ranges, strict=True)):
            best = np.sort(cosines[said])[::-1]
            table[kpi, 0] = best[0]
            table[kpi, 1] = best[:2].mean()
            table[kpi, 2] = definitions[kpi]
            table[kpi, 3] = cosines[confused].max() if confused.stop > confused.start else 0.0
        return table


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


def _contains_any(key: tuple[str, ...], phrases: Sequence[tuple[str, ...]]) -> bool:
    joined = " " + " ".join(key) + " "
    return any(phrase and f" {' '.join(phrase)} " in joined for phrase in phrases)


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
    others = np.delete(near, kpi, axis=0)
    rival = float(others[:, 0].max()) if len(others) else 0.0
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
