"""What a candidate reads after an exercise: one sentence a task, with their own words in it."""

from collections.abc import Sequence

from prepbot.domain.exercise import ExperimentTask, FigureTask, LeakTask, Slip, SlipKind
from prepbot.domain.exercise_marks import ExperimentMark, FigureMark, FigureVerdict, LeakMark, LeakVerdict

_SLIPS = {
    SlipKind.INVERSE: "the formula is upside down",
    SlipKind.COMPLEMENT: "that is what is left to 100 %",
    SlipKind.NO_FACTOR: "the factor that belongs to the formula is missing",
    SlipKind.PERCENT_OF_SHARE: "that is the share with a percent sign; it has to be multiplied by 100 first",
    SlipKind.POWER_OF_TEN: "the digits are right and the decimal point is not",
    SlipKind.WRONG_UNIT: "the number is right and the unit is another",
    SlipKind.MEAN_OF_ROWS: "that is the mean of the rows; a total needs the sums first",
    SlipKind.ROUNDED: "that is rounded too far",
}


def figure_sentence(mark: FigureMark, task: FigureTask, answers: Sequence[str]) -> str:
    """What became of one figure. `answers[n]` is the text that spans of turn n point into."""
    said = f"“{mark.span.cut(answers[mark.span.turn])}”" if mark.span else ""
    right = task.expected.shown
    match mark.verdict:
        case FigureVerdict.RIGHT:
            sentence = f"{said} is right." if said == f"“{right}”" else f"{said} is right. The solution has {right}."
        case FigureVerdict.OTHER_UNIT:
            hint = "" if mark.unit_named else " Say the unit with the figure."
            sentence = f"{said} is right, said in another unit: {right}.{hint}"
        case FigureVerdict.SLIP if mark.slip is not None:
            sentence = f"{said} is near: {_slip(mark.slip)}. The figure is {right}."
        case FigureVerdict.FORMULA if mark.formula is not None:
            sentence = f"“{mark.formula.cut(answers[mark.formula.turn])}” is the right formula. The figure is {right}."
        case FigureVerdict.WRONG:
            sentence = f"{said} is not it. The figure is {right}."
        case _:
            sentence = f"No figure was said for this one. It is {right}."
    return sentence


def leak_sentence(mark: LeakMark, task: LeakTask, answers: Sequence[str]) -> str:
    """Whether the leak was found, and what was there to see."""
    said = f"“{mark.span.cut(answers[mark.span.turn])}”" if mark.span else ""
    match mark.verdict:
        case LeakVerdict.NAMED if mark.by is not None:
            return f"{said} it is. {task.sentence}"
        case LeakVerdict.NAMED:
            return f"{said} it is; say by which figure, too. {task.sentence}"
        case LeakVerdict.AMONG_TWO:
            return f"{said} is one of two you named; choose one. {task.sentence}"
        case LeakVerdict.OTHER_ROW:
            return f"{said} is not the one. {task.sentence}"
        case LeakVerdict.MISSING:
            return f"No {task.rows_are} was named. {task.sentence}"


def experiment_sentence(mark: ExperimentMark, task: ExperimentTask) -> str:
    """What a next step still lacks, with an example."""
    parts = (("a change", mark.change), ("a measure", mark.measure), ("a rule to succeed or stop by", mark.rule))
    lacking = [name for name, span in parts if span is None]
    if not lacking:
        return f"A change, a measure and a rule: a test one could run. For comparison: {task.example}"
    return f"Still open: {_and(lacking)}. For example: {task.example}"


def unread_sentence(answer: str) -> str:
    """What to say where an answer holds no figure at all."""
    words = " ".join(answer.split())
    if not words:
        return "There is no answer yet. Write a figure such as 2.4 %, $38.50 or 90 minutes, or skip the task."
    shown = words if len(words) <= 60 else f"{words[:59].rstrip()}…"
    return f"No figure could be read in “{shown}”. Write one such as 2.4 %, $38.50 or 90 minutes, or skip the task."


def _slip(slip: Slip) -> str:
    if slip.kind is SlipKind.OTHER_ROW:
        return f"that is the figure of {slip.row}" if slip.row else "that is the figure of the whole table"
    return _SLIPS[slip.kind]


def _and(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
