"""Search by meaning where its model answers, by words where it does not: nobody waits twice for a model that is out."""

from collections.abc import Callable
from threading import Lock
from time import monotonic as _monotonic

from prepbot.domain.role import Role
from prepbot.errors import ModelUnavailable
from prepbot.ports import Hit, Index, Section

NOTICE = "The embedding model does not answer just now: search is by words only."

REST_SECONDS = 60.0


class FallbackIndex:
    """The first index as long as its embedding model answers; for a minute after a failure the second one.

    `monotonic` gives seconds. Threads may share it.
    """

    def __init__(self, by_meaning: Index, by_words: Index, monotonic: Callable[[], float] = _monotonic) -> None:
        self._by_meaning = by_meaning
        self._by_words = by_words
        self._monotonic = monotonic
        self._lock = Lock()
        self._rests_until = float("-inf")

    @property
    def notice(self) -> str | None:
        """That search is by words, while it is."""
        return NOTICE if self._rests else None

    def search(self, role: Role, query: str, k: int = 5, section: Section | None = None) -> tuple[Hit, ...]:
        """The `k` best hits, best first. Raises IndexUnavailable, and BadInput for a `k` below 1."""
        if not self._rests:
            try:
                return self._by_meaning.search(role, query, k, section)
            except ModelUnavailable:
                with self._lock:
                    self._rests_until = self._monotonic() + REST_SECONDS
        return self._by_words.search(role, query, k, section)

    @property
    def _rests(self) -> bool:
        with self._lock:
            return self._monotonic() < self._rests_until
