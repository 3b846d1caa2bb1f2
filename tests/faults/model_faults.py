"""Everything that can go wrong between the interview and a model's server, each with what it should come to."""

import gzip
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from prepbot.language.failure import FailureKind
from tests.faults.openai_server import SECRET, Exchange, Fault, answer, completion

DEADLINE = 0.6
"""Seconds of one call where a fault is slow."""

_LONG = DEADLINE * 20
_ODD = f"I would say {SECRET}."


def _status(code: int, error: str = "", **headers: str) -> Fault:
    return lambda exchange: exchange.fail(code, error, **headers)


def _once(fault: Fault) -> Fault:
    """The fault at the first request of a turn of two, then none: what another attempt mends."""
    turns = {"asked": 0}

    def first(exchange: Exchange) -> None:
        turns["asked"] += 1
        (fault if turns["asked"] % 2 else answer)(exchange)

    return first


def _hang(exchange: Exchange) -> None:
    exchange.server.over.wait(_LONG)  # type: ignore[attr-defined]
    exchange.close_connection = True


def _hang_midway(exchange: Exchange) -> None:
    exchange.head()
    exchange.event({"content": "Now "})
    _hang(exchange)


def _drip(exchange: Exchange) -> None:
    """A word at a time, each in time, the whole never."""
    exchange.head()
    for word in [*_ODD.split(" ")] * 20:
        exchange.event({"content": f"{word} "})
        if exchange.server.over.wait(DEADLINE / 3):  # type: ignore[attr-defined]
            return


def _murmur(exchange: Exchange) -> None:
    """Signs of life that are no words: comments in the stream, blanks before a reply's body."""
    exchange.head()
    sign = b": still here\n\n" if exchange.body.get("stream") else b" "
    for _ in range(200):
        exchange.wfile.write(sign)
        exchange.wfile.flush()
        if exchange.server.over.wait(DEADLINE / 6):  # type: ignore[attr-defined]
            return


def _cut(after: int) -> Fault:
    """The reply broken off after some bytes: the rest that was announced never comes."""

    def cut(exchange: Exchange) -> None:
        body = _whole(exchange)
        exchange.send_response(200)
        exchange.send_header("Content-Type", "text/event-stream" if exchange.body.get("stream") else "application/json")
        exchange.send_header("Content-Length", str(len(body)))
        exchange.end_headers()
        exchange.wfile.write(body[:after])
        exchange.close_connection = True

    return cut


def _ended_early(exchange: Exchange) -> None:
    """A stream that stops between two words and closes as if all were said."""
    exchange.head()
    exchange.event({"content": "Now then. "})


def _whole(exchange: Exchange) -> bytes:
    text = json.dumps({"word": "yes"}) if not exchange.body.get("stream") else exchange.line.says
    if not exchange.body.get("stream"):
        return json.dumps(completion({"role": "assistant", "content": text})).encode()
    chunks = [{"choices": [{"index": 0, "delta": {"content": f"{word} "}}]} for word in text.split(" ")]
    return b"".join(b"data: " + json.dumps(chunk).encode() + b"\n\n" for chunk in chunks)


def _says(text: str, reason: str = "stop", **more: object) -> Fault:
    return lambda exchange: exchange.say(text, reason, **more)


def _sends(body: bytes, sort: str = "application/json") -> Fault:
    return lambda exchange: exchange.send(200, body, sort)


def _broken_event(exchange: Exchange) -> None:
    """An event that is not JSON."""
    if not exchange.body.get("stream"):
        exchange.send(200, b'{"choices": [{"message": {"content": "' + SECRET.encode())
        return
    exchange.head()
    exchange.event({"content": "Now "})
    exchange.wfile.write(b'data: {"choices": [{"delta": {"content": "' + SECRET.encode() + b"\n\n")


def _endless(exchange: Exchange) -> None:
    """Words, or the blanks of one reply, as fast as they are taken."""
    exchange.head("text/event-stream" if exchange.body.get("stream") else "application/json")
    while not exchange.server.over.is_set():  # type: ignore[attr-defined]
        if exchange.body.get("stream"):
            exchange.event({"content": "word " * 100})
        else:
            exchange.wfile.write(b" " * 65_536)


def _bomb(exchange: Exchange) -> None:
    """Sixty-four megabytes in sixty-four thousand bytes."""
    exchange.send(200, _BOMB, Content_Encoding="gzip")


_BOMB = gzip.compress(b" " * 64_000_000, compresslevel=9)


def _elsewhere(exchange: Exchange) -> None:
    address = exchange.server.address  # type: ignore[attr-defined]
    exchange.send(307, b"", Location=f"{address}/elsewhere")


@dataclass(frozen=True, slots=True)
class ModelFault:
    """A fault and what it comes to.

    `kinds` are the failures that a streamed and a structured call may end with, none where another attempt mends it.
    `again` says that all attempts are made; `rests`, that the endpoint is left alone afterwards; `slow`, that only the
    deadline ends it.
    """

    fault: Fault
    kinds: frozenset[FailureKind]
    again: bool = False
    rests: bool = False
    slow: bool = False


def _of(fault: Fault, *kinds: FailureKind, again: bool = False, rests: bool = False, slow: bool = False) -> ModelFault:
    return ModelFault(fault, frozenset(kinds), again, rests, slow)


K = FailureKind
