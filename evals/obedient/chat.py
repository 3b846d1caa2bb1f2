"""A chat model whose words depend on what it is asked, and the analyst's prompt read as such a model reads it."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from langchain_core.messages import BaseMessage

from prepbot.domain.model_reading import Point
from prepbot.language.analyst_prompt import wording
from prepbot.language.call import Terms
from prepbot.language.circuit import Circuit
from prepbot.language.client import ModelClient
from prepbot.language.endpoints import Endpoints
from prepbot.language.model import LanguageModel
from prepbot.language.prices import FREE, Budget
from prepbot.language.rung import Rung
from prepbot.language.scripted import ScriptedChatModel
from prepbot.model_ports import Ledger
from prepbot.storage.memory import MemoryStore
from prepbot.wiring import SystemClock

Reply = Callable[[str, str], str]
"""From the system and the user message to the words of a model."""

_STATEMENT = re.compile(r"^([a-z]{2}): (.+)$", re.MULTILINE)
_MEASURE = re.compile(r"(\d+) ([^;\n]+)")
_MEASURES = re.compile(r"measures\] (.+)$", re.MULTILINE)
_SAID = re.compile(r"^\[\w+ candidate\] (.*)$", re.MULTILINE)


class ReplyingChatModel(ScriptedChatModel):
    """Says what `reply` makes of each request."""

    reply: Reply
    lines: list[str | Exception] = []  # noqa: RUF012  pydantic copies it for each model

    def _next_line(self, messages: list[BaseMessage]) -> str:
        self.lines.append(self.reply(str(messages[0].content), str(messages[-1].content)))
        return super()._next_line(messages)


def replying_client(reply: Reply, name: str, ledger: Ledger | None = None) -> tuple[ModelClient, ReplyingChatModel]:
    """A client of a model that replies so, and the model. Structured replies are read as plain text."""
    chat = ReplyingChatModel(reply=reply)
    endpoints = Endpoints(Path(mkdtemp()) / "endpoints.json")
    built = LanguageModel(name, chat, Rung.TEXT)
    terms = Terms(20.0, FREE, Budget(), 1)
    return ModelClient(name, lambda: built, terms, ledger or MemoryStore(), SystemClock(), Circuit(), endpoints), chat


@dataclass(frozen=True)
class Questionnaire:
    """What an analyst's prompt asks: the code of each statement, the number of each measure, the candidate's words."""

    statements: dict[str, str]
    measures: dict[str, str]
    said: tuple[str, ...]

    @classmethod
    def of(cls, prompt: str) -> "Questionnaire":
        """The questionnaire in a user message."""
        listed = _MEASURES.search(prompt)
        measures = {name.strip(): number for number, name in _MEASURE.findall(listed[1])} if listed else {}
        return cls({text: code for code, text in _STATEMENT.findall(prompt)}, measures, tuple(_SAID.findall(prompt)))

    def code(self, point: Point) -> str:
        """The code of one of our statements."""
        return self.statements[wording(point)]


def finding(check: str, quote: str, holds: bool = True, reason: str = "So it says.") -> dict[str, object]:
    """One finding as JSON."""
    return {"check": check, "reason": reason[:300], "quote": quote[:400], "holds": holds}


def filled(*findings: dict[str, object]) -> str:
    """A form as JSON."""
    return json.dumps({"findings": findings})
