"""`prepbot doctor --probe` on a real server of this machine: what it reaches, how fast, what failed, and no secret."""

import json
import socket
from collections.abc import Iterator

import pytest

from prepbot.cli import main
from prepbot.language.failure import ModelFailed
from prepbot.language.speed import measure
from tests.faults.model_faults import FAULTS
from tests.faults.model_sitting import Ledger, client_of
from tests.faults.openai_server import serving
from tests.loopback import OpenAiServer, openai_server

MINE = "sk-of-mine-alone"
_ENDINGS = ("broken off for its length", "content filter")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenAiServer]:
    """A server, and settings that point to it."""
    with openai_server() as started:
        monkeypatch.setenv("PREPBOT_MODEL", "openai:some-model")
        monkeypatch.setenv("PREPBOT_EMBEDDINGS", "false")
        monkeypatch.setenv("OPENAI_API_KEY", MINE)
        monkeypatch.setenv("OPENAI_BASE_URL", started.address)
        yield started


def _probed(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    assert main(["doctor", "--probe", "--json"]) == 0
    printed = capsys.readouterr()
    assert MINE not in printed.out + printed.err
    assert "secret-detail" not in printed.out + printed.err
    return [found for found in json.loads(printed.out) if found["name"].startswith("probe")]


def test_without_probe_nothing_is_sent(server: OpenAiServer, capsys: pytest.CaptureFixture[str]) -> None:
    """The plain doctor asks no model anything."""
    assert main(["doctor"]) == 0
    assert "probe" not in capsys.readouterr().out
    assert server.requests == []


def test_a_probe_shows_rung_and_speed(server: OpenAiServer, capsys: pytest.CaptureFixture[str]) -> None:
    """A model that works shows the strictest rung, the first word's latency and its tokens a second."""
    (found,) = _probed(capsys)
    assert found["state"] == "ok"
    assert "structured replies by json_schema, first word after " in found["detail"]
    assert "tokens a second" in found["detail"]
    assert set(server.keys) == {f"Bearer {MINE}"}


def test_each_model_is_probed_once(
    server: OpenAiServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Voice, analyst, coach and second opinions are probed by name, one that serves twice only once."""
    monkeypatch.setenv("PREPBOT_COACH_MODEL", "openai:other-model")
    monkeypatch.setenv("PREPBOT_SECOND_OPINIONS", "openai:third-model")
    names = [found["name"] for found in _probed(capsys)]
    assert names == ["probe openai:some-model", "probe openai:other-model", "probe openai:third-model"]
    assert server.requests


def test_a_model_that_fills_in_no_form_still_has_a_speed(
    server: OpenAiServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without structured replies the finding says so, and the stream is measured all the same."""
    server.forms = "I would rather not."
    (found,) = _probed(capsys)
    assert found["state"] == "ok"
    assert found["detail"].startswith("no structured replies (")
    assert "first word after" in found["detail"]


@pytest.mark.parametrize(("status", "words"), [(401, "refuses the key"), (404, "does not know this model")])
def test_a_probe_says_what_failed(
    status: int, words: str, server: OpenAiServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """A failure is one sentence without a word of the server's."""
    server.status = status
    (found,) = _probed(capsys)
    assert found["state"] == "missing"
    assert words in found["detail"]


def test_nobody_at_the_address_is_said(
    server: OpenAiServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A refused connection is one sentence too."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{free.getsockname()[1]}/v1")
    (found,) = _probed(capsys)
    assert "cannot be reached" in found["detail"]
    assert server.requests == []


def test_without_a_model_a_probe_sends_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With none set the probe says that there is none."""
    monkeypatch.setenv("PREPBOT_EMBEDDINGS", "false")
    (found,) = _probed(capsys)
    assert (found["state"], found["detail"]) == ("off", "no language model is set, nothing was sent.")


def test_search_embeddings_are_probed_too(
    server: OpenAiServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Embeddings of a provider show their width and how long a text takes, or what failed."""
    monkeypatch.setenv("PREPBOT_EMBEDDINGS", "true")
    monkeypatch.setenv("PREPBOT_OPENAI_EMBEDDINGS", "text-embedding-3-small")
    assert "64 numbers a text after " in _probed(capsys)[-1]["detail"]
    server.status = 500
    assert "Search goes on by words." in _probed(capsys)[-1]["detail"]


def test_a_stream_that_a_limit_of_the_server_ends_is_measured() -> None:
    """A server that allows few words still shows how fast they came; one that filters them shows why there is none."""
    with serving() as limited:
        cut, filtered = (limited.line(fault=FAULTS[name].fault) for name in _ENDINGS)
        assert measure(client_of(cut, limited.address, Ledger())).tokens_a_second is not None
        with pytest.raises(ModelFailed, match="filtered the reply"):
            measure(client_of(filtered, limited.address, Ledger()))
