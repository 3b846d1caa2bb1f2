"""What a stage knew from the earlier ones, and what came of the candidate's own questions, beside a reviewed answer."""

from html import escape

import streamlit as st

from prepbot.domain.notes import Claim, StageNote
from prepbot.domain.report import AnswerCard, Review


def known(review: Review, card: AnswerCard) -> None:
    """Fold out the notes that the card's stage had; nothing where it was the first to hear anything."""
    found = next((one for one in review.known if card.number in one.cards), None)
    if found is None:
        return
    with st.expander("What they already knew", icon=":material/sticky_note_2:", key="known"):
        st.html("".join(_note(note) for note in found.notes))


def own_questions(card: AnswerCard) -> None:
    """Each question that the candidate asked, with how it stands to the role page."""
    if not card.question.invites or card.skipped:
        return
    with st.container(border=True, key="own_questions"):
        asked = "".join(
            f'<p class="quote">“{escape(one.words)}”</p><p>{escape(one.remark)}</p>' for one in card.own_questions
        )
        none = "<p>No question was asked here. Bring two that the role page leaves open.</p>"
        st.html(f"<h2>Your questions</h2>{asked or none}")


def _note(note: StageNote) -> str:
    return f'<h3>{escape(note.name)}</h3><ul class="notes">{"".join(_claim(claim) for claim in note.claims)}</ul>'


def _claim(claim: Claim) -> str:
    kpi = f' <span class="chip">{escape(claim.kpi)}</span>' if claim.kpi else ""
    return f"<li>“{escape(claim.quoted.short)}”{kpi}</li>"
