"""The corridor of doors: where an interview stands, in doors, rooms and minutes."""

from dataclasses import replace

import pytest

from prepbot.domain.events import MoveKind, Spoke, Started
from prepbot.domain.interview import Interview, Status, fold
from prepbot.domain.plan import Length, Plan, plan_interview, plan_retry
from prepbot.errors import NotFound
from prepbot.reading.catalogue import load_stage_profiles
from prepbot.reading.pages import find_page
from prepbot.ui.corridor import corridor, minutes_left

ROLE = find_page("ecommerce-specialist").role


def _plan() -> Plan:
    return plan_interview(ROLE, load_stage_profiles(), Length.SHORT, seed=5)


def _in_second_room() -> Interview:
    plan = _plan()
    question = plan.stages[1].questions[0]
    return fold(
        [
            (0, Started(plan)),
            (1, Spoke(MoveKind.CLOSE, 0, "Thank you.")),
            (2, Spoke(MoveKind.GREET, 1, "Hello.")),
            (3, Spoke(MoveKind.ASK, 1, question.text, question.id)),
        ]
    )


def test_finished_rooms_are_ticked_and_one_room_is_lit() -> None:
    """Of seven doors the first is finished, the second is here, and five come later."""
    html = corridor(_in_second_room(), offline=True)
    assert [html.count(f'<li class="{state}"') for state in ("done", "now", "next")] == [1, 1, 5]
    assert html.count('aria-current="step"') == 1
    assert "Room 2 of 7" in html


def test_minutes_left_leave_out_the_rooms_behind() -> None:
    """At the start of the second room every minute but the first room's is left."""
    stages = _plan().stages
    assert minutes_left(_in_second_room()) == sum(stage.minutes for stage in stages[1:])


def test_after_an_early_end_no_door_is_lit() -> None:
    """An interview that was ended shows what was left and what was never visited."""
    html = corridor(replace(_in_second_room(), status=Status.ENDED), offline=False)
    assert 'class="now"' not in html
    assert html.count('<li class="left"') == 1
    assert html.count('<li class="never"') == 5


def test_offline_is_said_only_where_it_holds() -> None:
    """The band says offline with written rules alone, and nothing of the sort with a model."""
    assert "cloud_off" in corridor(_in_second_room(), offline=True)
    assert "cloud_off" not in corridor(_in_second_room(), offline=False)


def test_a_retry_asks_the_one_question_in_its_own_room() -> None:
    """Trying again plans a drill of exactly one question, with its room's interviewer and follow-ups for it alone."""
    plan = _plan()
    stage = plan.stages[2]
    again = plan_retry(plan, stage.questions[-1].id)
    assert again.questions == (stage.questions[-1],)
    assert again.length is Length.DRILL
    assert again.stages[0].interviewer == stage.interviewer
    assert again.stages[0].follow_ups == stage.follow_ups_per_question


def test_a_question_that_was_not_planned_cannot_be_retried() -> None:
    """A question of another interview is refused by name."""
    with pytest.raises(NotFound, match="q99"):
        plan_retry(_plan(), "q99")
