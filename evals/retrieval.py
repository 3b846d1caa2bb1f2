"""Does a question to the role page find its line? Recall and mean reciprocal rank, vectors against BM25.

An example of the data: {"query": "cart abandonment", "expected": ["- Cart Abandonment Rate:"]}: a hit is right when
its text begins with one of `expected`. The figures of both indexes come from the same run.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from prepbot.domain.role import Role
from prepbot.ports import Index
from prepbot.reading.library import find_role
from prepbot.retrieval.embedding import MiniLmEmbedder
from prepbot.retrieval.index import ChromaIndex
from prepbot.retrieval.lexical import LexicalIndex

DATASET = Path(__file__).parent / "datasets" / "retrieval_dev.jsonl"
ROLE = "ecommerce-specialist"
DEPTH = 10
_RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Query:
    """A query and how the lines that answer it begin; any one of them counts."""

    text: str
    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """How one index did over `n` queries.

    Recall at k is the share of queries with a right line among the first k; MRR takes the first right line among ten,
    0 where there is none, with a 95 % bootstrap interval over the queries.
    """

    index: str
    n: int
    recall_at_1: float
    recall_at_3: float
    recall_at_5: float
    mrr_at_10: float
    mrr_interval: tuple[float, float]

    def __str__(self) -> str:
        low, high = self.mrr_interval
        return (
            f"{self.index:<14} n={self.n:<4} recall@1 {self.recall_at_1:.2f}  recall@3 {self.recall_at_3:.2f}  "
            f"recall@5 {self.recall_at_5:.2f}  MRR@10 {self.mrr_at_10:.2f} [{low:.2f}, {high:.2f}]"
        )


def load_queries(path: Path = DATASET) -> tuple[Query, ...]:
    """The queries of a JSON Lines file, in its order."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(Query(row["query"], tuple(row["expected"])) for row in rows)


def measure(name: str, index: Index, role: Role, queries: Sequence[Query]) -> Figures:
    """The figures of one index over `queries`, which must not be empty."""
    found = ranks(index, role, queries)
    reciprocal = [1 / rank if rank else 0.0 for rank in found]
    return Figures(
        index=name,
        n=len(found),
        recall_at_1=_share(found, 1),
        recall_at_3=_share(found, 3),
        recall_at_5=_share(found, 5),
        mrr_at_10=sum(reciprocal) / len(found),
        mrr_interval=_interval(reciprocal),
    )


def figures(folder: Path) -> tuple[Figures, Figures]:
    """Chroma with MiniLM, kept under `folder`, and BM25, on the same queries."""
    role, _ = find_role(ROLE)
    queries = load_queries()
    chroma = ChromaIndex(folder, MiniLmEmbedder())
    try:
        return (
            measure("Chroma MiniLM", chroma, role, queries),
            measure("BM25", LexicalIndex(), role, queries),
        )
    finally:
        chroma.close()


def ranks(index: Index, role: Role, queries: Sequence[Query]) -> list[int | None]:
    """The place of the first right line among ten for each query, None where there is none."""
    return [_rank(index, role, query) for query in queries]


def _rank(index: Index, role: Role, query: Query) -> int | None:
    hits = index.search(role, query.text, DEPTH)
    return next((rank for rank, hit in enumerate(hits, start=1) if hit.text.startswith(query.expected)), None)


def _share(ranks: Sequence[int | None], k: int) -> float:
    return sum(rank is not None and rank <= k for rank in ranks) / len(ranks)


def _interval(values: Sequence[float]) -> tuple[float, float]:
    resampling = random.Random(0)
    means = sorted(sum(resampling.choices(values, k=len(values))) / len(values) for _ in range(_RESAMPLES))
    return means[int(0.025 * _RESAMPLES)], means[int(0.975 * _RESAMPLES) - 1]
