"""The one loop of attempts at a call: within its deadline, and only where another attempt may mend it."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from time import monotonic
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, wait_random_exponential

from prepbot.language.failure import AGAIN, FailureKind, ModelFailed, failed

Got = TypeVar("Got")

_MOMENT = wait_random_exponential(multiplier=0.25, max=2.0)


def tried(most: int, until: float, attempt: Callable[[], Got], again: AbstractSet[FailureKind] = AGAIN) -> Got:
    """What an attempt gives, of at most `most`; `until` is the deadline on the monotonic clock.

    Another one is made after the failures of `again`, where the deadline leaves room to wait for it: as long as the
    server asks for, else a moment that grows and varies. Raises the last one's ModelFailed.
    """

    def known() -> Got:
        try:
            return attempt()
        except Exception as exc:
            raise failed(exc) from exc

    def is_enough(state: RetryCallState) -> bool:
        return state.attempt_number >= most or monotonic() + state.upcoming_sleep >= until

    def may_mend(exc: BaseException) -> bool:
        return isinstance(exc, ModelFailed) and exc.kind in again

    return Retrying(stop=is_enough, wait=_pause, retry=retry_if_exception(may_mend), reraise=True)(known)


def _pause(state: RetryCallState) -> float:
    failure = state.outcome.exception() if state.outcome else None
    asked = failure.wait if isinstance(failure, ModelFailed) else None
    return _MOMENT(state) if asked is None else asked
