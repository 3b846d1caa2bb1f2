"""knowledge/metrics.toml and knowledge/stages.toml -> Metric and StageProfile."""

import tomllib
from functools import lru_cache
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from prepbot.domain.metric import Metric, TrackedKpi
from prepbot.domain.role import Kpi, QuestionKind, StageKind
from prepbot.domain.stage_profile import Amount, Interviewer, StageProfile, StandardQuestion
from prepbot.errors import BadInput
from prepbot.reading.kpi_match import track
from prepbot.resources import resource

__all__ = ["load_metrics", "load_stage_profiles", "track"]

_METRICS = "knowledge/metrics.toml"
_STAGES = "knowledge/stages.toml"

_Text = Annotated[str, Field(min_length=1)]
_Count = Annotated[int, Field(ge=0)]
_Model = TypeVar("_Model")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _MetricEntry(_Entry):
    id: _Text
    name: _Text
    functions: tuple[_Text, ...]
    aliases: tuple[_Text, ...]
    abbreviations: tuple[_Text, ...]
    unit: _Text
    direction: Literal["up", "down", "target"]
    formula: _Text | None = None
    inverse: tuple[_Text, ...]
    paraphrases: tuple[_Text, ...]
    confusions: tuple[_Text, ...]


class _MetricsFile(_Entry):
    metric: tuple[_MetricEntry, ...]


class _AmountEntry(_Entry):
    short: _Count
    full: _Count


class _InterviewerEntry(_Entry):
    name: _Text
    title: _Text
    portrait: _Text
    wants: _Text


class _QuestionEntry(_Entry):
    id: _Text
    text: _Text
    kind: QuestionKind
    topic: _Text
    after: _Text


class _StageEntry(_Entry):
    title: _Text
    purpose: _Text
    minutes: _AmountEntry
    bank_questions: _AmountEntry
    standard_questions: _AmountEntry
    follow_ups: _AmountEntry
    follow_ups_per_question: _Count
    bank_kinds: tuple[QuestionKind, ...]
    bank_topics: tuple[_Text, ...]
    greeting: _Text
    closing: _Text
    interviewer: _InterviewerEntry
    questions: tuple[_QuestionEntry, ...]


@lru_cache(maxsize=1)
def load_metrics() -> tuple[Metric, ...]:
    """The KPI catalogue in its file's order. Raises BadInput for a file that breaks its format."""
    entries = _read(_METRICS, TypeAdapter(_MetricsFile)).metric
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise BadInput(f"{_METRICS} holds the id “{entry.id}” twice; give one of them another id.")
        seen.add(entry.id)
    return tuple(Metric(**dict(entry)) for entry in entries)


def load_stage_profiles() -> dict[StageKind, StageProfile]:
    """The profile of every stage kind. Raises BadInput for a file that breaks its format or lacks a kind."""
    return {profile.kind: profile for profile in _stage_profiles()}


@lru_cache(maxsize=1)
def trade_kpis() -> tuple[TrackedKpi, ...]:
    """Every metric of the catalogue, as if a role page named it."""
    metrics = load_metrics()
    return tuple(track([Kpi(metric.name, "", 0) for metric in metrics], metrics))


@lru_cache(maxsize=1)
def _stage_profiles() -> tuple[StageProfile, ...]:
    entries = _read(_STAGES, TypeAdapter(dict[StageKind, _StageEntry]))
    missing = [kind.value for kind in StageKind if kind not in entries]
    if missing:
        raise BadInput(f"{_STAGES} has no entry for {', '.join(missing)}; add one for every stage kind.")
    return tuple(_profile(kind, entry) for kind, entry in entries.items())


def _profile(kind: StageKind, entry: _StageEntry) -> StageProfile:
    return StageProfile(
        kind=kind,
        title=entry.title,
        purpose=entry.purpose,
        minutes=_amount(entry.minutes),
        bank_questions=_amount(entry.bank_questions),
        standard_questions=_amount(entry.standard_questions),
        follow_ups=_amount(entry.follow_ups),
        follow_ups_per_question=entry.follow_ups_per_question,
        bank_kinds=entry.bank_kinds,
        bank_topics=entry.bank_topics,
        greeting=entry.greeting,
        closing=entry.closing,
        interviewer=Interviewer(**dict(entry.interviewer)),
        questions=tuple(StandardQuestion(**dict(question)) for question in entry.questions),
    )


def _amount(entry: _AmountEntry) -> Amount:
    return Amount(entry.short, entry.full)


def _read(name: str, shape: TypeAdapter[_Model]) -> _Model:
    try:
        return shape.validate_python(tomllib.loads(resource(name).read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as exc:
        raise BadInput(f"{name} is not valid TOML: {exc}; correct the line it names.") from exc
    except ValidationError as exc:
        first = exc.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BadInput(f"{name} breaks its format at {place}: {first['msg']}; correct that entry.") from exc
