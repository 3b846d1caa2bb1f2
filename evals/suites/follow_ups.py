"""Whether follow-ups belong to their answers, on training answers read by models that never saw their author."""

from dataclasses import dataclass

from evals.bootstrap import Figure
from evals.interviews.contingency import Asked, Contingency, judged
from evals.labelled import load_training
from evals.readings import Readings
from evals.suite import Measured, Options, Result, Table, WorstCase
from evals.training.out_of_fold import load_scores
from prepbot.analysis.answer_model import AnswerModel
from prepbot.resources import resource
from prepbot.retrieval.embedding import MiniLmEmbedder

_SHOWN = 8
_HELD_OUT = (
    "The answer model's scores come from models that never saw the author; the small regressions on top did, and the "
    "interviewer's rules were mended on a third of these answers. No sealed text is read."
)


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Each follow-up against one asked of another answer, and its hole against the human labels."""

    name: str = "follow-ups"

    def run(self, options: Options) -> Result:
        """Every training answer that gets a follow-up about what it says."""
        rows = load_training()
        scorer = load_scores(resource("knowledge/answer_model/out_of_fold.jsonl"), AnswerModel().version)
        scored = Readings(scorer=scorer).each(rows, rows)
        found = judged([one for one in scored if options.role in (None, one.row.role)], MiniLmEmbedder())
        holes = found.true_holes()
        measured = tuple(Measured(name, "held out", value) for name, value in _figures(found, holes["all"]).items())
        kinds = Table("asks for what the labels lack", ("gap", "share"), tuple(holes.items()))
        return Result(measured, (kinds,), tuple(_case(one) for one in found.worst()[:_SHOWN]), (_note(found),))


def _figures(found: Contingency, holes: Figure) -> dict[str, Figure]:
    return {
        "own follow-up is nearer than a swapped one": found.won(found.points(masked=False)),
        "the same with the quotation taken out": found.won(found.points(masked=True)),
        "own follow-up names a hole where the swapped one does not": found.won(found.hole_points()),
        "follow-up asks for what the labels lack": holes,
    }


def _case(one: Asked) -> WorstCase:
    return WorstCase(one.row.source, one.row.id, f"{one.gap.kind}: {one.text}", one.row.answer)


def _note(found: Contingency) -> str:
    return f"{len(found.pairs)} pairs of {len(found.asked)} follow-ups; even pairs count half. {_HELD_OUT}"
