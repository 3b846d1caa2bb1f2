"""The Stories page: the candidate's stories for a role, what they cover, and how ready they make for the day."""

from html import escape

import streamlit as st

from prepbot.domain.readiness import Readiness
from prepbot.domain.story_fit import StoryMatrix
from prepbot.ui import readiness, story_desk, story_matrix
from prepbot.ui.choose import count_words, select_role
from prepbot.ui.pictures import icon
from prepbot.ui.service import prepbot
from prepbot.ui.text import plain
from prepbot.wiring import Prepbot

TABS = ("Your stories", "What they cover", "Before the day")

_EMPTY = "Start with one day at work you still tell people about; six sentences are enough."


def page() -> None:
    """Draw the stories of the candidate as they serve the chosen role."""
    bot = prepbot()
    heading, choice = st.columns([8, 4], gap="medium", vertical_alignment="bottom")
    with choice:
        role = select_role(bot)
    found = bot.stories.matrix(role)
    with heading:
        st.html(_heading(found))
    if not found.stories:
        with st.container(key="ready"):
            story_desk.write(bot, role)
        return
    ready = bot.stories.readiness(role)
    _next(bot, found, ready)
    told, cover, before = st.tabs(TABS)
    with told:
        story_desk.read(bot, role, found.stories)
        with st.container(border=True, key="drill"):
            story_desk.write(bot, role)
    with cover:
        _cover(found)
    with before, st.container(border=True, key="readiness"):
        readiness.draw(ready, role.id)


def _heading(found: StoryMatrix) -> str:
    if not found.stories:
        return f'<h1>No stories yet</h1><p class="empty">{_EMPTY}</p>'
    count = count_words(len(found.stories), "story", "stories")
    asked = len(found.questions)
    if not asked:
        return f"<h1>{count}</h1>{_open(found)}"
    covered = asked - len(found.uncovered_questions)
    verb = "covers" if len(found.stories) == 1 else "cover"
    return f"<h1>{count} {verb} {covered} of {count_words(asked, 'question')}</h1>{_open(found)}"


def _open(found: StoryMatrix) -> str:
    gaps = ((len(found.uncovered_questions), "question"), (len(found.uncovered_kpis), "KPI"))
    named = [count_words(count, noun) for count, noun in gaps if count]
    if not named:
        return ""
    verb = "has" if sum(count for count, _ in gaps) == 1 else "have"
    return f'<p class="dim">{" and ".join(named)} {verb} nothing to stand on yet.</p>'


def _next(bot: Prepbot, found: StoryMatrix, ready: Readiness) -> None:
    """The one thing to look at next: a story that is told too often, else the first thing to fix."""
    first = next(iter((*bot.stories.overused(found), *ready.fixes)), None)
    if first:
        with st.container(key="storynext"):
            st.html(f"<p>{icon('flag')} <span>{escape(first)}</span></p>")
    for notice in ready.notices:
        st.caption(f":material/info: {plain(notice)}")


def _cover(found: StoryMatrix) -> None:
    if not found.questions and not found.kpis:
        st.caption("This page names no questions and no KPIs, so there is nothing to cover.")
        return
    st.html(story_matrix.story_numbers(found.stories))
    left, right = st.columns([7, 5], gap="medium")
    if found.questions:
        with left, st.container(border=True, key="matrix_questions"):
            st.html(story_matrix.questions_table(found))
    if found.kpis:
        with right, st.container(border=True, key="matrix_kpis"):
            st.html(story_matrix.kpis_table(found))
