"""Cases for relevance: the labelled answers, and answers put under questions that they were not given to."""

from collections.abc import Mapping, Sequence

from evals.training.cases import Case, ReadAnswer
from prepbot.analysis.words import form_key

_MADE_UP = 0.15
_SWAPS = 3


def relevance_cases(read: Sequence[ReadAnswer], parts: Sequence[Mapping[str, float]], name: str) -> list[Case]:
    """Cases for "off_topic" (relevance 0) or "other_question" (relevance 0 or 1).

    `parts` are the strongest probabilities of each part, out of fold, in the order of `read`.
    """
    cases = []
    for answer, found in zip(read, parts, strict=True):
        row = answer.row
        features = answer.analyst.relevance_features(answer.passage, row.question) | _parts(found)
        label = row.relevance == 0 if name == "off_topic" else row.relevance <= 1
        cases.append(Case(features, None, label, 1.0, row.question, row.source))
        if name == "other_question" and row.relevance == 2:
            cases += [_swapped(answer, question, found) for question in _far_questions(answer)]
    return cases


def _parts(found: Mapping[str, float]) -> dict[str, float]:
    return {f"part:{name}": value for name, value in found.items()}


def _swapped(answer: ReadAnswer, question: str, found: Mapping[str, float]) -> Case:
    """The answer as a reply to a question that it was not given to."""
    row = answer.row
    features = answer.analyst.relevance_features(answer.passage, question) | _parts(found)
    return Case(features, None, True, _MADE_UP, row.question, row.source)


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
