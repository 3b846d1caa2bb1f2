"""Whether follow-ups belong to their answers, on the open labelled sets: nobody's sealed text is read for it."""

from dataclasses import dataclass

from evals.interviews.contingency import Asked, Contingency, judged
from evals.sets import load_sets
from evals.suite import Measured, Options, Result, Table, WorstCase
from prepbot.retrieval.embedding import MiniLmEmbedder

_OPEN = ("answers_dev", "answers_dev2")
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Each follow-up against one asked of another answer, and its hole against the human labels."""

    name: str = "follow-ups"

    def run(self, options: Options) -> Result:
        """Every answer of the open sets that gets a follow-up about what it says."""
        sets = [one for one in load_sets() if one.name in _OPEN]
        found = judged([s for one in sets for s in options.scored(one)], MiniLmEmbedder())
        measured = tuple(Measured(name, "open sets", value) for name, value in found.figures().items())
        kinds = Table("asks for what the labels lack", ("gap", "share"), tuple(found.true_holes().items()))
        return Result(measured, (kinds,), tuple(_case(one) for one in found.worst()[:_SHOWN]), (_note(found),))


def _case(one: Asked) -> WorstCase:
    return WorstCase(one.row.source, one.row.id, f"{one.gap.kind}: {one.text}", one.row.answer)


def _note(found: Contingency) -> str:
    return (
        f"{len(found.pairs)} pairs of {len(found.asked)} follow-ups; even pairs count half. The analyst was trained on "
        "these answers, so that its holes are truer here than on text it has not seen."
    )
