"""One role's vectors in Chroma, through LangChain: built once, then opened by everyone who asks.

What an index depends on is its stamp: the role as it was read, the embedder and its version, the chunker's version,
Chroma's own. The stamp names the index's folder, so when any of it changes another folder is looked for and built.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from weakref import finalize

from prepbot.domain.role import Role
from prepbot.errors import IndexUnavailable
from prepbot.ports import Embedder, Hit, Section, Vectors
from prepbot.retrieval.chunk import CHUNKER_VERSION, Chunk, chunk_role
from prepbot.retrieval.hits import best_of_each_item
from prepbot.retrieval.shelf import Damaged, borrow, publish, remove, scratch, sweep
from prepbot.tokens import count_tokens, count_word_pieces

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from langchain_chroma import Chroma

_COLLECTION = "role"
_DEPTH = 1_000  # vectors compared for one query; a page of 300 items has fewer
_METADATA = ("chunk", "view", "section", "name", "line", "source", "tokens")


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    text: str
    metadata: dict[str, Any]


class RoleStore:
    """One role's open collection. Not for two threads at once: the index holds a lock around it."""

    def __init__(self, client: "Client", chroma: "Chroma", copy: Path, size: int) -> None:
        self._client = client
        self._remove_copy = finalize(self, remove, copy)  # at the latest when the process ends
        self._chroma = chroma
        self._depth = min(size, _DEPTH)

    def nearest(self, vector: Vectors, k: int, section: Section | None) -> tuple[Hit, ...]:
        """The `k` items nearest to a vector of shape (dimensions,), best first. Raises Damaged.

        An item's score is the mean of two cosines: that of the item in its context, and the better of its heading
        alone and its wording alone. Each of the two was best on one query set and weak on the other; the mean was
        close to the best on both (evals/datasets/retrieval_dev.md).
        """
        if not self._depth:
            return ()
        try:
            found = self._chroma.similarity_search_by_vector_with_relevance_scores(
                vector.tolist(), k=self._depth, filter={"section": section.value} if section else None
            )
            return _ranked([(document.metadata, 1.0 - distance) for document, distance in found])[:k]
        except (_chroma_error(), KeyError, ValueError) as exc:
            raise Damaged(str(exc)) from exc

    def close(self) -> None:
        """Lets go of the threads and the files behind the collection, and deletes this process's copy."""
        self._client.close()
        self._remove_copy()


def open_or_build(root: Path, role: Role, embedder: Embedder) -> RoleStore:
    """The role's store under `root`, built first where it is missing, outdated or damaged.

    Raises IndexUnavailable where the folder cannot be written or a fresh build cannot be read back, and
    ModelUnavailable where the embedder fails.
    """
    stamp = _stamp(role, embedder)
    folder = root / _name(role, stamp)
    try:
        root.mkdir(parents=True, exist_ok=True)
        sweep(root)
        if folder.exists():
            with suppress(Damaged):
                return _open(folder, stamp)
            remove(folder)
        _build(folder, stamp, role, embedder)
        return _open(folder, stamp)
    except (OSError, Damaged) as exc:
        raise IndexUnavailable(
            f"The search index of {role.id} cannot be kept in {root} ({exc}); "
            "check that the folder can be written and has space."
        ) from exc


def _build(folder: Path, stamp: Mapping[str, str], role: Role, embedder: Embedder) -> None:
    rows = _embedded_rows(role, embedder)
    workshop = scratch(folder.parent)
    try:
        _write(workshop, stamp, rows, embedder)
        publish(workshop, folder, stamp)
    except _chroma_error() as exc:
        raise Damaged(str(exc)) from exc
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _embedded_rows(role: Role, embedder: Embedder) -> list[_Row]:
    """The role's rows, their vectors in the embedder's cache; a model that fails does so before anything is written.

    The model loads and embeds on one core while the tokenizers and Chroma load on the other: a third of the time.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        beside.submit(embedder.embed, [role.title])  # loads the model
        rows = _rows(chunk_role(role, count_tokens, count_word_pieces))
        embedding = beside.submit(embedder.embed, [row.text for row in rows])
        import langchain_chroma  # noqa: F401, PLC0415 - late: importing it takes about a second

        embedding.result()
    return rows


def _write(folder: Path, stamp: Mapping[str, str], rows: Sequence[_Row], embedder: Embedder) -> None:
    from langchain_chroma import Chroma  # noqa: PLC0415 - late, as above

    from prepbot.retrieval.langchain_embeddings import LangChainEmbeddings  # noqa: PLC0415 - late, as above

    ids = [row.id for row in rows]
    client = _client(folder)
    try:
        chroma = Chroma(
            client=client,
            collection_name=_COLLECTION,
            embedding_function=LangChainEmbeddings(embedder),
            collection_metadata={**stamp, "ids": _digest(sorted(ids))},
            collection_configuration={"hnsw": {"space": "cosine"}},
        )
        if rows:
            chroma.add_texts([row.text for row in rows], [row.metadata for row in rows], ids)
    finally:
        client.close()


def _open(folder: Path, stamp: Mapping[str, str]) -> RoleStore:
    """Opens a copy of a folder and reads every id, vector and piece of metadata once. Raises Damaged."""
    from langchain_chroma import Chroma  # noqa: PLC0415 - late, as above

    copy = borrow(folder, stamp)
    try:
        client = _client(copy)
        try:
            chroma = Chroma(client=client, collection_name=_COLLECTION, create_collection_if_not_exists=False)
            return RoleStore(client, chroma, copy, _checked(client, chroma, stamp))
        except BaseException:
            client.close()
            raise
    except Exception as exc:  # Chroma fails in many ways; whichever it is, the index can be built again
        remove(copy)
        raise Damaged(f"{folder.name}: {exc}") from exc


def _checked(client: "Client", chroma: "Chroma", stamp: Mapping[str, str]) -> int:
    """How many vectors the store holds. Raises Damaged unless it is whole and carries `stamp`."""
    metadata = dict(client.get_collection(_COLLECTION).metadata or {})
    stored = chroma.get(include=["metadatas", "embeddings"])
    if {key: metadata.get(key) for key in stamp} != dict(stamp):
        raise Damaged("made for another page, embedder or version")
    if _digest(sorted(stored["ids"])) != metadata.get("ids"):
        raise Damaged("chunks are missing")
    if len(stored["embeddings"]) != len(stored["ids"]):
        raise Damaged("vectors are missing")
    if any(set(_METADATA) - set(row or ()) for row in stored["metadatas"]):
        raise Damaged("chunk descriptions are missing")
    return len(stored["ids"])


def _client(folder: Path) -> "Client":
    """An embedded Chroma that tells nobody anything: no telemetry, no tracing, no settings from a .env file."""
    import chromadb  # noqa: PLC0415 - late, as above
    from chromadb.config import Settings  # noqa: PLC0415 - late, as above

    settings = Settings(_env_file=None, anonymized_telemetry=False, chroma_otel_collection_endpoint="")
    return cast("Client", chromadb.PersistentClient(path=folder, settings=settings))


def _chroma_error() -> type[Exception]:
    from chromadb.errors import ChromaError  # noqa: PLC0415 - late, as above

    return ChromaError


def _rows(chunks: Iterable[Chunk]) -> list[_Row]:
    """What Chroma holds: for each chunk the whole text and each of its views, all with the chunk's description."""
    rows: list[_Row] = []
    for chunk in chunks:
        about: dict[str, Any] = {
            "chunk": chunk.id,
            "section": chunk.section.value,
            "name": chunk.name,
            "line": chunk.line,
            "source": chunk.source,
            "tokens": chunk.tokens,
        }
        for view, text in enumerate((chunk.text, *chunk.views)):
            rows.append(_Row(f"{chunk.id}/{view}", text, {**about, "view": view}))
    return rows


def _ranked(found: Sequence[tuple[Mapping[str, Any], float]]) -> tuple[Hit, ...]:
    """Hits by item from cosines by view, best first. A view beyond the search's depth counts as its last one."""
    if not found:
        return ()
    last = found[-1][1]
    whole: dict[str, float] = {}
    part: dict[str, float] = {}
    described: dict[str, Mapping[str, Any]] = {}
    for metadata, cosine in found:
        chunk = metadata["chunk"]
        described[chunk] = metadata
        side = part if metadata["view"] else whole
        side[chunk] = max(cosine, side.get(chunk, -1.0))
    hits = [
        _hit(metadata, (whole.get(chunk, last) + part.get(chunk, last)) / 2) for chunk, metadata in described.items()
    ]
    return best_of_each_item(sorted(hits, key=lambda hit: -hit.score))


def _hit(metadata: Mapping[str, Any], score: float) -> Hit:
    return Hit(
        text=metadata["source"],
        section=Section(metadata["section"]),
        name=metadata["name"],
        line=int(metadata["line"]),
        score=score,
    )


def _stamp(role: Role, embedder: Embedder) -> dict[str, str]:
    """Everything a store's content depends on. The role itself is in it, for its reader may change."""
    return {
        "document": role.sha256,
        "role": _digest(repr(role)),
        "embedder": embedder.name,
        "embedder_version": embedder.version,
        "chunker": CHUNKER_VERSION,
        "chroma": version("chromadb"),
    }


def _name(role: Role, stamp: Mapping[str, str]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", role.id.casefold()).strip("-")[:40] or "role"
    return f"{slug}-{_digest(dict(stamp))[:16]}"


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
