"""When something is due again: the FSRS scheduler (py-fsrs), without its steps of minutes and without its chance.

Source: Free Spaced Repetition Scheduler, version 6, with its published default weights; nothing is tuned here. An
interview is no flash card, so there are no steps within a day: every review is scheduled in days.
"""

from datetime import UTC, datetime

from fsrs import Card, Rating, State
from fsrs import Scheduler as Fsrs

from prepbot.domain.practice import Memory, Recall

MOST_DAYS = 90
"""No item rests longer: a search for a job seldom does."""


class FsrsScheduler:
    """Schedules by FSRS. The same history gives the same dates."""

    def __init__(self) -> None:
        self._fsrs = Fsrs(learning_steps=(), relearning_steps=(), maximum_interval=MOST_DAYS, enable_fuzzing=False)

    def reviewed(self, memory: Memory | None, recall: Recall, at: datetime) -> Memory:
        """What is known of an item after it went so; the first time where `memory` is None."""
        moment = at.astimezone(UTC)
        card, _ = self._fsrs.review_card(_card(memory, moment), Rating(int(recall)), moment)
        if card.stability is None or card.difficulty is None:
            raise RuntimeError("FSRS gave a card without a memory after its review")
        return Memory(float(card.stability), float(card.difficulty), moment, card.due)

    def chance(self, memory: Memory, at: datetime) -> float:
        """The chance that the item goes well at a time, by the days since it was last practised."""
        return float(self._fsrs.get_card_retrievability(_card(memory, at), at.astimezone(UTC)))


def _card(memory: Memory | None, at: datetime) -> Card:
    if memory is None:
        return Card(card_id=0, due=at)
    return Card(
        card_id=0,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=memory.last,
    )
