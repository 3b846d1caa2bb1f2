"""Labelled answers, sentences and KPI clauses -> what the answer model learns from, offsets in the plain text."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.labelled import LabelledAnswer
from evals.training.cases import ReadAnswer, overlap, part_label, range_of, read_answers
from prepbot.analysis.normalise import normalise
from prepbot.analysis.passage import prepare
from prepbot.analysis.sentences import segments_of
from prepbot.analysis.structure import PARTS, kind_name
from prepbot.ports import KpiTexts
from prepbot.reading.catalogue import load_metrics
from prepbot.resources import resource

Range = tuple[int, int]
Sure = tuple[float, float]
"""A label from 0 to 1 and how much it weighs."""


@dataclass(frozen=True, slots=True)
class Example:
    """One text to learn from. `parts[s][p]` is segment s's label for part p; -1 in `relevance` means unknown.

    `referred[u]` maps the KPIs that unit u refers to on their level (None: unknown), `unsure[u]` those left out.
    """

    id: str
    group: str
    role: str
    question: str
    kind: str
    text: str
    segments: tuple[Range, ...]
    parts: tuple[tuple[Sure, ...], ...]
    relevance: int = -1
    ownership: str = ""
    kpis: KpiTexts = ()
    units: tuple[Range, ...] = ()
    unit_segments: tuple[int, ...] = ()
    referred: tuple[dict[int, str], ...] = ()
    unsure: tuple[frozenset[int], ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseExample:
    """A clause that refers to a metric, or only sounds like it. `also` are further metrics it may refer to."""

    group: str
    text: str
    clause: Range
    metric: str
    refers: bool
    level: str
    also: frozenset[str]


def answer_examples(rows: Sequence[LabelledAnswer]) -> list[Example]:
    """One example for each answer that carries evidence."""
    return [_answer_example(read) for read in read_answers(rows)]


def _answer_example(read: ReadAnswer) -> Example:
    row, passage = read.row, read.passage
    tracked = read.analyst.kpi_reader.tracked
    shown = {
        number: (range_of(kpi.evidence, row.answer), kpi.level)
        for kpi in row.kpis
        for number, one in enumerate(tracked)
        if one.kpi.name == kpi.name
    }
    referred, unsure = [], []
    for unit in passage.units:
        if row.only_relevance:
            referred.append({})
            unsure.append(frozenset(range(len(tracked))))
            continue
        close = {n for n, (words, _) in shown.items() if overlap(unit.text, words) >= 0.5}
        near = {n for n, (words, _) in shown.items() if overlap(passage.segments[unit.segment], words) > 0}
        referred.append({n: shown[n][1] for n in sorted(close)})
        unsure.append(frozenset(near - close))
    known = not row.only_relevance and (bool(row.sentences) or row.relevance > 0)
    return Example(
        id=row.id,
        group=row.source,
        role=row.role,
        question=row.question,
        kind=kind_name(row.kind),
        text=passage.plain.text,
        segments=tuple((s.start, s.end) for s in passage.segments),
        parts=tuple(
            tuple(_sure(row, read, s, part) if known else (0.0, 0.0) for part in PARTS)
            for s in range(len(passage.segments))
        ),
        relevance=row.relevance,
        ownership=row.ownership if row.relevance else "",
        kpis=read.analyst.kpi_reader.texts,
        units=tuple((unit.text.start, unit.text.end) for unit in passage.units),
        unit_segments=tuple(unit.segment for unit in passage.units),
        referred=tuple(referred),
        unsure=tuple(unsure),
    )


def _sure(row: LabelledAnswer, read: ReadAnswer, segment: int, part: str) -> Sure:
    label, weight = part_label(row, read.passage.segments[segment], part)
    return float(label), weight


def sentence_examples(path: Path | None = None, split: str = "train") -> list[Example]:
    """The single sentences of knowledge/sentences.jsonl."""
    path = path or resource("knowledge/sentences.jsonl")
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [example for row in rows if row["split"] == split for example in _sentence_example(row)]


def _sentence_example(row: dict[str, object]) -> Iterable[Example]:
    plain = normalise(str(row["text"]))
    segments = prepare(plain, segments_of(plain.text)).segments
    stated = frozenset(row["parts"])  # type: ignore[call-overload]
    halved = 0.5 if len(segments) > 1 else 1.0  # which of the pieces states it is not labelled
    labels = tuple(_sentence_label(part, stated, row["specific"], halved) for part in PARTS)
    if segments:
        yield Example(
            id=str(row["id"]),
            group=str(row["source"]),
            role="",
            question=str(row["question"]),
            kind=str(row["question_kind"]),
            text=plain.text,
            segments=tuple((segment.start, segment.end) for segment in segments),
            parts=(labels,) * len(segments),
        )


def _sentence_label(part: str, stated: frozenset[str], specific: object, halved: float) -> Sure:
    if part != "step":
        return float(part in stated), halved if part in stated else 1.0
    if "action" not in stated:
        return 0.0, 1.0
    return float(bool(specific)), 0.0 if specific is None else halved


def clause_examples(path: Path | None = None) -> list[ClauseExample]:
    """The clauses of knowledge/kpi_clauses.jsonl."""
    path = path or resource("knowledge/kpi_clauses.jsonl")
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [
        ClauseExample(
            group=row["source"],
            text=row["text"],
            clause=(row["text"].index(row["clause"]), row["text"].index(row["clause"]) + len(row["clause"])),
            metric=row["metric"],
            refers=row["refers"],
            level=row["level"] or "",
            also=frozenset(row["also"]),
        )
        for row in rows
    ]


def metric_texts() -> dict[str, tuple[str, ...]]:
    """What each metric of the catalogue sounds like."""
    return {metric.id: (metric.name, *metric.paraphrases, *metric.inverse) for metric in load_metrics()}
