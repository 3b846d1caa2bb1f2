"""The question bank of a role page, in the three layouts that documents give it.

A site's table pasted as text has lone "|" lines between its cells; Markdown and HTML give one row a line; PDF and
Word give the questions and topics as lines of their own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from prepbot.domain.role import Question
from prepbot.reading.items import is_introduction
from prepbot.reading.lines import Line, Mark, cells, unwrapped
from prepbot.reading.outline import Notes, shortened
from prepbot.reading.question_kind import question_kind

MAX_QUESTIONS = 500
_LONGEST_QUESTION = 1000
_LONGEST_TOPICS = 400
_TOPIC_WORDS = 8
_LINK_CELLS = frozenset(("link", "view", "open", "practice", "answer"))
_REQUEST = re.compile(
    r"(?:tell|describe|explain|give|share|show|walk|talk|name|how|what|which|why|when|where|who|whose|can|could|do"
    r"|does|did|have|has|is|are|will|would|should|in|if|imagine|suppose|discuss|outline|list|define|compare) \S+ \S",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:q|question) ?\d{1,3} ?[.:)] ?(?=\S)", re.IGNORECASE)
_TOPIC_LABEL = re.compile(r"(?:topic|tag)s?(?:\(s\))? ?: ?", re.IGNORECASE)


@dataclass(slots=True)
class Row:
    """A question as it is being read: its words, its topic lines and the line it begins on."""

    number: int
    text: str
    topics: list[str] = field(default_factory=list)


def read_questions(lines: Sequence[Line], width: float, notes: Notes) -> tuple[Question, ...]:
    """The questions of a section's lines in the page's order, ids "q01"…; what is left out is noted."""
    lines = [_without_number(line) for line in lines]
    marks = {line.mark for line in lines}
    if Mark.BAR in marks:
        rows = _from_bars(_table(lines, width, notes), notes)
    elif Mark.ROW in marks:
        rows = _from_rows(_table(lines, width, notes), notes)
    else:
        rows = _from_lines(unwrapped(lines, width, _opens_question), notes)
        if width:  # the margin that breaks questions breaks topics too
            rows = [Row(row.number, row.text, [" ".join(row.topics)]) for row in rows]
    return _questions(rows, notes)


def split_topics(line: str) -> tuple[str, ...]:
    """The topics of one line, apart at commas and semicolons."""
    parts = re.split(r"[,;]", line[:_LONGEST_TOPICS])
    return tuple(part.strip() for part in parts if any(map(str.isalnum, part)))


def is_question(text: str) -> bool:
    """Whether a line reads as a question or as a request to tell something."""
    bare = text.strip("“”\"')")
    return bare.endswith("?") or _REQUEST.match(bare) is not None


def _table(lines: Sequence[Line], width: float, notes: Notes) -> Sequence[Line]:
    """The lines from the table's header on; without a header, from the line before the first bar."""
    first = next(place for place, line in enumerate(lines) if line.mark in (Mark.ROW, Mark.BAR))
    begin = first if lines[first].mark is Mark.ROW else max(0, first - 1)
    notes.not_understood(line for line in unwrapped(lines[:begin], width) if not is_introduction(line))
    return lines[begin:]


def _without_number(line: Line) -> Line:
    number = _NUMBER.match(line.text)
    return replace(line, text=line.text[number.end() :]) if number else line


def _from_bars(lines: Sequence[Line], notes: Notes) -> list[Row]:
    rows: list[Row] = []
    row: Row | None = None
    in_topics = False
    for line in lines:
        if line.mark is Mark.ROW and "|" in (line.text[0], line.text[-1]):
            rows += _read_row(line, (), notes)
        elif line.mark is Mark.BAR and in_topics:
            row, in_topics = None, False
        elif line.mark is Mark.BAR:
            in_topics = row is not None
        elif line.mark is Mark.RULE:
            continue
        elif row is None or (not in_topics and row.text.endswith("?")):
            row = Row(line.number, line.text)
            rows.append(row)
        elif in_topics:
            row.topics.append(line.text)
        else:
            row.text += f" {line.text}"
    if row is not None and not in_topics and not is_question(row.text):
        # Nothing closes this cell and it does not ask anything: text after the table.
        notes.add(row.number, f"This line was not understood and is left out: {shortened(row.text)}")
        rows.pop()
    return rows


def _from_rows(lines: Sequence[Line], notes: Notes) -> list[Row]:
    rows: list[Row] = []
    header: tuple[str, ...] = ()
    for line in lines:
        if line.mark is Mark.ROW:
            titles = tuple(cell.casefold() for cell in cells(line.text))
            header = titles if _is_header(titles) else header
            rows += _read_row(line, header, notes)
        elif line.mark is not Mark.RULE:
            notes.not_understood([line])
    return rows


def _read_row(line: Line, header: tuple[str, ...], notes: Notes) -> list[Row]:
    found = cells(line.text)
    if _is_header(tuple(cell.casefold() for cell in found)):
        return []
    if len(found) == len(header):
        place = next(at for at, title in enumerate(header) if title.startswith("question"))
    else:
        place = _question_place(found)
    text = found[place] if place < len(found) else ""
    if not any(map(str.isalnum, text)):
        notes.not_understood([line])
        return []
    return [Row(line.number, text, [cell for cell in found[place + 1 :] if cell])]


def _question_place(found: Sequence[str]) -> int:
    asking = [at for at, cell in enumerate(found) if cell.endswith("?")]
    if asking:
        return asking[0]
    return max(range(len(found)), key=lambda at: len(found[at]), default=0)


def _is_header(titles: tuple[str, ...]) -> bool:
    return any(title in ("question", "questions") for title in titles)


def _from_lines(lines: Sequence[Line], notes: Notes) -> list[Row]:
    rows: list[Row] = []
    for line in lines:
        label = _TOPIC_LABEL.match(line.text)
        if rows and label:
            rows[-1].topics.append(line.text[label.end() :])
            continue
        text, tail = _split_tail(line.text)
        if is_question(text) and not (not rows and _introduces(line)):
            rows.append(Row(line.number, text, [tail] if tail else []))
        elif rows and _may_be_topic(line):
            rows[-1].topics.append(line.text)
        elif rows or not (is_introduction(line) or _names_columns(line)):
            notes.not_understood([line])
    return rows


def _opens_question(line: Line, following: Line) -> bool:
    return "?" in line.text and _REQUEST.match(following.text) is not None and following.text[:1].isupper()


def _introduces(line: Line) -> bool:
    return is_introduction(line) and "?" not in line.text and "interview" in line.text.casefold()


def _split_tail(text: str) -> tuple[str, str]:
    """Cut "Question? (Topic)" into question and topic; without a mark of its own the topic stays outside."""
    asked, mark, tail = text.rpartition("?")
    if not mark:
        asked, mark, tail = text.rpartition(". ")
        if not is_question(asked) or is_question(tail.strip()):
            return text, ""
    bare = tail.strip(" -–—:[]().”\"'")
    if len(bare.split()) > _TOPIC_WORDS:
        return text, ""
    return (asked + mark).strip(), bare


def _may_be_topic(line: Line) -> bool:
    return line.mark is Mark.PLAIN and len(line.text.split()) <= _TOPIC_WORDS and not line.text.endswith(".")


def _names_columns(line: Line) -> bool:
    return set(line.text.casefold().replace("(s)", "").split()) <= {"link", "question", "questions", "topic", "topics"}


def _questions(rows: Sequence[Row], notes: Notes) -> tuple[Question, ...]:
    kept: dict[str, Question] = {}
    for row in rows:
        text = row.text[:_LONGEST_QUESTION]
        if text.casefold() in _LINK_CELLS or not any(map(str.isalnum, text)):
            notes.add(row.number, f"This line was not understood and is left out: {shortened(row.text)}")
        elif text.casefold() in kept:
            notes.add(row.number, f"This question stands here a second time and is left out: {shortened(text)}")
        elif len(kept) == MAX_QUESTIONS:
            notes.add(row.number, f"More than {MAX_QUESTIONS} questions: those from here on are left out.")
            break
        else:
            topics = tuple(dict.fromkeys(topic for line in row.topics for topic in split_topics(line)))
            if not topics:
                notes.add(row.number, f"This question has no topic: {shortened(text)}")
            question_id = f"q{len(kept) + 1:02d}"
            kept[text.casefold()] = Question(question_id, text, topics, question_kind(text), row.number)
    return tuple(kept.values())
