"""Which questions and KPIs each story serves, where nothing covers, and which story is used for too much."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from prepbot.domain.evidence import KpiLevel
from prepbot.domain.role import Question
from prepbot.domain.story import Story


class FitLevel(IntEnum):
    """How well a story serves a question."""

    NONE = 0
    NEAR = 1
    CLOSE = 2

    @property
    def label(self) -> str:
        """The level in a word, for a table."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The nearness from which a story is close to a question, or near it (knowledge/stories.toml says why)."""

    close: float
    near: float

    def level(self, nearness: float) -> FitLevel:
        """The level of a nearness."""
        if nearness >= self.close:
            return FitLevel.CLOSE
        return FitLevel.NEAR if nearness >= self.near else FitLevel.NONE


@dataclass(frozen=True, slots=True)
class Fit:
    """One story beside one question. `score` ranks it: its nearness, and a little for how well it is told."""

    story: Story
    level: FitLevel
    nearness: float
    score: float


@dataclass(frozen=True, slots=True)
class StoryRules:
    """How fits are judged. `word_weight` is what shared words add to a cosine; `words_alone` serve without vectors.

    `band_weight` is what a band adds to the score, `most_questions` how many questions one story may be the best for.
    """

    word_weight: float
    band_weight: float
    with_vectors: Thresholds
    words_alone: Thresholds
    most_questions: int

    def fits(self, stories: Sequence[Story], nearness: Sequence[float], thresholds: Thresholds) -> tuple[Fit, ...]:
        """The fit of each story by its nearness to one question."""
        return tuple(
            Fit(story, thresholds.level(near), near, near + self.band_weight * story.band)
            for story, near in zip(stories, nearness, strict=True)
        )


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A bank question with the fit of every story, in the order of the stories."""

    question: Question
    fits: tuple[Fit, ...]

    @property
    def serving(self) -> tuple[Fit, ...]:
        """The stories that serve the question, best first."""
        return ranked(fit for fit in self.fits if fit.level)

    @property
    def best(self) -> Story | None:
        """The story to tell; None where none serves."""
        return next((fit.story for fit in self.serving), None)


@dataclass(frozen=True, slots=True)
class KpiRow:
    """A KPI of the role with its level in every story, in the order of the stories; None: the story lacks it."""

    kpi: str
    levels: tuple[KpiLevel | None, ...]

    @property
    def level(self) -> KpiLevel | None:
        """The highest level over all stories."""
        return max((level for level in self.levels if level is not None), default=None)


@dataclass(frozen=True, slots=True)
class Overused:
    """A story that is the best one for too many questions."""

    story: Story
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class StoryMatrix:
    """Stories by questions and by KPIs. `most_questions` is how many one story may be the best for."""

    stories: tuple[Story, ...]
    questions: tuple[QuestionRow, ...]
    kpis: tuple[KpiRow, ...]
    most_questions: int

    @property
    def uncovered_questions(self) -> tuple[Question, ...]:
        """The questions that no story serves, in the page's order."""
        return tuple(row.question for row in self.questions if row.best is None)

    @property
    def uncovered_kpis(self) -> tuple[str, ...]:
        """The KPIs that no story refers to, in the page's order."""
        return tuple(row.kpi for row in self.kpis if row.level is None)

    @property
    def kpis_without_number(self) -> tuple[str, ...]:
        """The KPIs that no story gives a number, in the page's order."""
        return tuple(row.kpi for row in self.kpis if row.level is not KpiLevel.QUANTIFIED)

    @property
    def overused(self) -> tuple[Overused, ...]:
        """The stories that are the best one for too many questions, the most used first."""
        found = (Overused(story, self.best_for(story)) for story in self.stories)
        over = (one for one in found if len(one.questions) > self.most_questions)
        return tuple(sorted(over, key=lambda one: -len(one.questions)))

    def best_for(self, story: Story) -> tuple[Question, ...]:
        """The questions that a story is the best one for."""
        return tuple(row.question for row in self.questions if row.best == story)


def matrix(
    stories: Sequence[Story],
    questions: Sequence[Question],
    kpis: Sequence[str],
    fits: Sequence[tuple[Fit, ...]],
    most_questions: int,
) -> StoryMatrix:
    """The matrix of a story bank; `fits[q]` holds the fit of every story to question q."""
    rows = tuple(QuestionRow(question, row) for question, row in zip(questions, fits, strict=True))
    columns = tuple(KpiRow(kpi, tuple(story.level_of(kpi) for story in stories)) for kpi in kpis)
    return StoryMatrix(tuple(stories), rows, columns, most_questions)


def ranked(fits: Iterable[Fit]) -> tuple[Fit, ...]:
    """The fits, best first; of equals the one that stands first."""
    return tuple(sorted(fits, key=lambda fit: fit.score, reverse=True))


def word_shares(
    questions: Sequence[frozenset[str]], stories: Sequence[frozenset[str]]
) -> tuple[tuple[float, ...], ...]:
    """For each question the share of its words that each story holds, from 0 to 1.

    A word counts the less the more of the questions hold it: "e-commerce" tells nothing apart on its own page.
    """
    common = Counter(word for words in questions for word in words)
    return tuple(
        tuple(_weight(words & story, common) / (_weight(words, common) or 1.0) for story in stories)
        for words in questions
    )


def _weight(words: frozenset[str], common: Counter[str]) -> float:
    return sum(1 / common[word] for word in sorted(words))
