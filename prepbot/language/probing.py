"""How an endpoint's rung of the ladder is found: by asking for one small form on each, strictest first."""

from collections.abc import Callable
from typing import Literal

from pydantic import BaseModel, Field

from prepbot.language.call import Request
from prepbot.language.failure import FailureKind, ModelFailed
from prepbot.language.rung import RUNGS, Rung
from prepbot.model_ports import Purpose

PROBE = Request(Purpose.PROBE, "probe", "You check a connection.", "Reply in JSON with the word ready and the count 3.")

NOT_THE_RUNG = {
    FailureKind.NOT_SET_UP,
    FailureKind.UNREACHABLE,
    FailureKind.TIMEOUT,
    FailureKind.NOT_ALLOWED,
    FailureKind.NOT_FOUND,
    FailureKind.RATE_LIMITED,
    FailureKind.BUSY,
}
"""Failures that say nothing about the rung: no other one would fare better."""

# What a server that was changed under its name fails with.
_CHANGED = {FailureKind.OTHER, FailureKind.SERVER_ERROR, FailureKind.NO_SUCH_SERVER}
_FORM_IGNORED = {FailureKind.UNREADABLE, FailureKind.EMPTY}  # on a rung where the server itself sees to the form
_SERVER_SEES_TO_IT = {Rung.JSON_SCHEMA, Rung.TOOL_CALL}


class Ready(BaseModel):
    """What a probe asks for."""

    word: Literal["ready"] = Field(description="the word ready")
    count: int = Field(description="the number 3", ge=3, le=3)


def strictest(ask_on: Callable[[Rung], object]) -> Rung:
    """The first rung on which `ask_on` gives something. Raises the last ModelFailed where none does."""
    last = ModelFailed(FailureKind.UNREADABLE)
    for rung in RUNGS:
        try:
            ask_on(rung)
        except ModelFailed as failure:
            last = failure
            if last.kind in NOT_THE_RUNG:
                raise
        else:
            return rung
    raise last


def has_changed(rung: Rung, failure: ModelFailed) -> bool:
    """Whether a failure on a remembered rung says that the endpoint is another one now and has to be probed again."""
    return failure.kind in _CHANGED or (rung in _SERVER_SEES_TO_IT and failure.kind in _FORM_IGNORED)
