"""A résumé's text -> its lines, told apart: headings, claims, personal lines. No more is read than a person would."""

import re
from collections.abc import Sequence
from pathlib import Path

from prepbot.domain.opening import OpeningKind, opening_of
from prepbot.domain.resume import LineKind, Resume, ResumeLine
from prepbot.errors import BadInput
from prepbot.reading.files import read_text, read_upload
from prepbot.reading.lines import Line, Mark, normalised
from prepbot.reading.resume_layout import Section, pieces_of, section_of
from prepbot.reading.resume_rules import ResumeRules, load_resume_rules

MAX_CHARACTERS = 30_000
"""About ten full pages: no recruiter reads further, and every line read costs time."""
MAX_LINES = 150
FEWEST_WORDS = 20
"""Fewer words are no résumé: the page numbers of a scan, or a name."""

_YEARS = re.compile(
    r"(?i)\b(?:19|20)\d\d\s*(?:[-–—/]|to|until|till)+\s*"
    r"(?:(?:\w{3,9}\.? |\d{1,2}[/.])?(?:19|20)\d\d|\d\d\b|present|now|today|current\w*|date)"
)


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
    section = Section.WORK
    found: list[ResumeLine] = []
    for piece in pieces_of(text, rules):
        line = piece.line
        here = section_of(line, rules)
        section = here or section
        if here or (line.mark is Mark.HEADING and not piece.personal):
            kind = LineKind.HEADING
        elif piece.personal:
            kind = LineKind.PERSONAL
        else:
            kind = LineKind.CLAIM if _is_claim(line, section, rules) else LineKind.OTHER
        found.append(ResumeLine(line.number, line.text, kind, piece.start, piece.end))
    return found


def _is_claim(line: Line, section: Section, rules: ResumeRules) -> bool:
    """Whether a line says what was done. In running text that takes a verb or a duty; a list item may lack one."""
    words, listed = line.text.split(), line.mark is Mark.BULLET
    if len(words) < 3 or _is_entry(line, words):
        return False
    opening = opening_of(line.text, rules.verbs)
    if opening.kind is OpeningKind.NONE:
        return listed and section is Section.WORK and len(words) > 3
    return listed or opening.past or opening.kind is OpeningKind.DUTY or _mostly_small(words)


def _is_entry(line: Line, words: Sequence[str]) -> bool:
    """Whether a line names a job, a school or a course: short, with its years."""
    return _YEARS.search(line.text) is not None and (line.mark is not Mark.BULLET or len(words) <= 8)


def _mostly_small(words: Sequence[str]) -> bool:
    """Whether most of the long words begin small: names of employers and titles do not."""
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    return 2 * sum(word[0].islower() for word in long) > len(long)
