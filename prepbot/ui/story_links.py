"""Stories where an interview meets them: an answer kept as one, and the two that fit a question before its drill."""

from html import escape

import streamlit as st

from prepbot.domain.plan import Plan, PlannedQuestion
from prepbot.domain.report import AnswerCard, Review
from prepbot.domain.role import Role
from prepbot.domain.story_fit import Fit, FitLevel
from prepbot.errors import BadInput
from prepbot.ui import state
from prepbot.ui.text import plain
from prepbot.wiring import Prepbot

MOST_QUESTIONS = 3
"""A drill of more questions gets no list of stories: it would be longer than the drill."""

_FITS = {FitLevel.CLOSE: "fits closely", FitLevel.NEAR: "would do"}


def keep(bot: Prepbot, review: Review, card: AnswerCard) -> None:
    """A button that keeps a reviewed answer as a story, or the way to the story that it is already."""
    answers = [answer.text for answer in card.answers]
    if not any(text.strip() for text in answers):
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
    """The stories that fit the questions of a short drill, at most two each; nothing where no story is kept."""
    if len(plan.questions) > MOST_QUESTIONS or not bot.store.stories():
        return
    role = bot.roles.role_of(plan)
    several = len(plan.questions) > 1
    found = "".join(_suggestion(bot, role, question, named=several) for question in plan.questions)
    st.html(f'<div class="fitting"><h3>Stories that fit</h3>{found}</div>')


def _suggestion(bot: Prepbot, role: Role, question: PlannedQuestion, *, named: bool) -> str:
    fits = bot.stories.suggested(role, question)
    lead = f'<p class="dim">{escape(question.text)}</p>' if named else ""
    if not fits:
        return f"{lead}<p>None of yours yet. Answer it first; the review lets you keep the answer as a story.</p>"
    return f"{lead}<ol>{''.join(map(_fit, fits))}</ol>"


def _fit(fit: Fit) -> str:
    return f'<li><b>{escape(fit.story.title)}</b> <span class="dim">{_FITS[fit.level]}</span></li>'
