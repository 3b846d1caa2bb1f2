"""Taking in a text of the candidate's, uploaded or pasted. What cannot be read stays, with a sentence that says why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import streamlit as st

from prepbot.domain.role import Role
from prepbot.errors import BadInput, PrepbotError
from prepbot.ui import state
from prepbot.ui.service import forget_adverts
from prepbot.ui.text import plain
from prepbot.ui.upload import MOST_MEGABYTES, choose_file

if TYPE_CHECKING:
    from streamlit.typing import UploadedFile


class Paper(Protocol):
    """What a desk takes in: it can say what was left out of it."""

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about what was left out, for people to read."""
        ...


T = TypeVar("T", bound=Paper)


@dataclass(frozen=True, slots=True)
class Desk(Generic[T]):
    """One kind of text: how it is called, read, and kept beside a role."""

    key: str
    name: str
    button: str
    upload: Callable[[str, bytes], T]
    pasted: Callable[[str], T]
    keep: Callable[[Role, T], None]
    kept: Callable[[Role], T | None]
    forget: Callable[[Role], None]


def take_in(desk: Desk[T], role: Role) -> None:
    """Offer the uploader and the field; what is read is kept beside the role and the page drawn anew."""
    number = f"{desk.key}_{role.id}_{state.draft(desk.key)}"
    uploader = f"file_{number}"
    file = choose_file(f"Drop your {desk.name} here: pdf, docx, txt, md or html, up to {MOST_MEGABYTES} MB.", uploader)
    if file is not None:
        _uploaded(desk, role, file, uploader)
    text = st.text_area("Or paste it", key=f"paste_{number}", height=160, persist_state="session")
    if st.button(desk.button, type="primary", key=f"take_{desk.key}"):
        _pasted(desk, role, text or "")


def forget(desk: Desk[T], role: Role) -> None:
    """Ask, then forget what is kept beside the role."""
    with st.popover("Forget it", icon=":material/delete:", type="tertiary"):
        st.write(f"Your {desk.name} will be gone from here. Interviews and stories stay.")
        if st.button(f"Forget the {desk.name}", key=f"forget_{desk.key}"):
            desk.forget(role)
            forget_adverts()
            state.say(f"Your {desk.name} is forgotten.")
            st.rerun()


def _uploaded(desk: Desk[T], role: Role, file: "UploadedFile", uploader: str) -> None:
    file_id = f"{file.file_id}-{uploader}"
    known = state.outcome(file_id)
    if known is None:
        with st.spinner(f"Reading “{plain(file.name)}”"):
            try:
                paper = desk.upload(file.name, file.getvalue())
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
    kept = desk.kept(role)
    # What was cut off at the first reading is not in the kept text, so nothing would speak of it later.
    lost = [notice for notice in paper.notices if kept is None or notice not in kept.notices]
    if lost:
        state.say(plain(" ".join(lost)))
    state.next_draft(desk.key)
    st.rerun()
