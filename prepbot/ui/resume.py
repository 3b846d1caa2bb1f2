"""The Résumé page: a résumé against a role, line by line, and below it what a job advert adds."""

import streamlit as st

from prepbot.domain.advert import Advert
from prepbot.domain.resume import Resume
from prepbot.domain.resume_check import MOST_REWRITES, ResumeCheck, Rewrite
from prepbot.domain.role import Role
from prepbot.ui import resume_lines
from prepbot.ui.choose import count_words, select_role
from prepbot.ui.papers import Desk, T, forget, take_in
from prepbot.ui.service import checked_advert, checked_resume, prepbot, warm_up
from prepbot.ui.text import plain
from prepbot.wiring import Prepbot

MOST_QUESTIONS = 5

_INTRO = "Each line is read for the role's KPIs, for numbers and for how it opens. No word is invented for you."
_KEPT = (
    "Kept on this computer beside the role, without the lines that name you or say where you live. "
    "You can have it forgotten."
)
_ADVERT_INTRO = (
    "What a job advert asks for beyond the role page becomes extra topics, marked as the advert's. "
    "An interview asks about one or two of them."
)


def page() -> None:
    """Draw what is kept beside the chosen role, or the ways to give it."""
    bot = prepbot()
    heading, choice = st.columns([8, 4], gap="medium", vertical_alignment="bottom")
    with choice:
        role = select_role(bot)
    with heading:
        st.html(f'<h1>Your résumé, beside the role</h1><p class="dim">{_INTRO}</p>')
    _resume(bot, role)
    st.header("The job advert", anchor=False)
    _advert(bot, role)
    warm_up(bot, role)


def _resume(bot: Prepbot, role: Role) -> None:
    desk = _resume_desk(bot)
    kept = desk.kept(role)
    if kept is None:
        with st.container(key="ready"):
            take_in(desk, role)
            st.caption(f":material/lock: {_KEPT}")
        return
    check = checked_resume(bot, role, kept)
    _kept_line(desk, role, kept.name)
    for notice in check.notices:
        st.caption(f":material/info: {plain(notice)}")
    if check.claims:
        _results(bot, check)
    with st.expander("Check another résumé in its place", icon=":material/upload_file:"):
        take_in(desk, role)


def _results(bot: Prepbot, check: ResumeCheck) -> None:
    st.html(f'<p class="reading">{resume_lines.summary(check)}</p>')
    left, right = st.columns([7, 5], gap="medium")
    with left:
        if check.rewrites:
            with st.container(key="fix"):
                _rewrites(check)
        with st.container(border=True, key="paper"):
            st.html(f"<h2>Line by line</h2>{resume_lines.lines(check)}")
    with right:
        if check.kpis:
            with st.container(border=True, key="matrix_kpis"):
                st.html(resume_lines.kpis(check))
        asked = bot.resumes.pick_ups(check)[:MOST_QUESTIONS]
        if asked:
            with st.container(border=True, key="after"):
                st.html(f"<h2>An interviewer may ask</h2>{resume_lines.questions(asked)}")


def _rewrites(check: ResumeCheck) -> None:
    st.html('<h2>Rewrite first</h2><p class="dim">Your own words. What is missing stands in brackets.</p>')
    for rewrite in check.first_rewrites:
        _rewrite(rewrite)
    later = check.rewrites[MOST_REWRITES:]
    if later:
        with st.expander(f"After that, {count_words(len(later), 'more line')}"):
            for rewrite in later:
                _rewrite(rewrite)


def _rewrite(rewrite: Rewrite) -> None:
    with st.container(key=f"rewrite_{rewrite.line.number}_{rewrite.line.start}"):
        st.code(rewrite.skeleton, language=None, wrap_lines=True)
        st.caption(f"Line {rewrite.line.number}. {plain(' '.join(rewrite.reasons))}")


def _advert(bot: Prepbot, role: Role) -> None:
    desk = _advert_desk(bot)
    kept = desk.kept(role)
    if kept is None:
        st.write(_ADVERT_INTRO)
        with st.container(border=True, key="drill"):
            take_in(desk, role)
        return
    check = checked_advert(bot, role, kept)
    _kept_line(desk, role, kept.name)
    for notice in check.notices:
        st.caption(f":material/info: {plain(notice)}")
    if check.topics:
        with st.container(border=True, key="readiness"):
            st.html(f"<h2>Only the advert asks for</h2>{resume_lines.topics(check.topics)}")
        asked = bot.adverts.questions(check)[:MOST_QUESTIONS]
        with st.container(border=True, key="advert_asked"):
            st.html(f"<h2>An interviewer may ask</h2>{resume_lines.questions(asked)}")
    with st.expander("Read another advert in its place", icon=":material/upload_file:"):
        take_in(desk, role)


def _kept_line(desk: Desk[T], role: Role, name: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"kept_{desk.key}"):
        st.caption(f":material/description: {plain(name)}, kept beside {plain(role.title)}")
        forget(desk, role)


def _resume_desk(bot: Prepbot) -> Desk[Resume]:
    of = bot.resumes
    return Desk("resume", "résumé", "Check it", of.read_upload, of.read_pasted, of.keep, of.kept, of.forget)


def _advert_desk(bot: Prepbot) -> Desk[Advert]:
    of = bot.adverts
    return Desk("advert", "job advert", "Read it", of.read_upload, of.read_pasted, of.keep, of.kept, of.forget)
