"""Which figure was said for which task, and what it is worth. Numbers copied from the table are no result."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from prepbot.analysis.exercise_formula import formula_in
from prepbot.analysis.exercise_judge import judge
from prepbot.analysis.exercise_rows import RowHit, rows_in
from prepbot.analysis.figure_meant import figures_in, in_unit, only_compared
from prepbot.analysis.figures import Figure, figures_of
from prepbot.analysis.kpi_names import KpiNames
from prepbot.analysis.normalise import normalise
from prepbot.analysis.number_typos import without_typos
from prepbot.analysis.quantities import Unit
from prepbot.analysis.words import words_of
from prepbot.domain.evidence import Span
from prepbot.domain.exercise import Exercise, FigureTask, Table
from prepbot.domain.exercise_marks import FigureMark, FigureVerdict
from prepbot.domain.metric import Metric, TrackedKpi
from prepbot.domain.role import Kpi

_LABEL = re.compile(r"(?im)^[ \t]*+(?:task|figure|question|no\.?|q)?[ \t]*\(?([1-3])\s?[.):]\s")
_OPERATOR = re.compile(r"[/×*÷+]\s*$")
_PLANNED = re.compile(
    r"(?i)\b(?:if|unless|until|target|would|(?:falls?|rises?|drops?) (?:by|to|below|above)|at least|keep it)\b[^.;\n]*$"
)
_REACH = 120
_WHOLE = re.compile(r"(?i)\b(?:whole|overall|total|all|together|altogether|combined)\b")
_SENTENCE = re.compile(r"(?<!\d)[.;]\s|\n|(?<=[\d%])[.;]\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A figure that may be a result. `task` is the task it stands with, None where nothing says."""

    figure: Figure
    span: Span
    task: FigureTask | None
    row: str | None
    aside: bool


def check_figures(exercise: Exercise, answer: str) -> tuple[FigureMark, ...]:
    """A mark for every figure task of the exercise, in its order."""
    plain = without_typos(normalise(answer))
    copied = _copied(exercise.table)
    found = figures_in(answer)
    results = [(figure, span) for figure, span in found if not _is_input(figure, plain.text, copied, exercise.figures)]
    candidates = _candidates(plain.text, results, exercise)
    said = _bound(candidates, exercise.figures)
    marks = []
    for task in exercise.figures:
        mark = judge(said[task.id].figure, said[task.id].span, task) if task.id in said else None
        place = formula_in(plain.text, figures_of(plain.text), task)
        formula = plain.span(*place) if place else None
        marks.append(_with_formula(mark or FigureMark(task.id, FigureVerdict.MISSING), formula))
    return tuple(marks)


def _with_formula(mark: FigureMark, formula: Span | None) -> FigureMark:
    """The mark beside a formula that was said; it lifts a wrong or missing figure."""
    if formula is None or mark.verdict in {FigureVerdict.RIGHT, FigureVerdict.OTHER_UNIT}:
        return mark
    if mark.verdict in {FigureVerdict.WRONG, FigureVerdict.MISSING}:
        return replace(mark, verdict=FigureVerdict.FORMULA, formula=formula)
    return replace(mark, formula=formula)


def _copied(table: Table) -> frozenset[float]:
    totals = (sum(column) for column in zip(*table.cells, strict=True))
    return frozenset({cell for cells in table.cells for cell in cells} | {round(total, 4) for total in totals})


def _is_input(figure: Figure, text: str, copied: frozenset[float], tasks: Sequence[FigureTask]) -> bool:
    """Whether a figure only goes into a calculation: a cell of the table, or what stands behind a sign of one.

    "Half" and "twice" are results only where they are right.
    """
    if _OPERATOR.search(text, max(0, figure.start - _REACH), figure.start):
        return True
    if figure.weak:
        return not any(judge(figure, Span(0, 1), task).credit == 1 for task in tasks)
    if figure.whole:
        return figure.value in copied or figure.whole in copied
    if figure.unit not in {Unit.BARE, Unit.COUNT, Unit.CURRENCY} or figure.value not in copied:
        return False
    return not any(task.expected.agrees(figure.value) for task in tasks)


def _candidates(text: str, results: Iterable[tuple[Figure, Span]], exercise: Exercise) -> list[_Candidate]:
    """The figures with the task that each stands with: the KPI named nearest, or the number at the line's start."""
    tasks = exercise.figures
    hits = KpiNames([tracked_as(task.metric) for task in tasks]).find(words_of(text))
    named = [(hit.start, hit.end, tasks[hit.kpi]) for hit in hits]
    by_id = {task.id: task for task in tasks}
    named += [(*found.span(), by_id[found[1]]) for found in _LABEL.finditer(text) if found[1] in by_id]
    named.sort(key=lambda one: one[0])
    rows = rows_in(text, [exercise.leak.row, *exercise.leak.others])
    breaks = [0, *(found.end() for found in _SENTENCE.finditer(text))]
    results = [one for one in results if not any(row.start <= one[0].start < row.end for row in rows)]
    before = bool(named and results and named[0][0] < results[0][0].start)
    return [
        _Candidate(
            figure,
            span,
            _task_of(text, figure, named, before=before),
            _row_of(text, figure, rows, breaks),
            _is_aside(text[max(0, figure.start - _REACH) : figure.start]),
        )
        for figure, span in results
    ]


def _is_aside(before: str) -> bool:
    """Whether the words before a figure compare with it or plan it, so that it is no result."""
    return only_compared(before) or bool(_PLANNED.search(before))


def tracked_as(metric: Metric) -> TrackedKpi:
    """A metric as a KPI of its own, so that it is found by its names."""
    return TrackedKpi(Kpi(metric.name, "", 0), metric)


def _task_of(
    text: str, figure: Figure, named: Sequence[tuple[int, int, FigureTask]], *, before: bool
) -> FigureTask | None:
    """The task whose KPI is named before the figure, or after it where the answer begins with a figure."""
    ahead = [task for _, end, task in named if end <= figure.start]
    behind = [
        task for start, _, task in named if start >= figure.end and not _SENTENCE.search(text[figure.end : start])
    ]
    task = behind[0] if behind and not before else ahead[-1] if ahead else None
    return task if task and in_unit(figure, task.expected.unit) is not None else None


def _row_of(text: str, figure: Figure, rows: Sequence[RowHit], breaks: Sequence[int]) -> str | None:
    """The row named last before the figure in its sentence, or right behind it; None where none or all are meant.

    `breaks` are the places where sentences begin.
    """
    start = breaks[bisect_right(breaks, figure.start) - 1]
    ahead = [hit for hit in rows if start <= hit.start and hit.end <= figure.start]
    if ahead and not _WHOLE.search(text[ahead[-1].end : figure.start]):
        return ahead[-1].row
    end = _SENTENCE.search(text, figure.end)
    last = min(figure.end + 12, end.start() if end else len(text))
    behind = [hit for hit in rows if figure.end <= hit.start <= last]
    return behind[0].row if behind and not ahead else None


def _bound(candidates: Sequence[_Candidate], tasks: Sequence[FigureTask]) -> dict[str, _Candidate]:
    """The one figure that counts for each task: named ones first, then what stands free, then figures of other rows."""
    if len(tasks) == 1 and candidates:
        return {tasks[0].id: _meant(candidates, tasks[0])}
    said: dict[str, _Candidate] = {}
    for task in tasks:
        own = [one for one in candidates if one.task is task and one.row in {None, task.where}]
        if own:
            said[task.id] = _meant(own, task)
    free = [one for one in candidates if one.task is None and not one.aside]
    said |= _matched(free, [task for task in tasks if task.id not in said])
    for task in tasks:
        own = [one for one in candidates if one.task is task]
        if own and task.id not in said:
            said[task.id] = _meant(own, task)
    return said


def _meant(own: Sequence[_Candidate], task: FigureTask) -> _Candidate:
    """The last figure that was said for a task, of the asked row and kind where there is a choice."""

    def rank(place: int) -> tuple[bool, ...]:
        one = own[place]
        read = in_unit(one.figure, task.expected.unit)
        changes = one.figure.unit is Unit.POINTS and task.expected.unit == "percent"
        return (
            not one.aside,
            not one.figure.weak,
            read is not None and not changes,
            one.row == task.where,
            read is not None and read.named,
        )

    return own[max(range(len(own)), key=lambda place: (rank(place), place))]


def _matched(free: Sequence[_Candidate], left: Sequence[FigureTask]) -> dict[str, _Candidate]:
    """Figures that stand with no task, given to the tasks left over.

    With hardly more figures than tasks they may come in any order; with many more only their order counts, so that a
    pile of numbers finds nothing by luck.
    """
    free = [one for one in free if any(_fits(one, task) for task in left)]
    if not free:
        return {}
    if len(free) > len(left) + 1:
        return {task.id: one for task, one in zip(left, free, strict=False)}
    padded: list[_Candidate | None] = [*free, *([None] * len(left))]
    best = max(permutations(padded, len(left)), key=lambda chosen: _worth(chosen, left))
    return {task.id: one for task, one in zip(left, best, strict=True) if one is not None and _fits(one, task)}


def _fits(one: _Candidate, task: FigureTask) -> bool:
    """Whether a figure may be meant for a task: of its kind, or the right number in a wrong unit."""
    points = one.figure.unit is Unit.POINTS and task.expected.unit == "percent"
    same_kind = in_unit(one.figure, task.expected.unit) is not None and not points
    return same_kind or judge(one.figure, one.span, task).credit > 0


def _worth(chosen: Sequence[_Candidate | None], tasks: Sequence[FigureTask]) -> tuple[float, int]:
    """The credit of right figures, then how many figures find a task of their kind.

    A slip is worth nothing here: a number that stands for another row by luck is not moved to where it would count.
    """
    pairs = [(one, task) for one, task in zip(chosen, tasks, strict=True) if one is not None and _fits(one, task)]
    marks = (judge(one.figure, one.span, task) for one, task in pairs)
    return sum(mark.credit for mark in marks if mark.slip is None), len(pairs)
