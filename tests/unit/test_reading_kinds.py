"""What a stage is for and what a question asks for, by their words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepbot.domain.role import QuestionKind, StageKind
from prepbot.reading.library import find_role
from prepbot.reading.question_kind import question_kind
from prepbot.reading.stage_kind import stage_kind

BACKGROUND, PAST = QuestionKind.BACKGROUND, QuestionKind.PAST_BEHAVIOUR
HYPOTHETICAL, KNOWLEDGE = QuestionKind.HYPOTHETICAL, QuestionKind.KNOWLEDGE

LIBRARY_STAGES = {
    "customer-success-manager": ["screening", "screening", "interview", "assessment", "panel", "offer"],
    "ecommerce-specialist": [
        *("screening", "interview", "assessment", "panel", "references", "executive", "offer"),
    ],
    "visual-merchandiser": [
        *("screening", "screening", "assessment", "assessment", "assessment", "executive", "offer"),
    ],
    "warehouse-supervisor": ["screening", "screening", "assessment", "interview", "references", "offer"],
}


@pytest.mark.parametrize("role_id", LIBRARY_STAGES)
def test_the_stages_of_the_library_are_told_apart(role_id: str) -> None:
    """Every stage of the four pages gets the kind that its description means."""
    role, _ = find_role(role_id)
    assert [stage.kind.value for stage in role.stages] == LIBRARY_STAGES[role_id]


@pytest.mark.parametrize(
    ("name", "description", "kind"),
    [
        ("CV screening", "", StageKind.SCREENING),
        ("Chat with HR", "A first conversation about the role", StageKind.SCREENING),
        ("Hiring manager interview", "", StageKind.INTERVIEW),
        ("Interview", "", StageKind.INTERVIEW),
        ("Coding challenge", "", StageKind.ASSESSMENT),
        ("Demo lesson", "You teach a class of twelve", StageKind.ASSESSMENT),
        ("Meeting", "You present a case study to two managers", StageKind.ASSESSMENT),
        ("Panel interview", "Three interviewers", StageKind.PANEL),
        ("Meet the team", "", StageKind.PANEL),
        ("DBS check", "", StageKind.REFERENCES),
        ("Vetting", "Identity and right to work", StageKind.REFERENCES),
        ("Conversation with the CEO", "", StageKind.EXECUTIVE),
        ("Final interview with directors", "", StageKind.EXECUTIVE),
        ("Contract", "You sign", StageKind.OFFER),
        ("Job offer", "", StageKind.OFFER),
    ],
)
def test_a_stage_gets_its_kind_with_certainty(name: str, description: str, kind: StageKind) -> None:
    """Stage names of other trades are read with certainty, from the name first and the description second."""
    assert stage_kind(name, description) == (kind, True)


@pytest.mark.parametrize("name", ["Morning coffee", "", "Step three", "Get together", "???"])
def test_a_stage_without_telling_words_is_a_doubtful_interview(name: str) -> None:
    """A name that settles nothing gives an interview and says that it is a guess."""
    assert stage_kind(name, "") == (StageKind.INTERVIEW, False)


def test_a_word_inside_another_word_tells_nothing() -> None:
    """A “contest” is no test and “teamwork” no team: words count whole."""
    assert stage_kind("Contest", "") == (StageKind.INTERVIEW, False)
    assert stage_kind("Teamwork", "") == (StageKind.INTERVIEW, False)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What experience do you have in managing e-commerce platforms?", BACKGROUND),
        ("What tools or software have you used to analyze e-commerce metrics?", BACKGROUND),
        ("Which warehouse management systems have you used?", BACKGROUND),
        ("Why do you want to supervise rather than pick?", BACKGROUND),
        ("Why would you like to work here?", BACKGROUND),
        ("Tell me about yourself.", BACKGROUND),
        ("Tell me about a time you turned a support case into an expansion.", PAST),
        ("Describe a successful e-commerce marketing campaign you have executed.", PAST),
        ("Describe how you worked with a reluctant store manager.", PAST),
        ("Give an example of a target you set.", PAST),
        ("Have you ever missed a deadline?", PAST),
        ("What was the hardest week of the last year?", PAST),
        ("How would you handle a situation where an e-commerce platform experiences technical issues?", HYPOTHETICAL),
        ("What steps would you take to improve the loading speed of an e-commerce website?", HYPOTHETICAL),
        ("Imagine that a supplier fails. Whom do you call?", HYPOTHETICAL),
        ("A lorry arrives two hours early and the dock is full. What now?", HYPOTHETICAL),
        ("A carrier does not show up. What do you do?", HYPOTHETICAL),
        ("How do you approach A/B testing for e-commerce websites?", KNOWLEDGE),
        ("What do you do when the scanner network goes down?", KNOWLEDGE),
        ("Explain the difference between wave picking and zone picking.", KNOWLEDGE),
        ("Describe how you feed customer requests back to product.", KNOWLEDGE),
        ("Which metrics do you report to your own leadership?", KNOWLEDGE),
        ("What user experience principles do you apply?", KNOWLEDGE),
        ("How do you plan and run a stock count?", KNOWLEDGE),
    ],
)
def test_a_question_gets_its_kind(question: str, kind: QuestionKind) -> None:
    """Questions about the past, a case, a practice and the candidate are told apart by how they are put."""
    assert question_kind(question) is kind


def test_the_bank_of_the_real_page_is_told_apart_as_annotated() -> None:
    """Three questions of the real page ask for the candidate's own past, five for knowledge, the rest for a plan."""
    role, _ = find_role("ecommerce-specialist")
    own_past = [q.id for q in role.questions if q.kind in (BACKGROUND, PAST)]
    knowledge = [q.id for q in role.questions if q.kind is KNOWLEDGE]
    assert own_past == ["q01", "q05", "q09"]
    assert knowledge == ["q04", "q08", "q12", "q15", "q18"]


@given(st.text(), st.text())
@settings(deadline=None, max_examples=150)
def test_any_words_give_a_kind(name: str, description: str) -> None:
    """No text makes the readers of kinds fail, and a doubtful stage is always an interview."""
    kind, is_certain = stage_kind(name, description)
    assert is_certain or kind is StageKind.INTERVIEW
    assert question_kind(name) in QuestionKind
