"""`make model`: train the answer model, and score every answer by a model that never saw its author.

Writes knowledge/answer_model/{model.onnx, heads.json}, and out_of_fold.jsonl, which `make train` reads: regressions
fitted on scores that the model gives to answers it was trained on would trust it too much.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from evals.labelled import load_relevance, load_training
from evals.training.answer_model.examples import Example, answer_examples, clause_examples, sentence_examples
from evals.training.answer_model.export import export
from evals.training.answer_model.training import EPOCHS, Material, trained
from evals.training.out_of_fold import stored, write_scores
from prepbot.analysis.answer_model import AnswerModel
from prepbot.ports import AnswerScores
from prepbot.resources import resource
from prepbot.retrieval.embedding import MiniLmEmbedder

FOLDS = (("a", "answers_dev", "i", "k", "m", "t", "v"), ("b", "answers_dev2", "j", "l", "n", "u", "w"))
"""Authors left out together; answers_dev2's is the second author of the data sheets, each letter another one."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the folds, then the model that ships."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.answer_model", description=__doc__)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--folder", type=Path, default=resource("knowledge/answer_model"))
    chosen = parser.parse_args(arguments)
    answers = answer_examples((*load_training(), *load_relevance()))
    always = (tuple(sentence_examples()), tuple(clause_examples()))
    scores: dict[tuple[str, str], AnswerScores] = {}
    for number, authors in enumerate(FOLDS, start=1):
        sys.stdout.write(f"fold {number}: without {', '.join(authors)}\n")
        kept = tuple(example for example in answers if example.group not in authors)
        network = trained(Material(kept + always[0], always[1]), epochs=chosen.epochs)
        with tempfile.TemporaryDirectory() as folder:
            export(network, Path(folder))
            model = AnswerModel(MiniLmEmbedder(), Path(folder))
            scores |= {_key(e): _score(model, e) for e in answers if e.group in authors}
        write_scores(chosen.folder / "out_of_fold.jsonl", stored(scores, answers))
    sys.stdout.write("the model that ships\n")
    export(trained(Material(tuple(answers) + always[0], always[1]), epochs=chosen.epochs), chosen.folder)


def _key(example: Example) -> tuple[str, str]:
    return example.question, example.text


def _score(model: AnswerModel, example: Example) -> AnswerScores:
    return model.score(example.question, example.kind, example.text, example.segments, example.units, example.kpis)


if __name__ == "__main__":
    main()
