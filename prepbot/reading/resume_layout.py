"""The lines of a résumé or an advert as a person sees them: wrapped ones joined, paragraphs cut into sentences."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from prepbot.reading.lines import Line, Mark, cells, numbered, text_width, unwrapped
from prepbot.reading.resume_rules import ResumeRules, heading_key

_TOP = 5  # lines of the page: a name stands in one of the first
_LONGEST_HEADING = 50  # characters
_SHOUTED_WORK = frozenset({"experience", "employment", "career", "projects", "achievements"})
_SHOUTED_LISTS = frozenset({"skills", "education", "training", "languages"})
_LONG = 12  # words: a longer plain line may be a paragraph, and is read by its sentences
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"'(])")
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){1,3}")


class Section(Enum):
    """What a part of a résumé tells, by its heading: what was done, what there is, or who people are."""

    WORK = 1
    LISTS = 2
    PEOPLE = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A line with the range of the text that it stands in. `personal` says that it is the candidate's alone."""

    line: Line
    start: int
    end: int
    personal: bool = False


def is_personal(text: str, rules: ResumeRules) -> bool:
    """Whether a line holds what is the candidate's alone: an address, a telephone number, a date of birth."""
    return any(pattern.search(text) for pattern in rules.personal)


def section_of(line: Line, rules: ResumeRules) -> Section | None:
    """The section that a line opens, None for a line that opens none."""
    if line.mark is Mark.BULLET or len(line.text) > _LONGEST_HEADING:
        return None
    key = heading_key(line.text)
    for section, keys in ((Section.PEOPLE, rules.people), (Section.LISTS, rules.lists), (Section.WORK, rules.work)):
        if key in keys:
            return section
    words = set(key.split())
    if not line.text.isupper() or len(words) > 4:
        return None
    return Section.WORK if words & _SHOUTED_WORK else Section.LISTS if words & _SHOUTED_LISTS else None


def pieces_of(text: str, rules: ResumeRules) -> Iterator[Piece]:
    """The lines that say something, joined where a margin broke them, paragraphs cut into sentences."""
    marked = _laid_out(numbered(text))
    personal = _personal(marked, rules)

    def opens(line: Line, following: Line) -> bool:
        return any(one.number in personal or section_of(one, rules) for one in (line, following))

    starts = _line_starts(text)
    # Personal lines say nothing of the width: what is kept without them has to be read the same again.
    lines = unwrapped(marked, text_width(line for line in marked if line.number not in personal), opens)
    ends = [*(starts[following.number - 1] for following in lines[1:]), len(text)]
    for line, end in zip(lines, ends[: len(lines)], strict=True):
        if line.text:
            piece = _trimmed(text, line, starts[line.number - 1], end)
            for one in _sentences(piece, text):
                yield replace(one, personal=line.number in personal or is_personal(one.line.text, rules))


def _personal(lines: Iterable[Line], rules: ResumeRules) -> frozenset[int]:
    """The numbers of the lines that are personal before any are joined: name, address, and whoever gives references."""
    section, at_top = Section.WORK, True
    found = set()
    for line in lines:
        here = section_of(line, rules)
        if here is not None:
            section, at_top = here, at_top and here is Section.LISTS
            continue
        named = at_top and line.number <= _TOP and _is_name(line)
        # A paragraph is judged by its sentences, later: an address in one of them leaves the others.
        short = len(line.text.split()) <= _LONG
        if section is Section.PEOPLE or named or (short and is_personal(line.text, rules)):
            found.add(line.number)
    return frozenset(found)


def _is_name(line: Line) -> bool:
    """Whether a line at the top is a person's name: two to four words, each with a capital."""
    text = line.text
    capitals = all(word[0].isupper() for word in text.split())
    return line.mark is not Mark.BULLET and capitals and _NAME.fullmatch(text) is not None


def _laid_out(lines: Sequence[Line]) -> list[Line]:
    """The lines with table rows as their words, and a bullet on a line of its own joined to the line after it."""
    joined: list[Line] = []
    for line in lines:
        if joined and joined[-1].mark is Mark.LONE_BULLET and line.mark is Mark.PLAIN and not line.gap:
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
