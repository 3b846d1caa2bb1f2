"""Which stage asks which questions, with which budget: decided once, stored whole, replayable from its seed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from prepbot.domain.exercise import Exercise, WrittenCase
from prepbot.domain.offer import Offer
from prepbot.domain.origin import Origin
from prepbot.domain.role import Question, QuestionKind, Role, Stage, StageKind
from prepbot.domain.stage_profile import Amount, Interviewer, StageProfile
from prepbot.errors import NotFound


class Length(StrEnum):
    """How much of the selection process is rehearsed."""

    SHORT = "short"
    FULL = "full"
    DRILL = "drill"


class TakeUpKind(StrEnum):
    """Why a question that nobody planned takes up earlier words of the candidate."""

    OBJECTION = "objection"
    CONTRADICTION = "contradiction"
    WEAKEST = "weakest"


@dataclass(frozen=True, slots=True)
class Seat:
    """One of a panel. `counter` is how this side sees most things differently, as a clause."""

    interviewer: Interviewer
    counter: str


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """One question as it will be asked. `line` is its line on the role page, 0 for a standard question.

    `viewpoint` is who asks on a panel ("Mai Nguyen, IT lead"), `takes_up` says that it was added on the way, `invites`
    that the candidate's own questions are the answer. `origin` is the paper it comes from, None for one of the role
    page or the stage itself. `about` is the event of the answer whose words it takes up, 0 for none. `exercise` is the
    exercise that `text` puts in words, stored whole, so that an update cannot change its figures.
    """

    id: str
    text: str
    kind: QuestionKind
    topics: tuple[str, ...]
    line: int = 0
    after: str = ""
    viewpoint: str = ""
    takes_up: TakeUpKind | None = None
    invites: bool = False
    exercise: Exercise | WrittenCase | None = None
    origin: Origin | None = None
    about: int = 0

    @property
    def heading(self) -> str:
        """The question as a list or a headline names it: an exercise by its title."""
        return self.exercise.title if self.exercise is not None else self.text

    @property
    def has_band(self) -> bool:
        """Whether its answer is graded: clearing something up is not, nor are the candidate's own questions."""
        return not self.invites and self.takes_up is not TakeUpKind.CONTRADICTION


OFFER_QUESTION = "offer-letter"
"""How the id of the question begins that puts a written offer on the table."""


@dataclass(frozen=True, slots=True)
class PlannedStage:
    """One room of the interview: who asks, what is asked, and how many follow-ups may be spent.

    `offer` is the written offer of an offer stage, with the limits of its employer.
    """

    name: str
    kind: StageKind
    description: str
    minutes: int
    interviewer: Interviewer
    greeting: str
    closing: str
    questions: tuple[PlannedQuestion, ...]
    follow_ups: int
    follow_ups_per_question: int
    panel: tuple[Seat, ...] = ()
    offer: Offer | None = None

    def asker(self, question: PlannedQuestion | None) -> Interviewer:
        """Who puts a question: its viewpoint's seat on the panel, else the stage's own interviewer."""
        asking = question.viewpoint if question else ""
        return next((seat.interviewer for seat in self.panel if seat.interviewer.label == asking), self.interviewer)

    def put_by(self, question: PlannedQuestion) -> Offer | None:
        """The written offer that a question puts on the table, None for every other question."""
        return self.offer if question.id.startswith(OFFER_QUESTION) else None


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole interview before it begins. `role_sha256` names the document it was planned from.

    `retry_of` is the id of the interview whose question this one asks again, empty elsewhere.
    """

    role_id: str
    role_title: str
    role_sha256: str
    length: Length
    seed: int
    stages: tuple[PlannedStage, ...]
    focus: str = ""
    retry_of: str = ""

    @property
    def questions(self) -> tuple[PlannedQuestion, ...]:
        """Every question in the order of asking."""
        return tuple(question for stage in self.stages for question in stage.questions)

    def with_added(self, stage: int, question: PlannedQuestion, place: int) -> "Plan":
        """The plan with one more question at a place of a stage."""
        room = self.stages[stage]
        questions = (*room.questions[:place], question, *room.questions[place:])
        return self._with_stage(stage, replace(room, questions=questions))

    def with_offer(self, stage: int, offer: Offer) -> "Plan":
        """The plan with another offer on the table of a stage."""
        return self._with_stage(stage, replace(self.stages[stage], offer=offer))

    def _with_stage(self, place: int, stage: PlannedStage) -> "Plan":
        return replace(self, stages=(*self.stages[:place], stage, *self.stages[place + 1 :]))


Profiles = dict[StageKind, StageProfile]


def plan_interview(
    role: Role, profiles: Profiles, length: Length, seed: int, stages: Sequence[Stage] | None = None
) -> Plan:
    """Plan a mock interview through the role's stages, or through `stages`, in the page's order.

    Bank questions go where their kind and topic fit best, each at most once, and standard questions fill the rest.
    A role page without stages gets one interview stage.
    """
    rooms = tuple(stages if stages is not None else role.stages) or (_UNNAMED_STAGE,)
    bank = _shared_out(rooms, role.questions, profiles, length, seed)
    standard = _standard_questions(rooms, profiles, role, length, seed)
    planned = tuple(
        _planned_stage(
            stage, profiles[stage.kind], role, length, standard[place][:1] + bank[place] + standard[place][1:]
        )
        for place, stage in enumerate(rooms)
    )
    kept = tuple(stage for stage in planned if stage.questions)
    return Plan(role.id, role.title, role.sha256, length, seed, kept)


def plan_drill(role: Role, profiles: Profiles, seed: int, questions: Sequence[Question], focus: str) -> Plan:
    """Plan one room with just these bank questions; `focus` says in words what is drilled."""
    stage = next((stage for stage in role.stages if stage.kind is StageKind.INTERVIEW), _UNNAMED_STAGE)
    profile = profiles[stage.kind]
    asked = tuple(from_bank(question) for question in questions)
    room = replace(
        _planned_stage(stage, profile, role, Length.FULL, asked),
        name="Drill",
        description=focus,
        minutes=4 * len(asked),
        follow_ups=len(asked) * profile.follow_ups_per_question,
    )
    return Plan(role.id, role.title, role.sha256, Length.DRILL, seed, (room,), focus)


def plan_retry(plan: Plan, question_id: str, interview_id: str = "") -> Plan:
    """A plan of one question in its own room, as it was planned for the interview of this id.

    Raises NotFound for a question not in `plan`.
    """
    for stage in plan.stages:
        for question in stage.questions:
            if question.id == question_id:
                again = replace(stage, questions=(question,), follow_ups=stage.follow_ups_per_question, minutes=4)
                return replace(
                    plan, length=Length.DRILL, stages=(again,), focus=question.heading, retry_of=interview_id
                )
    raise NotFound(f"This interview did not ask “{question_id}”; choose one of its own questions.")


def questions_on_topic(role: Role, topics: Iterable[str]) -> tuple[Question, ...]:
    """The bank questions that carry any of these topic tags, in the page's order."""
    wanted = {topic.casefold() for topic in topics}
    return tuple(q for q in role.questions if wanted & {topic.casefold() for topic in q.topics})


# A recruiter begins with the motive, a reference check with who the referees are.
_WITH_OPENER = frozenset({StageKind.SCREENING, StageKind.REFERENCES})

_UNNAMED_STAGE = Stage("Interview", StageKind.INTERVIEW, "", 0)


def _shared_out(
    stages: Sequence[Stage], bank: Sequence[Question], profiles: Profiles, length: Length, seed: int
) -> list[tuple[PlannedQuestion, ...]]:
    """Give each bank question to at most one stage: best fit first, ties by the seed."""
    random = Random(seed)
    fits = [
        (_fit(question, stage, profiles[stage.kind]) + random.random() / 2, place, question)
        for place, stage in enumerate(stages)
        for question in bank
    ]
    room_left = [_share(profiles[stage.kind].bank_questions, length) for stage in stages]
    given: list[list[Question]] = [[] for _ in stages]
    used: set[str] = set()
    for _, place, question in sorted(fits, key=lambda fit: (-fit[0], fit[1], fit[2].line)):
        if question.id in used or room_left[place] == 0:
            continue
        used.add(question.id)
        room_left[place] -= 1
        given[place].append(question)
    return [tuple(from_bank(question) for question in sorted(chosen, key=lambda q: q.line)) for chosen in given]


def _fit(question: Question, stage: Stage, profile: StageProfile) -> float:
    """Points for a question in a stage: its topic in the stage's words or profile, then its kind's preference."""
    words = f"{stage.name} {stage.description} {' '.join(profile.bank_topics)}".casefold()
    on_topic = any(topic.casefold() in words for topic in question.topics)
    preference = (
        len(profile.bank_kinds) - profile.bank_kinds.index(question.kind)
        if (question.kind in profile.bank_kinds)
        else 0
    )
    return 4.0 * on_topic + preference


def _standard_questions(
    stages: Sequence[Stage], profiles: Profiles, role: Role, length: Length, seed: int
) -> list[tuple[PlannedQuestion, ...]]:
    """Draw each stage's own questions, never one twice; an opener comes first, what closes a stage last."""
    random = Random(seed + 1)
    used: set[str] = set()
    drawn = []
    for stage in stages:
        profile = profiles[stage.kind]
        free = [question for question in profile.questions if question.id not in used]
        wanted = min(_share(profile.standard_questions, length), len(free))
        fixed = [question for question in free if question.invites]
        fixed = free[:1] + fixed if stage.kind in _WITH_OPENER else fixed
        fixed += [question for question in free if question.always and question not in fixed]
        rest = [question for question in free if question not in fixed]
        chosen = {q.id for q in [*fixed, *random.sample(rest, len(rest))][:wanted]}
        used |= chosen
        drawn.append(
            tuple(
                PlannedQuestion(q.id, q.text.format(role=role.title), q.kind, (q.topic,), 0, q.after, invites=q.invites)
                for q in free
                if q.id in chosen
            )
        )
    return drawn


def _planned_stage(
    stage: Stage,
    profile: StageProfile,
    role: Role,
    length: Length,
    questions: tuple[PlannedQuestion, ...],
) -> PlannedStage:
    words = {"role": role.title, "candidate_stage": stage.name, "interviewer": profile.interviewer.name}
    return PlannedStage(
        name=stage.name,
        kind=stage.kind,
        description=stage.description,
        minutes=_share(profile.minutes, length),
        interviewer=profile.interviewer,
        greeting=profile.greeting.format(**words),
        closing=profile.closing.format(**words),
        questions=questions,
        follow_ups=_share(profile.follow_ups, length),
        follow_ups_per_question=profile.follow_ups_per_question,
    )


def _share(amount: Amount, length: Length) -> int:
    return amount.short if length is Length.SHORT else amount.full


def from_bank(question: Question) -> PlannedQuestion:
    """A bank question as it will be asked."""
    return PlannedQuestion(question.id, question.text, question.kind, question.topics, question.line)
