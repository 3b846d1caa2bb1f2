"""The circuit breaker of one endpoint: after a failure it is left alone for a while, then tried once."""

from collections.abc import Callable
from threading import Lock
from time import monotonic as _monotonic

from prepbot.language.failure import ENDPOINT, FailureKind, ModelFailed

REST_SECONDS = 60.0
LONG_REST_SECONDS = 600.0

# A wrong key or name does not mend itself in a minute.
_LONG = {FailureKind.NOT_ALLOWED, FailureKind.NOT_FOUND, FailureKind.NOT_SET_UP}


class Circuit:
    """Closed while the endpoint works, open for a minute after it failed, then half open: one call may try.

    A wrong key or an unknown model opens it for ten minutes; a server that asks for longer gets that, up to the same.
    Safe to share between threads; `monotonic` gives seconds.
    """

    def __init__(self, monotonic: Callable[[], float] = _monotonic) -> None:
        self._monotonic = monotonic
        self._lock = Lock()
        self._open_until = float("-inf")

    def enter(self) -> None:
        """Ask to make a call. Raises ModelFailed (resting) while the circuit is open."""
        with self._lock:
            now = self._monotonic()
            if now < self._open_until:
                raise ModelFailed(FailureKind.RESTING)
            if self._open_until > float("-inf"):
                self._open_until = now + REST_SECONDS  # half open: whoever comes meanwhile waits for this trial

    @property
    def resting(self) -> bool:
        """Whether a call would be turned away now. Asking changes nothing."""
        with self._lock:
            return self._monotonic() < self._open_until

    def worked(self) -> None:
        """The endpoint answered."""
        with self._lock:
            self._open_until = float("-inf")

    def failed(self, failure: ModelFailed) -> None:
        """A call failed; only what says something about the endpoint opens the circuit."""
        if failure.kind not in ENDPOINT:
            self.worked()
            return
        rest = LONG_REST_SECONDS if failure.kind in _LONG else REST_SECONDS
        with self._lock:
            self._open_until = self._monotonic() + min(max(rest, failure.wait or 0.0), LONG_REST_SECONDS)
