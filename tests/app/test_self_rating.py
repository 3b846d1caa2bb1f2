"""Rating one's own answers before the review of a finished interview shows its grades."""

from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from prepbot.domain.plan import Length
from prepbot.domain.rubric import Grade
from prepbot.ui.self_rating import REVEAL, SKIP
from prepbot.wiring import Prepbot, open_prepbot
from tests.app.pages import GOOD, press, shown, the_page


def _finished() -> tuple[Prepbot, str]:
    """An interview in one room, answered to its end."""
    bot = open_prepbot()
    role = bot.roles.get("ecommerce-specialist").role
    interview_id = bot.interviewer.start(bot.planner.interview(role, Length.SHORT, ["Phone screening"], seed=3))
    number = 0
    while not bot.interviewer.open(interview_id).over:
        bot.interviewer.answer(interview_id, GOOD, f"m{number}")
        number += 1
    return bot, interview_id


def _choose(app: AppTest, place: int, band: int) -> AppTest:
    app.get("button_group")[place].set_value(band)
    return app


def test_no_grade_is_seen_before_the_answers_were_rated() -> None:
    """A finished interview opens with its answers and nothing that was graded."""
    bot, interview_id = _finished()
    app = the_page("Review", review=interview_id)
    assert app.title[0].value == "Before you see the grades"
    assert GOOD in shown(app)
    assert "rung" not in shown(app)
    assert bot.store.grades(interview_id) == ()


def test_a_follow_up_stands_before_the_answer_to_it() -> None:
    """Whoever rates an answer sees what it replied to."""
    bot = open_prepbot()
    role = bot.roles.get("ecommerce-specialist").role
    interview_id = bot.interviewer.start(bot.planner.interview(role, Length.SHORT, ["Phone screening"], seed=3))
    for number in range(9):
        if bot.interviewer.answer(interview_id, "no" if number == 0 else GOOD, f"m{number}").over:
            break
    (unit, *_) = bot.interviewer.open(interview_id).units
    page = unescape(shown(the_page("Review", review=interview_id)))
    assert page.index(unit.answers[0].text) < page.index(unit.probes[0].text) < page.index(GOOD)


def test_a_rating_is_kept_and_stands_beside_the_grade() -> None:
    """The chosen band is stored once the grades are shown, and said beside the band."""
    bot, interview_id = _finished()
    app = press(_choose(the_page("Review", review=interview_id), 0, 2), REVEAL)
    (rating,) = bot.store.self_ratings(interview_id)
    grade = bot.grader.review(interview_id).cards[0].grade
    assert rating.band == 2
    assert isinstance(grade, Grade)
    assert f"You gave yourself band 2, {grade.band - 2} below the grade." in shown(app)
    assert "you rated yourself" in shown(the_page("Progress"))


@pytest.mark.parametrize("label", [REVEAL, SKIP])
def test_rating_can_be_left_out(label: str) -> None:
    """Either button shows the grades without a choice, stores nothing, and is not asked for again."""
    bot, interview_id = _finished()
    app = press(the_page("Review", review=interview_id), label)
    assert 'class="rung at"' in shown(app)
    assert bot.store.self_ratings(interview_id) == ()
    assert 'class="rung at"' in shown(the_page("Review", review=interview_id))


def test_grades_that_were_seen_are_not_asked_about() -> None:
    """After the review was read elsewhere, such as on the command line, it opens at once."""
    bot, interview_id = _finished()
    bot.grader.review(interview_id)
    assert "Before you see the grades" not in shown(the_page("Review", review=interview_id))


def test_progress_shows_no_level_before_the_own_rating() -> None:
    """An interview that is still to be rated is named on the Progress page, with the way there, and nothing of it."""
    bot, interview_id = _finished()
    app = the_page("Progress")
    text = shown(app)
    assert "Your own rating comes first. Not counted yet: 1 interview to rate." in text
    assert 'class="plot"' not in text
    assert 'class="map"' not in text
    assert [button.label for button in app.button] == ["Rate your answers"]
    press(the_page("Review", review=interview_id), SKIP)
    text = shown(the_page("Progress"))
    assert "Not counted yet" not in text
    assert 'class="plot"' in text
    assert bot.store.grades(interview_id)


def test_progress_waits_for_an_interview_that_is_still_open() -> None:
    """Answers of an interview that goes on show no level either: they are rated at its end."""
    bot = open_prepbot()
    role = bot.roles.get("ecommerce-specialist").role
    interview_id = bot.interviewer.start(bot.planner.interview(role, Length.SHORT, ["Phone screening"], seed=3))
    bot.interviewer.answer(interview_id, GOOD, "m0")
    app = the_page("Progress")
    assert "Not counted yet: 1 interview still open." in shown(app)
    assert 'class="plot"' not in shown(app)
    assert not app.button
    assert bot.progress.of(role).asked
    bot.interviewer.end(interview_id)
    assert 'class="plot"' in shown(the_page("Progress"))


def test_without_a_rating_progress_says_how_to_get_one() -> None:
    """The section about the own eye says what to do where nothing was rated."""
    bot, interview_id = _finished()
    bot.grader.review(interview_id)
    assert "Rate your answers before a review shows its grades" in shown(the_page("Progress"))
