"""knowledge/viewpoints.toml -> the people and the sides of a panel."""

from functools import lru_cache
from typing import Annotated

from pydantic import Field, TypeAdapter

from prepbot.domain.role import QuestionKind
from prepbot.domain.viewpoints import FEWEST, PanelRules, Person, Side, SideQuestion
from prepbot.errors import BadInput
from prepbot.reading.knowledge import Entry, Text, read_knowledge

_VIEWPOINTS = "knowledge/viewpoints.toml"


class _QuestionEntry(Entry):
    text: Text
    kind: QuestionKind
    after: Text


class _SideEntry(Entry):
    name: Text
    title: Text
    called: tuple[Text, ...]
    about: tuple[Text, ...]
    wants: Text
    counter: Text
    questions: Annotated[tuple[_QuestionEntry, ...], Field(min_length=1)]
    plain: Annotated[tuple[_QuestionEntry, ...], Field(min_length=1)]


class _PersonEntry(Entry):
    name: Text
    portrait: Text


class _ViewpointsFile(Entry):
    people: Annotated[tuple[_PersonEntry, ...], Field(min_length=FEWEST)]
    side: tuple[_SideEntry, ...]
    fallback: Annotated[tuple[Text, ...], Field(min_length=FEWEST)]
    introduce: Text


@lru_cache(maxsize=1)
def load_viewpoints() -> PanelRules:
    """The shipped panel. Raises BadInput for a file that breaks its format or falls back on a side it lacks."""
    entry = read_knowledge(_VIEWPOINTS, TypeAdapter(_ViewpointsFile))
    known = {side.name for side in entry.side}
    unknown = [name for name in entry.fallback if name not in known]
    if unknown:
        raise BadInput(f"{_VIEWPOINTS} falls back on {', '.join(unknown)}, which it has no side for; add one.")
    return PanelRules(
        people=tuple(Person(**dict(person)) for person in entry.people),
        sides=tuple(_side(side) for side in entry.side),
        fallback=entry.fallback,
        introduce=entry.introduce,
    )


def _side(entry: _SideEntry) -> Side:
    return Side(
        name=entry.name,
        title=entry.title,
        called=entry.called,
        about=entry.about,
        wants=entry.wants,
        counter=entry.counter,
        questions=tuple(SideQuestion(**dict(question)) for question in entry.questions),
        plain=tuple(SideQuestion(**dict(question)) for question in entry.plain),
    )
