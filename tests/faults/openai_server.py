"""A local server that speaks OpenAI's chat completions, as well as the model asked for can, and with its fault.

One server serves many lines. A line is a model's name with what that model can do, what goes wrong with it now, and
all that it was asked: so one server is enough for every case, and each case counts its own requests.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.faults.schema_filler import filled

Body = dict[str, Any]
Fault = Callable[["Exchange"], None]

DETAIL = "secret-detail of the vendor"
KEY = "sk-not-to-be-shown"
_SCHEMA_LINE = "It follows this JSON schema:\n"


@dataclass(frozen=True, slots=True)
class Ability:
    """What a model's server makes of each format: "yes", "no" (400), "error" (500) or "ignored" (prose).

    `clumsy` replies to json_object have one wrong field at first, and words after the object. `counts` says whether
    whole replies tell how many tokens they took.
    """

    json_schema: str = "yes"
    tools: str = "yes"
    json_object: str = "yes"
    clumsy: bool = False
    counts: bool = True


@dataclass(slots=True)
class Line:
    """One model behind the server. `fault` is what becomes of its requests, None while it works.

    `since` counts the requests made before the fault began; `says` is its reply where no form is asked for.
    """

    model: str
    ability: Ability = field(default_factory=Ability)
    fault: Fault | None = None
    says: str = "Here you are."
    requests: list[Body] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    since: int = 0

    def breaks(self, fault: Fault | None) -> None:
        """Let a fault begin, or end by None."""
        self.since = len(self.requests)
        self.fault = fault

    @property
    def formats(self) -> list[str]:
        """What each request asked for, in order."""
        return [format_of(body) for body in self.requests]


class Exchange(BaseHTTPRequestHandler):
    """One request to a line."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # forty milliseconds a reply

    def do_POST(self) -> None:
        """Answer one chat request as its line can."""
        assert isinstance(self.server, OpenAIServer)
        self.body: Body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.line = self.server.lines[self.body["model"]]
        self.line.requests.append(self.body)
        self.line.keys.append(self.headers.get("Authorization", ""))
        with suppress(OSError):  # the client hangs up, which is what some faults make it do
            (self.line.fault or answer)(self)

    @property
    def over(self) -> threading.Event:
        """Set when the server stops: nothing hangs longer than that."""
        assert isinstance(self.server, OpenAIServer)
        return self.server.over

    @property
    def address(self) -> str:
        """The server's own address."""
        assert isinstance(self.server, OpenAIServer)
        return self.server.address

    def do_GET(self) -> None:
        """Nothing is to be fetched here: a redirect was followed."""
        assert isinstance(self.server, OpenAIServer)
        self.server.fetched.append(self.path)
        self.send(404, b"")

    def send(self, status: int, body: bytes, sort: str = "application/json", **headers: str) -> None:
        """Send a whole response. Headers are written with underscores."""
        self.send_response(status)
        self.send_header("Content-Type", sort)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def fail(self, status: int, code: str = "", **headers: str) -> None:
        """Send an error as OpenAI words it."""
        error = {"message": DETAIL, "type": "error", "code": code or None}
        self.send(status, json.dumps({"error": error}).encode(), **headers)

    def head(self, sort: str = "text/event-stream") -> None:
        """Begin a response that ends with the connection."""
        self.send_response(200)
        self.send_header("Content-Type", sort)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def event(self, delta: Body, reason: str | None = None) -> None:
        """Send one chunk of a stream."""
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        chunk = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [choice]}
        self.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")
        self.wfile.flush()

    def say(self, text: str, reason: str = "stop", **more: Any) -> None:
        """Say `text`, streamed where a stream was asked for; `more` goes into the message."""
        if not self.body.get("stream"):
            message = {"role": "assistant", "content": text, **more}
            self.send(200, json.dumps(completion(message, reason, counts=self.line.ability.counts)).encode())
            return
        self.head()
        for word in text.split(" ") if text else ():
            self.event({"content": f"{word} "})
        if more:
            self.event(more)
        self.event({}, reason)
        self.wfile.write(b"data: [DONE]\n\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class's name
        """Say nothing."""


class OpenAIServer(ThreadingHTTPServer):
    """The server of some lines; `fetched` are paths that somebody was led to by a redirect."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Exchange)
        self.lines: dict[str, Line] = {}
        self.fetched: list[str] = []
        self.over = threading.Event()

    @property
    def address(self) -> str:
        """What OPENAI_BASE_URL is set to."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    def line(self, ability: Ability | None = None, fault: Fault | None = None) -> Line:
        """A new line with a name of its own."""
        line = Line(f"model-{len(self.lines)}", ability or Ability(), fault)
        self.lines[line.model] = line
        return line


@contextmanager
def serving() -> Iterator[OpenAIServer]:
    """A running server, stopped at the end with all that hangs in it."""
    server = OpenAIServer()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()


def answer(exchange: Exchange) -> None:
    """Answer as a working server of this ability does: in the format asked for, or as it gets that wrong."""
    line, asked = exchange.line, format_of(exchange.body)
    skill = getattr(line.ability, asked, "yes")
    if skill in {"no", "error"}:
        exchange.fail(400 if skill == "no" else 500)
    elif skill == "ignored":
        exchange.say("" if asked == "tools" else line.says)
    elif asked == "json_object" and line.ability.clumsy:
        exchange.say(_clumsy(exchange))
    else:
        fill_in(exchange)


def fill_in(exchange: Exchange, text: str = "word") -> None:
    """Reply by the schema, with `text` for every free string; where there is no schema, say what the line says."""
    match format_of(exchange.body):
        case "tools":
            function = exchange.body["tools"][0]["function"]
            arguments = json.dumps(filled(function["parameters"], text))
            call = {"id": "t", "type": "function", "function": {"name": function["name"], "arguments": arguments}}
            exchange.say("", "tool_calls", tool_calls=[call])
        case "json_schema":
            exchange.say(json.dumps(filled(exchange.body["response_format"]["json_schema"]["schema"], text)))
        case "json_object":
            exchange.say(json.dumps(filled(_schema_in(exchange.body), text)))
        case _ if _SCHEMA_LINE in str(exchange.body["messages"][0]["content"]):
            value = json.dumps(filled(_schema_in(exchange.body), text))
            exchange.say(f"Sure, here it is:\n```json\n{value}\n```\nAnything else?")
        case _:
            exchange.say(exchange.line.says)


def format_of(body: Body) -> str:
    """The format that a request asks for: json_schema, tools, json_object or text."""
    if body.get("tools"):
        return "tools"
    return str(body.get("response_format", {}).get("type", "text"))


def completion(message: Body, reason: str = "stop", *, counts: bool = True) -> Body:
    """A whole reply that is not streamed."""
    choice = {"index": 0, "message": message, "finish_reason": reason}
    usage = {"usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}} if counts else {}
    return {"id": "c", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice], **usage}


def _schema_in(body: Body) -> Body:
    """The schema that stands in the prompt where no format carries it."""
    told = str(body["messages"][0]["content"]).split(_SCHEMA_LINE)[1]
    schema, _ = json.JSONDecoder().raw_decode(told)
    assert isinstance(schema, dict)
    return schema


def _clumsy(exchange: Exchange) -> str:
    """An object whose first field is wrong; once told so, a right one. Words with braces follow both."""
    value = filled(_schema_in(exchange.body))
    if not any(told["role"] == "assistant" for told in exchange.body["messages"]):
        value[next(iter(value))] = ["wrong"]
    return f"{json.dumps(value)}\nI hope {{this}} helps."
