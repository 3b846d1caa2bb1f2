"""The story bank: which questions and KPIs a story serves, the two to tell, and how ready somebody is."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.analysis.surface import PlainSurface
from prepbot.domain.evidence import Evidence, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.readiness import MOST_FIXES, readiness
from prepbot.domain.role import Role
from prepbot.domain.story import Origin, Story
from prepbot.domain.story_fit import Fit, FitLevel, StoryMatrix, matrix, word_shares
from prepbot.errors import BadInput, ModelUnavailable, NotFound
from prepbot.ports import Embedder, Vectors
from prepbot.reading.library import find_role
from prepbot.reading.resume_rules import load_resume_rules
from prepbot.reading.story_rules import load_story_rules
from prepbot.retrieval.embedding import MiniLmEmbedder
from prepbot.storage.memory import MemoryStore
from prepbot.stories import MAX_TITLE, StoryBank
from prepbot.wiring import SystemClock, analysts
from tests.examples import KPIS, references, role

RULES, WORDS = load_story_rules()
CHECKOUT = (
    "At our web shop many people filled a cart and left. I had to keep them. I cut the checkout to one page and let "
    "guests pay. The cart abandonment rate fell from 78% to 64% within three months. I should have asked buyers first."
)
REVIEWS = (
    "A customer left an angry review about a broken lamp. I called her the same day, apologised for the complaint, "
    "sent a new lamp and answered her review in public. She changed it."
)


def _bank(store: MemoryStore | None = None, embedder: Embedder | None = None) -> StoryBank:
    surface = PlainSurface(load_resume_rules().verbs)
    return StoryBank(store or MemoryStore(), analysts(None), surface, SystemClock(), RULES, WORDS, embedder)


def _seed() -> Role:
    return find_role("ecommerce-specialist")[0]


def _story(name: str, *kpis: tuple[str, KpiLevel], whole: bool = False) -> Story:
    span = Span(0, 5)
    said = tuple(KpiReference(kpi, level, span) for kpi, level in kpis)
    evidence = Evidence(words=60, relevance=2, kpis=said, action=span, steps=(span,), ownership=Ownership.I)
    if whole:
        evidence = replace(evidence, situation=span, task=span, result=span)
    return Story(name, name.title(), f"{name} is a story.", evidence)


def _matrix(stories: Sequence[Story], nearness: Sequence[Sequence[float]], of: Role | None = None) -> StoryMatrix:
    """The matrix of a role with as many questions as `nearness` has rows."""
    one = of or role(questions=len(nearness))
    fits = [RULES.fits(stories, row, RULES.with_vectors) for row in nearness]
    return matrix(stories, one.questions, [kpi.name for kpi in one.kpis], fits, RULES.most_questions)


def test_a_level_is_by_nearness() -> None:
    """A story is close, near or neither by the thresholds of knowledge/stories.toml."""
    levels = [RULES.with_vectors.level(near) for near in (RULES.with_vectors.close, RULES.with_vectors.near, 0.1)]
    assert levels == [FitLevel.CLOSE, FitLevel.NEAR, FitLevel.NONE]


def test_the_matrix_shows_gaps() -> None:
    """Questions that no story is near, KPIs that none refers to, and KPIs without a number are named."""
    stories = [_story("till", (KPIS[0], KpiLevel.USED)), _story("window")]
    found = _matrix(stories, [[0.5, 0.1], [0.1, 0.1], [0.3, 0.4]])
    assert [question.id for question in found.uncovered_questions] == ["q01"]
    assert found.uncovered_kpis == (KPIS[1],)
    assert found.kpis_without_number == KPIS
    assert [row.levels for row in found.kpis] == [(KpiLevel.USED, None), (None, None)]
    assert [row.best and row.best.id for row in found.questions] == ["till", None, "window"]


def test_of_stories_as_near_the_better_told_comes_first() -> None:
    """A complete story with a KPI goes before a thin one that is as near, and not before one that is much nearer."""
    thin, complete = _story("thin"), _story("whole", (KPIS[0], KpiLevel.USED), whole=True)
    assert complete.band > thin.band
    row = _matrix([thin, complete], [[0.40, 0.39], [0.60, 0.39]]).questions
    assert [[fit.story.id for fit in one.serving] for one in row] == [["whole", "thin"], ["thin", "whole"]]


def test_a_story_for_too_much_is_named() -> None:
    """The best story of more questions than the rule allows is overused; at the limit it is not."""
    stories = [_story("till"), _story("window")]
    limit = RULES.most_questions
    assert _matrix(stories, [[0.9, 0.1]] * limit + [[0.1, 0.9]]).overused == ()
    (over,) = _matrix(stories, [[0.9, 0.1]] * (limit + 1) + [[0.1, 0.9]]).overused
    assert (over.story.id, len(over.questions)) == ("till", limit + 1)


def test_three_fixes_are_of_different_sorts() -> None:
    """A story's own fix, a KPI without a number and a question without a story come before any second of a sort."""
    stories = [_story("till", (KPIS[1], KpiLevel.USED)), _story("window")]
    page = readiness("Shopkeeper", _matrix(stories, [[0.5, 0.1], [0.1, 0.1]]), {"till": "Say what came of it."}, WORDS)
    assert page.fixes == (
        "“Till”: Say what came of it.",
        f"Put your own number to {KPIS[1]} in “Till”.",
        "Write a story on Sales; none answers “What about matter 1?” yet.",
    )
    assert page.answered == 1


def test_questions_without_a_story_take_turns_by_topic() -> None:
    """Of many gaps each topic's first is named before any topic's second."""
    of = replace(role(questions=7), kpis=())
    page = readiness("Shopkeeper", _matrix([], [[]] * 7, of), {}, WORDS)
    assert [fix.split(";")[0] for fix in page.fixes] == [
        "Write a story on Experience",
        "Write a story on Sales",
        "Write a story on Metrics",
    ]


_STORIES = st.lists(
    st.builds(
        lambda n, kpis: replace(_story(f"s{n}"), evidence=replace(_story("s").evidence, kpis=tuple(kpis))),
        st.integers(0, 9),
        st.lists(references, max_size=2),
    ),
    max_size=4,
    unique_by=lambda story: story.id,
)


@given(st.data(), _STORIES, st.integers(0, 8))
def test_any_bank_adds_up(data: st.DataObject, stories: list[Story], questions: int) -> None:
    """Each question has a best story or is a gap, never both; a page never holds more than three fixes, none twice."""
    near = st.floats(-1, 1.2)
    rows = [[data.draw(near) for _ in stories] for _ in range(questions)]
    found = _matrix(stories, rows)
    served = sum(len(found.best_for(story)) for story in stories)
    assert served + len(found.uncovered_questions) == questions
    assert set(found.uncovered_kpis) <= set(found.kpis_without_number)
    page = readiness("Shopkeeper", found, {}, WORDS)
    assert page.answered == served
    assert len(set(page.fixes)) == len(page.fixes) <= MOST_FIXES
    assert all(row.second is None or row.story is not None for row in page.questions)


def test_a_common_word_weighs_less() -> None:
    """A word of every question tells two questions apart less than a word of one."""
    questions = [frozenset({"shop", "checkout"}), frozenset({"shop", "review"})]
    shares = word_shares(questions, [frozenset({"checkout", "page"}), frozenset({"shop"})])
    assert shares[0][0] > shares[0][1] > 0
    assert shares[1] == (0.0, shares[0][1])
    assert word_shares([frozenset()], [frozenset({"shop"})]) == ((0.0,),)


@pytest.mark.parametrize("embedder", [None, MiniLmEmbedder()], ids=["words", "vectors"])
def test_the_right_story_is_suggested(embedder: Embedder | None) -> None:
    """Before a question on complaints or on the checkout, the story about it comes first, with and without vectors."""
    bank, of = _bank(embedder=embedder), _seed()
    for text in (CHECKOUT, REVIEWS):
        bank.add(of, text)
    asked = {question.topics[0]: question for question in of.questions}
    for topic, text in (("Customer Service", REVIEWS), ("Checkout Process", CHECKOUT)):
        suggested = bank.suggested(of, asked[topic])
        assert suggested[0].story.text == text
        assert len(suggested) <= 2
    assert bank.suggested(of, asked["Security"]) == ()


def test_a_story_is_read_like_an_answer() -> None:
    """A kept story has its parts, its KPI with a number, and who acted; without a title its first words serve."""
    store = MemoryStore()
    story = _bank(store).add(_seed(), f"  {CHECKOUT}\n")
    assert story.text == CHECKOUT
    assert story.title == "At our web shop many people filled a cart and left"
    assert story.level_of("Cart Abandonment Rate") is KpiLevel.QUANTIFIED
    assert story.evidence.action is not None
    assert story.evidence.ownership is Ownership.I
    assert story.band >= 3
    assert _bank(store).all(_seed()) == (story,)


def test_an_answer_becomes_a_story() -> None:
    """An answer and those to its follow-ups are one story, which remembers its question."""
    story = _bank().add_answer(_seed(), "What went wrong?", [CHECKOUT, " ", "I also asked the support team."])
    assert story.text == f"{CHECKOUT}\n\nI also asked the support team."
    assert (story.origin, story.question) == (Origin.ANSWER, "What went wrong?")


def test_an_answer_given_twice_stands_once() -> None:
    """The same words said to a question and to its follow-up are told once, and the story is found by its answers."""
    bank = _bank()
    story = bank.add_answer(_seed(), "What went wrong?", [CHECKOUT, f" {CHECKOUT}"])
    assert story.text == CHECKOUT
    assert bank.of_answers([CHECKOUT, CHECKOUT]) == (story,)
    assert bank.of_answers([REVIEWS]) == ()


def test_a_story_is_read_for_each_role() -> None:
    """A story kept for one role shows another role's KPIs there, and the first one's here as before."""
    bank, here, there = _bank(), _seed(), find_role("warehouse-supervisor")[0]
    bank.add(here, f"{CHECKOUT} Our pick accuracy rose to 99%.")
    assert [story.level_of("Pick Accuracy") for story in bank.all(there)] == [KpiLevel.QUANTIFIED]
    assert [story.level_of("Pick Accuracy") for story in bank.all(here)] == [None]


def test_a_story_can_be_changed_and_removed() -> None:
    """A changed story keeps its place and its origin and is read anew; a removed one is gone."""
    bank, of = _bank(), _seed()
    first = bank.add_answer(of, "What went wrong?", [REVIEWS], "Lamp")
    second = bank.add(of, CHECKOUT)
    changed = bank.change(of, first.id, CHECKOUT, "  Check\nout ")
    assert (changed.title, changed.origin, changed.level_of("Cart Abandonment Rate")) == (
        "Check out",
        Origin.ANSWER,
        KpiLevel.QUANTIFIED,
    )
    assert bank.all(of) == (changed, second)
    bank.remove(first.id)
    assert bank.all(of) == (second,)
    with pytest.raises(NotFound):
        bank.change(of, first.id, CHECKOUT)


@pytest.mark.parametrize(("text", "said"), [(" \n", "is empty"), ("x" * 20_001, "20,001 characters")])
def test_a_story_that_cannot_be_read_is_refused(text: str, said: str) -> None:
    """An empty and an endless story are refused with a sentence, and nothing is kept."""
    bank = _bank()
    with pytest.raises(BadInput, match=said):
        bank.add(_seed(), text)
    assert bank.all(_seed()) == ()


@pytest.mark.parametrize("text", ["?", "Why?", "y" * 300, "«»"])
def test_any_story_has_a_title(text: str) -> None:
    """A story without a sentence to take its title from still has one, never too long."""
    assert 0 < len(_bank().add(_seed(), text).title) <= MAX_TITLE


def test_a_bare_role_page_leads_somewhere() -> None:
    """A page without KPIs and with one question, and a bank without stories, each give a page and a sentence."""
    bare = replace(role(questions=1), kpis=())
    bank = _bank()
    empty = bank.readiness(bare)
    assert len(empty.questions) == 1
    assert [notice for notice in empty.notices if "no story yet" in notice]
    assert [notice for notice in empty.notices if "names no KPIs" in notice]
    assert empty.fixes == ("Write a story on Experience; none answers “What about matter 0?” yet.",)
    bank.add(bare, CHECKOUT)
    assert bank.readiness(bare).notices == ("The page of Shopkeeper names no KPIs, so none can be looked for.",)
    assert "no question bank" in bank.readiness(replace(bare, questions=())).notices[-1]


def test_readiness_names_what_the_rubric_misses() -> None:
    """The first fix is a coach's, about the story that is told most."""
    bank, of = _bank(), _seed()
    bank.add(of, REVIEWS, "The lamp")
    ready = bank.readiness(of)
    assert ready.fixes[0].startswith("“The lamp”: ")
    assert len(ready.fixes) == MOST_FIXES
    assert ready.kpis_without_number == tuple(kpi.name for kpi in of.kpis)


class _NoModel:
    """An embedding model that fails."""

    name = "none"
    version = "0"

    def embed(self, texts: Sequence[str]) -> Vectors:
        raise ModelUnavailable(f"No model for {len(texts)} texts.")


def test_words_take_over_where_the_model_fails() -> None:
    """A bank whose model fails judges by words, as one without a model does."""
    without, failing = _bank(), _bank(embedder=_NoModel())
    for bank in (without, failing):
        bank.add(_seed(), REVIEWS)

    def levels(bank: StoryBank) -> list[list[FitLevel]]:
        def of(fits: tuple[Fit, ...]) -> list[FitLevel]:
            return [fit.level for fit in fits]

        return [of(row.fits) for row in bank.matrix(_seed()).questions]

    assert levels(without) == levels(failing)
    assert any(FitLevel.CLOSE in row for row in levels(failing))
