"""Sentences as vectors by OpenAI's embeddings, or by a server that speaks their protocol. For search alone."""

import hashlib
import threading
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

import numpy as np
from pydantic import SecretStr

from prepbot.errors import ModelUnavailable
from prepbot.minilm import whole_characters
from prepbot.ports import Vectors
from prepbot.retrieval.embedding import VectorCache, unit_rows

if TYPE_CHECKING:
    import httpx
    from langchain_openai import OpenAIEmbeddings

_TEXTS_A_CALL = 256
_MOST_CHARACTERS = 6_000  # the models read 8,191 tokens; the lines of a role page are far shorter
_BLANK = "(blank)"  # the protocol refuses an empty text
_NO_KEY_NEEDED = "none"


class Meter(Protocol):
    """Allows calls and writes them down."""

    def may_ask(self) -> bool:
        """Whether a budget is left."""
        ...

    def keep(self, texts: Sequence[str], seconds: float, outcome: str) -> None:
        """Write down one call."""
        ...


class OpenAiEmbedder:
    """Embeds through langchain-openai. Nothing is built or sent before the first text.

    `name` and `version` carry the model and the server, so that an index of another one is built anew; a user and a
    password of the address are no part of them. `http_client` gives the client to ask through, langchain-openai's own
    where it is None. Every failure is a ModelUnavailable without a word of the server's.
    """

    def __init__(
        self,
        model: str,
        key: SecretStr | None = None,
        base_url: str | None = None,
        timeout: float = 10.0,
        meter: Meter | None = None,
        cache_size: int = 4096,
        http_client: "Callable[[], httpx.Client] | None" = None,
    ) -> None:
        self.name = f"openai:{model}"
        self.version = hashlib.sha256(_server(base_url).encode()).hexdigest()[:16]
        self._model = model
        self._key = key
        self._base_url = base_url
        self._timeout = timeout
        self._meter = meter
        self._cache_size = cache_size
        self._cache = VectorCache(cache_size)
        self._http_client = http_client
        self._building = threading.Lock()
        self._client: OpenAIEmbeddings | None = None

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One L2-normalised row a text, as wide as the model's. Raises ModelUnavailable."""
        if not texts:
            return np.zeros((0, self.embed(["a"]).shape[1]), dtype=np.float32)
        said = [whole_characters(text[:_MOST_CHARACTERS]) if text.strip() else _BLANK for text in texts]
        keys = [hashlib.blake2b(text.encode(), digest_size=16).digest() for text in said]
        found = {key: self._cache.get(key) for key in keys}
        missing = {key: text for key, text in zip(keys, said, strict=True) if found[key] is None}
        for key, vector in zip(missing, self._asked(list(missing.values())), strict=True):
            found[key] = vector
            self._cache.put(key, vector)
        rows = [row for key in keys if (row := found[key]) is not None]
        if len({row.shape for row in rows}) > 1:
            self._cache = VectorCache(self._cache_size)  # those of before are of no use beside these
            raise ModelUnavailable(f"The embedding model {self.name} gives vectors of another width than before.")
        return np.stack(rows)

    def _asked(self, texts: list[str]) -> list[Vectors]:
        rows: list[Vectors] = []
        for start in range(0, len(texts), _TEXTS_A_CALL):
            rows.extend(self._call(texts[start : start + _TEXTS_A_CALL]))
        return rows

    def _call(self, texts: list[str]) -> Vectors:
        if self._meter is not None and not self._meter.may_ask():
            raise ModelUnavailable("The budget for language models is spent.")
        began, outcome = monotonic(), "other"
        try:
            rows = unit_rows(np.array(self._built().embed_documents(texts), dtype=np.float32))
            if rows.ndim != 2 or len(rows) != len(texts) or not np.isfinite(rows).all():
                raise ModelUnavailable(f"The embedding model {self.name} gives no vector for each text.")
            outcome = "ok"
        except ModelUnavailable:
            raise
        except Exception as exc:
            raise ModelUnavailable(f"The embedding model {self.name} does not answer ({type(exc).__name__}).") from exc
        finally:
            if self._meter is not None:
                self._meter.keep(texts, monotonic() - began, outcome)
        return rows

    def _built(self) -> "OpenAIEmbeddings":
        from langchain_openai import OpenAIEmbeddings  # noqa: PLC0415  importing LangChain takes a second

        if self._key is None and not self._base_url:
            raise ModelUnavailable("OPENAI_API_KEY is not set; set it, or OPENAI_BASE_URL for a server of your own.")
        with self._building:
            if self._client is None:
                self._client = OpenAIEmbeddings(
                    model=self._model,
                    openai_api_key=self._key or SecretStr(_NO_KEY_NEEDED),
                    openai_api_base=self._base_url,
                    max_retries=0,
                    request_timeout=self._timeout,
                    check_embedding_ctx_length=False,
                    http_client=self._http_client() if self._http_client else None,
                )
            return self._client


def _server(base_url: str | None) -> str:
    """The address that tells one server from another, without what lets somebody in."""
    if not base_url:
        return "openai"
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
