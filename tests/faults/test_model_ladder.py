"""The capability ladder over real HTTP, on servers of different ability."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from prepbot.language.call import Request
from prepbot.language.circuit import LONG_REST_SECONDS
from prepbot.language.endpoints import Endpoints
from prepbot.language.failure import FailureKind, ModelFailed
from prepbot.language.rung import Rung
from prepbot.model_ports import Purpose
from tests.faults.model_faults import FAULTS
from tests.faults.model_sitting import Form, Ledger, client_of
from tests.faults.openai_server import Ability, OpenAIServer, serving

REQUEST = Request(Purpose.ANALYST, "test.v1", "You help.", "Help me.", "i1")

SERVERS: dict[str, tuple[Ability, Rung, list[str]]] = {
    "does everything": (Ability(), Rung.JSON_SCHEMA, ["json_schema"]),
    "forced tool calls return nothing": (Ability(tools="ignored"), Rung.JSON_SCHEMA, ["json_schema"]),
    "json_schema is an error": (Ability(json_schema="error"), Rung.TOOL_CALL, ["json_schema", "tools"]),
    "json_schema is ignored": (Ability(json_schema="ignored"), Rung.TOOL_CALL, ["json_schema", "tools"]),
    "json_object alone": (Ability("no", "no"), Rung.JSON_OBJECT, ["json_schema", "tools", "json_object"]),
    "json_object after a repair": (
        Ability("error", "ignored", clumsy=True),
        Rung.JSON_OBJECT,
        ["json_schema", "tools", "json_object", "json_object"],
    ),
    "text alone": (Ability("no", "no", "no"), Rung.TEXT, ["json_schema", "tools", "json_object", "text"]),
    "every format is ignored": (
        Ability("ignored", "ignored", "ignored"),
        Rung.TEXT,
        ["json_schema", "tools", "json_object", "json_object", "text"],
    ),
}


@pytest.fixture(scope="module")
def server() -> Iterator[OpenAIServer]:
    """One server for all abilities."""
    with serving() as server:
        yield server


@pytest.mark.parametrize(("ability", "rung", "climb"), SERVERS.values(), ids=SERVERS)
def test_the_strictest_rung_is_found_once(
    ability: Ability, rung: Rung, climb: list[str], server: OpenAIServer, tmp_path: Path
) -> None:
    """A server is probed at the first form, on one rung after another; later forms and starts go by its memory."""
    line, ledger, file = server.line(ability), Ledger(), tmp_path / "endpoints.json"
    client = client_of(line, server.address, ledger, endpoints=Endpoints(file))
    reply = client.structured(REQUEST, Form)
    assert (reply.value, reply.rung) == (Form(reason="word", holds=False), rung)
    assert line.formats[: len(climb)] == climb
    asked = line.formats[len(climb) :]
    again = client_of(line, server.address, ledger, endpoints=Endpoints(file)).structured(REQUEST, Form)
    assert (again.value, again.rung) == (reply.value, rung)
    assert line.formats == climb + asked + asked
    assert [(call.purpose, call.outcome) for call in ledger.calls] == [
        (Purpose.PROBE, "ok"),
        (Purpose.ANALYST, "ok"),
        (Purpose.ANALYST, "ok"),
    ]
    assert sum(call.attempts for call in ledger.calls) == len(line.requests)


def test_a_rung_is_asked_in_its_own_way(server: OpenAIServer) -> None:
    """json_schema and tools carry the schema, json_object and text have it in the prompt."""
    line = server.line(Ability("no", "ignored", "no"))
    client_of(line, server.address, Ledger()).probe()
    by_schema, by_tool, by_object, by_text = line.requests
    assert by_schema["response_format"]["json_schema"]["schema"]["properties"].keys() == {"word", "count"}
    assert by_tool["tool_choice"]["function"]["name"] == by_tool["tools"][0]["function"]["name"]
    assert all('"count"' in body["messages"][0]["content"] for body in (by_object, by_text))
    assert by_object["response_format"] == {"type": "json_object"}
    assert "response_format" not in by_text


@pytest.mark.parametrize(
    ("before", "after", "rung"),
    [
        (Ability(), Ability(json_schema="error"), Rung.TOOL_CALL),
        (Ability(), Ability(json_schema="no"), Rung.TOOL_CALL),
        (Ability(), Ability("ignored", "ignored"), Rung.JSON_OBJECT),
        (Ability(json_schema="error"), Ability(tools="ignored"), Rung.JSON_SCHEMA),
        (Ability("no", "no"), Ability("no", "no", "no"), Rung.TEXT),
    ],
)
def test_a_server_that_changed_is_probed_again(
    before: Ability, after: Ability, rung: Rung, server: OpenAIServer
) -> None:
    """Where the remembered rung fails, one form is lost, and the next finds the server's new rung."""
    now = [0.0]
    line = server.line(before)
    client = client_of(line, server.address, Ledger(), clock=lambda: now[0])
    client.structured(REQUEST, Form)
    line.ability = after
    with pytest.raises(ModelFailed):
        client.structured(REQUEST, Form)
    now[0] += LONG_REST_SECONDS + 1
    assert client.structured(REQUEST, Form).rung is rung


def test_a_rung_is_not_missed_for_a_moment_of_trouble(server: OpenAIServer) -> None:
    """A server that is busy at the first request of a probe is asked again on the same rung."""
    line = server.line()
    client = client_of(line, server.address, Ledger())
    line.breaks(FAULTS["503 once"].fault)
    assert client.probe() is Rung.JSON_SCHEMA
    assert line.formats == ["json_schema", "json_schema"]


def test_a_server_out_of_order_is_not_judged(server: OpenAIServer) -> None:
    """A refused key ends a probe at once, and no rung is remembered of it."""
    line, now = server.line(), [0.0]
    client = client_of(line, server.address, Ledger(), clock=lambda: now[0])
    line.breaks(FAULTS["401"].fault)
    with pytest.raises(ModelFailed) as raised:
        client.structured(REQUEST, Form)
    assert (raised.value.kind, len(line.requests)) == (FailureKind.NOT_ALLOWED, 1)
    line.breaks(None)
    now[0] += LONG_REST_SECONDS + 1
    assert client.structured(REQUEST, Form).rung is Rung.JSON_SCHEMA


def test_a_repair_is_asked_for_once(server: OpenAIServer) -> None:
    """The repair shows the faulty reply and what is wrong with it; a second faulty reply is the end."""
    line = server.line(Ability("no", "no", clumsy=True))
    client = client_of(line, server.address, Ledger())
    client.structured(REQUEST, Form)
    told = line.requests[-1]["messages"]
    assert [message["role"] for message in told] == ["system", "user", "assistant", "user"]
    assert "reason: Input should be a valid string" in told[-1]["content"]
    line.ability, line.says = Ability("no", "no", "ignored"), "No form at all."
    asked = len(line.requests)
    with pytest.raises(ModelFailed) as raised:
        client.structured(REQUEST, Form)
    assert raised.value.kind is FailureKind.UNREADABLE
    assert len(line.requests) == asked + 2


def test_a_repair_without_a_servers_figures_is_counted_too(server: OpenAIServer) -> None:
    """Where a server tells no tokens, both requests of a repaired form are counted, and the second is the longer."""
    once, twice = Ledger(), Ledger()
    for ledger, clumsy in ((once, False), (twice, True)):
        line = server.line(Ability("no", "no", clumsy=clumsy, counts=False))
        client_of(line, server.address, ledger).structured(REQUEST, Form)
    assert [ledger.calls[-1].attempts for ledger in (once, twice)] == [1, 2]
    assert twice.calls[-1].prompt_tokens > 2 * once.calls[-1].prompt_tokens > 0
    assert twice.calls[-1].reply_tokens > once.calls[-1].reply_tokens > 0


def test_many_threads_probe_once(server: OpenAIServer) -> None:
    """Who asks for a form while another probes waits for what is found."""
    line = server.line()
    client = client_of(line, server.address, Ledger())
    with ThreadPoolExecutor(6) as pool:
        rungs = {reply.rung for reply in pool.map(lambda _: client.structured(REQUEST, Form), range(6))}
    assert rungs == {Rung.JSON_SCHEMA}
    assert len(line.requests) == 7
