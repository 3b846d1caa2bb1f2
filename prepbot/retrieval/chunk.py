"""A role cut into the pieces that are embedded and found: one chunk an item, as its page lists it.

Pure: what counts tokens and word pieces is passed in.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from prepbot.domain.role import Role
from prepbot.ports import Section

CHUNKER_VERSION = "1"
"""Raise it when the same role would be cut or worded differently: every stored index is then rebuilt."""

MAX_PIECES = 254
"""MiniLM reads 256 word pieces; two of them mark the beginning and the end."""

Count = Callable[[str], int]

_LABELS = {
    Section.ABOUT: "about",
    Section.ACTIVITY: "activity",
    Section.KPI: "KPI",
    Section.STAGE: "selection stage",
    Section.QUESTION: "interview question",
}
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")


@dataclass(frozen=True, slots=True)
class Chunk:
    """One item of a role page, or a part of one that is too long to embed whole.

    `text` is the item in its context ("KPI - Bounce Rate: The percentage…"), `views` are its heading alone and its
    wording alone, where it has them: a short query is near a heading, a paraphrase near a wording. `source` is the
    document's own line, `line` its 1-based number. `name` is the item's name, or a question's id. `tokens` counts
    `text` as a language model would.
    """

    id: str
    text: str
    source: str
    section: Section
    name: str
    line: int
    tokens: int
    views: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    section: Section
    name: str
    heading: str
    body: str
    source: str
    line: int


def chunk_role(role: Role, count_tokens: Count, count_pieces: Count) -> tuple[Chunk, ...]:
    """Every item of `role` as one chunk, in the page's order; an item over MAX_PIECES becomes several.

    Ids are stable for the same page: the section, the item's place in it, and the part where there are several.
    """
    chunks: list[Chunk] = []
    places: dict[Section, int] = {}
    for item in _items(role):
        place = places[item.section] = places.get(item.section, 0) + 1
        parts = _parts(item, count_pieces)
        for number, (text, views) in enumerate(parts, start=1):
            chunk_id = f"{item.section}-{place:03d}" + (f".{number}" if len(parts) > 1 else "")
            tokens = count_tokens(text)
            chunks.append(Chunk(chunk_id, text, item.source, item.section, item.name, item.line, tokens, views))
    return tuple(chunks)


def _items(role: Role) -> Iterator[_Item]:
    if role.about:
        source = f"About {role.title}: {role.about}"
        yield _Item(Section.ABOUT, role.title, role.title, role.about, source, role.about_line)
    for activity in role.activities:
        name, text = activity.name, activity.text
        yield _Item(Section.ACTIVITY, name, name, text, _bullet(name, text), activity.line)
    for kpi in role.kpis:
        source = _bullet(kpi.name, kpi.definition)
        yield _Item(Section.KPI, kpi.name, kpi.name, kpi.definition, source, kpi.line)
    # A stage's description is embedded with its name, and its name's line is what a hit shows.
    for stage in role.stages:
        yield _Item(Section.STAGE, stage.name, stage.name, stage.description, stage.name, stage.line)
    for question in role.questions:
        heading = ", ".join(question.topics)
        yield _Item(Section.QUESTION, question.id, heading, question.text, question.text, question.line)


def _bullet(name: str, text: str) -> str:
    return f"- {name}: {text}" if text else f"- {name}"


def _parts(item: _Item, count_pieces: Count) -> list[tuple[str, tuple[str, ...]]]:
    """The text and the views of an item, or of its parts: "section - heading: wording", the heading on every part."""
    label, heading, body = _LABELS[item.section], item.heading, item.body
    if count_pieces(f"{label} - {heading}: ") > MAX_PIECES // 2:
        heading, body = "", f"{heading}: {body}"
    head = f"{label} - {heading}: " if heading and body else f"{label} - {heading}"
    room = MAX_PIECES - count_pieces(head)
    wordings = split_text(body, room, count_pieces) or ("",)
    return [(head + wording, tuple(filter(None, (heading, wording)))) for wording in wordings]


def split_text(text: str, room: int, count_pieces: Count) -> tuple[str, ...]:
    """`text` in parts of at most `room` word pieces, cut after sentences where possible, then between words."""
    parts: list[str] = []
    if count_pieces(text) <= room:
        return (text,) if text else ()
    current, used = "", 0
    for unit in _units(text, room, count_pieces):
        size = count_pieces(unit)
        if current and used + size > room:
            parts.append(current)
            current, used = "", 0
        current = f"{current} {unit}" if current else unit
        used += size
    return (*parts, current) if current else tuple(parts)


def _units(text: str, room: int, count_pieces: Count) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(text.strip()):
        if count_pieces(sentence) <= room:
            yield sentence
            continue
        for word in sentence.split():
            yield from _halved(word, room, count_pieces)


def _halved(word: str, room: int, count_pieces: Count) -> Iterator[str]:
    """A run without blanks, such as a line of Chinese, in pieces that fit."""
    if len(word) == 1 or count_pieces(word) <= room:
        yield word
        return
    middle = len(word) // 2
    yield from _halved(word[:middle], room, count_pieces)
    yield from _halved(word[middle:], room, count_pieces)
