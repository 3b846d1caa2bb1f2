"""What a browser session remembers. The only reader of st.session_state and st.query_params.

The interview's id lives in the address, so a reload or a second tab comes back to the same turn; everything else
that matters is in the store.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from prepbot.model_ports import Suggestion

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage


@dataclass(frozen=True, slots=True)
class UploadOutcome:
    """What became of an uploaded file, in one sentence."""

    taken: bool
    sentence: str

    @property
    def icon(self) -> str:
        """The symbol beside the sentence."""
        return ":material/check_circle:" if self.taken else ":material/error:"


_INTERVIEW = "interview"
_REVIEW = "review"
_CARD = "card"
_STORY = "story"


def interview_id() -> str | None:
    """The interview of this tab: from the address, else the one that this session left on another page."""
    found = st.query_params.get(_INTERVIEW) or st.session_state.get(_INTERVIEW)
    if found:
        keep_interview(found)
    return found


def keep_interview(interview: str) -> None:
    """Make this the tab's interview."""
    st.session_state[_INTERVIEW] = interview
    if st.query_params.get(_INTERVIEW) != interview:
        st.query_params[_INTERVIEW] = interview


def leave_interview() -> None:
    """Forget the tab's interview; it stays in the store."""
    st.session_state.pop(_INTERVIEW, None)
    st.query_params.pop(_INTERVIEW, None)


def review_id() -> str | None:
    """The interview whose review is open, from the address."""
    return st.query_params.get(_REVIEW)


def open_review(interview: str, card: int = 1) -> None:
    """Show the review of this interview, at one of its cards."""
    st.query_params.update({_REVIEW: interview, _CARD: str(card)})


def leave_review() -> None:
    """Go back to the list."""
    st.query_params.clear()


def card_number(cards: int) -> int:
    """The number of the card that is open, within 1 and `cards`."""
    number = st.query_params.get(_CARD, "1")
    return min(max(int(number), 1), cards) if number.isascii() and number.isdigit() else 1


def turn_shown(interview: str) -> int | None:
    """The number of the turn that this tab last showed as open: what its next answer replies to."""
    shown: int | None = st.session_state.get(f"turn-{interview}")
    return shown


def show_turn(interview: str, seq: int | None) -> None:
    """Remember which turn this tab shows as open."""
    st.session_state[f"turn-{interview}"] = seq


def message_id(interview: str, turn: int) -> str:
    """The client's id of the answer to one turn. A turn is answered once, whichever tab or retry is first."""
    return f"{interview}:{turn}"


def repeated_turn() -> int | None:
    """The turn whose question the candidate asked to hear again."""
    turn: int | None = st.session_state.get("repeated")
    return turn


def repeat_turn(seq: int) -> None:
    """Say the question of this turn once more."""
    st.session_state["repeated"] = seq


def say(message: str) -> None:
    """Keep one sentence for the next run, which shows it once."""
    st.session_state["said"] = message


def said() -> str | None:
    """The sentence kept by the run before, if any."""
    message: str | None = st.session_state.pop("said", None)
    return message


def chosen_role(default: str) -> str:
    """The id of the chosen role."""
    role: str = st.session_state.get("role", default)
    return role


def choose_role(role: str) -> None:
    """Choose a role for this session."""
    st.session_state["role"] = role


def outcome(file_id: str) -> UploadOutcome | None:
    """What became of this upload; None where it has not been read yet. The widget hands it over on every run."""
    known: UploadOutcome | None = st.session_state.get(f"upload-{file_id}")
    return known


def keep_outcome(file_id: str, found: UploadOutcome) -> None:
    """Remember what became of an upload."""
    st.session_state[f"upload-{file_id}"] = found


def suggestion(card: str) -> Suggestion | None:
    """The wording that a model suggested for this card in this session; it is kept nowhere else."""
    found: Suggestion | None = st.session_state.get(f"suggestion-{card}")
    return found


def keep_suggestion(card: str, found: Suggestion | None) -> None:
    """Keep a suggested wording for this session; None forgets it."""
    st.session_state[f"suggestion-{card}"] = found


def story_id() -> str | None:
    """The story that is open, from the address."""
    return st.query_params.get(_STORY)


def open_story(story: str) -> None:
    """Show this story."""
    st.query_params[_STORY] = story


def draft(name: str) -> int:
    """The number of a form's draft. It belongs into the keys of its fields, so that a new draft begins empty."""
    number: int = st.session_state.get(f"draft-{name}", 0)
    return number


def next_draft(name: str) -> None:
    """Begin a new draft: what the form held is kept elsewhere now."""
    st.session_state[f"draft-{name}"] = draft(name) + 1


def keep_pages(pages: "Mapping[str, StreamlitPage]") -> None:
    """Remember the pages by name, so that one page can lead to another."""
    st.session_state["pages"] = dict(pages)


def go_to(page: str, **address: str) -> None:
    """Go to another page with these query parameters. Ends the run."""
    st.switch_page(st.session_state["pages"][page], query_params=address)
