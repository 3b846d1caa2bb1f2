"""After a retry: another question that exercises what the answer still lacks, and the words for why."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.checks import QUESTIONS
from prepbot.domain.evidence import Evidence, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.plan import PlannedQuestion, from_bank
from prepbot.domain.report import AnswerCard
from prepbot.domain.role import Question, QuestionKind, Role
from prepbot.domain.rubric import CRITERIA, grade
from prepbot.domain.stage_profile import Interviewer
from prepbot.domain.transfer import aim_of, other_question
from prepbot.errors import NotFound
from prepbot.next_question import NextQuestions
from prepbot.reading.library import library_roles
from prepbot.reading.transfer import load_aims
from tests.examples import role

AIMS = load_aims()
SPAN = Span(0, 4)
KPI = KpiReference("Conversion Rate", KpiLevel.QUANTIFIED, SPAN, in_result=True)
FULL = Evidence(
    words=60,
    situation=SPAN,
    task=SPAN,
    action=SPAN,
    result=SPAN,
    reflection=SPAN,
    steps=(SPAN, SPAN),
    kpis=(KPI,),
    ownership=Ownership.I,
    relevance=2,
)
BANK = (
    Question("how", "How would you pack a box?", ("Packing",), QuestionKind.HYPOTHETICAL, 1),
    Question("why", "Why packing?", ("Packing",), QuestionKind.KNOWLEDGE, 2),
    Question("told", "Tell me about your first week.", ("Start",), QuestionKind.PAST_BEHAVIOUR, 3),
    Question("beat", "Tell me about a target that you beat.", ("Targets",), QuestionKind.PAST_BEHAVIOUR, 4),
    Question("lost", "Tell me about a target that you missed.", ("Targets",), QuestionKind.PAST_BEHAVIOUR, 5),
    Question("tool", "Which tools have you used?", ("Tools",), QuestionKind.BACKGROUND, 6),
    Question("load", "How would you load a lorry?", ("Loading",), QuestionKind.HYPOTHETICAL, 7),
)
ROLE = replace(role(), questions=BANK)
EXPECTED = {"why": ("Bounce Rate",), "how": ("Conversion Rate",), "load": ("Conversion Rate", "Bounce Rate")}


def _card(asked: str = "how", **lacking: Any) -> AnswerCard:
    evidence = replace(FULL, **lacking)
    question = next(from_bank(one) for one in BANK if one.id == asked)
    who = Interviewer("Noor Haddad", "Recruiter", "noor", "clarity")
    found = grade(evidence)
    return AnswerCard(1, "Interview", who, question, False, (), evidence, found, found, fixes=(), after=())


def _expected(_: Role, question: PlannedQuestion) -> tuple[str, ...]:
    return EXPECTED.get(question.id, ())


def _near(_: Role, kpi: str, count: int) -> tuple[Question, ...]:
    found = {"Bounce Rate": (BANK[2], BANK[1], BANK[6]), "Conversion Rate": (BANK[0], BANK[6], BANK[3])}.get(kpi)
    if found is None:
        raise NotFound(f"The page has no KPI “{kpi}”.")
    return found[:count]


def _next(card: AnswerCard, *asked: str) -> tuple[str, str]:
    found = NextQuestions(AIMS, _expected, _near).after(ROLE, card, asked)
    assert found is not None
    return found.question.id, found.about


@pytest.mark.parametrize(
    ("lacking", "question", "about"),
    [
        ({"result": None, "kpis": (replace(KPI, in_result=True),)}, "beat", "results"),
        ({"ownership": Ownership.NONE}, "told", "your own part"),
        ({"ownership": Ownership.WE}, "told", "your own part"),
        ({"reflection": None}, "lost", "looking back"),
        ({"action": None, "steps": (), "result": None, "situation": None, "task": None}, "load", "concrete steps"),
        ({"relevance": 1}, "load", "answering the question that was asked"),
        ({"kpis": ()}, "load", "Conversion Rate"),
        ({"kpis": (KpiReference("Bounce Rate", KpiLevel.MENTIONED, SPAN),)}, "why", "Bounce Rate"),
        ({}, "load", ""),
    ],
)
def test_the_next_question_exercises_what_was_lacking(lacking: dict[str, Any], question: str, about: str) -> None:
    """What an answer fell shortest on chooses the question, and the page can say what it is again about."""
    assert _next(_card(**lacking)) == (question, about)


def test_a_question_that_was_asked_gives_way_to_one_that_was_not() -> None:
    """Among the questions that exercise the weakness a new one comes first; once all were asked, the oldest."""
    weak = _card(ownership=Ownership.WE)
    assert _next(weak, "told")[0] == "beat"
    assert _next(weak, "told", "beat", "lost")[0] == "tool"
    assert _next(weak, "beat", "told", "tool", "lost", "beat")[0] == "told"


def test_a_weakness_that_no_question_exercises_still_gives_a_question() -> None:
    """Where no question expects the weak KPI or lies near to it, any other is offered, and no KPI is named for it."""
    desk = NextQuestions(AIMS, lambda *_: (), _near)
    for kpis in ((), (KpiReference("Wage Ratio", KpiLevel.MENTIONED, SPAN),)):
        found = desk.after(ROLE, _card(kpis=kpis), [])
        assert found is not None
        assert found.about == "a KPI put to use"


def test_questions_near_to_a_kpi_stand_in_for_those_that_expect_it() -> None:
    """A KPI that no question expects is practised on the question nearest to it."""
    weak = _card(kpis=(KpiReference("Bounce Rate", KpiLevel.MENTIONED, SPAN),))
    found = NextQuestions(AIMS, lambda *_: (), _near).after(ROLE, weak, [])
    assert found is not None
    assert (found.question.id, found.about) == ("told", "Bounce Rate")


def test_a_page_with_one_question_has_no_other() -> None:
    """Where the bank holds nothing but the question itself, none is offered."""
    alone = replace(ROLE, questions=BANK[:1])
    desk = NextQuestions(AIMS, _expected, _near)
    for lacking in ({}, {"kpis": ()}):
        assert desk.after(alone, _card(**lacking), []) is None


def test_every_check_of_every_criterion_has_an_aim() -> None:
    """Whatever an answer lacks, there is an aim for it, and each aim's checks are the rubric's."""
    covered = frozenset().union(*(aim.open for aim in AIMS))
    assert covered == {check for criterion in CRITERIA for level in criterion.needs for check in level}
    assert covered <= set(QUESTIONS)


def test_every_shipped_role_has_a_question_for_every_aim() -> None:
    """On each shipped page each aim that goes by kind or wording is exercised by two questions or more."""
    for one in library_roles():
        for aim in AIMS:
            fitting = [
                q for q in one.questions if q.kind in aim.kinds or (aim.asks is not None and aim.asks.search(q.text))
            ]
            assert aim.kpi or not (aim.kinds or aim.asks) or len(fitting) >= 2, (one.id, aim.title)


@given(st.sets(st.sampled_from(["situation", "task", "action", "result", "reflection"])), st.sampled_from(Ownership))
def test_an_aim_is_about_something_that_is_open(missing: set[str], ownership: Ownership) -> None:
    """No answer is told that it is again about a part that it has."""
    card = _card(ownership=ownership, **dict.fromkeys(missing))
    aim = aim_of(card, AIMS)
    held = {name for name in ("situation", "task", "action", "result", "reflection") if name not in missing}
    assert aim is None or not aim.open <= held


@given(st.sampled_from([*AIMS, None]), st.lists(st.sampled_from([one.id for one in BANK]), max_size=20))
def test_another_question_is_another_one(aim: Any, asked: list[str]) -> None:
    """Whatever the aim and whatever was asked, the question itself is never offered."""
    found = other_question(BANK, from_bank(BANK[0]), asked, aim)
    assert found is not None
    assert found.id != BANK[0].id
