"""Clients of scripted models, as the tests of everything that asks a model need them."""

from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic

from langchain_core.messages import BaseMessage

from prepbot.language.call import Terms
from prepbot.language.circuit import Circuit
from prepbot.language.client import ModelClient
from prepbot.language.endpoints import Endpoints
from prepbot.language.model import LanguageModel
from prepbot.language.prices import FREE, Budget, Price
from prepbot.language.rung import Rung
from prepbot.language.scripted import ScriptedChatModel
from prepbot.model_ports import Ledger
from prepbot.storage.memory import MemoryStore
from prepbot.wiring import SystemClock

NAME = "fake:test"


class ReplyingChatModel(ScriptedChatModel):
    """Says what `reply` makes of the last message of each request."""

    reply: Callable[[str], str]
    lines: list[str | Exception] = []  # noqa: RUF012  pydantic copies it for each model

    def _next_line(self, messages: list[BaseMessage]) -> str:
        self.lines.append(self.reply(str(messages[-1].content)))
        return super()._next_line(messages)


def replying_client(reply: Callable[[str], str], name: str = NAME) -> tuple[ModelClient, ReplyingChatModel]:
    """A client of a model whose words depend on what it is asked, and the model."""
    chat = ReplyingChatModel(reply=reply)
    return _client(name, chat, Terms(20.0, FREE, Budget(), 1), MemoryStore(), monotonic), chat


def scripted_client(
    *lines: str | Exception,
    clock: Callable[[], float] = monotonic,
    deadline: float = 20.0,
    price: Price = FREE,
    budget: Budget | None = None,
    ledger: Ledger | None = None,
    attempts: int = 1,
) -> tuple[ModelClient, ScriptedChatModel]:
    """A client of a model that says these lines, and the model, whose `history` holds what it was asked.

    `clock` is the circuit's. Structured replies are read as plain text.
    """
    chat = ScriptedChatModel(lines=list(lines))
    terms = Terms(deadline, price, budget or Budget(), attempts)
    return _client(NAME, chat, terms, ledger or MemoryStore(), clock), chat


def _client(
    name: str, chat: ScriptedChatModel, terms: Terms, ledger: Ledger, clock: Callable[[], float]
) -> ModelClient:
    return ModelClient(
        name,
        lambda: LanguageModel(name, chat, Rung.TEXT),
        terms,
        ledger,
        SystemClock(),
        Circuit(clock),
        Endpoints(Path(mkdtemp()) / "endpoints.json"),
    )
