"""The one Prepbot that all sessions of this process share."""

import streamlit as st

from prepbot.domain.plan import PlannedQuestion
from prepbot.domain.role import Role
from prepbot.settings import Settings
from prepbot.wiring import OFFLINE, Prepbot, open_prepbot


def prepbot() -> Prepbot:
    """The joined use cases for the settings in force. Raises StoreUnavailable."""
    return _opened(Settings().model_dump_json())


def works_offline(bot: Prepbot) -> bool:
    """Whether no language model is in use, so that nothing leaves this computer."""
    return OFFLINE in bot.notices


def warm_up(bot: Prepbot, role: Role) -> None:
    """Load what the first question and the first answer need, once a role, while the person still reads."""
    _warmed(f"{role.sha256} {bot.settings.index_dir}", bot, role)


@st.cache_resource(show_spinner=False, max_entries=64)
def _warmed(key: str, _bot: Prepbot, _role: Role) -> None:
    del key  # the cache alone reads it
    for question in _role.questions[:1]:
        _bot.grader.grade_answer(_role, question.text, question.kind, "Ready.")
        _bot.grader.after(
            _role, PlannedQuestion(question.id, question.text, question.kind, question.topics, question.line)
        )


@st.cache_resource(show_spinner=False, max_entries=4)
def _opened(settings: str) -> Prepbot:
    return open_prepbot(Settings.model_validate_json(settings))
