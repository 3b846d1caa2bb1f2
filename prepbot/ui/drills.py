"""The Drills page: one room, one topic, one KPI or one question."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from prepbot.domain.plan import Plan
from prepbot.domain.role import Question, Role
from prepbot.ui import state
from prepbot.ui.choose import count_words, select_role
from prepbot.ui.room import who
from prepbot.ui.service import prepbot
from prepbot.ui.story_links import fitting
from prepbot.ui.text import plain
from prepbot.wiring import Prepbot

ROOM, TOPIC, KPI, QUESTION = "A room", "A topic", "A KPI", "One question"


def page() -> None:
    """Draw the choice of a drill; pressing start begins it on the Practise page."""
    bot = prepbot()
    st.title("One thing at a time", anchor=False)
    st.write("A drill takes a few minutes. It asks, follows up and grades like the whole interview.")
    left, right = st.columns([7, 5], gap="large")
    with left, st.container(border=True, key="drill"):
        plan = _choice(bot, select_role(bot))
    if plan is not None:
        with right, st.container(key="ready"):
            _start(bot, plan)


def _choice(bot: Prepbot, role: Role) -> Plan | None:
    kinds = _kinds(role)
    if not kinds:
        st.caption("This page names no stages and no questions, so there is nothing to drill. Practise it as a whole.")
        return None
    kind = st.segmented_control("What to drill", kinds, default=kinds[0], required=True, key=f"kind_{role.id}")
    return {ROOM: _room, TOPIC: _topic, KPI: _kpi, QUESTION: _question}[kind or kinds[0]](bot, role)


def _kinds(role: Role) -> list[str]:
    """What can be drilled: only what the role page has."""
    found = ((ROOM, role.stages), (TOPIC, role.topics), (KPI, role.kpis and role.questions), (QUESTION, role.questions))
    return [kind for kind, items in found if items]


def _room(bot: Prepbot, role: Role) -> Plan | None:
    stage = st.selectbox("Room", [stage.name for stage in role.stages], key=f"room_{role.id}")
    return bot.planner.drill(role, stage=stage)


def _topic(bot: Prepbot, role: Role) -> Plan | None:
    topics = _topic_pills(role, "Topics on the page")
    if not topics:
        st.caption("Choose one topic or several.")
        return None
    return bot.planner.drill(role, topics=topics)


def _kpi(bot: Prepbot, role: Role) -> Plan | None:
    kpi = st.selectbox("KPI", role.kpis, format_func=lambda kpi: kpi.name, key=f"kpi_{role.id}")
    st.caption(plain(kpi.definition))
    return bot.planner.drill(role, kpi=kpi.name)


def _question(bot: Prepbot, role: Role) -> Plan | None:
    topics = set(_topic_pills(role, "Only questions on"))
    fitting = [question for question in role.questions if not topics or topics & set(question.topics)]
    question: Question = st.selectbox(
        "Question", fitting, format_func=lambda question: question.text, key=f"question_{role.id}"
    )
    return bot.planner.drill(role, question_id=question.id)


def _topic_pills(role: Role, label: str) -> Sequence[str]:
    return st.pills(label, role.topics, selection_mode="multi", format_func=plain, key=f"topics_{label}_{role.id}")


def _start(bot: Prepbot, plan: Plan) -> None:
    interviewer = plan.stages[0].interviewer
    questions = "".join(f"<li>{escape(question.heading)}</li>" for question in plan.questions)
    st.html(f"{who(interviewer, 60)}<p>{count_words(len(plan.questions), 'question')}:</p><ul>{questions}</ul>")
    fitting(bot, plan)
    if st.button(
        f"Start with {interviewer.name.split()[0]}",
        type="primary",
        icon=":material/arrow_forward:",
        icon_position="right",
    ):
        state.go_to("practise", interview=bot.interviewer.start(plan))
