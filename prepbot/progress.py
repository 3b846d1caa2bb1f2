"""The use case of looking back over all interviews of a role: coverage, trends, decisions, what to practise next."""

from dataclasses import dataclass, replace

from prepbot.domain.interview import Interview, Unit, fold
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
from prepbot.domain.report import AnswerCard, Review, asked_units, coverage, plain_card
from prepbot.domain.role import Role
from prepbot.domain.rubric import RUBRIC_VERSION
from prepbot.domain.second_card import read_again
from prepbot.domain.self_rating import Rated, SittingGap, gaps_by_sitting, rating_to_come
from prepbot.domain.stage_decisions import Rules, stage_decisions
from prepbot.offer_desk import OfferDesk
from prepbot.ports import Clock, InterviewSummary, Scheduler, Store
from prepbot.practice import Queued, practice_queue


@dataclass(frozen=True, slots=True)
class Progress:
    """What all interviews of a role show together.

    `asked` are the ids of their questions, in the order of asking. `waiting` are interviews whose answers the candidate
    is still to rate: they show nothing here but that they are there.
    """

    sittings: tuple[Sitting, ...]
    kpis: tuple[KpiProgress, ...]
    trends: tuple[Trend, ...]
    stages: tuple[StageHistory, ...]
    queue: tuple[Queued, ...]
    asked: tuple[str, ...]
    gaps: tuple[SittingGap, ...]
    waiting: tuple[InterviewSummary, ...] = ()


class ProgressBook:
    """Folds the stored interviews of a role. It reads the store alone: no index and no model."""

    def __init__(self, store: Store, rules: Rules, scheduler: Scheduler, clock: Clock, offers: OfferDesk) -> None:
        self._store = store
        self._offers = offers
        self._rules = rules
        self._scheduler = scheduler
        self._clock = clock

    def of(self, role: Role) -> Progress:
        """How far the candidate got with a role, drills included; an interview without an answer counts nowhere."""
        told = [found for found in self._store.interviews() if found.role_id == role.id and found.answers]
        told.sort(key=lambda found: found.last_at)
        interviews = {found.id: self._interview(found.id) for found in told}
        waiting = tuple(found for found in told if self._to_be_rated(found.id, interviews[found.id]))
        sittings = tuple(
            Sitting(self._review(found.id, interviews[found.id], role), found.last_at)
            for found in told
            if found not in waiting
        )
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
            asked=tuple(unit.question.id for found in told for unit in asked_units(interviews[found.id])),
            waiting=waiting,
        )

    def _rated(self, review: Review) -> list[Rated]:
        grades = {card.question.id: card.grade for card in review.cards}
        return [(rating, grades.get(rating.question_id)) for rating in self._store.self_ratings(review.interview_id)]

    def _interview(self, interview_id: str) -> Interview:
        return fold((stored.seq, stored.event) for stored in self._store.events(interview_id))

    def _to_be_rated(self, interview_id: str, interview: Interview) -> bool:
        return rating_to_come(interview, seen=bool(self._store.grades(interview_id)))

    def _card(self, number: int, unit: Unit, interview: Interview) -> AnswerCard:
        card = plain_card(number, unit, interview)
        return card if unit.talk is None else replace(card, talk=self._offers.card(unit.talk))

    def _review(self, interview_id: str, interview: Interview, role: Role) -> Review:
        """The interview's review as far as it needs no search of the role page."""
        plan = interview.plan
        kept = self._store.readings(interview_id)
        plain = (self._card(number, unit, interview) for number, unit in enumerate(asked_units(interview), start=1))
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
