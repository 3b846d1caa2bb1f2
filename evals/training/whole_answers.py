"""Training cases about whole answers: which parts are there, whether the question is answered, who acts."""

from collections.abc import Mapping, Sequence

from evals.labelled import LabelledAnswer
from evals.training.cases import Case, ReadAnswer
from prepbot.analysis.expected import Expected
from prepbot.analysis.ownership import ownership_features
from prepbot.analysis.relevance import relevance_features
from prepbot.analysis.structure import presence_features

_NOTHING_KNOWN = Expected({})
_UNKNOWN_WEIGHT = 0.5  # an uploaded page asks questions that no training answer answers

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
    read: Sequence[ReadAnswer], parts: Sequence[Parts], topics: Mapping[str, Expected], name: str
) -> list[Case]:
    """Cases for "off_topic" (relevance 0) or "other_question" (relevance 0 or 1).

    `topics` holds what answers speak of for each author, without that author's own. Every answer counts once more as
    if its question were unknown.
    """
    below = 1 if name == "off_topic" else 2
    cases = []
    for answer, found in zip(read, parts, strict=True):
        if not answer.passage.segments:
            continue
        for known, weight in ((topics[answer.row.source], 1.0), (_NOTHING_KNOWN, _UNKNOWN_WEIGHT)):
            features = relevance_features(answer.passage, answer.row.question, found, known)
            cases.append(Case(features, answer.row.relevance < below, weight, answer.row.question, answer.row.source))
    return cases


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
