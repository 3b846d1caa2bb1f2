"""The one Prepbot that all sessions of this process share."""

import streamlit as st

from prepbot.settings import Settings
from prepbot.wiring import OFFLINE, Prepbot, open_prepbot


def prepbot() -> Prepbot:
    """The joined use cases for the settings in force. Raises StoreUnavailable."""
    return _opened(Settings().model_dump_json())


def works_offline(bot: Prepbot) -> bool:
    """Whether no language model is in use, so that nothing leaves this computer."""
    return OFFLINE in bot.notices


@st.cache_resource(show_spinner=False, max_entries=4)
def _opened(settings: str) -> Prepbot:
    return open_prepbot(Settings.model_validate_json(settings))
