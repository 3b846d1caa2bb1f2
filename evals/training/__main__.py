"""`python -m evals.training`: fit the analyst's regressions, calibrate its intervals, write knowledge/analyst.json."""

import json
import sys

from evals.labelled import load_relevance, load_training
from evals.training.cases import read_answers
from evals.training.cross_validation import cross_validated, print_figures
from evals.training.intervals import calibrated_mass
from evals.training.out_of_fold import load_scores
from evals.training.regressions import regressions
from evals.training.topics import expected
from prepbot.analysis.answer_model import AnswerModel
from prepbot.resources import resource


def main() -> None:
    """Fit on everything; calibrate on what a cross-validation read."""
    rows = (*load_training(), *load_relevance())
    scorer = load_scores(resource("knowledge/answer_model/out_of_fold.jsonl"), AnswerModel().version)
    read = read_answers(rows, scorer)
    sys.stdout.write(f"{len(read)} of {len(rows)} answers with the scores of a model that never saw their author\n")
    by_words = regressions(read_answers(rows), "_words").models
    scored = cross_validated(read, by_words, scorer)
    print_figures(scored)
    mass, coverage, width = calibrated_mass(scored)
    sys.stdout.write(f"interval: mass {mass:.2f} covers {coverage:.3f}, mean width {width:.2f} bands\n")
    fitted = regressions(read)
    trained = {
        "answer_model": scorer.version,
        "interval_mass": mass,
        "models": {**fitted.models, **by_words},
        "topics": fitted.topics,
        "trained_on": len(read),
        "expected": {
            question: [round(float(x), 3) for x in vector] for question, vector in expected(read).vectors.items()
        },
    }
    target = resource("knowledge") / "analyst.json"
    target.write_text(json.dumps(trained, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
