"""Planning: every question at most once, budgets kept, replayable from the seed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.plan import Length, plan_drill, plan_interview, questions_on_topic
from prepbot.domain.role import StageKind
from prepbot.reading.catalogue import load_stage_profiles
from tests.examples import PROFILES, question_ids, role

seeds = st.integers(0, 2**31)
lengths = st.sampled_from([Length.SHORT, Length.FULL])
stage_kinds = st.lists(st.sampled_from(StageKind), max_size=9).map(tuple)


@given(seeds, lengths, st.integers(0, 40), stage_kinds)
def test_no_question_is_planned_twice(seed: int, length: Length, bank: int, kinds: tuple[StageKind, ...]) -> None:
    """Neither a bank question nor a standard one comes twice, whatever the page's stages."""
    ids = question_ids(plan_interview(role(bank, kinds), PROFILES, length, seed))
    assert len(ids) == len(set(ids))


@given(seeds, lengths, stage_kinds)
def test_the_same_seed_gives_the_same_plan(seed: int, length: Length, kinds: tuple[StageKind, ...]) -> None:
    """A plan can be replayed from its seed."""
    page = role(20, kinds)
    assert plan_interview(page, PROFILES, length, seed) == plan_interview(page, PROFILES, length, seed)


@given(seeds, lengths, stage_kinds)
def test_stages_keep_the_pages_order_and_their_budgets(seed: int, length: Length, kinds: tuple[StageKind, ...]) -> None:
    """Stages come as on the page, each within its budget of bank and standard questions."""
    page = role(20, kinds)
    plan = plan_interview(page, PROFILES, length, seed)
    places = [[stage.name for stage in page.stages].index(stage.name) for stage in plan.stages if page.stages]
    assert places == sorted(places)
    for stage in plan.stages:
        profile = PROFILES[stage.kind]
        bank = [question for question in stage.questions if question.line]
        assert len(bank) <= getattr(profile.bank_questions, length.value)
        assert len(stage.questions) - len(bank) <= getattr(profile.standard_questions, length.value)


@given(seeds)
def test_an_offer_and_a_reference_check_take_nothing_from_the_bank(seed: int) -> None:
    """Stages without room for bank questions are made of their own."""
    plan = plan_interview(role(40), PROFILES, Length.FULL, seed)
    own = [stage for stage in plan.stages if stage.kind in {StageKind.OFFER, StageKind.REFERENCES}]
    assert len(own) == 2
    assert all(question.line == 0 for stage in own for question in stage.questions)


def test_a_full_interview_uses_the_whole_bank_where_there_is_room() -> None:
    """Twelve bank questions fit the five stages that take them."""
    plan = plan_interview(role(12), PROFILES, Length.FULL, 7)
    assert {q.id for q in plan.questions if q.line} == {f"q{n:02}" for n in range(12)}


def test_a_topic_draws_its_question_to_the_stage_that_names_it() -> None:
    """With room for one bank question each, screening takes one on experience."""
    plan = plan_interview(role(12), PROFILES, Length.SHORT, 3)
    screening = next(stage for stage in plan.stages if stage.kind is StageKind.SCREENING)
    assert [q.topics for q in screening.questions if q.line] == [("Experience",)]


def test_a_page_without_stages_gets_one_interview() -> None:
    """Missing stages do not prevent an interview."""
    plan = plan_interview(role(6, ()), PROFILES, Length.FULL, 1)
    assert [stage.kind for stage in plan.stages] == [StageKind.INTERVIEW]


def test_a_drill_asks_just_the_questions_chosen() -> None:
    """A drill on a topic holds the bank questions with that tag, in the page's order, and says its focus."""
    page = role(12)
    plan = plan_drill(page, PROFILES, 1, questions_on_topic(page, ["sales"]), "Sales")
    assert question_ids(plan) == ["q01", "q04", "q07", "q10"]
    assert (plan.length, plan.focus) == (Length.DRILL, "Sales")


@pytest.mark.parametrize("length", [Length.SHORT, Length.FULL])
def test_greetings_are_filled_in(length: Length) -> None:
    """No placeholder is left in what an interviewer says."""
    plan = plan_interview(role(), PROFILES, length, 1)
    said = [text for stage in plan.stages for text in (stage.greeting, stage.closing)]
    assert not [text for text in said if "{" in text]
    assert "Noor Haddad" in said[0]


@pytest.mark.parametrize("seed", range(12))
def test_a_full_screening_asks_for_the_motive_and_the_practical_points(seed: int) -> None:
    """A recruiter begins with the motive and always asks about start, notice and pay, whatever the seed draws."""
    plan = plan_interview(role(), load_stage_profiles(), Length.FULL, seed)
    room = next(stage for stage in plan.stages if stage.kind is StageKind.SCREENING)
    ids = [question.id for question in room.questions]
    assert ids[0] == "screening-motivation"
    assert "screening-practical" in ids
    assert 5 <= room.minutes <= 8
