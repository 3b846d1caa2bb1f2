"""What a real model's server does with our requests. Nothing here looks at what the model says, only at its form."""

import json
from contextlib import suppress
from pathlib import Path

import pytest

from prepbot.cli import main
from prepbot.domain.events import Spoke
from prepbot.language.call import Request
from prepbot.language.client import OK, ModelClient
from prepbot.language.endpoints import Endpoints
from prepbot.language.failure import FailureKind, ModelFailed
from prepbot.language.rung import RUNGS, Rung
from prepbot.language.voice import ModelVoice
from prepbot.model_ports import Purpose
from prepbot.written_voice import WrittenVoice
from tests.faults.model_sitting import PLAN, Form, Ledger, client_of
from tests.faults.openai_server import KEY, Line
from tests.faults.sitting import answer_text, interviewer_on

pytestmark = pytest.mark.local_model

UNHURRIED = 120.0
_NAME = Line("smollm2")
_NAME_OF_IT = f"openai:{_NAME.model}"
_GREETING = Request(Purpose.COACH, "test.v1", "You are brief.", "Say hello.", "i1")
_JUDGEMENT = Request(Purpose.ANALYST, "test.v1", "You judge.", "Does water boil? Reply in JSON: reason, holds.", "i1")
_TALE = Request(Purpose.COACH, "test.v1", "You tell long tales.", "Tell a long tale about a shop.", "i1")
_FLOOD = Request(Purpose.COACH, "test.v1", "You are brief.", "word " * 4_000, "i1")


@pytest.fixture
def ledger() -> Ledger:
    """An empty ledger."""
    return Ledger()


@pytest.fixture
def endpoints(tmp_path: Path) -> Endpoints:
    """An empty memory of rungs."""
    return Endpoints(tmp_path / "endpoints.json")


@pytest.fixture
def client(address: str, ledger: Ledger, endpoints: Endpoints, monkeypatch: pytest.MonkeyPatch) -> ModelClient:
    """A client of the model, who always says the same."""
    monkeypatch.setenv("PREPBOT_TEMPERATURE", "0")
    monkeypatch.setenv("PREPBOT_MODEL_SEED", "1")
    return client_of(_NAME, address, ledger, UNHURRIED, endpoints=endpoints)


def test_a_reply_comes_in_pieces(client: ModelClient, ledger: Ledger) -> None:
    """A stream has several pieces, ends by itself and is tallied."""
    pieces = list(client.stream(_GREETING))
    assert len(pieces) > 1
    assert "".join(pieces).strip()
    (call,) = ledger.calls
    assert (call.outcome, call.attempts) == (OK, 1)
    assert min(call.prompt_tokens, call.reply_tokens) > 1


def test_a_form_is_kept_by_the_schema(client: ModelClient, ledger: Ledger, endpoints: Endpoints) -> None:
    """A probe finds json_schema, and a form on it validates, with its texts as short as the schema wants them."""
    reply = client.structured(_JUDGEMENT, Form)
    assert reply.rung is Rung.JSON_SCHEMA
    assert endpoints.rung(client.name) is Rung.JSON_SCHEMA
    assert json.loads(reply.raw) == reply.value.model_dump()
    assert [(call.purpose, call.outcome) for call in ledger.calls] == [(Purpose.PROBE, OK), (Purpose.ANALYST, OK)]


@pytest.mark.parametrize("rung", RUNGS[1:])
def test_every_lower_rung_ends_in_a_form_or_one_calm_sentence(
    rung: Rung, client: ModelClient, ledger: Ledger, endpoints: Endpoints
) -> None:
    """On a rung that this server or model is not up to, the form is whole or a ModelFailed, never anything else."""
    endpoints.remember(client.name, rung)
    with suppress(ModelFailed):
        assert client.structured(_JUDGEMENT, Form).rung is rung
    (call,) = ledger.calls
    assert call.outcome in {OK, FailureKind.UNREADABLE, FailureKind.CUT_OFF, FailureKind.EMPTY}


def test_too_long_a_prompt_is_told_as_that(client: ModelClient, ledger: Ledger) -> None:
    """A prompt beyond the model's context is an overflow, which neither is tried again nor rests the endpoint."""
    with pytest.raises(ModelFailed) as raised:
        client.text(_FLOOD)
    assert raised.value.kind is FailureKind.TOO_LONG
    assert client.text(_GREETING)
    assert [(call.outcome, call.attempts) for call in ledger.calls] == [(FailureKind.TOO_LONG, 1), (OK, 1)]


def test_a_reply_without_room_is_told_as_cut_off(client: ModelClient) -> None:
    """A reply that reaches the server's limit is not taken for a whole one."""
    with pytest.raises(ModelFailed) as raised:
        client.text(_TALE)
    assert raised.value.kind is FailureKind.CUT_OFF


def test_who_leaves_frees_the_model(client: ModelClient, ledger: Ledger) -> None:
    """The server has one place: after a client left mid-stream it serves the next one."""
    pieces = client.stream(_TALE)
    assert next(pieces)
    pieces.close()
    assert client.text(_GREETING)
    assert [call.outcome for call in ledger.calls] == [FailureKind.NOT_USED, OK]


def test_a_deadline_frees_the_model(address: str, ledger: Ledger, client: ModelClient) -> None:
    """After a call that ran out of time the server serves the next one."""
    with pytest.raises(ModelFailed) as raised:
        client_of(_NAME, address, ledger, 0.05).text(_TALE)
    assert raised.value.kind is FailureKind.TIMEOUT
    assert client.text(_GREETING)


def test_the_voice_holds_an_interview_with_it(client: ModelClient, ledger: Ledger) -> None:
    """Whatever the model makes of its lines, each turn is its own words or written ones, one call between answers."""
    interviewer = interviewer_on(ledger, voice := ModelVoice(WrittenVoice(), client))
    interview_id = interviewer.start(PLAN)
    interview = interviewer.answer(interview_id, answer_text(1), "m1")
    spoken = [kept.event for kept in ledger.events(interview_id) if isinstance(kept.event, Spoke)]
    assert interview.awaits_candidate
    assert [answer.text for answer in interview.units[0].answers] == [answer_text(1)]
    assert {spoke.wording for spoke in spoken} <= {"written", voice.wording}
    assert all(spoke.text.strip()[-1] in ".?" for spoke in spoken)
    assert (len(ledger.calls), len(spoken)) == (2, 3)  # the first question is written: its greeting was the call
    assert {call.outcome for call in ledger.calls} <= {OK, FailureKind.NOT_USED, FailureKind.CUT_OFF}


def test_the_doctor_probes_it(
    address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`prepbot doctor --probe` finds the rung that the server keeps to, and how fast the model speaks."""
    monkeypatch.setenv("PREPBOT_MODEL", _NAME_OF_IT)
    monkeypatch.setenv("PREPBOT_MODEL_TIMEOUT", str(UNHURRIED))
    monkeypatch.setenv("PREPBOT_EMBEDDINGS", "false")
    monkeypatch.setenv("PREPBOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PREPBOT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert main(["doctor", "--probe", "--json"]) == 0
    printed = capsys.readouterr()
    (found,) = [found for found in json.loads(printed.out) if found["name"] == f"probe {_NAME_OF_IT}"]
    assert found["state"] == "ok"
    assert found["detail"].startswith("structured replies by json_schema, first word after ")
    assert KEY not in printed.out + printed.err
