"""Where a role's vectors lie: one folder a role, with a Chroma collection inside, written once and never changed.

A folder is named after everything its content depends on: the role as it was read, the embedder and its version, the
chunker's version. It is built beside its place and renamed into it when complete. So a process that is killed while
building leaves nothing that looks finished, two processes never write the same folder, and an open client cannot go
stale, as Chroma's clients do when another process writes under them. When something changes the name changes, and
the old folder is swept away after a while. Every build's name also ends in something of its own, because Chroma
remembers a path whose opening failed, and fails on it until the process ends.
"""

import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from prepbot.domain.role import Role
from prepbot.errors import IndexUnavailable
from prepbot.ports import Embedder, Hit, Section, Vectors
from prepbot.retrieval.chunk import CHUNKER_VERSION, Chunk, chunk_role
from prepbot.retrieval.hits import best_of_each_item
from prepbot.retrieval.tokens import count_tokens, count_word_pieces

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from langchain_chroma import Chroma

_COLLECTION = "role"
_BUILDING = ".building-"
_BUILD_ABANDONED_AFTER = 3600.0  # seconds; a build takes about one
_INDEX_UNUSED_AFTER = 30 * 86_400.0
_DEPTH = 1_000  # vectors compared for one query; a page of 300 items has fewer
_METADATA = ("chunk", "view", "section", "name", "line", "source", "tokens")


class Damaged(Exception):
    """A stored index is incomplete, unreadable, or not the one its name says."""


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    text: str
    metadata: dict[str, Any]


class RoleStore:
    """One role's open collection. Not for two threads at once: the index holds a lock around it."""

    def __init__(self, client: "Client", chroma: "Chroma", size: int) -> None:
        self._client = client
        self._chroma = chroma
        self._depth = min(size, _DEPTH)

    def nearest(self, vector: Vectors, k: int, section: Section | None) -> tuple[Hit, ...]:
        """The `k` items nearest to a vector of shape (dimensions,), best first. Raises Damaged.

        An item's score is the mean of two cosines: that of the item in its context, and the better of its heading
        alone and its wording alone. On both query sets it was tried on that beat or equalled any one of the three.
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
        """Lets go of the files and threads behind the collection."""
        self._client.close()


def open_or_build(root: Path, role: Role, embedder: Embedder) -> RoleStore:
    """The role's store under `root`, built first where it is missing, outdated or damaged.

    Raises IndexUnavailable where the folder cannot be written or a fresh build cannot be read back, and
    ModelUnavailable where the embedder fails.
    """
    stamp = _stamp(role, embedder)
    name = _name(role, stamp)
    try:
        root.mkdir(parents=True, exist_ok=True)
        for folder in sorted(root.glob(f"{name}-*")):
            with suppress(Damaged):
                return _open(folder, stamp)
            discard(folder)
        folder = root / f"{name}-{uuid4().hex[:8]}"
        _build(folder, stamp, role, embedder)
        return _open(folder, stamp)
    except (OSError, Damaged) as exc:
        raise IndexUnavailable(
            f"The search index of {role.id} cannot be kept in {root} ({exc}); "
            "check that the folder can be written and has space."
        ) from exc


def discard(folder: Path) -> None:
    """Takes a folder out of use at once, then deletes it."""
    gone = folder.with_name(f"{_BUILDING}{uuid4().hex}")
    with suppress(OSError):
        folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


def _build(folder: Path, stamp: Mapping[str, str], role: Role, embedder: Embedder) -> None:
    rows = _rows(chunk_role(role, count_tokens, count_word_pieces))
    _embed_while_importing(embedder, [row.text for row in rows])
    _sweep(folder.parent)
    workshop = folder.with_name(f"{_BUILDING}{uuid4().hex}")
    try:
        _write(workshop, stamp, rows, embedder)
        workshop.rename(folder)
    except _chroma_error() as exc:
        raise Damaged(str(exc)) from exc
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _embed_while_importing(embedder: Embedder, texts: Sequence[str]) -> None:
    """Fills the embedder's cache on one core while the other imports Chroma: a third of the first build's time.

    A model that fails does so here, before anything is written.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        embedding = pool.submit(embedder.embed, texts)
        import langchain_chroma  # noqa: F401, PLC0415 - late: importing it takes about a second

        embedding.result()


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
    """Opens a folder and reads every id, vector and piece of metadata once. Raises Damaged."""
    from langchain_chroma import Chroma  # noqa: PLC0415 - late, as above

    try:
        client = _client(folder)
        try:
            chroma = Chroma(client=client, collection_name=_COLLECTION, create_collection_if_not_exists=False)
            size = _checked(client, chroma, stamp)
        except BaseException:
            client.close()
            raise
    except OSError:
        raise
    except Exception as exc:  # a damaged database makes Chroma fail in any of a dozen ways
        raise Damaged(f"{folder.name}: {exc}") from exc
    with suppress(OSError):
        os.utime(folder)
    return RoleStore(client, chroma, size)


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
    }


def _name(role: Role, stamp: Mapping[str, str]) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", role.id.casefold()).strip("-")[:40] or "role"
    return f"{slug}-{_digest(dict(stamp))[:16]}"


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _sweep(root: Path) -> None:
    """Deletes builds that nobody finished and indexes that nobody has opened for a month."""
    now = time.time()
    for folder in root.iterdir():
        limit = _BUILD_ABANDONED_AFTER if folder.name.startswith(_BUILDING) else _INDEX_UNUSED_AFTER
        with suppress(OSError):
            if (folder / "chroma.sqlite3").exists() and now - folder.stat().st_mtime > limit:
                discard(folder)
