"""Does a question to the role page find its line? Vectors, beside word search as the floor."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals import retrieval
from evals.bootstrap import Counts, difference, figure
from evals.suite import FloorValue, Measured, Options, Result, WorstCase
from evals.values import share
from prepbot.reading.library import find_role
from prepbot.retrieval.embedding import MiniLmEmbedder
from prepbot.retrieval.index import ChromaIndex
from prepbot.retrieval.lexical import LexicalIndex

Ranks = Sequence[int | None]
_FIGURES = ("recall@1", "recall@3", "recall@5", "MRR@10")


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Recall and mean reciprocal rank over the development queries; every query is a cluster of its own."""

    name: str = "retrieval"

    def run(self, options: Options) -> Result:
        """Chroma with MiniLM, the floor being BM25. Nothing for another role than the one that has queries."""
        if options.role not in (None, retrieval.ROLE):
            return Result(notes=(f"queries exist for {retrieval.ROLE} only",))
        queries = retrieval.load_queries()
        vectors, words = _ranks(queries)
        figures = tuple(_measured(name, vectors, words, [query.text for query in queries]) for name in _FIGURES)
        return Result(figures, worst=tuple(_worst(queries, vectors)))


def _ranks(queries: Sequence[retrieval.Query]) -> tuple[Ranks, Ranks]:
    role, _ = find_role(retrieval.ROLE)
    with tempfile.TemporaryDirectory() as folder:
        chroma = ChromaIndex(Path(folder), MiniLmEmbedder())
        try:
            return retrieval.ranks(chroma, role, queries), retrieval.ranks(LexicalIndex(), role, queries)
        finally:
            chroma.close()


def _measured(name: str, ours: Ranks, floor: Ranks, groups: Sequence[str]) -> Measured:
    counts, others = _counts(name, ours), _counts(name, floor)
    above = difference(counts, others, groups, share)
    floors = {"BM25": FloorValue(float(share(others.sum(axis=0))), above)}
    return Measured(name, retrieval.DATASET.stem, figure(counts, groups, share, len(groups)), floors)


def _counts(name: str, ranks: Ranks) -> Counts:
    if name == "MRR@10":
        return np.array([[1 / rank if rank else 0.0, 1.0] for rank in ranks])
    depth = int(name.split("@")[1])
    return np.array([[float(rank is not None and rank <= depth), 1.0] for rank in ranks])


def _worst(queries: Sequence[retrieval.Query], ranks: Ranks) -> list[WorstCase]:
    late = [(rank or retrieval.DEPTH + 1, query) for query, rank in zip(queries, ranks, strict=True) if rank != 1]
    late.sort(key=lambda one: -one[0])
    return [
        WorstCase(retrieval.DATASET.stem, query.text, f"right line at {rank}", query.expected[0])
        for rank, query in late[:3]
    ]
