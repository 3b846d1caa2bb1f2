"""Does a follow-up belong to its answer? Each is set against one asked of another answer to the same question.

Three figures, none of which the interviewer computes itself:
- nearness: shared content words plus the cosine of two MiniLM vectors, between the follow-up and the answer;
- nearness with the quotation taken out of the follow-up, so that quoting alone wins nothing;
- the hole: by the human labels of the answer, is what the follow-up asks for really missing?
A pair is won (1), lost (0) or even (a half). Intervals resample questions. The words are those of the voice that is
given, the written one by default; where a model's words are refused, the written form is judged, as it is heard.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from evals.answers import Scored
from evals.bootstrap import Figure, figure
from evals.interviews.label_holes import missing
from evals.labelled import LabelledAnswer
from evals.values import share
from prepbot.analysis.cues import word_list
from prepbot.analysis.words import form_key
from prepbot.domain.events import Answered, Assessed, MoveKind, Spoke, Started
from prepbot.domain.gap import REPLY_GAPS, Gap, gaps
from prepbot.domain.interview import Interview, fold
from prepbot.domain.moves import Probe
from prepbot.domain.plan import Length, Plan, PlannedQuestion, PlannedStage
from prepbot.domain.role import StageKind
from prepbot.domain.stage_profile import Interviewer
from prepbot.errors import ModelUnavailable
from prepbot.ports import Embedder, Voice
from prepbot.written_voice import WrittenVoice, written

WRITTEN = WrittenVoice.wording
_QUOTED = re.compile(r"“[^”]*”")
_SMALL_WORDS = word_list("english")


@dataclass(frozen=True, slots=True)
class Asked:
    """A labelled answer and the first follow-up that the interviewer puts to it; `wording` says who phrased it."""

    row: LabelledAnswer
    gap: Gap
    text: str
    wording: str = WRITTEN

    @property
    def masked(self) -> str:
        """The follow-up without the candidate's words."""
        return _QUOTED.sub("that", self.text)


@dataclass(frozen=True, slots=True)
class Pair:
    """An answer's own follow-up beside one asked of another answer to the same question."""

    asked: Asked
    swapped: Asked


def asked_of(scored: Sequence[Scored], voice: Voice | None = None) -> list[Asked]:
    """The first follow-up of every answer that gets one; one that only puts the question again is left out."""
    voice = voice or WrittenVoice()
    found = []
    for place, one in enumerate(scored):
        first = next(iter(gaps([one.evidence], [one.row.answer], one.row.kind)), None)
        if first is not None and first.kind not in REPLY_GAPS:
            move, interview = _room(one, first, place)
            try:
                found.append(Asked(one.row, first, "".join(voice.say(move, interview)), voice.wording))
            except ModelUnavailable:
                found.append(Asked(one.row, first, written(move, interview)))
    return found


def _room(one: Scored, gap: Gap, seed: int) -> tuple[Probe, Interview]:
    """The move, in an interview of one question."""
    question = PlannedQuestion("q", one.row.question, one.row.kind, ())
    room = PlannedStage(
        "Interview",
        StageKind.INTERVIEW,
        "",
        4,
        Interviewer("Noor", "", "", ""),
        "Hello.",
        "Thank you.",
        (question,),
        1,
        1,
    )
    interview: Interview = fold(
        enumerate(
            (
                Started(Plan("r", "Role", "", Length.DRILL, seed, (room,))),
                Spoke(MoveKind.ASK, 0, one.row.question, "q"),
                Answered(one.row.answer),
                Assessed(2, "rules", one.evidence),
            )
        )
    )
    return Probe(0, question, gap), interview


def pairs(asked: Sequence[Asked]) -> Iterator[Pair]:
    """Each follow-up with that of the next other answer to its question whose words differ."""
    by_question: dict[str, list[Asked]] = {}
    for one in asked:
        by_question.setdefault(one.row.question, []).append(one)
    for group in by_question.values():
        for place, one in enumerate(group):
            others = (*group[place + 1 :], *group[:place])
            other = next((o for o in others if o.text != one.text and o.row.answer != one.row.answer), None)
            if other is not None:
                yield Pair(one, other)


class Nearness:
    """How near a follow-up is to an answer: shared content words as a share of its own, plus the cosine of vectors."""

    def __init__(self, texts: Sequence[str], embedder: Embedder) -> None:
        known = tuple(dict.fromkeys(texts))
        vectors = np.asarray(embedder.embed(known))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        self._vectors = dict(zip(known, vectors / np.where(lengths > 0, lengths, 1), strict=True))

    def between(self, follow_up: str, answer: str) -> float:
        """From about 0 to 2."""
        asked, told = _content(follow_up), _content(answer)
        shared = len(asked & told) / len(asked) if asked else 0.0
        return shared + float(self._vectors[follow_up] @ self._vectors[answer])


def _content(text: str) -> set[str]:
    return {form for form in form_key(text) if form not in _SMALL_WORDS and len(form) > 2}


@dataclass(frozen=True)
class Contingency:
    """The pairs judged. `points` of a kind hold 1, a half or 0 for each pair."""

    asked: Sequence[Asked]
    pairs: Sequence[Pair]
    embedder: Embedder

    @cached_property
    def _nearness(self) -> Nearness:
        texts = [text for pair in self.pairs for one in (pair.asked, pair.swapped) for text in (one.text, one.masked)]
        return Nearness([*texts, *(pair.asked.row.answer for pair in self.pairs)], self.embedder)

    def points(self, *, masked: bool) -> list[float]:
        """Who is nearer to the answer, its own follow-up or the swapped one."""
        found = []
        for pair in self.pairs:
            own, other = (one.masked if masked else one.text for one in (pair.asked, pair.swapped))
            answer = pair.asked.row.answer
            found.append(_point(self._nearness.between(own, answer), self._nearness.between(other, answer)))
        return found

    def hole_points(self) -> list[float]:
        """Whose gap is a hole of the answer by its labels."""
        return [
            _point(missing(pair.asked.gap, pair.asked.row), missing(pair.swapped.gap, pair.asked.row))
            for pair in self.pairs
        ]

    def won(self, points: Sequence[float]) -> Figure:
        """The share of pairs won, even ones counted half."""
        return _share(points, [pair.asked.row.question for pair in self.pairs])

    def true_holes(self) -> dict[str, Figure]:
        """The share of follow-ups whose gap is a hole by the labels: of all, and by kind of gap."""
        found = {"all": _holes(self.asked)}
        for kind in sorted({one.gap.kind for one in self.asked}):
            found[kind.value] = _holes([one for one in self.asked if one.gap.kind is kind])
        return found

    def in_own_words(self) -> Figure:
        """The share of follow-ups in the voice's own words, where a model's may be refused."""
        points = [float(one.wording != WRITTEN) for one in self.asked]
        return _share(points, [one.row.question for one in self.asked])

    def figures(self) -> dict[str, Figure]:
        """The four figures by name."""
        return {
            "own follow-up is nearer than a swapped one": self.won(self.points(masked=False)),
            "the same with the quotation taken out": self.won(self.points(masked=True)),
            "own follow-up names a hole where the swapped one does not": self.won(self.hole_points()),
            "follow-up asks for what the labels lack": _holes(self.asked),
        }

    def worst(self) -> list[Asked]:
        """The follow-ups that ask for what the labels find in the answer, the richest answers first."""
        return sorted((one for one in self.asked if not missing(one.gap, one.row)), key=lambda one: -one.row.band)


def judged(scored: Sequence[Scored], embedder: Embedder, voice: Voice | None = None) -> Contingency:
    """Ask every answer its follow-up, in the written words or in those of a voice, and pair each with another's."""
    asked = asked_of(scored, voice)
    return Contingency(asked, tuple(pairs(asked)), embedder)


def _point(own: float, other: float) -> float:
    return 0.5 if own == other else float(own > other)


def _holes(asked: Sequence[Asked]) -> Figure:
    return _share([float(missing(one.gap, one.row)) for one in asked], [one.row.question for one in asked])


def _share(points: Sequence[float], questions: Sequence[str]) -> Figure:
    return figure(np.array([(point, 1.0) for point in points]), questions, share, len(points))
