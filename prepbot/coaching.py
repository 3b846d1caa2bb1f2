"""Feedback a person can act on: what the rubric missed, in the order in which it pays, beside their own words."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache

from prepbot.domain.evidence import HARD_FLAGS, Evidence, KpiLevel, Ownership, Span
from prepbot.domain.gap import shortened
from prepbot.domain.report import Fix
from prepbot.domain.role import QuestionKind
from prepbot.domain.rubric import kpi_criterion_level, relevance_level, structure_level
from prepbot.resources import resource

MOST_FIXES = 3

_PLANNED_KINDS = {QuestionKind.HYPOTHETICAL, QuestionKind.KNOWLEDGE}


@cache
def _texts() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resource("knowledge/fixes.toml").read_text(encoding="utf-8"))


def fixes(
    evidence: Evidence, answers: Sequence[str], kind: QuestionKind, related_kpis: Sequence[str]
) -> tuple[Fix, ...]:
    """At most three fixes, the one that lifts the band first.

    `answers[n]` is the text that spans of turn n point into; `related_kpis` are the role's KPIs nearest to the
    question, best first, named where the candidate named none. Never a number or a fact of our own.
    """
    kpi = _kpi_to_name(evidence, related_kpis)
    found = (
        Fix(_quote(span, answers), text["missing"], text["directive"], text["rehearsal"].format(kpi=kpi))
        for name, span in _missing(evidence, kind in _PLANNED_KINDS)
        for text in (_texts()[name],)
    )
    return tuple(found)[:MOST_FIXES]


def _kpi_to_name(evidence: Evidence, related_kpis: Sequence[str]) -> str:
    said = [reference.kpi for reference in sorted(evidence.kpis, key=lambda reference: -reference.level)]
    return next((kpi for kpi in [*said, *related_kpis]), "the measure that counts here")


def _missing(evidence: Evidence, planned: bool) -> list[tuple[str, Span | None]]:
    """The names of missing checks with the words to quote, in the order of the ladder."""
    if relevance_level(evidence) == 0 or evidence.flags & HARD_FLAGS:
        return [("answer", None)]
    return [
        *_relevance_gap(evidence),
        *_structure_gaps(evidence, planned),
        *_kpi_gaps(evidence),
        *([] if evidence.reflection else [("reflection", evidence.result or evidence.action)]),
        *([("ownership", evidence.action)] if evidence.ownership is Ownership.WE else []),
    ]


def _relevance_gap(evidence: Evidence) -> list[tuple[str, Span | None]]:
    return [("answer", evidence.action)] if evidence.relevance == 1 else []


def _structure_gaps(evidence: Evidence, planned: bool) -> list[tuple[str, Span | None]]:
    level = structure_level(evidence)
    said = evidence.action or evidence.task or evidence.situation
    gaps: list[tuple[str, Span | None]] = []
    if level < 2:
        gaps.append(("action" if level == 0 else "steps", said))
    if evidence.result is None:
        gaps.append(("measure" if planned else "result", evidence.action))
    if (evidence.kpi_level or 0) < KpiLevel.USED:
        gaps.append(("kpi", evidence.result or said))
    if evidence.task is None:
        gaps.append(("goal" if planned else "task", said))
    if evidence.situation is None:
        gaps.append(("starting_point" if planned else "situation", said))
    return gaps


def _kpi_gaps(evidence: Evidence) -> list[tuple[str, Span | None]]:
    level = kpi_criterion_level(evidence)
    used = next((r.span for r in evidence.kpis if r.level is KpiLevel.USED), None)
    if level == KpiLevel.USED:
        return [("number", used)]
    if level == KpiLevel.QUANTIFIED:
        quantified = next(r.span for r in evidence.kpis if r.level is KpiLevel.QUANTIFIED)
        return [("number_in_result", quantified)]
    return []


def _quote(span: Span | None, answers: Sequence[str]) -> str:
    return shortened(span.cut(answers[span.turn])) if span else ""
