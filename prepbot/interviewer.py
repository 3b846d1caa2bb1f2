"""The use case of being interviewed: start, answer, skip, pause, resume, end, and going on after a crash.

Every answer is committed before anything looks at it, so a killed process, a reloaded page or a failed model costs
nobody a sentence: `open` finds what was left undone and does it.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from uuid import uuid4

from prepbot.across_stages import taken_up
from prepbot.domain.events import (
    Answered,
    Assessed,
    Ended,
    Event,
    Finished,
    MoveKind,
    Paused,
    Resumed,
    Skipped,
    Spoke,
    Started,
)
from prepbot.domain.evidence import Evidence
from prepbot.domain.gap import REPLY_GAPS
from prepbot.domain.heard import NOTHING, Heard
from prepbot.domain.interview import GivenAnswer, Interview, Status, Unit, apply, fold
from prepbot.domain.moves import (
    Ask,
    CloseStage,
    Finish,
    Greet,
    Move,
    Probe,
    Reply,
    Spoken,
    TakeUp,
    may_be_phrased,
    next_move,
    speaker,
)
from prepbot.domain.notes import answers_of
from prepbot.domain.plan import Plan
from prepbot.domain.role import Role
from prepbot.domain.stage_profile import Interviewer as Persona
from prepbot.domain.take_up import as_question
from prepbot.errors import BadInput, ModelUnavailable, StoreConflict
from prepbot.model_ports import SecondReading
from prepbot.offer_desk import OfferDesk
from prepbot.ports import Analyst, Clock, Listener, Store, StoredEvent, Voice
from prepbot.roles import RoleLibrary

MAX_ANSWER = 20_000

OnWords = Callable[[Persona, str], None]
"""Hears who speaks and what they have said so far of one turn."""


class Interviewer:
    """Runs interviews over a store. `roles` knows the role of a plan, `analyst_for` the analyst of a role.

    `voice` phrases the moves that code chose; `written` takes over whenever it fails. `offers` speaks for the employer
    in the talk about an offer. `listener_for` gives the listener of a role; without it no stage takes up what was said
    in another. `second` has language models read what is closed, behind the interview.
    """

    def __init__(
        self,
        store: Store,
        voice: Voice,
        written: Voice,
        roles: RoleLibrary,
        analyst_for: Callable[[Role], Analyst],
        clock: Clock,
        offers: OfferDesk,
        listener_for: Callable[[Role], Listener] | None = None,
        second: SecondReading | None = None,
    ) -> None:
        self._store = store
        self._voice = voice
        self._written = written
        self._roles = roles
        self._analyst_for = analyst_for
        self._clock = clock
        self._listener_for = listener_for
        self._offers = offers
        self._second = second

    def start(self, plan: Plan) -> str:
        """Begin an interview by its plan and put the first question. Returns the interview's id.

        Raises BadInput for a plan without a question.
        """
        if not plan.questions:
            raise BadInput(f"There is no question to ask in this plan for {plan.role_title}; choose another stage.")
        self._roles.keep_for(plan)
        interview_id = uuid4().hex[:12]
        self._store.append(interview_id, StoredEvent(0, Started(plan), self._clock.now()))
        self._go_on(interview_id, Interview(plan, next_seq=1))
        return interview_id

    def open(self, interview_id: str, on_words: OnWords | None = None) -> Interview:
        """The interview as it stands, after doing what an interruption left undone. Raises NotFound."""
        return self._go_on(interview_id, self._load(interview_id), on_words)

    def answer(self, interview_id: str, text: str, message_id: str, on_words: OnWords | None = None) -> Interview:
        """Store an answer, read its evidence, and make the interviewer's next moves.

        The same `message_id` again is the same turn. Raises NotFound, IllegalMove where no question is open, and
        BadInput for an answer of more than 20,000 characters.
        """
        if len(text) > MAX_ANSWER:
            raise BadInput(
                f"The answer has {len(text):,} characters; {MAX_ANSWER:,} are read. Shorten it and send it again."
            )
        events = self._store.events(interview_id)
        interview = fold((stored.seq, stored.event) for stored in events)
        if any(stored.message_id == message_id for stored in events):
            return self._go_on(interview_id, interview, on_words)
        interview = self._go_on(interview_id, interview, on_words)
        return self._go_on(interview_id, self._record(interview_id, interview, Answered(text), message_id), on_words)

    def skip(self, interview_id: str) -> Interview:
        """Skip the open question and go on. Raises IllegalMove where none is open."""
        return self._go_on(interview_id, self._record(interview_id, self.open(interview_id), Skipped()))

    def pause(self, interview_id: str) -> Interview:
        """Pause; the open question waits."""
        interview = self.open(interview_id)
        return interview if interview.status is Status.PAUSED else self._record(interview_id, interview, Paused())

    def resume(self, interview_id: str) -> Interview:
        """Come back from a pause to the question that waited."""
        interview = self.open(interview_id)
        return self._record(interview_id, interview, Resumed()) if interview.status is Status.PAUSED else interview

    def end(self, interview_id: str) -> Interview:
        """End the interview here; what was answered is graded."""
        interview = self.open(interview_id)
        if interview.over:
            return interview
        ended = self._record(interview_id, interview, Ended())
        self._have_read(interview_id, interview, ended)
        return ended

    def _load(self, interview_id: str) -> Interview:
        return fold((stored.seq, stored.event) for stored in self._store.events(interview_id))

    def _record(
        self, interview_id: str, interview: Interview, event: Event, message_id: str | None = None
    ) -> Interview:
        after = apply(interview, interview.next_seq, event)
        self._store.append(interview_id, StoredEvent(interview.next_seq, event, self._clock.now(), message_id))
        return after

    def _go_on(self, interview_id: str, interview: Interview, on_words: OnWords | None = None) -> Interview:
        """Assess and move until it is the candidate's turn. Where another process was faster, take its turns."""
        with suppress(StoreConflict):
            before = interview
            while not interview.over and not interview.awaits_candidate:
                interview = self._one_step(interview_id, interview, on_words)
            interview = self._assess_rest(interview_id, interview)
            self._have_read(interview_id, before, interview)
            return interview
        return self._load(interview_id)

    def _have_read(self, interview_id: str, before: Interview, after: Interview) -> None:
        """Have the questions that closed meanwhile read by language models, where there are any."""
        if self._second is not None and len(after.done_units) > len(before.done_units):
            self._second.read_soon(interview_id)

    def _one_step(self, interview_id: str, interview: Interview, on_words: OnWords | None) -> Interview:
        if interview.awaits_evidence is not None:
            return self._assess_rest(interview_id, interview)
        move = self._next(interview)
        event = Finished() if isinstance(move, Finish) else self._spoken(interview_id, move, interview, on_words)
        return self._record(interview_id, interview, event)

    def _next(self, interview: Interview) -> Move:
        """The next move with all that it brings along: the words that it takes up, the offer that it puts."""
        move = _worded(next_move(interview), interview)
        if not isinstance(move, Ask):
            return move
        return self._offers.drawn(move, interview, self._roles.role_of(interview.plan))

    def _assess_rest(self, interview_id: str, interview: Interview) -> Interview:
        """Read the evidence of every answer that has none yet; after the end too."""
        for unit in interview.units:
            for place, answer in enumerate(unit.answers):
                if answer.evidence is None:
                    role = self._roles.role_of(interview.plan)
                    read = _read(unit, place, self._analyst_for(role))
                    heard = self._heard(interview, unit, answer)
                    message = self._offers.read(unit, answer.text, role)
                    assessed = replace(read, heard=heard, message=message)
                    interview = self._record(interview_id, interview, assessed)
        return interview

    def _heard(self, interview: Interview, unit: Unit, answer: GivenAnswer) -> Heard:
        """What later stages may take up. Only other questions are compared: a follow-up may correct its own.

        An exercise is left out: its figures are the table's, not claims about the candidate.
        """
        if self._listener_for is None or unit.question.exercise is not None:
            return NOTHING
        before = [other for other in interview.units if other.asked.seq < unit.asked.seq]
        earlier = [said for other in before if other.question.exercise is None for said in answers_of(other)]
        now = next(said for said in answers_of(unit) if said.seq == answer.seq)
        return self._listener_for(self._roles.role_of(interview.plan)).listen(earlier, now)

    def _spoken(self, interview_id: str, move: Spoken, interview: Interview, on_words: OnWords | None) -> Spoke:
        about_the_offer = self._offers.said(move, interview)
        if about_the_offer is not None:
            return _event_of(move, about_the_offer)
        written = _is_about_an_exercise(move) or not may_be_phrased(move, interview)
        voice = self._written if written else self._voice
        why = ""
        try:
            text = self._said(voice, interview_id, move, interview, on_words)
        except ModelUnavailable as failure:
            voice, why = self._written, failure.why
            text = self._said(voice, interview_id, move, interview, on_words)
        return replace(_event_of(move, text), wording=voice.wording, instead_of=why)

    @staticmethod
    def _said(voice: Voice, interview_id: str, move: Spoken, interview: Interview, on_words: OnWords | None) -> str:
        pieces = []
        for piece in voice.say(move, interview, interview_id):
            pieces.append(piece)
            if on_words is not None:
                on_words(speaker(move, interview.plan), "".join(pieces))
        return "".join(pieces)


def _read(unit: Unit, place: int, analyst: Analyst) -> Assessed:
    """What one answer of a unit shows. An answer to an exercise is marked task by task and read for nothing else."""
    answer, exercise = unit.answers[place], unit.question.exercise
    if exercise is None:
        evidence = analyst.analyse(unit.question.text, unit.question.kind, answer.text, _follow_up(answer))
        return Assessed(answer.seq, analyst.engine, evidence)
    marks = analyst.marks(exercise, [given.text for given in unit.answers[: place + 1]])
    return Assessed(answer.seq, analyst.engine, Evidence(words=len(answer.text.split()), relevance=0), marks=marks)


def _is_about_an_exercise(move: Move) -> bool:
    """Whether a move says tasks and figures, which nobody may rephrase."""
    return isinstance(move, Ask | Probe) and move.question.exercise is not None


def _follow_up(answer: GivenAnswer) -> str | None:
    """The follow-up an answer replies to; None where the question itself was put once more."""
    if answer.probe is None or (answer.probe.gap and answer.probe.gap.kind in REPLY_GAPS):
        return None
    return answer.probe.text


def _worded(move: Move | TakeUp, interview: Interview) -> Move:
    """The move as a voice can say it: earlier words are taken up in a written question, never in a model's."""
    if not isinstance(move, TakeUp):
        return move
    return Ask(move.stage, as_question(move.taken, taken_up(move.taken, interview.plan.seed)))


def _event_of(move: Spoken, text: str) -> Spoke:
    match move:
        case Greet(stage):
            return Spoke(MoveKind.GREET, stage, text)
        case Ask(stage, question, offer):
            added = question if question.takes_up else None
            return Spoke(MoveKind.ASK, stage, text, question.id, added=added, offer=offer)
        case Probe(stage, question, gap):
            return Spoke(MoveKind.PROBE, stage, text, question.id, gap)
        case Reply(stage, question):
            return Spoke(MoveKind.PROBE, stage, text, question.id)
        case CloseStage(stage):
            return Spoke(MoveKind.CLOSE, stage, text)
