"""`python -m evals.training.cross_validation`: the whole analyst on answers that its coefficients never saw."""

import sys
from collections.abc import Mapping, Sequence

from evals.answers import AnalystFactory, Scored, figures, read_all
from evals.labelled import LabelledAnswer, load_training, role_texts
from evals.training.__main__ import coefficients
from evals.training.cases import analyst_for
from evals.training.fit import folds
from prepbot.analysis.analyst import RulesAnalyst
from prepbot.analysis.logistic import models_from
from prepbot.domain.rubric import grade
from prepbot.ports import Embedder
from prepbot.retrieval.embedding import MiniLmEmbedder


def cross_validated(
    rows: Sequence[LabelledAnswer], groups: Sequence[str], embedder: Embedder, count: int = 5
) -> list[Scored]:
    """Every row read by an analyst that was trained without its group."""
    numbers = folds(groups, count)
    scored: list[Scored] = []
    for fold in sorted(set(numbers)):
        train = [row for row, number in zip(rows, numbers, strict=True) if number != fold]
        test = [row for row, number in zip(rows, numbers, strict=True) if number == fold]
        models = models_from(coefficients(train, embedder))
        analysts: dict[str, RulesAnalyst] = {}
        for row in rows:
            if row.role not in analysts:
                analysts[row.role] = analyst_for(role_texts(row, rows), embedder, models)
        scored += read_all(test, _by_role(analysts), grade)
    return scored


def _by_role(analysts: Mapping[str, RulesAnalyst]) -> AnalystFactory:
    return lambda row: analysts[row.role]


def report(title: str, scored: Sequence[Scored]) -> None:
    """Print every figure."""
    sys.stdout.write(f"\n{title}\n")
    for name, figure in figures(scored).items():
        interval = f"[{figure.low:.2f}, {figure.high:.2f}]"
        sys.stdout.write(f"  {name:24} {figure.value:.3f} {interval:14} n={figure.n}\n")


if __name__ == "__main__":
    answers = load_training()
    model = MiniLmEmbedder()
    report("by question", cross_validated(answers, [row.question for row in answers], model))
    by_file = cross_validated(answers, [row.source for row in answers], model, 3)
    for source in sorted({row.source for row in answers}):
        report(f"{source}, trained on the other files", [s for s in by_file if s.row.source == source])
