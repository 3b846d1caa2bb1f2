"""Naive readers: what a count, a keyword or a majority reaches on the same answers. A grader has to beat them.

Whatever is fitted learns from the open training sets (evals.sets.fitted_on), never from answers to the same question:
the rows measured are cut into five folds of questions, and each fold's questions are left out of what it learns from.
On the training sets themselves this is cross-validation by question.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import Ridge  # type: ignore[import-untyped]
from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]
from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]

from evals import surface
from evals.labelled import LabelledAnswer
from evals.prediction import Prediction

Rows = Sequence[LabelledAnswer]
Reader = Callable[[Rows, Rows], list[Prediction]]
"""From (rows to read, rows to learn from, none of which answers a question of the former) to one prediction a row."""
Count = Callable[[LabelledAnswer], Sequence[float]]
_Floats = NDArray[np.float64]
_Class = TypeVar("_Class", bound=Hashable)

_FOLDS = 5
_PARTS = ("situation", "task", "action", "result", "reflection")


def read(reader: Reader, rows: Rows, pool: Rows) -> list[Prediction]:
    """`rows` read by `reader`, which learns from `pool` without the questions that it is asked."""
    names = sorted({row.question for row in rows})
    said: dict[int, Prediction] = {}
    for fold in range(min(_FOLDS, len(names))):
        asked = set(names[fold::_FOLDS])
        places = [place for place, row in enumerate(rows) if row.question in asked]
        learnt = [row for row in pool if row.question not in asked]
        said.update(zip(places, reader([rows[place] for place in places], learnt), strict=True))
    return [said[place] for place in range(len(rows))]


def majority(rows: Rows, pool: Rows) -> list[Prediction]:
    """The commonest class everywhere; a part where half the answers have it; no KPI, since each is rare."""
    common = Prediction(
        band=_commonest([row.band for row in pool]),
        parts=frozenset(part for part in _PARTS if np.mean([part in row.parts for row in pool]) >= 0.5),
        ownership=_commonest([row.ownership for row in pool]),
        relevance=_commonest([row.relevance for row in pool]),
    )
    return [common] * len(rows)


def by_counts(count: Count) -> Reader:
    """Band and relevance by ridge regression on the counts, each part by a threshold on the first of them."""

    def reader(rows: Rows, pool: Rows) -> list[Prediction]:
        given, learnt = (np.array([count(row) for row in some], dtype=np.float64) for some in (rows, pool))
        bands = _ordered(given, learnt, [row.band for row in pool])
        relevances = _ordered(given, learnt, [row.relevance for row in pool])
        parts = _parts_above(given[:, 0], learnt[:, 0], pool)
        return [
            Prediction(band=band, parts=said, relevance=relevance)
            for band, said, relevance in zip(bands, parts, relevances, strict=True)
        ]

    return reader


def keywords(rows: Rows, pool: Rows) -> list[Prediction]:
    """KPIs by name, "quantified" beside a number; parts by cue words; ownership by counting "I" and "we"."""
    levels = [kpi.level for row in pool for kpi in row.kpis if kpi.level != "quantified"]
    otherwise = _commonest(levels)
    return [
        Prediction(
            kpis={name: "quantified" if beside else otherwise for name, beside in surface.named_kpis(row).items()},
            parts=surface.cued_parts(row.answer),
            ownership=_owner(*surface.pronouns(row.answer)),
        )
        for row in rows
    ]


def kpi_similarity(rows: Rows, pool: Rows) -> list[Prediction]:
    """KPIs whose definition is BM25-near to a sentence, above the threshold that gives the best F1 where it learns."""
    pairs = [
        (score, name in {kpi.name for kpi in row.kpis})
        for row in pool
        for name, (score, _) in surface.similarity_to_kpis(row).items()
    ]
    least = _best_threshold(np.array([score for score, _ in pairs]), np.array([label for _, label in pairs]))
    return [
        Prediction(
            kpis={
                name: "quantified" if number else "used"
                for name, (score, number) in surface.similarity_to_kpis(row).items()
                if score >= least
            }
        )
        for row in rows
    ]


def _ordered(given: _Floats, learnt: _Floats, labels: Sequence[int]) -> list[int]:
    """Classes from a ridge regression, cut where the classes learnt from have the same shares.

    Rounding would shrink everything to the middle; equal shares give the regression its best chance at kappa.
    """
    model = make_pipeline(StandardScaler(), Ridge(alpha=1.0)).fit(learnt, labels)
    order = np.sort(model.predict(learnt))
    ranked = np.sort(labels)
    places = np.searchsorted(order, model.predict(given), side="right") - 1
    return [int(ranked[place]) for place in np.clip(places, 0, len(ranked) - 1)]


def _parts_above(given: _Floats, learnt: _Floats, pool: Rows) -> list[frozenset[str]]:
    least = {part: _best_threshold(learnt, np.array([part in row.parts for row in pool])) for part in _PARTS}
    return [frozenset(part for part in _PARTS if count >= least[part]) for count in given]


def _best_threshold(scores: _Floats, labels: NDArray[np.bool_]) -> float:
    """The least score to say yes from, for the highest F1; tried at the scores' percentiles."""
    tried = np.unique(np.percentile(scores, np.linspace(0, 100, 201)))
    hits = [(float((labels & (scores >= cut)).sum()), float((scores >= cut).sum())) for cut in tried]
    f1 = [2 * hit / (said + labels.sum()) for hit, said in hits]
    return float(tried[int(np.argmax(f1))])


def _owner(first: int, we: int) -> str:
    if first == we == 0:
        return "none"
    return "I" if first >= we else "we"


def _commonest(values: Sequence[_Class]) -> _Class:
    return Counter(values).most_common(1)[0][0]


_words = by_counts(lambda row: (surface.surface(row).words,))
_numbers = by_counts(lambda row: (surface.surface(row).numbers,))
_question = by_counts(lambda row: (surface.similarity_to_question(row),))

NAIVE: Mapping[str, Mapping[str, Reader]] = {
    "kpis": {"majority": majority, "KPI names": keywords, "BM25": kpi_similarity},
    "structure": {"majority": majority, "word count": _words, "number count": _numbers, "cue words": keywords},
    "ownership": {"majority": majority, "I/we count": keywords},
    "relevance": {"majority": majority, "word count": _words, "number count": _numbers, "BM25": _question},
    "band": {
        "majority": majority,
        "word count": _words,
        "number count": _numbers,
        "KPI names": by_counts(lambda row: (surface.surface(row).kpi_names,)),
        "BM25": _question,
        "ridge": by_counts(lambda row: surface.surface(row).counts),
    },
}
"""The naive readers that each family of figures is set beside."""
