"""The one Prepbot that all sessions of this process share."""

from hashlib import sha256
from time import monotonic

import streamlit as st

from prepbot.advert_check import AdvertCheck
from prepbot.domain.advert import Advert
from prepbot.domain.plan import PlannedQuestion
from prepbot.domain.resume import Resume
from prepbot.domain.resume_check import ResumeCheck
from prepbot.domain.role import Role
from prepbot.settings import Settings
from prepbot.wiring import OFFLINE, Prepbot, open_prepbot

_BAR_AFTER = 0.4  # seconds: a bar that comes and goes at once only flickers


def prepbot() -> Prepbot:
    """The joined use cases for the settings in force. Raises StoreUnavailable."""
    return _opened(Settings().model_dump_json())


def works_offline(bot: Prepbot) -> bool:
    """Whether no language model is in use, so that nothing leaves this computer."""
    return OFFLINE in bot.notices


def warm_up(bot: Prepbot, role: Role) -> None:
    """Load what the first question and the first answer need, once a role, while the person still reads."""
    _warmed(f"{role.sha256} {bot.settings.index_dir}", bot, role)


def checked_resume(bot: Prepbot, role: Role, resume: Resume) -> ResumeCheck:
    """A résumé against a role, with a bar while it is read: a line that was read before takes no time."""
    place, began = st.empty(), monotonic()

    def on_line(read: int, lines: int) -> None:
        if monotonic() - began > _BAR_AFTER:
            place.progress(read / lines, f"Reading line {read} of {lines}")

    check = bot.resumes.check(role, resume, on_line)
    place.empty()
    return check


def checked_advert(bot: Prepbot, role: Role, advert: Advert) -> AdvertCheck:
    """What an advert adds to a role, read once while the page is redrawn."""
    return _checked_advert(_text_key(bot, role, advert.text), bot, role, advert)


def _text_key(bot: Prepbot, role: Role, text: str) -> str:
    words = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{role.sha256} {words} {bot.settings.model_dump_json()}"


@st.cache_resource(show_spinner=False, max_entries=4)
def _checked_advert(key: str, _bot: Prepbot, _role: Role, _advert: Advert) -> AdvertCheck:
    del key  # the cache alone reads it
    return _bot.adverts.check(_role, _advert)


def forget_adverts() -> None:
    """Hold no more of what was read in adverts."""
    _checked_advert.clear()


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
    bot = open_prepbot(Settings.model_validate_json(settings))
    if bot.models is not None:
        bot.models.warm_up()
    return bot
