"""What answers speak of: the direction of those that answer a question, and regressions on an answer's own."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from evals.training.cases import ReadAnswer
from evals.training.fit import Floats, folds
from prepbot.analysis.expected import Expected
from prepbot.analysis.topic import LEVELS, TopicRegression, directions_of
from prepbot.ports import Vectors
from prepbot.resources import resource
from prepbot.retrieval.embedding import MiniLmEmbedder

NOTHING_KNOWN = Expected({})
UNKNOWN_WEIGHT = 0.5  # an uploaded page asks questions that no training answer answers
_LEAST = 0.1
_STRENGTH = 0.005  # scikit-learn's C, on rows brought to about one a number
_SCALES = np.array([[20.0], [400.0], [400.0]])
_FOLDS = 5


def expected(read: Sequence[ReadAnswer], without: str = "") -> Expected:
    """The directions by question, from topics.toml and the answers of relevance 2, none of the author `without`."""
    sums = dict(_topic_sums())
    for answer in read:
        scores = answer.passage.scores
        if answer.row.relevance == 2 and answer.row.source != without and scores and scores.topic is not None:
            question = answer.row.question
            sums[question] = sums.get(question, np.zeros_like(scores.topic)) + scores.topic
    lengths = {question: float(np.linalg.norm(total)) for question, total in sums.items()}
    return Expected({q: sums[q] / length for q, length in sorted(lengths.items()) if length > _LEAST})


@dataclass(frozen=True, slots=True)
class Topics:
    """The regressions by name, and each answer's log odds from ones that never saw its author.

    `known[i]` are those of answer i beside what is expected of its question, `unknown[i]` as if nothing were.
    """

    fitted: Mapping[str, TopicRegression]
    known: tuple[Mapping[str, float], ...]
    unknown: tuple[Mapping[str, float], ...]


def topic_regressions(read: Sequence[ReadAnswer], expected_of: Mapping[str, Expected]) -> Topics:
    """Fit on all of `read`; `expected_of` holds what is expected for each author, without that author's own answers.

    Nothing is fitted where the answers were read without the answer model.
    """
    known = [_directions(answer, expected_of[answer.row.source]) for answer in read]
    unknown = [_directions(answer, NOTHING_KNOWN) for answer in read]
    if not read or any(rows is None for rows in known):
        return Topics({}, ({},) * len(read), ({},) * len(read))
    both = np.stack([rows for rows in (*known, *unknown) if rows is not None])
    weights = np.repeat([1.0, UNKNOWN_WEIGHT], len(read))
    places = np.array(folds([answer.row.source for answer in read] * 2, _FOLDS))
    fitted, odds = {}, {}
    for below, name in enumerate(LEVELS, start=1):
        labels = np.array([answer.row.relevance < below for answer in read] * 2)
        fitted[name] = _fit(both, labels, weights)
        odds[name] = np.zeros(len(both))
        for place in range(_FOLDS):
            inside = places == place
            beside = _fit(both[~inside], labels[~inside], weights[~inside])
            odds[name][inside] = [beside.log_odds(rows) for rows in both[inside]]
    rows = [{name: float(odds[name][index]) for name in LEVELS} for index in range(len(both))]
    return Topics(fitted, tuple(rows[: len(read)]), tuple(rows[len(read) :]))


def _directions(answer: ReadAnswer, expected: Expected) -> Vectors | None:
    scores = answer.passage.scores
    return None if scores is None else directions_of(scores, answer.row.question, expected)


def _fit(directions: Vectors, labels: NDArray[np.bool_], weights: Floats) -> TopicRegression:
    scaled = (directions * _SCALES).reshape(len(directions), -1)
    model = LogisticRegression(C=_STRENGTH, solver="lbfgs", max_iter=3000, tol=1e-6)
    model.fit(scaled, labels, sample_weight=weights)
    return TopicRegression(model.coef_[0].reshape(directions.shape[1:]) * _SCALES, float(model.intercept_[0]))


@cache
def _topic_sums() -> Mapping[str, Vectors]:
    topics = tomllib.loads(resource("knowledge/topics.toml").read_text(encoding="utf-8"))["topics"]
    embedder = MiniLmEmbedder()
    return {question: embedder.embed(list(sentences)).sum(axis=0) for question, sentences in topics.items()}
