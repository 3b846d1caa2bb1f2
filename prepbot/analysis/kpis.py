"""KPI references of an answer: found by name or paraphrase, levelled, their numbers bound, one for each KPI."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from prepbot.analysis.binding import Mention, bind
from prepbot.analysis.cues import load_cues
from prepbot.analysis.kpi_level import level_features
from prepbot.analysis.kpi_names import KpiNames
from prepbot.analysis.kpi_paraphrases import Candidate, KpiProfiles
from prepbot.analysis.logistic import TrainedModels
from prepbot.analysis.passage import Passage
from prepbot.analysis.quantities import Quantity
from prepbot.analysis.sentences import Segment
from prepbot.analysis.words import form_key, words_of
from prepbot.domain.evidence import KpiLevel, KpiReference, Span
from prepbot.domain.metric import TrackedKpi
from prepbot.ports import KpiTexts

_UNCLEAR = 0.45
_FAR_NUMBER = 25  # characters
_NAMED = 0.95  # a KPI that is called by its name
_COPIED_RUN = 5


@dataclass(frozen=True, slots=True)
class Weighed:
    """A mention, or a clause that may be one: the chances that it refers, is used at least, and is quantified."""

    mention: Mention
    refers: float
    used: float
    quantified: float


@dataclass(frozen=True, slots=True)
class Found:
    """The KPI references of a passage, the near misses, every mention with its place, and the chances of each.

    `references` holds one for each KPI, `every` one for each mention, in the order of the text.
    """

    references: tuple[KpiReference, ...]
    unclear: tuple[KpiReference, ...]
    mentions: tuple[Mention, ...]
    weighed: tuple[Weighed, ...] = ()
    every: tuple[KpiReference, ...] = ()


class KpiReader:
    """Finds references to the KPIs of one role in any number of answers."""

    def __init__(self, tracked: Sequence[TrackedKpi], models: TrainedModels) -> None:
        self._models = models
        self._tracked = tuple(tracked)
        self._names = KpiNames(tracked)
        self._profiles = KpiProfiles(tracked)

    @property
    def tracked(self) -> tuple[TrackedKpi, ...]:
        """The KPIs looked for; mentions point into them."""
        return self._tracked

    @property
    def texts(self) -> KpiTexts:
        """How people say each KPI, for the answer model."""
        return self._profiles.texts

    def named(self, passage: Passage, question: str) -> tuple[Mention, ...]:
        """The KPIs found by words, without those of other parties, samples, and text pasted from the question."""
        hits = self._names.find(passage.words)
        mentions = (Mention(hit.kpi, hit.start, hit.end, hit.via) for hit in hits)
        return tuple(
            mention
            for mention in mentions
            if not _copied(mention, passage, question) and not _of_somebody_else(mention, passage)
        )

    def candidates(self, passage: Passage, named: Sequence[Mention]) -> list[Candidate]:
        """The clauses that may stand for a KPI not named in the same segment."""
        ranges = [(mention.start, mention.end) for mention in named]
        here = {(mention.kpi, _segment_at(passage, mention.start)) for mention in named}
        pairs = self._profiles.candidates(passage, ranges)
        return [
            pair
            for pair in pairs
            if (pair.kpi, pair.segment) not in here and not _about_a_rival(pair.clause, pair.segment, passage)
        ]

    def read(self, passage: Passage, question: str) -> Found:
        """The references of a passage; near misses are those between half the threshold and the threshold."""
        named = self.named(passage, question)
        described, unclear, chances = self._described(passage, named)
        mentions = (*named, *described)
        best: dict[int, KpiReference] = {}
        weighed, every = [], []
        for mention in (*mentions, *unclear):
            reference, one = self._weigh(mention, mentions, passage, chances.get(mention, _NAMED))
            weighed.append(one)
            if mention in unclear:
                continue
            every.append(reference)
            known = best.get(mention.kpi)
            if known is None or reference.level > known.level:
                best[mention.kpi] = reference
        near = {
            m.kpi: KpiReference(self._tracked[m.kpi].kpi.name, KpiLevel.MENTIONED, _span(m, passage), m.via)
            for m in reversed(unclear)
            if m.kpi not in best
        }
        references = tuple(sorted(best.values(), key=lambda reference: reference.span))
        ordered = tuple(sorted(every, key=lambda reference: reference.span))
        return Found(references, tuple(near.values()), mentions, tuple(weighed), ordered)

    def _described(
        self, passage: Passage, named: Sequence[Mention]
    ) -> tuple[list[Mention], list[Mention], dict[Mention, float]]:
        """Clauses that describe a KPI, those that may, and the chance of each; a clause stands for one KPI."""
        model = self._models.get("pair" if passage.scores is not None else "pair_words")
        scored = [(model.probability(pair.features), pair) for pair in self.candidates(passage, named)]
        scored.sort(key=lambda item: (-item[0], item[1].clause.start, item[1].kpi))
        return _chosen(scored, model.threshold, self._tracked)

    def _weigh(
        self, mention: Mention, mentions: Sequence[Mention], passage: Passage, refers: float
    ) -> tuple[KpiReference, Weighed]:
        tracked = self._tracked[mention.kpi]
        number = self.number_of(mention, mentions, passage)
        features = reference_features(mention, mentions, passage, number)
        suffix = "" if passage.scores is not None else "_words"
        models = {name: self._models.get(name + suffix) for name in ("quantified", "level")}
        quantified, used = (models[name].probability(features) for name in ("quantified", "level"))
        level = KpiLevel.USED if used >= models["level"].threshold else KpiLevel.MENTIONED
        if quantified >= models["quantified"].threshold:
            level = KpiLevel.QUANTIFIED
        bound = passage.plain.span(number.start, number.end) if number and level is KpiLevel.QUANTIFIED else None
        reference = KpiReference(tracked.kpi.name, level, _shown(mention, number, passage), mention.via, bound)
        return reference, Weighed(mention, refers, max(used, quantified), quantified)

    def number_of(self, mention: Mention, mentions: Sequence[Mention], passage: Passage) -> Quantity | None:
        """The number that unit and clause bind to a mention."""
        segment = passage.segments[_segment_at(passage, mention.start)]
        others = [other for other in mentions if other.kpi != mention.kpi]
        tracked = self._tracked[mention.kpi]
        return bind(mention, tracked, others, passage.quantities, segment, passage.plain.text)


def reference_features(
    mention: Mention, mentions: Sequence[Mention], passage: Passage, number: Quantity | None
) -> dict[str, float]:
    """What tells how far a reference goes: the cues around it, the number bound to it, the answer model's view."""
    segment = passage.segments[_segment_at(passage, mention.start)]
    text = passage.plain.text
    features = level_features(mention, mentions, segment, text, kpi_share(mentions, passage))
    features |= {
        "bound": float(number is not None),
        "bound_inside": float(number is not None and mention.start <= number.start < mention.end),
        "bound_far": float(number is not None and number.start - mention.end > _FAR_NUMBER),
        "bound_change": float(number is not None and number.change),
    }
    if passage.scores is not None:
        low, used, high = (float(x) for x in np.clip(passage.scores.levels[_unit_at(passage, mention)], -6, 6))
        features |= {"model:used": (max(used, high) - low) / 4, "model:quantified": (high - max(low, used)) / 4}
    return features


def kpi_share(mentions: Sequence[Mention], passage: Passage) -> float:
    """The part of the passage's words that stand in KPI names."""
    inside = sum(
        any(mention.start <= word.start < mention.end for mention in mentions if not mention.whole)
        for word in passage.words
    )
    return inside / max(len(passage.words), 1)


def _chosen(
    scored: Sequence[tuple[float, Candidate]], threshold: float, tracked: Sequence[TrackedKpi]
) -> tuple[list[Mention], list[Mention], dict[Mention, float]]:
    """Greedy choice, best pair first. `scored` holds each pair with its probability, highest first."""
    clear: list[Mention] = []
    unclear: list[Mention] = []
    chances: dict[Mention, float] = {}
    for chance, pair in scored:
        if chance < _UNCLEAR * threshold:
            break
        clause = pair.clause
        if any(m.start < clause.end and clause.start < m.end for m in chances):
            continue
        via = "paraphrase" if tracked[pair.kpi].metric else "definition"
        mention = Mention(pair.kpi, clause.start, clause.end, via, whole=True)
        (clear if chance >= threshold else unclear).append(mention)
        chances[mention] = chance
    return clear, unclear, chances


def _unit_at(passage: Passage, mention: Mention) -> int:
    """The shortest unit that a mention begins in; the nearest one before it where none holds it."""
    holding = [
        (unit.text.end - unit.text.start, row)
        for row, unit in enumerate(passage.units)
        if unit.text.start <= mention.start < unit.text.end
    ]
    before = [row for row, unit in enumerate(passage.units) if unit.text.start <= mention.start]
    return min(holding)[1] if holding else max(before, default=0)


def _segment_at(passage: Passage, offset: int) -> int:
    for index, segment in enumerate(passage.segments):
        if segment.start <= offset < segment.end:
            return index
    return 0


def _span(mention: Mention, passage: Passage) -> Span:
    return passage.plain.span(mention.start, mention.end)


def _shown(mention: Mention, number: Quantity | None, passage: Passage) -> Span:
    """The words that justify the level: the mention, stretched to its number."""
    if number is None:
        return _span(mention, passage)
    return passage.plain.span(min(mention.start, number.start), max(mention.end, number.end))


def _copied(mention: Mention, passage: Passage, question: str) -> bool:
    """Whether the mention stands in a run of words taken over from the question."""
    asked = f" {' '.join(form_key(question))} "
    forms = [word for word in words_of(passage.plain.text) if mention.start - 60 <= word.start < mention.end + 60]
    inside = [i for i, word in enumerate(forms) if mention.start <= word.start < mention.end]
    if not inside or f" {' '.join(form_key(passage.plain.text[mention.start : mention.end]))} " not in asked:
        return False
    first, last = inside[0], inside[-1]
    for start in range(max(0, last - _COPIED_RUN), first + 1):
        run = form_key(" ".join(word.text for word in forms[start : start + _COPIED_RUN + 1]))
        if len(run) >= _COPIED_RUN and start + _COPIED_RUN >= last and f" {' '.join(run)} " in asked:
            return True
    return False


def _of_somebody_else(mention: Mention, passage: Passage) -> bool:
    """Whether the figure is a competitor's, or the size of a sample."""
    text = passage.plain.text
    segment = passage.segments[_segment_at(passage, mention.start)]
    left = text[max(segment.start, mention.start - 25) : mention.start].lower()
    right = text[mention.end : min(segment.end, mention.end + 20)].lower()
    cues = load_cues().level
    if left.rstrip().endswith((" their", "competitor's", "competitors'", "rival's", "rivals'", "competitor", "his")):
        return bool(cues["competitor"].search(segment.text)) and _competitors_around(passage, segment)
    return bool(cues["sample"].match(right.strip()))


def _about_a_rival(clause: Segment, segment: int, passage: Passage) -> bool:
    """Whether a clause speaks of a competitor and of nobody on the own side."""
    cues = load_cues().level
    if not cues["competitor"].search(clause.text) or cues["own_case"].search(clause.text.partition("their")[2]):
        return False
    return _competitors_around(passage, passage.segments[segment])


def _competitors_around(passage: Passage, segment: Segment) -> bool:
    """Whether competitors are what the segment, or the one before it, is about."""
    before = passage.plain.text[max(0, segment.start - 160) : segment.end].lower()
    return any(word in before for word in ("competitor", "rival", "market leader", "other shop", "competition"))
