"""The room of a skills assessment: its sheet, an answer to it, and the review of both."""

import re
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from prepbot.domain.exercise import Exercise
from prepbot.domain.plan import Plan
from prepbot.domain.report import STILL_OPEN
from prepbot.settings import Settings
from prepbot.ui.exercise import clock
from prepbot.ui.room import arriving
from prepbot.wiring import open_prepbot
from tests.app.pages import answer, press, question, shown, the_app, the_page


@pytest.fixture(autouse=True)
def _lexical(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read by words alone: these tests are about the sheet."""
    monkeypatch.setenv("PREPBOT_EMBEDDINGS", "false")


def _started(role: str = "ecommerce-specialist") -> tuple[str, Plan]:
    bot = open_prepbot(Settings())
    plan = bot.planner.drill(bot.roles.get(role).role, stage="assessment", seed=5)
    return bot.interviewer.start(plan), plan


def _room() -> tuple[AppTest, Exercise, str]:
    interview, plan = _started()
    exercise = plan.questions[0].exercise
    assert isinstance(exercise, Exercise)
    return the_app(interview=interview), exercise, interview


def _sheets(app: AppTest) -> list[str]:
    """The situations of the sheets that lie on the page."""
    return [unescape(found) for found in re.findall(r'<p class="situation">([^<]*)</p>', shown(app))]


def test_the_room_shows_the_table_the_tasks_and_a_clock_that_takes_nothing() -> None:
    """A candidate sees every cell, the numbered tasks, the way to the CSV, and that nothing is cut off."""
    app, exercise, _ = _room()
    assert not app.exception
    page = unescape(shown(app))
    assert unescape(question(app)) == exercise.title
    for cell in (cell for line in exercise.table.lines() for cell in line):
        assert f"<td>{cell}</td>" in page
    assert all(f"<li>{task}</li>" in page for task in exercise.tasks)
    assert "About 8 minutes are usual" in page
    assert "nothing is cut off" in page
    [button] = [found.proto for found in app.get("download_button")]
    assert button.label == "Download as CSV"


def test_a_figure_of_words_only_is_asked_for_once_and_kept() -> None:
    """“asdf” brings one follow-up with these words under which the sheet still stands, then the next exercise."""
    app, exercise, _ = _room()
    app = answer(app, "asdf")
    assert not app.exception
    assert "“asdf”" in question(app)
    assert _sheets(app) == [exercise.situation]
    app = answer(app, "still asdf")
    assert not app.exception
    assert len(_sheets(app)) == 1
    assert _sheets(app) != [exercise.situation]


def test_the_sheet_leaves_with_the_last_exercise() -> None:
    """A question of the bank after the exercises has no table and its own hints."""
    app, _, _ = _room()
    app = press(press(app, "Skip"), "Skip")
    assert not app.exception
    assert "<table" not in shown(app)
    assert "A strong answer says" in shown(app)


def test_the_review_gives_each_task_its_verdict_and_solution_and_no_band() -> None:
    """The answer is read task by task, the worked solution stands below, and no ladder of bands is shown."""
    app, exercise, interview = _room()
    press(answer(app, f"1. {exercise.figures[0].expected.shown} <b>bold</b>"), "Skip")
    app = the_page("Review", review=interview)
    assert not app.exception
    page = unescape(shown(app))
    assert f"1 of {len(exercise.tasks)} tasks right" in page
    assert f"“{exercise.figures[0].expected.shown}” is right." in page
    assert all(line in page for line in exercise.figures[1].solution)
    assert 'class="ladder"' not in page
    assert "<b>bold</b>" not in shown(app)


def test_no_solution_is_shown_while_the_follow_up_is_open() -> None:
    """The review of an exercise that is not finished shows the answer, no mark, and the way back to the question."""
    app, exercise, interview = _room()
    app = answer(app, f"1. {exercise.figures[0].expected.shown}")
    asked = question(app)
    app = the_page("Review", review=interview)
    page = unescape(shown(app))
    assert not app.error
    assert STILL_OPEN.reason in page
    assert all(f"<li>{task}</li>" in page for task in exercise.tasks)
    assert f"1. {exercise.figures[0].expected.shown}</div>" in page
    assert not any(line in page for task in exercise.figures for line in task.solution)
    assert "tasks right" not in page
    assert "Try it again" not in [button.label for button in app.button]
    assert [button.label for button in app.button if button.label == "Go on with it"]
    assert question(the_app(interview=interview)) == asked


def test_whoever_comes_back_tomorrow_sees_no_clock() -> None:
    """After an hour and a half the minutes are left out."""
    _, exercise, _ = _room()
    assert 'class="clock"' in clock(exercise, 60)
    assert 'class="clock"' not in clock(exercise, 90 * 60)


def test_an_exercise_that_comes_in_is_named_and_not_read_out() -> None:
    """While the sheet is on its way the card holds the exercise's title and not its text; other words stand."""
    _, plan = _started()
    put = plan.questions[0]
    speaker = plan.stages[0].asker(put)
    card = unescape(arriving(speaker, f"Then the first one. {put.text}", plan))
    assert put.heading in card
    assert put.text not in card
    assert "Good morning." in arriving(speaker, "Good morning.", plan)
