"""The Review page: the interviews sat so far, then one graded transcript, answer by answer."""

from html import escape
from typing import Literal

import streamlit as st

from prepbot.domain.interview import Interview, Status
from prepbot.domain.report import STILL_OPEN, AnswerCard, Review
from prepbot.domain.rubric import Grade, NotGraded
from prepbot.domain.second_words import read_between_the_lines, read_by
from prepbot.domain.talk_card import TalkCard
from prepbot.domain.wording import NOT_A_ZERO, doubt, retold
from prepbot.errors import NotFound
from prepbot.exports import export
from prepbot.ports import InterviewSummary
from prepbot.ui import (
    attempts,
    decisions,
    exercise_review,
    later_answer,
    marks,
    notes,
    offer_review,
    ratings,
    read_again,
    self_rating,
    state,
    story_links,
    suggestion,
)
from prepbot.ui.choose import count_words
from prepbot.ui.corridor import LENGTH_WORDS
from prepbot.ui.model_lines import tally
from prepbot.ui.offer import anchors as offer_anchors
from prepbot.ui.pictures import icon
from prepbot.ui.room import anchors, source_line
from prepbot.ui.service import prepbot
from prepbot.ui.text import plain
from prepbot.ui.transcript import answer_turn, probe
from prepbot.wiring import Prepbot

LAYERS = {"Structure": "structure", "KPIs": "kpis", "Looking back": "reflection", "Set aside": "aside"}
_ALL_CHECKS = (
    "Every check of the rubric holds. Whether another story would fit this question better, only a person can say: "
    "tell it to one."
)
FILES = (("Markdown", "md", "text/markdown"), ("HTML", "html", "text/html"), ("JSON", "json", "application/json"))
Colour = Literal["blue", "gray", "green"]
STATUS_WORDS: dict[Status, tuple[str, Colour, str]] = {
    Status.RUNNING: ("still open", "blue", ":material/door_open:"),
    Status.PAUSED: ("paused", "blue", ":material/pause:"),
    Status.ENDED: ("ended early", "gray", ":material/logout:"),
    Status.FINISHED: ("finished", "green", ":material/check_circle:"),
}


def page() -> None:
    """Draw the list, or the review that the address names."""
    bot = prepbot()
    interview_id = state.review_id()
    if interview_id is None:
        _list(bot)
        return
    try:
        interview = _sat(bot, interview_id)
        if self_rating.asks(bot, interview_id, interview):
            self_rating.draw(bot, interview_id, interview)
            return
        review = bot.grader.review(interview_id)
    except NotFound as error:
        state.leave_review()
        st.warning(plain(str(error)), icon=":material/search_off:")
        _list(bot)
        return
    _review(bot, review)


def _list(bot: Prepbot) -> None:
    st.title("Review", anchor=False)
    interviews = [found for found in bot.store.interviews() if found.answers]
    if not interviews:
        st.html(
            '<p class="empty">Nothing to read yet. Sit one room, about four minutes, and your first answer will be '
            "here with its marks.</p>"
        )
        if st.button("Sit an interview", type="primary", icon=":material/door_open:"):
            state.leave_interview()
            state.go_to("practise")
        return
    for found in interviews:
        _summary(found)


def _summary(found: InterviewSummary) -> None:
    words, colour, symbol = STATUS_WORDS[found.status]
    what = found.focus or f"{LENGTH_WORDS[found.length]} interview"
    with st.container(border=True, key=f"sat_{found.id}", horizontal=True, vertical_alignment="center"):
        st.html(
            f'<h3>{escape(found.role_title)}</h3><p class="dim">{escape(what)} · '
            f"{found.started_at.astimezone():%-d %B %Y, %H:%M} · {count_words(found.answers, 'answer')}</p>"
        )
        st.badge(words, icon=symbol, color=colour)
        if found.status in {Status.RUNNING, Status.PAUSED} and st.button(
            "Go on", key=f"go_{found.id}", type="tertiary"
        ):
            state.go_to("practise", interview=found.id)
        if st.button("Read it", key=f"read_{found.id}"):
            state.open_review(found.id)
            st.rerun()


def _review(bot: Prepbot, review: Review) -> None:
    if st.button("All interviews", icon=":material/arrow_back:", type="tertiary"):
        state.leave_review()
        st.rerun()
    if not review.cards:
        st.html(f"<h1>{escape(review.role_title)}</h1>")
        st.html('<p class="empty">Nothing was answered in this interview, so there is nothing to grade.</p>')
        return
    _choose_card(review)
    card = review.cards[state.card_number(len(review.cards)) - 1]
    _heading(bot, review, card)
    decisions.draw(review, card.number)
    notes.known(review, card)
    with st.container(key="review"):
        side, main = st.columns([1, 2], gap="medium")
        with side:
            _side(bot, review, card)
        with main:
            with st.container(border=True, key="paper"):
                _transcript(card)
                story_links.keep(bot, review, card)
            later_answer.draw(review, card)
    _overview(bot, review)


def _choose_card(review: Review) -> None:
    numbers = [card.number for card in review.cards]
    words = {
        card.number: f"{card.number}. {card.question.heading} ({ratings.in_a_word(card)})" for card in review.cards
    }
    with st.container(horizontal=True, key="cards", vertical_alignment="bottom"):
        here = state.card_number(len(numbers))
        picked = st.selectbox(
            "Question", numbers, index=here - 1, format_func=lambda number: words[number], key=f"card_{here}"
        )
        for label, symbol, step in (("Previous", "chevron_left", -1), ("Next", "chevron_right", 1)):
            there = here + step
            if st.button(label, icon=f":material/{symbol}:", disabled=there not in numbers):
                picked = there
        if picked != here:
            state.open_review(review.interview_id, picked)
            st.rerun()


def _heading(bot: Prepbot, review: Review, card: AnswerCard) -> None:
    st.html(f"<h1>{escape(card.question.heading)}</h1>")
    model = read_by(card)
    engine = f"Graded by rules, read again by {model}" if model else "Graded on this computer, no language model"
    who = card.interviewer.label
    origin = card.question.origin
    paper = f"<span>Asked because of {escape(origin.label)}</span>" if origin else ""
    st.html(
        f'<p class="dim meta"><span>{escape(review.role_title)}, {escape(card.stage_name)}</span>'
        f"<span>Question {card.number} of {len(review.cards)}, asked by {escape(who)}</span>{paper}"
        f"<span>{escape(engine)}</span></p>"
    )
    for notice in review.notices:
        st.caption(f":material/info: {notice}")
    read_again.offer(bot, review)


def _transcript(card: AnswerCard) -> None:
    if card.skipped:
        st.html(f'<p class="empty">You skipped this question. {NOT_A_ZERO}</p>')
        return
    if card.talk is not None:
        st.html(offer_review.transcript(card, card.talk))
        return
    if card.question.exercise is not None:
        for part in (exercise_review.sheet, exercise_review.answers, exercise_review.tasks):
            st.html(part(card))
        return
    shown = st.pills("Marks", list(LAYERS), selection_mode="multi", default=list(LAYERS), key="layers")
    hidden = " ".join(f"no-{name}" for label, name in LAYERS.items() if label not in shown)
    st.html(marks.legend())
    if doubt(card):
        st.html(f'<p class="doubt">{icon("help")} <span>{escape(doubt(card))}</span></p>')
    for line in read_between_the_lines(card):
        st.html(f'<p class="doubt">{icon("visibility")} <span>{escape(line)}</span></p>')
    for place, answer in enumerate(card.answers):
        if answer.probe is not None:
            st.html(probe(answer, card.interviewer))
        st.html(f'<div class="turn {hidden}">{answer_turn(card, place)}</div>')


def _side(bot: Prepbot, review: Review, card: AnswerCard) -> None:
    with st.container(key="fix"):
        _first_fix(bot, review, card)
    if card.talk is not None and not card.skipped:
        _talk(card, card.talk)
        return
    if isinstance(card.grade, Grade):
        with st.container(border=True, key="level"):
            own = self_rating.beside(card, bot.store.self_ratings(review.interview_id))
            st.html(ratings.ladder(card, card.grade) + own)
            with st.expander("Why this band"):
                st.html(ratings.reasons(card.grade, [answer.text for answer in card.answers]))
            with st.expander("What the levels mean"):
                st.html(anchors())
    notes.own_questions(card)
    if len(card.answers) > 1 and card.evidence and card.answers[0].evidence:
        with st.container(border=True, key="gained"):
            st.html(ratings.comparison(card.answers[0].evidence, card.evidence))
    if card.earlier is not None:
        with st.container(border=True, key="earlier"):
            attempts.draw(bot, _sat(bot, review.interview_id).plan, card, card.earlier)
    if card.question.exercise is None:
        with st.container(border=True, key="after"):
            st.html(_after(card))


def _talk(card: AnswerCard, talk: TalkCard) -> None:
    with st.container(border=True, key="level"):
        st.html(offer_review.criteria(card, talk))
        with st.expander("What the levels mean"):
            st.html(offer_anchors())


def _first_fix(bot: Prepbot, review: Review, card: AnswerCard) -> None:
    st.html(_first(card))
    if card.grade == STILL_OPEN:
        if st.button("Go on with it", type="primary", icon=":material/door_open:"):
            state.go_to("practise", interview=review.interview_id)
        return
    if st.button("Try it again", type="primary", icon=":material/replay:"):
        plan = _sat(bot, review.interview_id).plan
        again = bot.planner.retry(bot.roles.role_of(plan), plan, card.question.id, review.interview_id)
        state.go_to("practise", interview=bot.interviewer.start(again))
    if len(card.fixes) > 1:
        with st.expander(f"After that, {count_words(len(card.fixes) - 1, 'more fix', 'more fixes')}"):
            st.html("".join(ratings.fix(found, first=False) for found in card.fixes[1:]))
    if card.ordered:
        with st.expander("Your answer, put in order", key="ordered"):
            st.caption("Your own words. What is missing stands in brackets.")
            st.code("\n\n".join(line.text for line in card.ordered), language=None, wrap_lines=True)
            suggestion.draw(bot, review, card)


def _first(card: AnswerCard) -> str:
    """What to take from the card first: a fix, what an exercise or a talk came to, or why there is none."""
    if card.skipped:
        said = "<h2>Skipped</h2><p>The question is still here whenever you want it.</p>"
    elif card.talk is not None:
        said = offer_review.next_step(card, card.talk)
    elif card.exercise is not None:
        said = exercise_review.summary(card)
    elif card.grade == STILL_OPEN:
        said = f"<h2>Not finished yet</h2><p>{escape(STILL_OPEN.reason)}</p>"
    elif isinstance(card.grade, NotGraded):
        said = f"<h2>Not graded</h2><p>{escape(card.grade.reason)} {NOT_A_ZERO}</p>"
    elif card.fixes:
        said = ratings.fix(card.fixes[0]) + _retold(card)
    elif card.told_before:
        said = f"<h2>Told before</h2>{_retold(card)}"
    else:
        said = f"<h2>Nothing to fix</h2><p>{_ALL_CHECKS}</p>"
    return said


def _retold(card: AnswerCard) -> str:
    return f"<p>{escape(retold(card))}</p>" if card.told_before else ""


def _sat(bot: Prepbot, interview_id: str) -> Interview:
    return bot.interviewer.open(interview_id)


def _after(card: AnswerCard) -> str:
    purpose = f"<p>{escape(card.question.after)}</p>" if card.question.after else ""
    return f"<h2>What it was after</h2>{purpose}{''.join(source_line(line) for line in card.after)}"


def _downloads(review: Review) -> None:
    with st.container(horizontal=True, key="downloads"):
        for name, kind, mime in FILES:
            st.download_button(
                name,
                export(review, kind),
                file_name=f"prepbot-{review.interview_id}.{kind}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
            )


def _overview(bot: Prepbot, review: Review) -> None:
    st.header("The whole interview", anchor=False)
    took = tally(bot.models.spent(review.interview_id)) if bot.models else ""
    if took:
        st.caption(plain(took))
    _downloads(review)
    answers, kpis = st.tabs(["Every answer", "KPIs of the role"])
    with answers:
        st.html(ratings.overview(review.cards))
    with kpis:
        st.html(ratings.coverage(review.coverage))
