"""What can go wrong when a model is asked, told from the vendors' exceptions and the reply itself."""

from dataclasses import dataclass
from enum import StrEnum

from prepbot.errors import ModelUnavailable


class FailureKind(StrEnum):
    """Why a call gave nothing to use."""

    NOT_SET_UP = "not set up"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    NOT_ALLOWED = "not allowed"
    NOT_FOUND = "not found"
    RATE_LIMITED = "rate limited"
    SERVER_ERROR = "server error"
    BUSY = "busy"
    NO_SUCH_SERVER = "no such server"
    TOO_LONG = "context overflow"
    FILTERED = "filtered"
    REFUSED = "refused"
    CUT_OFF = "cut off"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    ENDLESS = "endless"
    RESTING = "resting"
    BUDGET_SPENT = "budget spent"
    NOT_USED = "not used"
    OTHER = "other"


AGAIN = {
    FailureKind.UNREACHABLE,
    FailureKind.RATE_LIMITED,
    FailureKind.SERVER_ERROR,
    FailureKind.BUSY,
    FailureKind.EMPTY,
}
"""What another attempt within the same deadline may mend."""

ENDPOINT = AGAIN | {
    FailureKind.NOT_SET_UP,
    FailureKind.TIMEOUT,
    FailureKind.NOT_ALLOWED,
    FailureKind.NOT_FOUND,
    FailureKind.NO_SUCH_SERVER,
}
"""What says something about the endpoint rather than about one request: it opens the circuit."""

_SENTENCES = {
    FailureKind.NOT_SET_UP: "The language model is not set up.",
    FailureKind.UNREACHABLE: "The language model cannot be reached.",
    FailureKind.TIMEOUT: "The language model took too long.",
    FailureKind.NOT_ALLOWED: "The language model's server refuses the key.",
    FailureKind.NOT_FOUND: "The language model's server does not know this model.",
    FailureKind.RATE_LIMITED: "The language model's server asks to wait.",
    FailureKind.SERVER_ERROR: "The language model's server reports an error.",
    FailureKind.BUSY: "The language model's server is busy.",
    FailureKind.NO_SUCH_SERVER: "What answers at the address is not a language model's server.",
    FailureKind.TOO_LONG: "The text is longer than the language model reads.",
    FailureKind.FILTERED: "The language model's provider filtered the reply.",
    FailureKind.REFUSED: "The language model declined to reply.",
    FailureKind.CUT_OFF: "The language model broke off.",
    FailureKind.EMPTY: "The language model said nothing.",
    FailureKind.UNREADABLE: "The language model's reply has not the form that was asked for.",
    FailureKind.ENDLESS: "The language model talks without end.",
    FailureKind.RESTING: "The language model failed a moment ago and is left alone for a while.",
    FailureKind.BUDGET_SPENT: "The budget for language models is spent.",
    FailureKind.NOT_USED: "The language model's words were not used.",
    FailureKind.OTHER: "The language model did not answer.",
}

_OF_STATUS = {
    401: FailureKind.NOT_ALLOWED,
    403: FailureKind.NOT_ALLOWED,
    404: FailureKind.NOT_FOUND,
    408: FailureKind.TIMEOUT,
    413: FailureKind.TOO_LONG,
    429: FailureKind.RATE_LIMITED,
    **dict.fromkeys((502, 503, 504, 529), FailureKind.BUSY),
    **dict.fromkeys((301, 302, 303, 307, 308), FailureKind.NO_SUCH_SERVER),  # a prompt is not sent on to elsewhere
}
_OF_ENDING = {
    "length": FailureKind.CUT_OFF,
    "max_tokens": FailureKind.CUT_OFF,
    "content_filter": FailureKind.FILTERED,
    "safety": FailureKind.FILTERED,
    "refusal": FailureKind.REFUSED,
}
_GOOD_ENDINGS = {"stop", "end_turn", "stop_sequence", "eos", "tool_calls", "function_call", "tool_use"}
_SERVER_ERROR = 500
# Names of exceptions and of their bases, as openai, httpx, langchain-core and their kin call them.
_OF_EXCEPTION: tuple[tuple[set[str], FailureKind], ...] = (
    ({"ContextOverflowError"}, FailureKind.TOO_LONG),
    ({"ContentFilterFinishReasonError"}, FailureKind.FILTERED),
    ({"LengthFinishReasonError"}, FailureKind.CUT_OFF),
    ({"APITimeoutError", "TimeoutException", "TimeoutError"}, FailureKind.TIMEOUT),
    ({"APIConnectionError", "TransportError", "ConnectionError"}, FailureKind.UNREACHABLE),
    # The client found something else than a completion where one was due.
    (
        {"JSONDecodeError", "APIResponseValidationError", "AttributeError", "TypeError", "LookupError"},
        FailureKind.NO_SUCH_SERVER,
    ),
)
# A prompt that is too long, in the words of OpenAI, llama.cpp and vLLM.
_TOO_LONG = (
    "context_length_exceeded",
    "exceed_context_size",
    "exceeds the available context size",
    "maximum context length",
)
_NOTHING_CAME = "No generation chunks were returned"  # LangChain's ValueError for a stream without an event


@dataclass(frozen=True, slots=True)
class _Detail:
    kind: FailureKind
    wait: float | None
    rule: str


class ModelFailed(ModelUnavailable):
    """A call of a model gave nothing to use. `kind` says why, `wait` how long the server asks to be left alone (s).

    The message is one calm sentence: no vendor's text reaches a candidate.
    """

    def __init__(self, kind: FailureKind, wait: float | None = None, detail: str = "", rule: str = "") -> None:
        super().__init__(f"{_SENTENCES[kind]} {detail}".strip())
        self._detail = _Detail(kind, wait, rule)

    @property
    def kind(self) -> FailureKind:
        """Why."""
        return self._detail.kind

    @property
    def why(self) -> str:
        """The kind of failure, with the rule that a reply broke: "cut off", "not used: praise"."""
        return f"{self.kind.value}: {self._detail.rule}" if self._detail.rule else self.kind.value

    @property
    def wait(self) -> float | None:
        """Seconds that the server asks for, None where it asks for none."""
        return self._detail.wait


def failed(exc: Exception) -> ModelFailed:
    """A vendor's exception as a ModelFailed.

    Read from what all vendors' clients share: an HTTP status, the name of a transport error, a code in the message
    or the body.
    """
    if isinstance(exc, ModelFailed):
        return exc
    if isinstance(exc, ModelUnavailable):
        return ModelFailed(FailureKind.NOT_SET_UP, detail=str(exc))
    names = {base.__name__ for base in type(exc).__mro__}
    named = next((kind for sort, kind in _OF_EXCEPTION if sort & names), None)
    told = f"{exc} {getattr(exc, 'body', '')}"
    if any(words in told for words in _TOO_LONG):
        named = FailureKind.TOO_LONG
    if _NOTHING_CAME in told:
        named = FailureKind.EMPTY
    status = getattr(exc, "status_code", None)
    if named is None and isinstance(status, int):
        other = FailureKind.SERVER_ERROR if status >= _SERVER_ERROR else FailureKind.OTHER
        return ModelFailed(_OF_STATUS.get(status, other), _retry_after(exc))
    return ModelFailed(named or FailureKind.OTHER)


def ending(message: object) -> object:
    """The reason for finishing that a message carries, as OpenAI, Anthropic or Ollama call it; None for none yet."""
    told = getattr(message, "response_metadata", {})
    return next((told[name] for name in ("finish_reason", "stop_reason", "done_reason") if told.get(name)), None)


def bad_ending(reason: object) -> ModelFailed | None:
    """What a provider's reason for finishing says; None where the reply is whole."""
    word = str(reason or "").casefold()
    if not word or word in _GOOD_ENDINGS:
        return None
    return ModelFailed(_OF_ENDING.get(word, FailureKind.CUT_OFF))


def _retry_after(exc: Exception) -> float | None:
    """The seconds of a Retry-After header; a date there is read as none."""
    headers = getattr(getattr(exc, "response", None), "headers", {})
    try:
        return max(0.0, float(headers.get("retry-after", "")))
    except (TypeError, ValueError):
        return None
