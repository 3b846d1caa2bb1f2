"""The selection stages of a role page: from lines to names, descriptions and kinds."""

import re
from collections.abc import Sequence

from prepbot.domain.role import Stage
from prepbot.reading.items import Group, grouped, is_introduction, split_name
from prepbot.reading.lines import Line, Mark, cells, unwrapped
from prepbot.reading.outline import Notes, shortened
from prepbot.reading.stage_kind import stage_kind

MAX_STAGES = 40
_LONGEST_NAME = 100
_NAME_WORDS = 8
_ORDINAL = re.compile(r"(?:stage|step|round|phase) ?\d{1,2} ?[:.)–-] ?", re.IGNORECASE)


def read_stages(lines: Sequence[Line], width: float, notes: Notes) -> tuple[Stage, ...]:
    """The stages of a section's lines, each with its kind; a kind that is a guess is noted."""
    joined = unwrapped(lines, width, _opens_stage)
    found = _groups([line for line in joined if line.mark is not Mark.RULE], notes)
    if len(found) > MAX_STAGES:
        notes.add(found[MAX_STAGES][2], f"More than {MAX_STAGES} stages: those from here on are left out.")
    stages: list[Stage] = []
    for name, description, number in found[:MAX_STAGES]:
        kind, is_certain = stage_kind(name, description)
        if not is_certain:
            notes.add(
                number,
                f"What the stage {shortened(name)} is for is unclear; it is held as an interview.",
            )
        stages.append(Stage(name, kind, description, number))
    return tuple(stages)


def _groups(lines: Sequence[Line], notes: Notes) -> list[tuple[str, str, int]]:
    marks = {line.mark for line in lines}
    for mark in (Mark.LONE_BULLET, Mark.HEADING, Mark.STRONG, Mark.BULLET):
        if mark in marks:
            return _opened_by(mark, lines, notes)
    if Mark.ROW in marks:
        notes.not_understood(line for line in lines if line.mark is not Mark.ROW and not is_introduction(line))
        return _from_rows(lines)
    return _from_plain(lines)


def _opened_by(mark: Mark, lines: Sequence[Line], notes: Notes) -> list[tuple[str, str, int]]:
    before, groups = grouped(lines, lambda line: line.mark is mark)
    notes.not_understood(line for line in before if not is_introduction(line))
    stages: list[tuple[str, str, int]] = []
    for group in groups:
        filled = _filled(group)
        if filled is None:
            notes.add(group.head.number, "Here a stage begins that has no name; it is left out.")
        else:
            stages.append(_named(filled.head, filled.text))
    return stages


def _filled(group: Group) -> Group | None:
    """The group headed by the line that names the stage; a lone bullet names nothing itself."""
    if group.head.text:
        return group
    body = [line for line in group.body if line.text]
    return Group(body[0], body[1:]) if body else None


def _from_rows(lines: Sequence[Line]) -> list[tuple[str, str, int]]:
    stages: list[tuple[str, str, int]] = []
    for line in lines:
        filled = [cell for cell in cells(line.text) if cell] if line.mark is Mark.ROW else []
        if filled and filled[0].casefold() not in ("stage", "stages", "step", "round"):
            stages.append((filled[0][:_LONGEST_NAME], " ".join(filled[1:]), line.number))
    return stages


def _from_plain(lines: Sequence[Line]) -> list[tuple[str, str, int]]:
    rest = list(lines)
    while rest and is_introduction(rest[0]) and not _is_named(rest[0]):
        rest = rest[1:]
    named = sum(_is_named(line) for line in rest)
    if named * 2 >= len(rest):
        return [_named(line, "") for line in rest]
    if all(len(line.text.split()) <= 4 for line in rest):
        return [(line.text, "", line.number) for line in rest]
    return _alternating(rest)


def _opens_stage(line: Line, following: Line) -> bool:
    """Whether a short line that would fit onto the full one above is a stage's name after all."""
    is_short = len(following.text.split()) <= 4 and following.text[:1].isupper()
    return is_short and line.mark is Mark.PLAIN and stage_kind(following.text, "")[1]


def _alternating(lines: Sequence[Line]) -> list[tuple[str, str, int]]:
    groups: list[Group] = []
    for line in lines:
        is_name = len(line.text.split()) <= _NAME_WORDS and not line.text.endswith(".")
        if not groups or (is_name and groups[-1].body):
            groups.append(Group(line))
        else:
            groups[-1].body.append(line)
    return [_named(group.head, group.text) for group in groups]


def _is_named(line: Line) -> bool:
    name, description = split_name(_without_ordinal(line.text))
    return bool(description) and len(name.split()) <= _NAME_WORDS


def _named(head: Line, text: str) -> tuple[str, str, int]:
    name, inline = split_name(_without_ordinal(head.text))
    if inline and len(name.split()) > _NAME_WORDS:
        name, inline = _without_ordinal(head.text), ""
    return name.rstrip(":")[:_LONGEST_NAME], f"{inline} {text}".strip(), head.number


def _without_ordinal(text: str) -> str:
    bare = _ORDINAL.sub("", text, count=1) if _ORDINAL.match(text) else text
    return bare or text
