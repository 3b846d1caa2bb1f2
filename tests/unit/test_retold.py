"""A story told twice in an interview is noticed, and two stories are not taken for one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.plan import PlannedQuestion
from prepbot.domain.report import AnswerCard, CardAnswer
from prepbot.domain.retold import with_retold
from prepbot.domain.role import QuestionKind
from prepbot.domain.stage_profile import Interviewer
from prepbot.domain.wording import retold

PARCELS = (
    "In spring our parcels went out two days late and customers wrote to us every morning. I moved the packing table "
    "beside the printer, counted the steps for a week, and the delay fell from 48 to 20 hours."
)
AGAIN = "Well, again: " + PARCELS.replace("and customers wrote to us every morning", "so customers wrote to us")
MENU = (
    "Our lunch guests left before ordering because the menu was nine pages long. I cut it to two, asked forty guests "
    "what they missed, and the kitchen served 30 percent more plates in the same hour."
)


def card(number: int, *answers: str, invites: bool = False) -> AnswerCard:
    """A card with these answers."""
    question = PlannedQuestion(f"q{number}", "What did you do?", QuestionKind.PAST_BEHAVIOUR, (), invites=invites)
    who = Interviewer("Noor Haddad", "Recruiter", "noor", "clarity")
    given_ = tuple(CardAnswer(text, None, "", None) for text in answers)
    return AnswerCard(number, "Panel", who, question, False, given_, None, None, None, (), ())


def earlier(*cards: AnswerCard) -> list[int]:
    """The number that each card points back to."""
    return [one.told_before for one in with_retold(cards)]


def test_a_story_told_twice_points_back_to_where_it_was_told_first() -> None:
    """Also with a few words changed, told to a follow-up, or told a third time."""
    assert earlier(card(1, PARCELS), card(2, MENU), card(3, "No.", AGAIN), card(4, PARCELS)) == [0, 0, 1, 1]


def test_one_question_may_hear_a_story_twice() -> None:
    """A follow-up asks about the same story, so telling it again there is no second question."""
    assert earlier(card(1, PARCELS, AGAIN)) == [0]


@pytest.mark.parametrize(
    "second", [card(2, MENU), card(2, "I moved the packing table."), card(2, PARCELS, invites=True), card(2, "")]
)
def test_other_stories_short_phrases_and_questions_without_a_band_are_none(second: AnswerCard) -> None:
    """Only whole stories told to graded questions count."""
    assert earlier(card(1, PARCELS), second) == [0, 0]


def test_what_to_do_names_the_earlier_question() -> None:
    """The sentence says where it was told; a card of its own story gets none."""
    assert "at question 7 already" in retold(replace(card(9, PARCELS), told_before=7))
    assert not retold(card(9, PARCELS))


@given(st.lists(st.lists(st.sampled_from([PARCELS, AGAIN, MENU, "No.", ""]), max_size=3), max_size=6))
def test_a_card_points_back_only_to_an_earlier_one(told: list[list[str]]) -> None:
    """Whatever is told in whatever order, the number is an earlier card's or 0, and nothing else changes."""
    cards = [card(number, *answers) for number, answers in enumerate(told, start=1)]
    found = with_retold(cards)
    assert all(0 <= one.told_before < one.number for one in found)
    assert [replace(one, told_before=0) for one in found] == cards
