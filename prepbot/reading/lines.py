"""A document as numbered lines: blanks and markup taken off, wrapped lines joined again. Pure and linear."""

import html
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

MAX_LINES = 20_000
MAX_LINE_LENGTH = 5_000

_BLANKS = dict.fromkeys(map(ord, "\t\x0b\x0c\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"), " ") | dict.fromkeys(
    range(0x2000, 0x200B), " "
)
_INVISIBLE = dict.fromkeys(
    [*range(9), *range(0x0E, 0x20), 0x7F, 0xAD, 0xFEFF, 0x200B, 0x2060, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_CLEAN = _INVISIBLE | _BLANKS

_BULLET = re.compile(r"(?:[-*+–—](?= |$)|[•·▪●○‣◦]|\(?\d{1,3}[.)](?= |$)) ?(.*)$")
_HEADING = re.compile(r"(#{1,6}) (.*)$")
_RULE_CHARACTERS = frozenset("-=_*:| ")
_LINK = re.compile(r"!?\[([^\[\]]{1,500})\]\([^()\s]{1,500}\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# A document with lines longer than this was not wrapped by whatever produced it.
_WIDEST_WRAP = 170
# Letters differ in width, and a list is indented besides: a full line falls short of the widest by this share.
_FULL_LINE = 0.95
_FULL_ITEM = 0.88
# The widest line of any document is full; a margin makes many of them.
_FULL_LINES_OF_A_WRAP = 5
_UNFINISHED = re.compile(r"(?:,|\b(?:a|an|the|and|or|of|to|with|for|in|on|by|from|at|as|that|which|your|our|its))$")


class Mark(StrEnum):
    """How a line is laid out."""

    PLAIN = "plain"
    BULLET = "bullet"
    LONE_BULLET = "lone bullet"
    HEADING = "heading"
    STRONG = "strong"
    BAR = "bar"
    ROW = "row"
    RULE = "rule"


_EMPTY_BY_NATURE = (Mark.BAR, Mark.RULE, Mark.LONE_BULLET)


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank.

    `number` is 1-based in the text given; `text` is free of bullets and heading marks; `level` is a heading's
    depth (1 to 6), else 0; `gap` says that a blank line stands before it; `tail` is its last physical line.
    """

    number: int
    text: str
    mark: Mark
    level: int = 0
    gap: bool = False
    tail: str = ""


def normalised(text: str) -> str:
    """The text with line feeds for line ends, plain blanks, no invisible characters, no trailing blanks.

    It has as many lines as the text given, so line numbers mean the same in both.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CLEAN)
    safe = unified.encode("utf-8", "replace").decode("utf-8")
    return "\n".join(line.rstrip() for line in safe.split("\n"))


def numbered(text: str) -> list[Line]:
    """The lines of a normalised text that are not blank, at most MAX_LINES of its physical lines."""
    lines: list[Line] = []
    gap = False
    for number, raw in enumerate(text.split("\n", MAX_LINES)[:MAX_LINES], start=1):
        plain = " ".join(raw[:MAX_LINE_LENGTH].split())
        line = _line(number, plain, gap)
        if line.text or line.mark in _EMPTY_BY_NATURE:
            lines.append(line)
        gap = not plain
    return lines


def cells(row: str) -> list[str]:
    """The cells of a table row; outer bars are frames, an escaped bar is text."""
    parts = re.split(r"(?<!\\)\|", row)
    if parts and not parts[0].strip():
        parts = parts[1:]
    if parts and not parts[-1].strip():
        parts = parts[:-1]
    return [_unmarked(part.strip()) for part in parts]


def unwrapped(
    lines: Sequence[Line], width: float, opens: Callable[[Line, Line], bool] = lambda _line, _following: False
) -> list[Line]:
    """The lines with those joined that a page's margin broke.

    `width` is `text_width` of the document; `opens(line, following)` says that the second begins something new.
    """
    joined: list[Line] = []
    for line in lines:
        if joined and _continues(joined[-1], line, width) and not opens(joined[-1], line):
            joined[-1] = _join(joined[-1], line)
        else:
            joined.append(line)
    return joined


def text_width(lines: Iterable[Line]) -> float:
    """How wide a wrapped document is set, in average letters; 0 for a document that was not wrapped."""
    texts = [line.text for line in lines if line.mark in (Mark.PLAIN, Mark.BULLET)]
    if max(map(len, texts), default=0) > _WIDEST_WRAP:
        return 0.0
    widths = [_set_width(text) for text in texts]
    widest = max(widths, default=0.0)
    full = sum(width > _FULL_ITEM * widest for width in widths)
    return widest if full >= _FULL_LINES_OF_A_WRAP else 0.0


def _line(number: int, plain: str, gap: bool) -> Line:
    mark, text, level = _marked(plain)
    clean = text if mark is Mark.ROW else _unmarked(text)
    return Line(number, clean, mark, level, gap, clean)


def _marked(plain: str) -> tuple[Mark, str, int]:
    if not plain:
        return Mark.PLAIN, "", 0
    if set(plain) <= _RULE_CHARACTERS and (len(plain) >= 3 or "|" in plain):
        return (Mark.BAR if set(plain) <= {"|", " "} else Mark.RULE), "", 0
    heading = _HEADING.match(plain)
    if heading:
        return Mark.HEADING, heading[2].rstrip("# "), len(heading[1])
    if "|" in plain.replace("\\|", ""):
        return Mark.ROW, plain, 0
    return _list_mark(plain)


def _list_mark(plain: str) -> tuple[Mark, str, int]:
    if plain.startswith("**") and plain.rstrip(":").endswith("**") and plain.count("**") == 2:
        return Mark.STRONG, plain, 0
    bullet = _BULLET.match(plain)
    if bullet:
        return (Mark.BULLET, bullet[1], 0) if bullet[1] else (Mark.LONE_BULLET, "", 0)
    return Mark.PLAIN, plain, 0


def _unmarked(text: str) -> str:
    bare = text.replace("**", "")
    if "](" in bare:
        bare = _LINK.sub(r"\1", bare)
    if "\\" in bare:
        bare = _ESCAPE.sub(r"\1", bare)
    if "&" in bare and ";" in bare:
        bare = html.unescape(bare).translate(_CLEAN)
    return " ".join(bare.split())


def _continues(line: Line, following: Line, width: float) -> bool:
    if following.gap or following.mark is not Mark.PLAIN or line.mark not in (Mark.PLAIN, Mark.BULLET):
        return False
    if following.text[:1].islower():
        return True
    if not width:
        return False
    full = (_FULL_ITEM if line.mark is Mark.BULLET else _FULL_LINE) * width
    first_word = following.text.split(" ", 1)[0]
    return _UNFINISHED.search(line.tail[-8:]) is not None or _set_width(f"{line.tail} {first_word}") > full


def _join(line: Line, following: Line) -> Line:
    # A hyphen at the margin belongs to a compound ("e-commerce") far more often than to a broken syllable.
    between = "" if line.text.endswith("-") else " "
    return replace(line, text=line.text + between + following.text, tail=following.text)


def _set_width(text: str) -> float:
    narrow = sum(map(text.count, " iljftr.,:;'|!()"))
    wide = sum(map(text.count, "mwMW@%"))
    return len(text) - 0.48 * narrow + 0.5 * wide
