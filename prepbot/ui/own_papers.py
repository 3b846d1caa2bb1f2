"""What is said of the kept papers where an interview begins: that questions about them will come."""

import streamlit as st

from prepbot.domain.origin import Origin
from prepbot.domain.role import Role
from prepbot.wiring import Prepbot

_SAID = {
    (Origin.RESUME,): "They have your résumé and may ask about a line of it.",
    (Origin.ADVERT,): "They know the job advert and may ask about what only it names.",
    (Origin.RESUME, Origin.ADVERT): "They have your résumé and the job advert, and may ask about both.",
}


def announce(bot: Prepbot, role: Role) -> None:
    """Say which papers will be taken up, where any is kept."""
    papers = ((Origin.RESUME, bot.resumes.kept(role)), (Origin.ADVERT, bot.adverts.kept(role)))
    said = _SAID.get(tuple(origin for origin, kept in papers if kept is not None))
    if said:
        st.caption(f":material/description: {said}")
