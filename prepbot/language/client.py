"""The one way to a language model: budget, circuit, deadline, retries, ladder and tally in one place."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from threading import Lock
from time import monotonic
from typing import TypeVar

from langchain_core.messages import AIMessage
from pydantic import BaseModel

from prepbot.errors import ModelUnavailable
from prepbot.language.attempts import tried
from prepbot.language.call import Request, Tally, Terms
from prepbot.language.circuit import Circuit
from prepbot.language.deadline import within
from prepbot.language.endpoints import Endpoints
from prepbot.language.failure import AGAIN, FailureKind, ModelFailed, bad_ending, ending, failed
from prepbot.language.ladder import Messages, Structured, ask, read, repair
from prepbot.language.model import LanguageModel
from prepbot.language.prices import Price
from prepbot.language.probing import NOT_THE_RUNG, PROBE, Ready, has_changed, strictest
from prepbot.language.rung import Rung
from prepbot.model_ports import Ledger, ModelCall
from prepbot.ports import Clock

MOST_CHARACTERS = 20_000

Form = TypeVar("Form", bound=BaseModel)

OK = "ok"
# What ends before a model has read the prompt is not paid for.
_UNBILLED = {kind.value for kind in NOT_THE_RUNG - {FailureKind.TIMEOUT} | {FailureKind.SERVER_ERROR}}


class ModelClient:
    """Asks one model. Every failure is a ModelFailed, whatever the vendor raised; every call is tallied.

    `name` is "provider:model", `endpoint` what its rung is remembered by. The model is built at the first call, so
    that a missing key is no reason not to start.
    The circuit belongs to the endpoint and may be shared by clients. Safe to share between threads.
    """

    def __init__(
        self,
        name: str,
        build: Callable[[], LanguageModel],
        terms: Terms,
        ledger: Ledger,
        clock: Clock,
        circuit: Circuit,
        endpoints: Endpoints,
        endpoint: str = "",
    ) -> None:
        self.name = name
        self._endpoint = endpoint or name
        self._build = build
        self._terms = terms
        self._ledger = ledger
        self._clock = clock
        self._circuit = circuit
        self._endpoints = endpoints
        self._building = Lock()
        self._probing = Lock()
        self._model: LanguageModel | None = None

    @property
    def price(self) -> Price:
        """What its tokens cost."""
        return self._terms.price

    @property
    def resting(self) -> bool:
        """Whether its endpoint failed a moment ago and is left alone."""
        return self._circuit.resting

    def has_budget(self, interview_id: str) -> bool:
        """Whether another call is within the budget."""
        return self._terms.budget.left(self._ledger, interview_id, self._clock.now())

    def warm_up(self) -> None:
        """Import and build the model, sending nothing. One that cannot be set up says so when it is asked."""
        with suppress(ModelUnavailable):
            self._built()

    def stream(self, request: Request, most_characters: int = MOST_CHARACTERS) -> Generator[str, None, None]:
        """The reply in pieces as they come. Raises ModelFailed before or between them.

        Only a failure before the first piece is tried again, within the same deadline.
        """
        said: list[str] = []
        length = 0
        with self._tallied(request, said) as tally:
            until = self._until()
            with closing(tried(self._terms.attempts, until, lambda: self._begun(request, until, tally))) as pieces:
                for piece in pieces:
                    said.append(piece)
                    length += len(piece)
                    if length > most_characters:
                        raise ModelFailed(FailureKind.ENDLESS)
                    yield piece

    def text(self, request: Request, most_characters: int = MOST_CHARACTERS) -> str:
        """The whole reply. Raises ModelFailed."""
        return "".join(self.stream(request, most_characters)).strip()

    def structured(self, request: Request, form: type[Form]) -> Structured[Form]:
        """The reply in a form, on the endpoint's rung of the ladder. Raises ModelFailed."""
        rung = self._rung()
        try:
            with self._tallied(request) as tally:
                until = self._until()
                return tried(
                    self._terms.attempts, until, lambda: self._filled(request.messages, rung, form, until, tally)
                )
        except ModelFailed as failure:
            if has_changed(rung, failure):
                self._endpoints.remember(self._endpoint, None)
            raise

    def probe(self) -> Rung:
        """Find the strictest rung that the endpoint reaches, and remember it. Raises ModelFailed."""
        with self._tallied(PROBE) as tally:
            until = self._until()

            def once(rung: Rung) -> Structured[Ready]:
                filled = partial(self._filled, PROBE.messages, rung, Ready, until, tally)
                return tried(self._terms.attempts, until, filled, AGAIN & NOT_THE_RUNG)

            rung = strictest(once)
        self._endpoints.remember(self._endpoint, rung)
        return rung

    def _rung(self) -> Rung:
        """The rung that is known, set or remembered, else the one that a probe finds. Raises ModelFailed."""
        try:
            known = self._built().rung
        except ModelUnavailable as exc:
            self._circuit.failed(failed(exc))
            raise failed(exc) from exc
        if known is not None:
            return known
        with self._probing:
            return self._endpoints.rung(self._endpoint) or self.probe()

    def _filled(
        self,
        messages: Messages,
        rung: Rung,
        form: type[Form],
        until: float,
        tally: Tally,
    ) -> Structured[Form]:
        """The form filled in once, on json_object with one repair."""
        reply = self._asked(messages, rung, form, until, tally)
        try:
            return read(reply, rung, form)
        except ModelFailed as failure:
            if rung is not Rung.JSON_OBJECT or failure.kind is not FailureKind.UNREADABLE:
                raise
            again = self._asked(repair(messages, str(reply.text), failure), rung, form, until, tally)
            return read(again, rung, form)

    def _asked(self, messages: Messages, rung: Rung, form: type[Form], until: float, tally: Tally) -> AIMessage:
        def replies() -> Iterator[AIMessage]:
            yield ask(self._built().chat, rung, messages, form)

        tally.attempts += 1
        with closing(within(until, replies)) as replied:
            reply = next(replied)
        tally.answered(messages, reply)
        bad = bad_ending(ending(reply))
        if bad is not None:
            raise bad
        return reply

    def _begun(self, request: Request, until: float, tally: Tally) -> Generator[str, None, None]:
        """The stream once its first piece is there. Raises ModelFailed (empty) where none comes."""
        tally.attempts += 1
        pieces = within(until, lambda: self._chunks(request, tally))
        first = next(pieces, None)
        if first is None:
            raise ModelFailed(FailureKind.EMPTY)
        return _continued(first, pieces)

    def _chunks(self, request: Request, tally: Tally) -> Iterator[str]:
        reason = None
        for chunk in self._built().chat.stream(list(request.messages)):
            tally.add(chunk)
            reason = ending(chunk) or reason
            bad = bad_ending(reason)
            if bad is not None:
                raise bad
            if chunk.text:
                yield str(chunk.text)
        if reason is None and self._built().tells_its_end:
            raise ModelFailed(FailureKind.CUT_OFF)

    def _until(self) -> float:
        """The deadline of a call that begins now: importing a vendor's package comes before it."""
        self._built()
        return monotonic() + self._terms.deadline

    def _built(self) -> LanguageModel:
        with self._building:
            if self._model is None:
                self._model = self._build()
            return self._model

    @contextmanager
    def _tallied(self, request: Request, said: Sequence[str] = ()) -> Iterator[Tally]:
        """A call that is allowed, timed and written down, whatever comes of it; `said` are the pieces of a stream."""
        if not self.has_budget(request.interview_id):
            raise ModelFailed(FailureKind.BUDGET_SPENT)
        self._circuit.enter()
        tally, began, outcome = Tally(), monotonic(), OK
        try:
            yield tally
            self._circuit.worked()
        except Exception as exc:
            failure = failed(exc)
            outcome = failure.kind.value
            self._circuit.failed(failure)
            raise failure from exc
        except BaseException:  # whoever asked has left, mid-stream or for good
            outcome = FailureKind.NOT_USED.value
            self._circuit.worked()
            raise
        finally:
            if outcome not in _UNBILLED:
                tally.estimate(request.messages, "".join(said))
            self._keep(request, tally, monotonic() - began, outcome)

    def _keep(self, request: Request, tally: Tally, seconds: float, outcome: str) -> None:
        call = ModelCall(
            at=self._clock.now(),
            purpose=request.purpose,
            model=self.name,
            prompt=request.prompt,
            interview_id=request.interview_id,
            prompt_tokens=tally.prompt_tokens,
            reply_tokens=tally.reply_tokens,
            microdollars=self._terms.price.of(tally.prompt_tokens, tally.reply_tokens),
            seconds=seconds,
            attempts=tally.attempts,
            outcome=outcome,
        )
        self._ledger.save_model_call(call)


def _continued(first: str, rest: Generator[str, None, None]) -> Generator[str, None, None]:
    with closing(rest):
        yield first
        yield from rest
