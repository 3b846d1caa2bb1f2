"""Sitting an interview: the lit question, the answer, and the commands beside it."""

from collections.abc import Callable
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from prepbot.domain.interview import Interview, Status, Turn
from prepbot.domain.plan import Length, Plan, PlannedQuestion
from prepbot.domain.stage_profile import Interviewer
from prepbot.errors import IllegalMove, StoreConflict
from prepbot.interviewer import MAX_ANSWER
from prepbot.ui import exercise, offer, room, state
from prepbot.ui.corridor import corridor
from prepbot.ui.service import works_offline
from prepbot.ui.time_on_task import seconds_on
from prepbot.wiring import Prepbot

ELSEWHERE = "The interview went on in another tab. Here is where it stands now."


def draw(bot: Prepbot, interview_id: str, interview: Interview) -> None:
    """Draw an interview in whatever state it is."""
    with st.container(key="corridor"):
        band = st.empty()
    band.html(corridor(interview, works_offline(bot)))
    turn = interview.open_turn
    if interview.over or turn is None:
        _closing(interview_id, interview)
    elif interview.status is Status.PAUSED:
        _paused(bot, interview_id, room.said_aloud(turn, interview))
    else:
        _running(bot, interview_id, interview, turn, band)


def _running(bot: Prepbot, interview_id: str, interview: Interview, turn: Turn, band: DeltaGenerator) -> None:
    shown = state.turn_shown(interview_id) or turn.seq
    main, side = st.columns([7, 3], gap="large")
    with main:
        before = st.empty()
        with st.container(key="ask"):
            ask = st.empty()
        _fill(bot, interview, turn, before, ask)
        sheet, asked = st.empty(), interview.units[-1].asked
        _sheet(bot, interview_id, interview, sheet)
        text = st.chat_input("Your answer", key="answer", height=150, max_chars=MAX_ANSWER, submit_mode="disable")
        if text:
            if bot.models:  # a model's first sentence may take seconds
                _fill(bot, interview, turn, before, ask, heard=True)
            interview = _send(bot, interview_id, interview.plan, shown, text, ask)
            band.html(corridor(interview, works_offline(bot)))
            if interview.open_turn is None:
                st.rerun()
            turn = interview.open_turn
            _fill(bot, interview, turn, before, ask)
            if interview.units[-1].asked != asked:
                _sheet(bot, interview_id, interview, sheet)
        state.show_turn(interview_id, turn.seq)
        _commands(bot, interview_id, turn, shown)
        st.caption("Enter sends your answer. Shift + Enter starts a new line.")
        notice = bot.models.notice(interview_id) if bot.models else ""
        if notice:
            st.caption(f":material/info: {notice}")
    with side:
        _hints(bot, interview)


def _fill(
    bot: Prepbot, interview: Interview, turn: Turn, before: DeltaGenerator, ask: DeltaGenerator, heard: bool = False
) -> None:
    said = room.earlier_turns(interview, turn)
    if said:
        with before.expander(f"Earlier in this room ({len(said)})"):
            st.html(room.transcript(said, interview))
    else:
        before.empty()
    talk = interview.units[-1].talk
    letter = offer.document(talk, bot.offers.rules) if talk else ""
    repeated = state.repeated_turn() == turn.seq
    ask.html(room.lit_question(interview, turn, repeated=repeated, heard=heard) + letter)


def _sheet(bot: Prepbot, interview_id: str, interview: Interview, place: DeltaGenerator) -> None:
    """The sheet of the open exercise, where the open question is one."""
    unit = interview.units[-1]
    if unit.question.exercise is None:
        place.empty()
        return
    with place.container():
        seconds = seconds_on(bot.store.events(interview_id), unit.asked.seq)
        exercise.draw(unit.question.exercise, seconds, key=f"sheet_{unit.asked.seq}")


def _send(bot: Prepbot, interview_id: str, plan: Plan, shown: int, text: str, ask: DeltaGenerator) -> Interview:
    """Send an answer to the turn that this tab showed. A turn that another tab answered first stays as it is."""

    def arrive(speaker: Interviewer, words: str) -> None:
        ask.html(room.arriving(speaker, words, plan))

    try:
        after = bot.interviewer.answer(
            interview_id,
            text,
            state.message_id(interview_id, shown),
            on_words=arrive,
        )
    except StoreConflict:
        after = bot.interviewer.open(interview_id)
    stored = next((said.text for said in after.turns if said.seq > shown and said.kind == "answer"), None)
    if stored != text:
        _keep_unsent(text)
    return after


def _keep_unsent(text: str) -> None:
    st.warning(
        "This question was answered in another tab, so these words were not sent. They are here to copy.",
        icon=":material/content_copy:",
    )
    st.code(text, language=None, wrap_lines=True)


def _commands(bot: Prepbot, interview_id: str, turn: Turn, shown: int) -> None:
    with st.container(horizontal=True, key="commands"):
        if st.button("Repeat", icon=":material/replay:", type="tertiary", help="Hear the question once more"):
            state.repeat_turn(turn.seq)
            st.rerun()
        if st.button("Skip", icon=":material/skip_next:", type="tertiary", help="Leave this question open"):
            _command(bot, interview_id, shown, bot.interviewer.skip)
        if st.button("Pause", icon=":material/pause:", type="tertiary", help="The question waits for you"):
            _command(bot, interview_id, shown, bot.interviewer.pause)
        with st.popover("End here", icon=":material/logout:", type="tertiary"):
            st.write("What you answered is graded. The rest stays unasked.")
            if st.button("End the interview", key="end"):
                _command(bot, interview_id, shown, bot.interviewer.end)


def _command(bot: Prepbot, interview_id: str, shown: int, act: Callable[[str], Interview]) -> None:
    """Do a command, but only to the turn that this tab shows."""
    now = bot.interviewer.open(interview_id).open_turn
    try:
        if now is None or now.seq != shown:
            raise IllegalMove(ELSEWHERE)
        act(interview_id)
    except (IllegalMove, StoreConflict):
        state.say(ELSEWHERE)
    st.rerun()


def _hints(bot: Prepbot, interview: Interview) -> None:
    question = interview.units[-1].question
    if interview.units[-1].talk is not None:
        _talk_hints(question)
        return
    if question.exercise is not None:
        with st.expander("Hints", expanded=True, key="hints", icon=":material/lightbulb:"):
            st.html(exercise.hints(question.exercise))
        return
    role = bot.roles.role_of(interview.plan)
    with st.expander("Hints", expanded=True, key="hints", icon=":material/lightbulb:"):
        st.html(room.hints(question, bot.grader.after(role, question), bot.grader.related_kpis(role, question)))
    with st.expander("How answers are graded", key="anchors", icon=":material/rule:"):
        st.html(room.anchors())


def _talk_hints(question: PlannedQuestion) -> None:
    with st.expander("Hints", expanded=True, key="hints", icon=":material/lightbulb:"):
        st.html(offer.hints(question))
    with st.expander("How the talk is graded", key="anchors", icon=":material/rule:"):
        st.html(offer.anchors())


def _paused(bot: Prepbot, interview_id: str, words: str) -> None:
    with st.container(key="ask"):
        st.title("Paused. Your question waits.", anchor=False)
        st.html(f'<p class="lead">{escape(words)}</p>')
        if st.button("Go on", type="primary", icon=":material/play_arrow:"):
            bot.interviewer.resume(interview_id)
            st.rerun()
    st.caption("You can close this page. The interview stays on this computer, at this question.")


def _closing(interview_id: str, interview: Interview) -> None:
    answered = sum(1 for unit in interview.units if unit.answers)
    finished = interview.turns and interview.status is Status.FINISHED
    last = room.farewell(interview.turns[-1], interview) if finished else ""
    with st.container(key="ask"):
        st.title(_closing_words(interview), anchor=False)
        st.html(f"{last}<p>{_answered_words(answered)}</p>")
        with st.container(horizontal=True):
            if answered and st.button("Read your review", type="primary", icon=":material/rate_review:"):
                state.go_to("review", review=interview_id)
            if st.button("Start another", type="secondary" if answered else "primary", icon=":material/door_open:"):
                state.leave_interview()
                st.rerun()


def _closing_words(interview: Interview) -> str:
    if interview.status is Status.ENDED:
        return "You ended here."
    return "That was the drill." if interview.plan.length is Length.DRILL else "That was the last room."


def _answered_words(answered: int) -> str:
    if not answered:
        return "Nothing was answered, so there is nothing to grade. That is not a zero."
    questions = "one question" if answered == 1 else f"{answered} questions"
    return f"You answered {questions}. Your words are marked and graded, each point beside the words that earned it."
