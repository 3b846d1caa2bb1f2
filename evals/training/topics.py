"""What answers to each question speak of: the sum of its topic sentences and of the answers that answer it."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from evals.training.cases import ReadAnswer
from prepbot.analysis.expected import Expected
from prepbot.ports import Vectors
from prepbot.resources import resource
from prepbot.retrieval.embedding import MiniLmEmbedder

_LEAST = 0.1


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


@cache
def _topic_sums() -> Mapping[str, Vectors]:
    topics = tomllib.loads(resource("knowledge/topics.toml").read_text(encoding="utf-8"))["topics"]
    embedder = MiniLmEmbedder()
    return {question: embedder.embed(list(sentences)).sum(axis=0) for question, sentences in topics.items()}
