"""The vector index of role pages: Chroma through LangChain, kept on disk, rebuilt whenever in doubt."""

import threading
from collections import OrderedDict
from pathlib import Path

from prepbot.domain.role import Role
from prepbot.errors import IndexUnavailable
from prepbot.ports import Embedder, Hit, Index, Section, Vectors
from prepbot.retrieval.hits import check_k
from prepbot.retrieval.lexical import LexicalIndex
from prepbot.retrieval.shelf import Damaged
from prepbot.retrieval.store import RoleStore, open_or_build

_ROLES_OPEN = 4  # an open Chroma holds some 7 MB and six threads


class ChromaIndex:
    """Finds a role page's lines by meaning. Holds nothing that cannot be rebuilt from the page.

    `path` is the folder that the indexes are kept in; several processes may share it. Threads may share one
    ChromaIndex. Scores are cosine similarities.
    """

    notice: str | None = None

    def __init__(self, path: Path, embedder: Embedder) -> None:
        self._path = path.expanduser().absolute()
        self._embedder = embedder
        self._lock = threading.Lock()
        self._stores: OrderedDict[Role, RoleStore] = OrderedDict()

    def search(self, role: Role, query: str, k: int = 5, section: Section | None = None) -> tuple[Hit, ...]:
        """The `k` best hits, best first; builds or rebuilds the role's index when needed.

        A blank query finds nothing. Raises IndexUnavailable, ModelUnavailable, and BadInput for a `k` below 1.
        """
        check_k(k)
        if not query.strip():
            return ()
        vector = self._embedder.embed([query])[0]
        with self._lock:
            try:
                return self._store(role).nearest(vector, k, section)
            except Damaged:
                self._forget(role)
            return self._second_try(role, vector, k, section)

    def close(self) -> None:
        """Closes every open role; the next search opens what it needs."""
        with self._lock:
            for role in tuple(self._stores):
                self._forget(role)

    def _second_try(self, role: Role, vector: Vectors, k: int, section: Section | None) -> tuple[Hit, ...]:
        """Opening checks the whole store and rebuilds it, so a second failure is not the store's content."""
        try:
            return self._store(role).nearest(vector, k, section)
        except Damaged as exc:
            raise IndexUnavailable(
                f"The search index of {role.id} in {self._path} cannot be read ({exc}); check the disk."
            ) from exc

    def _store(self, role: Role) -> RoleStore:
        if role not in self._stores:
            if len(self._stores) >= _ROLES_OPEN:
                self._stores.popitem(last=False)[1].close()
            self._stores[role] = open_or_build(self._path, role, self._embedder)
        self._stores.move_to_end(role)
        return self._stores[role]

    def _forget(self, role: Role) -> None:
        store = self._stores.pop(role, None)
        if store is not None:
            store.close()


def open_index(path: Path, embedder: Embedder | None) -> Index:
    """The vector index under `path`, or the lexical one, with its notice, where there is no embedder."""
    return LexicalIndex() if embedder is None else ChromaIndex(path, embedder)
