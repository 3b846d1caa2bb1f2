"""A process that is killed costs nobody a sentence: SIGKILL in the middle of turns, again and again."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from prepbot.domain.events import Answered, Started
from prepbot.domain.interview import fold
from prepbot.ports import Store, StoredEvent
from prepbot.storage.store import SqlStore
from tests.faults.sitting import PLAN, answer_text, begin, interviewer_on, message_id

ROOT = Path(__file__).parent.parent.parent
KILLS = 50

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the workers are forked")


class Worker:
    """The client's side of store_worker: gives an order, kills its process, hears what it had said."""

    def __init__(self) -> None:
        # Warnings are off because newer Pythons warn of every fork beside a numerical library's threads.
        path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        self.program = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.faults.store_worker"],
            env={**os.environ, "PYTHONPATH": path},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def killed(self, after: str, seconds: float, **order: Any) -> list[str]:
        """Give an order, wait for a line that begins with `after`, kill it some seconds later; all that it said."""
        assert self.program.stdin is not None
        self.program.stdin.write(json.dumps(order) + "\n")
        self.program.stdin.flush()
        heard = self._until("pid")
        pid = int(heard[-1].split()[1])
        if after != "pid":
            heard += self._until(after)
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
        return heard + self._until("dead")

    def _until(self, word: str) -> list[str]:
        """The lines up to the first that begins with `word`; a worker that failed by itself is no kill."""
        assert self.program.stdout is not None
        heard: list[str] = []
        while not heard or not heard[-1].startswith(word):
            line = self.program.stdout.readline()
            assert line, f"the worker ended by itself after {heard}"
            assert word == "dead" or not line.startswith("dead"), f"a process died by itself after {heard}"
            heard.append(line.strip())
        return heard

    def close(self) -> None:
        """End the program when its last order is dead."""
        self.program.communicate(timeout=10)


@pytest.fixture
def worker() -> Iterator[Worker]:
    """A program to give orders to."""
    with closing(Worker()) as program:
        yield program


class Client:
    """What a page knows across its process's deaths: its interview, and the messages that were acknowledged."""

    def __init__(self) -> None:
        self.interview: str | None = None
        self.sent_in: dict[int, str] = {}
        self.next = 0

    def hear(self, lines: list[str]) -> None:
        """Follow what a process said before it died."""
        for line in lines:
            match line.split():
                case ["interview", interview]:
                    self.interview = interview
                case ["ack", number]:
                    assert self.interview is not None
                    self.sent_in[int(number)] = self.interview
                    self.next = int(number) + 1
                case ["over"]:
                    self.interview = None


def _answers(events: tuple[StoredEvent, ...]) -> list[tuple[str | None, str]]:
    return [(one.message_id, one.event.text) for one in events if isinstance(one.event, Answered)]


def _check(store: Store, client: Client, before: dict[str, tuple[StoredEvent, ...]]) -> bool:
    """Check everything stored against the client's memory; whether an answer is stored that nobody acknowledged."""
    now = {summary.id: store.events(summary.id) for summary in store.interviews()}
    for interview_id, events in before.items():
        assert now[interview_id][: len(events)] == events
    answers = [(interview_id, *answer) for interview_id, events in now.items() for answer in _answers(events)]
    expected = [(client.sent_in[n], message_id(n), answer_text(n)) for n in sorted(client.sent_in)]
    assert sorted(answer for answer in answers if answer in expected) == sorted(expected)
    unacknowledged = [answer for answer in answers if answer not in expected]
    assert unacknowledged in ([], [(client.interview, message_id(client.next), answer_text(client.next))])
    for events in now.values():
        fold((one.seq, one.event) for one in events)
    before.update(now)
    return bool(unacknowledged)


def test_fifty_kills_in_the_middle_of_turns_lose_and_double_nothing(tmp_path: Path, worker: Worker) -> None:
    """After each SIGKILL every acknowledged answer is there once, a retry is one turn, and the interview goes on."""
    url = f"sqlite:///{tmp_path / 'prepbot.sqlite3'}"
    random, client, before, half_done = Random(2026), Client(), {}, 0
    with closing(SqlStore(url)) as store:
        for _ in range(KILLS):
            seconds = random.uniform(0, 0.03)
            client.hear(
                worker.killed("ack", seconds, do="sit", url=url, interview=client.interview, message=client.next)
            )
            half_done += _check(store, client, before)
        assert half_done > 0, "no kill fell between an answer and its acknowledgement: the test tested nothing"
        assert len(client.sent_in) >= KILLS
        _check_that_all_go_on(store)


def _check_that_all_go_on(store: Store) -> None:
    """Every interview opens with its evidence complete, and can be sat to its end."""
    interviewer = interviewer_on(store)
    for summary in store.interviews():
        interview = interviewer.open(summary.id)
        assert all(unit.assessed for unit in interview.units)
        rest = 0
        while not interview.over:
            assert interview.awaits_candidate
            rest += 1
            interview = interviewer.answer(summary.id, "I wrote down what we learned.", f"rest {rest}")
        asked = [unit.question for unit in interview.units if not unit.question.takes_up]
        assert asked == list(PLAN.questions)
        assert [unit.question for unit in interview.units] == list(interview.plan.questions)


def test_a_kill_between_an_answer_and_its_evidence_is_made_good(tmp_path: Path) -> None:
    """An answer that was stored and never looked at gets its evidence and its reply when the interview is opened."""
    with closing(SqlStore(f"sqlite:///{tmp_path / 'prepbot.sqlite3'}")) as store:
        interviewer = interviewer_on(store)
        interview_id = begin(interviewer)
        seq = len(store.events(interview_id))
        store.append(interview_id, StoredEvent(seq, Answered("I sold shoes."), store.events(interview_id)[0].at, "m0"))
        interview = interviewer.answer(interview_id, "I sold shoes.", "m0")
        assert _answers(store.events(interview_id)) == [("m0", "I sold shoes.")]
        assert interview.units[0].assessed
        assert interview.awaits_candidate
        assert interview.next_seq > seq + 2


def test_a_kill_while_the_tables_are_made_leaves_a_database_that_opens(tmp_path: Path, worker: Worker) -> None:
    """Whenever the first start is killed, the next one makes or finds its tables."""
    random = Random(7)
    for number in range(15):
        url = f"sqlite:///{tmp_path / f'{number}.sqlite3'}"
        worker.killed("pid", random.uniform(0, 0.02), do="make", url=url)
        with closing(SqlStore(url)) as store:
            at = interviewer_on(store)
            interview_id = begin(at)
            assert isinstance(store.events(interview_id)[0].event, Started)
