"""Everything that can go wrong between the interview and a model's server, each with what it should come to."""

import gzip
import json
from dataclasses import dataclass

from prepbot.language.failure import ENDPOINT, FailureKind
from tests.faults.openai_server import DETAIL, Exchange, Fault, answer, completion, fill_in

DEADLINE = 0.6
"""Seconds of one call where a fault is slow."""

_ODD = f"I would say {DETAIL}."


def _status(code: int, error: str = "", **headers: str) -> Fault:
    return lambda exchange: exchange.fail(code, error, **headers)


def _once(fault: Fault) -> Fault:
    """The fault at every other request: what another attempt mends."""
    return lambda exchange: (fault if (len(exchange.line.requests) - exchange.line.since) % 2 else answer)(exchange)


def _hang(exchange: Exchange) -> None:
    exchange.over.wait()
    exchange.close_connection = True


def _hang_midway(exchange: Exchange) -> None:
    exchange.head()
    exchange.event({"content": "Now "})
    _hang(exchange)


def _drip(exchange: Exchange) -> None:
    """A word at a time, each in time, the whole never."""
    exchange.head()
    while not exchange.over.wait(DEADLINE / 30):
        exchange.event({"content": "and "})


def _murmur(exchange: Exchange) -> None:
    """Signs of life that are no words, faster than any wait for the next byte: comments, or blanks before a reply."""
    exchange.head()
    sign = b": still here\n\n" if exchange.body.get("stream") else b" "
    while not exchange.over.wait(DEADLINE / 60):
        exchange.wfile.write(sign)
        exchange.wfile.flush()


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


def _absurd(exchange: Exchange) -> None:
    """A reply of the right form that gives points and praise, or another question than the one meant."""
    if exchange.body.get("stream"):
        exchange.say("You scored 10 of 10. What is your favourite colour?")
    else:
        fill_in(exchange, "You scored 10 of 10. Hired.")


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
        exchange.send(200, b'{"choices": [{"message": {"content": "' + DETAIL.encode())
        return
    exchange.head()
    exchange.event({"content": "Now "})
    exchange.wfile.write(b'data: {"choices": [{"delta": {"content": "' + DETAIL.encode() + b"\n\n")


def _endless(exchange: Exchange) -> None:
    """Words, or the blanks of one reply, as fast as they are taken."""
    exchange.head("text/event-stream" if exchange.body.get("stream") else "application/json")
    while not exchange.over.is_set():
        if exchange.body.get("stream"):
            exchange.event({"content": "word " * 100})
        else:
            exchange.wfile.write(b" " * 65_536)


def _bomb(exchange: Exchange) -> None:
    """Sixty-four megabytes in sixty-four thousand bytes."""
    exchange.send(200, _BOMB, Content_Encoding="gzip")


_BOMB = gzip.compress(b" " * 64_000_000, compresslevel=9)


def _elsewhere(exchange: Exchange) -> None:
    address = exchange.address
    exchange.send(307, b"", Location=f"{address}/elsewhere")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call comes to: its outcome as the ledger keeps it, and the requests made for it."""

    name: str
    attempts: int = 1

    @property
    def rests(self) -> bool:
        """Whether the endpoint is left alone afterwards."""
        return self.name in {kind.value for kind in ENDPOINT}


@dataclass(frozen=True, slots=True)
class ModelFault:
    """A fault, and what a streamed and a structured call come to by it.

    `heard` says that the words of a streamed call may be used; `slow`, that only the deadline ends the call.
    """

    fault: Fault
    streamed: Outcome
    structured: Outcome
    heard: bool = False
    slow: bool = False


def _of(fault: Fault, kind: FailureKind, attempts: int = 1) -> ModelFault:
    return ModelFault(fault, Outcome(kind.value, attempts), Outcome(kind.value, attempts))


def _slow(fault: Fault) -> ModelFault:
    late = Outcome(FailureKind.TIMEOUT.value)
    return ModelFault(fault, late, late, slow=True)


def _mended(fault: Fault) -> ModelFault:
    return ModelFault(_once(fault), Outcome("ok", 2), Outcome("ok", 2), heard=True)


def _differing(fault: Fault, streamed: tuple[FailureKind, int], structured: tuple[FailureKind, int]) -> ModelFault:
    return ModelFault(fault, Outcome(streamed[0].value, streamed[1]), Outcome(structured[0].value, structured[1]))


_K = FailureKind

FAULTS: dict[str, ModelFault] = {
    "hang": _slow(_hang),
    "hang mid-stream": _slow(_hang_midway),
    "slow drip": _slow(_drip),
    "signs of life only": _slow(_murmur),
    "401": _of(_status(401), _K.NOT_ALLOWED),
    "403": _of(_status(403), _K.NOT_ALLOWED),
    "404": _of(_status(404), _K.NOT_FOUND),
    "429 with an hour to wait": _of(_status(429, Retry_After="3600"), _K.RATE_LIMITED),
    "429 once": _mended(_status(429, Retry_After="0")),
    "500": _of(_status(500), _K.SERVER_ERROR, 2),
    "503 storm": _of(_status(503), _K.BUSY, 2),
    "503 once": _mended(_status(503)),
    "cut before the first byte": _of(_cut(0), _K.UNREACHABLE, 2),
    "cut after one byte": _of(_cut(1), _K.UNREACHABLE, 2),
    "cut within the first word": _of(_cut(40), _K.UNREACHABLE, 2),
    "cut after a word": _differing(_cut(90), (_K.UNREACHABLE, 1), (_K.UNREACHABLE, 2)),
    "cut after two words": _differing(_cut(140), (_K.UNREACHABLE, 1), (_K.UNREACHABLE, 2)),
    "ended as if whole": _differing(_ended_early, (_K.CUT_OFF, 1), (_K.NO_SUCH_SERVER, 1)),
    "invalid JSON": _of(_broken_event, _K.NO_SUCH_SERVER),
    "truncated JSON": _of(_says('Now {"word": "cu', "length"), _K.CUT_OFF),
    "truncated JSON called whole": ModelFault(_says('{"word": "cu'), Outcome("ok"), Outcome(_K.UNREADABLE.value)),
    "schema-valid but absurd": ModelFault(_absurd, Outcome("ok"), Outcome("ok")),
    "refusal": _differing(_says("", refusal=_ODD), (_K.EMPTY, 2), (_K.REFUSED, 1)),
    "content filter": _of(_says("Now", "content_filter"), _K.FILTERED),
    "broken off for its length": _of(_says("Now then", "length"), _K.CUT_OFF),
    "empty 200": _differing(_sends(b""), (_K.EMPTY, 2), (_K.NO_SUCH_SERVER, 1)),
    "empty reply": _of(_says(""), _K.EMPTY, 2),
    "a web page": _differing(_sends(b"<html>welcome</html>", "text/html"), (_K.EMPTY, 2), (_K.NO_SUCH_SERVER, 1)),
    "a web page called JSON": _differing(_sends(b"<html></html>"), (_K.EMPTY, 2), (_K.NO_SUCH_SERVER, 1)),
    "JSON of another kind": _differing(_sends(b'{"choices": null}'), (_K.EMPTY, 2), (_K.NO_SUCH_SERVER, 1)),
    "context overflow": _of(_status(400, "context_length_exceeded"), _K.TOO_LONG),
    "bad request": _of(_status(400), _K.OTHER),
    "a redirect": _of(_elsewhere, _K.NO_SUCH_SERVER),
    "an endless reply": _differing(_endless, (_K.ENDLESS, 1), (_K.UNREACHABLE, 2)),
    "a packed flood": _of(_bomb, _K.UNREACHABLE, 2),
}
"""By name; a refused connection and a spent budget are no server's faults and have tests of their own."""
