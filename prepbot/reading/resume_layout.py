"""The lines of a résumé or an advert as a person sees them: wrapped ones joined, paragraphs cut into sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from prepbot.reading.lines import Line, Mark, cells, numbered, text_width, unwrapped
from prepbot.reading.resume_rules import ResumeRules, heading_key

_LONG = 30  # words: a longer plain line is a paragraph, and is read by its sentences
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"'(])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A line with the range of the text that it stands in."""

    line: Line
    start: int
    end: int


def is_personal(text: str, rules: ResumeRules) -> bool:
    """Whether a line holds what is the candidate's alone: an address, a telephone number, a date of birth."""
    return any(pattern.search(text) for pattern in rules.personal)


def pieces_of(text: str, rules: ResumeRules) -> Iterator[Piece]:
    """The lines that say something, joined where a margin broke them, paragraphs cut into sentences."""

    def opens(line: Line, following: Line) -> bool:
        keys = (heading_key(line.text), heading_key(following.text))
        if any(key in rules.work | rules.lists | rules.people for key in keys):
            return True
        return any(is_personal(one.text, rules) for one in (line, following))

    starts = _line_starts(text)
    marked = _laid_out(numbered(text))
    lines = unwrapped(marked, text_width(marked), opens)
    ends = [*(starts[following.number - 1] for following in lines[1:]), len(text)]
    for line, end in zip(lines, ends[: len(lines)], strict=True):
        if line.text:
            yield from _sentences(_trimmed(text, line, starts[line.number - 1], end), text)


def _laid_out(lines: Sequence[Line]) -> list[Line]:
    """The lines with table rows as their words, and a bullet on a line of its own joined to the line after it."""
    joined: list[Line] = []
    for line in lines:
        if joined and joined[-1].mark is Mark.LONE_BULLET and line.mark is Mark.PLAIN:
            joined[-1] = replace(line, mark=Mark.BULLET, number=joined[-1].number)
        elif line.mark is Mark.ROW:
            joined.append(replace(line, text=" ".join(filter(None, cells(line.text)))))
        else:
            joined.append(line)
    return joined


def _line_starts(text: str) -> list[int]:
    return [0, *(place + 1 for place, letter in enumerate(text) if letter == "\n")]


def _trimmed(text: str, line: Line, start: int, end: int) -> Piece:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Piece(line, start, max(start + len(words.strip()), start + 1))


def _sentences(piece: Piece, text: str) -> Iterator[Piece]:
    """A paragraph's sentences, each with its own range; anything shorter as it is."""
    if piece.line.mark is not Mark.PLAIN or len(piece.line.text.split()) <= _LONG:
        yield piece
        return
    left = piece.start
    ends = [found.end() for found in _SENTENCE_END.finditer(text, piece.start, piece.end)]
    for end in (*ends, piece.end):
        words = " ".join(text[left:end].split())
        if words:
            number = piece.line.number + text.count("\n", piece.start, left)
            yield _trimmed(text, replace(piece.line, text=words, number=number), left, end)
        left = end
