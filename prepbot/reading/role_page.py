"""A role page's text -> Role and ParseReport."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from prepbot.domain.role import ParseReport, Role
from prepbot.errors import NotARolePage
from prepbot.reading.items import read_activities, read_kpis
from prepbot.reading.lines import (
    MAX_LINE_LENGTH,
    MAX_LINES,
    Line,
    Mark,
    normalised,
    numbered,
    text_width,
    unwrapped,
)
from prepbot.reading.outline import Notes, Outline, Part, outlined, shortened
from prepbot.reading.question_table import read_questions
from prepbot.reading.stages import read_stages

_FUNCTION = re.compile(r"(?:job )?(?:function|department) ?[:–-] ?(.{0,200})", re.IGNORECASE)
_ABOUT = re.compile(r"about\b ?([^:]{0,150})(?:: ?(.*))?$", re.IGNORECASE)
_LONGEST_TITLE = 120
_WHAT_IS_NEEDED = "A role page has a “Function:” line and sections such as “Key Performance Indicators”."


@dataclass(frozen=True, slots=True)
class _Header:
    title: str
    function: str | None
    about: str
    about_line: int


def read_role_page(text: str, role_id: str) -> tuple[Role, ParseReport]:
    """Read a role page. `role_id` becomes the role's id and names the document in messages.

    Line numbers are 1-based in `text`. Raises NotARolePage, with one sentence that says why, for a text that is
    empty, has not the shape of a role page, or has its headings and nothing under them.
    """
    clean = normalised(text)
    lines = numbered(clean)
    if not lines:
        raise NotARolePage(f"The document {shortened(role_id)} is empty. {_WHAT_IS_NEEDED}")
    notes = Notes()
    _note_bounds(clean, notes)
    outline = outlined(lines)
    header = _header(unwrapped(outline.preamble, text_width(lines)), notes)
    # One heading alone also stands in résumés and reports; a role page has its function or several of them.
    if header.function is None and len(outline.parts) < 2:
        raise NotARolePage(f"The document {shortened(role_id)} is not a role page. {_WHAT_IS_NEEDED}")
    notes.not_understood(outline.foreign)
    role = _role(outline, header, lines, notes, role_id, _sha256(clean))
    if not (role.activities or role.kpis or role.stages or role.questions):
        raise NotARolePage(_nothing_inside(role))
    _note_gaps(role, header, notes)
    return role, ParseReport(notes.in_page_order())


def role_id_of(name: str) -> str:
    """The library id for a file name or a title.

    >>> role_id_of("ecommerce_specialist.txt")
    'ecommerce-specialist'
    """
    stem = PurePath(name.replace("\\", "/")).name
    if PurePath(stem).suffix.lower() in (".txt", ".md", ".html", ".htm", ".pdf", ".docx"):
        stem = PurePath(stem).stem
    letters = "".join(letter if letter.isalnum() else " " for letter in stem.casefold())
    return "-".join(letters.split())[:80].rstrip("-") or "role"


def _role(outline: Outline, header: _Header, lines: Sequence[Line], notes: Notes, role_id: str, sha256: str) -> Role:
    width = text_width(lines)
    part = {name: outline.parts.get(name, []) for name in Part}
    return Role(
        id=role_id,
        title=header.title or role_id,
        function=header.function or "",
        about=header.about,
        about_line=header.about_line,
        activities=read_activities(unwrapped(part[Part.ACTIVITIES], width), notes),
        kpis=read_kpis(unwrapped(part[Part.KPIS], width), notes),
        stages=read_stages(part[Part.STAGES], width, notes),
        questions=read_questions(part[Part.QUESTIONS], width, notes),
        sha256=sha256,
    )


def _header(preamble: Sequence[Line], notes: Notes) -> _Header:
    rest = list(preamble)
    function = _take(rest, _FUNCTION)
    about, about_line, subject = _take_about(rest)
    title_line = _title_line(rest, subject, function[1].number if function else 0)
    if title_line:
        rest.remove(title_line)
    notes.not_understood(rest)
    title = title_line.text if title_line else subject
    return _Header(title[:_LONGEST_TITLE], function[0] if function else None, about, about_line)


def _take(lines: list[Line], pattern: re.Pattern[str]) -> tuple[str, Line] | None:
    for line in lines:
        found = pattern.match(line.text)
        if found:
            lines.remove(line)
            return found[1].strip(), line
    return None


def _take_about(lines: list[Line]) -> tuple[str, int, str]:
    """Take the "About X: …" line, or an "About X" line and the paragraph under it: text, line, X."""
    for place, line in enumerate(lines):
        found = _ABOUT.match(line.text)
        if not found:
            continue
        subject, inline = found[1].strip(), (found[2] or "").strip()
        if inline or place + 1 == len(lines):
            del lines[place]
            return inline, line.number, subject
        paragraph = lines[place + 1]
        del lines[place : place + 2]
        return paragraph.text, paragraph.number, subject
    return "", 0, ""


def _title_line(lines: Sequence[Line], subject: str, function_line: int) -> Line | None:
    """The line that names the role: the one "About X" repeats, the one above "Function:", a heading, the first."""
    short = [line for line in lines if line.text and len(line.text) <= _LONGEST_TITLE]
    named = [line for line in short if line.text.casefold() == subject.casefold()]
    above = [line for line in short if line.number < function_line][-1:]
    headings = [line for line in short if line.mark is Mark.HEADING]
    return next(iter([*named, *above, *headings, *short]), None)


def _nothing_inside(role: Role) -> str:
    function = f" ({role.function})" if role.function else ""
    return (
        f"“{role.title}”{function} has headings but no activities, KPIs, stages or questions; "
        "add them under the headings and read it again."
    )


def _note_bounds(clean: str, notes: Notes) -> None:
    lines = clean.split("\n", MAX_LINES)
    if len(lines) > MAX_LINES:
        notes.add(MAX_LINES + 1, f"The document has more than {MAX_LINES} lines: those from here on are left out.")
    for number, line in enumerate(lines[:MAX_LINES], start=1):
        if len(line) > MAX_LINE_LENGTH:
            notes.add(number, f"This line is cut after {MAX_LINE_LENGTH} characters; it has {len(line)}.")


def _note_gaps(role: Role, header: _Header, notes: Notes) -> None:
    if header.function is None:
        notes.add(0, "The page has no “Function:” line.")
    if not header.title:
        notes.add(0, "The page has no title; its id stands in for it.")
    for name, found in (
        (Part.ACTIVITIES, role.activities),
        (Part.KPIS, role.kpis),
        (Part.STAGES, role.stages),
        (Part.QUESTIONS, role.questions),
    ):
        if not found:
            notes.add(0, f"The page has no “{name}”.")


def _sha256(clean: str) -> str:
    return hashlib.sha256(clean.strip("\n").encode("utf-8")).hexdigest()
