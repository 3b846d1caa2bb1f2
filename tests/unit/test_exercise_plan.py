"""Exercises in a plan: drawn by its seed, dealt to the assessments, stored whole."""

from dataclasses import replace

import pytest

from prepbot.domain.events import Started
from prepbot.domain.exercise import Exercise, WrittenCase
from prepbot.domain.exercise_plan import minutes_for
from prepbot.domain.plan import Length, Plan, PlannedQuestion, plan_retry
from prepbot.domain.role import Role, StageKind
from prepbot.planner import Planner
from prepbot.reading.catalogue import load_stage_profiles
from prepbot.reading.exercise_source import CatalogueExercises
from prepbot.reading.library import library_roles
from prepbot.reading.offers import load_offers
from prepbot.retrieval.lexical import LexicalIndex
from prepbot.storage.codec import decode_event, encode_event
from tests.examples import role

PLANNER = Planner(load_stage_profiles(), LexicalIndex(), CatalogueExercises(), load_offers().rules)
SHOP = next(page for page in library_roles() if page.id == "ecommerce-specialist")


def exercises(plan: Plan) -> list[PlannedQuestion]:
    """The questions of a plan that are exercises."""
    return [question for question in plan.questions if question.exercise is not None]


@pytest.mark.parametrize("page", library_roles(), ids=lambda page: page.id)
def test_a_short_interview_has_one_exercise_and_a_full_one_two_or_three(page: Role) -> None:
    """Every shipped role gets exercises on tables, in its assessments alone and never one twice."""
    for seed in range(8):
        assert len(exercises(PLANNER.interview(page, Length.SHORT, seed=seed))) == 1
        plan = PLANNER.interview(page, Length.FULL, seed=seed)
        found = exercises(plan)
        assert len(found) in {2, 3}
        assert len({question.id for question in plan.questions}) == len(plan.questions)
        rooms = [stage for stage in plan.stages if any(question.exercise for question in stage.questions)]
        assert {stage.kind for stage in rooms} == {StageKind.ASSESSMENT}
        assert all(isinstance(question.exercise, Exercise) for question in found)


def test_exercises_come_first_and_leave_room_for_the_bank() -> None:
    """A drill of the assessment begins with its exercises and still asks two questions or more of its own."""
    [room] = PLANNER.drill(SHOP, stage="assessment", seed=5).stages
    kinds = [question.exercise is not None for question in room.questions]
    assert kinds == sorted(kinds, reverse=True)
    assert kinds.count(False) >= 2
    assert room.minutes > sum(minutes_for(q.exercise) for q in room.questions if q.exercise)


def test_the_same_seed_brings_the_same_exercises() -> None:
    """A plan can be replayed from its seed, and another seed brings another table."""
    plans = [PLANNER.interview(SHOP, Length.FULL, seed=seed) for seed in (7, 7, 8)]
    assert plans[0] == plans[1]
    assert exercises(plans[0]) != exercises(plans[2])


@pytest.mark.parametrize("page", library_roles(), ids=lambda page: page.id)
def test_a_stored_plan_holds_its_exercises_to_the_last_figure(page: Role) -> None:
    """What is read back from the database is the plan that was drawn, tables and solutions included."""
    plan = PLANNER.interview(page, Length.FULL, seed=3)
    assert decode_event(encode_event(Started(plan)), "abc", 0) == Started(plan)


def test_a_plan_stored_before_there_were_exercises_is_read() -> None:
    """A question without the new field is a question without an exercise."""
    plan = PLANNER.interview(SHOP, Length.SHORT, ["screening"], seed=3)
    body = encode_event(Started(plan))
    assert '"exercise":null' in body
    assert decode_event(body.replace(',"exercise":null', ""), "abc", 0) == Started(plan)


def test_a_role_that_nobody_can_compute_gets_its_written_case() -> None:
    """Without a KPI in the catalogue the one exercise is a case from an activity, with a single task."""
    [question] = exercises(PLANNER.interview(replace(role(), kpis=()), Length.FULL, seed=3))
    assert isinstance(question.exercise, WrittenCase)
    assert question.text == f"{question.exercise.situation}\n{question.exercise.tasks[0]}"


def test_the_question_reads_out_every_task_with_its_number() -> None:
    """The question's text is the situation and the tasks; lists call it by the exercise's title."""
    question = exercises(PLANNER.interview(SHOP, Length.SHORT, seed=3))[0]
    exercise = question.exercise
    assert isinstance(exercise, Exercise)
    assert question.text.splitlines()[0] == exercise.situation
    assert question.text.splitlines()[-1] == f"{len(exercise.tasks)}. {exercise.experiment.text}"
    assert question.heading == exercise.title


def test_a_retry_is_called_by_the_exercises_title() -> None:
    """Trying an exercise again sets the same one, under its title."""
    plan = PLANNER.interview(SHOP, Length.SHORT, seed=3)
    [question] = exercises(plan)
    again = plan_retry(plan, question.id)
    assert again.questions == (question,)
    assert again.focus == question.heading


def test_an_exercise_is_tried_again_with_other_figures() -> None:
    """The planner's retry draws another table, of the same family where the role has one: the first stands solved."""
    plan = PLANNER.interview(SHOP, Length.SHORT, seed=3)
    [question] = exercises(plan)
    again = PLANNER.retry(SHOP, plan, question.id, "before1", seed=3)
    [fresh] = again.questions
    assert isinstance(question.exercise, Exercise)
    assert isinstance(fresh.exercise, Exercise)
    assert fresh.exercise.table != question.exercise.table
    assert (again.retry_of, again.focus, again.length) == ("before1", fresh.heading, Length.DRILL)


def test_a_question_without_a_task_is_tried_again_as_it_was() -> None:
    """Only what was solved in the review is drawn anew."""
    plan = PLANNER.interview(SHOP, Length.SHORT, seed=3)
    first = plan.questions[0]
    assert PLANNER.retry(SHOP, plan, first.id, "before1").questions == (first,)


def test_an_offer_is_tried_again_with_other_limits() -> None:
    """The letter's question stays, and its offer is drawn by the retry's own seed."""
    plan = PLANNER.interview(SHOP, Length.SHORT, seed=3)
    room = next(stage for stage in plan.stages if stage.offer)
    [put] = room.questions
    (again,) = PLANNER.retry(SHOP, plan, put.id, "before1", seed=4).stages
    assert again.questions == (put,)
    assert again.offer is not None
    assert again.offer != room.offer
