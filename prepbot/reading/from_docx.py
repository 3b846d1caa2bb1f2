"""Word documents -> text: headings with "#", list items with "-", table rows between bars."""

import io
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from prepbot.reading.layout import heading_line, list_lines, row_line
from prepbot.reading.outcome import Outcome, Refused

_MAX_UNPACKED_BYTES = 60_000_000
_MAX_ENTRIES = 3000
_HEADER_WORDS = 3


def docx_text(file: io.BytesIO) -> str:
    """The text of a Word document; raises Refused for an archive that unpacks to more than a document should."""
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
    if len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > _MAX_UNPACKED_BYTES:
        raise Refused(Outcome.TOO_LARGE)
    file.seek(0)
    lines: list[str] = []
    for block in Document(file).iter_inner_content():
        lines += _rows(block) if isinstance(block, Table) else _paragraph(block)
    return "\n".join(lines)


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    parts = [part.strip() for part in paragraph.text.split("\n") if part.strip()]
    if not parts:
        return
    style = (paragraph.style.name or "") if paragraph.style else ""
    yield ""
    if style == "Title" or style.startswith("Heading"):
        yield heading_line(_level(style), " ".join(parts))
    elif style.startswith("List") or _is_numbered(paragraph):
        yield from list_lines(parts)
    elif len(parts) == 1 and _is_bold(paragraph):
        yield f"**{parts[0]}**"
    else:
        yield from parts


def _level(style: str) -> int:
    digits = style[-1:]
    return int(digits) if digits.isdigit() and digits != "0" else 1


def _is_numbered(paragraph: Paragraph) -> bool:
    properties = paragraph._p.pPr  # noqa: SLF001 - python-docx has no public reading of lists
    return properties is not None and properties.numPr is not None


def _is_bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _rows(table: Table) -> Iterator[str]:
    yield ""
    for place, row in enumerate(table.rows):
        merged: dict[int, list[str]] = {}
        for cell in row.cells:  # a merged cell comes once for each column it spans
            merged[id(cell._tc)] = [part.strip() for part in cell.text.split("\n") if part.strip()]  # noqa: SLF001
        texts = [_cell(parts) for parts in merged.values()]
        yield row_line(texts)
        if place == 0 and all(len(text.split()) <= _HEADER_WORDS for text in texts):
            yield row_line(["---"] * len(texts))


def _cell(parts: list[str]) -> str:
    return (", " if all(len(part.split()) <= _HEADER_WORDS for part in parts) else " ").join(parts)
