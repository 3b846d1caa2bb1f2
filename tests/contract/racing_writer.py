"""A process that races others for the places of one interview: opens the store, then tries every seq in turn.

Arguments: the database's URL, the interview's id, how many events. Waits for a line on stdin, and prints the seqs
that it won as a JSON list.
"""

import json
import os
import sys
from datetime import UTC, datetime

import alembic.command  # noqa: F401  so that the racers reach the empty database together

from prepbot.domain.events import Answered, Started
from prepbot.domain.plan import Length, Plan
from prepbot.errors import StoreConflict
from prepbot.ports import StoredEvent
from prepbot.storage.store import SqlStore

PLAN = Plan("shopkeeper", "Shopkeeper", "0" * 64, Length.SHORT, 7, ())


def main(url: str, interview_id: str, count: int) -> None:
    """Race, and print what was won."""
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    store = SqlStore(url)
    won = []
    mine = str(os.getpid())
    for seq in range(count):
        event = Answered(mine) if seq else Started(PLAN)
        try:
            store.append(interview_id, StoredEvent(seq, event, datetime.now(UTC), f"{mine}-{seq}"))
        except StoreConflict:
            continue
        won.append(seq)
    store.close()
    print(json.dumps(won), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
