"""`python -m evals.training`: fit the analyst's regressions, calibrate its intervals, write knowledge/analyst.json."""

import json
import sys

from evals.labelled import load_training
from evals.training.cross_validation import cross_validated, print_figures
from evals.training.intervals import calibrated_mass
from evals.training.out_of_fold import load_scores
from evals.training.regressions import coefficients
from prepbot.analysis.answer_model import AnswerModel
from prepbot.analysis.normalise import normalise
from prepbot.resources import resource


def main() -> None:
    """Fit on everything; calibrate on what a cross-validation read."""
    rows = load_training()
    scorer = load_scores(resource("knowledge/answer_model/out_of_fold.jsonl"), AnswerModel().version)
    known = [row for row in rows if scorer.knows(row.question, normalise(row.answer).text)]
    sys.stdout.write(f"{len(known)} of {len(rows)} answers have the scores of a model that never saw their author\n")
    scored = cross_validated(known, scorer)
    print_figures(scored)
    mass, coverage, width = calibrated_mass(scored)
    sys.stdout.write(f"interval: mass {mass:.2f} covers {coverage:.3f}, mean width {width:.2f} bands\n")
    trained = coefficients(rows, scorer) | {"interval_mass": mass}
    target = resource("knowledge") / "analyst.json"
    target.write_text(json.dumps(trained, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
