"""The corridor of doors: where an interview stands, as HTML."""

from html import escape

from prepbot.domain.interview import Interview, Status
from prepbot.domain.plan import Length
from prepbot.ui.pictures import icon, picture

LENGTH_WORDS = {Length.SHORT: "short", Length.FULL: "full", Length.DRILL: "drill"}

_STATE_WORDS = {
    "done": "finished",
    "now": "you are here",
    "next": "later",
    "left": "left early",
    "never": "not visited",
}
_DRAWING = {"done": "door-done", "now": "door-now", "next": "door-next", "left": "door-next", "never": "door-next"}


def corridor(interview: Interview, offline: bool) -> str:
    """The band over an interview: role, room, time left, and one door a stage."""
    plan = interview.plan
    words = LENGTH_WORDS[plan.length]
    focus = f"<span class='wide'> · {escape(plan.focus)}</span>" if plan.focus else ""
    left = f"<span class='what'><b>{escape(plan.role_title)}</b> <span class='dim'>· {words}{focus}</span></span>"
    chip = f" · {icon('cloud_off')}<span class='wide'> offline</span>" if offline else ""
    right = f'<span class="dim">{_where(interview)}{chip}</span>'
    doors = "".join(_door(interview, place) for place in range(len(plan.stages)))
    return f'<div class="bandhead">{left}{right}</div><ol class="doors">{doors}</ol>'


def hall(count: int, lit: int | None = 0, width: int = 78) -> str:
    """A row of doors without words, one of them lit: decoration."""
    drawings = (picture("door-now" if place == lit else "door-next", width) for place in range(count))
    return f'<div class="hall" aria-hidden="true">{"".join(drawings)}</div>'


def minutes_left(interview: Interview) -> int:
    """What the plan still allows, the current room in proportion to its open questions; at least one minute."""
    left = 0.0
    for place, stage in enumerate(interview.plan.stages):
        if place in interview.closed:
            continue
        done = sum(1 for unit in interview.units if unit.stage == place and (unit.closed or unit.skipped))
        left += stage.minutes * (1 - done / len(stage.questions))
    return max(1, round(left))


def _where(interview: Interview) -> str:
    if interview.status is Status.FINISHED:
        return "Finished"
    if interview.status is Status.ENDED:
        return "Ended here"
    rooms = len(interview.plan.stages)
    room = f"Room {interview.stage + 1} of {rooms}" if rooms > 1 else "One room"
    minutes = minutes_left(interview)
    unit = "minute" if minutes == 1 else "minutes"
    paused = " · paused" if interview.status is Status.PAUSED else ""
    return f'{room}<span class="wide"> · about {minutes} {unit} left</span>{paused}'


def _door(interview: Interview, place: int) -> str:
    state = _state(interview, place)
    here = ' aria-current="step"' if state == "now" else ""
    name = escape(interview.plan.stages[place].name)
    return f'<li class="{state}"{here}>{picture(_DRAWING[state], 64)}<b>{name}</b><br><i>{_STATE_WORDS[state]}</i></li>'


def _state(interview: Interview, place: int) -> str:
    if place in interview.closed:
        return "done"
    if interview.over:
        return "left" if any(unit.stage == place for unit in interview.units) else "never"
    return "now" if place == interview.stage else "next"
