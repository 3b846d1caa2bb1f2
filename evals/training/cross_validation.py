"""The whole analyst on answers that its coefficients never saw, and the figures that come of it.

The answer model's scores come from models that never saw the answer's author, the regressions from other questions.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace

from evals.answers import Scored, figures, read_one
from evals.labelled import role_texts
from evals.readings import rules_analyst
from evals.training.cases import ReadAnswer
from evals.training.fit import folds
from evals.training.out_of_fold import OutOfFold
from evals.training.regressions import Json, regressions
from evals.training.topics import expected
from prepbot.analysis.analyst import RulesAnalyst
from prepbot.analysis.logistic import models_from
from prepbot.domain.rubric import grade


def cross_validated(
    read: Sequence[ReadAnswer], by_words: Mapping[str, Json], scorer: OutOfFold, count: int = 5
) -> list[Scored]:
    """Every whole answer read by an analyst whose coefficients were fitted without its question.

    What other authors' answers to the question speak of stays known, as it is for the questions of a known page.

    `by_words` are the regressions without the answer model, for the few answers that are read in part and so have no
    stored scores.
    """
    rows = [answer.row for answer in read]
    fold_of = dict(zip((row.question for row in rows), folds([row.question for row in rows], count), strict=True))
    scored: list[Scored] = []
    for fold in range(count):
        kept = [answer for answer in read if fold_of[answer.row.question] != fold]
        fitted = regressions(kept, quiet=True)
        models = models_from(
            {
                "answer_model": scorer.version,
                "interval_mass": 0.8,
                "models": {**by_words, **fitted.models},
                "topics": fitted.topics,
                "expected": {},
            }
        )
        topics = {author: expected(read, author) for author in {row.source for row in rows}}
        analysts: dict[tuple[str, str, tuple[str, ...]], RulesAnalyst] = {}
        for row in rows:
            if not row.only_relevance and fold_of[row.question] == fold:
                key = (row.source, row.role, row.kpi_list)
                if key not in analysts:
                    analysts[key] = rules_analyst(
                        role_texts(row, rows), scorer, replace(models, expected=topics[row.source])
                    )
                scored.append(read_one(row, analysts[key], grade))
    return scored


def print_figures(scored: Sequence[Scored]) -> None:
    """Print every figure with its 95 % interval, clustered by question."""
    for name, found in figures(scored).items():
        sys.stdout.write(f"{name:28} {found.value:6.3f} [{found.low:.2f}, {found.high:.2f}]  n={found.n}\n")
