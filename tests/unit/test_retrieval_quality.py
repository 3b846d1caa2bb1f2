"""The floors that retrieval is held to on its development queries."""

import pytest

from evals.retrieval import Figures, Query, figures, load_queries, measure
from prepbot.domain.role import Role
from prepbot.ports import Hit, Section
from prepbot.reading.library import find_role


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Figures, Figures]:
    """Both indexes on the same queries, measured once."""
    return figures(tmp_path_factory.mktemp("index"))


def test_finds_the_line_among_the_first_five(measured: tuple[Figures, Figures]) -> None:
    """At least nine queries in ten have their line among the first five hits."""
    assert measured[0].recall_at_5 >= 0.90


def test_ranks_the_line_high(measured: tuple[Figures, Figures]) -> None:
    """The mean reciprocal rank of the first right line is at least 0.80."""
    assert measured[0].mrr_at_10 >= 0.80


def test_beats_word_search(measured: tuple[Figures, Figures]) -> None:
    """Vectors beat BM25 at every depth in the same run."""
    vectors, words = measured
    assert vectors.n == words.n == len(load_queries())
    assert vectors.recall_at_1 > words.recall_at_1
    assert vectors.recall_at_3 > words.recall_at_3
    assert vectors.recall_at_5 > words.recall_at_5
    assert vectors.mrr_at_10 > words.mrr_at_10


class _Canned:
    """An index that knows one answer, at the second place."""

    notice: str | None = None

    def search(
        self,
        role: Role,  # noqa: ARG002 - the port's signature
        query: str,  # noqa: ARG002
        k: int = 5,
        section: Section | None = None,  # noqa: ARG002
    ) -> tuple[Hit, ...]:
        """The same two hits, whatever is asked."""
        lines = ["- Bounce Rate: x", "- Website Traffic: x"]
        return tuple(Hit(line, Section.KPI, line, 1, 1.0) for line in lines)[:k]


def test_counts_ranks_by_hand() -> None:
    """A right line in second place for one query of two gives recall@1 0, recall@3 one half and MRR one quarter."""
    queries = (Query("visits", ("- Website Traffic:",)), Query("returns", ("- Return Rate:",)))
    result = measure("canned", _Canned(), find_role("ecommerce-specialist")[0], queries)
    assert (result.n, result.recall_at_1, result.recall_at_3, result.mrr_at_10) == (2, 0.0, 0.5, 0.25)
