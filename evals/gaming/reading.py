"""Reads an answer to a band, and tells cheaply where an addition leaves the answer as it was."""

from dataclasses import dataclass

from evals.gaming.cases import ROLE
from evals.labelled import LabelledAnswer, role_texts
from evals.readings import rules_analyst
from prepbot.analysis.analyst import RulesAnalyst
from prepbot.analysis.answer_model import AnswerModel
from prepbot.analysis.gaming import remaining, sift, word_flags
from prepbot.analysis.normalise import normalise
from prepbot.analysis.sentences import segments_of
from prepbot.domain.evidence import HARD_FLAGS, Evidence, Flag, Span
from prepbot.domain.rubric import Grade, grade
from prepbot.ports import AnswerScorer
from prepbot.retrieval.embedding import MiniLmEmbedder


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in a text; band 0 where it was not graded."""

    text: str
    evidence: Evidence
    band: int

    @property
    def aside(self) -> tuple[Span, ...]:
        """The spans set aside."""
        return self.evidence.set_aside

    @property
    def shown(self) -> frozenset[str]:
        """The parts and the KPIs with their levels, as words."""
        found = {part.value for part in self.evidence.parts} | ({"reflection"} if self.evidence.reflection else set())
        return frozenset(found | {f"{kpi.kpi} {kpi.level.label}" for kpi in self.evidence.kpis})


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What of a text is read: its sentences after sifting, and the flags that gate it."""

    sentences: tuple[str, ...]
    gates: frozenset[Flag]


class Reader:
    """One analyst for the role of all base answers: the one given, else one on an answer model."""

    def __init__(self, scorer: AnswerScorer | None = None, analyst: RulesAnalyst | None = None) -> None:
        self.scorer = scorer
        self._analyst = analyst
        self._plain: dict[str, Reading] = {}
        self._left: dict[str, LeftOver] = {}

    def read(self, row: LabelledAnswer, text: str) -> Reading:
        """The reading of `text` as an answer to the question of `row`."""
        evidence = self._built(row).analyse(row.question, row.kind, text)
        graded = grade(evidence)
        return Reading(text, evidence, graded.band if isinstance(graded, Grade) else 0)

    def plain(self, row: LabelledAnswer) -> Reading:
        """The reading of the answer as it was given, once."""
        if row.id not in self._plain:
            self._plain[row.id] = self.read(row, row.answer)
        return self._plain[row.id]

    def left_over(self, row: LabelledAnswer, text: str) -> LeftOver:
        """What the analyst goes on to read in `text`."""
        plain = normalise(text)
        sifted = sift(segments_of(plain.text), row.question, self._built(row).page)
        kept = " ".join(segment.text for segment in sifted.kept)
        _, segments = remaining(plain, sifted)
        gates = (sifted.flags | word_flags(kept, row.question)) & HARD_FLAGS
        return LeftOver(tuple(segment.text for segment in segments), gates)

    def same_as_plain(self, row: LabelledAnswer, text: str) -> bool:
        """Whether what is read in `text` is, sentence for sentence, what is read in the answer as it was given."""
        if row.id not in self._left:
            self._left[row.id] = self.left_over(row, row.answer)
        return self.left_over(row, text) == self._left[row.id]

    def _built(self, row: LabelledAnswer) -> RulesAnalyst:
        if row.role != ROLE:
            raise ValueError(f"the base answer {row.id} is of role {row.role}, not {ROLE}")
        if self._analyst is None:
            self._analyst = rules_analyst(role_texts(row, (row,)), self.scorer or AnswerModel(MiniLmEmbedder()))
        return self._analyst


def set_aside(text: str, question: str) -> tuple[str, ...]:
    """The words of `text` that are set aside before it is read, cut out of the text as it was given."""
    plain = normalise(text)
    return tuple(plain.span(s.start, s.end).cut(text) for s in sift(segments_of(plain.text), question).set_aside)
