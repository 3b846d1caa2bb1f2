"""An answer to an exercise as marks: figures, leak and next step, from one text or from one for each task."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate

from prepbot.analysis.exercise_experiment import check_experiment
from prepbot.analysis.exercise_figures import check_figures
from prepbot.analysis.exercise_leak import check_leak
from prepbot.domain.evidence import Span
from prepbot.domain.exercise import Exercise, WrittenCase
from prepbot.domain.exercise_marks import ExerciseMarks

__all__ = ["check", "check_answers", "check_case", "check_experiment", "check_figures", "check_leak"]

_BREAK = "\n\n"
_Place = Callable[[Span | None], Span | None]


def check_answers(exercise: Exercise | WrittenCase, answers: Sequence[str]) -> ExerciseMarks:
    """The marks of an exercise over an answer and those to its follow-ups, read as one text; spans carry their turn."""
    text = _BREAK.join(answers)
    marks = check_case(exercise, text) if isinstance(exercise, WrittenCase) else check(exercise, text, text, text)
    return _placed(marks, _place_in(answers))


def check(exercise: Exercise, figures: str, leak: str, experiment: str) -> ExerciseMarks:
    """The marks of an exercise. Give the same text three times where everything was answered at once.

    Each mark's spans point into the text that was given for its task.
    """
    return ExerciseMarks(
        figures=check_figures(exercise, figures),
        leak=check_leak(exercise.leak, leak),
        experiment=check_experiment(exercise.experiment, experiment),
    )


def check_case(case: WrittenCase, answer: str) -> ExerciseMarks:
    """The marks of a written case, which has a next step alone."""
    return ExerciseMarks(experiment=check_experiment(case.experiment, answer))


def _place_in(answers: Sequence[str]) -> _Place:
    """Moves a span of the joined text to the answer that it begins in."""
    starts = [0, *accumulate(len(answer) + len(_BREAK) for answer in answers)][: len(answers)]

    def place(span: Span | None) -> Span | None:
        if span is None:
            return None
        turn = bisect_right(starts, span.start) - 1
        start, end = span.start - starts[turn], min(span.end - starts[turn], len(answers[turn]))
        return Span(start, end, turn) if start < end else None

    return place


def _placed(marks: ExerciseMarks, place: _Place) -> ExerciseMarks:
    leak, step = marks.leak, marks.experiment
    return ExerciseMarks(
        figures=tuple(replace(mark, span=place(mark.span), formula=place(mark.formula)) for mark in marks.figures),
        leak=replace(leak, span=place(leak.span), by=place(leak.by)) if leak else None,
        experiment=replace(step, change=place(step.change), measure=place(step.measure), rule=place(step.rule))
        if step
        else None,
    )
