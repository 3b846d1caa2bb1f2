"""The use case of reading answers a second time, by language models: behind the interview, stored when it is there.

The rules decide every move at once; nothing waits for a model. A reading that is missing, after a kill or a failure, is
asked for again when a review opens.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from threading import Lock, Thread, current_thread

from prepbot.domain.hybrid import may_be_read
from prepbot.domain.interview import Interview, Unit, fold
from prepbot.domain.report import unit_evidence
from prepbot.errors import ModelUnavailable
from prepbot.model_ports import ModelReader, StoredReading
from prepbot.ports import Clock, Store
from prepbot.roles import RoleLibrary

_REST = timedelta(minutes=1)
"""How long an interview is left alone after a model failed on it."""


class ModelSecondReading:
    """Has closed questions read by each of `readers`, one call after the other, in a thread that ends when idle.

    Satisfies model_ports.SecondReading. Safe to share between threads.
    """

    def __init__(self, store: Store, roles: RoleLibrary, readers: Sequence[ModelReader], clock: Clock) -> None:
        self._store = store
        self._roles = roles
        self._readers = tuple(readers)
        self._clock = clock
        self.engines = tuple(reader.engine for reader in self._readers)
        self._lock = Lock()
        self._queue: list[str] = []
        self._now_reading = ""
        self._again = False
        self._closing = False
        self._thread: Thread | None = None
        self._resting: dict[str, datetime] = {}

    def read_soon(self, interview_id: str) -> None:
        """Queue an interview. See SecondReading.read_soon."""
        with self._lock:
            if self._closing or self._rests(interview_id):
                return
            if interview_id == self._now_reading:
                self._again = True
            elif interview_id not in self._queue:
                self._queue.append(interview_id)
            if self._thread is None:
                self._thread = Thread(target=self._work, name="second-reading", daemon=True)
                self._thread.start()

    def is_reading(self, interview_id: str) -> bool:
        """Whether an interview is queued or in work. See SecondReading.is_reading."""
        with self._lock:
            return interview_id == self._now_reading or interview_id in self._queue

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until nothing is left to read, or so many seconds at most. Whether nothing is left."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return thread is None or not thread.is_alive()

    def close(self, seconds: float | None = None) -> None:
        """Read no further than the call in work, and wait for that, so many seconds at most."""
        with self._lock:
            self._closing = True
            self._queue.clear()
        self.wait(seconds)

    def _rests(self, interview_id: str) -> bool:
        until = self._resting.get(interview_id)
        return until is not None and self._clock.now() < until

    def _work(self) -> None:
        try:
            while (interview_id := self._next()) is not None:
                try:
                    self._read(interview_id)
                except Exception:  # noqa: BLE001  whatever it was, the rules' grade stands, and a later review asks again
                    self._rest(interview_id)
        finally:
            with self._lock:
                if self._thread is current_thread():
                    self._thread, self._now_reading = None, ""

    def _rest(self, interview_id: str) -> None:
        with self._lock:
            self._again = False
            self._resting[interview_id] = self._clock.now() + _REST

    def _next(self) -> str | None:
        """The interview to read now; None ends the thread."""
        with self._lock:
            if self._again and not self._closing:
                self._again = False
                return self._now_reading
            self._again = False
            self._now_reading = self._queue.pop(0) if self._queue else ""
            if not self._now_reading:
                self._thread = None
            return self._now_reading or None

    def _read(self, interview_id: str) -> None:
        """Read what is missing, question by question. One model that fails keeps no other from its work."""
        interview = fold((stored.seq, stored.event) for stored in self._store.events(interview_id))
        role = self._roles.role_of(interview.plan)
        failure: ModelUnavailable | None = None
        for reader in self._readers:
            try:
                for unit in missing(interview, self._store.readings(interview_id), [reader.engine]):
                    if self._closing:
                        return
                    reading = reader.read(role, unit, interview_id, interview.plan.seed)
                    stored = StoredReading(interview_id, unit.question.id, reading, self._clock.now())
                    self._store.save_reading(stored)
            except ModelUnavailable as exc:
                failure = exc
        if failure is not None:
            raise failure


def missing(interview: Interview, kept: Iterable[StoredReading], engines: Iterable[str]) -> tuple[Unit, ...]:
    """The questions that one of these engines is still to read: those that are closed, and that a model may read."""
    known = {(one.question_id, one.reading.engine) for one in kept}
    open_to = (unit for unit in interview.done_units if _may_be_read(unit))
    wanted = tuple(engines)
    return tuple(unit for unit in open_to if any((unit.question.id, engine) not in known for engine in wanted))


def _may_be_read(unit: Unit) -> bool:
    evidence = unit_evidence(unit) if unit.has_band else None
    return evidence is not None and may_be_read(evidence)
