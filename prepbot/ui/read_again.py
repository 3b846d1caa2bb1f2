"""The offer to have an old interview's answers read by a language model too, which costs what its provider asks."""

import streamlit as st

from prepbot.domain.report import Review
from prepbot.wiring import Prepbot


def offer(bot: Prepbot, review: Review) -> None:
    """Draw the button where there is something to read and nobody has begun."""
    if review.unread and st.button(
        "Have a language model read these answers too",
        type="tertiary",
        icon=":material/auto_stories:",
        help="It reads between the lines where the rules are in doubt, and costs what its provider asks.",
    ):
        bot.grader.have_read(review.interview_id)
        st.rerun()
