"""Readiness for one role, to print before the day: a story for each question, KPIs without a number, three fixes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from prepbot.domain.role import Question
from prepbot.domain.story import Story
from prepbot.domain.story_fit import StoryMatrix

MOST_FIXES = 3


@dataclass(frozen=True, slots=True)
class StoryWords:
    """The sentences about a story bank, with gaps (knowledge/stories.toml)."""

    overused: str
    story: str
    number: str
    kpi: str
    question: str
    topic: str


@dataclass(frozen=True, slots=True)
class ReadyQuestion:
    """A bank question with the story to tell and the one to fall back on; None where there is none."""

    question: Question
    story: Story | None
    second: Story | None


@dataclass(frozen=True, slots=True)
class Readiness:
    """The page to print. `fixes` are at most three sentences; `notices` say what could not be looked at."""

    role_title: str
    questions: tuple[ReadyQuestion, ...]
    kpis_without_number: tuple[str, ...]
    fixes: tuple[str, ...]
    notices: tuple[str, ...] = ()

    @property
    def answered(self) -> int:
        """How many questions have a story."""
        return sum(row.story is not None for row in self.questions)


def readiness(
    role_title: str, found: StoryMatrix, directives: Mapping[str, str], words: StoryWords, notices: tuple[str, ...] = ()
) -> Readiness:
    """The page of one role. `directives` hold, by story id, the first thing to do about a story, where there is one."""
    rows = []
    for row in found.questions:
        first, second = (*(fit.story for fit in row.serving[:2]), None, None)[:2]
        rows.append(ReadyQuestion(row.question, first, second))
    fixes = tuple(islice(_fixes(found, directives, words), MOST_FIXES))
    return Readiness(role_title, tuple(rows), found.kpis_without_number, fixes, notices)


def overused_words(found: StoryMatrix, words: StoryWords) -> tuple[str, ...]:
    """A sentence for each story that is used for too much."""
    return tuple(words.overused.format(title=one.story.title, count=len(one.questions)) for one in found.overused)


def _fixes(found: StoryMatrix, directives: Mapping[str, str], words: StoryWords) -> Iterator[str]:
    """One fix of each sort in turn, so that three of them never say the same thing three times."""
    sorts = (_of_stories(found, directives, words), _of_kpis(found, words), _of_questions(found, words))
    # A story that is told too often gives way to gaps, and comes before their second round.
    first = [next(sort, None) for sort in sorts]
    later = chain.from_iterable(zip_longest(*sorts))
    return filter(None, chain(first, overused_words(found, words), later))


def _of_stories(found: StoryMatrix, directives: Mapping[str, str], words: StoryWords) -> Iterator[str]:
    """The stories that serve most questions first, of equals the one told worst."""
    used = sorted(found.stories, key=lambda story: (-len(found.best_for(story)), story.band))
    for story in used:
        if story.id in directives:
            yield words.story.format(title=story.title, directive=directives[story.id])


def _of_kpis(found: StoryMatrix, words: StoryWords) -> Iterator[str]:
    """The KPIs without a number: first those that a story refers to already."""
    without = [row for row in found.kpis if row.kpi in found.kpis_without_number]
    for row in sorted(without, key=lambda row: -(row.level or 0)):
        if row.level is None:
            yield words.kpi.format(kpi=row.kpi)
        else:
            yield words.number.format(kpi=row.kpi, title=found.stories[row.levels.index(row.level)].title)


def _of_questions(found: StoryMatrix, words: StoryWords) -> Iterator[str]:
    """The questions without a story, one of each topic before the second of any."""
    uncovered = found.uncovered_questions
    topics = [question.topics[:1] for question in uncovered]
    order = sorted(range(len(uncovered)), key=lambda at: topics[:at].count(topics[at]))
    for at in order:
        question = uncovered[at]
        template = words.topic if question.topics else words.question
        yield template.format(question=question.text, topic="".join(question.topics[:1]))
