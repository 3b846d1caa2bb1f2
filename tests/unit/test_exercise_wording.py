"""What a candidate reads after an exercise: their own words, the right figure, and what is still open."""

import pytest

from prepbot.analysis.exercise_check import check
from prepbot.domain.exercise_draw import draw
from prepbot.domain.exercise_wording import experiment_sentence, figure_sentence, leak_sentence, unread_sentence
from prepbot.reading.catalogue import load_metrics
from prepbot.reading.exercises import load_families

METRICS = {metric.id: metric for metric in load_metrics()}
SHOP = draw(next(family for family in load_families() if family.id == "shop_channels"), METRICS, 3)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("bounce rate 39 %", "“39 %” is right. The solution has 39.1 %."),
        ("bounce rate 0.39", "“0.39” is right, said in another unit: 39.1 %. Say the unit with the figure."),
        ("bounce rate 61 %", "“61 %” is near: that is what is left to 100 %. The figure is 39.1 %."),
        ("bounce rate 55 %", "“55 %” is not it. The figure is 39.1 %."),
        ("bounce rate?", "No figure was said for this one. It is 39.1 %."),
        (
            "bounce rate: visits of one page / visits",
            "“visits of one page / visits” is the right formula. The figure is 39.1 %.",
        ),
    ],
)
def test_a_figure_gets_one_sentence_with_the_candidates_words(answer: str, sentence: str) -> None:
    """Each verdict has its sentence, which quotes what was said and gives the right figure."""
    mark = check(SHOP, answer, "", "").figures[0]
    assert figure_sentence(mark, SHOP.figures[0], [answer]) == sentence


def test_what_a_next_step_lacks_is_named() -> None:
    """A step with a change alone is told that measure and rule are open, a complete one that it could be run."""
    answer = "I would show the delivery cost in the cart."
    mark = check(SHOP, "", "", answer).experiment
    assert mark is not None
    said = experiment_sentence(mark, SHOP.experiment)
    assert said.startswith("Still open: a measure and a rule to succeed or stop by. For example: ")
    complete = check(SHOP, "", "", SHOP.experiment.example).experiment
    assert complete is not None
    assert experiment_sentence(complete, SHOP.experiment).startswith("A change, a measure and a rule")


def test_a_leak_that_was_not_named_is_explained() -> None:
    """Silence leads to the sentence that says where it leaks, with the kind of row that was asked for."""
    mark = check(SHOP, "", "", "").leak
    assert mark is not None
    assert leak_sentence(mark, SHOP.leak, [""]) == f"No channel was named. {SHOP.leak.sentence}"


def test_nonsense_is_quoted_short() -> None:
    """A long answer without a figure is quoted by its beginning."""
    assert unread_sentence("asdf").startswith("No figure could be read in “asdf”.")
    assert "…" in unread_sentence("blah " * 100)
    assert len(unread_sentence("blah " * 100)) < 180
