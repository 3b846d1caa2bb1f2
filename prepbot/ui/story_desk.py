"""Where stories are written, read again, changed and removed."""

from collections.abc import Sequence
from hashlib import sha256

import streamlit as st

from prepbot.domain.role import Role
from prepbot.domain.story import Story
from prepbot.errors import PrepbotError
from prepbot.stories import MAX_TITLE, first_fix
from prepbot.ui import ratings, state, story_facts
from prepbot.ui.text import plain
from prepbot.wiring import Prepbot

_PLACEHOLDER = "What happened, what you did, what came of it. Six sentences are enough."
_TITLE_HINT = "Its first words, if you leave this empty"


def write(bot: Prepbot, role: Role) -> None:
    """A field for a new story. What cannot be kept stays in it, with one sentence that says why."""
    number = state.draft("story")
    text = st.text_area(
        "Write or paste a story",
        key=f"story_new_{number}",
        height=220,
        placeholder=_PLACEHOLDER,
        persist_state="session",
    )
    title = st.text_input(
        "Title", key=f"title_new_{number}", placeholder=_TITLE_HINT, max_chars=MAX_TITLE, persist_state="session"
    )
    if not st.button("Keep this story", type="primary", key="keep_new"):
        return
    try:
        story = bot.stories.add(role, text or "", title or "")
    except PrepbotError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    state.next_draft("story")
    _show(story, f"“{story.title}” is kept.")


def read(bot: Prepbot, role: Role, stories: Sequence[Story]) -> None:
    """One story with its marks and facts, and the ways to change and to remove it."""
    left, right = st.columns([7, 4], gap="medium")
    with left:
        story = _choose(stories)
        with st.container(border=True, key="paper"):
            st.html(story_facts.told(story))
            with st.container(horizontal=True, key="storydo"):
                _remove(bot, story)
            with st.expander("Change it", icon=":material/edit:"):
                _change(bot, role, story)
    with right:
        with st.container(border=True, key="level"):
            st.html(story_facts.facts(story))
        found = first_fix(story)
        if found:
            with st.container(border=True, key="after"):
                st.html(ratings.fix(found))


def _choose(stories: Sequence[Story]) -> Story:
    """The story that the address names, else the one kept last."""
    by_id = {story.id: f"{number}. {story.title}" for number, story in enumerate(stories, start=1)}
    ids = list(by_id)
    named = state.story_id()
    place = ids.index(named) if named in by_id else len(ids) - 1
    picked = st.selectbox("Story", ids, index=place, format_func=lambda one: by_id[one], key=f"story_{ids[place]}")
    if picked != ids[place]:
        state.open_story(picked)
        st.rerun()
    return stories[place]


def _change(bot: Prepbot, role: Role, story: Story) -> None:
    # The fields are another story's as soon as the stored words are others, also when another tab changed them.
    version = sha256(f"{story.title}\n{story.text}".encode()).hexdigest()[:12]
    text = st.text_area("The story", story.text, key=f"text_{story.id}_{version}", height=220)
    title = st.text_input("Title", story.title, key=f"title_{story.id}_{version}", max_chars=MAX_TITLE)
    if not st.button("Save the change", key="save_story"):
        return
    try:
        changed = bot.stories.change(role, story.id, text or "", title or "")
    except PrepbotError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    _show(changed, f"“{changed.title}” is changed.")


def _remove(bot: Prepbot, story: Story) -> None:
    with st.popover("Remove it", icon=":material/delete:", type="tertiary"):
        st.write(f"“{plain(story.title)}” will be gone from here. An answer that it came from stays in its review.")
        if st.button("Remove this story", key=f"remove_{story.id}"):
            bot.stories.remove(story.id)
            state.say(f"“{plain(story.title)}” is removed.")
            st.rerun()


def _show(story: Story, sentence: str) -> None:
    state.open_story(story.id)
    state.say(plain(sentence))
    st.rerun()
