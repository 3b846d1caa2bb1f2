"""Whether a good answer is doubted when it is given to another question: a rehearsed story has to fit it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from evals.answers import Scored
from evals.bootstrap import figure
from evals.labelled import load_other_questions
from evals.suite import Measured, Options, Result, WorstCase
from evals.values import share
from prepbot.domain.rubric import Grade

_DATASET = "other_questions"
_WORST = 5
_WORDS = 240
_FINE = 4


@dataclass(frozen=True, slots=True)
class OtherQuestions:
    """Training answers set beside other questions, where the label says that they do not answer them."""

    name: str = "other-questions"

    def run(self, options: Options) -> Result:
        """Read every pair; intervals come from resampling questions."""
        rows = [row for row in load_other_questions() if row.relevance < 2 and options.role in (None, row.role)]
        read = options.readings.each(rows, rows)
        figures = (
            _share("doubted", read, lambda one: one.said.relevance < 2, better=True),
            _share("band 4 or 5", read, _fine, better=False),
        )
        return Result(figures, worst=tuple(map(_shown, sorted(filter(_fine, read), key=_fewest_doubts)[:_WORST])))


def _share(name: str, read: Sequence[Scored], fits: Callable[[Scored], bool], *, better: bool) -> Measured:
    counts = np.array([(float(fits(one)), 1.0) for one in read])
    found = figure(counts, [one.row.question for one in read], share, len(read))
    return Measured(name, _DATASET, found, higher_is_better=better)


def _fine(one: Scored) -> bool:
    return isinstance(one.graded, Grade) and one.graded.band >= _FINE


def _fewest_doubts(one: Scored) -> float:
    chances = one.evidence.chances
    return chances.off_topic + chances.other_question if chances else 0.0


def _shown(one: Scored) -> WorstCase:
    return WorstCase(_DATASET, one.row.id, f"fine to “{one.row.question}”", one.row.answer[:_WORDS])
