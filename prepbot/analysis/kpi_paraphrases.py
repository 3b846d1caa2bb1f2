"""Find KPIs that are described without being named: every clause beside every KPI, judged by a pair scorer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prepbot.analysis.cues import load_cues, word_list
from prepbot.analysis.passage import Passage, Unit
from prepbot.analysis.sentences import Segment
from prepbot.analysis.words import form_key
from prepbot.domain.metric import TrackedKpi
from prepbot.ports import KpiTexts, Vectors

_FUNCTION_WORDS = word_list("common")
_FAR = 0.2  # below this cosine, and without shared words, a clause is no candidate
_FEW_WORDS = 0.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause that may stand for KPI `kpi`, with the features of the pair. `unit` is its row in the scores."""

    kpi: int
    clause: Segment
    segment: int
    unit: int
    features: dict[str, float]


class KpiProfiles:
    """What each KPI sounds like: its texts, their words, patterns, and phrases that only sound like it."""

    def __init__(self, tracked: Sequence[TrackedKpi]) -> None:
        self.texts: KpiTexts = tuple(_said_as(kpi) for kpi in tracked)
        self._words = [[frozenset(form_key(text)) - _FUNCTION_WORDS for text in texts] for texts in self.texts]
        described = load_cues().described
        self._patterns = [described.get(kpi.metric.id, ()) if kpi.metric else () for kpi in tracked]
        confusions = [kpi.metric.confusions if kpi.metric else () for kpi in tracked]
        self._confusion_keys = [[f" {' '.join(form_key(text))} " for text in texts] for texts in confusions]

    def candidates(self, passage: Passage, named: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
        """Every plausible (clause, KPI) pair of a passage. `named` are the ranges of KPIs found by name."""
        described = [[self._described(kpi, segment) for kpi in range(len(self.texts))] for segment in passage.segments]
        for row, unit in enumerate(passage.units):
            near = None if passage.scores is None else passage.scores.kpis[row]
            yield from self._pairs(unit, row, near, described[unit.segment], named)

    def _pairs(
        self,
        unit: Unit,
        row: int,
        near: Vectors | None,
        described: Sequence[Sequence[tuple[int, int]]],
        named: Sequence[tuple[int, int]],
    ) -> Iterator[Candidate]:
        """The pairs of one clause; `near` holds its cosines to each KPI, shape (KPIs, 2)."""
        clause = unit.text
        key = form_key(clause.text)
        if len(key) < 2:
            return
        words = frozenset(key) - _FUNCTION_WORDS
        joined = f" {' '.join(key)} "
        shared = _clause_features(clause, named)
        overlaps = [_overlap(words, said) for said in self._words]
        for kpi, overlap in enumerate(overlaps):
            inside = any(_mostly_inside(range_, clause) for range_ in described[kpi])
            far = near is None or float(near[kpi].max()) < _FAR
            if far and overlap < _FEW_WORDS and not inside:
                continue
            if any(phrase in joined for phrase in self._confusion_keys[kpi]):
                continue
            features = shared | _overlap_features(overlaps, kpi) | {"described": float(inside)}
            if near is not None:
                features |= _nearness_features(near, kpi)
            yield Candidate(kpi, clause, unit.segment, row, features)

    def _described(self, kpi: int, segment: Segment) -> list[tuple[int, int]]:
        """Where a pattern of the KPI matches in the segment, as offsets of the plain text."""
        return [
            (found.start() + segment.start, found.end() + segment.start)
            for pattern in self._patterns[kpi]
            for found in pattern.finditer(segment.text)
        ]


def _mostly_inside(found: tuple[int, int], clause: Segment) -> bool:
    return min(found[1], clause.end) - max(found[0], clause.start) >= 0.5 * (found[1] - found[0])


def _said_as(tracked: TrackedKpi) -> tuple[str, ...]:
    """How people say a KPI; for one that the catalogue lacks, its name and definition are all there is."""
    page = f"{tracked.kpi.name}: {tracked.kpi.definition}" if tracked.kpi.definition else tracked.kpi.name
    metric = tracked.metric
    if metric is None:
        return tuple(dict.fromkeys((page, tracked.kpi.definition or tracked.kpi.name, tracked.kpi.name)))
    return tuple(dict.fromkeys((page, metric.name, *metric.paraphrases, *metric.inverse)))


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


def _nearness_features(near: Vectors, kpi: int) -> dict[str, float]:
    """How near the clause comes to this KPI, and how much nearer than to any other."""
    middle, best = float(near[kpi, 0]), float(near[kpi, 1])
    rivals = [row for row in range(len(near)) if row != kpi]
    rival = float(near[rivals, 0].max()) if rivals else 0.0
    return {
        "mean": middle,
        "mean_squared": middle * middle,
        "nearest": best,
        "margin": middle - rival,
        "first": float(middle > rival),
        "nearest_margin": best - (float(near[rivals, 1].max()) if rivals else 0.0),
    }
