"""The models that `--model` names: those of the settings' providers, and three of our own that need no provider.

"evals:perfect" reads like the labels, "evals:silent" finds nothing, "evals:yes" says yes to all.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evals.labelled import LabelledAnswer
from evals.obedient.chat import Questionnaire, Reply, filled, finding, replying_client
from evals.obedient.models import Deeds, careful
from prepbot.domain.model_reading import Point
from prepbot.errors import BadInput
from prepbot.language.analyst_prompt import wording
from prepbot.language.call import Terms
from prepbot.language.circuit import Circuit
from prepbot.language.client import ModelClient
from prepbot.language.desk import ENDPOINTS_FILE, REPLIES_FOLDER
from prepbot.language.endpoints import Endpoints
from prepbot.language.model import build_model
from prepbot.language.prices import FREE, Budget, Price, price_of
from prepbot.language.reply_cache import CachedClient, ReplyCache
from prepbot.model_ports import Ledger
from prepbot.settings import Settings, load_keys
from prepbot.wiring import SystemClock

OURS = "evals:"
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_ACTS = re.compile(r"\bI(?:['’](?:d|ve|ll|m))?\s+(?!think|guess|believe|feel|was|am\b)[a-z]")
_USED = {"used", "quantified"}
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A model ready to be measured: what it costs, the client for one of the runs, and one that keeps no replies."""

    name: str
    price: Price
    client: Callable[[int], ModelClient | CachedClient]
    live: ModelClient


def model_named(name: str, rows: Sequence[LabelledAnswer], settings: Settings, ledger: Ledger) -> Asked:
    """The model called "provider:model", its replies kept by run. Nothing is sent yet.

    Raises BadInput for one of ours that there is none of, and for a price that cannot be read.
    """
    if name.startswith(OURS):
        client, _ = replying_client(_ours(name, rows), name, ledger)
        return Asked(name, FREE, lambda _: client, client)
    keys = load_keys()
    base_url = keys.openai_base_url if name.startswith("openai:") else None
    price = price_of(name, base_url, settings.price)
    terms = Terms(settings.model_timeout, price, Budget(day=settings.budget_day), settings.model_attempts)
    client = ModelClient(
        name,
        lambda: build_model(name, settings, keys),
        terms,
        ledger,
        SystemClock(),
        Circuit(),
        Endpoints(settings.cache_dir / ENDPOINTS_FILE),
    )
    cache = ReplyCache(settings.cache_dir / REPLIES_FOLDER)
    sampling = f"{settings.temperature} {settings.model_seed} {base_url}"
    return Asked(name, price, lambda run: CachedClient(client, cache, f"{sampling} run {run}"), client)


def _ours(name: str, rows: Sequence[LabelledAnswer]) -> Reply:
    known = {"perfect": like_the_labels(rows), "silent": careful, "yes": Deeds("").reply}
    reply = known.get(name.removeprefix(OURS))
    if reply is None:
        raise BadInput(f"There is no model {name}; there are {', '.join(OURS + one for one in known)}.")
    return reply


def like_the_labels(rows: Sequence[LabelledAnswer]) -> Reply:
    """A reader that answers every check as the answer was labelled, in the words that were labelled.

    It knows an answer by its words: what it reaches is what the design could reach, were a model never wrong.
    """
    labelled = {_flat(row.answer): row for row in rows}

    def reply(system: str, user: str) -> str:
        asked = Questionnaire.of(user)
        row = labelled.get(_flat(" ".join(asked.said)))
        return filled(*_findings(asked, row)) if row else careful(system, user)

    return reply


def _findings(asked: Questionnaire, row: LabelledAnswer) -> list[dict[str, object]]:
    said = _statements(row)
    known = {wording(point): one for point, one in said.items()}
    found = [finding(code, *reversed(known.get(text, (False, "")))) for text, code in asked.statements.items()]
    used = {_plain(kpi.name): kpi.evidence for kpi in row.kpis if kpi.level in _USED}
    found += [
        finding(number, _longer(used[name], row.answer)) for name, number in asked.measures.items() if name in used
    ]
    return found


def _statements(row: LabelledAnswer) -> Mapping[Point, tuple[bool, str]]:
    sentences = [found.group().strip() for found in _SENTENCE.finditer(row.answer)] or [row.answer]
    acts = next((one for one in sentences if _ACTS.search(one)), "")
    told = row.parts.get("action") or sentences[0]
    return {
        Point.ON_QUESTION: (row.relevance == 2, told),
        Point.IN_FIELD: (row.relevance >= 1, told),
        Point.OWN_PART: (row.ownership == "I", acts),
        Point.CAUSALITY: ("result" in row.parts, row.parts.get("result", "")),
    }


def _longer(words: str, answer: str) -> str:
    """The words, with the one before them where they are one alone: a quotation has two at least."""
    if len(words.split()) > 1:
        return words
    at = answer.find(words)
    return answer[max(0, answer.rfind(" ", 0, max(0, at - 1))) : at + len(words)].strip()


def _plain(name: str) -> str:
    return " ".join(_BRACKETS.sub("", name).split())


def _flat(text: str) -> str:
    return "".join(re.findall(r"\w+", text.casefold()))
