"""The store on SQLAlchemy Core: SQLite in a file by default, PostgreSQL by URL."""

from typing import Any

from sqlalchemy import Connection, Row, case, func, insert, or_, select

from prepbot.domain.events import Started
from prepbot.domain.interview import Status
from prepbot.domain.plan import Length, Plan
from prepbot.errors import StoreConflict
from prepbot.ports import Document, InterviewSummary, StampedGrade, StoredEvent
from prepbot.storage.absent import no_document, no_interview
from prepbot.storage.candidate import SqlCandidateStore
from prepbot.storage.codec import (
    decode_event,
    decode_grade,
    decode_moment,
    encode_event,
    encode_grade,
    encode_moment,
    kind_of,
)
from prepbot.storage.ledger import SqlLedger
from prepbot.storage.readings import SqlReadings
from prepbot.storage.tables import documents, events, grades, interviews

_STATUSES = tuple(Status)

# The event kinds that decide an interview's status, as prepbot.domain.interview folds them.
_STATUS_AFTER = {
    "started": Status.RUNNING,
    "answered": Status.RUNNING,
    "resumed": Status.RUNNING,
    "paused": Status.PAUSED,
    "ended": Status.ENDED,
    "finished": Status.FINISHED,
}


class SqlStore(SqlCandidateStore, SqlLedger, SqlReadings):
    """A store in the database at `url`, whose tables it makes or brings up to date. Satisfies ports.Store.

    Safe to share between threads and to open from several processes at once.
    """

    def append(self, interview_id: str, stored: StoredEvent) -> None:
        """Add one event, committed before this returns. See ports.Store.append."""
        at = encode_moment(stored.at)
        row = {
            "interview_id": interview_id,
            "seq": stored.seq,
            "kind": kind_of(stored.event),
            "at": at,
            "message_id": stored.message_id,
            "body": encode_event(stored.event),
        }
        with self._writing(f"interview {interview_id}") as connection:
            if isinstance(stored.event, Started) and stored.seq == 0:
                connection.execute(insert(interviews), _opened(interview_id, stored.event.plan, at))
            else:
                _check_place(connection, interview_id, stored.seq)
            connection.execute(insert(events), row)

    def events(self, interview_id: str) -> tuple[StoredEvent, ...]:
        """All events of an interview in order. See ports.Store.events."""
        query = (
            select(events.c.seq, events.c.at, events.c.message_id, events.c.body)
            .where(events.c.interview_id == interview_id)
            .order_by(events.c.seq)
        )
        with self._reading() as connection:
            rows = connection.execute(query).all()
        if not rows:
            raise no_interview(interview_id)
        return tuple(
            StoredEvent(seq, decode_event(body, interview_id, seq), decode_moment(at), message_id)
            for seq, at, message_id, body in rows
        )

    def interviews(self) -> tuple[InterviewSummary, ...]:
        """Every interview in one statement that reads no event's body. See ports.Store.interviews."""
        # The newest deciding event wins: its place times 4 plus the status keeps both in one maximum.
        decided = {kind: events.c.seq * 4 + _STATUSES.index(status) for kind, status in _STATUS_AFTER.items()}
        query = (
            select(
                *interviews.c,
                func.max(case(decided, value=events.c.kind)),
                func.sum(case((events.c.kind == "answered", 1), else_=0)),
                func.max(events.c.at),
            )
            .join(events, events.c.interview_id == interviews.c.id)
            .group_by(interviews.c.id)
        )
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return tuple(sorted((_summary(row) for row in rows), key=lambda s: (s.last_at, s.id), reverse=True))

    def save_grade(self, grade: StampedGrade) -> None:
        """Keep a grade, in place of the same one from before. See ports.Store.save_grade."""
        row = {
            "interview_id": grade.interview_id,
            "question_id": grade.question_id,
            "engine": grade.engine,
            "rubric": grade.rubric,
            "grade": encode_grade(grade.grade),
            "first": encode_grade(grade.first),
            "at": encode_moment(grade.at),
        }
        with self._writing(f"a grade of interview {grade.interview_id}") as connection:
            known = select(interviews.c.id).where(interviews.c.id == grade.interview_id)
            if connection.execute(known).first() is None:
                raise no_interview(grade.interview_id)
            new = self._upsert_into(grades).values(row)
            replaced = {name: new.excluded[name] for name in ("grade", "first", "at")}
            connection.execute(new.on_conflict_do_update(index_elements=list(grades.primary_key), set_=replaced))

    def grades(self, interview_id: str) -> tuple[StampedGrade, ...]:
        """The grades of an interview, oldest first. See ports.Store.grades."""
        with self._reading() as connection:
            rows = connection.execute(select(grades).where(grades.c.interview_id == interview_id)).all()
        found = (_grade(row) for row in rows)
        return tuple(sorted(found, key=lambda g: (g.at, g.question_id, g.engine, g.rubric)))

    def save_document(self, document: Document) -> None:
        """Keep a document. See ports.Store.save_document."""
        row = {
            "sha256": document.sha256,
            "role_id": document.role_id,
            "title": document.title,
            "text": document.text,
            "library": document.library,
            "at": encode_moment(document.at),
        }
        with self._writing(f"the document “{document.title}”") as connection:
            new = self._upsert_into(documents).values(row)
            library = or_(documents.c.library, new.excluded.library)
            connection.execute(new.on_conflict_do_update(index_elements=["sha256"], set_={"library": library}))

    def document(self, sha256: str) -> Document:
        """A kept document. See ports.Store.document."""
        with self._reading() as connection:
            row = connection.execute(select(documents).where(documents.c.sha256 == sha256)).first()
        if row is None:
            raise no_document(sha256)
        return _document(row)

    def documents(self) -> tuple[Document, ...]:
        """The uploaded role pages, newest first. See ports.Store.documents."""
        with self._reading() as connection:
            rows = connection.execute(select(documents).where(documents.c.library)).all()
        return tuple(sorted((_document(row) for row in rows), key=lambda d: (d.at, d.sha256), reverse=True))


def _check_place(connection: Connection, interview_id: str, seq: int) -> None:
    """Refuse a place that is taken, and one that leaves a gap: the writer saw another interview than is stored."""
    last = connection.execute(select(func.max(events.c.seq)).where(events.c.interview_id == interview_id)).scalar()
    if last is None:
        raise no_interview(interview_id)
    if seq != last + 1:
        raise StoreConflict(
            f"Interview {interview_id} stands at event {last}, so event {seq} cannot be next; open it again."
        )


def _opened(interview_id: str, plan: Plan, at: str) -> dict[str, str]:
    return {
        "id": interview_id,
        "role_id": plan.role_id,
        "role_title": plan.role_title,
        "length": plan.length.value,
        "focus": plan.focus,
        "started_at": at,
    }


def _summary(row: Row[*tuple[Any, ...]]) -> InterviewSummary:
    id_, role_id, role_title, length, focus, started_at, decided, answers, last_at = row
    return InterviewSummary(
        id=id_,
        role_id=role_id,
        role_title=role_title,
        length=Length(length),
        focus=focus,
        status=_STATUSES[decided % 4],
        answers=answers,
        started_at=decode_moment(started_at),
        last_at=decode_moment(last_at),
    )


def _grade(row: Row[*tuple[Any, ...]]) -> StampedGrade:
    return StampedGrade(
        interview_id=row.interview_id,
        question_id=row.question_id,
        engine=row.engine,
        rubric=row.rubric,
        grade=decode_grade(row.grade, row.interview_id, row.question_id),
        first=decode_grade(row.first, row.interview_id, row.question_id),
        at=decode_moment(row.at),
    )


def _document(row: Row[*tuple[Any, ...]]) -> Document:
    return Document(row.sha256, row.role_id, row.title, row.text, row.library, decode_moment(row.at))
