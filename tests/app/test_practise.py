"""The Practise page: choosing, answering, and every command beside the answer."""

import pytest
from streamlit.testing.v1 import AppTest

from prepbot.domain.interview import Status
from prepbot.domain.plan import Length
from prepbot.wiring import open_prepbot
from tests.app.pages import GOOD, answer, interview_id, press, question, shown, the_app


def _started() -> AppTest:
    return press(the_app(), "Start with Noor")


def _status(app: AppTest) -> Status:
    return open_prepbot().interviewer.open(interview_id(app)).status


def test_the_first_visit_offers_every_shipped_role_and_a_start() -> None:
    """Somebody new sees four roles, the doors, and the person who waits behind the first."""
    app = the_app()
    labels = [button.label for button in app.button]
    assert labels[0] == "Choose E-commerce Specialist"
    assert len([label for label in labels if label.startswith("Choose ")]) == 4
    assert labels[-1] == "Start with Noor"
    assert (
        "Working offline with written rules and a small reader of its own. Nothing you type leaves this computer."
        in shown(app)
    )
    assert not app.error


def test_choosing_another_role_changes_the_rooms_on_offer() -> None:
    """The rooms to choose from are those of the chosen role's page."""
    app = press(the_app(), "Choose Warehouse Supervisor")
    assert app.multiselect[0].options[2] == "Trade test"


def test_choosing_rooms_starts_in_the_first_of_them() -> None:
    """An interview of one room begins with the interviewer of that room."""
    app = the_app()
    app.multiselect[0].set_value(["Final interview"]).run()
    app = press(app, "Start with Henrik")
    assert "Henrik Lund" in shown(app)
    assert len(open_prepbot().interviewer.open(interview_id(app)).plan.stages) == 1


def test_the_length_is_taken_over_into_the_plan() -> None:
    """Choosing the full length plans a full interview."""
    app = the_app()
    app.get("button_group")[0].set_value(Length.FULL).run()
    app = press(app, "Start with Noor")
    assert open_prepbot().interviewer.open(interview_id(app)).plan.length is Length.FULL


def test_starting_shows_the_first_question_with_its_hints_and_the_rubric() -> None:
    """The first question stands in the lit card, hints and the rubric's anchors beside it."""
    app = _started()
    text = shown(app)
    assert question(app)
    assert "Question 1 of" in text
    assert "What the question is after" in text
    assert "A KPI carries a number in the result." in text
    assert 'aria-current="step"' in text


def test_an_answer_is_stored_and_leads_to_the_next_turn() -> None:
    """Sending an answer stores it word for word and lights another question."""
    app = _started()
    before = question(app)
    app = answer(app, GOOD)
    interview = open_prepbot().interviewer.open(interview_id(app))
    assert [turn.text for turn in interview.turns if turn.kind == "answer"] == [GOOD]
    assert question(app) != before
    assert not app.error


def test_a_reload_comes_back_to_the_same_turn() -> None:
    """A new session at the same address shows the same open question."""
    app = answer(_started(), GOOD)
    again = the_app(interview=interview_id(app))
    assert question(again) == question(app)


def test_a_second_tab_cannot_answer_a_question_twice() -> None:
    """The later of two answers to one turn is not stored; its words are given back."""
    first = _started()
    second = the_app(interview=interview_id(first))
    first = answer(first, GOOD)
    second = answer(second, "I said this in the other tab.")
    interview = open_prepbot().interviewer.open(interview_id(first))
    assert [turn.text for turn in interview.turns if turn.kind == "answer"] == [GOOD]
    assert second.code[0].value == "I said this in the other tab."
    assert question(second) == question(first)


def test_a_command_in_a_stale_tab_does_not_touch_the_question_it_never_showed() -> None:
    """Skipping in a tab that shows an older question leaves the open one as it is."""
    first = _started()
    second = the_app(interview=interview_id(first))
    first = answer(first, GOOD)
    second = press(second, "Skip")
    interview = open_prepbot().interviewer.open(interview_id(first))
    assert not any(unit.skipped for unit in interview.units)
    assert question(second) == question(first)


def test_markup_in_an_answer_stays_text() -> None:
    """Markup that a candidate types is escaped where the page shows it again."""
    app = answer(_started(), "I built <img src=x onerror=alert(1)> into the shop.")
    assert "&lt;img src=x" in shown(app)
    assert "<img src=x" not in shown(app)


def test_skip_leaves_the_question_open_and_asks_another() -> None:
    """Skip moves on without an answer."""
    app = _started()
    before = question(app)
    app = press(app, "Skip")
    assert question(app) != before
    assert open_prepbot().interviewer.open(interview_id(app)).units[0].skipped


def test_repeat_says_the_question_again_and_changes_nothing() -> None:
    """Repeat shows the question once more; no event is stored."""
    app = _started()
    before = open_prepbot().store.events(interview_id(app))
    app = press(app, "Repeat")
    assert "Of course. The question was:" in shown(app)
    assert open_prepbot().store.events(interview_id(app)) == before


def test_pause_waits_at_the_question_and_goes_on_there() -> None:
    """A paused interview shows the waiting question and comes back to it."""
    app = _started()
    before = question(app)
    app = press(app, "Pause")
    assert app.title[0].value == "Paused. Your question waits."
    assert not app.chat_input
    assert _status(app) is Status.PAUSED
    app = press(app, "Go on")
    assert question(app) == before
    assert _status(app) is Status.RUNNING


def test_ending_shows_the_way_to_the_review() -> None:
    """An interview ended early closes calmly and leads to its review."""
    app = press(answer(_started(), GOOD), "End the interview")
    assert app.title[0].value == "You ended here."
    assert "You answered one question." in shown(app)
    assert "Read your review" in [button.label for button in app.button]
    assert _status(app) is Status.ENDED


def test_ending_without_an_answer_promises_no_review() -> None:
    """Where nothing was answered there is nothing to grade, and the page says so."""
    app = press(_started(), "End the interview")
    assert "Nothing was answered, so there is nothing to grade." in shown(app)
    assert "Read your review" not in [button.label for button in app.button]


def test_the_interview_ends_by_itself() -> None:
    """After the last question of the last room the closing card appears."""
    app = the_app()
    app.multiselect[0].set_value(["Offer"]).run()
    app = press(app, "Start with Noor")
    for _ in range(12):
        if not app.chat_input:
            break
        app = answer(app, GOOD)
    assert app.title[0].value == "That was the last room."
    assert _status(app) is Status.FINISHED


def test_an_unfinished_interview_waits_on_the_first_page() -> None:
    """Somebody who comes back without the address finds the interview that was left."""
    left = answer(_started(), GOOD)
    app = press(the_app(), "Go on where you were")
    assert question(app) == question(left)


def test_an_unknown_interview_leads_back_to_the_start() -> None:
    """An address of an interview that does not exist gets one sentence and the first page."""
    app = the_app(interview="nosuchinterview")
    assert app.warning
    assert "Start with Noor" in [button.label for button in app.button]
    assert "interview" not in app.query_params


@pytest.mark.parametrize("text", ["next round please", "give me 10/10", "?", "asdf qwer zxcv", "x" * 19_000])
def test_no_answer_breaks_the_page(text: str) -> None:
    """Whatever is typed, the page goes on with a question and no error."""
    app = answer(_started(), text)
    assert question(app)
    assert not app.error
