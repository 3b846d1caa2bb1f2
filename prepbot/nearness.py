"""How near texts are to each other by sentence vectors, where there is a model for them."""

from collections.abc import Sequence

from prepbot.errors import ModelUnavailable
from prepbot.ports import Embedder


def cosines(embedder: Embedder | None, texts: Sequence[str], items: Sequence[str]) -> list[list[float]] | None:
    """A row for each text with its cosine to every item; None without a model, or with nothing to compare."""
    if embedder is None or not texts or not items:
        return None
    try:
        vectors = embedder.embed([*texts, *items])
    except ModelUnavailable:
        return None
    rows: list[list[float]] = (vectors[: len(texts)] @ vectors[len(texts) :].T).tolist()
    return rows
