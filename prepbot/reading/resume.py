"""A résumé's text -> its lines, told apart: headings, claims, personal lines. No more is read than a person would."""

import re
from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from prepbot.domain.opening import OpeningKind, opening_of
from prepbot.domain.resume import LineKind, Resume, ResumeLine
from prepbot.errors import BadInput
from prepbot.reading.files import read_text, read_upload
from prepbot.reading.lines import Line, Mark, normalised
from prepbot.reading.resume_layout import is_personal, pieces_of
from prepbot.reading.resume_rules import ResumeRules, heading_key, load_resume_rules

MAX_CHARACTERS = 30_000
"""About ten full pages: no recruiter reads further, and every line read costs time."""
MAX_LINES = 150
FEWEST_WORDS = 20
"""Fewer words are no résumé: the page numbers of a scan, or a name."""

_TOP = 5  # lines of the page: a name stands in one of the first
_YEARS = re.compile(
    r"(?i)\b(?:19|20)\d\d\s*(?:[-–—/]|to|until|till)+\s*"
    r"(?:(?:\w{3,9}\.? |\d{1,2}[/.])?(?:19|20)\d\d|\d\d\b|present|now|today|current\w*|date)"
)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){1,3}")


class _Section(Enum):
    WORK = 1
    LISTS = 2
    PEOPLE = 3


class DocumentResumes:
    """Reads résumés of the user; satisfies candidate_ports.ResumeReader."""

    def from_file(self, path: Path) -> Resume:
        """A résumé from a file. Raises UnreadableFile and BadInput."""
        return read_resume(read_text(path), path.name)

    def from_upload(self, name: str, data: bytes) -> Resume:
        """A résumé from uploaded bytes; `name` gives the format. Raises UnreadableFile and BadInput."""
        return read_resume(read_upload(name, data), name)

    def from_text(self, text: str, name: str) -> Resume:
        """A résumé from pasted or kept text. Raises BadInput."""
        return read_resume(text, name)


def read_resume(text: str, name: str) -> Resume:
    """The résumé in `text`, at most its first 30,000 characters and 150 lines. Raises BadInput where there is none."""
    whole = normalised(text)
    beginning = _beginning(whole)
    lines = _lines(beginning, load_resume_rules())
    if sum(len(line.text.split()) for line in lines if line.kind is not LineKind.PERSONAL) < FEWEST_WORDS:
        raise BadInput(
            f"“{name}” holds fewer than {FEWEST_WORDS} words beside name and address, as a scan may; paste the "
            "résumé's text, or give a file with text in it."
        )
    notices = []
    if len(beginning) < len(whole) or len(lines) > MAX_LINES:
        kept = lines[:MAX_LINES]
        notices.append(
            f"“{name}” is longer than a résumé: its first {len(kept)} lines are checked, the rest is left out. "
            "Give the pages that an employer would read."
        )
        lines = kept
        beginning = beginning[: kept[-1].end] if kept else beginning
    if not any(line.kind is LineKind.CLAIM for line in lines):
        notices.append(
            f"No line of “{name}” says what was done; write each task as a line of its own, beginning with a verb."
        )
    return Resume(name, beginning, tuple(lines), tuple(notices))


def _beginning(text: str) -> str:
    """As many whole lines as fit, or as many words of one endless line."""
    if len(text) <= MAX_CHARACTERS:
        return text
    head = text[:MAX_CHARACTERS]
    cut = max(head.rfind("\n"), 0) or max(head.rfind(" "), 0) or MAX_CHARACTERS
    return head[:cut]


def _lines(text: str, rules: ResumeRules) -> list[ResumeLine]:
    section, at_top = _Section.WORK, True
    found: list[ResumeLine] = []
    for piece in pieces_of(text, rules):
        line, kind = piece.line, LineKind.HEADING
        here = _section(line, rules)
        if here is not None:
            section, at_top = here, at_top and here is _Section.LISTS
        else:
            kind = _kind(line, section, rules, at_top=at_top and line.number <= _TOP)
        found.append(ResumeLine(line.number, line.text, kind, piece.start, piece.end))
    return found


def _kind(line: Line, section: _Section, rules: ResumeRules, *, at_top: bool) -> LineKind:
    if section is _Section.PEOPLE or is_personal(line.text, rules) or (at_top and _is_name(line)):
        return LineKind.PERSONAL
    if line.mark is Mark.HEADING:
        return LineKind.HEADING
    return LineKind.CLAIM if _is_claim(line, section, rules) else LineKind.OTHER


def _section(line: Line, rules: ResumeRules) -> _Section | None:
    """The section that a line opens, None for a line that opens none."""
    key = heading_key(line.text)
    if line.mark is Mark.BULLET or len(line.text) > 50:
        return None
    if key in rules.people:
        return _Section.PEOPLE
    if key in rules.lists:
        return _Section.LISTS
    if key in rules.work:
        return _Section.WORK
    letters = [letter for letter in line.text if letter.isalpha()]
    shouted = len(letters) > 3 and all(letter.isupper() for letter in letters) and len(line.text.split()) <= 4
    words = set(key.split())
    if shouted and words & {"experience", "employment", "career", "projects", "achievements"}:
        return _Section.WORK
    return _Section.LISTS if shouted and words & {"skills", "education", "training", "languages"} else None


def _is_name(line: Line) -> bool:
    """Whether a line at the top is a person's name: two to four words, each with a capital."""
    text = line.text
    return (
        line.mark is not Mark.BULLET
        and _NAME.fullmatch(text) is not None
        and all(word[0].isupper() for word in text.split())
    )


def _is_claim(line: Line, section: _Section, rules: ResumeRules) -> bool:
    words = line.text.split()
    opening = opening_of(line.text, rules.verbs)
    if _is_entry(line, words) or len(words) < 3:
        return False
    if opening.kind is not OpeningKind.NONE:
        return opening.past or line.mark is Mark.BULLET or opening.kind is OpeningKind.DUTY or _mostly_small(words)
    if section is not _Section.WORK:
        return False
    return len(words) >= 4 if line.mark is Mark.BULLET else len(words) >= 6 and _mostly_small(words)


def _is_entry(line: Line, words: Sequence[str]) -> bool:
    """Whether a line names a job, a school or a course: short, with its years."""
    return _YEARS.search(line.text) is not None and (line.mark is not Mark.BULLET or len(words) <= 8)


def _mostly_small(words: Sequence[str]) -> bool:
    """Whether most of the long words begin small: names of employers and titles do not."""
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return 2 * sum(word[0].islower() for word in long) > len(long)
