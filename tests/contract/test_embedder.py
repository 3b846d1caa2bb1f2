"""What every Embedder keeps to, on the real model, the hashing fake and OpenAI's protocol; then on the model alone."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from prepbot.errors import ModelUnavailable
from prepbot.ports import Embedder
from prepbot.resources import resource
from prepbot.retrieval.embedding import HashingEmbedder, MiniLmEmbedder, VectorCache
from prepbot.retrieval.langchain_embeddings import LangChainEmbeddings
from prepbot.retrieval.openai_embedding import OpenAiEmbedder
from tests.loopback import openai_server

TEXTS = (
    "The share of visitors who buy",
    "We shipped every order within a day",
    "Naïve café, 東京 and 🙂",
    "a",
    "word " * 2_000,
)


New = Callable[[], Embedder]


@pytest.fixture(scope="module", params=["minilm", "hashing", "openai"])
def new(request: pytest.FixtureRequest) -> Iterator[New]:
    """How each adapter of the port in turn is made; one keeps two vectors at most, so that most are made anew."""
    if request.param == "openai":
        with openai_server() as server:
            yield lambda: OpenAiEmbedder("text-embedding-3-small", base_url=server.address, cache_size=2)
        return
    yield (lambda: MiniLmEmbedder(cache_size=2)) if request.param == "minilm" else HashingEmbedder


@pytest.fixture(scope="module")
def embedder(new: New) -> Embedder:
    """Each adapter of the port in turn."""
    return new()


@pytest.fixture(scope="module")
def minilm() -> MiniLmEmbedder:
    """The packaged model."""
    return MiniLmEmbedder()


def test_gives_one_unit_row_a_text(embedder: Embedder) -> None:
    """Every text, long, short or foreign, becomes one float32 row of length 1, in the order given."""
    rows = embedder.embed(TEXTS)
    assert rows.shape[0] == len(TEXTS)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)


@pytest.mark.parametrize("text", ["", "   ", "\n", "\ud800 lone surrogate", "\x00", "!!!"])
def test_gives_a_direction_to_any_string(embedder: Embedder, text: str) -> None:
    """Even a blank or broken string becomes a finite unit vector."""
    row = embedder.embed([text])[0]
    assert np.isfinite(row).all()
    assert np.linalg.norm(row) == pytest.approx(1.0, abs=1e-5)


def test_no_text_is_no_row(embedder: Embedder) -> None:
    """Embedding nothing gives zero rows of the usual width."""
    assert embedder.embed([]).shape == (0, embedder.embed(["a"]).shape[1])


def test_same_text_same_vector_in_any_company(embedder: Embedder, new: New) -> None:
    """A text's vector depends neither on the texts beside it nor on their order, nor on being asked twice."""
    together = embedder.embed(TEXTS)
    fresh = new()
    np.testing.assert_allclose(fresh.embed([TEXTS[1]])[0], together[1], atol=1e-5)
    np.testing.assert_allclose(fresh.embed(tuple(reversed(TEXTS)))[::-1], together, atol=1e-5)
    np.testing.assert_array_equal(embedder.embed([TEXTS[1], TEXTS[1]])[1], together[1])


def test_nearer_to_shared_words(embedder: Embedder) -> None:
    """A sentence is nearer to one that shares its words than to one that shares none."""
    asked, near, far = embedder.embed(
        ["customers abandon the cart", "customers who abandon their cart", "quarterly payroll taxes"]
    )
    assert asked @ near > asked @ far


def test_has_a_name_and_a_version(embedder: Embedder) -> None:
    """What is stamped on every index is there."""
    assert embedder.name
    assert embedder.version


def test_serves_threads_at_once(embedder: Embedder, new: New) -> None:
    """Eight threads asking at once get the vectors that one would."""
    expected = embedder.embed(TEXTS)
    fresh = new()
    results: list[bool] = []

    def ask() -> None:
        results.append(bool(np.allclose(fresh.embed(TEXTS), expected, atol=1e-5)))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 8


def test_speaks_langchain(embedder: Embedder) -> None:
    """As LangChain Embeddings it gives the same vectors for documents and for queries."""
    adapted = LangChainEmbeddings(embedder)
    expected = embedder.embed(TEXTS[:2])
    np.testing.assert_allclose(adapted.embed_documents(list(TEXTS[:2])), expected, atol=1e-6)
    np.testing.assert_allclose(adapted.embed_query(TEXTS[0]), expected[0], atol=1e-6)


def test_knows_a_paraphrase(minilm: MiniLmEmbedder) -> None:
    """The model puts a paraphrase without a shared word above an unrelated sentence by a clear margin."""
    asked, near, far = minilm.embed(
        ["people leave without paying", "cart abandonment rate", "machine vibration analysis"]
    )
    assert asked @ near > asked @ far + 0.1


def test_reads_no_further_than_its_window(minilm: MiniLmEmbedder) -> None:
    """What stands behind 256 word pieces changes nothing."""
    head = "stock " * 300
    first, second = minilm.embed([head, head + "a very different ending about payroll"])
    np.testing.assert_allclose(first, second, atol=1e-5)


def test_takes_another_model_file(minilm: MiniLmEmbedder, tmp_path: Path) -> None:
    """A model file of the user's is used as it is, under a name and version of its own."""
    other = tmp_path / "my-model.onnx"
    other.write_bytes(resource("knowledge/minilm/model.onnx").read_bytes() + b"\x9a\x01\x00")
    theirs = MiniLmEmbedder(other)
    assert (theirs.name, theirs.version) != (minilm.name, minilm.version)
    np.testing.assert_allclose(theirs.embed(["stock"]), minilm.embed(["stock"]), atol=1e-5)


def test_refuses_a_file_that_is_no_model(tmp_path: Path) -> None:
    """A file that is no ONNX model is refused when it is named, in a sentence with its path."""
    bad = tmp_path / "notes.onnx"
    bad.write_text("not a model", encoding="utf-8")
    with pytest.raises(ModelUnavailable, match=r"notes\.onnx"):
        MiniLmEmbedder(bad)


def test_refuses_a_missing_model(tmp_path: Path) -> None:
    """A path without a file is refused in a sentence with that path."""
    with pytest.raises(ModelUnavailable, match=r"nowhere\.onnx"):
        MiniLmEmbedder(tmp_path / "nowhere.onnx")


def test_cache_forgets_the_least_recently_used() -> None:
    """A full cache drops the vector that was used longest ago, never more than it must."""
    cache = VectorCache(2)
    one = np.ones(3, dtype=np.float32)
    cache.put(b"a", one)
    cache.put(b"b", one)
    assert cache.get(b"a") is one
    cache.put(b"c", one)
    assert len(cache) == 2
    assert cache.get(b"b") is None
    assert cache.get(b"a") is one
