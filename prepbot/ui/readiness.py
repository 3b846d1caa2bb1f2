"""Readiness for one role: a story for each question, KPIs without a number, what to fix first, a page to print."""

from html import escape

import streamlit as st

from prepbot.domain.readiness import Readiness, ReadyQuestion
from prepbot.domain.story import Story
from prepbot.exports.readiness import readiness_html
from prepbot.ui.tables import table_of_cells


def draw(ready: Readiness, role_id: str) -> None:
    """Draw the readiness of a role and offer it as a page to print."""
    st.html(_page(ready))
    st.download_button(
        "Page to print",
        readiness_html(ready),
        file_name=f"prepbot-{role_id}-readiness.html",
        mime="text/html",
        icon=":material/print:",
        on_click="ignore",
    )


def _page(ready: Readiness) -> str:
    fixes = "".join(f"<li>{escape(fix)}</li>" for fix in ready.fixes)
    first = f"<h2>Fix first</h2><ol>{fixes}</ol>" if fixes else ""
    without = ", ".join(escape(kpi) for kpi in ready.kpis_without_number)
    kpis = f"<h2>KPIs without a number</h2><p>{without}.</p>" if without else ""
    return f'<div class="readiness">{first}{_questions(ready)}{kpis}</div>'


def _questions(ready: Readiness) -> str:
    if not ready.questions:
        return ""
    rows = table_of_cells(("Question", "Tell", "Or"), (_row(row) for row in ready.questions))
    return f"<h2>{ready.answered} of {len(ready.questions)} questions have a story</h2>{rows}"


def _row(row: ReadyQuestion) -> tuple[str, str, str]:
    return escape(row.question.text), _title(row.story, '<span class="none">nothing yet</span>'), _title(row.second, "")


def _title(story: Story | None, otherwise: str) -> str:
    return escape(story.title) if story else otherwise
