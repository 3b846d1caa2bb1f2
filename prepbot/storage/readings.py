"""What language models read in answers, in the database: one row a question and engine."""

from sqlalchemy import select

from prepbot.model_ports import StoredReading
from prepbot.storage.absent import no_interview
from prepbot.storage.codec import decode_moment, decode_reading, encode_moment, encode_reading
from prepbot.storage.connections import Connections
from prepbot.storage.tables import interviews, model_readings


class SqlReadings(Connections):
    """The part of the SQL store that keeps models' readings. Satisfies model_ports.ReadingStore."""

    def save_reading(self, stored: StoredReading) -> None:
        """Keep a reading. See ReadingStore.save_reading."""
        row = {
            "interview_id": stored.interview_id,
            "question_id": stored.question_id,
            "engine": stored.reading.engine,
            "body": encode_reading(stored.reading),
            "at": encode_moment(stored.at),
        }
        with self._writing(f"a reading of interview {stored.interview_id}") as connection:
            known = select(interviews.c.id).where(interviews.c.id == stored.interview_id)
            if connection.execute(known).first() is None:
                raise no_interview(stored.interview_id)
            new = self._upsert_into(model_readings).values(row)
            replaced = {name: new.excluded[name] for name in ("body", "at")}
            connection.execute(
                new.on_conflict_do_update(index_elements=list(model_readings.primary_key), set_=replaced)
            )

    def readings(self, interview_id: str) -> tuple[StoredReading, ...]:
        """The readings of an interview. See ReadingStore.readings."""
        with self._reading() as connection:
            rows = connection.execute(select(model_readings).where(model_readings.c.interview_id == interview_id)).all()
        found = (
            StoredReading(
                interview_id,
                row.question_id,
                decode_reading(row.body, interview_id, row.question_id),
                decode_moment(row.at),
            )
            for row in rows
        )
        return tuple(sorted(found, key=lambda stored: (stored.at, stored.question_id, stored.reading.engine)))
