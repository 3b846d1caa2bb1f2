"""knowledge/exercises.toml -> Family, each checked against the KPI catalogue."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from prepbot.domain.exercise import Column, NamedRow
from prepbot.domain.exercise_family import ColumnRule, Family, Leak, Range, Scene
from prepbot.domain.formula import names_in
from prepbot.domain.metric import Metric
from prepbot.errors import BadInput
from prepbot.reading.catalogue import load_metrics
from prepbot.resources import resource

_FILE = "knowledge/exercises.toml"

_Text = Annotated[str, Field(min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _ColumnEntry(_Entry):
    id: _Text
    label: _Text
    also: tuple[_Text, ...] = ()
    unit: Literal["", "currency"] = ""
    decimals: Annotated[int, Field(ge=0, le=4)] = 0
    summable: bool = True
    base: Range | None = Field(default=None, alias="from")
    part_of: str = ""
    times: str = ""
    by: Range = (0.0, 0.0)
    sum: tuple[_Text, ...] = ()


class _LeakEntry(_Entry):
    metric: _Text
    column: _Text
    by: Range
    sentence: _Text
    example: _Text


class _SceneEntry(_Entry):
    functions: tuple[_Text, ...]
    situation: _Text
    rows: tuple[Annotated[tuple[_Text, ...], Field(min_length=1)], ...]


class _FamilyEntry(_Entry):
    id: _Text
    title: _Text
    functions: Annotated[tuple[_Text, ...], Field(min_length=1)]
    situation: _Text
    rows_are: _Text
    shown: Annotated[int, Field(ge=3, le=8)]
    rows: tuple[Annotated[tuple[_Text, ...], Field(min_length=1)], ...]
    metrics: Annotated[tuple[_Text, ...], Field(min_length=2)]
    columns: tuple[_ColumnEntry, ...]
    leak: Annotated[tuple[_LeakEntry, ...], Field(min_length=1)]
    scene: tuple[_SceneEntry, ...] = ()


class _FamiliesFile(_Entry):
    family: tuple[_FamilyEntry, ...]


@lru_cache(maxsize=1)
def load_families() -> tuple[Family, ...]:
    """The exercise families in the file's order.

    Raises BadInput for a file that breaks its format or asks for a KPI that its columns do not yield.
    """
    return families_of(resource(_FILE).read_text(encoding="utf-8"), {one.id: one for one in load_metrics()})


def families_of(text: str, metrics: Mapping[str, Metric]) -> tuple[Family, ...]:
    """The families of one such file's text, checked against the catalogue. Raises BadInput as above."""
    try:
        entries = _FamiliesFile.model_validate(tomllib.loads(text)).family
    except tomllib.TOMLDecodeError as exc:
        raise BadInput(f"{_FILE} is not valid TOML: {exc}; correct the line it names.") from exc
    except ValidationError as exc:
        first = exc.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BadInput(f"{_FILE} breaks its format at {place}: {first['msg']}; correct that entry.") from exc
    faults = [fault for entry in entries for fault in _faults(entry, metrics)]
    if len({entry.id for entry in entries}) < len(entries):
        faults.append("two families share an id")
    if faults:
        raise BadInput(f"{_FILE} contradicts itself: {faults[0]}; correct that family.")
    return tuple(_family(entry) for entry in entries)


def _faults(entry: _FamilyEntry, metrics: Mapping[str, Metric]) -> Iterator[str]:
    """What is wrong with a family beyond its form, each as half a sentence."""
    yield from (f"{entry.id}, {fault}" for fault in _column_faults(entry.columns))
    names = {name for column in entry.columns for name in (column.id, *column.also)}
    for one in entry.metrics:
        formula = metrics[one].formula if one in metrics else None
        if formula is None:
            yield f"{entry.id}: {one} has no formula in the catalogue"
        elif missing := [name for name in names_in(formula) if name not in names]:
            yield f"{entry.id}: {one} needs the column {missing[0]}"
    for leak in entry.leak:
        if leak.metric not in entry.metrics or leak.column not in {column.id for column in entry.columns}:
            yield f"{entry.id}: the leak of {leak.metric} by {leak.column} has no metric or no column of that name"
        elif metrics[leak.metric].direction == "target":
            yield f"{entry.id}: {leak.metric} has no worse direction, so that it cannot leak"
    yield from _scene_faults(entry)
    for rows in (entry.rows, *(scene.rows for scene in entry.scene)):
        if len({row[0] for row in rows}) < max(len(rows), entry.shown):
            yield f"{entry.id}: fewer rows than it shows, or one twice"


def _scene_faults(entry: _FamilyEntry) -> Iterator[str]:
    named = [*entry.functions, *(name for scene in entry.scene for name in scene.functions)]
    if len(set(named)) < len(named):
        yield f"{entry.id}: a function has two scenes"
    if sum(not scene.functions for scene in entry.scene) > 1:
        yield f"{entry.id}: two scenes are for any function"


def _column_faults(columns: tuple[_ColumnEntry, ...]) -> Iterator[str]:
    known: set[str] = set()
    for column in columns:
        ways = [column.base is not None, bool(column.part_of), bool(column.times), bool(column.sum)]
        if sum(ways) != 1:
            yield f"{column.id}: give exactly one of from, part_of, times and sum"
        for name in (column.part_of, column.times, *(part.removeprefix("-") for part in column.sum)):
            if name and name not in known:
                yield f"{column.id}: {name} is no column before it"
        low, high = column.base or column.by
        if low > high or (column.part_of and high > 1):
            yield f"{column.id}: a range runs from low to high, that of a part at most to 1"
        if known & {column.id, *column.also}:
            yield f"{column.id}: the name stands for another column as well"
        known |= {column.id, *column.also}


def _family(entry: _FamilyEntry) -> Family:
    return Family(
        id=entry.id,
        title=entry.title,
        functions=entry.functions,
        situation=entry.situation,
        rows_are=entry.rows_are,
        rows=_rows(entry.rows),
        shown=entry.shown,
        columns=tuple(_rule(column) for column in entry.columns),
        metrics=entry.metrics,
        leaks=tuple(Leak(**dict(leak)) for leak in entry.leak),
        scenes=tuple(Scene(scene.functions, scene.situation, _rows(scene.rows)) for scene in entry.scene),
    )


def _rows(rows: tuple[tuple[str, ...], ...]) -> tuple[NamedRow, ...]:
    return tuple(NamedRow(row[0], tuple(word.lower() for word in row[1:])) for row in rows)


def _rule(entry: _ColumnEntry) -> ColumnRule:
    return ColumnRule(
        Column(entry.id, entry.label, entry.also, entry.unit, entry.decimals, entry.summable),
        base=entry.base,
        of=entry.part_of or entry.times,
        by=entry.by,
        part=bool(entry.part_of),
        sum=entry.sum,
    )
