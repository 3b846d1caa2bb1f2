"""Cases for relevance, and what answers to each question speak of."""

import tomllib
from collections.abc import Mapping, Sequence

import numpy as np
from prepbot.analysis.expected import Expected, whole_vector

from evals.training.cases import Case, ReadAnswer
from evals.training.fit import Floats
from prepbot.analysis.structure import PARTS
from prepbot.analysis.words import form_key
from prepbot.ports import Embedder, Vectors
from prepbot.resources import resource

# Few cases carry a low relevance: each regression gets the handful of features that carried over between authors.
_WORDS = frozenset({"shared", "any_shared", "part:action", "part:step"})
_USED = {
    "off_topic": _WORDS | {"expected", "expected_unknown", "asked_whole", "field_max", "field_whole", "work_whole"},
    "other_question": _WORDS
    | {"expected", "expected_unknown", "expected_margin", "expected_mean_margin", "asked_whole", "field_whole"}
    | {"part:task", "part:result"},
}
_MADE_UP = 0.1
_SWAPS = 3
_NO_PARTS = dict.fromkeys(PARTS, 0.0)


class Topics:
    """Sums of vectors by question, from which any one answer can be taken out again."""

    def __init__(self, read: Sequence[ReadAnswer], embedder: Embedder | None) -> None:
        self._sums: dict[str, Floats] = {}
        if embedder is None:
            return
        for question, sentences in _topic_sentences().items():
            self._sums[question] = np.asarray(embedder.embed(list(sentences)).sum(axis=0), dtype=np.float64)
        for answer in read:
            whole = whole_vector(answer.passage)
            if answer.row.relevance == 2 and whole is not None:
                question = answer.row.question
                self._sums[question] = self._sums.get(question, np.zeros(len(whole))) + whole

    def all(self) -> dict[str, Vectors]:
        """The direction of every question, every answer counted."""
        return {question: _unit(total) for question, total in sorted(self._sums.items())}

    def without(self, answer: ReadAnswer) -> Expected:
        """The directions as they would be had this answer not been read."""
        vectors = self.all()
        whole = whole_vector(answer.passage)
        question = answer.row.question
        if answer.row.relevance == 2 and whole is not None and question in vectors:
            rest = self._sums[question] - whole
            if float(np.linalg.norm(rest)) < 0.1:
                del vectors[question]
            else:
                vectors[question] = _unit(rest)
        return Expected(vectors)


def _unit(total: Floats) -> Vectors:
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-6), dtype=np.float32)


def _topic_sentences() -> Mapping[str, Sequence[str]]:
    text = resource("knowledge/topics.toml").read_text(encoding="utf-8")
    topics: Mapping[str, Sequence[str]] = tomllib.loads(text)["topics"]
    return topics


def relevance_cases(
    read: Sequence[ReadAnswer], parts: Sequence[Mapping[str, float]], topics: Topics, name: str
) -> list[Case]:
    """Cases for "off_topic" (relevance 0) or "other_question" (relevance 0 or 1).

    `parts` are the strongest probabilities of each part, out of fold, in the order of `read`.
    """
    cases = []
    for answer, strongest in zip(read, parts, strict=True):
        row = answer.row
        features = _features(answer, row.question, strongest, topics, name)
        label = row.relevance == 0 if name == "off_topic" else row.relevance <= 1
        cases.append(Case(features, None, label, 1.0, row.question, row.source))
        if name == "other_question" and row.relevance == 2:
            made_up = (_features(answer, other, strongest, topics, name) for other in _far_questions(answer))
            cases += [Case(features, None, True, _MADE_UP, row.question, row.source) for features in made_up]
    return cases


def _features(
    answer: ReadAnswer, question: str, strongest: Mapping[str, float], topics: Topics, name: str
) -> dict[str, float]:
    """The features that the regression `name` may use."""
    features = answer.analyst.relevance_features(answer.passage, question, topics.without(answer))
    features |= {f"part:{part}": value for part, value in (strongest or _NO_PARTS).items()}
    return {feature: value for feature, value in features.items() if feature in _USED[name]}


def _far_questions(answer: ReadAnswer) -> list[str]:
    """A few other questions of the role that share hardly a word with the one asked, picked by the answer's id."""
    asked = set(form_key(answer.row.question))
    far = [
        question
        for question in answer.analyst.questions
        if len(asked & set(form_key(question))) / max(len(set(form_key(question))), 1) < 0.5
    ]
    start = sum(map(ord, answer.row.id)) % max(len(far), 1)
    return (far[start:] + far[:start])[:: max(len(far) // _SWAPS, 1)][:_SWAPS]
