"""The interviewer as the product joins it, on a store in memory and with an analyst that reads the same reply once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Protocol

from prepbot.domain.evidence import Evidence
from prepbot.domain.exercise import Exercise, WrittenCase
from prepbot.domain.exercise_marks import ExerciseMarks
from prepbot.domain.interview import Interview
from prepbot.domain.plan import Length, Plan
from prepbot.domain.role import QuestionKind, Role
from prepbot.interviewer import Interviewer
from prepbot.planner import Planner
from prepbot.ports import Analyst, AnswerScorer, Store
from prepbot.reading.catalogue import load_stage_profiles
from prepbot.reading.exercise_source import CatalogueExercises
from prepbot.reading.pages import DocumentPages
from prepbot.reading.viewpoints import load_viewpoints
from prepbot.retrieval.lexical import LexicalIndex
from prepbot.roles import RoleLibrary
from prepbot.storage.memory import MemoryStore
from prepbot.wiring import SystemClock, analysts, listeners, open_offers
from prepbot.written_voice import WrittenVoice


class Remembered:
    """An analyst that reads the same reply once: scripted candidates repeat themselves."""

    def __init__(self, analyst: Analyst) -> None:
        self.engine = analyst.engine
        self._analyst = analyst
        self._analyse = lru_cache(maxsize=20_000)(analyst.analyse)

    def analyse(self, question: str, kind: QuestionKind, answer: str, follow_up: str | None = None) -> Evidence:
        """The evidence, from memory where the same reply was read before."""
        return self._analyse(question, kind, answer, follow_up)

    def marks(self, exercise: Exercise | WrittenCase, answers: Sequence[str]) -> ExerciseMarks:
        """The marks, read afresh: no two exercises are alike."""
        return self._analyst.marks(exercise, answers)


class Conductor(Protocol):
    """What a sitting needs of an interviewer."""

    def start(self, plan: Plan) -> str:
        """Start an interview; its id."""
        ...

    def open(self, interview_id: str) -> Interview:
        """The interview as it stands."""
        ...

    def answer(self, interview_id: str, text: str, message_id: str) -> Interview:
        """The interview after a reply."""
        ...

    def skip(self, interview_id: str) -> Interview:
        """The interview after its question was skipped."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What it takes to hold interviews: the use cases and the shipped roles by id."""

    interviewer: Conductor
    planner: Planner
    roles: dict[str, Role]


def open_desk(scorer: AnswerScorer | None, store: Store | None = None) -> Desk:
    """Join the product's own parts; without a model the analyst goes by words alone, without a store in memory."""
    store, clock = store or MemoryStore(), SystemClock()
    library = RoleLibrary(store, DocumentPages(), clock)
    rules = analysts(scorer)
    written = WrittenVoice()
    offers = open_offers()

    @lru_cache
    def analyst_for(role: Role) -> Analyst:
        return Remembered(rules(role))

    return Desk(
        Interviewer(store, written, written, library, analyst_for, clock, offers, listeners(None, clock)),
        Planner(load_stage_profiles(), LexicalIndex(), CatalogueExercises(), offers.rules, load_viewpoints()),
        {entry.role.id: entry.role for entry in library.all()},
    )


def some_plan(desk: Desk, role: Role, random: Random, turn: int) -> Plan:
    """Mostly two rooms of an interview; of ten plans one is a whole interview, short or full, and one a drill."""
    seed = random.randrange(2**31)
    if turn % 10 == 0:
        return desk.planner.interview(role, random.choice([Length.SHORT, Length.SHORT, Length.FULL]), seed=seed)
    if turn % 10 == 1:
        return desk.planner.drill(role, topics=[random.choice(role.topics)], seed=seed)
    stages = random.sample([stage.name for stage in role.stages], 2)
    length = Length.FULL if random.random() < 0.05 else Length.SHORT
    return desk.planner.interview(role, length, stages=stages, seed=seed)
