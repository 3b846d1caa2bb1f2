"""A whole short interview beside a model whose server fails at chosen moments, and the call sites that it fails.

To add a call site is one line in SITES: what it asks of the model after a turn.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic

from pydantic import BaseModel, Field, SecretStr

from prepbot.domain.events import Answered, Spoke
from prepbot.domain.interview import Interview
from prepbot.domain.moves import Move
from prepbot.domain.plan import Length, plan_interview
from prepbot.domain.stage_profile import Interviewer as Persona
from prepbot.errors import ModelUnavailable
from prepbot.language.call import Request, Terms
from prepbot.language.circuit import LONG_REST_SECONDS, Circuit
from prepbot.language.client import ModelClient
from prepbot.language.endpoints import Endpoints
from prepbot.language.model import build_model
from prepbot.language.prices import FREE, Budget, Price
from prepbot.language.rung import Rung
from prepbot.language.voice import ModelVoice
from prepbot.model_ports import ModelCall, Purpose
from prepbot.reading.catalogue import load_stage_profiles
from prepbot.settings import ModelKeys, Settings
from prepbot.storage.memory import MemoryStore
from prepbot.written_voice import WrittenVoice
from tests.faults.openai_server import KEY, Fault, Line, OpenAIServer
from tests.faults.sitting import ROLE, SystemClock, answer_text, interviewer_on, message_id

MODELS_OWN = "Now then."
"""What the working model puts before the written line."""

PLAN = plan_interview(ROLE, load_stage_profiles(), Length.SHORT, seed=11, stages=ROLE.stages[:2])


class Form(BaseModel):
    """A form such as an analyst's: a reason, then a verdict."""

    reason: str = Field(max_length=60)
    holds: bool


class Ledger(MemoryStore):
    """A store in memory that shows the calls it keeps."""

    @property
    def calls(self) -> list[ModelCall]:
        """Every call so far."""
        return list(self._model_calls)


def client_of(
    line: Line,
    address: str,
    ledger: Ledger,
    deadline: float = 10.0,
    clock: Callable[[], float] = monotonic,
    price: Price = FREE,
    budget: Budget | None = None,
    endpoints: Endpoints | None = None,
) -> ModelClient:
    """A client as the desk joins it, of one line of a server; `clock` is the circuit's."""
    name = f"openai:{line.model}"
    settings = Settings(model_timeout=deadline)
    keys = ModelKeys(openai_api_key=SecretStr(KEY), openai_base_url=address)
    return ModelClient(
        name,
        lambda: build_model(name, settings, keys),
        Terms(deadline, price, budget or Budget()),
        ledger,
        SystemClock(),
        Circuit(clock),
        endpoints or Endpoints(Path(mkdtemp()) / "endpoints.json"),
    )


@dataclass(frozen=True, slots=True)
class CallSite:
    """Where a model is asked: by the voice in the turn itself, or by `after` once the turn is over."""

    structured: bool = False
    after: Callable[["Sitting"], object] | None = None


SITES: dict[str, CallSite] = {
    "voice": CallSite(),
    "a form": CallSite(True, lambda sitting: sitting.client.structured(sitting.request(Purpose.ANALYST), Form)),
    "a text": CallSite(False, lambda sitting: sitting.client.text(sitting.request(Purpose.COACH))),
}
"""Every place that asks a model; the last two stand for the analyst's forms and the coach's texts."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What one turn came to: what was said, its seconds, the requests that the server counted, the calls kept."""

    interview: Interview
    said: tuple[Spoke, ...]
    seconds: float
    requests: int
    calls: tuple[ModelCall, ...]


class Sitting:
    """One interview; each turn is a step. `now` is the circuit's clock, in seconds."""

    def __init__(
        self,
        site: CallSite,
        server: OpenAIServer,
        deadline: float = 10.0,
        *,
        address: str = "",
        price: Price = FREE,
        budget: Budget | None = None,
    ) -> None:
        self.now = 0.0
        self.site = site
        self.line = server.line()
        self.ledger = Ledger()
        self._endpoints = Endpoints(Path(mkdtemp()) / "endpoints.json")
        self.client = client_of(
            self.line,
            address or server.address,
            self.ledger,
            deadline,
            lambda: self.now,
            price,
            budget,
            self._endpoints,
        )
        self.rest()
        self.heard: list[str] = []
        voice = None if site.after else _Prompted(self.line, ModelVoice(WrittenVoice(), self.client))
        self.wording = voice.wording if voice else WrittenVoice.wording
        self._interviewer = interviewer_on(self.ledger, voice)
        self.interview_id = ""
        self._answers = 0

    def request(self, purpose: Purpose) -> Request:
        """Something asked for this interview."""
        return Request(purpose, "test.v1", "You help.", "Help me.", self.interview_id)

    def step(self, fault: Fault | None = None) -> Moment:
        """One turn, the model's server failing by `fault` meanwhile."""
        self.line.breaks(fault)
        told = len(self.spoken) if self.interview_id else 0
        asked, kept, began = len(self.line.requests), len(self.ledger.calls), monotonic()
        interview = self._turn()
        if self.site.after:
            with suppress(ModelUnavailable):
                self.site.after(self)
        seconds = monotonic() - began
        self.line.breaks(None)
        requests, calls = len(self.line.requests) - asked, tuple(self.ledger.calls[kept:])
        return Moment(interview, tuple(self.spoken[told:]), seconds, requests, calls)

    def rest(self) -> None:
        """Let the time pass after which a failed endpoint is tried again; its rung is known."""
        self.now += LONG_REST_SECONDS + 1
        self._endpoints.remember(self.client.name, Rung.JSON_SCHEMA)

    @property
    def answers_kept(self) -> list[str]:
        """The stored answers in order."""
        stored = self.ledger.events(self.interview_id)
        return [kept.event.text for kept in stored if isinstance(kept.event, Answered)]

    @property
    def answers_sent(self) -> list[str]:
        """What the candidate has sent."""
        return [answer_text(number) for number in range(self._answers)]

    @property
    def course(self) -> list[tuple[object, ...]]:
        """What the interviewer did, without the words."""
        return [(spoke.move, spoke.stage, spoke.question_id, spoke.gap) for spoke in self.spoken]

    @property
    def spoken(self) -> list[Spoke]:
        """The interviewer's stored turns."""
        return [kept.event for kept in self.ledger.events(self.interview_id) if isinstance(kept.event, Spoke)]

    def _turn(self) -> Interview:
        if not self.interview_id:
            self.interview_id = self._interviewer.start(PLAN)
            return self._interviewer.open(self.interview_id)
        number, self._answers = self._answers, self._answers + 1
        return self._interviewer.answer(self.interview_id, answer_text(number), message_id(number), self._hear)

    def _hear(self, who: Persona, said: str) -> None:  # noqa: ARG002  the listener's signature
        self.heard.append(said)


class _Prompted:
    """A voice whose model, while it works, says the written line after a word of its own."""

    def __init__(self, line: Line, voice: ModelVoice) -> None:
        self._line = line
        self._voice = voice
        self.wording = voice.wording

    def say(self, move: Move, interview: Interview, interview_id: str = "") -> Iterator[str]:
        """See ports.Voice.say."""
        written = "".join(WrittenVoice().say(move, interview))
        self._line.says = f"{MODELS_OWN} {written}"
        yield from self._voice.say(move, interview, interview_id)
