"""An exercise in its room: the table to look at and to download, the numbered tasks, and a clock that takes nothing."""

from html import escape

import streamlit as st

from prepbot.domain.exercise import Exercise, WrittenCase
from prepbot.domain.exercise_plan import minutes_for
from prepbot.domain.exercise_report import what_counts
from prepbot.ui.tables import table

CLOCK_STOPS = 90
"""Minutes after which the clock is left out: whoever comes back tomorrow is not asked why."""

_FIGURES_HINT = (
    "Give each figure with its unit and the number of its task, such as <b>1. 2.4 %</b>. "
    "Say how you got there, too: the right formula counts even where the figure slips."
)
_STEP_HINT = "Name what you would change, what you would measure, and the result at which you keep it or stop."


def draw(exercise: Exercise | WrittenCase, seconds: int, key: str) -> None:
    """Draw the sheet of an exercise that was put `seconds` ago, pauses left out. `key` is drawn once a run."""
    with st.container(border=True, key=key):
        st.html(f'<p class="situation">{escape(exercise.situation)}</p>')
        if isinstance(exercise, Exercise):
            st.html(figures_table(exercise))
            st.download_button(
                "Download as CSV",
                exercise.table.csv(),
                file_name=f"{exercise.family}.csv",
                mime="text/csv",
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
                key=f"csv_{key}",
            )
        st.html(tasks(exercise) + clock(exercise, seconds))


def figures_table(exercise: Exercise) -> str:
    """The table as HTML, its figures set right."""
    return f'<div class="figures">{table(exercise.table.header, exercise.table.lines())}</div>'


def tasks(exercise: Exercise | WrittenCase) -> str:
    """The tasks, numbered where there are several."""
    if len(exercise.tasks) == 1:
        return f'<p class="tasks">{escape(exercise.tasks[0])}</p>'
    return f'<ol class="tasks">{"".join(f"<li>{escape(task)}</li>" for task in exercise.tasks)}</ol>'


def clock(exercise: Exercise | WrittenCase, seconds: int) -> str:
    """The minutes so far, counted on by the style sheet alone, beside the usual ones."""
    usual = f"About {minutes_for(exercise)} minutes are usual. Take longer if you like: nothing is cut off."
    if seconds >= CLOCK_STOPS * 60:
        return f'<p class="dim">{usual}</p>'
    return f'<p class="dim"><span class="clock" role="timer" style="--since:-{seconds}s"></span>{usual}</p>'


def hints(exercise: Exercise | WrittenCase) -> str:
    """How to answer so that everything is read, as HTML."""
    figures = f"<p>{_FIGURES_HINT}</p>" if isinstance(exercise, Exercise) else ""
    return (
        f'<div class="sec"><h3>How to answer</h3>{figures}<p>{_STEP_HINT}</p></div>'
        f'<div class="sec"><h3>How it is marked</h3><p>{escape(what_counts(exercise))}</p></div>'
    )
