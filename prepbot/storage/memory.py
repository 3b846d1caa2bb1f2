"""A store that lives as long as the process: for tests and for trying things out."""

from dataclasses import replace
from datetime import datetime
from threading import Lock

from prepbot.candidate_ports import Paper, PaperKind, StoredStory
from prepbot.domain.events import Answered, Ended, Finished, Paused, Resumed, Started
from prepbot.domain.interview import Status
from prepbot.domain.self_rating import SelfRating
from prepbot.errors import StoreConflict
from prepbot.model_ports import ModelCall, Spending, StoredReading, total
from prepbot.ports import Document, InterviewSummary, StampedGrade, StoredEvent
from prepbot.storage.absent import no_document, no_interview, no_paper, no_story
from prepbot.storage.codec import check_text, encode_event, encode_reading, encode_story

_STATUS_AFTER = {
    Started: Status.RUNNING,
    Answered: Status.RUNNING,
    Resumed: Status.RUNNING,
    Paused: Status.PAUSED,
    Ended: Status.ENDED,
    Finished: Status.FINISHED,
}


class MemoryStore:
    """Keeps everything in dictionaries. Satisfies ports.Store; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._events: dict[str, tuple[StoredEvent, ...]] = {}
        self._grades: dict[tuple[str, str, str, str], StampedGrade] = {}
        self._documents: dict[str, Document] = {}
        self._stories: dict[str, StoredStory] = {}
        self._papers: dict[tuple[str, PaperKind], Paper] = {}
        self._self_ratings: dict[tuple[str, str], SelfRating] = {}
        self._model_calls: list[ModelCall] = []
        self._readings: dict[tuple[str, str, str], StoredReading] = {}

    def append(self, interview_id: str, stored: StoredEvent) -> None:
        """Add one event. See ports.Store.append."""
        encode_event(stored.event)  # refuses what no database could hold
        with self._lock:
            known = self._events.get(interview_id, ())
            if not known and not (isinstance(stored.event, Started) and stored.seq == 0):
                raise no_interview(interview_id)
            sent = {event.message_id for event in known if event.message_id is not None}
            if stored.seq != len(known) or stored.message_id in sent:
                raise StoreConflict(f"Another tab or process has written interview {interview_id}; open it again.")
            self._events[interview_id] = (*known, stored)

    def events(self, interview_id: str) -> tuple[StoredEvent, ...]:
        """All events of an interview in order. See ports.Store.events."""
        if interview_id not in self._events:
            raise no_interview(interview_id)
        return self._events[interview_id]

    def interviews(self) -> tuple[InterviewSummary, ...]:
        """Every interview, the one touched last first. See ports.Store.interviews."""
        with self._lock:
            found = [_summary(interview_id, events) for interview_id, events in self._events.items()]
        return tuple(sorted(found, key=lambda summary: (summary.last_at, summary.id), reverse=True))

    def save_grade(self, grade: StampedGrade) -> None:
        """Keep a grade, in place of the same one from before. See ports.Store.save_grade."""
        if grade.interview_id not in self._events:
            raise no_interview(grade.interview_id)
        with self._lock:
            self._grades[grade.interview_id, grade.question_id, grade.engine, grade.rubric] = grade

    def grades(self, interview_id: str) -> tuple[StampedGrade, ...]:
        """The grades of an interview, oldest first. See ports.Store.grades."""
        with self._lock:
            found = [grade for grade in self._grades.values() if grade.interview_id == interview_id]
        return tuple(sorted(found, key=lambda g: (g.at, g.question_id, g.engine, g.rubric)))

    def save_document(self, document: Document) -> None:
        """Keep a document. See ports.Store.save_document."""
        with self._lock:
            known = self._documents.get(document.sha256, document)
            self._documents[document.sha256] = replace(known, library=known.library or document.library)

    def document(self, sha256: str) -> Document:
        """A kept document. See ports.Store.document."""
        if sha256 not in self._documents:
            raise no_document(sha256)
        return self._documents[sha256]

    def documents(self) -> tuple[Document, ...]:
        """The uploaded role pages, newest first. See ports.Store.documents."""
        with self._lock:
            uploads = [document for document in self._documents.values() if document.library]
        return tuple(sorted(uploads, key=lambda document: (document.at, document.sha256), reverse=True))

    def save_story(self, stored: StoredStory) -> None:
        """Keep a story. See CandidateStore.save_story."""
        encode_story(stored.story)  # refuses what no database could hold
        with self._lock:
            self._stories[stored.story.id] = stored

    def stories(self) -> tuple[StoredStory, ...]:
        """Every story, oldest first. See CandidateStore.stories."""
        with self._lock:
            found = tuple(self._stories.values())
        return tuple(sorted(found, key=lambda stored: (stored.at, stored.story.id)))

    def remove_story(self, story_id: str) -> None:
        """Forget a story. See CandidateStore.remove_story."""
        with self._lock:
            if self._stories.pop(story_id, None) is None:
                raise no_story(story_id)

    def save_paper(self, paper: Paper) -> None:
        """Keep a résumé or an advert. See CandidateStore.save_paper."""
        check_text(paper.text, f"the text “{paper.name}”")
        with self._lock:
            self._papers[paper.role_id, paper.kind] = paper

    def papers(self, role_id: str) -> tuple[Paper, ...]:
        """What is kept beside a role. See CandidateStore.papers."""
        with self._lock:
            return tuple(paper for kind in PaperKind if (paper := self._papers.get((role_id, kind))))

    def remove_paper(self, role_id: str, kind: PaperKind) -> None:
        """Forget a role's résumé or advert. See CandidateStore.remove_paper."""
        with self._lock:
            if self._papers.pop((role_id, kind), None) is None:
                raise no_paper(role_id, kind)

    def save_self_rating(self, rating: SelfRating) -> None:
        """Keep a self-rating. See CandidateStore.save_self_rating."""
        if rating.interview_id not in self._events:
            raise no_interview(rating.interview_id)
        with self._lock:
            self._self_ratings[rating.interview_id, rating.question_id] = rating

    def self_ratings(self, interview_id: str) -> tuple[SelfRating, ...]:
        """The self-ratings of an interview. See CandidateStore.self_ratings."""
        with self._lock:
            found = [rating for rating in self._self_ratings.values() if rating.interview_id == interview_id]
        return tuple(sorted(found, key=lambda rating: rating.question_id))

    def save_model_call(self, call: ModelCall) -> None:
        """Keep a call. See Ledger.save_model_call."""
        with self._lock:
            self._model_calls.append(call)

    def spending(self, interview_id: str | None = None, since: datetime | None = None) -> Spending:
        """What was spent. See Ledger.spending."""
        with self._lock:
            calls = tuple(self._model_calls)
        return total(
            call for call in calls if interview_id in (None, call.interview_id) and (since is None or call.at >= since)
        )

    def save_reading(self, stored: StoredReading) -> None:
        """Keep a reading. See ReadingStore.save_reading."""
        encode_reading(stored.reading)  # refuses what no database could hold
        if stored.interview_id not in self._events:
            raise no_interview(stored.interview_id)
        with self._lock:
            self._readings[stored.interview_id, stored.question_id, stored.reading.engine] = stored

    def readings(self, interview_id: str) -> tuple[StoredReading, ...]:
        """The readings of an interview. See ReadingStore.readings."""
        with self._lock:
            found = [stored for stored in self._readings.values() if stored.interview_id == interview_id]
        return tuple(sorted(found, key=lambda stored: (stored.at, stored.question_id, stored.reading.engine)))


def _summary(interview_id: str, events: tuple[StoredEvent, ...]) -> InterviewSummary:
    started = events[0].event
    assert isinstance(started, Started)
    deciding = [type(stored.event) for stored in events if type(stored.event) in _STATUS_AFTER]
    return InterviewSummary(
        id=interview_id,
        role_id=started.plan.role_id,
        role_title=started.plan.role_title,
        length=started.plan.length,
        focus=started.plan.focus,
        status=_STATUS_AFTER[deciding[-1]],
        answers=sum(isinstance(stored.event, Answered) for stored in events),
        started_at=events[0].at,
        last_at=max(stored.at for stored in events),
    )
