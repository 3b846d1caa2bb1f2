"""The use case of the story bank: keep stories, see which questions and KPIs they serve, and whether one is ready."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from uuid import uuid4

from prepbot.candidate_ports import StoredStory, Surface
from prepbot.coaching import fixes
from prepbot.domain.echo import first_words
from prepbot.domain.evidence import Evidence
from prepbot.domain.plan import PlannedQuestion
from prepbot.domain.readiness import Readiness, StoryWords, overused_words, readiness
from prepbot.domain.report import Fix
from prepbot.domain.role import Question, QuestionKind, Role
from prepbot.domain.story import Origin, Story
from prepbot.domain.story_fit import Fit, StoryMatrix, StoryRules, matrix, ranked, word_shares
from prepbot.errors import BadInput, NotFound
from prepbot.interviewer import MAX_ANSWER
from prepbot.nearness import cosines
from prepbot.ports import Analyst, Clock, Embedder, Store

MAX_TITLE = 80
MOST_SUGGESTED = 2

_ASKED = "Tell me about something you did."
_KIND = QuestionKind.PAST_BEHAVIOUR
_MOST_READ = 500  # evidence of stories read for another role's page, kept while the process lives


class StoryBank:
    """The candidate's stories. They belong to the candidate: each role reads them for its own KPIs.

    `embedder` is None where there is none; shared words decide alone then.
    """

    def __init__(
        self,
        store: Store,
        analyst_for: Callable[[Role], Analyst],
        surface: Surface,
        clock: Clock,
        rules: StoryRules,
        words: StoryWords,
        embedder: Embedder | None = None,
    ) -> None:
        self._store = store
        self._analyst_for = analyst_for
        self._surface = surface
        self._clock = clock
        self._rules = rules
        self._words = words
        self._embedder = embedder
        self._read: dict[tuple[str, str, str], Evidence] = {}

    def all(self, role: Role) -> tuple[Story, ...]:
        """Every story, oldest first, read for `role`."""
        return tuple(replace(kept.story, evidence=self._evidence(role, kept)) for kept in self._store.stories())

    def add(self, role: Role, text: str, title: str = "") -> Story:
        """Keep a written story; without a title its first words serve. Raises BadInput for an empty or a long one."""
        return self._keep(role, Story(_new_id(), title, text, Evidence(0, 0)))

    def add_answer(self, role: Role, question: str, answers: Sequence[str], title: str = "") -> Story:
        """Keep an answer from a transcript, with those to its follow-ups. Raises BadInput as `add` does."""
        story = Story(_new_id(), title, _joined(answers), Evidence(0, 0), Origin.ANSWER, question)
        return self._keep(role, story)

    def of_answers(self, answers: Sequence[str]) -> tuple[Story, ...]:
        """The stories that were kept from these answers and still have their words, as they were read then."""
        text = _joined(answers)
        kept = (stored.story for stored in self._store.stories())
        return tuple(story for story in kept if story.origin is Origin.ANSWER and story.text == text)

    def change(self, role: Role, story_id: str, text: str, title: str = "") -> Story:
        """Put a story in other words. Raises NotFound, and BadInput as `add` does."""
        kept = next((kept for kept in self._store.stories() if kept.story.id == story_id), None)
        if kept is None:
            raise NotFound(f"No story {story_id} is stored here; choose one from the list.")
        return self._keep(role, replace(kept.story, title=title, text=text), kept)

    def remove(self, story_id: str) -> None:
        """Forget a story. Raises NotFound."""
        self._store.remove_story(story_id)

    def matrix(self, role: Role) -> StoryMatrix:
        """Stories by the role's bank questions and KPIs."""
        stories = self.all(role)
        fits = self._fits([_worded(question) for question in role.questions], stories)
        return matrix(stories, role.questions, [kpi.name for kpi in role.kpis], fits, self._rules.most_questions)

    def suggested(self, role: Role, question: Question | PlannedQuestion) -> tuple[Fit, ...]:
        """The stories that fit a question before it is drilled, at most two, best first."""
        stories = self.all(role)
        # Beside the rest of the bank, so that a word of every question counts as little as it does there.
        bank = [_worded(other) for other in role.questions if other.id != question.id]
        fits = self._fits([_worded(question), *bank], stories)[0]
        return ranked(fit for fit in fits if fit.level)[:MOST_SUGGESTED]

    def overused(self, found: StoryMatrix) -> tuple[str, ...]:
        """A sentence for each story that is used for too much."""
        return overused_words(found, self._words)

    def readiness(self, role: Role) -> Readiness:
        """The page to print before the real day."""
        found = self.matrix(role)
        directives = {story.id: fix.directive for story in found.stories if (fix := first_fix(story))}
        notices = tuple(self._notices(role, found))
        return readiness(role.title, found, directives, self._words, notices)

    def _keep(self, role: Role, story: Story, before: StoredStory | None = None) -> Story:
        text = story.text.strip()
        if not text:
            raise BadInput("The story is empty; write what happened, what you did and what came of it.")
        if len(text) > MAX_ANSWER:
            raise BadInput(
                f"The story has {len(text):,} characters; {MAX_ANSWER:,} are read. Shorten it and save again."
            )
        analyst = self._analyst_for(role)
        title = " ".join(story.title.split())[:MAX_TITLE] or first_words(text)[:MAX_TITLE] or text[:MAX_TITLE]
        whole = replace(story, title=title, text=text, evidence=_analysed(analyst, text))
        at = before.at if before else self._clock.now()
        self._store.save_story(StoredStory(whole, role.sha256, analyst.engine, at))
        return whole

    def _evidence(self, role: Role, kept: StoredStory) -> Evidence:
        """What a story shows for a role: as stored where it was read for that page, else read now."""
        analyst = self._analyst_for(role)
        if (kept.role_sha256, kept.engine) == (role.sha256, analyst.engine):
            return kept.story.evidence
        key = (role.sha256, analyst.engine, kept.story.text)
        if key not in self._read:
            if len(self._read) >= _MOST_READ:
                self._read.clear()
            self._read[key] = _analysed(analyst, kept.story.text)
        return self._read[key]

    def _fits(self, questions: Sequence[str], stories: Sequence[Story]) -> list[tuple[Fit, ...]]:
        """The fit of every story to each question."""
        rules, texts = self._rules, [story.text for story in stories]
        nearness = word_shares(
            [self._surface.content(question) for question in questions], [self._surface.content(text) for text in texts]
        )
        near, thresholds = cosines(self._embedder, questions, texts), rules.words_alone
        if near is not None:
            thresholds = rules.with_vectors
            nearness = tuple(
                tuple(cosine + rules.word_weight * share for cosine, share in zip(row, shares, strict=True))
                for row, shares in zip(near, nearness, strict=True)
            )
        return [rules.fits(stories, row, thresholds) for row in nearness]

    @staticmethod
    def _notices(role: Role, found: StoryMatrix) -> Iterator[str]:
        if not found.stories:
            yield "There is no story yet; write one, or save an answer from a transcript as a story."
        if not role.kpis:
            yield f"The page of {role.title} names no KPIs, so none can be looked for."
        if not role.questions:
            yield f"The page of {role.title} has no question bank, so stories cannot be matched to questions."


def first_fix(story: Story) -> Fix | None:
    """The first thing to do about a story; None where the rubric leaves nothing open or cannot grade it."""
    kpis = [reference.kpi for reference in story.evidence.unclear_kpis]
    return next(iter(fixes(story.evidence, [story.text], _KIND, kpis)), None)


def _joined(answers: Sequence[str]) -> str:
    return "\n\n".join(answer.strip() for answer in answers if answer.strip())


def _new_id() -> str:
    return uuid4().hex[:12]


def _analysed(analyst: Analyst, text: str) -> Evidence:
    """A story answers no question yet, so whether it is to the point is not asked: it is read as a reply is."""
    return analyst.analyse(_ASKED, _KIND, text, follow_up=_ASKED)


def _worded(question: Question | PlannedQuestion) -> str:
    return f"{question.text} {', '.join(question.topics)}"
