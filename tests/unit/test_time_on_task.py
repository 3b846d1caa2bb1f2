"""How long a question has been open: from the stored events, pauses left out."""

from datetime import timedelta

from prepbot.domain.events import Answered, Paused, Resumed
from prepbot.ui.time_on_task import seconds_on
from tests.contract.stored_values import NOON, started, stored


def test_the_time_runs_from_the_question_on() -> None:
    """What happened before the question does not count."""
    events = [started(), stored(1, Answered("So."), minutes=5)]
    assert seconds_on(events, 1, NOON + timedelta(minutes=7)) == 120


def test_a_pause_does_not_count() -> None:
    """An hour's break adds nothing, whether it has ended or not."""
    events = [started(), stored(1, Paused(), minutes=2)]
    assert seconds_on(events, 0, NOON + timedelta(minutes=90)) == 120
    events.append(stored(2, Resumed(), minutes=62))
    assert seconds_on(events, 0, NOON + timedelta(minutes=63)) == 180


def test_a_clock_that_was_set_back_shows_nothing_negative() -> None:
    """A question asked in the future has been open for no time."""
    assert seconds_on([started()], 0, NOON - timedelta(minutes=1)) == 0
    assert seconds_on([], 0, NOON) == 0
