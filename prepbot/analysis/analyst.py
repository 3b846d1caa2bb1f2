"""The rules analyst: an answer's Evidence from words, cues, the answer model and small trained regressions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from prepbot.analysis.binding import taken_up
from prepbot.analysis.chances import chances_of
from prepbot.analysis.exercise_check import check_answers
from prepbot.analysis.gaming import pile_flags, piled, remaining, sift, word_flags
from prepbot.analysis.kpi_names import KpiNames
from prepbot.analysis.kpis import Found, KpiReader, kpi_share
from prepbot.analysis.logistic import TrainedModels, load_models
from prepbot.analysis.normalise import normalise
from prepbot.analysis.ownership import ownership_features, read_ownership
from prepbot.analysis.passage import Passage, prepare, scored
from prepbot.analysis.relevance import Relevance, read_relevance, relevance_features
from prepbot.analysis.sentences import Segment, segments_of
from prepbot.analysis.silence import fringe
from prepbot.analysis.structure import Structure, kind_name, part_probabilities, presence, read_structure
from prepbot.analysis.topic import topic_features
from prepbot.analysis.words import words_of
from prepbot.domain.evidence import HARD_FLAGS, Evidence, Flag, KpiLevel, KpiReference, Span
from prepbot.domain.exercise import Exercise, WrittenCase
from prepbot.domain.exercise_marks import ExerciseMarks
from prepbot.domain.metric import TrackedKpi
from prepbot.domain.role import QuestionKind, Role
from prepbot.ports import AnswerScorer

MAX_CHARACTERS = 20_000
"""Only the beginning of a longer answer is read: nobody says more in one turn."""
_MAX_SEGMENTS = 200
_MOSTLY_NAMES = 0.4
_WHOLE_STORY = 40


class RulesAnalyst:
    """Satisfies ports.Analyst without a language model. Without the answer model words and cues decide alone.

    A scorer that the coefficients were not trained on is left aside, since its scores would mean nothing to them;
    `trade` are KPIs of other roles too, which count nothing and are known when they are piled up; `models` are the
    shipped coefficients unless a cross-validation gives its own.
    """

    engine = "rules"

    def __init__(
        self,
        tracked: Sequence[TrackedKpi],
        scorer: AnswerScorer | None = None,
        activities: Sequence[str] = (),
        models: TrainedModels | None = None,
        trade: Sequence[TrackedKpi] = (),
    ) -> None:
        self._models = models or load_models()
        self._scorer = scorer if scorer and self._models.fits(scorer) else None
        self._kpis = KpiReader(tracked, self._models)
        self._trade = KpiNames(trade)
        self.page = (*(f"{one.kpi.name}: {one.kpi.definition}" for one in tracked if one.kpi.definition), *activities)

    @classmethod
    def for_role(
        cls,
        role: Role,
        tracked: Sequence[TrackedKpi],
        scorer: AnswerScorer | None,
        trade: Sequence[TrackedKpi] = (),
    ) -> "RulesAnalyst":
        """The analyst of one role page."""
        activities = [f"{activity.name}: {activity.text}" for activity in role.activities]
        return cls(tracked, scorer, activities, trade=trade)

    def warm_up(self) -> None:
        """Embed the KPIs' texts now rather than at the first answer (about half a second)."""
        self.analyse("What do you do?", QuestionKind.KNOWLEDGE, "I packed the orders and counted the stock.")

    def marks(self, exercise: Exercise | WrittenCase, answers: Sequence[str]) -> ExerciseMarks:
        """The marks of an exercise over all answers to it. Never raises for any string."""
        return check_answers(exercise, [answer[:MAX_CHARACTERS] for answer in answers])

    def analyse(self, question: str, kind: QuestionKind, answer: str, follow_up: str | None = None) -> Evidence:
        """The evidence in `answer`, spans in code points of it, turn 0. Never raises for any string."""
        plain = normalise(answer[:MAX_CHARACTERS])
        asked = f"{question} {follow_up}" if follow_up else question
        sifted = sift(segments_of(plain.text)[:_MAX_SEGMENTS], asked, self.page)
        text = " ".join(segment.text for segment in sifted.kept)
        flags = sifted.flags | word_flags(text, asked)
        aside = tuple(plain.span(segment.start, segment.end) for segment in sifted.set_aside)
        blank = Evidence(len(words_of(text)), 0, set_aside=aside, flags=flags)
        if flags & HARD_FLAGS:
            return blank
        left, kept = remaining(plain, sifted)
        topic = follow_up is None  # a reply is judged on its topic later, beside the question itself, if at all
        passage = self._scored(prepare(left, kept[:_MAX_SEGMENTS]), follow_up or question, kind, topic=topic)
        if sifted.talk_from is not None:
            beside = fringe(passage, plain.span(sifted.talk_from, sifted.talk_from + 1).start)
            spans = [passage.plain.span(segment.start, segment.end) for segment in beside]
            blank = replace(blank, set_aside=tuple(sorted((*aside, *spans))))
            passage = self._rest(passage, beside, follow_up or question, kind, topic=topic)
        return self._read(blank, passage, question, kind, follow_up)

    def _read(
        self,
        blank: Evidence,
        passage: Passage,
        question: str,
        kind: QuestionKind,
        follow_up: str | None,
    ) -> Evidence:
        found = self._kpis.read(passage, question)
        flags = blank.flags | pile_flags(passage, found.mentions, question)
        if Flag.KPI_PILE in flags:
            return replace(blank, kpis=_only_mentioned(found.references), flags=flags)
        passage, found = self._without_piles(passage, found, question, kind)
        parts = part_probabilities(passage, kind, self._models)
        relevance = self._relevance(passage, question, kind, parts, follow_up)
        level, doubt = relevance.level, relevance.doubt
        if Flag.STUFFING in flags and kpi_share(found.mentions, passage) >= _MOSTLY_NAMES:
            level, doubt = min(level, 1), True
            found = replace(found, references=_only_mentioned(found.references), weighed=(), every=())
        if doubt:
            flags |= {Flag.OFF_TOPIC_DOUBT}
        there = presence(passage, kind, parts, self._models)
        chances = chances_of(
            passage,
            there,
            parts["result"],
            found.weighed,
            relevance.off_topic,
            relevance.other_question,
            self._models.interval_mass,
        )
        evidence = replace(blank, relevance=level, flags=flags, chances=chances)
        if level == 0:
            return replace(evidence, kpis=found.references)
        structure = read_structure(passage, parts, there, self._models)
        features = ownership_features(passage, structure.action)
        ownership = read_ownership(features, self._models, with_model=passage.scores is not None)
        return replace(self._filled(evidence, found, structure, passage), ownership=ownership)

    def _scored(self, passage: Passage, question: str, kind: QuestionKind, *, topic: bool = True) -> Passage:
        return scored(passage, question, kind_name(kind), self._kpis.texts, self._scorer, topic=topic)

    def _rest(
        self, passage: Passage, out: Sequence[Segment], question: str, kind: QuestionKind, *, topic: bool = True
    ) -> Passage:
        """The passage without some of its segments, scored anew."""
        if not out:
            return passage
        left = passage.plain.without([(segment.start, segment.end) for segment in out])
        return self._scored(prepare(left, segments_of(left.text)[:_MAX_SEGMENTS]), question, kind, topic=topic)

    def _without_piles(
        self, passage: Passage, found: Found, question: str, kind: QuestionKind
    ) -> tuple[Passage, Found]:
        """The passage without piles of KPI names; what is named only in them is mentioned (guide, section 6)."""
        named = [mention for mention in found.mentions if not mention.whole]
        sorts = (piled(passage, named), piled(passage, self._trade.find(passage.words)))
        piles = [any(both) for both in zip(*sorts, strict=True)]
        if not any(piles) or all(piles):
            return passage, found
        heaps = [segment for segment, pile in zip(passage.segments, piles, strict=True) if pile]
        rest = self._rest(passage, heaps, question, kind)
        read = self._kpis.read(rest, question)
        told = {reference.kpi for reference in read.references}
        only = [replace(one, level=KpiLevel.MENTIONED, number=None) for one in found.references if one.kpi not in told]
        references = tuple(sorted((*read.references, *only), key=lambda reference: reference.span))
        return rest, replace(read, references=references)

    def _relevance(
        self,
        passage: Passage,
        question: str,
        kind: QuestionKind,
        parts: Mapping[str, list[float]],
        follow_up: str | None,
    ) -> Relevance:
        """Relevance to the question. A short reply to a follow-up counts as to it; a long one may be beside it.

        Never off topic in a reply: the follow-up asked for a detail, and details speak of anything. Where the question
        is its own follow-up, as for a line that nobody asked for, there is no other question to miss.
        """
        if follow_up is not None:
            if len(passage.words) < _WHOLE_STORY or follow_up == question:
                return Relevance(2, doubt=False)
            judged = self._relevance(self._scored(passage, question, kind), question, kind, parts, None)
            other = judged.off_topic + judged.other_question
            return replace(judged, level=max(judged.level, 1), off_topic=0.0, other_question=other)
        models = self._models
        topic = {}
        if passage.scores is not None:
            topic = topic_features(passage.scores, question, models.expected, models.topics)
        features = relevance_features(passage, question, parts, topic)
        return read_relevance(features, self._models, with_model=passage.scores is not None)

    def _filled(self, evidence: Evidence, found: Found, structure: Structure, passage: Passage) -> Evidence:
        """The evidence with KPIs, parts and steps. Of a KPI's equal mentions the one in the result is shown."""
        results = [passage.plain.span(segment.start, segment.end) for segment in structure.result_segments]
        goes_on = self._taken_up(found, structure, passage)
        best: dict[str, KpiReference] = {}
        for reference in (*found.references, *found.every):
            inside = any(_overlap(reference.span, result) for result in results)
            continued = reference.level is KpiLevel.QUANTIFIED and reference.kpi in goes_on
            placed = replace(reference, in_result=inside or continued)
            known = best.get(reference.kpi)
            if known is None or (placed.level, placed.in_result) > (known.level, known.in_result):
                best[reference.kpi] = placed
        return replace(
            evidence,
            kpis=tuple(sorted(best.values(), key=lambda reference: reference.span)),
            unclear_kpis=found.unclear,
            situation=structure.spans.get("situation"),
            task=structure.spans.get("task"),
            action=structure.spans.get("action"),
            result=structure.spans.get("result"),
            reflection=structure.spans.get("reflection"),
            steps=structure.steps,
        )

    def _taken_up(self, found: Found, structure: Structure, passage: Passage) -> frozenset[str]:
        """The KPIs that a result goes on about with a number alone: "from 71 …", and then "In the end it was 58"."""
        names = set()
        for mention in found.mentions:
            tracked = self._kpis.tracked[mention.kpi]
            others = [(other.start, other.end) for other in found.mentions if other.kpi != mention.kpi]
            for segment in structure.result_segments:
                if mention.start < segment.start and taken_up(tracked, others, passage.quantities, segment):
                    names.add(tracked.kpi.name)
        return frozenset(names)

    @property
    def kpi_reader(self) -> KpiReader:
        """The part that finds KPIs, for training."""
        return self._kpis


def _overlap(left: Span, right: Span) -> bool:
    return left.start < right.end and right.start < left.end


def _only_mentioned(references: Sequence[KpiReference]) -> tuple[KpiReference, ...]:
    """The references, those without a number levelled down: a pile uses nothing (guide, section 6)."""
    return tuple(
        reference if reference.level is KpiLevel.QUANTIFIED else replace(reference, level=KpiLevel.MENTIONED)
        for reference in references
    )
