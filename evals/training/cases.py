"""Turn labelled answers into training cases: one for each segment and part, clause and KPI, mention, and answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evals.labelled import LabelledAnswer, role_texts
from evals.readings import rules_analyst
from prepbot.analysis.analyst import RulesAnalyst
from prepbot.analysis.binding import Mention
from prepbot.analysis.gaming import remaining, sift, word_flags
from prepbot.analysis.kpis import reference_features
from prepbot.analysis.logistic import TrainedModels
from prepbot.analysis.normalise import normalise
from prepbot.analysis.passage import Passage, prepare, scored
from prepbot.analysis.sentences import Segment, segments_of
from prepbot.analysis.structure import PARTS, kind_name, segment_features
from prepbot.domain.evidence import HARD_FLAGS
from prepbot.ports import AnswerScorer

_UNTRAINED = TrainedModels("", {})


@dataclass(frozen=True, slots=True)
class Case:
    """One yes-or-no example. `weight` says how sure its label is; `group` is the question, for cross-validation."""

    features: Mapping[str, float]
    label: bool
    weight: float
    group: str
    source: str


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """A labelled answer beside its passage and its role's analyst."""

    row: LabelledAnswer
    passage: Passage
    analyst: RulesAnalyst


def read_answers(rows: Sequence[LabelledAnswer], scorer: AnswerScorer | None = None) -> list[ReadAnswer]:
    """The answers that carry evidence, made ready as the analyst does; hard flags leave nothing to learn from."""
    analysts: dict[tuple[str, tuple[str, ...]], RulesAnalyst] = {}
    read = []
    for row in rows:
        key = (row.role, row.kpi_list)
        if key not in analysts:
            analysts[key] = rules_analyst(role_texts(row, rows), None, _UNTRAINED)
        plain = normalise(row.answer)
        sifted = sift(segments_of(plain.text), row.question, analysts[key].page)
        text = " ".join(segment.text for segment in sifted.kept)
        if (sifted.flags | word_flags(text, row.question)) & HARD_FLAGS:
            continue
        passage = prepare(*remaining(plain, sifted))
        passage = scored(passage, row.question, kind_name(row.kind), analysts[key].kpi_reader.texts, scorer)
        if scorer is None or passage.scores is not None:
            read.append(ReadAnswer(row, passage, analysts[key]))
    return read


def structure_cases(read: ReadAnswer) -> Iterator[tuple[str, int, Case]]:
    """(part, segment, case) for every segment; without sentence labels, only a present part's clearest span is sure."""
    row, passage = read.row, read.passage
    if row.only_relevance or (not row.sentences and row.relevance == 0):
        return
    for index, features in enumerate(segment_features(passage, row.kind)):
        for part in PARTS:
            label, weight = part_label(row, passage.segments[index], part)
            if weight:
                yield part, index, Case(features, label, weight, row.question, row.source)


def part_label(row: LabelledAnswer, segment: Segment, part: str) -> tuple[bool, float]:
    """Whether the segment states the part, and how sure that is."""
    if part == "step":
        acts, weight = part_label(row, segment, "action")
        poor = row.band <= 2 and row.relevance == 2
        return acts and not poor and "thin_action" not in row.tags, weight
    shown = range_of(row.parts.get(part), row.answer)
    overlaps = shown is not None and overlap(segment, shown) >= 0.5
    if not row.sentences:
        present = shown is not None
        return overlaps, 1.0 if overlaps or not present else (0.0 if part == "action" else 0.3)
    stated = [parts for text, parts in row.sentences if overlap(segment, range_of(text, row.answer)) >= 0.5]
    if overlaps or not any(part in parts for parts in stated):
        return overlaps, 1.0
    return True, 0.7


def range_of(text: str | None, answer: str) -> tuple[int, int] | None:
    """Where a label's words stand in the answer."""
    if not text:
        return None
    start = answer.find(text)
    return (start, start + len(text)) if start >= 0 else None


def overlap(segment: Segment, other: tuple[int, int] | None) -> float:
    """The overlap as a share of the shorter of the two."""
    if other is None:
        return 0.0
    shared = min(segment.end, other[1]) - max(segment.start, other[0])
    return max(shared, 0) / max(min(segment.end - segment.start, other[1] - other[0]), 1)


def pair_cases(read: ReadAnswer) -> Iterator[tuple[Case, str]]:
    """A case for each clause that may stand for a KPI, with the KPI; a clause beside the labelled one is left out."""
    row, passage = read.row, read.passage
    names = [tracked.kpi.name for tracked in read.analyst.kpi_reader.tracked]
    labelled = {kpi.name: range_of(kpi.evidence, row.answer) for kpi in row.kpis}
    named = read.analyst.kpi_reader.named(passage, row.question)
    for pair in read.analyst.kpi_reader.candidates(passage, named):
        shown = labelled.get(names[pair.kpi])
        shared = overlap(pair.clause, shown)
        if shown is not None and shared < 0.5 and overlap(passage.segments[pair.segment], shown) > 0:
            continue
        weight = 1.0 if shared >= 0.5 or shown is None else 0.3
        yield Case(pair.features, shared >= 0.5, weight, row.question, row.source), names[pair.kpi]


def level_cases(read: ReadAnswer) -> Iterator[tuple[str, Case]]:
    """("level" or "quantified", case) for each labelled KPI, at the mention that the label shows."""
    row, passage = read.row, read.passage
    reader = read.analyst.kpi_reader
    names = [tracked.kpi.name for tracked in reader.tracked]
    named = reader.named(passage, row.question)
    for kpi in row.kpis:
        mention = _mention_of(names.index(kpi.name), range_of(kpi.evidence, row.answer), named)
        if mention is None or not any(s.start <= mention.start < s.end for s in passage.segments):
            continue
        mentions = (*named, mention)
        features = reference_features(mention, mentions, passage, reader.number_of(mention, mentions, passage))
        yield "level", Case(features, kpi.level != "mentioned", 1.0, row.question, row.source)
        yield "quantified", Case(features, kpi.level == "quantified", 1.0, row.question, row.source)


def _mention_of(kpi: int, shown: tuple[int, int] | None, named: Sequence[Mention]) -> Mention | None:
    """The mention that a label's words hold: a name where there is one, else the words themselves."""
    if shown is None:
        return None
    for mention in named:
        if mention.kpi == kpi and shown[0] < mention.end and mention.start < shown[1]:
            return mention
    return Mention(kpi, shown[0], shown[1], "paraphrase", whole=True)
