"""The candidate's own questions: about this role, for any employer, or answered on the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.own_questions import Standing, own_questions
from prepbot.reading.library import find_role

ROLE = find_role("ecommerce-specialist")[0]


@pytest.mark.parametrize(
    ("asked", "standing"),
    [
        ("How do you keep inventory levels right over the holidays?", Standing.SPECIFIC),
        ("What is the conversion rate today, and who sets the aim for it?", Standing.SPECIFIC),
        ("I would like to know who writes the product listings.", Standing.SPECIFIC),
        ("What is the team like?", Standing.GENERAL),
        ("Do you have a parking space?", Standing.GENERAL),
        ("Which KPIs would I look after?", Standing.ANSWERED),
        ("How will my work be measured?", Standing.ANSWERED),
        ("What does a typical day look like?", Standing.ANSWERED),
        ("What are the next steps?", Standing.ANSWERED),
        ("How do you define bounce rate?", Standing.ANSWERED),
    ],
)
def test_a_question_is_held_against_the_role_page(asked: str, standing: Standing) -> None:
    """Specific questions share a word with the page; what the page lists or defines is answered there already."""
    [found] = own_questions([asked], ROLE)
    assert (found.words, found.standing) == (asked, standing)


def test_the_remark_names_the_shared_word_or_the_line() -> None:
    """What is said about a question can be checked on the page."""
    specific, answered = own_questions(["How do you keep inventory right? Which KPIs are there?"], ROLE)
    assert "“inventory”" in specific.remark
    assert f"line {ROLE.kpis[0].line} " in answered.remark


@pytest.mark.parametrize("answer", ["", "No, I am fine, thank you.", "I like it here. It was a good talk."])
def test_where_nothing_is_asked_nothing_is_read(answer: str) -> None:
    """A statement is no question."""
    assert own_questions([answer], ROLE) == ()


@given(st.lists(st.text(max_size=80), max_size=3))
def test_any_answer_is_survived(answers: list[str]) -> None:
    """Whatever is typed, each question found stands in an answer."""
    told = [" ".join(answer.split()) for answer in answers]
    assert all(any(one.words in text for text in told) for one in own_questions(answers, ROLE))
