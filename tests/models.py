"""Clients of scripted models, as the tests of everything that asks a model need them."""

from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic

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


def scripted_client(
    *lines: str | Exception,
    clock: Callable[[], float] = monotonic,
    deadline: float = 20.0,
    price: Price = FREE,
    budget: Budget | None = None,
    ledger: Ledger | None = None,
    attempts: int = 1,
    kind: type[ScriptedChatModel] = ScriptedChatModel,
) -> tuple[ModelClient, ScriptedChatModel]:
    """A client of a model that says these lines, and the model, whose `history` holds what it was asked.

    `clock` is the circuit's. Structured replies are read as plain text.
    """
    chat = kind(lines=list(lines))
    client = ModelClient(
        NAME,
        lambda: LanguageModel(NAME, chat, Rung.TEXT),
        Terms(deadline, price, budget or Budget(), attempts),
        ledger or MemoryStore(),
        SystemClock(),
        Circuit(clock),
        Endpoints(Path(mkdtemp()) / "endpoints.json"),
    )
    return client, chat
