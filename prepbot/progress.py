"""The use case of looking back over all interviews of a role: coverage, trends, decisions, what to practise next."""

from dataclasses import dataclass

from prepbot.domain.interview import Interview, fold
from prepbot.domain.practice import PracticeKind, practised
from prepbot.domain.progress import (
    KpiProgress,
    Sitting,
    StageHistory,
    Trend,
    kpi_progress,
    stage_histories,
    trends,
)
from prepbot.domain.report import Review, asked_units, coverage, plain_card
from prepbot.domain.role import Role
from prepbot.domain.rubric import RUBRIC_VERSION
from prepbot.domain.second_card import read_again
from prepbot.domain.self_rating import Rated, SittingGap, gaps_by_sitting
from prepbot.domain.stage_decisions import Rules, stage_decisions
from prepbot.ports import Clock, InterviewSummary, Scheduler, Store
from prepbot.practice import Queued, practice_queue


@dataclass(frozen=True, slots=True)
class Progress:
    """What all interviews of a role show together. `asked` are the ids of their questions, in the order of asking."""

    sittings: tuple[Sitting, ...]
    kpis: tuple[KpiProgress, ...]
    trends: tuple[Trend, ...]
    stages: tuple[StageHistory, ...]
    queue: tuple[Queued, ...]
    asked: tuple[str, ...]
    gaps: tuple[SittingGap, ...]


class ProgressBook:
    """Folds the stored interviews of a role. It reads the store alone: no index and no model."""

    def __init__(self, store: Store, rules: Rules, scheduler: Scheduler, clock: Clock) -> None:
        self._store = store
        self._rules = rules
        self._scheduler = scheduler
        self._clock = clock

    def of(self, role: Role) -> Progress:
        """How far the candidate got with a role, drills included; an interview without an answer counts nowhere."""
        told = [found for found in self._store.interviews() if found.role_id == role.id and found.answers]
        sittings = tuple(self._sitting(found, role) for found in sorted(told, key=lambda found: found.last_at))
        names = [kpi.name for kpi in role.kpis]
        history = (one for sitting in sittings for one in practised(sitting.review, sitting.at))
        known = [one for one in history if one.item.kind is not PracticeKind.KPI or one.item.name in names]
        return Progress(
            sittings=sittings,
            kpis=kpi_progress(names, sittings),
            trends=trends(sittings),
            stages=stage_histories(sittings),
            queue=practice_queue(known, self._scheduler, self._clock.now(), names),
            gaps=gaps_by_sitting([rated for sitting in sittings for rated in self._rated(sitting.review)]),
            asked=tuple(card.question.id for sitting in sittings for card in sitting.review.cards),
        )

    def _rated(self, review: Review) -> list[Rated]:
        grades = {card.question.id: card.grade for card in review.cards}
        return [(rating, grades.get(rating.question_id)) for rating in self._store.self_ratings(review.interview_id)]

    def _sitting(self, found: InterviewSummary, role: Role) -> Sitting:
        interview = fold((stored.seq, stored.event) for stored in self._store.events(found.id))
        return Sitting(self._review(found.id, interview, role), found.last_at)

    def _review(self, interview_id: str, interview: Interview, role: Role) -> Review:
        """The interview's review as far as it needs no search of the role page."""
        plan = interview.plan
        kept = self._store.readings(interview_id)
        plain = (
            plain_card(number, unit, plan.stages[unit.stage])
            for number, unit in enumerate(asked_units(interview), start=1)
        )
        cards = tuple(
            read_again(card, [one.reading for one in kept if one.question_id == card.question.id]) for card in plain
        )
        return Review(
            interview_id=interview_id,
            role_title=plan.role_title,
            length=plan.length,
            focus=plan.focus,
            status=interview.status,
            engine="",
            rubric=RUBRIC_VERSION,
            cards=cards,
            coverage=coverage([kpi.name for kpi in role.kpis], cards),
            decisions=stage_decisions(interview, cards, self._rules),
        )
