"""The first visit: a role, how long, which rooms, and somebody who waits behind the first door."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from prepbot.domain.interview import Status
from prepbot.domain.plan import Length, Plan
from prepbot.domain.role import Role
from prepbot.roles import LibraryEntry
from prepbot.ui import state
from prepbot.ui.corridor import hall
from prepbot.ui.model_lines import estimate
from prepbot.ui.own_papers import announce
from prepbot.ui.pictures import icon, portrait
from prepbot.ui.service import warm_up
from prepbot.ui.text import plain
from prepbot.ui.upload import upload
from prepbot.wiring import Prepbot

USUAL_ROLE = "ecommerce-specialist"
MOST_CARDS = 8
_CARDS_A_ROW = 4

_SYMBOLS = {
    "retail": "storefront",
    "customer service": "support_agent",
    "logistics": "warehouse",
    "operations": "warehouse",
    "marketing": "campaign",
    "sales": "handshake",
    "finance": "payments",
    "software": "terminal",
    "healthcare": "health_and_safety",
    "education": "school",
}
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


def draw(bot: Prepbot) -> None:
    """Draw the first visit; pressing start begins the interview."""
    entries = library(bot)
    role = chosen_role(entries)
    _hero(role)
    _unfinished(bot)
    st.header("Which role are you going for?", anchor=False)
    pick_role(entries, role)
    upload(bot, "practise")
    length, stages = _settings(bot, role)
    _start(bot, role, length, stages)
    announce(bot, role)
    for notice in bot.notices:
        st.caption(f":material/lock: {notice}")
    warm_up(bot, role)


def library(bot: Prepbot) -> list[LibraryEntry]:
    """Every role, the usual one first."""
    return sorted(bot.roles.all(), key=lambda entry: entry.role.id != USUAL_ROLE)


def chosen_role(entries: Sequence[LibraryEntry]) -> Role:
    """The role chosen in this session, else the first of the library."""
    by_id = {entry.role.id: entry.role for entry in entries}
    first = next(iter(by_id))
    return by_id.get(state.chosen_role(first), by_id[first])


def pick_role(entries: Sequence[LibraryEntry], chosen: Role) -> None:
    """Cards to choose a role from, or a list where there are too many."""
    if len(entries) > MOST_CARDS:
        _role_list(entries, chosen)
        return
    for start in range(0, len(entries), _CARDS_A_ROW):
        for column, entry in zip(st.columns(_CARDS_A_ROW), entries[start : start + _CARDS_A_ROW], strict=False):
            with column:
                _role_card(entry.role, chosen=entry.role.id == chosen.id)


def select_role(bot: Prepbot) -> Role:
    """A list to choose the role from that this session works on."""
    entries = library(bot)
    roles = [entry.role for entry in entries]
    place = roles.index(chosen_role(entries))
    role: Role = st.selectbox("Role", roles, index=place, format_func=lambda role: role.title)
    state.choose_role(role.id)
    return role


def count_words(count: int, noun: str, plural: str = "") -> str:
    """A count with its noun: "7 stages", "1 question"."""
    return f"{count} {noun}" if count == 1 else f"{count} {plural or noun + 's'}"


def counts(role: Role) -> str:
    """What a role page holds, in numbers."""
    found = ((len(role.stages), "stage"), (len(role.questions), "question"), (len(role.kpis), "KPI"))
    return " · ".join(count_words(count, noun) for count, noun in found)


def _role_list(entries: Sequence[LibraryEntry], chosen: Role) -> None:
    roles = [entry.role for entry in entries]
    place = next(place for place, role in enumerate(roles) if role.id == chosen.id)
    picked = st.selectbox("Role", roles, index=place, format_func=lambda role: f"{role.title}, {counts(role)}")
    if picked.id != chosen.id:
        state.choose_role(picked.id)
        st.rerun()


def _role_card(role: Role, *, chosen: bool) -> None:
    with st.container(border=True, key=f"role_{role.id}", height="stretch"):
        symbol = _SYMBOLS.get(role.function.casefold(), "work")
        badge = f'<span class="badge chosen">{icon("check_circle")} Chosen</span>' if chosen else ""
        st.html(
            f'<div class="rolehead"><span class="arch">{icon(symbol)}</span>{badge}</div>'
            f'<h3>{escape(role.title)}</h3><p class="dim">{escape(role.function)}<br>{counts(role)}</p>'
        )
        if st.button(f"Choose {plain(role.title)}", key=f"choose_{role.id}"):
            state.choose_role(role.id)
            st.rerun()


def _hero(role: Role) -> None:
    rooms = len(role.stages) or 1
    number = _NUMBERS[rooms] if rooms < len(_NUMBERS) else str(rooms)
    line = f"{number} rooms, from the first call to the offer." if rooms > 1 else "One room."
    doors = hall(min(rooms, 7), width=86)
    with st.container(key="hero"):
        st.html(
            f'<div class="hero"><div><h1>Walk through the whole interview tonight.</h1><p>{line} '
            f"Somebody is waiting in each, and they listen to what you say.</p></div>{doors}</div>"
        )


def _unfinished(bot: Prepbot) -> None:
    """A way back into the interview that was left last."""
    waiting = next((i for i in bot.store.interviews() if i.status in {Status.RUNNING, Status.PAUSED}), None)
    if waiting is None:
        return
    with st.container(key="waiting", horizontal=True, vertical_alignment="center"):
        said = f"{count_words(waiting.answers, 'answer')} so far" if waiting.answers else "nothing answered yet"
        st.html(f"<p>{icon('door_open')} Your interview for <b>{escape(waiting.role_title)}</b> waits, {said}.</p>")
        if st.button("Go on where you were"):
            state.keep_interview(waiting.id)
            st.rerun()


def _settings(bot: Prepbot, role: Role) -> tuple[Length, list[str]]:
    left, right = st.columns([5, 7], gap="medium")
    minutes = {length: _minutes(bot.planner.outline(role, length)) for length in (Length.SHORT, Length.FULL)}
    with left:
        length = st.segmented_control(
            "How long have you got?",
            list(minutes),
            default=Length.SHORT,
            required=True,
            format_func=lambda length: f"{length.value.capitalize()}, about {minutes[length]} min",
            key="length",
        )
    with right:
        stages = st.multiselect(
            "Which rooms?", [stage.name for stage in role.stages], key=f"stages_{role.id}", placeholder="All of them"
        )
    return length or Length.SHORT, stages


def _start(bot: Prepbot, role: Role, length: Length, stages: Sequence[str]) -> None:
    preview = bot.planner.outline(role, length, stages)
    interviewer = preview.stages[0].interviewer
    with st.container(key="start", horizontal=True, vertical_alignment="bottom"):
        st.html(portrait(interviewer.portrait, 52), width="content")
        if st.button(
            f"Start with {interviewer.name.split()[0]}",
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
        ):
            state.keep_interview(bot.interviewer.start(bot.planner.interview(role, length, stages)))
            st.rerun()
    found = bot.models.estimate(len(preview.questions)) if bot.models else None
    if found is not None:
        st.caption(plain(estimate(found)))


def _minutes(plan: Plan) -> int:
    return sum(stage.minutes for stage in plan.stages)
