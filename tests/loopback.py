"""A server on this machine that speaks OpenAI's protocol: chat, streamed and in forms, and embeddings."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

DIMENSIONS = 64
READY = '{"word": "ready", "count": 3}'


class OpenAiServer(ThreadingHTTPServer):
    """Answers every chat with `words` and every text with a vector of its words; `status` makes it fail instead.

    `forms` is what it answers where a form is asked for. `requests` are the bodies it was sent, `keys` the headers;
    `elsewhere` is where a status of 307 sends its clients, `dimensions` how many figures a vector has.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Endpoint)
        self.words = "one two three four five"
        self.forms = READY
        self.status = 200
        self.elsewhere = ""
        self.dimensions = DIMENSIONS
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []

    @property
    def address(self) -> str:
        """What OPENAI_BASE_URL is set to."""
        return f"http://127.0.0.1:{self.server_port}/v1"


@contextmanager
def openai_server() -> Iterator[OpenAiServer]:
    """A server that is gone afterwards."""
    server = OpenAiServer()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class _Endpoint(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        server = self.server
        assert isinstance(server, OpenAiServer)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server.requests.append(body)
        server.keys.append(self.headers.get("Authorization", ""))
        with suppress(OSError):  # a client that hangs up is its own business
            self._answer(server, body)

    def _answer(self, server: OpenAiServer, body: dict[str, Any]) -> None:
        if server.status != 200:
            self._send({"error": {"message": "secret-detail"}}, server.status, server.elsewhere)
        elif self.path.endswith("/embeddings"):
            self._send(_embedded(body, server.dimensions))
        elif body.get("stream"):
            self._stream(server.words)
        else:
            self._send(_completion(server.forms))

    def _send(self, value: dict[str, Any], status: int = 200, elsewhere: str = "") -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        if elsewhere:
            self.send_header("Location", elsewhere)
        self.end_headers()
        self.wfile.write(data)

    def _stream(self, words: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        for word in words.split(" "):
            self._event({"delta": {"content": f"{word} "}, "index": 0, "finish_reason": None})
        self._event({"delta": {}, "index": 0, "finish_reason": "stop"})
        self.wfile.write(b"data: [DONE]\n\n")
        self.close_connection = True

    def _event(self, choice: dict[str, Any]) -> None:
        chunk = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
        self.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
        """Say nothing."""


def _completion(text: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
    usage = {"prompt_tokens": 20, "completion_tokens": 9, "total_tokens": 29}
    return {"id": "c", "object": "chat.completion", "created": 0, "model": "m", "choices": choices, "usage": usage}


def _embedded(body: dict[str, Any], dimensions: int) -> dict[str, Any]:
    texts = body["input"] if isinstance(body["input"], list) else [body["input"]]
    if not all(isinstance(text, str) and text for text in texts):
        return {"error": {"message": "$.input is invalid"}}
    data = [
        {"object": "embedding", "index": n, "embedding": _vector(text)[:dimensions]} for n, text in enumerate(texts)
    ]
    return {"object": "list", "data": data, "model": body["model"], "usage": {"prompt_tokens": 1, "total_tokens": 1}}


def _vector(text: str) -> list[float]:
    """Words hashed into a few dimensions: enough to be nearer to shared words."""
    row = [0.0] * DIMENSIONS
    row[0] = 0.01
    for word in text.casefold().split():
        row[hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=2).digest()[0] % DIMENSIONS] += 1.0
    return row
