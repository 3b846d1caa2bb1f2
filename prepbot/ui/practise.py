"""The Practise page: choose a role, then sit the interview."""

import streamlit as st

from prepbot.errors import NotFound
from prepbot.ui import choose, sit, state
from prepbot.ui.service import prepbot
from prepbot.ui.text import plain


def page() -> None:
    """Draw the first visit, or the interview that the address names."""
    bot = prepbot()
    interview_id = state.interview_id()
    if interview_id is None:
        choose.draw(bot)
        return
    try:
        interview = bot.interviewer.open(interview_id)
    except NotFound as error:
        state.leave_interview()
        st.warning(plain(str(error)), icon=":material/search_off:")
        choose.draw(bot)
        return
    sit.draw(bot, interview_id, interview)
