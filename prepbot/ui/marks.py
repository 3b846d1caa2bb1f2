"""An answer with its evidence as HTML. Pure: text and Evidence in, escaped HTML out.

Structure is a wash and a letter, a KPI an underline and a dot, words set aside a hatch and a lock.
"""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from prepbot.domain.evidence import Evidence, KpiLevel, KpiReference
from prepbot.domain.marking import LEVEL_LABELS, Mark, MarkKind, Segment, marks, segments
from prepbot.ui.pictures import icon

HOW_TO_READ = "Point at a mark, or reach it with Tab, to see why it counts."

# Looking back is F in the colours, because L was taken there; readers see the letter L.
PART_CLASS = {
    MarkKind.SITUATION: "S",
    MarkKind.TASK: "T",
    MarkKind.ACTION: "A",
    MarkKind.RESULT: "R",
    MarkKind.REFLECTION: "F",
}
LEVEL_CLASS = {KpiLevel.MENTIONED: "lm", KpiLevel.USED: "lu", KpiLevel.QUANTIFIED: "lq"}

_PART_NOTES = {
    MarkKind.SITUATION: "Where this happens, or would happen. Counts for Structure.",
    MarkKind.TASK: "What had to be reached. Counts for Structure.",
    MarkKind.ACTION: "What you did, or would do. Counts for Structure.",
    MarkKind.RESULT: "What came of it, or how you would know. Counts for Structure.",
    MarkKind.REFLECTION: "What it cost or taught you. Counts for Looking back.",
}
_SET_ASIDE_NOTE = "This speaks to the grader."
_VIA = {
    "name": "Named in your words",
    "inverse": "Said as its opposite measure",
    "paraphrase": "Said in other words",
    "definition": "Recognised by its definition",
    "model": "Read between the lines by a language model",
}


def marked_answer(answer: str, evidence: Evidence, turn: int = 0) -> str:
    """The answer with its marks and, under it, the strip that shows the reason of the mark in focus.

    `turn` selects the spans of one answer where `evidence` is a whole unit's.
    """
    found = marks(evidence, turn)
    if not found:
        return f'<div class="answer">{escape(answer)}</div>'
    body = "".join(_part(list(run), answer) for _, run in groupby(segments(answer, found), key=_outer))
    hint = f'<span class="note hint">{icon("touch_app")} {HOW_TO_READ}</span>'
    return f'<div class="answer box">{body}{hint}</div>'


def letter(kind: MarkKind) -> str:
    """The letter that stands before a part of the structure."""
    return f'<b class="tag {PART_CLASS[kind]}" aria-hidden="true">{kind.letter}</b>'


def dot(level: KpiLevel) -> str:
    """The dot that stands after a KPI: hollow, half or full."""
    return f'<i class="dot {LEVEL_CLASS[level]}" aria-hidden="true"></i>'


def legend() -> str:
    """What the signs mean, in the order of the marks."""
    parts = (f"<span>{letter(kind)}{escape(kind.label.lower())}</span>" for kind in PART_CLASS)
    levels = (
        f'<span><span class="kpi {LEVEL_CLASS[level]}">KPI</span>{dot(level)}{LEVEL_LABELS[level]}</span>'
        for level in KpiLevel
    )
    aside = f"<span>{icon('lock')} set aside</span>"
    return f'<div class="key">{"".join(parts)}{"".join(levels)}{aside}</div>'


def _outer(segment: Segment) -> tuple[Mark, ...]:
    return tuple(mark for mark in segment.marks if mark.kind is not MarkKind.KPI)


def _inner(segment: Segment) -> tuple[Mark, ...]:
    return tuple(mark for mark in segment.marks if mark.kind is MarkKind.KPI)


def _part(run: Sequence[Segment], answer: str) -> str:
    """One stretch of words under the same parts: the wash of the first, an overline for a second."""
    outer = _outer(run[0])
    inside = "".join(_kpi(list(group), answer) for _, group in groupby(run, key=_inner))
    if not outer:
        return inside
    opening = [mark for mark in outer if mark in run[0].opens]
    signs = "".join(icon("lock") if mark.kind is MarkKind.SET_ASIDE else letter(mark.kind) for mark in opening)
    focusable = ' tabindex="0"' if opening else ""
    return f'<span class="{_part_class(outer)}"{focusable}>{signs}{inside}{_note(map(_part_note, outer))}</span>'


def _part_class(outer: Sequence[Mark]) -> str:
    if outer[0].kind is MarkKind.SET_ASIDE:
        return "aside"
    second = f" over-{PART_CLASS[outer[1].kind]}" if len(outer) > 1 else ""
    return f"part {PART_CLASS[outer[0].kind]}{second}"


def _kpi(run: Sequence[Segment], answer: str) -> str:
    """One stretch of words under the same KPIs: the underline of the strongest, a dot for each that ends here."""
    text = escape("".join(segment.text for segment in run))
    references = [mark.reference for mark in _inner(run[0]) if mark.reference]
    if not references:
        return text
    level = max(reference.level for reference in references)
    note = _note(_kpi_note(reference, answer) for reference in references)
    dots = "".join(dot(mark.reference.level) for mark in run[-1].closes if mark.reference)
    return f'<span class="kpi {LEVEL_CLASS[level]}" tabindex="0">{text}{note}</span>{dots}'


def _note(sentences: Iterable[str]) -> str:
    return f'<span class="note" role="note">{" ".join(sentences)}</span>'


def _part_note(mark: Mark) -> str:
    if mark.kind is MarkKind.SET_ASIDE:
        return f"<b>{mark.label}.</b> {_SET_ASIDE_NOTE}"
    return f"<b>{escape(mark.label)}.</b> {_PART_NOTES[mark.kind]}"


def _kpi_note(reference: KpiReference, answer: str) -> str:
    via = _VIA.get(reference.via, "Recognised in your words")
    number = f"; “{escape(reference.number.cut(answer))}” belongs to it" if reference.number else ""
    place = " It stands in the result." if reference.in_result else ""
    name = escape(f"{reference.kpi}, {LEVEL_LABELS[reference.level]}")
    return f"<b>{name}.</b> {via}{number}. Counts for KPIs.{place}"
