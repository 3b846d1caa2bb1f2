"""Full interviews of scripted candidates on the product as it ships: how long a turn takes, and every breach."""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from benchmarks.figures import Figure, percentile
from benchmarks.sitting import opened, sit
from evals.interviews.desk import Conductor, Desk
from evals.interviews.sitting import held
from prepbot.domain.interview import Interview
from prepbot.domain.plan import Length, Plan
from prepbot.domain.role import Role

_SEED = 20261126
_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class _Timed:
    """An interviewer whose turns are timed, from the reply to the stored next question."""

    conductor: Conductor
    seconds: list[float] = field(default_factory=list)

    def start(self, plan: Plan) -> str:
        return self.conductor.start(plan)

    def open(self, interview_id: str) -> Interview:
        return self.conductor.open(interview_id)

    def answer(self, interview_id: str, text: str, message_id: str) -> Interview:
        return self._timed(lambda: self.conductor.answer(interview_id, text, message_id))

    def skip(self, interview_id: str) -> Interview:
        return self._timed(lambda: self.conductor.skip(interview_id))

    def _timed(self, turn: Callable[[], _Kept]) -> _Kept:
        began = time.perf_counter()
        done = turn()
        self.seconds.append(time.perf_counter() - began)
        return done


def figures(interviews: int) -> Iterator[Figure]:
    """The turns of so many full interviews, each candidate in turn on the shipped roles, and what they broke."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        bot = opened(folder)
        roles = {entry.role.id: entry.role for entry in bot.roles.all()}
        for seed, role in enumerate(roles.values()):
            sit(bot, Random(seed), seed, role)  # what is loaded once for a role is loaded here
        timed = _Timed(bot.interviewer)
        ran = held(Desk(timed, bot.planner, roles), interviews, Random(_SEED), _whole)
    turns = [second * 1000 for second in timed.seconds]
    sat = f"{interviews} full interviews"
    yield Figure(f"{sat}: turns", len(turns), "", None, _listed(sorted(ran.roles)))
    yield percentile(f"{sat}: a turn", turns, 50, "ms", None)
    yield percentile(f"{sat}: a turn", turns, 95, "ms", 250.0)
    broken = [f"{one.rule}: {one.candidate}, seed {one.seed}, {one.text}" for one in ran.violations]
    yield Figure(f"{sat}: breaches of a rule", len(broken), "", 0.0, _listed(broken) or "none")
    yield Figure(f"{sat}: kinds of stages", len(ran.stage_kinds), "", None, _listed(sorted(ran.stage_kinds)))


def _whole(desk: Desk, role: Role, random: Random, _turn: int) -> Plan:
    return desk.planner.interview(role, Length.FULL, seed=random.randrange(2**31))


def _listed(names: Sequence[str]) -> str:
    return "; ".join(names)
