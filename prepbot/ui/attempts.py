"""A retried answer beside the attempt before it, and the way to another question on the same weakness."""

from html import escape

import streamlit as st

from prepbot.domain.attempts import Became, EarlierAttempt, PartChange
from prepbot.domain.plan import Plan
from prepbot.domain.report import AnswerCard
from prepbot.domain.wording import outcome
from prepbot.ui import state
from prepbot.ui.pictures import icon
from prepbot.ui.text import plain
from prepbot.wiring import Prepbot

_SIGNS = {Became.GAINED: ("add_circle", "good"), Became.KEPT: ("check", "kept"), Became.LOST: ("remove_circle", "stop")}


def draw(bot: Prepbot, plan: Plan, card: AnswerCard, earlier: EarlierAttempt) -> None:
    """Draw the comparison, the earlier words folded, and the offer of another question."""
    st.html(comparison(card, earlier))
    with st.expander("What you said before"):
        st.html("".join(f'<div class="answer">{escape(text)}</div>' for text in earlier.answers))
    _transfer(bot, plan, card)


def comparison(card: AnswerCard, earlier: EarlierAttempt) -> str:
    """Both outcomes and what became of each part."""
    rows = "".join(map(_row, earlier.changes)) or '<li class="dim">Nothing that counts stands in either.</li>'
    return (
        f"<h2>Beside your attempt before</h2><p>Then {escape(outcome(earlier.grade))}, now "
        f'{escape(outcome(card.grade))}.</p><ul class="attempt">{rows}</ul>'
    )


def _row(change: PartChange) -> str:
    sign, kind = _SIGNS[change.became]
    return f'<li class="{kind}">{icon(sign)}<span>{escape(change.label)}</span><i>{change.became.value}</i></li>'


def _transfer(bot: Prepbot, plan: Plan, card: AnswerCard) -> None:
    """Another bank question on what this answer fell shortest on; nothing where the bank has no other."""
    role = bot.roles.role_of(plan)
    found = bot.next_questions.after(role, card, bot.progress.of(role).asked)
    if found is None:
        return
    why = f"Again about: {plain(found.about)}." if found.about else "Nothing is short. See whether it holds elsewhere."
    st.caption(f"{why} Another question: {plain(found.question.text)}")
    if st.button("Try it on another question", icon=":material/arrow_forward:"):
        state.go_to("practise", interview=bot.interviewer.start(bot.planner.drill(role, question_id=found.question.id)))
