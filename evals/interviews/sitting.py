"""Scripted candidates sit interviews, and every breach of the house's order is counted with its words."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random

from evals.interviews.desk import Desk, open_desk, some_plan
from evals.interviews.prepared import Prepared
from evals.interviews.rules import breaches
from evals.interviews.sheets import FactSheet, load_sheets
from evals.interviews.unprepared import UNPREPARED
from prepbot.domain.interview import Interview
from prepbot.domain.negotiation import MOST_MESSAGES
from prepbot.domain.plan import Plan
from prepbot.domain.role import Role
from prepbot.ports import AnswerScorer

Reply = Callable[[Interview], str]
PlanFor = Callable[[Desk, Role, Random, int], Plan]
"""Makes the plan of an interview for a role; the number tells how many were held before."""

_SKIPS = 0.03
_ASTRAY = 0.10  # of the other replies: one from a candidate who does not answer


@dataclass(frozen=True, slots=True)
class Violation:
    """One breach: the rule, the candidate and the plan's seed that showed it, and the words."""

    rule: str
    candidate: str
    seed: int
    text: str


@dataclass(frozen=True, slots=True)
class ScriptedRun:
    """How many interviews and turns were held, with which lengths and stage kinds, and every breach."""

    interviews: int
    turns: int
    probes: Counter[str]
    lengths: frozenset[str]
    roles: frozenset[str]
    stage_kinds: frozenset[str]
    violations: tuple[Violation, ...]


@cache
def _sheets() -> dict[str, FactSheet]:
    return {sheet.id: sheet for sheet in load_sheets()}


def candidates() -> tuple[str, ...]:
    """Every scripted candidate by name: those with a fact sheet first."""
    return (*_sheets(), *UNPREPARED)


def run(interviews: int, seed: int, scorer: AnswerScorer | None = None) -> ScriptedRun:
    """Let each candidate in turn sit an interview over the shipped roles. The same seed gives the same run."""
    return held(open_desk(scorer), interviews, Random(seed), some_plan)


def held(desk: Desk, interviews: int, random: Random, plan_for: PlanFor) -> ScriptedRun:
    """Interviews at a desk, each candidate in turn, on the plans that `plan_for` makes."""
    names = candidates()
    turns, probes, violations = 0, Counter[str](), list[Violation]()
    plans = list[Plan]()
    for number in range(interviews):
        name, round_ = names[number % len(names)], number // len(names)
        plan = plan_for(desk, desk.roles[role_of(name, desk, round_)], random, round_ + number)
        interview = sit(desk, plan, name, random)
        plans.append(plan)
        turns += len(interview.turns)
        probes.update(turn.gap.kind.value for turn in interview.turns if turn.gap)
        found = breaches(interview, desk.roles[plan.role_id])
        violations += [Violation(rule, name, plan.seed, text) for rule, text in found]
    return ScriptedRun(
        interviews,
        turns,
        probes,
        frozenset(plan.length.value for plan in plans),
        frozenset(plan.role_id for plan in plans),
        frozenset(stage.kind.value for plan in plans for stage in plan.stages),
        tuple(violations),
    )


def role_of(candidate: str, desk: Desk, round_: int) -> str:
    """The role on a candidate's sheet; without a sheet each role in turn."""
    sheet = _sheets().get(candidate)
    return sheet.role if sheet else list(desk.roles)[round_ % len(desk.roles)]


def sit(desk: Desk, plan: Plan, candidate: str, random: Random, *, astray: bool = True) -> Interview:
    """Answer until the interview ends by itself; where `astray`, some replies are skips or none at all."""
    interview_id = desk.interviewer.start(plan)
    interview = desk.interviewer.open(interview_id)
    reply = _replies(candidate, random)
    most = 4 * len(plan.questions) + 4 + MOST_MESSAGES
    for number in range(most):
        if interview.over:
            break
        if astray and random.random() < _SKIPS:
            interview = desk.interviewer.skip(interview_id)
            continue
        lost = astray and random.random() < _ASTRAY
        text = _replies(random.choice(list(UNPREPARED)), random)(interview) if lost else reply(interview)
        interview = desk.interviewer.answer(interview_id, text, f"m{number}")
    return interview


def _replies(candidate: str, random: Random) -> Reply:
    sheet = _sheets().get(candidate)
    if sheet is not None:
        return Prepared(sheet, random).reply
    answers = UNPREPARED[candidate]

    def reply(interview: Interview) -> str:
        assert interview.unit is not None
        return answers(interview.unit.question, random)

    return reply
