"""An improved answer as a model words it, on request, beside the candidate's own words put in order."""

import re
from html import escape

import streamlit as st

from prepbot.coaching import coach_material
from prepbot.domain.coach_check import BLANK
from prepbot.domain.report import AnswerCard, Review
from prepbot.errors import ModelUnavailable
from prepbot.model_ports import Suggestion
from prepbot.ui import state
from prepbot.ui.text import plain
from prepbot.wiring import Prepbot

NOTHING_TO_SHOW = "No wording that holds to your own words came back. Yours, put in order, stay."
NO_REPLY = "The language model does not answer just now. Your own words, put in order, stay."
SPENT = "The budget for language models is spent. Your own words, put in order, stay."

_NO_REPLY = {
    *("unreachable", "timeout", "rate limited", "server error", "busy", "no such server", "resting", "unavailable"),
    *("not allowed", "not found", "not set up"),
}


def draw(bot: Prepbot, review: Review, card: AnswerCard) -> None:
    """A button that asks for a wording, and the one that came; nothing where no model coaches."""
    material = coach_material(card)
    if bot.coach is None or material is None:
        return
    key = f"{review.interview_id}-{card.number}"
    if st.button("Suggest wording", key=f"suggest_{card.number}", icon=":material/edit_note:"):
        with st.spinner("Putting your words together"):
            try:
                state.keep_suggestion(key, bot.coach.suggest(material, review.interview_id))
            except ModelUnavailable as failure:
                state.keep_suggestion(key, None)
                st.caption(_instead(failure.why))
    found = state.suggestion(key)
    if found is not None:
        st.html(html(found))
        st.caption(f"Worded by {plain(found.model)} from your own words. It is not kept, and nothing of it is graded.")


def _instead(why: str) -> str:
    """What is said where no wording is there: the model's was refused, there was none, or none may be asked for."""
    if why == "budget spent":
        return SPENT
    return NO_REPLY if why in _NO_REPLY else NOTHING_TO_SHOW


def html(found: Suggestion) -> str:
    """The wording with its blanks as blanks."""
    pieces = re.split(f"({BLANK.pattern})", found.text)
    words = (
        f'<span class="blank">{escape(piece[1:-1])}</span>' if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    )
    return f'<p class="suggested">{"".join(words)}</p>'
