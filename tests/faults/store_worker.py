"""A program whose processes are made to be killed: each sits interviews on one database and tells of every turn.

Imports once, then forks a process for each line of JSON on stdin, so that fifty kills do not cost fifty imports:

    {"do": "sit", "url": …, "interview": id or null, "message": n}    answers from message n on, interview by interview
    {"do": "make", "url": …}                                          makes the tables of a new database

It prints "pid N" for the process, what that process says ("interview ID", "ack N", "over"), and "dead N" after it.
"""

import json
import os
import sys
from typing import Any

import alembic.command  # noqa: F401  so that a forked process spends its short life on the database

from prepbot.domain.interview import Interview
from prepbot.errors import IllegalMove
from prepbot.interviewer import Interviewer
from prepbot.storage.store import SqlStore
from tests.faults.sitting import answer_text, begin, interviewer_on, message_id


def say(*words: object) -> None:
    """Print a line in one write, so that a kill cannot cut it."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def sit(url: str, interview: str | None, message: int) -> None:
    """Answer without end. An answer is acknowledged when the interviewer has returned."""
    interviewer = interviewer_on(SqlStore(url))
    while True:
        if interview is None:
            interview = begin(interviewer)
            say("interview", interview)
        state = send(interviewer, interview, message)
        if state is not None:
            say("ack", message)
            message += 1
        if state is None or state.over:
            say("over")
            interview = None


def send(interviewer: Interviewer, interview: str, message: int) -> Interview | None:
    """Send one answer; None where the interview ended before the last kill, without a word to the client."""
    try:
        return interviewer.answer(interview, answer_text(message), message_id(message))
    except IllegalMove:
        if interviewer.open(interview).over:
            return None
        raise


def run(order: dict[str, Any]) -> None:
    """Do what one line asks for."""
    if order.pop("do") == "make":
        SqlStore(order["url"])
        say("made")
    else:
        sit(**order)


def main() -> None:
    """Fork a process an order, and wait until it is dead."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                run(json.loads(line))
            finally:
                os._exit(1)  # reached without a kill by an error alone, after its traceback
        say("pid", child)
        os.waitpid(child, 0)
        say("dead", child)


if __name__ == "__main__":
    main()
