"""What is kept of language models' work, as values and Protocols: calls with their cost, and readings of answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from prepbot.domain.coach_check import Material
from prepbot.domain.interview import Unit
from prepbot.domain.model_reading import ModelReading
from prepbot.domain.role import Role


class Purpose(StrEnum):
    """What a model was asked for."""

    VOICE = "voice"
    ANALYST = "analyst"
    OPINION = "second opinion"
    COACH = "coach"
    PROBE = "probe"
    EMBEDDINGS = "embeddings"


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One call of a language model as it went, its attempts together.

    `model` is "provider:model", `prompt` the prompt's name and version; `interview_id` is empty outside interviews.
    Tokens are the provider's count, or tiktoken's where it gave none. `microdollars` are millionths of a US dollar by
    the price table of the day, `seconds` from asking to the last word. `outcome` is "ok" or the failure's name.
    """

    at: datetime
    purpose: Purpose
    model: str
    prompt: str
    interview_id: str
    prompt_tokens: int
    reply_tokens: int
    microdollars: int
    seconds: float
    attempts: int
    outcome: str


@dataclass(frozen=True, slots=True)
class Spending:
    """What some calls came to together; microdollars are millionths of a US dollar."""

    calls: int = 0
    prompt_tokens: int = 0
    reply_tokens: int = 0
    microdollars: int = 0

    @property
    def dollars(self) -> float:
        """The cost in US dollars."""
        return self.microdollars / 1_000_000


def total(calls: Iterable[ModelCall]) -> Spending:
    """What calls came to together."""
    kept = tuple(calls)
    return Spending(
        len(kept),
        sum(call.prompt_tokens for call in kept),
        sum(call.reply_tokens for call in kept),
        sum(call.microdollars for call in kept),
    )


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An improved answer as a model words it, with blanks in brackets. Never stored as the candidate's words."""

    text: str
    model: str
    prompt: str


class Coach(Protocol):
    """Words an improved answer out of the candidate's own words."""

    def suggest(self, material: Material, interview_id: str = "") -> Suggestion:
        """An improved answer. Raises ModelUnavailable where there is none, or none that may be shown.

        `interview_id` is what the call's cost is put down to.
        """
        ...


@dataclass(frozen=True, slots=True)
class ModelInUse:
    """A model by "provider:model" with what it does here.

    `free` says that it costs nothing, `listed` that its price stands in the table or was set: for others the dearest
    is assumed. `reads` and `writes` are US dollars for a million tokens of prompt and of reply.
    """

    name: str
    purposes: tuple[Purpose, ...]
    free: bool
    listed: bool
    reads: float = 0.0
    writes: float = 0.0


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an interview, or reading its answers, will most likely take: tokens of prompts and replies, microdollars."""

    models: tuple[ModelInUse, ...]
    tokens: int
    microdollars: int


@dataclass(frozen=True, slots=True)
class Limit:
    """A budget in US dollars and what was spent of it; `dollars` is None where none is set."""

    dollars: float | None
    spent: float

    @property
    def left(self) -> float:
        """US dollars left, never below nought; nought where there is no budget."""
        return max(0.0, (self.dollars or 0.0) - self.spent)


@dataclass(frozen=True, slots=True)
class Accounts:
    """What was spent today and in all, the day's budget, each interview's, and the date of the price table."""

    today: Spending
    ever: Spending
    day: Limit
    interview: float | None
    prices_of: date


class Models(Protocol):
    """The language models in use, as pages and commands ask about them. Nothing here sends anything."""

    def in_use(self) -> tuple[ModelInUse, ...]:
        """Every model of the settings, each once."""
        ...

    def estimate(self, questions: int) -> Estimate | None:
        """What an interview of so many questions takes; None where no model takes part in interviews."""
        ...

    def reading(self, answers: int) -> Estimate | None:
        """What it takes to have so many answers read, second opinions among it; None where no model reads any."""
        ...

    def spent(self, interview_id: str) -> Spending:
        """What one interview has taken so far."""
        ...

    def accounts(self) -> Accounts:
        """What was spent, and what may be."""
        ...

    def notice(self, interview_id: str) -> str:
        """One calm sentence where a model of interviews does not take part just now; empty where all is well."""
        ...

    def warm_up(self) -> None:
        """Import and build in the background what the first call needs."""
        ...


class Ledger(Protocol):
    """Keeps what every call of a model cost; see ports.Store."""

    def save_model_call(self, call: ModelCall) -> None:
        """Keep a call. Raises StoreUnavailable."""
        ...

    def spending(self, interview_id: str | None = None, since: datetime | None = None) -> Spending:
        """What was spent: in one interview or in all, from a moment on or ever. Zero for an unknown interview."""
        ...


class ModelReader(Protocol):
    """A language model that reads units. `engine` names it with its prompt, as its readings are kept."""

    engine: str

    def read(self, role: Role, unit: Unit, interview_id: str, seed: int) -> ModelReading:
        """What the model proposes about a unit whose answers have their evidence; decoys are drawn by `seed`.

        A reply that cannot be used gives a reading that says so. Raises ModelUnavailable where asking again later may
        end better.
        """
        ...


@dataclass(frozen=True, slots=True)
class StoredReading:
    """A model's reading of one question of an interview, as stored."""

    interview_id: str
    question_id: str
    reading: ModelReading
    at: datetime


class ReadingStore(Protocol):
    """Keeps what models read in answers; see ports.Store."""

    def save_reading(self, stored: StoredReading) -> None:
        """Keep a reading; the same interview, question and engine again replaces it.

        Raises NotFound for an unknown interview, StoreUnavailable.
        """
        ...

    def readings(self, interview_id: str) -> tuple[StoredReading, ...]:
        """The readings of an interview, oldest first; empty for one without any."""
        ...


class SecondReading(Protocol):
    """Has answers read by language models, behind the interview and never in its way. `engines` are the models'."""

    engines: tuple[str, ...]

    def read_soon(self, interview_id: str) -> None:
        """Have the closed questions of an interview read that nobody has read yet. Returns at once and never raises."""
        ...

    def is_reading(self, interview_id: str) -> bool:
        """Whether questions of an interview are being read or wait for it."""
        ...
