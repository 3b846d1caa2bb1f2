"""Turn labelled answers into training cases: one for each segment and part, clause and KPI, mention, and answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evals.labelled import LabelledAnswer, RoleTexts, role_texts
from prepbot.analysis.analyst import RulesAnalyst
from prepbot.analysis.binding import Mention
from prepbot.analysis.gaming import sift, word_flags
from prepbot.analysis.kpi_level import level_features
from prepbot.analysis.kpis import kpi_share
from prepbot.analysis.logistic import TrainedModels
from prepbot.analysis.normalise import normalise
from prepbot.analysis.passage import Passage, prepare
from prepbot.analysis.sentences import Segment, segments_of
from prepbot.analysis.structure import PARTS, segment_features, vector_rows
from prepbot.domain.evidence import HARD_FLAGS
from prepbot.ports import Embedder, Vectors

_CUT = "cut"
_CUT_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Case:
    """One yes-or-no example. `weight` says how sure its label is; `group` is the question, for cross-validation."""

    features: Mapping[str, float]
    vector: Vectors | None
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


def read_answers(rows: Sequence[LabelledAnswer], embedder: Embedder | None) -> list[ReadAnswer]:
    """The answers that carry evidence, made ready as the analyst does; hard flags leave nothing to learn from."""
    analysts: dict[str, RulesAnalyst] = {}
    untrained = TrainedModels(embedder.name if embedder else "", embedder.version if embedder else "", {})
    read = []
    for row in rows:
        if row.role not in analysts:
            analysts[row.role] = analyst_for(role_texts(row, rows), embedder, untrained)
        plain = normalise(row.answer)
        sifted = sift(segments_of(plain.text))
        text = " ".join(segment.text for segment in sifted.kept)
        if word_flags(text, row.question) & HARD_FLAGS:
            continue
        read.append(ReadAnswer(row, prepare(plain, sifted.kept, embedder), analysts[row.role]))
    return read


def shortened(row: LabelledAnswer) -> list[LabelledAnswer]:
    """The answer without its ending, where every sentence is labelled.

    It teaches that the last sentence is no result merely by its place. Cutting beginnings too was tried: it cost
    situation .035 F1, since real answers do open with the situation.
    """
    ends = [i for i, (_, parts) in enumerate(row.sentences) if parts & {"result", "reflection"}]
    return [_cut_to(row, row.sentences[: ends[0]])] if ends and ends[0] >= 2 else []


def _cut_to(row: LabelledAnswer, sentences: tuple[tuple[str, frozenset[str]], ...]) -> LabelledAnswer:
    answer = " ".join(text for text, _ in sentences)
    parts = {part: span for part, span in row.parts.items() if span in answer}
    return replace(row, answer=answer, sentences=sentences, parts=parts, kpis=(), tags=row.tags | {_CUT})


def analyst_for(texts: RoleTexts, embedder: Embedder | None, models: TrainedModels) -> RulesAnalyst:
    """The analyst of a role's texts."""
    return RulesAnalyst(texts.tracked, embedder, texts.questions, texts.activities, models)


def structure_cases(read: ReadAnswer) -> Iterator[tuple[str, Case]]:
    """(part, case) for every segment; without sentence labels, only the clearest span of a present part is sure."""
    row, passage = read.row, read.passage
    if not row.sentences and row.relevance == 0:
        return
    vectors = None if passage.vectors is None else vector_rows(passage)
    for index, features in enumerate(segment_features(passage, row.kind)):
        segment = passage.segments[index]
        for part in PARTS:
            label, weight = _part_label(row, segment, part)
            if weight:
                vector = None if vectors is None else vectors[index]
                sure = weight * _CUT_WEIGHT if _CUT in row.tags else weight
                yield part, Case(features, vector, label, sure, row.question, row.source)


def _part_label(row: LabelledAnswer, segment: Segment, part: str) -> tuple[bool, float]:
    """Whether the segment states the part, and how sure that is."""
    if part == "step":
        acts, weight = _part_label(row, segment, "action")
        poor = row.band <= 2 and row.relevance == 2
        return acts and not poor and "thin_action" not in row.tags, weight
    shown = _range_of(row.parts.get(part), row.answer)
    overlaps = shown is not None and _overlap(segment, shown) >= 0.5
    if not row.sentences:
        present = shown is not None
        return overlaps, 1.0 if overlaps or not present else (0.0 if part == "action" else 0.3)
    stated = [parts for text, parts in row.sentences if _overlap(segment, _range_of(text, row.answer)) >= 0.5]
    if overlaps or not any(part in parts for parts in stated):
        return overlaps, 1.0
    return True, 0.7


def _range_of(text: str | None, answer: str) -> tuple[int, int] | None:
    if not text:
        return None
    start = answer.find(text)
    return (start, start + len(text)) if start >= 0 else None


def _overlap(segment: Segment, other: tuple[int, int] | None) -> float:
    """The overlap as a share of the shorter of the two."""
    if other is None:
        return 0.0
    shared = min(segment.end, other[1]) - max(segment.start, other[0])
    return max(shared, 0) / max(min(segment.end - segment.start, other[1] - other[0]), 1)


def pair_cases(read: ReadAnswer, *, patterns: bool) -> Iterator[tuple[Case, str]]:
    """A case for each clause that may stand for a KPI, with the KPI; a clause beside the labelled one is left out.

    With `patterns`, only KPIs that written patterns describe; without, every KPI, and the patterns unseen.
    """
    row, passage = read.row, read.passage
    names = [tracked.kpi.name for tracked in read.analyst.kpi_reader.tracked]
    labelled = {kpi.name: _range_of(kpi.evidence, row.answer) for kpi in row.kpis}
    named = read.analyst.kpi_reader.named(passage, row.question)
    for pair in read.analyst.kpi_reader.candidates(passage, named):
        if patterns and not read.analyst.kpi_reader.profiles.has_patterns(pair.kpi):
            continue
        shown = labelled.get(names[pair.kpi])
        overlap = _overlap(pair.clause, shown)
        if shown is not None and overlap < 0.5 and _overlap(passage.segments[pair.segment], shown) > 0:
            continue
        weight = 1.0 if overlap >= 0.5 or shown is None else 0.3
        features = dict(pair.features)
        if not patterns:
            del features["described"]
        yield Case(features, None, overlap >= 0.5, weight, row.question, row.source), names[pair.kpi]


def level_cases(read: ReadAnswer) -> Iterator[Case]:
    """A case for each labelled KPI: is it at least used, at the mention that the label shows."""
    row, passage = read.row, read.passage
    names = [tracked.kpi.name for tracked in read.analyst.kpi_reader.tracked]
    named = read.analyst.kpi_reader.named(passage, row.question)
    for kpi in row.kpis:
        shown = _range_of(kpi.evidence, row.answer)
        mention = _mention_of(names.index(kpi.name), shown, named)
        segment = next((s for s in passage.segments if mention and s.start <= mention.start < s.end), None)
        if mention is None or segment is None:
            continue
        features = level_features(mention, (*named, mention), segment, passage.plain.text, kpi_share(named, passage))
        yield Case(features, None, kpi.level != "mentioned", 1.0, row.question, row.source)


def _mention_of(kpi: int, shown: tuple[int, int] | None, named: Sequence[Mention]) -> Mention | None:
    """The mention that a label's words hold: a name where there is one, else the words themselves."""
    if shown is None:
        return None
    for mention in named:
        if mention.kpi == kpi and shown[0] < mention.end and mention.start < shown[1]:
            return mention
    return Mention(kpi, shown[0], shown[1], "paraphrase", whole=True)
