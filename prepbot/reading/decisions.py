"""knowledge/decisions.toml -> the lines that each kind of stage decides on."""

from functools import lru_cache
from typing import Annotated

from pydantic import Field, TypeAdapter

from prepbot.domain.decision import Line, StageRule, known_criteria
from prepbot.domain.role import StageKind
from prepbot.errors import BadInput
from prepbot.reading.knowledge import Entry, Text, read_knowledge

_DECISIONS = "knowledge/decisions.toml"
_Share = Annotated[float, Field(ge=0, le=1)]


class _LineEntry(Entry):
    criterion: Text
    advance: _Share
    borderline: _Share
    why: Text


class _RuleEntry(Entry):
    least_graded: _Share
    lines: Annotated[tuple[_LineEntry, ...], Field(min_length=2)]


@lru_cache(maxsize=1)
def load_decisions() -> dict[StageKind, StageRule]:
    """The rule of every stage kind. Raises BadInput for a file that breaks its format or lacks a kind."""
    entries = read_knowledge(_DECISIONS, TypeAdapter(dict[StageKind, _RuleEntry]))
    missing = [kind.value for kind in StageKind if kind not in entries]
    if missing:
        raise BadInput(f"{_DECISIONS} has no entry for {', '.join(missing)}; add one for every stage kind.")
    return {kind: _rule(kind, entry) for kind, entry in entries.items()}


def _rule(kind: StageKind, entry: _RuleEntry) -> StageRule:
    for line in entry.lines:
        if line.criterion not in known_criteria(kind):
            raise BadInput(
                f"{_DECISIONS} decides on “{line.criterion}”, which {kind.value} is not graded on; correct it."
            )
        if line.borderline > line.advance:
            raise BadInput(f"{_DECISIONS} has a borderline above advance at {kind.value}.{line.criterion}; swap them.")
    return StageRule(tuple(Line(**dict(line)) for line in entry.lines), entry.least_graded)
