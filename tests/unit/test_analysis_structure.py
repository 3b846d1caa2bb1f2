"""Structure, ownership and relevance of whole answers."""

import pytest

from evals.training.out_of_fold import OutOfFold
from prepbot.analysis.analyst import MAX_CHARACTERS, RulesAnalyst
from prepbot.analysis.answer_model import AnswerModel
from prepbot.analysis.ownership import acted
from prepbot.domain.evidence import Flag, Ownership, Part
from prepbot.domain.role import QuestionKind
from prepbot.reading.catalogue import load_metrics, track
from prepbot.reading.library import find_role
from prepbot.retrieval.embedding import MiniLmEmbedder

CHECKOUT = "How would you ensure a seamless checkout process for customers on an e-commerce website?"
STORY = (
    "At a small tea shop in Leeds half of the buyers gave up on the address form. I was asked to fix that before "
    "Christmas. I removed six fields, added guest checkout and tested it with ten customers. Cart abandonment fell "
    "from 74 to 61 percent. In hindsight I should have told the support team earlier."
)


@pytest.fixture(scope="module", params=["model", "words"])
def shop(request: pytest.FixtureRequest) -> RulesAnalyst:
    """The shop role's analyst, once with the answer model and once by words alone."""
    role, _ = find_role("ecommerce-specialist")
    scorer = AnswerModel(MiniLmEmbedder()) if request.param == "model" else None
    return RulesAnalyst.for_role(role, track(role.kpis, load_metrics()), scorer)


def test_a_complete_story_shows_all_parts_in_their_sentences(shop: RulesAnalyst) -> None:
    """Each part of a complete story is found where it stands, and the reflection too."""
    evidence = shop.analyse(CHECKOUT, QuestionKind.HYPOTHETICAL, STORY)
    assert evidence.parts == frozenset(Part)
    assert evidence.task is not None
    assert evidence.task.cut(STORY).startswith("I was asked")
    assert evidence.action is not None
    assert "removed six fields" in evidence.action.cut(STORY)
    assert evidence.result is not None
    assert "fell from 74" in evidence.result.cut(STORY)
    assert evidence.reflection is not None
    assert "In hindsight" in evidence.reflection.cut(STORY)


def test_the_parts_that_are_taken_out_are_gone(shop: RulesAnalyst) -> None:
    """Without its result and its look back the same story lacks just these."""
    shorter = STORY[: STORY.index("Cart abandonment")].strip()
    evidence = shop.analyse(CHECKOUT, QuestionKind.HYPOTHETICAL, shorter)
    assert evidence.result is None
    assert evidence.reflection is None
    assert evidence.action is not None


def test_opinions_are_no_action(shop: RulesAnalyst) -> None:
    """Praise of oneself and of the subject shows no action and no step."""
    answer = "A good checkout is very important. I am a passionate team player and customers always love my work."
    evidence = shop.analyse(CHECKOUT, QuestionKind.HYPOTHETICAL, answer)
    assert evidence.action is None
    assert evidence.steps == ()


def test_a_kpi_number_in_the_result_says_so(shop: RulesAnalyst) -> None:
    """A quantified KPI that stands in the result is marked as standing there."""
    evidence = shop.analyse(CHECKOUT, QuestionKind.HYPOTHETICAL, STORY)
    [reference] = [kpi for kpi in evidence.kpis if kpi.kpi == "Cart Abandonment Rate"]
    assert reference.in_result


@pytest.mark.parametrize(
    ("answer", "owner"),
    [
        ("I rewrote the pages, moved the button and called the agency.", Ownership.I),
        ("We rewrote the pages and I think we tested them well.", Ownership.WE),
        ("I wrote the plan. We tested it.", Ownership.I),
        ("Rewrite the pages, move the button, test it.", Ownership.NONE),
        ("The pages were rewritten by an agency.", Ownership.NONE),
    ],
)
def test_the_subject_of_the_actions_owns_them(shop: RulesAnalyst, answer: str, owner: Ownership) -> None:
    """The majority of "I" and "we" before action verbs decides; thinking is no acting; a tie goes to "I"."""
    assert shop.analyse(CHECKOUT, QuestionKind.HYPOTHETICAL, answer).ownership is owner


def test_an_answer_to_another_question_is_doubted_not_wiped_out() -> None:
    """Speaking of stock when asked about checkout lowers relevance and keeps the evidence."""
    role, _ = find_role("ecommerce-specialist")
    analyst = RulesAnalyst.for_role(role, track(role.kpis, load_metrics()), AnswerModel(MiniLmEmbedder()))
    answer = (
        "I read two newsletters about online retail every week, listen to a podcast on the train and go to a meetup "
        "each spring. New tools I try on a test shop of my own first, and once a month I tell my colleagues about them."
    )
    asked = analyst.analyse(
        "How do you stay updated with the latest trends and technologies in e-commerce?", QuestionKind.KNOWLEDGE, answer
    )
    other = analyst.analyse(CHECKOUT, QuestionKind.HYPOTHETICAL, answer)
    assert (asked.relevance, other.relevance) == (2, 1)
    assert Flag.OFF_TOPIC_DOUBT in other.flags
    assert other.action is not None


def test_a_reply_to_a_follow_up_is_not_doubted(shop: RulesAnalyst) -> None:
    """A short reply to a probe is read with the question before it and never called off topic."""
    evidence = shop.analyse(CHECKOUT, QuestionKind.HYPOTHETICAL, "It fell from 74 to 61 percent.", "What changed?")
    assert evidence.relevance == 2


def test_a_whole_story_told_to_a_follow_up_is_doubted_where_it_is_beside_the_question() -> None:
    """A long reply is judged against the question itself, and never as off topic."""
    role, _ = find_role("ecommerce-specialist")
    analyst = RulesAnalyst.for_role(role, track(role.kpis, load_metrics()), AnswerModel(MiniLmEmbedder()))
    story = (
        "In March we had forty wrong parcels in a week. I counted the shelves myself, found two bays swapped in the "
        "warehouse list, and had every bay labelled again by Friday. Since then the stock count has been right to "
        "within three pieces, and I do one bay each morning so that it stays like that."
    )
    asked = "When could you start, and what does that date depend on?"
    evidence = analyst.analyse(asked, QuestionKind.BACKGROUND, story, "What was the first thing you did?")
    assert evidence.relevance == 1
    assert Flag.OFF_TOPIC_DOUBT in evidence.flags


def test_scores_of_another_model_change_nothing() -> None:
    """Scores that the coefficients were not fitted on are left aside: words and cues decide alone."""
    role, _ = find_role("ecommerce-specialist")
    tracked = track(role.kpis, load_metrics())
    strange = RulesAnalyst.for_role(role, tracked, OutOfFold("answer-model", "another", {}))
    words = RulesAnalyst.for_role(role, tracked, None)
    args = (CHECKOUT, QuestionKind.HYPOTHETICAL, STORY)
    assert strange.analyse(*args) == words.analyse(*args)


def test_only_the_beginning_of_a_book_is_read(shop: RulesAnalyst) -> None:
    """A pasted book is read up to the limit and no further."""
    evidence = shop.analyse(CHECKOUT, QuestionKind.HYPOTHETICAL, "I packed box number nine today. " * 3000)
    spans = [span for span in (evidence.action, *evidence.set_aside) if span]
    assert all(span.end <= MAX_CHARACTERS for span in spans)


def test_an_act_and_its_result_in_one_sentence_are_both_read(shop: RulesAnalyst) -> None:
    """What "I" did before ", and" is the action of a sentence that goes on to its result."""
    told = (
        "At my last shop we had many carts left behind. I moved the delivery cost to the product page and wrote a "
        "reminder mail, and cart abandonment fell from 77 to 66 percent within a month."
    )
    evidence = shop.analyse(CHECKOUT, QuestionKind.PAST_BEHAVIOUR, told)
    assert evidence.action is not None
    assert evidence.result is not None
    assert evidence.action.cut(told).startswith("I moved the delivery cost")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("I moved the delivery cost up", True),
        ("we rebuilt the form together", True),
        ("I would call it a win if fewer people left", False),
        ("I saw the orders rise", False),
    ],
)
def test_only_a_deed_in_the_past_is_an_act(words: str, expected: bool) -> None:
    """Seeing, wishing and planning are no acts that were done."""
    assert acted(words) is expected
