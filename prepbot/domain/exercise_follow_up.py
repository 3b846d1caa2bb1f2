"""The one follow-up that an exercise gets: which of its tasks have no answer yet."""

from prepbot.domain.echo import first_words
from prepbot.domain.exercise import Exercise, WrittenCase
from prepbot.domain.exercise_marks import ExerciseMarks, FigureVerdict, LeakVerdict
from prepbot.domain.gap import Gap, GapKind
from prepbot.domain.interview import Unit


def open_tasks(unit: Unit) -> Gap | None:
    """The gap that asks for the tasks without an attempt; None where all have one, or where no exercise was set.

    The candidate's words are quoted only where nothing in them was an attempt.
    """
    exercise, marks = unit.question.exercise, unit.marks
    if exercise is None or marks is None:
        return None
    numbers = open_numbers(marks)
    if not numbers:
        return None
    nothing = len(numbers) == len(exercise.tasks)
    quote = first_words(unit.answers[-1].text) if nothing else ""
    return Gap(GapKind.OPEN_TASKS, quote, tasks=_words(exercise, numbers))


def open_numbers(marks: ExerciseMarks) -> tuple[int, ...]:
    """The numbers of the tasks that were not attempted, as the candidate counts them from 1."""
    tried = [mark.verdict is not FigureVerdict.MISSING for mark in marks.figures]
    if marks.leak is not None:
        tried.append(marks.leak.verdict is not LeakVerdict.MISSING)
    if marks.experiment is not None:
        tried.append(marks.experiment.credit > 0)
    return tuple(number for number, attempt in enumerate(tried, start=1) if not attempt)


def _words(exercise: Exercise | WrittenCase, numbers: tuple[int, ...]) -> str:
    if isinstance(exercise, WrittenCase):
        return "the case"
    if len(numbers) == len(exercise.tasks):
        return "the tasks"
    *most, last = map(str, numbers)
    return f"tasks {', '.join(most)} and {last}" if most else f"task {last}"
