"""Rating one's own answers before the grades are shown, and the two side by side afterwards."""

from html import escape

import streamlit as st

from prepbot.domain.interview import GivenAnswer, Interview, Status, Unit
from prepbot.domain.report import AnswerCard
from prepbot.domain.rubric import BAND_ANCHORS
from prepbot.domain.self_rating import SelfRating, gap, rating_to_come, self_rating, to_rate
from prepbot.wiring import Prepbot

REVEAL, SKIP = "Show the grades", "Skip this"


def asks(bot: Prepbot, interview_id: str, interview: Interview) -> bool:
    """Whether there is something to rate: a finished interview with an answer, with a band that nobody has seen."""
    finished = interview.status is Status.FINISHED
    return finished and rating_to_come(interview, seen=bool(bot.store.grades(interview_id)))


def draw(bot: Prepbot, interview_id: str, interview: Interview) -> None:
    """Draw every answer with a choice of band. One press keeps what was chosen, or skips all, and shows the grades."""
    st.title("Before you see the grades", anchor=False)
    st.write("How good was each answer? Choose a band, or leave it. Progress shows how near your own eye is.")
    if st.button(SKIP, type="tertiary", icon=":material/arrow_forward:"):
        _reveal(bot, interview_id)
    with st.expander("What the bands mean"):
        st.html("".join(f"<p><b>{band}</b> {escape(anchor)}</p>" for band, anchor in BAND_ANCHORS.items()))
    with st.form("self_rating", border=False):
        chosen = {unit.question.id: _choice(unit) for unit in to_rate(interview)}
        if not st.form_submit_button(REVEAL, type="primary"):
            return
    for question_id, band in chosen.items():
        if band is not None:
            bot.store.save_self_rating(self_rating(interview_id, question_id, str(band), bot.clock.now()))
    _reveal(bot, interview_id)


def beside(card: AnswerCard, ratings: tuple[SelfRating, ...]) -> str:
    """The own band beside the graded one, in one sentence; empty without a rating or a grade."""
    own = next((rating for rating in ratings if rating.question_id == card.question.id), None)
    distance = gap(own, card.grade) if own else None
    if own is None or distance is None:
        return ""
    away = f"{abs(distance)} {'above' if distance > 0 else 'below'} the grade" if distance else "as the grade did"
    return f'<p class="dim">You gave yourself band {own.band}, {away}.</p>'


def _reveal(bot: Prepbot, interview_id: str) -> None:
    """Grade the interview, which keeps its grades: from now on it is not asked about."""
    bot.grader.review(interview_id)
    st.rerun()


def _said(answer: GivenAnswer) -> str:
    asked = f'<p class="dim">{escape(answer.probe.text)}</p>' if answer.probe else ""
    return f'{asked}<div class="answer">{escape(answer.text)}</div>'


def _choice(unit: Unit) -> int | None:
    with st.container(border=True, key=f"own_{unit.question.id}"):
        said = "".join(map(_said, unit.answers))
        st.html(f"<h3>{escape(unit.question.text)}</h3>{said}")
        return st.segmented_control("Your band", list(BAND_ANCHORS), key=f"band_{unit.question.id}")
