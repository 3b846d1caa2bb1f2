"""`python -m evals.interviews.held_out`: follow-ups to training answers, read by models that never saw their author."""

import sys

from evals.interviews.contingency import judged
from evals.labelled import load_training
from evals.readings import Readings
from evals.render import as_text
from evals.suite import Measured, Result, Table, WorstCase
from evals.training.out_of_fold import load_scores
from prepbot.analysis.answer_model import AnswerModel
from prepbot.resources import resource
from prepbot.retrieval.embedding import MiniLmEmbedder

_SHOWN = 20
_NOTE = (
    "The answer model's scores come from models that never saw the author; the small regressions on top did, and the "
    "interviewer's rules were mended on a third of these answers. No sealed text is read."
)


def held_out() -> Result:
    """Every training answer that gets a follow-up about what it says."""
    rows = load_training()
    scorer = load_scores(resource("knowledge/answer_model/out_of_fold.jsonl"), AnswerModel().version)
    found = judged(Readings(scorer=scorer).each(rows, rows), MiniLmEmbedder())
    worst = (
        WorstCase(one.row.source, one.row.id, f"{one.gap.kind}: {one.text}", one.row.answer) for one in found.worst()
    )
    return Result(
        tuple(Measured(name, "held out", value) for name, value in found.figures().items()),
        (Table("asks for what the labels lack", ("gap", "share"), tuple(found.true_holes().items())),),
        tuple(worst)[:_SHOWN],
        (f"{len(found.pairs)} pairs of {len(found.asked)} follow-ups; even pairs count half. {_NOTE}",),
    )


if __name__ == "__main__":
    sys.stdout.write(as_text("follow-ups, held out", held_out()) + "\n")
