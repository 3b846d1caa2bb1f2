"""The use case of practising: what was weak in past interviews, in the order in which it pays to take it up again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from prepbot.domain.practice import Memory, PracticeItem, PracticeKind, Practised, Recall
from prepbot.ports import Scheduler


@dataclass(frozen=True, slots=True)
class Queued:
    """One item of the queue. `memory` and `last` are None for a KPI that was never said.

    `chance` is that of its going well today, as the scheduler sees it; `due` says whether its time has come.
    """

    item: PracticeItem
    memory: Memory | None
    last: Recall | None
    chance: float
    due: bool


def practice_queue(
    history: Iterable[Practised], scheduler: Scheduler, now: datetime, kpis: Sequence[str] = ()
) -> tuple[Queued, ...]:
    """What to practise, first things first.

    An item enters once it went less than well, and stays: when it goes well its time comes later. The due ones stand
    first, least sure before surer; then the others by their date; then those of the role's `kpis` that were never said.
    """
    known = _remembered(sorted(history, key=lambda one: one.at), scheduler)
    queued = [
        Queued(item, memory, last, scheduler.chance(memory, now), memory.due <= now)
        for item, (memory, last) in known.items()
        if memory is not None
    ]
    due = sorted((one for one in queued if one.due), key=lambda one: (one.chance, one.item))
    later = sorted((one for one in queued if not one.due), key=_when)
    said = {item.name for item in known if item.kind is PracticeKind.KPI}
    unsaid = [PracticeItem(PracticeKind.KPI, name) for name in dict.fromkeys(kpis) if name not in said]
    return (*due, *later, *(Queued(item, None, None, 0.0, due=False) for item in unsaid))


def _remembered(history: Sequence[Practised], scheduler: Scheduler) -> dict[PracticeItem, tuple[Memory | None, Recall]]:
    """What is known of each item: None for one that always went well."""
    known: dict[PracticeItem, tuple[Memory | None, Recall]] = {}
    for one in history:
        memory, _ = known.get(one.item, (None, one.recall))
        if memory is not None or one.recall < Recall.GOOD:
            memory = scheduler.reviewed(memory, one.recall, one.at)
        known[one.item] = (memory, one.recall)
    return known


def _when(queued: Queued) -> tuple[datetime, PracticeItem]:
    assert queued.memory is not None
    return queued.memory.due, queued.item
