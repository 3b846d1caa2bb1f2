"""The parts of a structured answer: every segment is judged for every part, the clearest one is shown."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from prepbot.analysis.cues import load_cues
from prepbot.analysis.logistic import TrainedModels
from prepbot.analysis.ownership import acted
from prepbot.analysis.passage import Passage
from prepbot.analysis.quantities import Unit
from prepbot.analysis.sentences import Segment
from prepbot.domain.evidence import Span
from prepbot.domain.role import QuestionKind

PARTS = ("situation", "task", "action", "result", "reflection", "step")
_PAST = frozenset({QuestionKind.BACKGROUND, QuestionKind.PAST_BEHAVIOUR})


@dataclass(frozen=True, slots=True)
class Structure:
    """The span of each part that is present, the repeatable steps, and each segment's probability of action."""

    spans: Mapping[str, Span]
    steps: tuple[Span, ...]
    action: tuple[float, ...]
    result_segments: tuple[Segment, ...]


def kind_name(kind: QuestionKind) -> str:
    """The three readings of the annotation guide, section 2."""
    return "behavioural" if kind in _PAST else kind.value


def segment_features(passage: Passage, kind: QuestionKind) -> list[dict[str, float]]:
    """One row of named features a segment: its cues and numbers, and what the answer model makes of it in its place.

    Without the model its place and its neighbours' cues stand in. Beside the model they are left out: they made a
    result of whatever came last, and moved when a neutral sentence was added.
    """
    cues = [_cue_features(segment) for segment in passage.segments]
    reading = kind_name(kind)
    rows = []
    for index, segment in enumerate(passage.segments):
        row = dict(cues[index])
        row |= {f"{reading}:{name}": value for name, value in cues[index].items() if name in _BY_KIND}
        row[f"kind:{reading}"] = 1.0
        row |= _number_features(segment, passage)
        around = _model_features(index, passage) if passage.scores else _place_features(index, passage, cues)
        rows.append(row | around)
    return rows


def _model_features(index: int, passage: Passage) -> dict[str, float]:
    """What the answer model makes of the segment."""
    if passage.scores is None:
        return {}
    logits = np.clip(passage.scores.parts[index], -8, 8)
    return {f"model:{part}": float(value) / 4 for part, value in zip(PARTS, logits, strict=True)}


_BY_KIND = frozenset(
    {
        "would_verb",
        "i_past_verb",
        "past_tense",
        "measure",
        "assume",
        "want",
        "imperative",
        "present_verb",
        "problem",
        "goal",
    }
)
_FROM_BEFORE = ("i_past_verb", "would_verb", "assigned", "goal", "result_verb", "problem", "time_setting", "imperative")


def _cue_features(segment: Segment) -> dict[str, float]:
    return {name: float(bool(p.search(segment.text))) for name, p in load_cues().sentence.items()}


def _place_features(index: int, passage: Passage, cues: Sequence[Mapping[str, float]]) -> dict[str, float]:
    count = len(passage.segments)
    place = index / (count - 1) if count > 1 else 0.5
    words = len(passage.segments[index].text.split())
    features = {
        "place": place,
        "place_squared": place * place,
        "first": float(index == 0),
        "second": float(index == 1),
        "last": float(index == count - 1),
        "only": float(count == 1),
        "few": float(count <= 4),
        "words": min(words, 40) / 40,
        "short": float(words <= 5),
    }
    for name in _FROM_BEFORE:
        features[f"before:{name}"] = cues[index - 1][name] if index else 0.0
        features[f"after:{name}"] = cues[index + 1][name] if index + 1 < len(cues) else 0.0
    return features


def _number_features(segment: Segment, passage: Passage) -> dict[str, float]:
    inside = [q for q in passage.quantities if segment.start <= q.start < segment.end]
    return {
        "change": float(any(q.change for q in inside)),
        "percent": float(any(q.unit in {Unit.PERCENT, Unit.POINTS} for q in inside)),
        "money": float(any(q.unit is Unit.CURRENCY for q in inside)),
        "time": float(any(q.unit is Unit.TIME for q in inside)),
        "date": float(any(q.unit is Unit.DATE for q in inside)),
        "count": float(any(q.unit is Unit.COUNT for q in inside)),
    }


def part_probabilities(passage: Passage, kind: QuestionKind, models: TrainedModels) -> dict[str, list[float]]:
    """The probability of each part for each segment."""
    rows = segment_features(passage, kind)
    suffix = "" if passage.scores is not None else "_words"
    return {part: [models.get(part + suffix).probability(row) for row in rows] for part in PARTS}


def presence(
    passage: Passage, kind: QuestionKind, found: Mapping[str, list[float]], models: TrainedModels
) -> dict[str, float]:
    """The probability that the answer as a whole states each part; for "step", that some action can be repeated."""
    suffix = "" if passage.scores is not None else "_words"
    return {
        part: models.get(f"has_{part}{suffix}").probability(presence_features(part, passage, kind, found))
        for part in PARTS
    }


def presence_features(
    part: str, passage: Passage, kind: QuestionKind, found: Mapping[str, list[float]]
) -> dict[str, float]:
    """The two most probable segments. Nothing of the other parts: that they are there makes none of this one."""
    ordered = sorted((_log_odds(value) for value in found[part]), reverse=True)
    features = {
        "top": ordered[0],
        "second": ordered[1] if len(ordered) > 1 else -1.5,
        f"kind:{kind_name(kind)}": 1.0,
    }
    if passage.scores is not None:
        features["model"] = float(np.clip(passage.scores.parts[:, PARTS.index(part)].max(), -8, 8)) / 4
    return features


def _log_odds(probability: float) -> float:
    """The log odds over four, so that it stays beside features from 0 to 1."""
    bounded = min(max(probability, 0.003), 0.997)
    return math.log(bounded / (1 - bounded)) / 4


def read_structure(
    passage: Passage, found: Mapping[str, list[float]], there: Mapping[str, float], models: TrainedModels
) -> Structure:
    """The parts of a passage: which are there, and the clearest words of each; absent ones have no span."""
    suffix = "" if passage.scores is not None else "_words"
    spans = {
        part: _clearest(passage, found[part], models.get(part + suffix).threshold, run=part == "action")
        for part in PARTS[:-1]
        if there[part] >= models.get(f"has_{part}{suffix}").threshold
    }
    step = models.get("step" + suffix).threshold
    steps = tuple(
        passage.plain.span(segment.start, segment.end)
        for segment, probability in zip(passage.segments, found["step"], strict=True)
        if probability >= step
    )
    result = models.get("result" + suffix).threshold
    results = tuple(s for s, p in zip(passage.segments, found["result"], strict=True) if p >= result)
    before_result = _act_before_result(passage, results)
    if "action" not in spans and before_result is not None:
        spans["action"] = before_result
    return Structure(spans, steps if "action" in spans else (), tuple(found["action"]), results)


def _act_before_result(passage: Passage, results: Sequence[Segment]) -> Span | None:
    """The act that opens a sentence which goes on to its result: "I moved it up, and fewer people left"."""
    for segment, clauses in zip(passage.segments, passage.clauses, strict=True):
        if segment in results and len(clauses) > 1 and acted(clauses[0].text):
            return passage.plain.span(clauses[0].start, clauses[0].end)
    return None


def _clearest(passage: Passage, found: Sequence[float], threshold: float, *, run: bool) -> Span:
    """The most probable segment, stretched over its neighbours above the threshold where `run` asks for it."""
    first = last = int(np.argmax(np.asarray(found)))
    while run and first > 0 and found[first - 1] >= threshold:
        first -= 1
    while run and last + 1 < len(found) and found[last + 1] >= threshold:
        last += 1
    return passage.plain.span(passage.segments[first].start, passage.segments[last].end)
