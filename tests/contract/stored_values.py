"""Values to store, and Hypothesis strategies for any event and any grade."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from prepbot.candidate_ports import Paper, PaperKind, StoredStory
from prepbot.domain.events import Answered, Assessed, Ended, Event, Finished, Paused, Resumed, Skipped, Spoke, Started
from prepbot.domain.evidence import Chances, Evidence, Span
from prepbot.domain.exercise import Exercise, Slip, SlipKind
from prepbot.domain.exercise_draw import draw
from prepbot.domain.plan import Length, Plan, PlannedStage, plan_interview
from prepbot.domain.rubric import Grade, NotGraded
from prepbot.domain.self_rating import SelfRating
from prepbot.domain.story import Story
from prepbot.ports import Document, StampedGrade, StoredEvent
from prepbot.reading.catalogue import load_metrics
from prepbot.reading.exercises import load_families
from tests.examples import PROFILES, role

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PLAN = plan_interview(role(), PROFILES, Length.FULL, seed=7)
EVIDENCE = Evidence(words=2, relevance=1)
EXERCISES = [draw(family, {metric.id: metric for metric in load_metrics()}, 3) for family in load_families()[:3]]

st.register_type_strategy(
    Span,
    st.builds(
        lambda start, length, turn: Span(start, start + length, turn),
        st.integers(0, 20_000),
        st.integers(1, 400),
        st.integers(0, 3),
    ),
)
_SHARE = st.floats(0, 1)
st.register_type_strategy(Exercise, st.sampled_from(EXERCISES))
_FIGURE = st.floats(allow_nan=False, allow_infinity=False)
st.register_type_strategy(Slip, st.builds(Slip, kind=st.sampled_from(SlipKind), value=_FIGURE, row=st.text()))
st.register_type_strategy(Chances, st.builds(Chances, **{field.name: _SHARE for field in fields(Chances)}))

moments = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001  the strategy adds the zone
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45)), timezone(timedelta(hours=-11))]),
)
plans = st.builds(Plan, stages=st.lists(st.from_type(PlannedStage), max_size=2).map(tuple))
later_events: st.SearchStrategy[Event] = st.one_of(
    *(st.from_type(kind) for kind in (Spoke, Answered, Assessed, Skipped, Paused, Resumed, Ended, Finished))
)
any_event: st.SearchStrategy[Event] = later_events | st.builds(Started, plans)
grades: st.SearchStrategy[Grade | NotGraded] = st.from_type(Grade) | st.from_type(NotGraded)
stories: st.SearchStrategy[Story] = st.from_type(Story)
message_ids = st.none() | st.uuids().map(str)


def stored(seq: int, event: Event, minutes: int = 0, message_id: str | None = None) -> StoredEvent:
    """An event to store, some minutes after noon."""
    return StoredEvent(seq, event, NOON + timedelta(minutes=minutes), message_id)


def started(plan: Plan = PLAN, minutes: int = 0) -> StoredEvent:
    """The event that opens an interview."""
    return stored(0, Started(plan), minutes)


def a_grade(interview_id: str, question_id: str = "q01", minutes: int = 0, engine: str = "rules") -> StampedGrade:
    """A grade that says nothing was said."""
    nothing = NotGraded("Nothing was said.")
    return StampedGrade(
        interview_id, question_id, engine, nothing.rubric, nothing, nothing, NOON + timedelta(minutes=minutes)
    )


def a_document(sha256: str, *, library: bool, minutes: int = 0, title: str = "Shopkeeper") -> Document:
    """A short role page."""
    return Document(
        sha256,
        "shopkeeper",
        title,
        f"{title}\nKeeps a shop – née “boutique”.\n",
        library,
        NOON + timedelta(minutes=minutes),
    )


def a_story(story_id: str, minutes: int = 0, title: str = "The checkout") -> StoredStory:
    """A short story."""
    story = Story(story_id, title, "I cut the form – and people stayed.", EVIDENCE)
    return StoredStory(story, "0" * 64, "rules", NOON + timedelta(minutes=minutes))


def a_paper(kind: PaperKind = PaperKind.RESUME, role_id: str = "shopkeeper", text: str = "Sold “née” things.") -> Paper:
    """A short résumé, or an advert."""
    return Paper(role_id, kind, "cv.pdf", text, NOON)


def a_self_rating(interview_id: str = "i1", question_id: str = "q01", band: int = 4, minutes: int = 0) -> SelfRating:
    """What somebody thought of an answer."""
    return SelfRating(interview_id, question_id, band, NOON + timedelta(minutes=minutes))
