"""What is left of a call that was given up: no thread, no open request, and a line in the ledger."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from prepbot.language.call import Request
from prepbot.language.failure import FailureKind, ModelFailed
from prepbot.language.prices import Price
from prepbot.model_ports import Purpose
from tests.faults.model_faults import FAULTS
from tests.faults.model_sitting import Form, Ledger, client_of
from tests.faults.openai_server import Exchange, OpenAIServer, serving

REQUEST = Request(Purpose.COACH, "test.v1", "You help.", "Help me.", "i1")
CALLS = 50
SHORT = 0.05


@pytest.fixture(scope="module")
def server() -> Iterator[OpenAIServer]:
    """One server for all calls."""
    with serving() as server:
        client_of(server.line(), server.address, Ledger()).text(REQUEST)
        yield server


def _soon(holds: Callable[[], bool]) -> bool:
    """Whether something holds before long: it is looked at until then, for half a minute at most."""
    until = time.monotonic() + 30
    while not holds() and time.monotonic() < until:
        time.sleep(0.01)
    return holds()


def _at_work() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith(("language-model", "ThreadPool"))]


@pytest.mark.parametrize("name", ["hang", "hang mid-stream", "slow drip", "signs of life only"])
def test_no_thread_outlives_an_abandoned_call(name: str, server: OpenAIServer) -> None:
    """After fifty streams and forms that ran out of time every thread of theirs ends by itself."""
    line = server.line(fault=FAULTS[name].fault)
    for call in range(CALLS):
        client = client_of(line, server.address, Ledger(), SHORT)
        with pytest.raises(ModelFailed) as raised:
            client.text(REQUEST) if call % 2 else client.structured(REQUEST, Form)
        assert raised.value.kind is FailureKind.TIMEOUT
    assert _soon(lambda: not _at_work())


def test_a_stream_that_is_left_hangs_up(server: OpenAIServer) -> None:
    """Who takes one word and leaves ends the request at the server too, and the words are kept as not used."""
    left = threading.Event()

    def endless(exchange: Exchange) -> None:
        exchange.head()
        try:
            while not exchange.over.wait(0.002):
                exchange.event({"content": "word "})
        except OSError:
            left.set()
            raise

    line, ledger = server.line(fault=endless), Ledger()
    client = client_of(line, server.address, ledger, price=Price(prompt=1, reply=1))
    pieces = client.stream(REQUEST)
    assert next(pieces) == "word "
    pieces.close()
    (call,) = ledger.calls
    assert (call.outcome, call.attempts, call.reply_tokens) == (FailureKind.NOT_USED.value, 1, 2)
    assert call.microdollars > 0
    assert left.wait(30)
    assert _soon(lambda: not _at_work())


def test_a_stream_that_is_never_begun_costs_nothing(server: OpenAIServer) -> None:
    """Asking for a stream sends nothing until its first word is wanted."""
    line, ledger = server.line(), Ledger()
    client_of(line, server.address, ledger).stream(REQUEST).close()
    assert (line.requests, ledger.calls) == ([], [])


def test_a_left_stream_does_not_rest_the_endpoint(server: OpenAIServer) -> None:
    """Leaving says nothing against the endpoint: the next call is made at once."""
    line, ledger = server.line(), Ledger()
    client = client_of(line, server.address, ledger)
    pieces = client.stream(REQUEST)
    next(pieces)
    pieces.close()
    assert client.text(REQUEST) == line.says
    assert [call.outcome for call in ledger.calls] == [FailureKind.NOT_USED.value, "ok"]


def test_a_flood_is_not_taken_in(server: OpenAIServer) -> None:
    """Of an endless or packed reply no more is read than its bound."""
    from prepbot.language.transport import MOST_BYTES

    sent = [0]

    def flood(exchange: Exchange) -> None:
        exchange.head("application/json")
        while not exchange.over.is_set():
            sent[0] += exchange.wfile.write(b" " * 65_536)

    line = server.line(fault=flood)
    with pytest.raises(ModelFailed):
        client_of(line, server.address, Ledger()).structured(REQUEST, Form)
    assert _soon(lambda: not _at_work())
    assert sent[0] < len(line.requests) * (MOST_BYTES + 16_000_000)  # what the sockets hold comes on top
