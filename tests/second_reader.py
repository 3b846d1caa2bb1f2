"""Units, and models that read them, as the tests of second readings need them."""

from collections.abc import Callable

from evals.obedient.chat import Questionnaire, ReplyingChatModel, filled, finding
from evals.obedient.chat import replying_client as client_of
from prepbot.domain.evidence import Evidence
from prepbot.domain.interview import GivenAnswer, Turn, Unit
from prepbot.domain.model_reading import Point
from prepbot.domain.plan import PlannedQuestion
from prepbot.language.analyst import ModelAnalyst
from prepbot.language.analyst_prompt import PROMPT, Way, wording
from prepbot.language.client import ModelClient
from prepbot.reading.decoys import decoys_for
from prepbot.reading.pages import find_page
from prepbot.wiring import analysts
from tests.models import NAME

ROLE = find_page("ecommerce-specialist").role
RULES = analysts(None)(ROLE)
QUESTION = ROLE.questions[3]


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


def replying_client(reply: Callable[[str], str], name: str = NAME) -> tuple[ModelClient, ReplyingChatModel]:
    """A client of a model whose words depend on the last message of what it is asked, and the model."""
    return client_of(lambda _, user: reply(user), name)


def analyst(reply: Callable[[str], str], way: Way | None = None, name: str = "fake:test") -> ModelAnalyst:
    """A second reader whose model replies so."""
    client, _ = replying_client(reply, name)
    return ModelAnalyst(client, decoys_for) if way is None else ModelAnalyst(client, decoys_for, way=way)


ENGINE = f"fake:test {PROMPT}"
