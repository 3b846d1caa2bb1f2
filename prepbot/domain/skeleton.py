"""A candidate's own words put in the order of a strong answer, with a bracket where something is missing.

Nothing is phrased here: every word is the candidate's or stands in the phrases that are handed in.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from prepbot.domain.checks import checks
from prepbot.domain.evidence import Evidence, Part, Span
from prepbot.domain.marking import MarkKind
from prepbot.domain.quoting import tidied, whole_words

ORDER = (MarkKind.SITUATION, MarkKind.TASK, MarkKind.ACTION, MarkKind.RESULT, MarkKind.REFLECTION)

_FIGURE = re.compile(
    r"(?i)\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|hundred|thousand|half|halved|third|quarter|double[ds]?|tripled?|twice|percent|per cent)\b"
)
_END_MARKS = (".", "!", "?", "…")
_CLOSING = "\"'”’)"


@dataclass(frozen=True, slots=True)
class Phrases:
    """What stands in brackets. `missing` has a prompt for each kind of `ORDER`, the others complete words of theirs."""

    missing: dict[MarkKind, str]
    figure: str
    kpi: str
    own_part: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ordered answer. `kinds` are the parts it says, or, where `missing`, the one it asks for."""

    kinds: tuple[MarkKind, ...]
    text: str
    missing: bool = False

    @property
    def label(self) -> str:
        """The parts in words: "Situation", "Situation, task"."""
        return ", ".join(kind.label for kind in self.kinds).capitalize()


@dataclass(frozen=True, slots=True)
class _Block:
    """A range of one answer that says one part or several."""

    turn: int
    start: int
    end: int
    kinds: frozenset[MarkKind]


def holds_figure(words: str) -> bool:
    """Whether some words name a number, in digits or spelled out."""
    return bool(_FIGURE.search(words))


def in_order(evidence: Evidence, answers: Sequence[str], phrases: Phrases) -> tuple[Line, ...]:
    """The unit's own spans as situation, task, action, result and looking back; empty where there is not one.

    `answers[n]` is the text that spans of turn n point into. Spans that overlap appear once, on the line of the first
    part they say.
    """
    found = [block for block in _merged(_blocks(evidence, answers)) if _said(block, answers)]
    if not found:
        return ()
    said = {kind for block in found for kind in block.kinds}
    lines = [
        line
        for kind in ORDER
        for line in (
            _lines([block for block in found if _first(block) is kind], answers)
            if kind in said
            else [Line((kind,), phrases.missing[kind], missing=True)]
        )
    ]
    return tuple(_completed(line, evidence, phrases) for line in lines)


def _blocks(evidence: Evidence, answers: Sequence[str]) -> list[_Block]:
    parts = {MarkKind(part.value): evidence.part(part) for part in Part} | {MarkKind.REFLECTION: evidence.reflection}
    spans = [(kind, span) for kind, span in parts.items() if span and not _overlaps(span, evidence.set_aside)]
    others = [span for kind, span in spans if kind is not MarkKind.ACTION]
    steps = [(MarkKind.ACTION, s) for s in evidence.steps if not _overlaps(s, (*others, *evidence.set_aside))]
    return [_block(kind, span, answers) for kind, span in [*spans, *steps]]


def _block(kind: MarkKind, span: Span, answers: Sequence[str]) -> _Block:
    return _Block(span.turn, *whole_words(span, answers[span.turn]), frozenset({kind}))


def _merged(blocks: Iterable[_Block]) -> list[_Block]:
    """The blocks with those that overlap joined, in the order of the words."""
    joined: list[_Block] = []
    for block in sorted(blocks, key=lambda block: (block.turn, block.start, block.end)):
        last = joined[-1] if joined else None
        if last and last.turn == block.turn and block.start < last.end:
            joined[-1] = _Block(last.turn, last.start, max(last.end, block.end), last.kinds | block.kinds)
        else:
            joined.append(block)
    return joined


def _lines(blocks: Sequence[_Block], answers: Sequence[str]) -> list[Line]:
    """One line for blocks that say the same parts."""
    return [
        Line(tuple(kind for kind in ORDER if kind in kinds), " ".join(_said(block, answers) for block in group))
        for kinds, group in groupby(blocks, key=lambda block: block.kinds)
    ]


def _completed(line: Line, evidence: Evidence, phrases: Phrases) -> Line:
    """The line with a bracket after it for what its words leave open."""
    if line.missing:
        return line
    found = checks(evidence)
    wanted = []
    if MarkKind.ACTION in line.kinds and found["somebody_acts"].holds and not found["own_part"].holds:
        wanted.append(phrases.own_part)
    if MarkKind.RESULT in line.kinds and not found["kpi_in_result"].holds:
        wanted += [] if found["kpi_used"].holds else [phrases.kpi]
        wanted += [] if holds_figure(line.text) else [phrases.figure]
    return Line(line.kinds, " ".join([line.text, *wanted]))


def _said(block: _Block, answers: Sequence[str]) -> str:
    """The block's words as a sentence."""
    words = tidied(answers[block.turn][block.start : block.end]).strip(" ,;:–—-")
    if not any(character.isalnum() for character in words):
        return ""
    sentence = words[0].upper() + words[1:] if words[0].islower() else words
    return sentence if sentence.rstrip(_CLOSING).endswith(_END_MARKS) else f"{sentence}."


def _first(block: _Block) -> MarkKind:
    return next(kind for kind in ORDER if kind in block.kinds)


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span.turn == other.turn and span.start < other.end and other.start < span.end for other in others)
