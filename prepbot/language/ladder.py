"""The capability ladder: the strictest way in which an endpoint gives structured replies, and how each is asked for.

json_schema, then a tool call, then json_object with one repair, then plain text with a strict parser. Measured
servers differ (one answers json_schema with an error, another has no tool calls), so the rung is found by trying.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, LLMResult
from pydantic import BaseModel, ValidationError

from prepbot.language.failure import FailureKind, ModelFailed
from prepbot.language.rung import Rung

Messages = Sequence[tuple[str, str]]
Form = TypeVar("Form", bound=BaseModel)


_METHOD = {Rung.JSON_SCHEMA: "json_schema", Rung.TOOL_CALL: "function_calling", Rung.JSON_OBJECT: "json_mode"}
MOST_OF_A_FORM = 100_000
"""Characters of a reply in a form: more than twice what the longest form holds. The reply is stored as it came."""
_DECODER = json.JSONDecoder()
_OBJECT = re.compile(r'\{\s*"')
_SCHEMA_LINE = "Reply with one JSON object and nothing beside it. It follows this JSON schema:\n"


@dataclass(frozen=True, slots=True)
class Structured(Generic[Form]):
    """A reply in the form asked for. `raw` is the model's own text, kept beside every grade made of it."""

    value: Form
    raw: str
    rung: Rung


class _Heard(BaseCallbackHandler):
    """Keeps the message that the model replied with, before LangChain reads it.

    `include_raw` would give it too, but from a thread pool, for which the process waits at its end.
    """

    def __init__(self) -> None:
        self.message: BaseMessage | None = None

    def on_llm_end(self, response: LLMResult, **_: Any) -> None:
        """Take the message."""
        generation = response.generations[0][0]
        if isinstance(generation, ChatGeneration):
            self.message = generation.message


def ask(chat: BaseChatModel, rung: Rung, messages: Messages, form: type[Form]) -> AIMessage:
    """Ask once on a rung. Raises what the client raises; NotImplementedError where the client lacks the rung."""
    method = _METHOD.get(rung)
    if method is None:
        return _message(chat.invoke(list(_with_schema(messages, form))))
    asked = list(_with_schema(messages, form) if rung is Rung.JSON_OBJECT else messages)
    schema: dict[str, Any] = {**form.model_json_schema(), "title": form.__name__}
    heard = _Heard()
    try:
        chat.with_structured_output(schema, method=method).invoke(asked, config={"callbacks": [heard]})
    except Exception:
        if heard.message is None:
            raise  # the model was not reached; LangChain's own reading of what it said is not ours
    return _message(heard.message)


def read(reply: AIMessage, rung: Rung, form: type[Form]) -> Structured[Form]:
    """The reply checked against its form. Raises ModelFailed: refused, empty, endless or unreadable."""
    if reply.additional_kwargs.get("refusal"):
        raise ModelFailed(FailureKind.REFUSED)
    raw = json.dumps(reply.tool_calls[0]["args"]) if rung is Rung.TOOL_CALL and reply.tool_calls else str(reply.text)
    if not raw.strip():
        raise ModelFailed(FailureKind.EMPTY if rung is not Rung.TOOL_CALL else FailureKind.UNREADABLE)
    if len(raw) > MOST_OF_A_FORM:
        raise ModelFailed(FailureKind.ENDLESS)
    try:
        return Structured(form.model_validate_json(_only_object(raw)), raw, rung)
    except ValidationError as exc:
        raise ModelFailed(FailureKind.UNREADABLE) from exc


def repair(messages: Messages, raw: str, problem: Exception) -> Messages:
    """The messages that ask once more, with the faulty reply and what is wrong with it."""
    cause = problem.__cause__
    wrong = cause.errors(include_url=False, include_input=False) if isinstance(cause, ValidationError) else []
    told = "; ".join(f"{'.'.join(str(step) for step in one['loc'])}: {one['msg']}" for one in wrong[:3]) or "not JSON"
    return [*messages, ("assistant", raw[:2_000]), ("user", f"That does not fit the schema ({told}). Reply again.")]


def _with_schema(messages: Messages, form: type[BaseModel]) -> Messages:
    schema = json.dumps(form.model_json_schema(), separators=(",", ":"))
    (role, system), *rest = messages
    return [(role, f"{system}\n\n{_SCHEMA_LINE}{schema}"), *rest]


def _only_object(raw: str) -> str:
    """The first JSON object of a reply, without a code fence or words around it; one that is cut off is none."""
    found = _OBJECT.search(raw)
    if found is None:
        return raw
    try:
        _, end = _DECODER.raw_decode(raw, found.start())
    except (ValueError, RecursionError):
        return raw
    return raw[found.start() : end]


def _message(reply: object) -> AIMessage:
    if not isinstance(reply, AIMessage):
        raise ModelFailed(FailureKind.UNREADABLE)
    return reply
