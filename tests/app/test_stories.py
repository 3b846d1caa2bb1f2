"""The Stories page: writing, changing and removing stories, what they cover, and the page to print."""

import pytest
from streamlit.testing.v1 import AppTest

from prepbot.domain.plan import Length
from prepbot.interviewer import MAX_ANSWER
from prepbot.ui.story_links import MOST_QUESTIONS
from prepbot.wiring import Prepbot, open_prepbot
from tests.app.pages import GOOD, press, shown, the_page

SEED = "ecommerce-specialist"
REVIEWS = (
    "A customer left an angry review about a broken lamp. I called her the same day, apologised for the complaint, "
    "sent a new lamp and answered her review in public. She changed it."
)


def _keep(text: str, title: str = "", role: str = SEED) -> Prepbot:
    bot = open_prepbot()
    bot.stories.add(bot.roles.get(role).role, text, title)
    return bot


def _texts() -> list[str]:
    return [stored.story.text for stored in open_prepbot().store.stories()]


def test_without_stories_the_page_says_how_to_begin() -> None:
    """The empty page names the first step and has the field for it, and nothing to read or print."""
    app = the_page("Stories")
    assert "Start with one day at work you still tell people about; six sentences are enough." in shown(app)
    assert [button.label for button in app.button] == ["Keep this story"]
    assert not app.tabs


def test_a_written_story_is_kept_and_read_like_an_answer() -> None:
    """A story is stored, opened with its marks, and the field is empty for the next one."""
    app = the_page("Stories")
    app.text_input[0].set_value("Wine shop")
    app.text_area[0].set_value(GOOD)
    app = press(app, "Keep this story")
    assert _texts() == [GOOD]
    text = shown(app)
    assert "“Wine shop” is kept." in text
    assert 'class="part A' in text
    assert "Band" in text
    (field,) = [field for field in app.text_area if field.label == "Write or paste a story"]
    assert not field.value


@pytest.mark.parametrize(("text", "said"), [("  ", "The story is empty"), ("a " * MAX_ANSWER, "are read. Shorten it")])
def test_a_story_that_cannot_be_kept_stays_in_its_field(text: str, said: str) -> None:
    """One sentence says why, nothing is stored, and the field holds what was typed."""
    app = the_page("Stories")
    app.text_area[0].set_value(text)
    app = press(app, "Keep this story")
    (error,) = app.error
    assert said in error.value
    assert app.text_area[0].value == text
    assert not _texts()


def test_a_story_is_changed() -> None:
    """Saving other words puts them in place of the old ones."""
    _keep(REVIEWS, "Lamp")
    app = the_page("Stories")
    app.text_area[0].set_value(GOOD)
    app = press(app, "Save the change")
    assert _texts() == [GOOD]
    assert "is changed." in shown(app)


def test_a_change_that_cannot_be_saved_leaves_the_story() -> None:
    """An emptied story is refused in one sentence, and the stored words stay."""
    _keep(REVIEWS, "Lamp")
    app = the_page("Stories")
    app.text_area[0].set_value("")
    app = press(app, "Save the change")
    assert "The story is empty" in app.error[0].value
    assert _texts() == [REVIEWS]


def test_a_story_is_removed_after_a_question() -> None:
    """Removing takes a second button, which says what will be gone; then the page is empty again."""
    _keep(REVIEWS, "Lamp")
    app = the_page("Stories")
    assert "“Lamp” will be gone from here." in shown(app)
    app = press(app, "Remove this story")
    assert not _texts()
    assert "No stories yet" in shown(app)


def test_the_matrix_shows_what_is_covered_and_what_is_not() -> None:
    """Questions and KPIs stand in tables with the story to tell, or with nothing yet."""
    bot = _keep(GOOD, "Wine shop")
    found = bot.stories.matrix(bot.roles.get(SEED).role)
    text = shown(the_page("Stories"))
    assert f"1 story covers {20 - len(found.uncovered_questions)} of 20 questions" in text
    assert text.count('<tr class="gap">') == len(found.uncovered_questions) + len(found.uncovered_kpis)
    assert text.count("tell this one</span></td>") == 20 - len(found.uncovered_questions)
    assert '<th scope="row">Cart Abandonment Rate</th><td><i class="dot lq"' in text


def test_a_story_told_too_often_is_named_first() -> None:
    """The one lit sentence is about the story that is the best one for too many questions."""
    bot = _keep(GOOD, "Wine shop")
    (said,) = bot.stories.overused(bot.stories.matrix(bot.roles.get(SEED).role))
    lit = next(e.proto.body for e in the_page("Stories").get("html") if ">flag<" in e.proto.body)
    assert said in lit


def test_the_page_to_print_is_offered() -> None:
    """Readiness shows three things to fix and the questions, and can be saved as one file."""
    bot = _keep(GOOD, "Wine shop")
    ready = bot.stories.readiness(bot.roles.get(SEED).role)
    app = the_page("Stories")
    assert len(ready.fixes) == 3
    assert "<h2>Fix first</h2>" in shown(app)
    assert f"{ready.answered} of 20 questions have a story" in shown(app)
    assert [button.proto.label for button in app.get("download_button")] == ["Page to print"]


def test_markup_in_a_story_stays_text() -> None:
    """HTML and Markdown in a story's words and title are shown as words."""
    _keep(f"{REVIEWS} <script>alert(1)</script> :red[x]", "<b>Lamp</b> :red[y]")
    app = the_page("Stories")
    assert "<script>" not in shown(app)
    assert "<b>Lamp" not in "".join(element.proto.body for element in app.get("html"))
    assert not any(":red[y]" in element.value for element in app.markdown)


def _answered(*answers: str) -> tuple[Prepbot, str]:
    bot = open_prepbot()
    plan = bot.planner.interview(bot.roles.get(SEED).role, Length.SHORT, ["Phone screening"], seed=3)
    interview_id = bot.interviewer.start(plan)
    for number, text in enumerate(answers):
        bot.interviewer.answer(interview_id, text, f"m{number}")
    bot.interviewer.end(interview_id)
    return bot, interview_id


def test_an_answer_is_kept_as_a_story_once() -> None:
    """Kept from its review, an answer is a story with its question; the button then leads to it."""
    bot, interview_id = _answered(GOOD)
    app = press(the_page("Review", review=interview_id), "Keep as a story")
    (stored,) = bot.store.stories()
    assert stored.story.text == GOOD
    assert stored.story.question == bot.grader.review(interview_id).cards[0].question.text
    labels = [button.label for button in app.button]
    assert "See it among your stories" in labels
    assert "Keep as a story" not in labels
    assert stored.story.question in shown(the_page("Stories"))


def _drill(question_id: str) -> AppTest:
    app = the_page("Drills").get("button_group")[0].set_value("One question").run()
    (picked,) = [box for box in app.selectbox if box.label == "Question"]
    bot = open_prepbot()
    (text,) = [q.text for q in bot.roles.get(SEED).role.questions if q.id == question_id]
    return picked.select(text).run()


def test_the_stories_that_fit_stand_before_a_drill() -> None:
    """A drill of one question names at most two stories that fit it, best first."""
    bot = _keep(GOOD, "Wine shop")
    role = bot.roles.get(SEED).role
    fits = {question.id: bot.stories.suggested(role, question) for question in role.questions}
    served = next(id_ for id_, found in fits.items() if found)
    bare = next(id_ for id_, found in fits.items() if not found)
    assert "<li><b>Wine shop</b>" in shown(_drill(served))
    assert "None of yours yet." in shown(_drill(bare))


def test_a_long_drill_and_an_empty_bank_name_no_stories() -> None:
    """Without a story, and before a room of many questions, there is no list of stories."""
    assert "Stories that fit" not in shown(the_page("Drills"))
    bot = _keep(GOOD)
    role = bot.roles.get(SEED).role
    assert len(bot.planner.drill(role, stage=role.stages[0].name).questions) > MOST_QUESTIONS
    assert "Stories that fit" not in shown(the_page("Drills"))
