"""`python -m evals.training`: fit every regression of the rules analyst and write knowledge/analyst.json."""

import json
import sys
from collections.abc import Sequence

import numpy as np

from evals.labelled import LabelledAnswer, load_training
from evals.training.cases import Case, ReadAnswer, level_cases, pair_cases, read_answers, shortened, structure_cases
from evals.training.fit import Fitted, Floats, accurate_threshold, answer_scores, best_threshold, fit, out_of_fold
from evals.training.relevance_cases import Topics, relevance_cases
from prepbot.analysis.kpis import pair_model
from prepbot.analysis.structure import PARTS
from prepbot.ports import Embedder
from prepbot.resources import resource
from prepbot.retrieval.embedding import MiniLmEmbedder

STRENGTHS = {"structure": 0.3, "pair": 1.0, "level": 0.3, "off_topic": 3.0, "other_question": 1.0}
"""scikit-learn's C for each family, chosen by cross-validation over questions (knowledge/analyst.md)."""


def train(rows: Sequence[LabelledAnswer], embedder: Embedder) -> dict[str, dict[str, object]]:
    """Every regression as JSON: with sentence vectors, and by words alone (suffix "_words")."""
    models: dict[str, dict[str, object]] = {}
    for suffix, model in (("", embedder), ("_words", None)):
        read = read_answers(rows, model)
        cut = read_answers([short for row in rows for short in shortened(row)], model)
        parts = _train_structure(read, cut, suffix, models)
        _train_pairs(read, suffix, models)
        _train_relevance(read, parts, Topics(read, model), suffix, models)
        if not suffix:
            _train_level(read, models)
    return models


def _train_structure(
    read: Sequence[ReadAnswer], cut: Sequence[ReadAnswer], suffix: str, models: dict[str, dict[str, object]]
) -> list[dict[str, float]]:
    """Fit the parts on whole answers and cut ones; gives each whole answer's strongest out-of-fold probabilities."""
    strongest: list[dict[str, float]] = [{} for _ in read]
    for part in PARTS:
        cases, owners = _cases_of([*read, *cut], part)
        scores = out_of_fold(cases, STRENGTHS["structure"])
        best = {owner: top for owner, top in answer_scores(scores, owners).items() if owner < len(read)}
        for owner, score in best.items():
            strongest[owner][part] = score
        counted = [owner for owner in best if read[owner].row.relevance > 0]
        labels = [_has(read[owner].row, part) for owner in counted]
        threshold, reached = best_threshold(np.array([best[owner] for owner in counted]), labels)
        models[part + suffix] = fit(cases, STRENGTHS["structure"]).as_json(threshold)
        _say(part + suffix, len(cases), reached)
    return strongest


def _cases_of(read: Sequence[ReadAnswer], part: str) -> tuple[list[Case], list[int]]:
    pairs = [
        (case, owner) for owner, answer in enumerate(read) for named, case in structure_cases(answer) if named == part
    ]
    return [case for case, _ in pairs], [owner for _, owner in pairs]


def _has(row: LabelledAnswer, part: str) -> bool:
    if part == "step":
        return "action" in row.parts and row.band >= 3
    return part in row.parts


def _train_pairs(read: Sequence[ReadAnswer], suffix: str, models: dict[str, dict[str, object]]) -> None:
    for patterns in (False, True):
        found = [
            (case, (owner, kpi))
            for owner, answer in enumerate(read)
            for case, kpi in pair_cases(answer, patterns=patterns)
        ]
        cases = [case for case, _ in found]
        scores = out_of_fold(cases, STRENGTHS["pair"])
        best = strongest_pairs(scores, found)
        threshold, reached = best_threshold(np.array([score for score, _ in best]), [label for _, label in best])
        name = pair_model(patterns) + suffix
        models[name] = fit(cases, STRENGTHS["pair"]).as_json(threshold)
        _say(name, len(cases), reached)


def strongest_pairs(scores: Floats, found: Sequence[tuple[Case, tuple[int, str]]]) -> list[tuple[float, bool]]:
    """For each answer and KPI its strongest clause's score, and whether any clause is labelled."""
    best: dict[tuple[int, str], tuple[float, bool]] = {}
    for score, (case, owner) in zip(scores.tolist(), found, strict=True):
        known = best.get(owner, (0.0, False))
        best[owner] = (max(known[0], score), known[1] or case.label)
    return list(best.values())


def _train_level(read: Sequence[ReadAnswer], models: dict[str, dict[str, object]]) -> None:
    cases = [case for answer in read for case in level_cases(answer)]
    _train_one("level", cases, STRENGTHS["level"], models)


def _train_relevance(
    read: Sequence[ReadAnswer],
    parts: Sequence[dict[str, float]],
    topics: Topics,
    suffix: str,
    models: dict[str, dict[str, object]],
) -> None:
    for name in ("off_topic", "other_question"):
        cases = relevance_cases(read, parts, topics, name)
        _train_one(name + suffix, cases, STRENGTHS[name], models)


def _train_one(
    name: str,
    cases: Sequence[Case],
    strength: float,
    models: dict[str, dict[str, object]],
) -> Fitted:
    """Fit one regression and keep it under `name`."""
    scores: Floats = out_of_fold(cases, strength)
    weights = [case.weight for case in cases]
    choose = accurate_threshold if name.startswith(("off_topic", "other_question")) else best_threshold
    threshold, reached = choose(scores, [case.label for case in cases], weights)
    fitted = fit(cases, strength)
    models[name] = fitted.as_json(threshold)
    _say(name, len(cases), reached)
    return fitted


def _say(name: str, cases: int, reached: float) -> None:
    sys.stdout.write(f"{name:24} {cases:6} cases, F1 {reached:.3f} (cross-validated over questions)\n")


def coefficients(rows: Sequence[LabelledAnswer], embedder: Embedder) -> dict[str, object]:
    """The content of analyst.json, trained on `rows`."""
    return {
        "embedder": embedder.name,
        "embedder_version": embedder.version,
        "trained_on": len(rows),
        "models": train(rows, embedder),
        "expected": _expected(rows, embedder),
    }


def _expected(rows: Sequence[LabelledAnswer], embedder: Embedder) -> dict[str, list[float]]:
    """The direction of what answers to each question speak of, three decimals."""
    topics = Topics(read_answers(rows, embedder), embedder)
    return {question: [round(float(x), 3) for x in vector] for question, vector in topics.all().items()}


if __name__ == "__main__":
    trained = coefficients(load_training(), MiniLmEmbedder())
    target = resource("knowledge") / "analyst.json"
    target.write_text(json.dumps(trained, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
