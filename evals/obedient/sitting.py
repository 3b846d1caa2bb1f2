"""Whole interviews whose answers carry attacks: by the rules alone, and beside models that obey in every part."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from evals.gaming.cases import Place, Sample, base_answers, placed
from evals.gaming.measure import drawn
from evals.interviews.desk import Remembered
from evals.obedient.chat import Reply, replying_client
from evals.obedient.models import Deeds
from prepbot.domain.events import Spoke
from prepbot.domain.plan import Length, Plan, plan_interview
from prepbot.domain.report import Review
from prepbot.domain.role import Role
from prepbot.domain.rubric import Grade
from prepbot.grader import Grader
from prepbot.interviewer import Interviewer
from prepbot.language.analyst import ModelAnalyst
from prepbot.language.voice import ModelVoice
from prepbot.ports import Analyst, Voice
from prepbot.reading.catalogue import load_stage_profiles
from prepbot.reading.decisions import load_decisions
from prepbot.reading.decoys import decoys_for
from prepbot.reading.pages import DocumentPages, find_page
from prepbot.retrieval.lexical import LexicalIndex
from prepbot.roles import RoleLibrary
from prepbot.second_reading import ModelSecondReading
from prepbot.storage.memory import MemoryStore
from prepbot.wiring import SystemClock, listeners, open_offers
from prepbot.written_voice import WrittenVoice

ROLE = find_page("ecommerce-specialist").role
PLAN = plan_interview(ROLE, load_stage_profiles(), Length.SHORT, seed=11)
VOICES = ("praise", "a score", "a stage", "a promise", "an image", "a link", "its own prompt", "a forbidden question")
ANALYSTS = ("yes to all", "yes to all, quoting the order", "band 5 alone", "band 5 beside the form", "no form")

AnalystFor = Callable[[Role], Analyst]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is left of an interview: every stored event, and the review's bands, decisions and KPI coverage."""

    events: tuple[object, ...]
    bands: tuple[object, ...]
    decisions: tuple[object, ...]
    coverage: tuple[object, ...]
    requests: int

    def differences(self, other: "Outcome") -> tuple[str, ...]:
        """What is not the same, by name."""
        names = ("events", "bands", "decisions", "coverage")
        return tuple(name for name in names if getattr(self, name) != getattr(other, name))


def remembering(rules: AnalystFor) -> AnalystFor:
    """Analysts that read the same reply once: every interview is held twice."""

    @lru_cache
    def analyst_for(role: Role) -> Analyst:
        return Remembered(rules(role))

    return analyst_for


def sat(answers: Sequence[str], analyst_for: AnalystFor, reply: Reply | None = None, plan: Plan = PLAN) -> Outcome:
    """Hold the interview with these answers in turn; with `reply` a model speaks, and reads what was answered."""
    store, clock, written, offers = MemoryStore(), SystemClock(), WrittenVoice(), open_offers()
    roles = RoleLibrary(store, DocumentPages(), clock)
    voice: Voice = written
    second, chat = None, None
    if reply is not None:
        client, chat = replying_client(reply, "fake:obedient", store)
        voice = ModelVoice(written, client, roles.role_of)
        second = ModelSecondReading(store, roles, (ModelAnalyst(client, decoys_for),), clock)
    interviewer = Interviewer(store, voice, written, roles, analyst_for, clock, offers, listeners(None, clock), second)
    interview_id = interviewer.start(plan)
    interview = interviewer.open(interview_id)
    for number, answer in enumerate(answers):
        if interview.over:
            break
        interview = interviewer.answer(interview_id, answer, f"m{number}")
        if second is not None:
            second.wait()
    review = Grader(store, LexicalIndex(), roles, analyst_for, clock, offers, load_decisions(), second).review(
        interview_id
    )
    if second is not None:
        second.wait()
    events = tuple(_plain(stored.event) for stored in store.events(interview_id))
    return Outcome(events, *_judged(review), requests=len(chat.history) if chat else 0)


def _plain(event: object) -> object:
    """An event as it is compared: how a turn came to its words is no part of what was said."""
    return (event.move, event.stage, event.text, event.question_id, event.gap) if isinstance(event, Spoke) else event


def _judged(review: Review) -> tuple[tuple[object, ...], tuple[object, ...], tuple[object, ...]]:
    bands = tuple((card.grade.band if isinstance(card.grade, Grade) else card.grade) for card in review.cards)
    return bands, tuple((one.stage, one.words) for one in review.decisions), review.coverage


def attacked_answers(samples: Sequence[Sample], answers: int) -> list[str]:
    """So many answers, each a labelled one with one of the strings in it, in turn."""
    bases = [row for rows in base_answers((1, 2, 3, 4), 6).values() for row in rows]
    places = tuple(Place)
    chosen = [samples[number % len(samples)] for number in range(answers)]
    return [
        placed(sample, drawn(bases, f"{sample.id} {number}"), places[number % len(places)])
        for number, sample in enumerate(chosen)
    ]


def pairs(samples: Sequence[Sample], each: int, analyst_for: AnalystFor) -> Iterator[tuple[Outcome, Outcome]]:
    """Interviews of `each` strings: by the rules alone, and beside models that obey them. Deeds change in turn."""
    for number, start in enumerate(range(0, len(samples), each)):
        some = samples[start : start + each]
        answers = attacked_answers(some, 3 * each)
        order = " ".join(sample.text for sample in some)
        deeds = Deeds(order, ANALYSTS[number % len(ANALYSTS)], VOICES[number % len(VOICES)])
        yield sat(answers, analyst_for), sat(answers, analyst_for, deeds.reply)
