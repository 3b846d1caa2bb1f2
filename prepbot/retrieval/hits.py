"""What both indexes ask of a search and of its hits."""

from collections.abc import Iterable

from prepbot.errors import BadInput
from prepbot.ports import Hit


def check_k(k: int) -> None:
    """Raises BadInput unless at least one hit is asked for."""
    if k < 1:
        raise BadInput(f"A search returns 1 or more lines, not {k}; ask for at least 1.")


def best_of_each_item(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The hits, best first as they came, without the further parts of an item that is already there."""
    best: dict[tuple[str, str, int], Hit] = {}
    for hit in hits:
        best.setdefault((hit.section, hit.name, hit.line), hit)
    return tuple(best.values())
