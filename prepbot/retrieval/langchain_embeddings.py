"""Any Embedder as LangChain's Embeddings. A module of its own, because importing LangChain takes a while."""

from langchain_core.embeddings import Embeddings

from prepbot.ports import Embedder


class LangChainEmbeddings(Embeddings):
    """Adapts an Embedder to LangChain's interface."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector a text. Raises ModelUnavailable."""
        vectors: list[list[float]] = self._embedder.embed(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of one query, made like a document's. Raises ModelUnavailable."""
        return self.embed_documents([text])[0]
