"""The decision cards of a whole interview, from the interview and its answer cards."""

from collections.abc import Iterator

from prepbot.domain.decision import StageDecision, Verdict
from prepbot.domain.events import Answered, Assessed, Event, MoveKind, Skipped, Spoke, Started
from prepbot.domain.evidence import Evidence, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.interview import Interview, fold
from prepbot.domain.plan import Length, Plan, plan_interview, plan_retry
from prepbot.domain.report import AnswerCard, asked_units, plain_card
from prepbot.domain.role import StageKind
from prepbot.domain.stage_decisions import stage_decisions
from prepbot.reading.decisions import load_decisions
from tests.examples import PROFILES, role

RULES = load_decisions()
PLAN = plan_interview(role(kinds=(StageKind.SCREENING, StageKind.INTERVIEW)), PROFILES, Length.FULL, seed=7)
TOLD = "I cut the form and conversion rate rose."
GOOD = Evidence(
    words=8,
    relevance=2,
    action=Span(0, 14),
    ownership=Ownership.I,
    kpis=(KpiReference("Conversion Rate", KpiLevel.USED, Span(19, 34)),),
)


def _sat(plan: Plan, answers: int, text: str = TOLD, evidence: Evidence | None = GOOD) -> Interview:
    """An interview in which this many questions were answered so and the others never asked."""
    return fold(enumerate(_events(plan, answers, text, evidence)))


def _events(plan: Plan, answers: int, text: str, evidence: Evidence | None) -> Iterator[Event]:
    yield Started(plan)
    seq = 1
    for place, stage in enumerate(plan.stages):
        for question in stage.questions:
            if not answers:
                return
            answers -= 1
            yield Spoke(MoveKind.ASK, place, question.text, question.id)
            yield Answered(text) if evidence else Skipped()
            seq += 2
            if evidence:
                yield Assessed(seq - 1, "rules", evidence)
                seq += 1
        yield Spoke(MoveKind.CLOSE, place, "Thank you.")
        seq += 1


def _cards(interview: Interview) -> list[AnswerCard]:
    return [plain_card(number, unit, interview) for number, unit in enumerate(asked_units(interview), start=1)]


def _decided(interview: Interview) -> tuple[StageDecision, ...]:
    return stage_decisions(interview, _cards(interview), RULES)


def test_a_card_for_each_stage_that_was_asked_in() -> None:
    """A stage without an asked question gets no card; the others name their answer cards."""
    first = len(PLAN.stages[0].questions)
    (screening,) = _decided(_sat(PLAN, first))
    assert screening.stage == PLAN.stages[0].name
    assert screening.numbers == tuple(range(1, first + 1))
    both = _decided(_sat(PLAN, len(PLAN.questions)))
    assert [found.stage for found in both] == [stage.name for stage in PLAN.stages]
    assert both[1].numbers[0] == first + 1


def test_a_screening_rests_on_fit_and_concision() -> None:
    """In a screening those two decide, and one answer of over 90 seconds costs the full mark."""
    first = len(PLAN.stages[0].questions)
    short, long = (_decided(_sat(PLAN, first, text))[0].card for text in (TOLD, f"{TOLD} {'word ' * 300}"))
    assert {reason.criterion for reason in short.reasons} == {"fit", "concision"}
    assert (short.verdict, long.verdict) == (Verdict.ADVANCE, Verdict.NOT_ADVANCE)


def test_a_stage_that_was_left_early_has_too_little() -> None:
    """Unasked questions of an open stage count as not graded, and the card says how few could be."""
    (found,) = _decided(_sat(PLAN, 1))
    assert found.words == "no decision"
    assert f"Only 1 of {len(PLAN.stages[0].questions)} questions" in found.card.notice


def test_skipped_questions_decide_nothing() -> None:
    """A stage that was skipped through has no verdict."""
    (found,) = _decided(_sat(PLAN, len(PLAN.stages[0].questions), evidence=None))
    assert found.card.verdict is None
    assert "Nothing in this stage was graded" in found.card.notice


def test_a_drill_is_no_stage() -> None:
    """A retry of one question gets no decision."""
    assert _decided(_sat(plan_retry(PLAN, PLAN.questions[0].id), 1)) == ()


def test_only_a_screening_is_told_how_long_an_answer_takes() -> None:
    """An answer of over 90 seconds says so on its card in a screening, and nowhere else."""
    cards = _cards(_sat(PLAN, len(PLAN.questions), f"{TOLD} {'word ' * 300}"))
    told = [card.stage_name for card in cards if card.answers[0].too_long]
    assert set(told) == {PLAN.stages[0].name}
    assert "90 are plenty" in cards[0].answers[0].too_long
    assert not any(card.answers[0].too_long for card in _cards(_sat(PLAN, len(PLAN.questions))))
