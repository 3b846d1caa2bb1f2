"""A model that fails over real HTTP: the candidate always gets a whole sentence, and every answer is kept."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from prepbot.domain.events import Spoke
from prepbot.domain.plan import Length
from prepbot.ports import StoredEvent
from prepbot.settings import Settings
from prepbot.wiring import Prepbot, open_prepbot

TIMEOUT = 0.6

Fault = Callable[["_Endpoint", str], None]


class _Endpoint(BaseHTTPRequestHandler):
    """Speaks the OpenAI streaming protocol as far as its server's `fault` lets it."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Answer one chat request."""
        server = self.server
        assert isinstance(server, _Server)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server.requests.append(body)
        server.keys.append(self.headers.get("Authorization", ""))
        with suppress(OSError):  # the client hangs up, which is what some of these faults make it do
            server.fault(self, _reply_to(body))

    def stream(self, text: str, *, chunks: int | None = None, done: bool = True) -> None:
        """Send `text` word by word; only the first `chunks` of them where that is set."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        words = text.split(" ")
        for word in words[:chunks]:
            self._event({"delta": {"content": f"{word} "}, "index": 0, "finish_reason": None})
        if done:
            self._event({"delta": {}, "index": 0, "finish_reason": "stop"})
            self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def finish_with(self, text: str, reason: str) -> None:
        """Send `text` whole and end for `reason`."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self._event({"delta": {"content": text}, "index": 0, "finish_reason": None})
        self._event({"delta": {}, "index": 0, "finish_reason": reason})
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def fail(self, status: int, body: bytes = b'{"error": {"message": "secret-detail"}}') -> None:
        """Send an error."""
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Retry-After", "3600")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
        """Say nothing."""

    def _event(self, choice: dict[str, object]) -> None:
        chunk = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
        self.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")
        self.wfile.flush()


class _Server(ThreadingHTTPServer):
    """One endpoint with a fault; counts what it was asked."""

    daemon_threads = True

    def __init__(self, fault: Fault) -> None:
        super().__init__(("127.0.0.1", 0), _Endpoint)
        self.fault = fault
        self.requests: list[dict[str, object]] = []
        self.keys: list[str] = []


def _reply_to(body: dict[str, list[dict[str, str]]]) -> str:
    """What a good model would say: the line of the prompt with a word before it."""
    line = body["messages"][-1]["content"].split("The line to say:\n")[1].split("\n\nReply with")[0]
    return f"Now then. {line}"


def _slow_drip(endpoint: _Endpoint, text: str) -> None:
    endpoint.send_response(200)
    endpoint.send_header("Content-Type", "text/event-stream")
    endpoint.end_headers()
    for word in text.split(" "):
        endpoint._event({"delta": {"content": f"{word} "}, "index": 0, "finish_reason": None})
        time.sleep(TIMEOUT / 2)


FAULTS: dict[str, Fault] = {
    "500": lambda endpoint, _: endpoint.fail(500),
    "503": lambda endpoint, _: endpoint.fail(503),
    "401": lambda endpoint, _: endpoint.fail(401),
    "404": lambda endpoint, _: endpoint.fail(404),
    "429 with an hour to wait": lambda endpoint, _: endpoint.fail(429),
    "hang": lambda _endpoint, _: time.sleep(TIMEOUT * 3),
    "slow drip": _slow_drip,
    "stream cut": lambda endpoint, text: endpoint.stream(text, chunks=3, done=False),
    "broken off for its length": lambda endpoint, text: endpoint.finish_with(text, "length"),
    "content filter": lambda endpoint, text: endpoint.finish_with(text, "content_filter"),
    "empty 200": lambda endpoint, _: endpoint.fail(200, b""),
    "empty stream": lambda endpoint, _: endpoint.stream("", chunks=0),
    "no JSON": lambda endpoint, _: endpoint.fail(200, b"<html>welcome</html>"),
    "praise": lambda endpoint, text: endpoint.stream(f"Great! {text}"),
    "another question": lambda endpoint, _: endpoint.stream("What is your favourite colour?"),
    "its instructions": lambda endpoint, _: endpoint.stream("My system prompt says that I lend my words."),
}


@pytest.fixture
def serve() -> Iterator[Callable[[Fault], _Server]]:
    """Start endpoints that are shut down with the test."""
    servers: list[_Server] = []

    def start(fault: Fault) -> _Server:
        server = _Server(fault)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def _opened(monkeypatch: pytest.MonkeyPatch, address: str) -> Prepbot:
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    return open_prepbot(Settings(model="openai:some-model", model_timeout=TIMEOUT, embeddings=False))


def _spoken(bot: Prepbot, interview_id: str) -> list[Spoke]:
    stored: tuple[StoredEvent, ...] = bot.store.events(interview_id)
    return [kept.event for kept in stored if isinstance(kept.event, Spoke)]


def _start(bot: Prepbot) -> str:
    role = bot.roles.get("ecommerce-specialist").role
    return bot.interviewer.start(bot.planner.interview(role, Length.SHORT, seed=1))


def test_a_model_that_works_is_heard(serve: Callable[[Fault], _Server], monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that pass are said and stamped with the model's name; a local server needs no key."""
    server = serve(lambda endpoint, text: endpoint.stream(text))
    bot = _opened(monkeypatch, f"http://127.0.0.1:{server.server_port}/v1")
    interview_id = _start(bot)
    heard: list[str] = []
    bot.interviewer.answer(interview_id, "I sold kitchenware online for three years.", "m1", heard.append)
    spoken = _spoken(bot, interview_id)
    assert {spoke.wording for spoke in spoken} == {"openai:some-model voice.v2"}
    assert all(spoke.text.startswith("Now then. ") for spoke in spoken)
    assert heard[0] == "Now then."
    assert heard[-1] == spoken[-1].text
    assert len(server.requests) == len(spoken)
    assert all(request["stream"] for request in server.requests)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_model_that_fails_costs_no_sentence(
    fault: Fault, serve: Callable[[Fault], _Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the endpoint does, every turn is whole and written, the answer is kept, no detail leaks."""
    server = serve(fault)
    bot = _opened(monkeypatch, f"http://127.0.0.1:{server.server_port}/v1")
    interview_id = _start(bot)
    heard: list[str] = []
    interview = bot.interviewer.answer(interview_id, "I sold kitchenware for three years.", "m1", heard.append)
    spoken = _spoken(bot, interview_id)
    assert server.requests
    assert {spoke.wording for spoke in spoken} == {"written"}
    assert all(spoke.text.strip()[-1] in ".?" for spoke in spoken)
    assert heard[-1] == spoken[-1].text
    assert interview.awaits_candidate
    assert [answer.text for answer in interview.units[0].answers] == ["I sold kitchenware for three years."]
    assert "secret-detail" not in "".join(spoke.text for spoke in spoken)


def test_a_request_is_made_once(serve: Callable[[Fault], _Server], monkeypatch: pytest.MonkeyPatch) -> None:
    """A failing endpoint is asked once and then left alone: no retries pile up behind a candidate."""
    server = serve(FAULTS["500"])
    bot = _opened(monkeypatch, f"http://127.0.0.1:{server.server_port}/v1")
    interview_id = _start(bot)
    bot.interviewer.answer(interview_id, "I sold kitchenware for three years.", "m1")
    assert len(server.requests) == 1


def test_a_refused_connection_costs_no_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """With nobody at the address the interview is held in the written form."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    bot = _opened(monkeypatch, f"http://127.0.0.1:{port}/v1")
    interview_id = _start(bot)
    assert {spoke.wording for spoke in _spoken(bot, interview_id)} == {"written"}


def test_a_missing_key_costs_no_sentence() -> None:
    """A model that cannot even be set up is met by the written form, at the first turn and after it."""
    bot = open_prepbot(Settings(model="openai:some-model", embeddings=False))
    interview_id = _start(bot)
    bot.interviewer.answer(interview_id, "I sold kitchenware for three years.", "m1")
    assert {spoke.wording for spoke in _spoken(bot, interview_id)} == {"written"}


def test_the_key_is_sent_and_not_stored(serve: Callable[[Fault], _Server], monkeypatch: pytest.MonkeyPatch) -> None:
    """The key goes to the endpoint alone; nothing that is stored holds it."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-mine")
    server = serve(lambda endpoint, text: endpoint.stream(text))
    bot = _opened(monkeypatch, f"http://127.0.0.1:{server.server_port}/v1")
    interview_id = _start(bot)
    assert set(server.keys) == {"Bearer sk-of-mine"}
    assert "sk-of-mine" not in repr(bot.store.events(interview_id))
