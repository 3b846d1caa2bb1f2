"""What the executive hears about an earlier answer stands beside that answer, and moves no grade."""

import json
from dataclasses import replace

import pytest

from prepbot.domain.evidence import Evidence, Flag, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.interview import Turn
from prepbot.domain.later_answer import STEPS, gained
from prepbot.domain.plan import Length, TakeUpKind
from prepbot.domain.report import AnswerCard, Review
from prepbot.exports import export
from prepbot.settings import Settings
from prepbot.wiring import Prepbot, open_prepbot

PLAIN = "At Brandt Wines I improved the product pages, and the bounce rate went down. I tested it for two weeks."
TOLD_LATER = "The bounce rate fell from 52 to 41 percent. I shortened the texts, I cut the pictures, I timed each page."
SPAN = Span(0, 4)
BARE = Evidence(words=20, relevance=2, action=SPAN, ownership=Ownership.WE)


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Prepbot:
    """The product without its embedding model, on a folder of its own."""
    return open_prepbot(Settings(data_dir=tmp_path_factory.mktemp("data"), embeddings=False))


def _sat(bot: Prepbot, to_executive: str | None) -> Review:
    """The review of somebody who tells one thing in every room and this to the executive; None skips that question."""
    plan = bot.planner.interview(bot.roles.get("ecommerce-specialist").role, Length.SHORT, seed=3)
    sat = bot.interviewer.start(plan)
    interview = bot.interviewer.open(sat)
    for number in range(100):
        turn = interview.open_turn
        if turn is None:
            break
        again = interview.units[-1].question.takes_up is TakeUpKind.WEAKEST
        if again and to_executive is None:
            interview = bot.interviewer.skip(sat)
        else:
            interview = bot.interviewer.answer(sat, _reply(turn, again, to_executive), f"m{number}")
    return bot.grader.review(sat)


def _reply(turn: Turn, again: bool, to_executive: str | None) -> str:
    return (to_executive or "") if again else "No." if turn.kind == "greet" else PLAIN


def _pair(review: Review) -> tuple[AnswerCard, AnswerCard]:
    (later,) = [card for card in review.cards if card.question.takes_up is TakeUpKind.WEAKEST]
    return review.cards[later.about_card - 1], later


@pytest.fixture(scope="module")
def review(bot: Prepbot) -> Review:
    """A review in which the executive heard more."""
    return _sat(bot, TOLD_LATER)


def test_an_answer_to_the_executive_stands_beside_the_earlier_one(review: Review) -> None:
    """Each points to the other; what was said and who asked is told, and what only the later words have."""
    earlier, later = _pair(review)
    assert earlier.number < later.number
    assert earlier.later is not None
    assert (earlier.later.number, earlier.later.to) == (later.number, later.interviewer.label)
    assert TOLD_LATER in earlier.later.texts
    assert "Bounce Rate, with a number" in earlier.later.gained
    assert earlier.later.remark.startswith("It added: ")


def test_the_earlier_grade_stays_as_its_stage_knew_it(bot: Prepbot, review: Review) -> None:
    """Whatever the executive hears, the earlier answer's grade and every earlier decision are the same."""
    silent = _sat(bot, "I do not remember.")
    (earlier, later), (before, _) = _pair(review), _pair(silent)
    assert earlier.grade == before.grade
    assert earlier.evidence == before.evidence
    assert later.grade != earlier.grade
    ended = [[one for one in found.decisions if later.number not in one.numbers] for found in (review, silent)]
    assert ended[0] == ended[1] != []


def test_words_that_add_nothing_are_said_to_add_nothing(bot: Prepbot) -> None:
    """The later words stand there all the same."""
    earlier, _ = _pair(_sat(bot, "I do not remember."))
    assert earlier.later is not None
    assert earlier.later.gained == ()
    assert earlier.later.remark == "It added nothing that counts."


def test_a_skipped_question_leaves_nothing_beside_the_earlier_answer(bot: Prepbot) -> None:
    """Where the executive got no answer, the earlier card is as it was."""
    earlier, later = _pair(_sat(bot, None))
    assert later.skipped
    assert earlier.later is None


def test_the_same_words_to_the_executive_are_not_called_told_before(bot: Prepbot) -> None:
    """Who is asked about a story again may tell it again."""
    _, later = _pair(_sat(bot, f"{PLAIN} It was in March, and the texts were far too long before."))
    assert later.told_before == 0


def test_every_export_tells_of_it(review: Review) -> None:
    """The later answer, who asked for it, and what it added stand in each file."""
    earlier, later = _pair(review)
    assert earlier.later is not None
    for kind in ("md", "html"):
        text = export(review, kind)
        assert f"Answered later, to {later.interviewer.label}" in text
        assert "It added: " in text
    cards = json.loads(export(review, "json"))["cards"]
    assert cards[earlier.number - 1]["later"]["gained"] == list(earlier.later.gained)
    assert cards[later.number - 1]["about_card"] == earlier.number


def test_the_html_links_the_two(review: Review) -> None:
    """The link of each leads to a place in the file."""
    earlier, later = _pair(review)
    text = export(review, "html")
    for number in (earlier.number, later.number):
        assert f'href="#question-{number}"' in text
        assert text.count(f'id="question-{number}"') == 1


def test_gains_are_parts_kpis_and_steps() -> None:
    """What the earlier words have is no gain, nor is what speaks to the grader."""
    kpi = KpiReference("Bounce Rate", KpiLevel.QUANTIFIED, SPAN)
    more = replace(BARE, result=SPAN, steps=(SPAN, SPAN), kpis=(kpi,), ownership=Ownership.I)
    assert gained(BARE, more) == (STEPS, "Result", "Your own part, as “I”", "Bounce Rate, with a number")
    assert gained(more, BARE) == gained(more, more) == ()
    assert gained(BARE, replace(more, flags=frozenset({Flag.INJECTION, Flag.NO_ANSWER}))) == ()
