"""An earlier answer and what the executive heard about it later, each a step away from the other in the review."""

from html import escape

import streamlit as st

from prepbot.domain.later_answer import LaterAnswer
from prepbot.domain.report import AnswerCard, Review
from prepbot.ui import state


def draw(review: Review, card: AnswerCard) -> None:
    """Draw the later words beside an earlier answer, or the way back to it; nothing where there is neither."""
    if card.later is None and not card.about_card:
        return
    with st.container(border=True, key="later"):
        if card.later is not None:
            st.html(_heard(card.later))
            _go(review, card.later.number, "Read that answer", "arrow_forward")
        if card.about_card:
            st.html(f"<h2>Asked again</h2><p>This takes up your answer to question {card.about_card}.</p>")
            _go(review, card.about_card, "Read the earlier answer", "arrow_back")


def _heard(later: LaterAnswer) -> str:
    said = "".join(f'<div class="answer">{escape(text)}</div>' for text in later.texts)
    return f"<h2>Answered later, to {escape(later.to)}</h2>{said}<p>{escape(later.remark)}</p>"


def _go(review: Review, number: int, label: str, symbol: str) -> None:
    if st.button(label, icon=f":material/{symbol}:", key=f"to_{number}"):
        state.open_review(review.interview_id, number)
        st.rerun()
