"""The offer to have an old interview's answers read by a language model too, which costs what its provider asks."""

import streamlit as st

from prepbot.domain.report import Review
from prepbot.ui import model_lines
from prepbot.ui.text import plain
from prepbot.wiring import Prepbot


def offer(bot: Prepbot, review: Review) -> None:
    """Draw the button with what it costs, where there is something to read and nobody has begun."""
    found = bot.models.reading(review.unread) if bot.models and review.unread else None
    if found is None:
        return
    with st.container(key="read_again", horizontal=True, vertical_alignment="center"):
        asked = st.button(
            "Have a model read these answers too",
            type="tertiary",
            icon=":material/auto_stories:",
            help="It reads between the lines where the rules are in doubt.",
        )
        st.caption(plain(model_lines.reading(found)))
    if asked:
        bot.grader.have_read(review.interview_id)
        st.rerun()
