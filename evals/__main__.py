"""`python -m evals`: measures retrieval, the grader on labelled answers, and the interviewer. Never tunes."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from evals import answers, interviews, retrieval
from evals.labelled import LabelledAnswer, RoleTexts, load_rows, role_texts
from prepbot.analysis.analyst import RulesAnalyst
from prepbot.domain.rubric import grade
from prepbot.ports import Analyst
from prepbot.retrieval.embedding import MiniLmEmbedder

DATASETS = Path(__file__).parent / "datasets"
INTERVIEWS = 200

Measured = dict[str, Any]


def measured_answers(path: Path) -> Measured:
    """Every figure of the grader on one labelled file, as {figure: {value, low, high, n}}."""
    rows = load_rows(path)
    found = answers.measure(rows, _analysts(rows), grade)
    return {name: asdict(figure) for name, figure in found.items()}


def _analysts(rows: Sequence[LabelledAnswer]) -> Callable[[LabelledAnswer], Analyst]:
    embedder = MiniLmEmbedder()

    @cache
    def built(texts: RoleTexts) -> Analyst:
        return RulesAnalyst(texts.tracked, embedder, texts.questions, texts.activities)

    return lambda row: built(role_texts(row, rows))


def _retrieval() -> list[str]:
    return retrieval.run()


def _interviews() -> list[str]:
    result = interviews.run(INTERVIEWS, seed=1, embedder=MiniLmEmbedder())
    probes = ", ".join(f"{name} {count}" for name, count in result.probes.most_common())
    return [
        f"{result.interviews} interviews, {result.turns} turns, {len(result.violations)} breaches",
        f"follow-ups: {probes}",
        *(f"{v.rule} ({v.candidate}, seed {v.seed}): {v.text}" for v in result.violations),
    ]


def _answers(found: Measured) -> list[str]:
    return [
        f"{name:<24} {figure['value']:5.2f} [{figure['low']:.2f}, {figure['high']:.2f}]  n={figure['n']}"
        for name, figure in found.items()
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of every part, or of those named by --only."""
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parts = ["retrieval", *(path.stem for path in _answer_files()), "interviews"]
    parser.add_argument("--only", choices=parts, action="append", help="measure this part; may be repeated")
    parser.add_argument("--json", action="store_true", help="the answers' figures as JSON")
    chosen = parser.parse_args(arguments)
    wanted = chosen.only or parts
    graded = {path.stem: measured_answers(path) for path in _answer_files() if path.stem in wanted}
    if chosen.json:
        json.dump(graded, sys.stdout, indent=1)
        return 0
    for name, rows in (
        ("retrieval", _retrieval),
        *((stem, lambda found=found: _answers(found)) for stem, found in graded.items()),
        ("interviews", _interviews),
    ):
        if name in wanted:
            print(f"\n## {name}", *rows(), sep="\n")
    return 0


def _answer_files() -> list[Path]:
    return sorted(DATASETS.glob("answers_*.jsonl"))


if __name__ == "__main__":
    sys.exit(main())
