"""The Roles page: the library, uploads with what the reader made of them, and what a page holds."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from prepbot.domain.role import ParseReport, QuestionKind, Role, StageKind
from prepbot.roles import LibraryEntry
from prepbot.ui import state
from prepbot.ui.choose import chosen_role, count_words, counts, library, pick_role
from prepbot.ui.service import prepbot
from prepbot.ui.tables import table
from prepbot.ui.text import plain
from prepbot.ui.upload import upload

STAGE_WORDS = {
    StageKind.SCREENING: "screening",
    StageKind.INTERVIEW: "interview",
    StageKind.ASSESSMENT: "assessment",
    StageKind.PANEL: "panel",
    StageKind.REFERENCES: "references",
    StageKind.EXECUTIVE: "executive",
    StageKind.OFFER: "offer",
}
QUESTION_WORDS = {
    QuestionKind.BACKGROUND: "background",
    QuestionKind.PAST_BEHAVIOUR: "past behaviour",
    QuestionKind.HYPOTHETICAL: "hypothetical",
    QuestionKind.KNOWLEDGE: "knowledge",
}


def page() -> None:
    """Draw the library, the uploader, and the chosen role as it was read."""
    bot = prepbot()
    st.title("Roles", anchor=False)
    entries = library(bot)
    role = chosen_role(entries)
    pick_role(entries, role)
    upload(bot, "roles")
    _found(next(entry for entry in entries if entry.role.id == role.id))


def _found(entry: LibraryEntry) -> None:
    role = entry.role
    with st.container(border=True, key="paper"):
        source = "Your upload" if entry.uploaded else "Shipped with prepbot"
        st.html(f"<h2>{escape(role.title)}</h2>")
        st.caption(f"{source} · {plain(role.function)} · {counts(role)}")
        if role.about:
            st.html(f'<p class="reading">{escape(role.about)}</p>')
        _report(entry.report)
        if st.button("Practise this role", type="primary", icon=":material/arrow_forward:", icon_position="right"):
            state.choose_role(role.id)
            state.leave_interview()
            state.go_to("practise")
    _sections(role)


def _report(report: ParseReport) -> None:
    if not report.warnings:
        st.caption(":material/check_circle: Every line of this page was understood.")
        return
    with st.expander(f"Read with doubt: {count_words(len(report.warnings), 'line')}", expanded=True, key="report"):
        rows = ((str(w.line) if w.line else "whole page", w.message) for w in report.warnings)
        st.html(table(("Line", "What the reader made of it"), rows))


def _sections(role: Role) -> None:
    stages, questions, kpis, activities = st.tabs(
        [
            f"Stages ({len(role.stages)})",
            f"Questions ({len(role.questions)})",
            f"KPIs ({len(role.kpis)})",
            f"Activities ({len(role.activities)})",
        ]
    )
    with stages:
        _items(
            ("Stage", "Kind", "What the page says"), [(s.name, STAGE_WORDS[s.kind], s.description) for s in role.stages]
        )
    with questions:
        rows = [(q.text, ", ".join(q.topics), QUESTION_WORDS[q.kind], str(q.line)) for q in role.questions]
        _items(("Question", "Topics", "Kind", "Line"), rows)
    with kpis:
        _items(("KPI", "Definition", "Line"), [(k.name, k.definition, str(k.line)) for k in role.kpis])
    with activities:
        _items(("Activity", "Text", "Line"), [(a.name, a.text, str(a.line)) for a in role.activities])


def _items(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if rows:
        st.html(table(heads, rows))
    else:
        st.caption("This page has none.")
