"""knowledge/metrics.toml and knowledge/stages.toml -> Metric and StageProfile."""

from functools import lru_cache
from typing import Literal

from pydantic import TypeAdapter

from prepbot.domain.metric import Metric, TrackedKpi
from prepbot.domain.role import Kpi, QuestionKind, StageKind
from prepbot.domain.stage_profile import Amount, Interviewer, StageProfile, StandardQuestion
from prepbot.errors import BadInput
from prepbot.reading.knowledge import Count, Entry, Text, read_knowledge
from prepbot.reading.kpi_match import track

__all__ = ["load_metrics", "load_stage_profiles", "track"]

_METRICS = "knowledge/metrics.toml"
_STAGES = "knowledge/stages.toml"


class _MetricEntry(Entry):
    id: Text
    name: Text
    functions: tuple[Text, ...]
    aliases: tuple[Text, ...]
    abbreviations: tuple[Text, ...]
    unit: Text
    direction: Literal["up", "down", "target"]
    formula: Text | None = None
    inverse: tuple[Text, ...]
    paraphrases: tuple[Text, ...]
    confusions: tuple[Text, ...]


class _MetricsFile(Entry):
    metric: tuple[_MetricEntry, ...]


class _AmountEntry(Entry):
    short: Count
    full: Count


class _InterviewerEntry(Entry):
    name: Text
    title: Text
    portrait: Text
    wants: Text


class _QuestionEntry(Entry):
    id: Text
    text: Text
    kind: QuestionKind
    topic: Text
    after: Text
    invites: bool = False
    always: bool = False


class _StageEntry(Entry):
    title: Text
    purpose: Text
    minutes: _AmountEntry
    bank_questions: _AmountEntry
    standard_questions: _AmountEntry
    follow_ups: _AmountEntry
    follow_ups_per_question: Count
    bank_kinds: tuple[QuestionKind, ...]
    bank_topics: tuple[Text, ...]
    greeting: Text
    closing: Text
    interviewer: _InterviewerEntry
    questions: tuple[_QuestionEntry, ...]


@lru_cache(maxsize=1)
def load_metrics() -> tuple[Metric, ...]:
    """The KPI catalogue in its file's order. Raises BadInput for a file that breaks its format."""
    entries = read_knowledge(_METRICS, TypeAdapter(_MetricsFile)).metric
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
    entries = read_knowledge(_STAGES, TypeAdapter(dict[StageKind, _StageEntry]))
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
