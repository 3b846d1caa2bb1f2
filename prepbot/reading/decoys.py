"""knowledge/decoys.toml and the KPI catalogue -> checks whose only right answer is no, for one role."""

import re
from functools import lru_cache
from typing import Annotated

from pydantic import Field, TypeAdapter

from prepbot.domain.metric import Metric
from prepbot.domain.model_reading import Decoy, Decoys
from prepbot.domain.role import Role
from prepbot.reading.catalogue import load_metrics, track
from prepbot.reading.knowledge import Entry, Text, read_knowledge

_DECOYS = "knowledge/decoys.toml"
_WORD = re.compile(r"[a-z]{3,}")


class _StatementEntry(Entry):
    text: Text
    words: Annotated[tuple[Text, ...], Field(min_length=1)]


class _DecoysFile(Entry):
    common: tuple[Text, ...]
    statement: Annotated[tuple[_StatementEntry, ...], Field(min_length=2)]


@lru_cache(maxsize=16)
def decoys_for(role: Role) -> Decoys:
    """The decoys of a role: no KPI of its own, nor any of the trades that its own belong to.

    Raises BadInput for a file that breaks its format.
    """
    metrics = load_metrics()
    own = [tracked.metric for tracked in track(role.kpis, metrics) if tracked.metric is not None]
    trades = {trade for metric in own for trade in metric.functions}
    foreign = [metric for metric in metrics if metric not in own and not trades.intersection(metric.functions)]
    kpis = (Decoy(metric.name, _words(metric)) for metric in foreign)
    return Decoys(tuple(decoy for decoy in kpis if decoy.words), _statements())


def _words(metric: Metric) -> frozenset[str]:
    texts = (metric.name, *metric.aliases)
    return frozenset(word for text in texts for word in _WORD.findall(text.lower())) - frozenset(_file().common)


def _statements() -> tuple[Decoy, ...]:
    return tuple(Decoy(entry.text, frozenset(entry.words)) for entry in _file().statement)


@lru_cache(maxsize=1)
def _file() -> _DecoysFile:
    return read_knowledge(_DECOYS, TypeAdapter(_DecoysFile))
