"""The lists of a role page, activities and KPIs: from lines to names and texts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from prepbot.domain.role import Activity, Kpi
from prepbot.reading.lines import Line, Mark, cells
from prepbot.reading.outline import Notes, shortened

MAX_ACTIVITIES = 200
MAX_KPIS = 200
_LONGEST_NAME = 120
_INTRODUCTION_WORDS = 14


@dataclass(slots=True)
class Group:
    """A line that opens an item or a stage, and the lines under it."""

    head: Line
    body: list[Line] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines under the head as one text."""
        return " ".join(line.text for line in self.body if line.text)


def read_activities(lines: Sequence[Line], notes: Notes) -> tuple[Activity, ...]:
    """The activities of a section's lines; one without a colon is all name."""
    items = _bounded(_items(lines, notes), MAX_ACTIVITIES, "activities", notes)
    return tuple(Activity(name, text, number) for name, text, number in items)


def read_kpis(lines: Sequence[Line], notes: Notes) -> tuple[Kpi, ...]:
    """The KPIs of a section's lines; one without a definition is noted."""
    items = _bounded(_items(lines, notes), MAX_KPIS, "KPIs", notes)
    for name, definition, number in items:
        if not definition:
            notes.add(number, f"The KPI {shortened(name)} has no definition; it is matched by its name alone.")
    return tuple(Kpi(name, definition, number) for name, definition, number in items)


def split_name(text: str) -> tuple[str, str]:
    """Cut "Name: text" at the first colon outside brackets, else at a spaced dash; no name, no cut.

    >>> split_name("Ratio (a:b): What it is")
    ('Ratio (a:b)', 'What it is')
    """
    depth = 0
    for place, letter in enumerate(text[: _LONGEST_NAME + 1]):
        if letter in "([":
            depth += 1
        elif letter in ")]":
            depth = max(0, depth - 1)
        elif letter == ":" and depth == 0 and text[place + 1 : place + 2] in ("", " "):
            return text[:place].strip(), text[place + 1 :].strip()
    for dash in (" – ", " — ", " - "):
        name, found, rest = text.partition(dash)
        if found and len(name) <= _LONGEST_NAME:
            return name.strip(), rest.strip()
    return text, ""


def grouped(lines: Sequence[Line], opens: Callable[[Line], bool]) -> tuple[list[Line], list[Group]]:
    """The lines before the first opening one, and a group for each opening line."""
    before: list[Line] = []
    groups: list[Group] = []
    for line in lines:
        if opens(line):
            groups.append(Group(line))
        elif groups:
            groups[-1].body.append(line)
        else:
            before.append(line)
    return before, groups


def is_introduction(line: Line) -> bool:
    """Whether a line reads as a sentence that introduces a list rather than as an item of it."""
    return line.mark is Mark.PLAIN and (
        len(line.text.split()) >= _INTRODUCTION_WORDS or line.text.endswith((":", ".", "…"))
    )


def _items(lines: Sequence[Line], notes: Notes) -> list[tuple[str, str, int]]:
    marks = {line.mark for line in lines}
    if Mark.BULLET in marks:
        return _from_bullets(lines, notes)
    if Mark.ROW in marks:
        return _from_rows(lines, notes)
    if marks & {Mark.HEADING, Mark.STRONG, Mark.LONE_BULLET}:
        return _from_headings(lines, notes)
    return _from_plain(lines, notes)


def _from_bullets(lines: Sequence[Line], notes: Notes) -> list[tuple[str, str, int]]:
    before, groups = grouped(lines, lambda line: line.mark is Mark.BULLET)
    _note_strays([line for line in before if not is_introduction(line)], notes)
    for group in groups:
        _note_strays(group.body, notes)
    return _named([(group.head, group.head.text) for group in groups], notes)


def _from_rows(lines: Sequence[Line], notes: Notes) -> list[tuple[str, str, int]]:
    rows = [line for line in lines if line.mark is Mark.ROW]
    header_ends = next((line.number for line in lines if line.mark is Mark.RULE), 0)
    items: list[tuple[str, str, int]] = []
    for row in rows:
        filled = [cell for cell in cells(row.text) if cell]
        if filled and row.number > header_ends:
            items.append((filled[0], " ".join(filled[1:]), row.number))
    _note_strays([line for line in lines if line.mark is Mark.PLAIN and not is_introduction(line)], notes)
    return items


def _from_headings(lines: Sequence[Line], notes: Notes) -> list[tuple[str, str, int]]:
    if any(line.mark is Mark.LONE_BULLET for line in lines):
        before, groups = grouped(lines, lambda line: line.mark is Mark.LONE_BULLET)
        groups = [Group(group.body[0], group.body[1:]) for group in groups if group.body]
    else:
        before, groups = grouped(lines, lambda line: line.mark in (Mark.HEADING, Mark.STRONG))
    _note_strays([line for line in before if not is_introduction(line)], notes)
    return _named([(group.head, _headed(group)) for group in groups], notes)


def _headed(group: Group) -> str:
    _, text = split_name(group.head.text)
    return f"{group.head.text} {group.text}" if text else f"{group.head.text.rstrip(':')}: {group.text}"


def _from_plain(lines: Sequence[Line], notes: Notes) -> list[tuple[str, str, int]]:
    items: list[tuple[Line, str]] = []
    for line in lines:
        _, text = split_name(line.text)
        if text or not is_introduction(line):
            items.append((line, line.text))
        elif items:
            _note_strays([line], notes)
    return _named(items, notes)


def _named(texts: Sequence[tuple[Line, str]], notes: Notes) -> list[tuple[str, str, int]]:
    items: list[tuple[str, str, int]] = []
    for line, text in texts:
        name, rest = split_name(text)
        if not any(letter.isalnum() for letter in name):
            notes.add(line.number, f"This item has no name and is left out: {shortened(text)}")
            continue
        items.append((name, rest, line.number))
    return items


def _note_strays(lines: Sequence[Line], notes: Notes) -> None:
    notes.not_understood(line for line in lines if line.mark is not Mark.RULE)


def _bounded(items: list[tuple[str, str, int]], limit: int, what: str, notes: Notes) -> list[tuple[str, str, int]]:
    unique: dict[str, tuple[str, str, int]] = {}
    for item in items:
        if item[0] in unique:
            notes.add(item[2], f"{shortened(item[0])} stands here a second time and is left out.")
        else:
            unique[item[0]] = item
    kept = list(unique.values())
    if len(kept) > limit:
        notes.add(kept[limit][2], f"More than {limit} {what}: those from here on are left out.")
    return kept[:limit]
