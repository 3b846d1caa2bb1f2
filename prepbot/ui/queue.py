"""What to practise next, each with why, when, and a button that starts its drill."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

import streamlit as st

from prepbot.domain.practice import PracticeKind, Recall
from prepbot.domain.role import Role
from prepbot.practice import Queued
from prepbot.progress import Progress
from prepbot.ui import state
from prepbot.wiring import Prepbot

MOST_WEAK, MOST_UNSAID = 3, 2

_CRITERION_WENT = {
    Recall.AGAIN: "weak last time",
    Recall.HARD: "half way last time",
    Recall.GOOD: "nearly full last time",
    Recall.EASY: "full last time",
}
_KPI_WENT = {
    Recall.AGAIN: "only named last time",
    Recall.HARD: "put to use last time, without a number",
    Recall.GOOD: "with a number last time",
    Recall.EASY: "with a number in the result last time",
}


def draw(bot: Prepbot, role: Role, progress: Progress) -> None:
    """Draw the first items of the queue, the rest folded."""
    st.header("Practise next", anchor=False)
    if not role.questions:
        st.caption("This page has no questions of its own to drill. Sit one of its rooms instead.")
        return
    if not progress.queue:
        st.caption("Nothing is weak. Sit a whole interview when you feel like it.")
        return
    weak = [one for one in progress.queue if one.due or (one.last is not None and one.last < Recall.GOOD)]
    unsaid = [one for one in progress.queue if one.memory is None]
    first = [*weak[:MOST_WEAK], *unsaid[:MOST_UNSAID]]
    rest = [item for item in progress.queue if item not in first]
    now = bot.clock.now()
    for item in first:
        _item(bot, role, progress.asked, item, now)
    if rest:
        with st.expander(f"After that, {len(rest)} more", key="queue"):
            for item in rest:
                _item(bot, role, progress.asked, item, now)


def _item(bot: Prepbot, role: Role, asked: Sequence[str], queued: Queued, now: datetime) -> None:
    item = queued.item
    kind = "KPI" if item.kind is PracticeKind.KPI else "Criterion"
    key = f"{item.kind.value}_{item.name}"
    with st.container(border=True, key=f"sat_{key}", horizontal=True, vertical_alignment="center"):
        st.html(f'<h3>{escape(item.title)}</h3><p class="dim">{kind} · {_went(queued)} · {when(queued, now)}</p>')
        if st.button("Drill it", key=f"drill_{key}", type="primary" if queued.due else "secondary"):
            state.go_to("practise", interview=bot.interviewer.start(bot.planner.practice(role, item, asked)))


def when(queued: Queued, now: datetime) -> str:
    """When its time comes, in words."""
    if queued.memory is None:
        return "any time"
    if queued.due:
        return "due now"
    days = (queued.memory.due.date() - now.date()).days
    if days <= 0:
        return "due today"
    return "due tomorrow" if days == 1 else f"due in {days} days"


def _went(queued: Queued) -> str:
    if queued.last is None:
        return "never said"
    return (_KPI_WENT if queued.item.kind is PracticeKind.KPI else _CRITERION_WENT)[queued.last]
