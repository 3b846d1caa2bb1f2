"""Units, and models that read them, as the tests of second readings need them."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from langchain_core.messages import BaseMessage

from prepbot.domain.evidence import Evidence
from prepbot.domain.interview import GivenAnswer, Turn, Unit
from prepbot.domain.model_reading import Point
from prepbot.domain.plan import PlannedQuestion
from prepbot.language.analyst import ModelAnalyst
from prepbot.language.analyst_prompt import PROMPT, Way, wording
from prepbot.language.call import Terms
from prepbot.language.circuit import Circuit
from prepbot.language.client import ModelClient
from prepbot.language.endpoints import Endpoints
from prepbot.language.model import LanguageModel
from prepbot.language.prices import FREE, Budget
from prepbot.language.rung import Rung
from prepbot.language.scripted import ScriptedChatModel
from prepbot.reading.decoys import decoys_for
from prepbot.reading.pages import find_page
from prepbot.storage.memory import MemoryStore
from prepbot.wiring import SystemClock, analysts
from tests.models import NAME

ROLE = find_page("ecommerce-specialist").role
RULES = analysts(None)(ROLE)
QUESTION = ROLE.questions[3]
_LINE = re.compile(r"^([a-z]{2}): (.+)$", re.MULTILINE)
_MEASURE = re.compile(r"(\d+) ([^;\n]+)")


def unit(*answers: str, evidence: tuple[Evidence, ...] = (), follow_up: str = "What changed after that?") -> Unit:
    """A closed unit on the role's question; its evidence is the rules' where none is given."""
    given = []
    for place, text in enumerate(answers):
        probe = Turn(2 * place, 0, "interviewer", "probe", follow_up, QUESTION.id) if place else None
        read = evidence[place] if evidence else RULES.analyse(QUESTION.text, QUESTION.kind, text, probe and follow_up)
        given.append(GivenAnswer(2 * place + 1, text, probe, read, "rules"))
    planned = PlannedQuestion(QUESTION.id, QUESTION.text, QUESTION.kind, QUESTION.topics, QUESTION.line)
    asked = Turn(0, 0, "interviewer", "ask", QUESTION.text, QUESTION.id)
    return Unit(0, planned, asked, tuple(given), closed=True)


@dataclass(frozen=True)
class Questionnaire:
    """What a prompt asks, read as a model reads it: the code of each statement, the number of each measure."""

    statements: dict[str, str]
    measures: dict[str, str]

    @classmethod
    def of(cls, prompt: str) -> "Questionnaire":
        """The questionnaire in a user message."""
        listed = re.search(r"measures\] (.+)$", prompt, re.MULTILINE)
        measures = {name.strip(): number for number, name in _MEASURE.findall(listed[1])} if listed else {}
        return cls({text: code for code, text in _LINE.findall(prompt)}, measures)

    def code(self, point: Point) -> str:
        """The code of one of our statements."""
        return self.statements[wording(point)]


def finding(check: str, quote: str, holds: bool = True, reason: str = "So it says.") -> dict[str, object]:
    """One finding as JSON."""
    return {"check": check, "reason": reason, "quote": quote, "holds": holds}


def filled(*findings: dict[str, object]) -> str:
    """A form as JSON."""
    return json.dumps({"findings": findings})


def saying(statements: dict[Point, tuple[bool, str]], kpis: dict[str, str] | None = None) -> Callable[[str], str]:
    """A model that says this about our statements and KPIs where it is asked, and no to everything else."""

    def reply(prompt: str) -> str:
        asked = Questionnaire.of(prompt)
        known = {wording(point): said for point, said in statements.items()}
        found = [finding(code, *reversed(known.get(text, (False, "")))) for text, code in asked.statements.items()]
        found += [finding(asked.measures[kpi], quote) for kpi, quote in (kpis or {}).items() if kpi in asked.measures]
        return filled(*found)

    return reply


def yes_to_all(quote: str) -> Callable[[str], str]:
    """A model that says yes to whatever it is asked, with one quotation."""

    def reply(prompt: str) -> str:
        asked = Questionnaire.of(prompt)
        return filled(*(finding(code, quote) for code in (*asked.statements.values(), *asked.measures.values())))

    return reply


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
    endpoints = Endpoints(Path(mkdtemp()) / "endpoints.json")
    built = LanguageModel(name, chat, Rung.TEXT)
    terms = Terms(20.0, FREE, Budget(), 1)
    return ModelClient(name, lambda: built, terms, MemoryStore(), SystemClock(), Circuit(), endpoints), chat


def analyst(reply: Callable[[str], str], way: Way | None = None, name: str = "fake:test") -> ModelAnalyst:
    """A second reader whose model replies so."""
    client, _ = replying_client(reply, name)
    return ModelAnalyst(client, decoys_for) if way is None else ModelAnalyst(client, decoys_for, way=way)


ENGINE = f"fake:test {PROMPT}"
