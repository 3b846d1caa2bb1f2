"""The practice queue: what was weak comes up again, the least sure first, whatever schedules it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.evidence import Evidence, KpiLevel, KpiReference, Span
from prepbot.domain.interview import Status
from prepbot.domain.plan import Length, PlannedQuestion
from prepbot.domain.practice import (
    Memory,
    PracticeItem,
    PracticeKind,
    Practised,
    Recall,
    practised,
    recall_of_kpi,
    recall_of_share,
)
from prepbot.domain.report import AnswerCard, Review
from prepbot.domain.role import QuestionKind
from prepbot.domain.rubric import NotGraded, grade
from prepbot.domain.stage_profile import Interviewer
from prepbot.ports import Scheduler
from prepbot.practice import practice_queue
from prepbot.spaced_repetition import FsrsScheduler

START = datetime(2026, 11, 1, 20, tzinfo=UTC)
STRUCTURE = PracticeItem(PracticeKind.CRITERION, "structure")
OWNERSHIP = PracticeItem(PracticeKind.CRITERION, "ownership")
CONVERSION = PracticeItem(PracticeKind.KPI, "Conversion Rate")


class EveryOtherDay:
    """A scheduler of the simplest kind: what went badly is due in a day, all else in `recall` squared days."""

    def reviewed(self, memory: Memory | None, recall: Recall, at: datetime) -> Memory:
        """The next date from this review alone; the stability counts the reviews."""
        days = 1 if recall is Recall.AGAIN else recall**2
        return Memory((memory.stability if memory else 0) + 1, 5.0, at, at + timedelta(days=days))

    def chance(self, memory: Memory, at: datetime) -> float:
        """Half of it is gone by the due date."""
        return 0.5 ** ((at - memory.last) / (memory.due - memory.last))


@pytest.fixture(params=["simple", "fsrs"])
def scheduler(request: pytest.FixtureRequest) -> Scheduler:
    """Each scheduler in turn: the queue holds on all of them."""
    return EveryOtherDay() if request.param == "simple" else FsrsScheduler()


def went(item: PracticeItem, recall: Recall, day: int = 0) -> Practised:
    """An item as it went on a day."""
    return Practised(item, recall, START + timedelta(days=day))


def names(history: list[Practised], scheduler: Scheduler, day: int, *kpis: str) -> list[str]:
    """The names in the queue of a day."""
    return [one.item.name for one in practice_queue(history, scheduler, START + timedelta(days=day), kpis)]


def test_what_always_went_well_is_not_queued(scheduler: Scheduler) -> None:
    """Only what was weak once comes up; it stays when it goes well later."""
    history = [went(STRUCTURE, Recall.GOOD), went(OWNERSHIP, Recall.AGAIN), went(OWNERSHIP, Recall.EASY, 1)]
    assert names(history, scheduler, 2) == ["ownership"]


def test_the_weaker_comes_first(scheduler: Scheduler) -> None:
    """Of two items of the same evening the one that went worse is due earlier."""
    history = [went(STRUCTURE, Recall.HARD), went(OWNERSHIP, Recall.AGAIN)]
    assert names(history, scheduler, 30) == ["ownership", "structure"]


def test_what_is_due_stands_before_what_is_not(scheduler: Scheduler) -> None:
    """An item practised today waits behind one whose date has passed."""
    history = [went(STRUCTURE, Recall.AGAIN), went(OWNERSHIP, Recall.AGAIN, 20)]
    queue = practice_queue(history, scheduler, START + timedelta(days=20, hours=1))
    assert [(one.item.name, one.due) for one in queue] == [("structure", True), ("ownership", False)]


def test_a_kpi_never_said_stands_last(scheduler: Scheduler) -> None:
    """The role's other KPIs follow what was weak, without a date; one that was said well is left out."""
    history = [went(STRUCTURE, Recall.AGAIN), went(CONVERSION, Recall.EASY)]
    assert names(history, scheduler, 1, "Bounce Rate", "Conversion Rate") == ["structure", "Bounce Rate"]
    last = practice_queue(history, scheduler, START, ("Bounce Rate",))[-1]
    assert (last.memory, last.last, last.due) == (None, None, False)


@given(
    st.lists(
        st.tuples(st.sampled_from([STRUCTURE, OWNERSHIP, CONVERSION]), st.sampled_from(Recall), st.integers(0, 60))
    )
)
def test_the_order_of_the_history_does_not_matter(told: list[tuple[PracticeItem, Recall, int]]) -> None:
    """A queue is a fold over time: each weak item stands in it once, due ones first."""
    by_day = {(item, day): went(item, recall, day) for item, recall, day in told}
    history = list(by_day.values())
    now = START + timedelta(days=61)
    queue = practice_queue(history, EveryOtherDay(), now)
    assert queue == practice_queue(history[::-1], EveryOtherDay(), now)
    assert {one.item for one in queue} == {one.item for one in history if one.recall < Recall.GOOD}
    assert [one.due for one in queue] == sorted((one.due for one in queue), reverse=True)


@given(st.lists(st.tuples(st.sampled_from(Recall), st.integers(0, 40)), min_size=1, max_size=8))
def test_fsrs_schedules_in_days_and_the_same_way_each_time(reviews: list[tuple[Recall, int]]) -> None:
    """Every review is due between a day and 90 days later, the chance is one of 0 to 1 and falls with time."""
    scheduler, memory, at = FsrsScheduler(), None, START
    for recall, days in reviews:
        at += timedelta(days=days)
        again = scheduler.reviewed(memory, recall, at)
        assert again == scheduler.reviewed(memory, recall, at.astimezone(timezone(timedelta(hours=5))))
        memory = again
        assert timedelta(days=1) <= memory.due - at <= timedelta(days=90)
    assert memory is not None
    chances = [scheduler.chance(memory, at + timedelta(days=days)) for days in (0, 1, 30, 300)]
    assert chances == sorted(chances, reverse=True)
    assert all(0 <= chance <= 1 for chance in chances)


def test_fsrs_puts_off_what_goes_well() -> None:
    """Each good review at its date makes the next interval longer; a bad one makes it short again."""
    scheduler = FsrsScheduler()
    memory = scheduler.reviewed(None, Recall.AGAIN, START)
    gaps = []
    for _ in range(4):
        at = memory.due
        memory = scheduler.reviewed(memory, Recall.GOOD, at)
        gaps.append(memory.due - at)
    assert gaps == sorted(gaps)
    assert gaps[-1] > gaps[0]
    assert scheduler.reviewed(memory, Recall.AGAIN, memory.due).due - memory.due < gaps[-1]


def card(number: int, evidence: Evidence | None, graded: object) -> AnswerCard:
    """A card of a review, of which only evidence and grade matter."""
    return AnswerCard(
        number=number,
        stage_name="Interview",
        interviewer=Interviewer("Tomás Vega", "Hiring manager", "tomas", "Wants to hear."),
        question=PlannedQuestion("q01", "What did you do?", QuestionKind.PAST_BEHAVIOUR, ()),
        skipped=evidence is None,
        answers=(),
        evidence=evidence,
        grade=graded,  # type: ignore[arg-type]
        first=None,
        fixes=(),
        after=(),
    )


def review(*cards: AnswerCard) -> Review:
    """A review of some cards."""
    return Review("i1", "Baker", Length.SHORT, "", Status.FINISHED, "rules", "r", cards, ())


def test_an_interview_shows_each_criterion_and_each_said_kpi_once() -> None:
    """Criteria over all graded answers, KPIs at their best; what was skipped or not graded shows nothing."""
    named = Evidence(
        words=9, relevance=2, action=Span(0, 5), kpis=(KpiReference("Conversion Rate", KpiLevel.MENTIONED, Span(0, 3)),)
    )
    used = replace(named, kpis=(KpiReference("Conversion Rate", KpiLevel.USED, Span(0, 3)),))
    cards = [
        card(1, named, grade(named)),
        card(2, used, grade(used)),
        card(3, None, None),
        card(4, used, NotGraded("x.")),
    ]
    found = {one.item: one.recall for one in practised(review(*cards), START)}
    assert found[CONVERSION] is Recall.HARD
    assert found[PracticeItem(PracticeKind.CRITERION, "relevance")] is Recall.EASY
    assert found[PracticeItem(PracticeKind.CRITERION, "reflection")] is Recall.AGAIN
    assert len(found) == 6
    assert practised(review(*cards[2:]), START) == ()


def test_how_it_went_follows_from_the_level() -> None:
    """A third of the levels, two thirds, all of them; a KPI named, used, with a number, with it in the result."""
    assert [recall_of_share(share) for share in (0, 0.3, 1 / 3, 0.6, 2 / 3, 0.99, 1)] == [1, 1, 2, 2, 3, 3, 4]
    levels = [
        (KpiLevel.MENTIONED, False),
        (KpiLevel.USED, True),
        (KpiLevel.QUANTIFIED, False),
        (KpiLevel.QUANTIFIED, True),
    ]
    assert [recall_of_kpi(KpiReference("x", level, Span(0, 1), in_result=held)) for level, held in levels] == [
        1,
        2,
        3,
        4,
    ]


def test_a_criterion_is_called_by_its_title() -> None:
    """The queue shows the rubric's title, and a KPI by the page's name."""
    assert (STRUCTURE.title, CONVERSION.title) == ("Structure", "Conversion Rate")
