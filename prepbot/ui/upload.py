"""Taking in a role page: the uploader and one sentence about what became of it."""

import streamlit as st

from prepbot.errors import BadInput
from prepbot.roles import LibraryEntry
from prepbot.ui import state
from prepbot.ui.text import plain
from prepbot.wiring import Prepbot

MOST_MEGABYTES = 10
FORMATS = ("txt", "md", "html", "htm", "pdf", "docx")


def upload(bot: Prepbot, key: str) -> None:
    """Offer the uploader; a page that is read becomes the chosen role, one that is not is refused in one sentence."""
    file = st.file_uploader(
        "Have another role page? Drop it here: txt, md, html, pdf or docx, up to 10 MB.",
        type=FORMATS,
        key=f"upload_{key}",
        max_upload_size=MOST_MEGABYTES,
    )
    if file is None:
        return
    if state.outcome(file.file_id) is None:
        _take_in(bot, file.name, file.getvalue(), file.file_id)
    outcome = state.outcome(file.file_id)
    if outcome is not None:
        (st.success if outcome.taken else st.error)(plain(outcome.sentence), icon=outcome.icon)


def _take_in(bot: Prepbot, name: str, data: bytes, file_id: str) -> None:
    with st.spinner(f"Reading “{plain(name)}”"):
        try:
            entry = bot.roles.add(name, data)
        except BadInput as error:
            state.keep_outcome(file_id, state.UploadOutcome(taken=False, sentence=str(error)))
            return
    state.keep_outcome(file_id, state.UploadOutcome(taken=True, sentence=_welcome(entry)))
    state.choose_role(entry.role.id)
    st.rerun()


def _welcome(entry: LibraryEntry) -> str:
    role, lines = entry.role, len(entry.report.warnings)
    doubts = {0: "every line was understood", 1: "one line was read with doubt"}.get(
        lines, f"{lines} lines were read with doubt"
    )
    return f"“{role.title}” is in your library: {len(role.questions)} questions in {len(role.stages)} stages, {doubts}."
