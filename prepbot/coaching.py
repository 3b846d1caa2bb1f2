"""Feedback a person can act on: the open checks in the order in which they pay, beside the candidate's own words."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from prepbot.domain.checks import Check, checks
from prepbot.domain.coach_check import Material
from prepbot.domain.evidence import Evidence, Flag, KpiLevel, Ownership, Span
from prepbot.domain.quoting import quotation, quotations
from prepbot.domain.report import AnswerCard, Fix
from prepbot.domain.role import QuestionKind
from prepbot.domain.rubric import Grade, grade, relevance_level
from prepbot.domain.skeleton import ORDER, Line, Phrases, in_order
from prepbot.resources import resource

MOST_FIXES = 3
MOST_KPIS = 2

_PLANNED_KINDS = {QuestionKind.HYPOTHETICAL, QuestionKind.KNOWLEDGE}

_WOULD = re.compile(r"(?i)\b(?:i|we)(?:['’](?:d|ll)|\s+(?:would|will|should|could|might))\b")
_DID = re.compile(
    r"(?i)(?:^|\b(?:i|we)\s+)(?:\w+ly\s+)?(?:\w+ed|was|were|had|did|went|took|made|ran|built|got|gave|sent|wrote|"
    r"kept|found|told|left|led|brought|began|sat|drew|taught|sold|met|said)\b"
)

# Where nothing was answered, one fix says what to do about it.
_NO_ANSWER = {
    Flag.NO_ANSWER: "no_answer",
    Flag.COPIED_QUESTION: "own_words",
    Flag.KPI_PILE: "story",
}

# Each band's checks as a coach would take them up: what came of it before where it began.
_LADDER: tuple[tuple[str, ...], ...] = (
    ("on_question", "right_facts"),
    ("action", "repeatable"),
    ("result", "kpi_used", "task", "situation"),
    ("kpi_in_result", "reflection"),
)
_FIX_OF = {
    "on_question": "answer",
    "right_facts": "facts",
    "repeatable": "steps",
    "kpi_used": "kpi",
    "kpi_in_result": "number_in_result",
    "own_part": "ownership",
}
# A check's fix waits until the check beside it holds.
_SAID_BY = {"repeatable": "action", "kpi_in_result": "kpi_used"}


def fixes(
    evidence: Evidence, answers: Sequence[str], kind: QuestionKind, related_kpis: Sequence[str]
) -> tuple[Fix, ...]:
    """At most three fixes, the one that lifts the band first.

    `answers[n]` is the text that spans of turn n point into; `related_kpis` are the role's KPIs nearest to the
    answer, best first, named where the candidate named none. Never a number or a fact of our own; nothing for an
    answer that is not graded.
    """
    if not isinstance(grade(evidence), Grade):
        return ()
    texts = _texts("fixes")
    texts = {**texts, **texts["planned"]} if _planned(evidence, answers, kind) else texts
    names = _kpis_to_name(evidence, related_kpis)
    made: list[Fix] = []
    for check, name in list(_open(evidence, kind))[:MOST_FIXES]:
        text = {key: said.format(kpi=names[0], kpis=" or ".join(names)) for key, said in texts[name].items()}
        quote = _quote(check, evidence, answers, {fix.quote for fix in made})
        made.append(Fix(quote, text["missing"], text["directive"], text["rehearsal"], check))
    return tuple(made)


def ordered(evidence: Evidence, answers: Sequence[str], kind: QuestionKind) -> tuple[Line, ...]:
    """The candidate's own words in the order of a strong answer, with a prompt in brackets where one is missing."""
    if not isinstance(grade(evidence), Grade) or relevance_level(evidence) == 0:
        return ()
    texts = _texts("in_order")["planned" if _planned(evidence, answers, kind) else "told"]
    phrases = Phrases({part: texts[part.value] for part in ORDER}, texts["figure"], texts["kpi"], texts["own_part"])
    return in_order(evidence, answers, phrases)


def coach_material(card: AnswerCard) -> Material | None:
    """What a model may word an improved answer of, None where there is nothing to put in order.

    Words that are set aside, such as those to a grader, are left out.
    """
    if not card.ordered or card.evidence is None:
        return None
    evidence = card.evidence
    return Material(
        question=card.question.text,
        answers=tuple(_without(evidence.set_aside, turn, answer.text) for turn, answer in enumerate(card.answers)),
        kpis=tuple(dict.fromkeys(reference.kpi for reference in evidence.kpis)),
        ordered=tuple(line.text for line in card.ordered),
        open_checks=tuple(check.question for check in checks(evidence).values() if not check.holds),
    )


def _without(set_aside: Sequence[Span], turn: int, answer: str) -> str:
    """The answer with blanks where words are set aside."""
    kept = list(answer)
    for span in set_aside:
        if span.turn == turn:
            kept[span.start : span.end] = " " * len(kept[span.start : span.end])
    return "".join(kept)


@cache
def _texts(name: str) -> Mapping[str, Any]:
    return tomllib.loads(resource(f"knowledge/{name}.toml").read_text(encoding="utf-8"))


def _planned(evidence: Evidence, answers: Sequence[str], kind: QuestionKind) -> bool:
    """Whether the answer is a plan or a habit. A question about what one would do may be answered with a story."""
    if kind not in _PLANNED_KINDS or evidence.action is None:
        return kind in _PLANNED_KINDS
    words = evidence.action.cut(answers[evidence.action.turn])
    return bool(_WOULD.search(words)) or not _DID.search(words)


def _kpis_to_name(evidence: Evidence, related_kpis: Sequence[str]) -> list[str]:
    """The KPI meant, or those put to use, strongest first; where there is none, those nearest to the answer."""
    said = sorted((r for r in evidence.kpis if r.level >= KpiLevel.USED), key=lambda r: (-r.level, not r.in_result))
    meant = [reference.kpi for reference in (*said, *evidence.unclear_kpis)]
    mentioned = [reference.kpi for reference in evidence.kpis]
    return (meant[:1] or mentioned[:1] or list(related_kpis[:MOST_KPIS])) or ["the one that counts here"]


def _open(evidence: Evidence, kind: QuestionKind) -> Iterator[tuple[str, str]]:
    """The open checks with the names of their fixes, those that the next band needs first."""
    found = checks(evidence)
    if not found["in_field"].holds:
        name = next((name for flag, name in _NO_ANSWER.items() if flag in evidence.flags), "answer")
        yield "in_field", name
        return
    own_part = _own_part_is_open(evidence, found, kind)
    for rung in _LADDER:
        names = [(name, fix) for name in rung if not found[name].holds and (fix := _fix(name, evidence, found))]
        yield from names
        if names and own_part:
            yield "own_part", "ownership"
            own_part = False
    if own_part:
        yield "own_part", "ownership"


def _own_part_is_open(evidence: Evidence, found: Mapping[str, Check], kind: QuestionKind) -> bool:
    """Whether it stays open who acted. A plan in bare verbs leaves nothing open: it is the candidate's."""
    acted = evidence.action is not None and not found["own_part"].holds
    return acted and (evidence.ownership is Ownership.WE or kind not in _PLANNED_KINDS)


def _fix(check: str, evidence: Evidence, found: Mapping[str, Check]) -> str:
    """The name of the fix for an open check; empty where the fix of another check says it already."""
    if check in _SAID_BY and not found[_SAID_BY[check]].holds:
        return ""
    match check:
        case "on_question" if Flag.OFF_TOPIC_DOUBT in evidence.flags:
            return "link"
        case "action" if Flag.STUFFING in evidence.flags:
            return "story"
        case "kpi_used" if evidence.unclear_kpis:
            return "kpi_name"
        case "kpi_in_result" if not found["kpi_number"].holds:
            return "number"
    return _FIX_OF.get(check, check)


def _quote(check: str, evidence: Evidence, answers: Sequence[str], taken: set[str]) -> str:
    """The words that a fix starts from, another fix's only where there are no others."""
    quotes = [quotation(span, answers[span.turn], evidence.set_aside) for span in _starting_points(check, evidence)]
    quotes = [quote for quote in quotes if quote] or [
        quote for turn, answer in enumerate(answers) for quote in quotations(answer, evidence.set_aside, turn)
    ]
    return next((quote for quote in quotes if quote not in taken), quotes[0] if quotes else "")


def _starting_points(check: str, evidence: Evidence) -> list[Span]:
    """The spans that a fix for an open check may quote, best first."""
    unclear = [reference.span for reference in evidence.unclear_kpis]
    said = [reference.span for reference in sorted(evidence.kpis, key=lambda reference: -reference.level)]
    spans = {
        "in_field": [],
        "on_question": [],
        "right_facts": [],
        "action": [evidence.task, evidence.situation, *said],
        "kpi_used": [*unclear, *said, evidence.result, evidence.task, evidence.action],
        "kpi_in_result": [*said, evidence.result],
        "task": [evidence.situation, evidence.action],
        "situation": [evidence.task, evidence.action],
        "reflection": [evidence.result, evidence.action],
    }.get(check, [evidence.action])
    return [span for span in [*spans, *evidence.steps] if span is not None]
