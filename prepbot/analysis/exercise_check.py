"""An answer to an exercise as marks: figures, leak and next step, from one text or from one for each task."""

from prepbot.analysis.exercise_experiment import check_experiment
from prepbot.analysis.exercise_figures import check_figures
from prepbot.analysis.exercise_leak import check_leak
from prepbot.domain.exercise import Exercise, WrittenCase
from prepbot.domain.exercise_marks import ExerciseMarks

__all__ = ["check", "check_case", "check_experiment", "check_figures", "check_leak"]


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
