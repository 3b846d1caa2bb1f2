"""An iterator held to a wall clock: a hang, a slow drip and a stalled stream all end at the same second."""

from collections.abc import Callable, Generator, Iterator
from queue import Empty, Full, Queue
from threading import TIMEOUT_MAX, Event, Thread
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

_WAITING = 64


class _Done:
    """The end of the stream; `error` is what ended it, None for a good end."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error


def within(until: float, produce: Callable[[], Iterator[T]]) -> Generator[T, None, None]:
    """What `produce` gives, as it comes, until the moment `until` of the monotonic clock.

    Raises TimeoutError at that moment, and whatever `produce` raises. The work is done in a thread of its own, which
    is told to stop when the deadline passes or the consumer leaves; a read that hangs keeps only that thread, until
    the client's own timeout frees it.
    """
    pieces: Queue[T | _Done] = Queue(_WAITING)
    left = Event()
    Thread(target=_fill, args=(pieces, produce, left), name="language-model", daemon=True).start()
    try:
        while True:
            piece = _next(pieces, until)
            if isinstance(piece, _Done):
                if piece.error is not None:
                    raise piece.error
                return
            yield piece
    finally:
        left.set()


def _next(pieces: Queue[T], until: float) -> T:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    try:
        return pieces.get(timeout=min(left, TIMEOUT_MAX))
    except Empty:
        raise TimeoutError from None


def _fill(pieces: Queue[T | _Done], produce: Callable[[], Iterator[T]], left: Event) -> None:
    done = _Done()
    try:
        made = produce()
        for piece in made:
            if not _put(pieces, piece, left):
                getattr(made, "close", bool)()  # hangs up now, not when it is collected
                return
    except BaseException as error:  # noqa: BLE001  whatever it is, it is raised again where somebody waits
        done = _Done(error)
    _put(pieces, done, left)


def _put(pieces: Queue[T | _Done], piece: T | _Done, left: Event) -> bool:
    """Hand a piece over; False once nobody waits any more."""
    while not left.is_set():
        try:
            pieces.put(piece, timeout=0.1)
        except Full:
            continue
        return True
    return False
