"""What an exercise counts for in its stage's decision: one criterion, by the share of its tasks that was solved."""

from prepbot.domain.evidence import Span
from prepbot.domain.exercise_marks import ExerciseMarks
from prepbot.domain.rubric import Criterion, CriterionGrade

_NEAR = 1e-9

EXERCISE_CRITERION = Criterion(
    "exercise",
    "Exercise",
    (
        "Less than a third of what the tasks asked for was there.",
        "A third of what the tasks asked for was there.",
        "Two thirds of what the tasks asked for were there.",
        "Every task was solved.",
    ),
    ((), (), (), ()),
)


def exercise_grades(marks: ExerciseMarks) -> tuple[CriterionGrade, ...]:
    """The level on the one criterion: whole thirds of the tasks' mean credit, with the words that earned it."""
    level = int(marks.credit * 3 + _NEAR)
    spans = _earned(marks) if level else ()
    return (CriterionGrade(EXERCISE_CRITERION.id, level, spans, EXERCISE_CRITERION.anchors[level]),)


def _earned(marks: ExerciseMarks) -> tuple[Span, ...]:
    figures = [mark.span or mark.formula for mark in marks.figures if mark.credit > 0]
    leak = [marks.leak.span] if marks.leak is not None and marks.leak.credit > 0 else []
    step = [marks.experiment.change] if marks.experiment is not None else []
    return tuple(span for span in (*figures, *leak, *step) if span is not None)
