"""What a model is asked about a unit: the prompt of one call for all checks, or of one call for each."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from prepbot.domain.evidence import Span
from prepbot.domain.interview import Unit
from prepbot.domain.model_reading import Decoy, Decoys, Point
from prepbot.language.call import Request
from prepbot.language.prompts import as_data, load_prompt
from prepbot.model_ports import Purpose

PROMPT = "analyst.v1"
CRITERION_PROMPT = "analyst_criterion.v1"
MOST_CHARACTERS = 3_000
"""Of one answer; a longer one is shown without its middle."""

_LINE_CHARACTERS = 600
_ROLE_CHARACTERS = 200
_DECOY_KPIS = 2
_CODES = "bcdfghjkmnpqrtvwxz"
_WORD = re.compile(r"[a-z]{3,}")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_STATEMENTS = (Point.ON_QUESTION, Point.IN_FIELD, Point.OWN_PART, Point.CAUSALITY)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a model is to be shown and asked of a unit, outside text as it came.

    `turns` are the answers with the follow-up that each replies to, empty for the first; words that were set aside are
    cut out of them. `kpis` are the names of those that the rules have not found put to use.
    """

    role: str
    question: str
    turns: tuple[tuple[str, str], ...]
    kpis: tuple[str, ...]
    interview_id: str = ""
    purpose: Purpose = Purpose.ANALYST

    @property
    def is_cut(self) -> bool:
        """Whether an answer is too long to be shown whole."""
        return any(len(answer) > MOST_CHARACTERS for _, answer in self.turns)


@dataclass(frozen=True, slots=True)
class AskedCheck:
    """What a code of a request stands for; `kpi` is set for a KPI alone."""

    point: Point
    kpi: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request with what its codes stand for. A code of `decoys` has no as its only right answer."""

    request: Request
    checks: Mapping[str, AskedCheck]
    decoys: frozenset[str]


class NothingToCheckBy(ValueError):
    """An answer that speaks of every decoy: whether a model only says yes could not be told."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to ask: the prompt's name, and the requests for a sheet. `ask` raises NothingToCheckBy."""

    prompt: str
    ask: Callable[[Sheet, Decoys, Random, str], tuple[Asked, ...]]


def sheet_of(
    role: str, unit: Unit, kpis: Sequence[str], interview_id: str = "", purpose: Purpose = Purpose.ANALYST
) -> Sheet:
    """The sheet of a unit whose answers have their evidence; `kpis` are the open ones."""
    turns = tuple(
        (answer.probe.text if answer.probe else "", without(answer.text, answer.evidence.set_aside))
        for answer in unit.answers
        if answer.evidence is not None
    )
    return Sheet(role, unit.question.text, turns, tuple(kpis), interview_id, purpose)


def without(answer: str, set_aside: Sequence[Span]) -> str:
    """The answer without words that were set aside: they speak to the grader, and no model is to hear them."""
    for span in sorted(set_aside, reverse=True):
        answer = f"{answer[: span.start]} {answer[span.end :]}"
    return answer


def ask_at_once(sheet: Sheet, decoys: Decoys, draw: Random, fence: str) -> tuple[Asked, ...]:
    """One call for all checks and KPIs. Raises NothingToCheckBy."""
    prompt = load_prompt(PROMPT)
    codes = _codes(draw, len(_STATEMENTS) + 1)
    decoy = _decoy(sheet, decoys, draw)
    measures, kpis, foreign = _measures(sheet, decoys, draw, fence)
    values = {point.value: code for point, code in zip(_STATEMENTS, codes, strict=False)}
    system, user = prompt.render(
        role=_one_line(sheet.role, fence, _ROLE_CHARACTERS),
        fence=fence,
        question=_one_line(sheet.question, fence),
        turns=_turns(sheet, fence),
        measures=measures or "none",
        decoy_code=codes[-1],
        decoy=decoy,
        **values,
    )
    request = Request(sheet.purpose, prompt.name, system, user, sheet.interview_id)
    statements = {values[point.value]: AskedCheck(point) for point in _STATEMENTS}
    return (Asked(request, statements | kpis, foreign | {codes[-1]}),)


def ask_one_by_one(sheet: Sheet, decoys: Decoys, draw: Random, fence: str) -> tuple[Asked, ...]:
    """One call for each statement and one for the KPIs, each with a decoy of its own. Raises NothingToCheckBy."""
    statements = tuple(_statement(sheet, point, decoys, draw, fence) for point in _STATEMENTS)
    measures, kpis, foreign = _measures(sheet, decoys, draw, fence)
    if not kpis:
        return statements
    listed = _criterion(sheet, f"[{fence} measures] {measures}\n{_end(fence)}", fence)
    return (*statements, Asked(listed, kpis, foreign))


def _statement(sheet: Sheet, point: Point, decoys: Decoys, draw: Random, fence: str) -> Asked:
    code, other = _codes(draw, 2)
    lines = [f"{code}: {wording(point)}", f"{other}: {_decoy(sheet, decoys, draw)}"]
    draw.shuffle(lines)
    return Asked(
        _criterion(sheet, "\n".join([_end(fence), *lines]), fence), {code: AskedCheck(point)}, frozenset({other})
    )


def _criterion(sheet: Sheet, checks: str, fence: str) -> Request:
    prompt = load_prompt(CRITERION_PROMPT)
    system, user = prompt.render(
        role=_one_line(sheet.role, fence, _ROLE_CHARACTERS),
        fence=fence,
        question=_one_line(sheet.question, fence),
        turns=_turns(sheet, fence),
        checks=checks,
    )
    return Request(sheet.purpose, prompt.name, system, user, sheet.interview_id)


def wording(point: Point) -> str:
    """The statement as the prompt for all checks words it."""
    line = next(line for line in load_prompt(PROMPT).user.splitlines() if line.startswith(f"{{{{{point.value}}}}}"))
    return line.partition(": ")[2]


def _turns(sheet: Sheet, fence: str) -> str:
    lines = []
    for follow_up, answer in sheet.turns:
        if follow_up:
            lines.append(f"[{fence} follow-up] {_one_line(follow_up, fence)}")
        lines.append(f"[{fence} candidate] {_one_line(answer, fence, MOST_CHARACTERS)}")
    return "\n".join(lines)


def _measures(
    sheet: Sheet, decoys: Decoys, draw: Random, fence: str
) -> tuple[str, dict[str, AskedCheck], frozenset[str]]:
    """The open KPIs and some of other trades in one numbered list, what the numbers stand for, and the foreign ones.

    No KPIs at all where none is left of other trades to check by.
    """
    foreign = _foreign(decoys.kpis, sheet, draw, _DECOY_KPIS)
    names = [*sheet.kpis, *foreign] if sheet.kpis and foreign else []
    draw.shuffle(names)
    numbered = {str(number): name for number, name in enumerate(names, start=1)}
    listed = "; ".join(f"{number} {_one_line(_BRACKETS.sub('', name), fence, 80)}" for number, name in numbered.items())
    own = {number: AskedCheck(Point.KPI, name) for number, name in numbered.items() if name not in foreign}
    return listed, own, frozenset(numbered.keys() - own.keys())


def _decoy(sheet: Sheet, decoys: Decoys, draw: Random) -> str:
    found = _foreign(decoys.statements, sheet, draw, 1)
    if not found:
        raise NothingToCheckBy("the answer speaks of every decoy")
    return found[0]


def _foreign(decoys: Sequence[Decoy], sheet: Sheet, draw: Random, count: int) -> list[str]:
    """So many decoys, or fewer, that nothing of the unit speaks of."""
    texts = (sheet.question, *sheet.kpis, *(text for turn in sheet.turns for text in turn))
    said = frozenset(word for text in texts for word in _WORD.findall(text.lower()))
    fit = [decoy.text for decoy in decoys if decoy.is_foreign_to(said)]
    return draw.sample(fit, min(count, len(fit)))


def _codes(draw: Random, count: int) -> list[str]:
    """Different codes of two consonants, so that a forged reply does not know them."""
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(draw.choices(_CODES, k=2))] = None
    return list(found)


def _one_line(text: str, fence: str, most: int = _LINE_CHARACTERS) -> str:
    """Outside text on one line: no role tag of it stands at the start of one."""
    return " ".join(as_data(text, fence, most).split())


def _end(fence: str) -> str:
    return f"[{fence} end]"


AT_ONCE = Way(PROMPT, ask_at_once)
ONE_BY_ONE = Way(CRITERION_PROMPT, ask_one_by_one)
