"""One figure against one task: right, right in another unit, a known slip, or wrong."""

from prepbot.analysis.figure_meant import in_unit
from prepbot.analysis.figures import Figure
from prepbot.analysis.quantities import Unit
from prepbot.domain.evidence import Span
from prepbot.domain.exercise import Expected, FigureTask, Slip, SlipKind
from prepbot.domain.exercise_marks import FigureMark, FigureVerdict

_RELATIVE = 0.01
_BARE = frozenset({Unit.BARE, Unit.COUNT})
# What a bare figure may be too large or too small by when it is given in another unit of the same kind.
_OTHER_UNITS = {
    "percent": (100.0,),
    "seconds": (60.0, 3600.0, 0.001),
    "minutes": (60.0, 1 / 60, 1440.0),
    "hours": (1 / 60, 1 / 3600, 24.0),
    "days": (1 / 24, 7.0, 1 / 1440),
}


def judge(figure: Figure, span: Span, task: FigureTask) -> FigureMark:
    """The mark of `task` if `figure` is what was said for it."""
    expected = task.expected
    read = in_unit(figure, expected.unit)
    if read is None:
        return _other_kind(figure, span, task)
    if expected.agrees(read.value):
        verdict = FigureVerdict.OTHER_UNIT if read.converted else FigureVerdict.RIGHT
        return FigureMark(task.id, verdict, span, unit_named=read.named)
    if not read.named and _agrees_scaled(read.value, expected):
        return FigureMark(task.id, FigureVerdict.OTHER_UNIT, span)
    slip = _slip(figure, read.value, task)
    verdict = FigureVerdict.WRONG if slip is None else FigureVerdict.SLIP
    return FigureMark(task.id, verdict, span, slip=slip, unit_named=read.named)


def _other_kind(figure: Figure, span: Span, task: FigureTask) -> FigureMark:
    """The right number in a unit of another kind, such as dollars for a percentage, or nothing of worth."""
    if not figure.whole and task.expected.agrees(figure.value):
        slip = Slip(SlipKind.WRONG_UNIT, figure.value)
        return FigureMark(task.id, FigureVerdict.SLIP, span, slip=slip, unit_named=True)
    return FigureMark(task.id, FigureVerdict.WRONG, span, unit_named=True)


def _agrees_scaled(value: float, expected: Expected) -> bool:
    return any(expected.agrees(value * factor) for factor in _OTHER_UNITS.get(expected.unit, ()))


def _slip(figure: Figure, value: float, task: FigureTask) -> Slip | None:
    """The slip that leads to the said figure, the likeliest first; None where no slip does."""
    expected = task.expected
    if expected.unit == "percent" and figure.unit is Unit.PERCENT and expected.agrees(value * 100):
        return Slip(SlipKind.PERCENT_OF_SHARE, value)
    if figure.unit is Unit.TIME and expected.agrees(figure.value):
        return Slip(SlipKind.WRONG_UNIT, figure.value)
    return next((slip for slip in task.slips if _is_slip(value, slip, expected)), None)


def _is_slip(value: float, slip: Slip, expected: Expected) -> bool:
    if slip.kind is SlipKind.ROUNDED:
        return abs(value - slip.value) <= 1e-9
    room = _RELATIVE * abs(slip.value)
    if expected.unit == "percent" and slip.kind is not SlipKind.INVERSE:
        room = min(room, 0.5)
    return abs(value - slip.value) <= max(room, 1e-9)
