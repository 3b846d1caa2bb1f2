"""Search by words: BM25 over stemmed chunks. Serves where no embedding model is, and as the baseline to beat."""

import re
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prepbot.domain.role import Role
from prepbot.ports import Hit, Section
from prepbot.retrieval.chunk import Chunk, chunk_role
from prepbot.retrieval.hits import best_of_each_item, check_k
from prepbot.tokens import count_tokens, count_word_pieces

if TYPE_CHECKING:
    from rank_bm25 import BM25Okapi

NOTICE = "No embedding model here: search is by words only."

_ROLES_KEPT = 8


@dataclass(frozen=True, slots=True)
class _Entry:
    chunks: tuple[Chunk, ...]
    words: tuple[frozenset[str], ...]
    ranking: "BM25Okapi"


class LexicalIndex:
    """BM25 with English stemming, kept in memory. `notice` says what is missing."""

    notice: str | None = NOTICE

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: OrderedDict[Role, _Entry] = OrderedDict()

    def search(self, role: Role, query: str, k: int = 5, section: Section | None = None) -> tuple[Hit, ...]:
        """The `k` best hits that share a word with `query`, best first. Raises BadInput for a `k` below 1."""
        check_k(k)
        asked = stems(query)
        if not asked:
            return ()
        entry = self._entry(role)
        if entry is None:
            return ()
        scores = entry.ranking.get_scores(asked)
        found = [
            _hit(chunk, float(score))
            for score, chunk, words in zip(scores, entry.chunks, entry.words, strict=True)
            if words.intersection(asked) and section in (None, chunk.section)
        ]
        return best_of_each_item(sorted(found, key=lambda hit: -hit.score))[:k]

    def _entry(self, role: Role) -> _Entry | None:
        with self._lock:
            entry = self._entries.pop(role, None) or _build(role)
            if entry is not None:
                self._entries[role] = entry
            if len(self._entries) > _ROLES_KEPT:
                self._entries.popitem(last=False)
            return entry


def stems(text: str) -> list[str]:
    """The stemmed words of `text`, in order. Stop words stay: without them BM25 found less."""
    import snowballstemmer  # noqa: PLC0415 - late: not every command searches

    stemmed: list[str] = snowballstemmer.stemmer("english").stemWords(re.findall(r"\w+", text.casefold()))
    return stemmed


def _build(role: Role) -> _Entry | None:
    from rank_bm25 import BM25Okapi  # noqa: PLC0415 - late, see above

    chunks = chunk_role(role, count_tokens, count_word_pieces)
    texts = [stems(chunk.text) for chunk in chunks]
    if not any(texts):
        return None
    return _Entry(chunks, tuple(frozenset(words) for words in texts), BM25Okapi(texts))


def _hit(chunk: Chunk, score: float) -> Hit:
    return Hit(chunk.source, chunk.section, chunk.name, chunk.line, score)
