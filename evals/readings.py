"""Every answer is read once, with one answer model, and shared by all suites."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TypeVar

import numpy as np

from evals.answers import Grader, Scored, read_one
from evals.labelled import LabelledAnswer, RoleTexts, role_texts
from evals.sets import DataSet
from prepbot.analysis.analyst import RulesAnalyst
from prepbot.analysis.answer_model import AnswerModel
from prepbot.analysis.logistic import TrainedModels
from prepbot.domain.rubric import grade
from prepbot.ports import Analyst, AnswerScorer
from prepbot.reading.catalogue import trade_kpis
from prepbot.retrieval.embedding import MiniLmEmbedder

Build = Callable[[RoleTexts, AnswerScorer], Analyst]
_Any = TypeVar("_Any")
_WORKERS = 2


def rules_analyst(texts: RoleTexts, scorer: AnswerScorer | None, models: TrainedModels | None = None) -> RulesAnalyst:
    """The analyst of one role as the product builds it; with `models` other coefficients than those that ship."""
    return RulesAnalyst(texts.tracked, scorer, texts.activities, models, trade_kpis())


class Readings:
    """Reads sets on first request and keeps what was read. `build` makes the analyst of a role."""

    def __init__(
        self, build: Build = rules_analyst, grader: Grader = grade, scorer: AnswerScorer | None = None
    ) -> None:
        self._build = build
        self._grade = grader
        self._given = scorer
        self._analysts: dict[RoleTexts, Analyst] = {}
        self._read: dict[str, tuple[Scored, ...]] = {}

    @cached_property
    def scorer(self) -> AnswerScorer:
        """The one answer model of a run."""
        return self._given or AnswerModel(MiniLmEmbedder())

    def of(self, one: DataSet) -> tuple[Scored, ...]:
        """The set's answers as read, in the file's order."""
        if one.name not in self._read:
            rows = one.rows()
            self._read[one.name] = tuple(self.each(rows, rows))
        return self._read[one.name]

    def each(self, rows: Sequence[LabelledAnswer], among: Sequence[LabelledAnswer]) -> list[Scored]:
        """Rows read now, in their order; `among` is the set they come from, which tells a pageless role's questions.

        Two at a time: the model frees the interpreter.
        """
        analysts = [self._analyst(row, among) for row in rows]
        with ThreadPoolExecutor(_WORKERS) as pool:
            return list(pool.map(self._score, rows, analysts))

    def _analyst(self, row: LabelledAnswer, among: Sequence[LabelledAnswer]) -> Analyst:
        texts = role_texts(row, among)
        if texts not in self._analysts:
            self._analysts[texts] = self._build(texts, self.scorer)
        return self._analysts[texts]

    def fresh(self) -> "Readings":
        """The same with nothing kept: new analysts, and a new answer model where none was given."""
        return Readings(self._build, self._grade, self._given)

    def _score(self, row: LabelledAnswer, analyst: Analyst) -> Scored:
        return read_one(row, analyst, self._grade)


def spread(values: Sequence[_Any], most: int) -> list[_Any]:
    """At most `most` of the values, at even distances."""
    if len(values) <= most:
        return list(values)
    return [values[round(place)] for place in np.linspace(0, len(values) - 1, most)]
