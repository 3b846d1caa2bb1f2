"""`python -m evals --model provider:model`: a model's readings measured on labelled answers, the estimate first."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.answers import Scored
from evals.interviews.contingency import judged
from evals.models.reader import Asked, model_named
from evals.models.readings import read_by, requests_for
from evals.models.report import Kept, estimate, report
from evals.readings import spread
from evals.sets import DataSet
from evals.suite import Measured, Options, Result
from prepbot.language.voice import ModelVoice
from prepbot.retrieval.embedding import MiniLmEmbedder
from prepbot.settings import load_settings
from prepbot.written_voice import WrittenVoice

BY_DEFAULT = ("answers_dev", "answers_dev2")
"""What is read where no set is named: answers that anybody may see."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to measure: the model's name, at most so many answers of each set, the runs, follow-ups too or not."""

    model: str
    most: int
    runs: int
    follow_ups: bool


def model_results(wanted: Wanted, options: Options) -> Iterator[tuple[str, Result]]:
    """One result a set. Prints what it will take before anything is sent. Raises BadInput for a model that is none."""
    for one in options.sets:
        yield f"{wanted.model} on {one.name}", _measured(wanted, options, one)


def _measured(wanted: Wanted, options: Options, one: DataSet) -> Result:
    among = one.rows()
    rows = spread([row for row in among if options.role in (None, row.role)], wanted.most)
    scored = options.readings.each(rows, among)
    kept = Kept()
    asked = model_named(wanted.model, rows, load_settings(), kept)
    print(estimate(requests_for(scored, among), wanted.runs, asked.price), file=sys.stderr, flush=True)
    runs = [read_by(asked.client(run), scored, among) for run in range(wanted.runs)]
    found = report(asked.name, one.name, runs, kept.calls)
    if not wanted.follow_ups:
        return found
    return Result((*found.figures, *_follow_ups(asked, scored, one.name)), found.tables, found.worst, found.notes)


def _follow_ups(asked: Asked, scored: Sequence[Scored], dataset: str) -> Iterator[Measured]:
    """Whether the model's own follow-up suits its answer better than one swapped from another answer."""
    voice = ModelVoice(WrittenVoice(), asked.live)
    found = judged(scored, MiniLmEmbedder(), voice)
    if not found.pairs:
        return
    for name, figure in found.figures().items():
        yield Measured(name, dataset, figure)
    yield Measured("follow-ups in the model's own words", dataset, found.in_own_words())
