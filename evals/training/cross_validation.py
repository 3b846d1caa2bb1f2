"""`python -m evals.training.cross_validation`: the whole analyst on answers that its coefficients never saw.

The answer model's scores come from models that never saw the answer's author, the regressions from other questions.
"""

import sys
from collections.abc import Sequence

from evals.answers import Scored, figures, read_one
from evals.labelled import LabelledAnswer, load_training, role_texts
from evals.training.cases import analyst_for
from evals.training.fit import folds
from evals.training.out_of_fold import OutOfFold, load_scores
from evals.training.regressions import coefficients
from prepbot.analysis.analyst import RulesAnalyst
from prepbot.analysis.answer_model import AnswerModel
from prepbot.analysis.logistic import models_from
from prepbot.domain.rubric import grade
from prepbot.resources import resource


def cross_validated(rows: Sequence[LabelledAnswer], scorer: OutOfFold, count: int = 5) -> list[Scored]:
    """Every row read by an analyst whose coefficients were fitted without its question."""
    numbers = folds([row.question for row in rows], count)
    scored: list[Scored] = []
    for fold in sorted(set(numbers)):
        train = [row for row, number in zip(rows, numbers, strict=True) if number != fold]
        test = [row for row, number in zip(rows, numbers, strict=True) if number == fold]
        models = models_from(coefficients(train, scorer, quiet=True) | {"interval_mass": 0.8})
        analysts: dict[tuple[str, tuple[str, ...]], RulesAnalyst] = {}
        for row in test:
            key = (row.role, row.kpi_list)
            if key not in analysts:
                analysts[key] = analyst_for(role_texts(row, rows), scorer, models)
            scored.append(read_one(row, analysts[key], grade))
    return scored


def print_figures(scored: Sequence[Scored]) -> None:
    """Print every figure with its 95 % interval, clustered by question."""
    for name, found in figures(scored).items():
        sys.stdout.write(f"{name:28} {found.value:6.3f} [{found.low:.2f}, {found.high:.2f}]  n={found.n}\n")


if __name__ == "__main__":
    answers = load_training()
    stored = load_scores(resource("knowledge/answer_model/out_of_fold.jsonl"), AnswerModel().version)
    print_figures(cross_validated(answers, stored))
