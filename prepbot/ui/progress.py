"""The Progress page: what to practise next, the KPIs of a role, the criteria over time, and the decisions by stage."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from prepbot.domain.evidence import KpiLevel
from prepbot.domain.interview import Status
from prepbot.domain.marking import LEVEL_LABELS
from prepbot.domain.progress import FEWEST_FOR_CHANGE, KpiProgress, StageHistory
from prepbot.domain.role import Role
from prepbot.domain.self_rating import SittingGap, gap_words, mean_gap
from prepbot.ports import InterviewSummary
from prepbot.progress import Progress
from prepbot.ui import decisions, queue, state
from prepbot.ui.choose import chosen_role, count_words, library
from prepbot.ui.marks import dot
from prepbot.ui.pictures import icon
from prepbot.ui.service import prepbot
from prepbot.ui.tables import table, table_of_cells
from prepbot.ui.text import plain
from prepbot.ui.trends import trends


def page() -> None:
    """Draw the progress with the chosen role."""
    bot = prepbot()
    st.title("Progress", anchor=False)
    entries = library(bot)
    roles = [entry.role for entry in entries]
    role = st.selectbox(
        "Role", roles, index=roles.index(chosen_role(entries)), format_func=lambda role: role.title, key="progress_role"
    )
    state.choose_role(role.id)
    progress = bot.progress.of(role)
    _waiting(progress.waiting)
    if not progress.sittings:
        if not progress.waiting:
            _nothing_yet(role)
        return
    st.caption(f"From {count_words(len(progress.sittings), 'interview')}, drills included.")
    queue.draw(bot, role, progress)
    _kpis(progress.kpis)
    _trends(progress)
    _stages(progress.stages)
    _own_eye(progress.gaps)


def _waiting(found: Sequence[InterviewSummary]) -> None:
    """The interviews that show nothing yet, with the way to the latest one that can be rated now."""
    if not found:
        return
    finished = [one for one in found if one.status is Status.FINISHED]
    with st.container(key="waiting", horizontal=True, vertical_alignment="center"):
        st.html(f"<p>{icon('visibility_off')} {waiting_words(len(finished), len(found) - len(finished))}</p>")
        if finished and st.button("Rate your answers"):
            state.go_to("review", review=finished[-1].id)


def waiting_words(finished: int, unfinished: int) -> str:
    """Which interviews are left out: a level that is seen before the own rating would colour it."""
    first = [f"{count_words(finished, 'interview')} to rate"] if finished else []
    then = [f"{count_words(unfinished, 'interview')} still open"] if unfinished else []
    return f"Your own rating comes first. Not counted yet: {', '.join([*first, *then])}."


def _nothing_yet(role: Role) -> None:
    st.html(
        f'<p class="empty">Nothing to look back on yet for {escape(role.title)}. Sit one room, about four minutes, and '
        "this page says what to practise next.</p>"
    )
    if st.button("Sit an interview", type="primary", icon=":material/door_open:"):
        state.leave_interview()
        state.go_to("practise")


def _kpis(rows: Sequence[KpiProgress]) -> None:
    st.header("KPIs of the role", anchor=False)
    if not rows:
        st.caption("This role page names no KPIs.")
        return
    levels = (*sorted(KpiLevel, reverse=True), None)
    groups = "".join(_group(level, [row for row in rows if row.level is level]) for level in levels)
    st.html(f'<div class="map">{groups}</div>')
    if all(row.level is None for row in rows):
        st.caption("Name one in your next answer, best with a number of your own.")


def _group(level: KpiLevel | None, rows: Sequence[KpiProgress]) -> str:
    label = f"{dot(level)} {LEVEL_LABELS[level]}" if level else "not said yet"
    chips = "".join(f'<span class="chip">{escape(row.kpi)}{_times(row.interviews)}</span>' for row in rows)
    return f'<div>{label} <b>{len(rows)}</b></div><div class="chips">{chips}</div>'


def _times(interviews: int) -> str:
    if interviews < 2:
        return ""
    return f' <span class="dim">{interviews}×</span>'


def _trends(progress: Progress) -> None:
    st.header("Criteria over time", anchor=False)
    if not progress.trends:
        st.caption("No answer was graded yet. Answer one question in two or three sentences.")
        return
    words = "One dot for each interview, the latest on the right. A bar shows where the level most likely lies."
    if not any(trend.change for trend in progress.trends):
        words += f" From {FEWEST_FOR_CHANGE} interviews on you read here whether a level moved."
    st.caption(words)
    st.html(trends(progress.trends))


def _stages(stages: Sequence[StageHistory]) -> None:
    st.header("Decisions by stage", anchor=False)
    if not stages:
        st.caption("Only whole rooms get a decision, drills do not. Sit one to see what its interviewer would say.")
        return
    rows = ((escape(row.stage), _latest(row), _earlier(row)) for row in stages)
    st.html(table_of_cells(("Stage", "Latest", "Before, latest first"), rows))


def _latest(row: StageHistory) -> str:
    return decisions.verdict(row.decisions[-1])


def _earlier(row: StageHistory) -> str:
    return " ".join(map(decisions.verdict, reversed(row.decisions[:-1]))) or "–"


def _own_eye(gaps: Sequence[SittingGap]) -> None:
    st.header("Your own eye", anchor=False)
    mean = mean_gap(gaps)
    if mean is None:
        st.caption("Rate your answers before a review shows its grades, and read here how near you were.")
        return
    st.write(plain(gap_words(mean)))
    rows = ((f"{one.at.astimezone():%-d %B %Y}", _gap(one.gap), str(one.answers)) for one in reversed(gaps))
    st.html(table(("Interview of", "Your bands beside the grades", "Answers"), rows))


def _gap(value: float) -> str:
    rounded = round(value, 1)
    return f"{abs(rounded):.1f} {'above' if rounded > 0 else 'below'}" if rounded else "the same"
