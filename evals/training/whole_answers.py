"""Training cases about whole answers: which parts are there, whether the question is answered, who acts."""

from collections.abc import Mapping, Sequence

from evals.labelled import LabelledAnswer
from evals.training.cases import Case, ReadAnswer
from evals.training.topics import NOTHING_KNOWN, UNKNOWN_WEIGHT, Topics
from prepbot.analysis.expected import Expected, expected_features
from prepbot.analysis.ownership import ownership_features
from prepbot.analysis.relevance import relevance_features
from prepbot.analysis.structure import presence_features
from prepbot.analysis.topic import topic_odds

Parts = Mapping[str, list[float]]
"""Of one answer, each part's probability for each segment."""


def presence_cases(read: Sequence[ReadAnswer], parts: Sequence[Parts], part: str) -> list[Case]:
    """Does the answer as a whole state the part; for "step", can its action be repeated."""
    return [
        Case(
            presence_features(part, answer.passage, answer.row.kind, found),
            _has(answer.row, part),
            1.0,
            answer.row.question,
            answer.row.source,
        )
        for answer, found in zip(read, parts, strict=True)
        if answer.row.relevance and answer.passage.segments
    ]


def _has(row: LabelledAnswer, part: str) -> bool:
    if part == "step":
        return "action" in row.parts and row.band >= 3
    return part in row.parts


def relevance_cases(
    read: Sequence[ReadAnswer], parts: Sequence[Parts], expected_of: Mapping[str, Expected], topics: Topics, name: str
) -> list[Case]:
    """Cases for "off_topic" (relevance 0) or "other_question" (relevance 0 or 1).

    `expected_of` holds what answers speak of for each author, without that author's own, `topics` belong to `read`.
    Every answer counts once more as if its question were unknown.
    """
    below = 1 if name == "off_topic" else 2
    cases = []
    for answer, found, known, unknown in zip(read, parts, topics.known, topics.unknown, strict=True):
        if not answer.passage.segments:
            continue
        own = expected_of[answer.row.source]
        for expected, odds, weight in ((own, known, 1.0), (NOTHING_KNOWN, unknown, UNKNOWN_WEIGHT)):
            features = relevance_features(
                answer.passage, answer.row.question, found, _topic_features(answer, expected, odds)
            )
            cases.append(Case(features, answer.row.relevance < below, weight, answer.row.question, answer.row.source))
    return cases


def _topic_features(answer: ReadAnswer, expected: Expected, odds: Mapping[str, float]) -> dict[str, float]:
    scores = answer.passage.scores
    if scores is None:
        return {}
    return expected_features(scores.topic, scores.asked, answer.row.question, expected) | topic_odds(odds)


def ownership_cases(read: Sequence[ReadAnswer], parts: Sequence[Parts], name: str) -> list[Case]:
    """Cases for "nobody", and among those where somebody acts for "we"."""
    labels = {"nobody": "none", "we": "we"}
    return [
        Case(
            ownership_features(answer.passage, found["action"]),
            answer.row.ownership == labels[name],
            1.0,
            answer.row.question,
            answer.row.source,
        )
        for answer, found in zip(read, parts, strict=True)
        if answer.row.relevance and (name == "nobody" or answer.row.ownership != "none")
    ]
