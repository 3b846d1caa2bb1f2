"""An exercise as it is read afterwards: each task with its verdict, the candidate's words, and the worked solution."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prepbot.domain.evidence import Span
from prepbot.domain.exercise import Exercise, WrittenCase
from prepbot.domain.exercise_follow_up import open_numbers
from prepbot.domain.exercise_marks import ExerciseMarks
from prepbot.domain.exercise_wording import experiment_sentence, figure_sentence, leak_sentence, unread_sentence

NO_BAND = "An exercise is marked task by task. The bands are for spoken answers, so it has none."
STEP_COUNTS = "A next step counts for its change, its measure and its rule, a third each."
FIGURES_COUNT = (
    "A figure counts in full within its tolerance, and half for the right formula or a small slip. "
    "Where it leaks counts with the figure that shows it."
)


@dataclass(frozen=True, slots=True)
class TaskOutcome:
    """One task afterwards. `credit` is from 0 to 1, `spans` the words that count, `solution` the worked lines."""

    number: int
    text: str
    credit: float
    sentence: str
    spans: tuple[Span, ...]
    solution: tuple[str, ...]

    @property
    def word(self) -> str:
        """The verdict in a word or two."""
        if self.credit >= 1:
            return "right"
        return "partly" if self.credit else "not yet"


def outcomes(exercise: Exercise | WrittenCase, marks: ExerciseMarks, answers: Sequence[str]) -> tuple[TaskOutcome, ...]:
    """Every task in its order. `answers[n]` is the text that spans of turn n point into."""
    found = _parts(exercise, marks, answers)
    return tuple(
        TaskOutcome(number, text, credit, sentence, tuple(span for span in spans if span is not None), solution)
        for number, (text, (credit, sentence, spans, solution)) in enumerate(
            zip(exercise.tasks, found, strict=True), start=1
        )
    )


def score_words(marks: ExerciseMarks) -> str:
    """What was reached, in words: "2 of 4 tasks right, 1 partly"."""
    parts = [*marks.figures, *(mark for mark in (marks.leak, marks.experiment) if mark is not None)]
    right = sum(part.credit >= 1 for part in parts)
    partly = sum(0 < part.credit < 1 for part in parts)
    tasks = f"{len(parts)} {'task' if len(parts) == 1 else 'tasks'}"
    return f"{right} of {tasks} right" + (f", {partly} partly" if partly else "")


def what_counts(exercise: Exercise | WrittenCase) -> str:
    """How an exercise is marked, in two sentences or three."""
    return STEP_COUNTS if isinstance(exercise, WrittenCase) else f"{FIGURES_COUNT} {STEP_COUNTS}"


def unread(exercise: Exercise | WrittenCase, marks: ExerciseMarks, answers: Sequence[str]) -> str:
    """What to say where not one task was attempted; empty elsewhere."""
    if isinstance(exercise, WrittenCase) or len(open_numbers(marks)) < len(exercise.tasks):
        return ""
    return unread_sentence(" ".join(answers))


_Part = tuple[float, str, tuple[Span | None, ...], tuple[str, ...]]


def _parts(exercise: Exercise | WrittenCase, marks: ExerciseMarks, answers: Sequence[str]) -> Iterator[_Part]:
    if isinstance(exercise, Exercise):
        for figure, task in zip(marks.figures, exercise.figures, strict=True):
            said = figure_sentence(figure, task, answers)
            yield figure.credit, said, (figure.span, figure.formula), task.solution
        if marks.leak is not None:
            leak = marks.leak
            yield leak.credit, leak_sentence(leak, exercise.leak, answers), (leak.span, leak.by), exercise.leak.solution
    if marks.experiment is not None:
        step = marks.experiment
        said = experiment_sentence(step, exercise.experiment)
        yield step.credit, said, (step.change, step.measure, step.rule), ()
