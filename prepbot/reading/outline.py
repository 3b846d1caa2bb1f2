"""A document cut into the parts of a role page: what stands before the first heading, then its sections."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from prepbot.domain.role import ParseWarning
from prepbot.reading.lines import Line, Mark

MAX_WARNINGS = 200


class Part(StrEnum):
    """A section of a role page, by the heading the page gives it."""

    ACTIVITIES = "Primary Activities"
    KPIS = "Key Performance Indicators"
    STAGES = "Selection Process"
    QUESTIONS = "Interview Questions"


# Headings that no item, topic or sentence is likely to equal: they count wherever they stand alone on a line.
_HEADINGS: dict[str, Part] = {
    "primary activities": Part.ACTIVITIES,
    "key activities": Part.ACTIVITIES,
    "main activities": Part.ACTIVITIES,
    "primary responsibilities": Part.ACTIVITIES,
    "key responsibilities": Part.ACTIVITIES,
    "main responsibilities": Part.ACTIVITIES,
    "activities and responsibilities": Part.ACTIVITIES,
    "key performance indicators": Part.KPIS,
    "key performance indicators kpis": Part.KPIS,
    "key performance indicators kpi": Part.KPIS,
    "performance indicators": Part.KPIS,
    "kpis": Part.KPIS,
    "kpi metrics": Part.KPIS,
    "selection process": Part.STAGES,
    "selection stages": Part.STAGES,
    "interview process": Part.STAGES,
    "hiring process": Part.STAGES,
    "recruitment process": Part.STAGES,
    "application process": Part.STAGES,
    "interview questions": Part.QUESTIONS,
    "common interview questions": Part.QUESTIONS,
    "sample interview questions": Part.QUESTIONS,
    "question bank": Part.QUESTIONS,
}
# Words that may also be a topic or an item: they count only with a heading's marks.
_MARKED_HEADINGS: dict[str, Part] = {
    "activities": Part.ACTIVITIES,
    "responsibilities": Part.ACTIVITIES,
    "duties": Part.ACTIVITIES,
    "tasks": Part.ACTIVITIES,
    "metrics": Part.KPIS,
    "key metrics": Part.KPIS,
    "stages": Part.STAGES,
    "process": Part.STAGES,
    "questions": Part.QUESTIONS,
}
# Sections of job pages that hold nothing an interview is made of.
_OTHER_HEADING = re.compile(
    r"benefits|salary|salary range|compensation|compensation and benefits|perks|what we offer|requirements"
    r"|qualifications|required skills|skills|skills required|education|location|how to apply|apply now|career path"
    r"|related roles|similar roles|related jobs|similar jobs|about us|about the company|contact|comments|share"
    r"|further reading|resume tips|cover letter"
)


@dataclass(slots=True)
class Notes:
    """Collects what was not understood, at most MAX_WARNINGS of them in full."""

    warnings: list[ParseWarning] = field(default_factory=list)
    left_out: int = 0

    def add(self, line: int, message: str) -> None:
        """Note one thing about a 1-based line, or 0 for the whole document."""
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings.append(ParseWarning(line, message))
        else:
            self.left_out += 1

    def not_understood(self, lines: Iterable[Line]) -> None:
        """Note lines that were left out."""
        for line in lines:
            if line.text:
                self.add(line.number, f"This line was not understood and is left out: {shortened(line.text)}")

    def in_page_order(self) -> tuple[ParseWarning, ...]:
        """Every warning, sorted by line, and a last one that counts those there was no room for."""
        ordered = sorted(self.warnings, key=lambda warning: warning.line)
        if self.left_out:
            ordered.append(ParseWarning(0, f"{self.left_out} more remarks on this document are not shown."))
        return tuple(ordered)


@dataclass(slots=True)
class Outline:
    """The document's lines by part; `foreign` are sections that belong to no role page."""

    preamble: list[Line] = field(default_factory=list)
    parts: dict[Part, list[Line]] = field(default_factory=dict)
    foreign: list[Line] = field(default_factory=list)


def outlined(lines: Sequence[Line]) -> Outline:
    """Cut the lines at the headings that a role page has; a heading that comes again continues its part."""
    outline = Outline()
    current = outline.preamble
    part: Part | None = None
    depth = 6
    for line in lines:
        heading = heading_of(line)
        if heading:
            part, depth = heading, line.level or depth
            current = outline.parts.setdefault(heading, [])
        elif outline.parts and _is_foreign(line, part, depth):
            part, current = None, outline.foreign
            current.append(line)
        else:
            current.append(line)
    return outline


def heading_of(line: Line) -> Part | None:
    """The part that a line opens, None for a line that is no heading of a role page."""
    if line.mark not in (Mark.PLAIN, Mark.HEADING, Mark.STRONG) or len(line.text) > 60:
        return None
    key = _key(line.text)
    if key in _HEADINGS:
        return _HEADINGS[key]
    is_marked = line.mark is not Mark.PLAIN or line.text.endswith(":")
    return _MARKED_HEADINGS.get(key) if is_marked else None


def shortened(text: str, limit: int = 80) -> str:
    """The text in quotation marks, cut to about `limit` characters."""
    return f"“{text}”" if len(text) <= limit else f"“{text[: limit - 1].rstrip()}…”"


def _is_foreign(line: Line, part: Part | None, depth: int) -> bool:
    is_other = (
        line.text[:1].isupper() and len(line.text) <= 40 and _OTHER_HEADING.fullmatch(_key(line.text)) is not None
    )
    if line.mark is Mark.HEADING:
        return is_other or line.level <= depth < 6
    # "Skills" or "Benefits" alone on a line of the question table is a topic.
    return is_other and part is not Part.QUESTIONS and line.mark in (Mark.PLAIN, Mark.STRONG)


def _key(text: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    return " ".join(words.split())
