"""A process that writes answers until its files may not grow: prints how many were stored and what it was told.

Arguments: the database's URL and the largest size of a file in bytes.
"""

import json
import resource
import sys
from datetime import UTC, datetime

from prepbot.domain.events import Answered, Started
from prepbot.domain.plan import Length, Plan
from prepbot.errors import StoreUnavailable
from prepbot.ports import StoredEvent
from prepbot.storage.store import SqlStore

PLAN = Plan("shopkeeper", "Shopkeeper", "0" * 64, Length.SHORT, 7, ())


def main(url: str, most: int) -> None:
    """Fill the file, and print the count and the sentence."""
    store = SqlStore(url)
    store.append("i1", StoredEvent(0, Started(PLAN), datetime.now(UTC)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    seq = 1
    try:
        while True:
            store.append("i1", StoredEvent(seq, Answered("x" * 2_000), datetime.now(UTC)))
            seq += 1
    except StoreUnavailable as exc:
        print(json.dumps({"stored": seq, "told": str(exc)}))  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
