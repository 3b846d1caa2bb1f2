"""The candidate's own questions: about this role, for any employer, or answered on the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.own_questions import Standing
from prepbot.own_question_desk import OwnQuestionDesk
from prepbot.reading.library import find_role
from prepbot.reading.own_questions import load_own_question_rules
from prepbot.retrieval.embedding import MiniLmEmbedder

ROLE = find_role("ecommerce-specialist")[0]
BY_WORDS = OwnQuestionDesk(load_own_question_rules())
WITH_VECTORS = OwnQuestionDesk(load_own_question_rules(), MiniLmEmbedder())


@pytest.mark.parametrize(
    ("asked", "standing"),
    [
        ("How do you keep inventory levels right over the holidays?", Standing.SPECIFIC),
        ("What is the conversion rate today, and who sets the aim for it?", Standing.SPECIFIC),
        ("I would like to know who writes the product listings.", Standing.SPECIFIC),
        ("How are stock levels checked today?", Standing.SPECIFIC),
        ("What is the team like?", Standing.GENERAL),
        ("Do you have a parking space?", Standing.GENERAL),
        ("How long have you been working here yourself?", Standing.GENERAL),
        ("When could I start, and what about holidays?", Standing.GENERAL),
        ("Why is this position open?", Standing.GENERAL),
        ("Which KPIs would I look after?", Standing.ANSWERED),
        ("How will my work be measured?", Standing.ANSWERED),
        ("What does a typical day look like?", Standing.ANSWERED),
        ("What are the next steps?", Standing.ANSWERED),
        ("How do you define bounce rate?", Standing.ANSWERED),
    ],
)
def test_a_question_is_held_against_the_role_page(asked: str, standing: Standing) -> None:
    """Specific questions are about the page's matter; what the page lists or defines is answered there already."""
    for desk in (BY_WORDS, WITH_VECTORS):
        [found] = desk.read([asked], ROLE)
        assert (found.words, found.standing) == (asked, standing)


@pytest.mark.parametrize(
    ("asked", "standing", "about"),
    [
        ("Which pages lose the most visitors at the moment?", Standing.SPECIFIC, "Bounce Rate"),
        ("How flexible are the working hours in your marketing?", Standing.GENERAL, ""),
    ],
)
def test_vectors_see_past_the_words(asked: str, standing: Standing, about: str) -> None:
    """A question in other words than the page's is specific; one shared word makes no general question specific."""
    [found] = WITH_VECTORS.read([asked], ROLE)
    assert (found.standing, found.shared) == (standing, about)
    assert BY_WORDS.read([asked], ROLE)[0].standing is not standing


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Does answering customers by chat and phone belong to the work?", "Customer Support"),
        ("Would I also plan online advertising?", "Manage Online Advertising"),
        ("Do I keep an eye on competitor prices?", "Monitor Competitor Activities"),
    ],
)
def test_whether_something_belongs_to_the_work_is_answered_by_its_activity(asked: str, name: str) -> None:
    """The remark leads to the line of that activity."""
    [found] = WITH_VECTORS.read([asked], ROLE)
    assert found.standing is Standing.ANSWERED
    assert found.line == next(activity.line for activity in ROLE.activities if activity.name == name)


def test_a_kpi_without_a_definition_is_not_defined_by_the_page() -> None:
    """What the page leaves open may be asked."""
    page = find_role("customer-success-manager")[0]
    [open_one] = BY_WORDS.read(["What does product adoption depth mean here?"], page)
    [defined] = BY_WORDS.read(["What is meant by net revenue retention?"], page)
    assert open_one.standing is Standing.SPECIFIC
    assert defined.line == page.kpis[0].line


def test_a_stage_that_the_page_describes_is_answered_there() -> None:
    """What a stage holds is read on the page; how the last candidate did in it is not."""
    [held, open_one] = BY_WORDS.read(
        ["What does the skills assessment consist of? Who passed your skills assessment?"], ROLE
    )
    stage = next(stage for stage in ROLE.stages if stage.name == "Skills assessment")
    assert (held.standing, held.line) == (Standing.ANSWERED, stage.line)
    assert open_one.standing is not Standing.ANSWERED


def test_the_remark_names_the_shared_word_or_the_line() -> None:
    """What is said about a question can be checked on the page."""
    specific, answered = BY_WORDS.read(["How do you keep inventory right? Which KPIs are there?"], ROLE)
    assert "“inventory”" in specific.remark
    assert f"line {ROLE.kpis[0].line} " in answered.remark


@pytest.mark.parametrize("answer", ["", "No, I am fine, thank you.", "I like it here. It was a good talk."])
def test_where_nothing_is_asked_nothing_is_read(answer: str) -> None:
    """A statement is no question."""
    assert WITH_VECTORS.read([answer], ROLE) == ()


@given(st.lists(st.text(max_size=80), max_size=3))
def test_any_answer_is_survived(answers: list[str]) -> None:
    """Whatever is typed, each question found stands in an answer."""
    told = [" ".join(answer.split()) for answer in answers]
    assert all(any(one.words in text for text in told) for one in BY_WORDS.read(answers, ROLE))
