"""Stories where an interview meets them: an answer kept as one, and the two that fit a question before its drill."""

from html import escape

import streamlit as st

from prepbot.domain.plan import Plan
from prepbot.domain.report import AnswerCard, Review
from prepbot.domain.story_fit import Fit, FitLevel, ranked
from prepbot.errors import BadInput
from prepbot.stories import MOST_SUGGESTED
from prepbot.ui import state
from prepbot.ui.text import plain
from prepbot.wiring import Prepbot

MOST_QUESTIONS = 3
"""A drill of more questions gets no list of stories: it would be longer than the drill."""

_NONE_FITS = "<p>None of yours yet. Answer first; the review lets you keep the answer as a story.</p>"
_FITS = {FitLevel.CLOSE: "fits closely", FitLevel.NEAR: "would do"}


def keep(bot: Prepbot, review: Review, card: AnswerCard) -> None:
    """A button that keeps a reviewed answer as a story, or the way to the story that it is already.

    Nothing for an exercise or a talk about an offer: neither tells one.
    """
    answers = [answer.text for answer in card.answers]
    if card.evidence is None or not card.question.has_band or not any(text.strip() for text in answers):
        return
    kept = next(iter(bot.stories.of_answers(answers)), None)
    if kept is not None:
        if st.button("See it among your stories", icon=":material/auto_stories:", type="tertiary"):
            state.go_to("stories", story=kept.id)
        return
    if not st.button("Keep as a story", icon=":material/bookmark_add:", type="tertiary"):
        return
    role = bot.roles.role_of(bot.interviewer.open(review.interview_id).plan)
    try:
        bot.stories.add_answer(role, card.question.text, answers)
    except BadInput as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    state.say("Kept among your stories, as you said it. There you can give it a title and better words.")
    st.rerun()


def fitting(bot: Prepbot, plan: Plan) -> None:
    """The two stories that fit the questions of a short drill best; nothing where no story is kept."""
    if len(plan.questions) > MOST_QUESTIONS or not bot.store.stories():
        return
    role = bot.roles.role_of(plan)
    fits = ranked(fit for question in plan.questions for fit in bot.stories.suggested(role, question))
    best = {fit.story.id: fit for fit in reversed(fits)}
    items = "".join(map(_fit, ranked(best.values())[:MOST_SUGGESTED]))
    st.html(f'<div class="fitting"><h3>Stories that fit</h3>{f"<ol>{items}</ol>" if items else _NONE_FITS}</div>')


def _fit(fit: Fit) -> str:
    return f'<li><b>{escape(fit.story.title)}</b> <span class="dim">{_FITS[fit.level]}</span></li>'
