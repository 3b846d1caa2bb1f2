"""Taking in a text of the candidate's, uploaded or pasted. What cannot be read stays, with a sentence that says why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

from prepbot.domain.role import Role
from prepbot.errors import BadInput, PrepbotError
from prepbot.ui import state
from prepbot.ui.service import forget_checks
from prepbot.ui.text import plain
from prepbot.ui.upload import FORMATS, MOST_MEGABYTES

T = TypeVar("T")

_LET_THROUGH = 4


@dataclass(frozen=True, slots=True)
class Desk(Generic[T]):
    """One kind of text: how it is called, read, and kept beside a role."""

    key: str
    name: str
    button: str
    upload: Callable[[str, bytes], T]
    pasted: Callable[[str], T]
    keep: Callable[[Role, T], None]
    forget: Callable[[Role], None]


def take_in(desk: Desk[T], role: Role) -> None:
    """Offer the uploader and the field; what is read is kept beside the role and the page drawn anew."""
    number = f"{desk.key}_{role.id}_{state.draft(desk.key)}"
    # The widget refuses a file by a symbol alone. It lets more through than is read, so that the reader can say why.
    with st.container(key=f"intake_{desk.key}"):
        file = st.file_uploader(
            f"Drop your {desk.name} here: {', '.join(FORMATS[:-1])} or {FORMATS[-1]}, up to {MOST_MEGABYTES} MB.",
            key=f"file_{number}",
            max_upload_size=_LET_THROUGH * MOST_MEGABYTES,
        )
    if file is not None:
        _uploaded(desk, role, file.name, file.getvalue(), f"{file.file_id}-{number}")
    text = st.text_area("Or paste it", key=f"paste_{number}", height=160, persist_state="session")
    if st.button(desk.button, type="primary", key=f"take_{desk.key}"):
        _pasted(desk, role, text or "")


def forget(desk: Desk[T], role: Role) -> None:
    """Ask, then forget what is kept beside the role."""
    with st.popover("Forget it", icon=":material/delete:", type="tertiary"):
        st.write(f"Your {desk.name} will be gone from here. Interviews and stories stay.")
        if st.button(f"Forget the {desk.name}", key=f"forget_{desk.key}"):
            desk.forget(role)
            forget_checks()
            state.say(f"Your {desk.name} is forgotten.")
            st.rerun()


def _uploaded(desk: Desk[T], role: Role, name: str, data: bytes, file_id: str) -> None:
    known = state.outcome(file_id)
    if known is None:
        with st.spinner(f"Reading “{plain(name)}”"):
            try:
                paper = desk.upload(name, data)
            except BadInput as error:
                known = state.UploadOutcome(taken=False, sentence=str(error))
                state.keep_outcome(file_id, known)
            else:
                _keep(desk, role, paper)
                return
    st.error(plain(known.sentence), icon=known.icon)


def _pasted(desk: Desk[T], role: Role, text: str) -> None:
    try:
        if not text.strip():
            raise BadInput(f"The field is empty; paste the text of your {desk.name} first, or give a file.")
        paper = desk.pasted(text)
    except PrepbotError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    _keep(desk, role, paper)


def _keep(desk: Desk[T], role: Role, paper: T) -> None:
    desk.keep(role, paper)
    state.next_draft(desk.key)
    st.rerun()
