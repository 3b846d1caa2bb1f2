"""How long the grader reads one answer, on one core, with no vector of it kept."""

import os
import time
from collections.abc import Iterator
from random import Random
from statistics import mean

from benchmarks.candidate import answer
from benchmarks.figures import Figure, percentile
from prepbot.analysis.answer_model import AnswerModel
from prepbot.domain.role import Question, QuestionKind
from prepbot.domain.rubric import grade
from prepbot.ports import Analyst
from prepbot.reading.library import find_role
from prepbot.retrieval.embedding import MiniLmEmbedder
from prepbot.wiring import analysts

ANSWERS = 200
WORDS = 120
_A_SECOND = 15  # answers a second that a batch is to reach


def figures() -> Iterator[Figure]:
    """The median of single answers, and their mean: what a batch takes for each."""
    milliseconds = [second * 1000 for second in _seconds()]
    name = f"answer of {WORDS} words read and graded on one core"
    yield percentile(name, milliseconds, 50, "ms", 120.0)
    yield Figure("the same in a batch, each", mean(milliseconds), "ms", 1000 / _A_SECOND, f"mean of {ANSWERS}")


def _seconds() -> list[float]:
    """The seconds of each answer; the process keeps to one core meanwhile, where the system can be told so."""
    role, _ = find_role("ecommerce-specialist")
    analyst = analysts(AnswerModel(MiniLmEmbedder()))(role)
    analyst.warm_up()
    questions = [question for question in role.questions if question.kind is QuestionKind.PAST_BEHAVIOUR]
    random = Random(2)
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    if allowed:
        os.sched_setaffinity(0, {min(allowed)})
    try:
        return [_timed(analyst, questions[place % len(questions)], answer(random, WORDS)) for place in range(ANSWERS)]
    finally:
        if allowed:
            os.sched_setaffinity(0, allowed)


def _timed(analyst: Analyst, question: Question, said: str) -> float:
    began = time.perf_counter()
    grade(analyst.analyse(question.text, question.kind, said))
    return time.perf_counter() - began
