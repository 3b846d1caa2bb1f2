"""The yes/no checks that every level and band is made of, each with the words that tick it.

A check looks at the evidence alone; which checks a level needs is the rubric's business (rubric.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from prepbot.domain.evidence import HARD_FLAGS, Evidence, Flag, KpiLevel, KpiReference, Ownership, Part, Span

QUESTIONS: dict[str, str] = {
    "assessable": "Says something that can be assessed",
    "in_field": "Speaks of the field of the question",
    "on_question": "Answers the question that was asked",
    "action": "Names a concrete action",
    "repeatable": "Gives specific steps, or one more part beside the action",
    "situation": "Gives the situation or the starting point",
    "task": "States the task or the goal",
    "result": "States a result, or how you would know",
    "kpi_named": "Names a KPI of the role",
    "kpi_used": "Puts a KPI to use: as goal, measure, reason or outcome",
    "kpi_number": "Gives a KPI a number of your own case",
    "kpi_in_result": "Puts a KPI's number into the result",
    "somebody_acts": "Says who acts: “I” or “we”",
    "own_part": "Says “I” where you acted",
    "reflection": "Says what it cost or taught",
    "right_facts": "Makes no central claim that is wrong",
}
"""Every check by its id, in plain words."""


@dataclass(frozen=True, slots=True)
class Check:
    """One yes/no question put to an answer. `spans` are the words that tick it.

    A check on the answer as a whole (relevance, wrong claims) names no words.
    """

    id: str
    question: str
    holds: bool
    spans: tuple[Span, ...] = ()


def checks(evidence: Evidence) -> Mapping[str, Check]:
    """Every check of the rubric on one unit's evidence, by id."""
    answers = _whole_answer(evidence)
    shown = _structure(evidence) | _kpis(evidence) | _person(evidence)
    judged = {name: Check(name, QUESTIONS[name], holds) for name, holds in answers.items()}
    ticked = {name: Check(name, QUESTIONS[name], bool(spans), spans) for name, spans in shown.items()}
    return judged | ticked


def _whole_answer(evidence: Evidence) -> dict[str, bool]:
    assessable = not evidence.flags & HARD_FLAGS
    return {
        "assessable": assessable,
        "in_field": assessable and evidence.relevance >= 1,
        "on_question": assessable and evidence.relevance >= 2,
        "right_facts": Flag.WRONG_FACT not in evidence.flags,
    }


def _structure(evidence: Evidence) -> dict[str, tuple[Span, ...]]:
    parts = {part.value: _some(evidence.part(part)) for part in Part}
    beside = tuple(span for part in Part if part is not Part.ACTION for span in parts[part.value])
    return parts | {"repeatable": (evidence.steps or beside) if evidence.action else ()}


def _kpis(evidence: Evidence) -> dict[str, tuple[Span, ...]]:
    return {
        "kpi_named": _words(evidence.kpis),
        "kpi_used": _words(r for r in evidence.kpis if r.level >= KpiLevel.USED),
        "kpi_number": _words(r for r in evidence.kpis if r.level is KpiLevel.QUANTIFIED),
        "kpi_in_result": _words(r for r in evidence.kpis if _quantified_in_result(r, evidence.result)),
    }


def _person(evidence: Evidence) -> dict[str, tuple[Span, ...]]:
    # Guide, section 3: it is the subject of action verbs, so without an action nobody acts.
    acting = _some(evidence.action)
    return {
        "somebody_acts": acting if evidence.ownership is not Ownership.NONE else (),
        "own_part": acting if evidence.ownership is Ownership.I else (),
        "reflection": _some(evidence.reflection),
    }


def _quantified_in_result(reference: KpiReference, result: Span | None) -> bool:
    if reference.level is not KpiLevel.QUANTIFIED or result is None:
        return False
    overlaps = reference.span.turn == result.turn and (
        reference.span.start < result.end and result.start < reference.span.end
    )
    return reference.in_result or overlaps


def _some(span: Span | None) -> tuple[Span, ...]:
    return (span,) if span else ()


def _words(references: Iterable[KpiReference]) -> tuple[Span, ...]:
    return tuple(reference.span for reference in references)
