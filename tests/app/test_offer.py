"""The offer room: the letter lies on the table, the employer answers, and the review shows what the talk was worth."""

from streamlit.testing.v1 import AppTest

from prepbot.domain.plan import Length
from prepbot.domain.role import StageKind
from prepbot.wiring import open_prepbot
from tests.app.pages import answer, press, question, shown, the_app, the_page

RESULT = "I raised the conversion rate from 1.8 to 2.6 percent. Could the pay be 3,600 play coins a month?"


def _in_the_room() -> tuple[str, AppTest]:
    bot = open_prepbot()
    role = next(entry.role for entry in bot.roles.all() if entry.role.id == "ecommerce-specialist")
    interview_id = bot.interviewer.start(bot.planner.interview(role, Length.SHORT, [StageKind.OFFER.value], seed=5))
    return interview_id, the_app(interview=interview_id)


def test_the_letter_lies_on_the_table_with_one_question() -> None:
    """Pay, benefits, start and deadline are there to read, with the note that all is made up; no limit shows."""
    _, app = _in_the_room()
    page = shown(app)
    assert question(app) == "What would you like to say to our offer?"
    for words in ("Pay", "Benefits", "Start", "This offer stands for 7 days", "every figure in this letter is made up"):
        assert words in page
    assert "changed" not in page
    assert "Questions cost no round" in page
    assert not app.error


def test_a_result_changes_the_letter_and_the_change_is_marked() -> None:
    """After an own result the pay line says what it was at first, and the table line says what it is now."""
    _, app = _in_the_room()
    app = answer(app, RESULT)
    page = shown(app)
    assert "at first: 2,970 play coins a month" in page
    assert "On the table" in page
    assert "Round 2 of 3" in page
    assert not app.error


def test_what_is_typed_stays_words() -> None:
    """Markup in a message is shown as it was typed."""
    _, app = _in_the_room()
    app = answer(app, "I raised sales by 12 percent <b>here</b>. Could the pay be higher?")
    assert "<b>here" not in shown(app)
    assert not app.error


def test_a_pause_shows_the_question_and_not_the_whole_letter() -> None:
    """The paused card holds the question that waits."""
    _, app = _in_the_room()
    app = press(app, "Pause")
    assert "Paid leave" not in shown(app)
    assert "What would you like to say to our offer?" in shown(app)


def test_the_review_shows_the_talk_and_what_was_left() -> None:
    """The four criteria with words, how it ended, and the employer's limits beside the terms; no band."""
    interview_id, app = _in_the_room()
    for text in ("Thank you. What are the benefits?", RESULT, "I accept the offer, thank you."):
        app = answer(app, text)
    page = shown(the_page("Review", review=interview_id))
    assert "The talk: offer accepted" in page
    assert "Clarifying: 3 of 3" in page
    assert "Trading: 0 of 3" in page
    assert "Tie a wish to something you give" in page
    assert "They would have gone to" in page
    assert "Band" not in page.split("Every answer")[0]
    assert "<h2>Not graded" not in page
    assert "Point at a mark" not in page
    assert page.count("Thank you. What are the benefits?") == 1


def test_a_talk_left_early_keeps_the_limits_hidden() -> None:
    """Ended in the middle, the review grades what was said and tells no limit."""
    interview_id, app = _in_the_room()
    answer(app, RESULT)
    open_prepbot().interviewer.end(interview_id)
    page = shown(the_page("Review", review=interview_id))
    assert "left before its end" in page
    assert "They would have gone to" not in page
    assert "once a talk has come to its end" in page


def test_a_skipped_letter_is_not_graded() -> None:
    """Nothing said about the offer is no zero."""
    interview_id, app = _in_the_room()
    press(app, "Skip")
    page = shown(the_page("Review", review=interview_id))
    assert "You skipped this question" in page


def test_progress_says_of_a_talk_what_its_review_says() -> None:
    """The decision on the offer is the same word on both pages, and a talk is no story to keep."""
    interview_id, app = _in_the_room()
    for text in ("Thank you. What are the benefits?", RESULT, "I accept the offer, thank you."):
        app = answer(app, text)
    (decision,) = open_prepbot().grader.review(interview_id).decisions
    assert decision.card.verdict is not None
    assert f"{decision.words}</span>" in shown(the_page("Progress"))
    review = the_page("Review", review=interview_id)
    assert "Keep as a story" not in [button.label for button in review.button]


def test_the_last_words_have_a_speaker() -> None:
    """The closing card names who said the last words."""
    _, app = _in_the_room()
    for text in (RESULT, "I accept the offer, thank you."):
        app = answer(app, text)
    assert '<p class="lead"><b>Noor Haddad:</b>' in shown(app)
