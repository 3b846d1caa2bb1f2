"""Search by OpenAI's embeddings over real HTTP: built anew for another model, by words where it fails, counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from prepbot.domain.role import Role
from prepbot.errors import ModelUnavailable
from prepbot.language.embedding_meter import EmbeddingMeter
from prepbot.language.prices import Budget, Price
from prepbot.ports import Hit
from prepbot.reading.library import find_role
from prepbot.retrieval.fallback import NOTICE, REST_SECONDS, FallbackIndex
from prepbot.retrieval.index import ChromaIndex
from prepbot.retrieval.lexical import LexicalIndex
from prepbot.retrieval.openai_embedding import OpenAiEmbedder
from prepbot.settings import Settings
from prepbot.storage.memory import MemoryStore
from prepbot.wiring import OFFLINE, SystemClock, open_prepbot
from tests.loopback import OpenAiServer, openai_server

MODEL = "text-embedding-3-small"
QUERY = "cart abandonment rate"


@pytest.fixture
def server() -> Iterator[OpenAiServer]:
    """A server that embeds."""
    with openai_server() as started:
        yield started


@pytest.fixture(scope="module")
def role() -> Role:
    """The real page."""
    return find_role("ecommerce-specialist")[0]


def _names(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.name for hit in hits]


def test_an_index_is_built_anew_for_another_model_or_server(server: OpenAiServer, role: Role, tmp_path: Path) -> None:
    """Model and server are stamped on an index: each change embeds the page again, the same one does not."""
    addresses = [
        (MODEL, server.address),
        (MODEL, server.address),
        ("other", server.address),
        (MODEL, server.address + "/"),
    ]
    sent = []
    for model, address in addresses:
        index = ChromaIndex(tmp_path, OpenAiEmbedder(model, base_url=address))
        assert "Cart Abandonment Rate" in _names(index.search(role, QUERY, 3))
        index.close()
        sent.append(sum(len(body["input"]) for body in server.requests))
        server.requests.clear()
    assert sent[1] == 1
    assert all(texts > 50 for texts in (sent[0], sent[2], sent[3]))


@pytest.mark.parametrize("status", [401, 429, 500])
def test_search_goes_on_by_words(status: int, server: OpenAiServer, role: Role, tmp_path: Path) -> None:
    """A failure is answered by words at once, said in one line, and tried again only after a minute."""
    now = [0.0]
    embedder = OpenAiEmbedder(MODEL, base_url=server.address)
    chroma = ChromaIndex(tmp_path, embedder)
    index = FallbackIndex(chroma, LexicalIndex(), lambda: now[0])
    server.status = status
    assert index.notice is None
    assert "Cart Abandonment Rate" in _names(index.search(role, QUERY, 3))
    asked = len(server.requests)
    assert index.notice == NOTICE
    index.search(role, QUERY, 3)
    assert len(server.requests) == asked
    server.status = 200
    now[0] = REST_SECONDS + 1
    assert "Cart Abandonment Rate" in _names(index.search(role, QUERY, 3))
    assert index.notice is None
    assert len(server.requests) > asked
    chroma.close()


def test_a_failure_is_told_without_the_servers_words(server: OpenAiServer) -> None:
    """Neither the key nor what a server says is in the message."""
    server.status = 500
    with pytest.raises(ModelUnavailable) as raised:
        OpenAiEmbedder(MODEL, SecretStr("sk-of-mine"), server.address).embed(["a"])
    assert "secret-detail" not in str(raised.value)
    assert "sk-of-mine" not in str(raised.value)
    assert server.keys == ["Bearer sk-of-mine"]


def test_a_page_is_not_sent_on_to_elsewhere(
    server: OpenAiServer, role: Role, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A server that redirects gets words for an answer, and the server it names gets nothing."""
    monkeypatch.setenv("OPENAI_BASE_URL", server.address)
    index = open_prepbot(Settings(openai_embeddings=MODEL, cache_dir=tmp_path)).index
    with openai_server() as other:
        server.status, server.elsewhere = 307, f"{other.address}/embeddings"
        assert "Cart Abandonment Rate" in _names(index.search(role, QUERY, 3))
        assert (index.notice, other.requests) == (NOTICE, [])
        assert server.requests


def test_a_server_whose_vectors_change_is_said_to_fail_once(server: OpenAiServer) -> None:
    """Vectors of another width beside kept ones are a failure of the model's; after it everything is asked anew."""
    embedder = OpenAiEmbedder(MODEL, base_url=server.address)
    embedder.embed(["one"])
    server.dimensions = 8
    with pytest.raises(ModelUnavailable, match="another width"):
        embedder.embed(["one", "two"])
    assert embedder.embed(["one", "two"]).shape == (2, 8)


def test_a_password_in_the_address_is_no_part_of_the_version() -> None:
    """A new password for the same server keeps the index, and nothing kept is made of the password."""
    addresses = ("https://me:first@models.example/v1", "https://me:second@models.example/v1")
    versions = {OpenAiEmbedder(MODEL, base_url=address).version for address in addresses}
    assert versions == {OpenAiEmbedder(MODEL, base_url="https://models.example/v1").version}


def test_a_missing_key_is_said_before_anything_is_sent() -> None:
    """Without a key and without a server of one's own there is nobody to ask."""
    with pytest.raises(ModelUnavailable, match="OPENAI_API_KEY is not set"):
        OpenAiEmbedder(MODEL).embed(["a"])


def test_every_call_is_counted_and_held_to_the_day(server: OpenAiServer) -> None:
    """What was embedded is in the ledger at its price; with the day's budget spent nothing more is sent."""
    ledger = MemoryStore()
    meter = EmbeddingMeter(MODEL, Price(prompt=1e6, reply=0), Budget(day=1.0), ledger, SystemClock())
    embedder = OpenAiEmbedder(MODEL, base_url=server.address, meter=meter)
    embedder.embed(["one two", "three"])
    assert (ledger.spending().calls, ledger.spending().prompt_tokens) == (1, 3)
    assert ledger.spending().dollars == pytest.approx(3.0)
    with pytest.raises(ModelUnavailable, match="budget"):
        embedder.embed(["four"])
    assert len(server.requests) == 1


def test_a_failed_call_is_counted_and_free(server: OpenAiServer) -> None:
    """A call that gave nothing stands in the ledger without tokens."""
    ledger = MemoryStore()
    server.status = 503
    meter = EmbeddingMeter(MODEL, Price(prompt=1e6, reply=0), Budget(), ledger, SystemClock())
    with pytest.raises(ModelUnavailable):
        OpenAiEmbedder(MODEL, base_url=server.address, meter=meter).embed(["one"])
    assert (ledger.spending().calls, ledger.spending().microdollars) == (1, 0)


def test_the_setting_reaches_search_alone(
    server: OpenAiServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With the setting the page is searched by the server, the answer model keeps its vectors, nothing says offline."""
    monkeypatch.setenv("OPENAI_BASE_URL", server.address)
    plain = open_prepbot(Settings(cache_dir=tmp_path))
    bot = open_prepbot(Settings(openai_embeddings=MODEL, cache_dir=tmp_path))
    role = bot.roles.get("ecommerce-specialist").role
    question = role.questions[0]
    said = "I wrote better product texts, and the conversion rate rose from 2 to 3 percent."
    graded = [one.grader.grade_answer(role, question.text, question.kind, said) for one in (plain, bot)]
    assert graded[0] == graded[1]
    assert server.requests == []
    assert bot.index.search(role, QUERY, 3)
    assert {body["model"] for body in server.requests} == {MODEL}
    assert OFFLINE in plain.notices
    assert OFFLINE not in bot.notices


def test_embeddings_that_are_off_stay_off(
    monkeypatch: pytest.MonkeyPatch, server: OpenAiServer, tmp_path: Path
) -> None:
    """PREPBOT_EMBEDDINGS=false is search by words alone, whatever else is set."""
    monkeypatch.setenv("OPENAI_BASE_URL", server.address)
    bot = open_prepbot(Settings(openai_embeddings=MODEL, embeddings=False, cache_dir=tmp_path))
    bot.index.search(bot.roles.get("ecommerce-specialist").role, QUERY, 3)
    assert server.requests == []
    assert OFFLINE in bot.notices
