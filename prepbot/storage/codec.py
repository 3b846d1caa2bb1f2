"""Domain values <-> the JSON that is stored, exactly: what cannot be read back is not written.

Every JSON document is an object with one key, the value's kind: {"answered": {"text": "…"}}. Fields may be added to a
domain class with a default; a stored field that the class does not know is refused.
"""

from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticSerializationError

from prepbot.domain.events import Answered, Assessed, Ended, Event, Finished, Paused, Resumed, Skipped, Spoke, Started
from prepbot.domain.model_reading import ModelReading
from prepbot.domain.rubric import Grade, NotGraded
from prepbot.domain.story import Story
from prepbot.errors import BadInput, StoreUnavailable


class _Tagged(BaseModel):
    """One field is set, and its name is the kind. Built at the first use, so importing costs little."""

    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)


class _TaggedEvent(_Tagged):
    started: Started | None = None
    spoke: Spoke | None = None
    answered: Answered | None = None
    assessed: Assessed | None = None
    skipped: Skipped | None = None
    paused: Paused | None = None
    resumed: Resumed | None = None
    ended: Ended | None = None
    finished: Finished | None = None


class _TaggedGrade(_Tagged):
    graded: Grade | None = None
    not_graded: NotGraded | None = None


class _TaggedStory(_Tagged):
    story: Story | None = None


class _TaggedReading(_Tagged):
    reading: ModelReading | None = None


def kind_of(event: Event) -> str:
    """The name that an event is stored under, such as "answered"."""
    return type(event).__name__.lower()


def encode_event(event: Event) -> str:
    """The event as JSON. Raises BadInput for text that is no Unicode (a lone surrogate)."""
    return _encoded(_TaggedEvent, kind_of(event), event)


def decode_event(body: str, interview_id: str, seq: int) -> Event:
    """The event that was stored. Raises StoreUnavailable, naming the interview and the event."""
    event: Event = _decoded(_TaggedEvent, body, f"event {seq} of interview {interview_id}")
    return event


def encode_grade(grade: Grade | NotGraded) -> str:
    """The grade as JSON."""
    return _encoded(_TaggedGrade, "graded" if isinstance(grade, Grade) else "not_graded", grade)


def decode_grade(body: str, interview_id: str, question_id: str) -> Grade | NotGraded:
    """The grade that was stored. Raises StoreUnavailable, naming the interview and the question."""
    grade: Grade | NotGraded = _decoded(_TaggedGrade, body, f"the grade of {question_id} in interview {interview_id}")
    return grade


def encode_story(story: Story) -> str:
    """The story as JSON. Raises BadInput for text that is no Unicode (a lone surrogate)."""
    return _encoded(_TaggedStory, "story", story)


def decode_story(body: str, story_id: str) -> Story:
    """The story that was stored. Raises StoreUnavailable, naming the story."""
    story: Story = _decoded(_TaggedStory, body, f"story {story_id}")
    return story


def encode_reading(reading: ModelReading) -> str:
    """The reading as JSON. Raises BadInput for text that is no Unicode (a lone surrogate)."""
    return _encoded(_TaggedReading, "reading", reading)


def decode_reading(body: str, interview_id: str, question_id: str) -> ModelReading:
    """The reading that was stored. Raises StoreUnavailable, naming the interview and the question."""
    reading: ModelReading = _decoded(
        _TaggedReading, body, f"a model's reading of {question_id} in interview {interview_id}"
    )
    return reading


def check_text(text: str, what: str) -> None:
    """Refuse what no database holds as text, as every one of them does. Raises BadInput."""
    try:
        text.encode()
    except UnicodeEncodeError as exc:
        raise BadInput(f"There is a character in {what} that cannot be stored; remove it and try again.") from exc


def encode_moment(moment: datetime) -> str:
    """A time as text of fixed width in UTC, so that text order is time order. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; a stored time needs one")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def decode_moment(text: str) -> datetime:
    """The time that was stored, in UTC."""
    return datetime.fromisoformat(text)


def _encoded(model: type[_Tagged], kind: str, value: object) -> str:
    try:
        return model.model_construct(None, **{kind: value}).model_dump_json(exclude_unset=True, warnings="error")
    except PydanticSerializationError as exc:
        raise BadInput(
            f"What was “{kind}” cannot be stored: {_first_line(exc)}. Send it again as plain Unicode text."
        ) from exc


def _decoded(model: type[_Tagged], body: str, which: str) -> Any:
    try:
        tagged = model.model_validate_json(body)
    except ValidationError as exc:
        raise StoreUnavailable(_unreadable(which, _first_problem(exc))) from exc
    values = [getattr(tagged, kind) for kind in tagged.model_fields_set]
    if len(values) != 1 or values[0] is None:
        raise StoreUnavailable(_unreadable(which, "it is not one value of one kind"))
    return values[0]


def _unreadable(which: str, problem: str) -> str:
    return (
        f"The database holds {which} in a form that this version of prepbot cannot read ({problem}); "
        "update prepbot, or restore the database from a copy."
    )


def _first_problem(exc: ValidationError) -> str:
    problem = exc.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(step) for step in problem["loc"])
    return f"{place}: {problem['msg']}" if place else problem["msg"]


def _first_line(exc: Exception) -> str:
    return str(exc).splitlines()[0].removeprefix("Error serializing to JSON: ").rstrip(".:")
