"""What must always hold: every span is cut from the candidate's words, and two runs read the same."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.answers import Scored
from evals.bootstrap import Counts, figure
from evals.readings import spread
from evals.sets import DataSet
from evals.suite import Measured, Options, Result, WorstCase, joined
from evals.values import share
from prepbot.domain.evidence import Evidence, Part, Span
from prepbot.domain.rubric import Grade

_READ_TWICE = 40


@dataclass(frozen=True, slots=True)
class Spans:
    """The share of spans that are cut from the answer: 1, or something is broken."""

    name: str = "spans"

    def run(self, options: Options) -> Result:
        """On every set."""
        return joined([_spans_of(one, options) for one in options.sets if options.scored(one)])


@dataclass(frozen=True, slots=True)
class Repeatable:
    """The share of answers that two runs read differently: 0, or something is broken."""

    name: str = "repeatable"

    def run(self, options: Options) -> Result:
        """On the first set that has answers."""
        return next((_two_runs(one, options) for one in options.sets if options.scored(one)), Result())


def all_spans(scored: Scored) -> list[Span]:
    """Every span of the evidence and of the grade."""
    evidence = scored.evidence
    references = [*evidence.kpis, *evidence.unclear_kpis]
    spans = [one.span for one in references] + [one.number for one in references if one.number]
    spans += [*_parts(evidence), *evidence.steps, *evidence.set_aside]
    if isinstance(scored.graded, Grade):
        spans += [span for one in scored.graded.criteria for span in one.spans]
    return spans


def _parts(evidence: Evidence) -> list[Span]:
    found = [evidence.part(part) for part in Part]
    return [span for span in (*found, evidence.reflection) if span is not None]


def is_cut(span: Span, answer: str) -> bool:
    """Whether the span lies within the first answer and holds words."""
    return span.turn == 0 and span.end <= len(answer) and bool(span.cut(answer).strip())


def span_counts(scored: Sequence[Scored]) -> Counts:
    """Spans that are cut from the answer, and all spans, one row an answer."""
    return np.array(
        [
            (sum(is_cut(span, one.row.answer) for span in spans), len(spans))
            for one in scored
            for spans in [all_spans(one)]
        ],
        dtype=np.float64,
    )


def _spans_of(one: DataSet, options: Options) -> Result:
    scored = options.scored(one)
    counts = span_counts(scored)
    found = figure(counts, [case.row.question for case in scored], share, counts.sum(axis=0)[1])
    bad = [case for case in scored if not all(is_cut(span, case.row.answer) for span in all_spans(case))]
    worst = [WorstCase(one.name, case.row.id, "a span outside the answer", case.row.answer) for case in bad[:3]]
    return Result((Measured("spans valid", one.name, found),), worst=tuple(worst) if one.shown else ())


def _two_runs(one: DataSet, options: Options) -> Result:
    """Answers read anew from the last to the first with nothing kept: neither analysts nor vectors make both alike."""
    whole = options.readings.of(one)
    first = spread(whole, _READ_TWICE)
    rows = [case.row for case in first]
    second = options.readings.fresh().each(rows[::-1], [case.row for case in whole])[::-1]
    differ = [was != now for was, now in zip(first, second, strict=True)]
    counts = np.array([(float(one), 1.0) for one in differ])
    found = figure(counts, [row.question for row in rows], share, len(rows))
    worst = [
        WorstCase(one.name, row.id, "read differently", row.answer)
        for row, bad in zip(rows, differ, strict=True)
        if bad
    ]
    figures = (Measured("two runs differ", one.name, found, higher_is_better=False),)
    return Result(figures, worst=tuple(worst[:3]) if one.shown else ())
