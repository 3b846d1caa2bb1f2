"""Labelled pairs of answers, and what the contradiction finder makes of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from evals.sets import DATASETS
from prepbot.analysis.contradictions import Candidate, ContradictionFinder
from prepbot.domain.contradiction import Contradiction, ContradictionKind, Quoted, Said
from prepbot.domain.metric import TrackedKpi
from prepbot.domain.role import Kpi
from prepbot.ports import Embedder
from prepbot.reading.catalogue import load_metrics
from prepbot.retrieval.embedding import MiniLmEmbedder

FILES = (
    "contradictions_rules.jsonl",
    "contradictions.jsonl",
    "contradictions_dev2.jsonl",
    "contradictions_held2.jsonl",
)
HELD = "held2"
"""The split whose texts nobody who works on the rules reads, where there is one: reported as aggregates only."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two answers of one candidate; `kind` is None where they agree. The quotes are the words that contradict."""

    id: str
    split: str
    earlier: Said
    later: Said
    kind: ContradictionKind | None
    quote_earlier: str
    quote_later: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair with what was found in it. `right` is the finding of the labelled kind that overlaps both quotes."""

    pair: Pair
    found: tuple[Contradiction, ...]

    @property
    def right(self) -> Contradiction | None:
        """The finding that is the labelled contradiction, None where there is none."""
        return next((one for one in self.found if is_labelled(one, self.pair)), None)


def load_pairs() -> tuple[Pair, ...]:
    """Every labelled pair, in the files' order."""
    lines = (line for name in FILES for line in (DATASETS / name).read_text(encoding="utf-8").splitlines())
    return tuple(_pair(json.loads(line)) for line in lines)


def catalogue() -> tuple[TrackedKpi, ...]:
    """Every KPI of the catalogue, as if one role named them all."""
    return tuple(TrackedKpi(Kpi(metric.name, "", 0), metric) for metric in load_metrics())


def shipped_finder(embedder: Embedder | None = None) -> ContradictionFinder:
    """The finder knowing every KPI of the catalogue, with the embedded model unless another embedder is given."""
    return ContradictionFinder(catalogue(), embedder or MiniLmEmbedder())


def judged(pairs: Sequence[Pair], finder: ContradictionFinder) -> tuple[Judged, ...]:
    """Each pair with its findings, surest first."""
    return tuple(Judged(pair, finder.find([pair.earlier], [pair.later])) for pair in pairs)


def _pair(row: dict[str, str]) -> Pair:
    kind = None if row["kind"] == "none" else ContradictionKind(row["kind"])
    earlier, later = Said(row["question_a"], row["a"], seq=1), Said(row["question_b"], row["b"], seq=2)
    return Pair(row["id"], row["split"], earlier, later, kind, row["quote_a"], row["quote_b"])


def is_labelled(one: Contradiction | Candidate, pair: Pair) -> bool:
    """Whether two claims are those that a pair is labelled for."""
    return (
        one.kind is pair.kind and _overlaps(one.earlier, pair.quote_earlier) and _overlaps(one.later, pair.quote_later)
    )


def _overlaps(quoted: Quoted, label: str) -> bool:
    start = quoted.said.text.find(label)
    return start >= 0 and quoted.span.start < start + len(label) and start < quoted.span.end
