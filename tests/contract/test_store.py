"""What every store promises, checked on memory, SQLite and PostgreSQL alike."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prepbot.candidate_ports import PaperKind
from prepbot.domain.events import Answered, Ended, Event, Finished, MoveKind, Paused, Resumed, Skipped, Spoke, Started
from prepbot.domain.interview import fold
from prepbot.domain.plan import Length
from prepbot.domain.rubric import Grade, NotGraded
from prepbot.domain.story import Story
from prepbot.errors import BadInput, NotFound, StoreConflict
from prepbot.ports import Document, Store, StoredEvent
from tests.contract.stored_values import (
    NOON,
    PLAN,
    a_document,
    a_grade,
    a_paper,
    a_self_rating,
    a_story,
    grades,
    later_events,
    message_ids,
    moments,
    started,
    stored,
    stories,
)

# Each example writes under an id of its own, so that examples may share a store.
many = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

ASKED = Spoke(MoveKind.ASK, 0, "What about it?", PLAN.stages[0].questions[0].id)


def _opened(store: Store, *events: Event) -> str:
    """An interview with these events after its start, a minute apart."""
    interview_id = uuid4().hex
    store.append(interview_id, started())
    for seq, event in enumerate(events, start=1):
        store.append(interview_id, stored(seq, event, minutes=seq))
    return interview_id


@many
@given(rest=st.lists(st.tuples(later_events, moments, message_ids), max_size=6, unique_by=lambda row: row[2] or row))
def test_any_events_come_back_equal_and_in_order(store: Store, rest: Sequence[tuple[Event, object, str]]) -> None:
    """Whatever was appended is what `events` returns, in order."""
    interview_id = uuid4().hex
    later = [StoredEvent(seq, event, at, message_id) for seq, (event, at, message_id) in enumerate(rest, start=1)]
    for one in (started(), *later):
        store.append(interview_id, one)
    assert store.events(interview_id) == (started(), *later)


def test_an_unknown_interview_is_not_found(store: Store) -> None:
    """Reading an interview that nobody started says that it is not here."""
    with pytest.raises(NotFound, match="i404"):
        store.events("i404")


@pytest.mark.parametrize(
    "event", [stored(0, Answered("I sold shoes.")), stored(3, Started(PLAN)), stored(1, Skipped())]
)
def test_an_interview_begins_with_its_plan(store: Store, event: StoredEvent) -> None:
    """Nothing but a plan at seq 0 opens an interview, and a refused event leaves no trace."""
    with pytest.raises(NotFound):
        store.append("i404", event)
    assert store.interviews() == ()


def test_a_taken_place_is_a_conflict(store: Store) -> None:
    """A second event at the same seq is refused, and the first one stays."""
    interview_id = _opened(store, Answered("first"))
    with pytest.raises(StoreConflict):
        store.append(interview_id, stored(1, Answered("second")))
    assert [one.event for one in store.events(interview_id)] == [Started(PLAN), Answered("first")]


def test_a_gap_is_a_conflict(store: Store) -> None:
    """An event that leaves a place free was decided on an interview that is not the stored one."""
    interview_id = _opened(store)
    with pytest.raises(StoreConflict):
        store.append(interview_id, stored(2, Answered("too far")))
    assert store.events(interview_id) == (started(),)


def test_an_interview_starts_once(store: Store) -> None:
    """A second start under the same id is a conflict."""
    interview_id = _opened(store)
    with pytest.raises(StoreConflict):
        store.append(interview_id, started())
    assert store.events(interview_id) == (started(),)


def test_the_same_message_twice_is_one_event(store: Store) -> None:
    """A message that is sent again with its id is refused, though its place is free."""
    interview_id = _opened(store)
    store.append(interview_id, stored(1, Answered("I sold shoes."), message_id="m1"))
    with pytest.raises(StoreConflict):
        store.append(interview_id, stored(2, Answered("I sold shoes."), message_id="m1"))
    assert len(store.events(interview_id)) == 2


def test_a_message_id_belongs_to_its_interview(store: Store) -> None:
    """Two interviews may use the same message id, and events without one never clash."""
    for interview_id in (_opened(store, Skipped()), _opened(store, Skipped())):
        store.append(interview_id, stored(2, Answered("I sold shoes."), message_id="m1"))
        assert len(store.events(interview_id)) == 3


def test_half_a_character_is_refused(store: Store) -> None:
    """Text that is no Unicode is bad input, and the interview stays as it was."""
    interview_id = _opened(store)
    with pytest.raises(BadInput):
        store.append(interview_id, stored(1, Answered("caf\ud800")))
    assert store.events(interview_id) == (started(),)


def _at_once(jobs: Sequence[Callable[[], None]]) -> list[BaseException | None]:
    """Run the jobs in threads that start together; what each raised."""
    together = Barrier(len(jobs))

    def run(job: Callable[[], None]) -> None:
        together.wait()
        job()

    with ThreadPoolExecutor(len(jobs)) as threads:
        futures = [threads.submit(run, job) for job in jobs]
    return [future.exception() for future in futures]


def test_of_eight_threads_on_one_place_one_wins(store: Store) -> None:
    """Writers that want the same seq at once: one is stored, each of the others hears of a conflict."""
    interview_id = _opened(store)
    for seq in range(1, 11):
        rivals = [stored(seq, Answered(f"rival {n}"), message_id=f"m{seq}-{n}") for n in range(8)]
        raised = _at_once([lambda rival=rival: store.append(interview_id, rival) for rival in rivals])
        assert raised.count(None) == 1
        assert {type(error) for error in raised} == {type(None), StoreConflict}
        assert store.events(interview_id)[seq] == rivals[raised.index(None)]


def test_of_eight_threads_with_one_message_one_wins(store: Store) -> None:
    """The same message sent by eight tabs at once is one event."""
    interview_id = _opened(store)
    again = stored(1, Answered("I sold shoes."), message_id="m1")
    raised = _at_once([lambda: store.append(interview_id, again)] * 8)
    assert raised.count(None) == 1
    assert {type(error) for error in raised} == {type(None), StoreConflict}
    assert store.events(interview_id) == (started(), again)


def test_threads_on_their_own_interviews_do_not_meet(store: Store) -> None:
    """Eight interviews written at once are all stored whole."""
    ids = [uuid4().hex for _ in range(8)]

    def sit(interview_id: str) -> None:
        store.append(interview_id, started())
        for seq in range(1, 16):
            store.append(interview_id, stored(seq, Answered(f"answer {seq}"), message_id=f"m{seq}"))

    assert _at_once([lambda id_=id_: sit(id_) for id_ in ids]) == [None] * 8
    assert [len(store.events(interview_id)) for interview_id in ids] == [16] * 8


@pytest.mark.parametrize(
    "events",
    [
        (),
        (Paused(),),
        (Paused(), Resumed()),
        (ASKED, Answered("One."), Paused()),
        (ASKED, Paused(), Answered("One.")),
        (Paused(), Ended()),
        (ASKED, Skipped(), Finished()),
    ],
    ids=lambda events: "-".join(type(event).__name__ for event in events) or "nothing",
)
def test_the_list_shows_the_status_that_the_events_fold_into(store: Store, events: tuple[Event, ...]) -> None:
    """The status in the list is the one that the interview itself has."""
    interview_id = _opened(store, *events)
    (summary,) = store.interviews()
    folded = fold((one.seq, one.event) for one in store.events(interview_id))
    assert summary.status is folded.status


def test_the_list_tells_of_each_interview(store: Store) -> None:
    """A summary carries the plan's role, length and focus, the number of answers, and when it was."""
    plan = replace(PLAN, length=Length.DRILL, focus="Conversion Rate", role_title="Zoë’s shop")
    store.append("i1", started(plan, minutes=5))
    store.append("i1", stored(1, ASKED, minutes=6))
    store.append("i1", stored(2, Answered("One."), minutes=7))
    (summary,) = store.interviews()
    assert (summary.id, summary.role_id, summary.role_title) == ("i1", PLAN.role_id, "Zoë’s shop")
    assert (summary.length, summary.focus, summary.answers) == (Length.DRILL, "Conversion Rate", 1)
    assert (summary.started_at, summary.last_at) == (NOON + timedelta(minutes=5), NOON + timedelta(minutes=7))


def test_the_interview_touched_last_comes_first(store: Store) -> None:
    """The list is in the order of the last event, not of the start."""
    store.append("early", started(minutes=0))
    store.append("late", started(minutes=1))
    assert [summary.id for summary in store.interviews()] == ["late", "early"]
    store.append("early", stored(1, Paused(), minutes=2))
    assert [summary.id for summary in store.interviews()] == ["early", "late"]


@many
@given(grade=grades, first=grades, at=moments)
def test_any_grade_comes_back_equal(
    store: Store, grade: Grade | NotGraded, first: Grade | NotGraded, at: object
) -> None:
    """A stamped grade is returned as it was saved."""
    interview_id = _opened(store)
    stamped = replace(a_grade(interview_id), grade=grade, first=first, at=at)
    store.save_grade(stamped)
    assert store.grades(interview_id) == (stamped,)


def test_grades_come_oldest_first_and_of_one_interview(store: Store) -> None:
    """Grades are in the order of their making, and another interview's are not among them."""
    interview_id, other = _opened(store), _opened(store)
    for question_id, minutes in (("q02", 3), ("q01", 1), ("q03", 2)):
        store.save_grade(a_grade(interview_id, question_id, minutes))
    store.save_grade(a_grade(other))
    assert [grade.question_id for grade in store.grades(interview_id)] == ["q01", "q03", "q02"]
    assert store.grades("i404") == ()


def test_the_same_grading_again_replaces_the_grade(store: Store) -> None:
    """A regrade by the same engine and rubric takes the old one's place; another engine's stands beside it."""
    interview_id = _opened(store)
    store.save_grade(a_grade(interview_id))
    better = replace(a_grade(interview_id, minutes=9), grade=Grade(4, ()))
    other_engine = a_grade(interview_id, minutes=10, engine="openai:some-model")
    store.save_grade(better)
    store.save_grade(other_engine)
    assert store.grades(interview_id) == (better, other_engine)


def test_a_grade_needs_its_interview(store: Store) -> None:
    """A grade of an interview that is not stored is refused."""
    with pytest.raises(NotFound):
        store.save_grade(a_grade("i404"))


def test_a_document_comes_back_as_it_was_read(store: Store) -> None:
    """A document is kept with its text to the letter, and found by its hash."""
    document: Document = a_document("a" * 64, library=False)
    store.save_document(document)
    assert store.document("a" * 64) == document
    with pytest.raises(NotFound):
        store.document("b" * 64)


def test_uploads_are_listed_newest_first(store: Store) -> None:
    """Only documents of the library are listed, the newest first."""
    for sha, library, minutes in (("a", True, 1), ("b", False, 2), ("c", True, 3)):
        store.save_document(a_document(sha * 64, library=library, minutes=minutes))
    assert [document.sha256[0] for document in store.documents()] == ["c", "a"]


def test_an_upload_stays_in_the_library(store: Store) -> None:
    """The same document again changes nothing but that it joins the library, which it never leaves."""
    first = a_document("a" * 64, library=False)
    store.save_document(first)
    store.save_document(a_document("a" * 64, library=True, minutes=5, title="Another title"))
    store.save_document(a_document("a" * 64, library=False, minutes=6))
    assert store.document("a" * 64) == replace(first, library=True)


@many
@given(story=stories, at=moments)
def test_any_story_comes_back_equal(store: Store, story: Story, at: object) -> None:
    """A story is returned as it was saved, with its evidence and what read it."""
    saved = replace(a_story("s1"), story=replace(story, id=uuid4().hex), at=at)
    store.save_story(saved)
    assert saved in store.stories()


def test_stories_come_oldest_first(store: Store) -> None:
    """The story bank is in the order of saving, and a story saved again stands once, with its new words."""
    for story_id, minutes in (("s1", 3), ("s2", 1), ("s3", 2)):
        store.save_story(a_story(story_id, minutes))
    store.save_story(a_story("s2", minutes=4, title="The till"))
    assert [stored.story.id for stored in store.stories()] == ["s3", "s1", "s2"]
    assert store.stories()[-1].story.title == "The till"


def test_a_story_can_be_removed_once(store: Store) -> None:
    """A removed story is gone, the others stay, and removing it again says that it is not here."""
    for story_id in ("s1", "s2"):
        store.save_story(a_story(story_id))
    store.remove_story("s1")
    assert [stored.story.id for stored in store.stories()] == ["s2"]
    with pytest.raises(NotFound, match="s1"):
        store.remove_story("s1")


def test_half_a_character_in_a_story_is_refused(store: Store) -> None:
    """A story that is no Unicode is bad input, and the bank stays as it was."""
    broken = a_story("s1")
    with pytest.raises(BadInput):
        store.save_story(replace(broken, story=replace(broken.story, text="caf\ud800")))
    assert store.stories() == ()


def test_a_role_has_one_paper_of_each_kind(store: Store) -> None:
    """A new résumé takes the old one's place; the advert and other roles' papers stay."""
    advert = a_paper(PaperKind.ADVERT)
    other = a_paper(role_id="baker")
    for paper in (advert, a_paper(text="Old."), other, a_paper(text="New.")):
        store.save_paper(paper)
    assert store.papers("shopkeeper") == (a_paper(text="New."), advert)
    assert store.papers("baker") == (other,)
    assert store.papers("miller") == ()


def test_a_paper_can_be_removed_once(store: Store) -> None:
    """A removed résumé is gone for its role, the advert stays, and removing it again says that there is none."""
    advert = a_paper(PaperKind.ADVERT)
    store.save_paper(a_paper())
    store.save_paper(advert)
    store.remove_paper("shopkeeper", PaperKind.RESUME)
    assert store.papers("shopkeeper") == (advert,)
    with pytest.raises(NotFound, match="shopkeeper"):
        store.remove_paper("shopkeeper", PaperKind.RESUME)


def test_half_a_character_in_a_paper_is_refused(store: Store) -> None:
    """A text that is no Unicode is bad input, and what was kept before stays."""
    store.save_paper(a_paper())
    with pytest.raises(BadInput, match=r"cv\.pdf"):
        store.save_paper(a_paper(text="caf\ud800"))
    assert store.papers("shopkeeper") == (a_paper(),)


def test_a_question_has_one_self_rating(store: Store) -> None:
    """A rating given again takes the old one's place; other questions and interviews keep theirs."""
    for interview_id in ("i1", "i2"):
        store.append(interview_id, started())
    other, elsewhere = a_self_rating(question_id="q02", band=1), a_self_rating("i2", band=5)
    for rating in (other, a_self_rating(), elsewhere, a_self_rating(band=2, minutes=3)):
        store.save_self_rating(rating)
    assert store.self_ratings("i1") == (a_self_rating(band=2, minutes=3), other)
    assert store.self_ratings("i2") == (elsewhere,)
    assert store.self_ratings("i3") == ()


def test_a_self_rating_needs_its_interview(store: Store) -> None:
    """A rating of an interview that nobody started is refused and not kept."""
    with pytest.raises(NotFound, match="nosuch"):
        store.save_self_rating(a_self_rating("nosuch"))
    assert store.self_ratings("nosuch") == ()
