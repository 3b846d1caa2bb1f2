"""Taking in a role page: the uploader and one sentence about what became of it."""

from typing import TYPE_CHECKING

import streamlit as st

from prepbot.errors import BadInput
from prepbot.roles import LibraryEntry
from prepbot.ui import state
from prepbot.ui.text import plain
from prepbot.wiring import Prepbot

if TYPE_CHECKING:
    from streamlit.typing import UploadedFile

MOST_MEGABYTES = 10
_LET_THROUGH = 210
"""Megabytes that the widget lets through: it refuses a file by a symbol alone, the reader says why. The server's own
limit is in .streamlit/config.toml."""


def choose_file(label: str, key: str) -> "UploadedFile | None":
    """The uploader, its own words left out: what may be given stands in the label. `key` is unique on a page."""
    with st.container(key=f"intake_{key}"):
        return st.file_uploader(label, key=key, max_upload_size=_LET_THROUGH)


def upload(bot: Prepbot, page: str) -> None:
    """Offer the uploader; a page that is read becomes the chosen role, one that is not is refused in one sentence."""
    file = choose_file(
        f"Have another role page? Drop it here: txt, md, html, pdf or docx, up to {MOST_MEGABYTES} MB.",
        f"page_{page}",
    )
    if file is None:
        return
    if state.outcome(file.file_id) is None:
        _take_in(bot, file)
    outcome = state.outcome(file.file_id)
    if outcome is not None:
        (st.success if outcome.taken else st.error)(plain(outcome.sentence), icon=outcome.icon)


def _take_in(bot: Prepbot, file: "UploadedFile") -> None:
    with st.spinner(f"Reading “{plain(file.name)}”"):
        try:
            entry = bot.roles.add(file.name, file.getvalue())
        except BadInput as error:
            state.keep_outcome(file.file_id, state.UploadOutcome(taken=False, sentence=str(error)))
            return
    state.keep_outcome(file.file_id, state.UploadOutcome(taken=True, sentence=_welcome(entry)))
    state.choose_role(entry.role.id)
    st.rerun()


def _welcome(entry: LibraryEntry) -> str:
    role, lines = entry.role, len(entry.report.warnings)
    doubts = {0: "every line was understood", 1: "one line was read with doubt"}.get(
        lines, f"{lines} lines were read with doubt"
    )
    return f"“{role.title}” is in your library: {len(role.questions)} questions in {len(role.stages)} stages, {doubts}."
