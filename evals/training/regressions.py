"""Fits every regression of the rules analyst.

The regressions read the answer model's scores, each answer's from a model that never saw its author
(knowledge/answer_model/out_of_fold.jsonl, from `make model`), so that they trust it no more than it deserves.

Answers labelled for relevance alone (knowledge/relevance_answers.jsonl) train relevance alone. They are harder and
oftener beside the question than answers are, so that biases and thresholds are set on the others.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from evals.training.cases import Case, ReadAnswer, level_cases, pair_cases, structure_cases
from evals.training.fit import (
    Floats,
    accurate_threshold,
    best_threshold,
    bias_to_frequency,
    fit,
    moved,
    out_of_fold,
)
from evals.training.topics import expected, topic_regressions
from evals.training.whole_answers import ownership_cases, presence_cases, relevance_cases
from prepbot.analysis.logistic import models_from
from prepbot.analysis.structure import PARTS, part_probabilities
from prepbot.analysis.topic import LEVELS, TopicRegression

STRENGTHS = {
    **dict.fromkeys(PARTS, 0.1),
    "has": 0.3,
    "pair": 1.0,
    "level": 0.1,
    "quantified": 0.1,
    "off_topic": 0.5,
    "other_question": 0.5,
    "nobody": 0.3,
    "we": 0.3,
}
"""scikit-learn's C for each family, chosen by cross-validation over questions (knowledge/analyst.md)."""

_DIGITS = 5
Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Regressions:
    """What analyst.json holds: regressions on named features, and those on what an answer speaks of."""

    models: dict[str, Json]
    topics: dict[str, Json]


def regressions(read: Sequence[ReadAnswer], suffix: str = "", *, quiet: bool = False) -> Regressions:
    """The regressions by name. `suffix` is "_words" for answers read without the answer model."""
    models: dict[str, Json] = {}
    whole = [answer for answer in read if not answer.row.only_relevance]
    parts = _fit_parts(whole, suffix, models)
    for part in PARTS:
        _fit_one(f"has_{part}", suffix, presence_cases(whole, parts, part), "has", models)
    _fit_pairs(whole, suffix, models)
    for name in ("level", "quantified"):
        cases = [case for answer in whole for named, case in level_cases(answer) if named == name]
        _fit_one(name, suffix, cases, name, models)
    expected_of = {author: expected(read, author) for author in {answer.row.source for answer in read}}
    hard = [answer for answer in read if answer.row.only_relevance]
    topics = topic_regressions([*whole, *hard], expected_of)
    parts_of_all = [*parts, *_parts_of(hard, models)]
    count = 2 * sum(bool(answer.passage.segments) for answer in whole)
    for name in LEVELS:
        cases = relevance_cases([*whole, *hard], parts_of_all, expected_of, topics, name)
        _fit_relevance(name + suffix, cases, count, models)
    for name in ("nobody", "we"):
        _fit_one(name, suffix, ownership_cases(whole, parts, name), name, models)
    for name, model in models.items():
        reached = model.pop("reached")
        if not quiet:
            sys.stdout.write(f"{name:24} {reached} (cross-validated over questions)\n")
    return Regressions(models, {name: _rounded(one) for name, one in topics.fitted.items()})


def _rounded(regression: TopicRegression) -> Json:
    weights = [[round(float(weight), _DIGITS) for weight in row] for row in regression.weights]
    return {"weights": weights, "bias": round(regression.bias, _DIGITS)}


def _fit_parts(read: Sequence[ReadAnswer], suffix: str, models: dict[str, Json]) -> list[dict[str, list[float]]]:
    """Fit each part on its segments; gives every answer's out-of-fold probabilities, segment by segment."""
    found = [{part: [0.0] * len(answer.passage.segments) for part in PARTS} for answer in read]
    for part in PARTS:
        placed = [
            ((owner, index), case)
            for owner, answer in enumerate(read)
            for named, index, case in structure_cases(answer)
            if named == part
        ]
        cases = [case for _, case in placed]
        scores = out_of_fold(cases, STRENGTHS[part])
        for (owner, index), score in zip((place for place, _ in placed), scores.tolist(), strict=True):
            found[owner][part][index] = score
        _keep(part + suffix, cases, scores, STRENGTHS[part], models)
    return found


def _parts_of(read: Sequence[ReadAnswer], models: Mapping[str, Json]) -> list[dict[str, list[float]]]:
    """The probabilities of parts, by the regressions fitted so far, for answers that these never saw."""
    fitted = models_from({"answer_model": "", "interval_mass": 0.8, "models": models, "expected": {}, "topics": {}})
    return [part_probabilities(answer.passage, answer.row.kind, fitted) for answer in read]


def _fit_pairs(read: Sequence[ReadAnswer], suffix: str, models: dict[str, Json]) -> None:
    found = [(case, (owner, kpi)) for owner, answer in enumerate(read) for case, kpi in pair_cases(answer)]
    cases = [case for case, _ in found]
    scores = out_of_fold(cases, STRENGTHS["pair"])
    best: dict[tuple[int, str], tuple[float, bool]] = {}
    for score, (case, owner) in zip(scores.tolist(), found, strict=True):
        known = best.get(owner, (0.0, False))
        best[owner] = (max(known[0], score), known[1] or case.label)
    threshold, reached = best_threshold([score for score, _ in best.values()], [label for _, label in best.values()])
    models["pair" + suffix] = fit(cases, STRENGTHS["pair"]).as_json(threshold) | {"reached": _said(cases, reached)}


def _fit_one(name: str, suffix: str, cases: Sequence[Case], family: str, models: dict[str, Json]) -> None:
    scores = out_of_fold(cases, STRENGTHS[family])
    _keep(name + suffix, cases, scores, STRENGTHS[family], models)


def _fit_relevance(name: str, cases: Sequence[Case], count: int, models: dict[str, Json]) -> None:
    """Fit on all cases; on the first `count`, of whole answers, chances are made as high as labels are frequent."""
    strength = STRENGTHS[name.removesuffix("_words")]
    scores = out_of_fold(cases, strength)[:count]
    labels, weights = [case.label for case in cases[:count]], [case.weight for case in cases[:count]]
    shift = bias_to_frequency(scores, labels, weights)
    threshold, reached = accurate_threshold(moved(scores, shift), labels, weights)
    fitted = fit(cases, strength)
    models[name] = replace(fitted, bias=fitted.bias + shift).as_json(threshold) | {
        "reached": _said(cases[:count], reached)
    }


def _keep(name: str, cases: Sequence[Case], scores: Floats, strength: float, models: dict[str, Json]) -> None:
    labels, weights = [case.label for case in cases], [case.weight for case in cases]
    by_accuracy = name.startswith(("nobody", "we"))
    choose = accurate_threshold if by_accuracy else best_threshold
    threshold, reached = choose(scores, labels, weights)
    models[name] = fit(cases, strength).as_json(threshold) | {"reached": _said(cases, reached)}


def _said(cases: Sequence[Case], reached: float) -> str:
    return f"{len(cases):6} cases, F1 {reached:.3f}"
