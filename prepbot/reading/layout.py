"""How a document's structure is written down as lines of text, whatever file it came from."""

from collections.abc import Iterable


def heading_line(level: int, text: str) -> str:
    """A heading as a line of its own."""
    return f"{'#' * level} {text}"


def list_lines(parts: list[str]) -> list[str]:
    """A list item: on one line where it is one, else a lone bullet with its lines below."""
    return [f"- {parts[0]}"] if len(parts) == 1 else ["-", *parts]


def row_line(texts: Iterable[str]) -> str:
    """A table row between bars; a bar inside a cell is escaped."""
    cells = [text.replace("|", "\\|") for text in texts]
    return f"| {' | '.join(cells)} |"
