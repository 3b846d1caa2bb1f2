"""Fits every regression of the rules analyst.

The regressions read the answer model's scores, each answer's from a model that never saw its author
(knowledge/answer_model/out_of_fold.jsonl, from `make model`), so that they trust it no more than it deserves.
"""

import sys
from collections.abc import Sequence

from evals.training.cases import Case, ReadAnswer, level_cases, pair_cases, structure_cases
from evals.training.fit import Floats, accurate_threshold, best_threshold, fit, out_of_fold
from evals.training.topics import expected
from evals.training.whole_answers import ownership_cases, presence_cases, relevance_cases
from prepbot.analysis.structure import PARTS

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

Json = dict[str, object]


def regressions(read: Sequence[ReadAnswer], suffix: str = "", *, quiet: bool = False) -> dict[str, Json]:
    """The regressions of analyst.json by name. `suffix` is "_words" for answers read without the answer model."""
    models: dict[str, Json] = {}
    parts = _fit_parts(read, suffix, models)
    for part in PARTS:
        _fit_one(f"has_{part}", suffix, presence_cases(read, parts, part), "has", models)
    _fit_pairs(read, suffix, models)
    for name in ("level", "quantified"):
        cases = [case for answer in read for named, case in level_cases(answer) if named == name]
        _fit_one(name, suffix, cases, name, models)
    topics = {author: expected(read, author) for author in {answer.row.source for answer in read}}
    for name in ("off_topic", "other_question"):
        _fit_one(name, suffix, relevance_cases(read, parts, topics, name), name, models)
    for name in ("nobody", "we"):
        _fit_one(name, suffix, ownership_cases(read, parts, name), name, models)
    for name, model in models.items():
        reached = model.pop("reached")
        if not quiet:
            sys.stdout.write(f"{name:24} {reached} (cross-validated over questions)\n")
    return models


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


def _keep(name: str, cases: Sequence[Case], scores: Floats, strength: float, models: dict[str, Json]) -> None:
    labels, weights = [case.label for case in cases], [case.weight for case in cases]
    by_accuracy = name.startswith(("off_topic", "other_question", "nobody", "we"))
    choose = accurate_threshold if by_accuracy else best_threshold
    threshold, reached = choose(scores, labels, weights)
    models[name] = fit(cases, strength).as_json(threshold) | {"reached": _said(cases, reached)}


def _said(cases: Sequence[Case], reached: float) -> str:
    return f"{len(cases):6} cases, F1 {reached:.3f}"
