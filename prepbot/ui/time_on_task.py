"""How long a question has been open, pauses left out, from the stored events."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from prepbot.domain.events import Paused
from prepbot.ports import StoredEvent


def seconds_on(events: Sequence[StoredEvent], asked: int, now: datetime | None = None) -> int:
    """Whole seconds since the event `asked`, without pauses; never negative. `now` is the present where left out."""
    since = [stored for stored in events if stored.seq >= asked]
    if not since:
        return 0
    ends = [*(stored.at for stored in since[1:]), now or datetime.now(UTC)]
    spent = (end - stored.at for stored, end in zip(since, ends, strict=True) if not isinstance(stored.event, Paused))
    return max(0, int(sum(spent, timedelta()).total_seconds()))
