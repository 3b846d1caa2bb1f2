"""The use case of planning: names from a page or a command line -> the stages and questions of a plan."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from secrets import randbelow

from prepbot.domain.exercise_plan import MOST, with_exercises, with_fresh_exercise
from prepbot.domain.offer import OfferRules
from prepbot.domain.offer_plan import with_fresh_offer, with_offers
from prepbot.domain.plan import (
    Length,
    Plan,
    Profiles,
    plan_drill,
    plan_interview,
    plan_retry,
    questions_on_topic,
)
from prepbot.domain.practice import PracticeItem, PracticeKind
from prepbot.domain.role import Question, Role, Stage
from prepbot.domain.transfer import fresh_questions
from prepbot.domain.viewpoints import PanelRules, with_panels
from prepbot.errors import NotFound
from prepbot.ports import ExerciseSource, Index, Section

TakeUp = Callable[[Role, Plan], Plan]
"""What the candidate keeps beside a role -> the plan with questions about it."""

_KPI_DRILL_QUESTIONS = 3
_CRITERION_DRILL_QUESTIONS = 2


class Planner:
    """Plans interviews and drills. A plan without a given seed gets a fresh one, which it stores.

    Without `panel_rules` a panel is one interviewer's room like any other, without `papers` no question comes from
    what the candidate keeps beside the role.
    """

    def __init__(
        self,
        profiles: Profiles,
        index: Index,
        exercises: ExerciseSource,
        offers: OfferRules,
        panel_rules: PanelRules | None = None,
        papers: TakeUp | None = None,
    ) -> None:
        self._profiles = profiles
        self._index = index
        self._exercises = exercises
        self._offers = offers
        self._panel_rules = panel_rules
        self._papers = papers

    def interview(
        self,
        role: Role,
        length: Length,
        stages: Sequence[str] = (),
        topics: Sequence[str] = (),
        seed: int | None = None,
    ) -> Plan:
        """A mock interview through all stages or the named ones, about the kept papers too; with topics, a drill.

        Raises NotFound for a stage or topic that the role page does not have.
        """
        if topics:
            return self.drill(role, topics=topics, seed=seed)
        plan = self._whole(role, length, seed, _stages(role, stages) if stages else None)
        return self._papers(role, plan) if self._papers else plan

    def outline(self, role: Role, length: Length, stages: Sequence[str] = ()) -> Plan:
        """Such an interview before the papers are read: to say who asks first and about how long it takes.

        Raises NotFound as `interview` does.
        """
        return self._whole(role, length, 0, _stages(role, stages) if stages else None)

    def drill(
        self,
        role: Role,
        stage: str | None = None,
        topics: Sequence[str] = (),
        kpi: str | None = None,
        question_id: str | None = None,
        seed: int | None = None,
    ) -> Plan:
        """A plan of one stage, or of the bank questions on some topics, near a KPI, or of one question.

        Raises NotFound for a name that the role page does not have, or where no question fits.
        """
        if stage is not None:
            rooms = _stages(role, [stage])
            return replace(self._whole(role, Length.FULL, seed, rooms), focus=", ".join(room.name for room in rooms))
        if topics:
            return self._drill(role, questions_on_topic(role, _topics(role, topics)), ", ".join(topics), seed)
        if kpi is not None:
            return self._drill(role, self.near_kpi(role, kpi), kpi, seed)
        questions = tuple(question for question in role.questions if question.id == question_id)
        return self._drill(role, questions, questions[0].text if questions else str(question_id), seed)

    def _whole(self, role: Role, length: Length, seed: int | None, stages: Sequence[Stage] | None) -> Plan:
        plan = with_offers(plan_interview(role, self._profiles, length, _seed(seed), stages), self._offers)
        plan = with_exercises(plan, lambda count: self._exercises.draw(role, plan.seed, count))
        return with_panels(plan, role, self._panel_rules) if self._panel_rules else plan

    def retry(self, role: Role, plan: Plan, question_id: str, interview_id: str, seed: int | None = None) -> Plan:
        """One question of a sat interview once more; an exercise or an offer is drawn anew, as its solution was shown.

        Raises NotFound for a question that `plan` does not have.
        """
        again = replace(plan_retry(plan, question_id, interview_id), seed=_seed(seed))
        fresh = with_fresh_exercise(again, self._exercises.draw(role, again.seed, MOST))
        return with_fresh_offer(fresh, self._offers)

    def practice(self, role: Role, item: PracticeItem, asked: Sequence[str] = (), seed: int | None = None) -> Plan:
        """A drill of what the practice queue names: questions near a KPI, or for a criterion those not asked lately.

        Raises NotFound where no question fits.
        """
        if item.kind is PracticeKind.KPI:
            return self.drill(role, kpi=item.name, seed=seed)
        return self._drill(role, fresh_questions(role.questions, asked, _CRITERION_DRILL_QUESTIONS), item.title, seed)

    def _drill(self, role: Role, questions: Sequence[Question], focus: str, seed: int | None) -> Plan:
        if not questions:
            raise NotFound(f"The page of {role.title} has no question for “{focus}”; choose another drill.")
        return plan_drill(role, self._profiles, _seed(seed), questions, focus)

    def near_kpi(self, role: Role, name: str, count: int = _KPI_DRILL_QUESTIONS) -> tuple[Question, ...]:
        """The bank questions nearest to a KPI, best first. Raises NotFound for one that the page does not have."""
        kpi = next((kpi for kpi in role.kpis if kpi.name.casefold() == name.casefold()), None)
        if kpi is None:
            raise NotFound(
                f"The page of {role.title} has no KPI “{name}”; it has {_listed(k.name for k in role.kpis)}."
            )
        hits = self._index.search(role, f"{kpi.name}: {kpi.definition}", count, Section.QUESTION)
        by_id = {question.id: question for question in role.questions}
        return tuple(by_id[hit.name] for hit in hits if hit.name in by_id)


def _stages(role: Role, names: Iterable[str]) -> tuple[Stage, ...]:
    """The named stages in the page's order; a stage's kind ("assessment") names it too."""
    wanted = {name.casefold() for name in names}
    chosen = tuple(s for s in role.stages if wanted & {s.name.casefold(), s.kind.value})
    unknown = wanted - {name for stage in chosen for name in (stage.name.casefold(), stage.kind.value)}
    if unknown:
        raise NotFound(
            f"The page of {role.title} has no stage “{min(unknown)}”; it has {_listed(s.name for s in role.stages)}."
        )
    return chosen


def _topics(role: Role, names: Sequence[str]) -> Sequence[str]:
    known = {topic.casefold() for topic in role.topics}
    unknown = [name for name in names if name.casefold() not in known]
    if unknown:
        raise NotFound(f"The page of {role.title} has no topic “{unknown[0]}”; it has {_listed(role.topics)}.")
    return names


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"


def _seed(seed: int | None) -> int:
    return randbelow(2**31) if seed is None else seed
