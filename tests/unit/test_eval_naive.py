"""Naive readers are honest floors: they learn, but never from answers to the question that they are asked."""

from dataclasses import replace

import pytest

from evals import surface
from evals.labelled import LabelledAnswer
from evals.naive import Rows, by_counts, keywords, majority, read
from evals.prediction import Prediction
from tests.examples import LABELLED

ROW = replace(
    LABELLED,
    source="made_up_naive",
    answer="I pack by hand. The bounce rate fell from 41.5 to 30 percent. We liked that, because it lasts.",
    parts={"action": "I pack by hand."},
)


def row(number: int, band: int, words: int) -> LabelledAnswer:
    """An answer of so many words to a question of its own."""
    return replace(ROW, id=f"{number}", question=f"Question {number}?", answer="word " * words, band=band)


def test_surface_counts_by_hand() -> None:
    """Words, sentences, numbers, KPI names, I and we, and connectives of a short answer; 41.5 ends no sentence."""
    assert surface.surface(ROW).counts == (19, 3, 2, 1, 2, 1)


def test_a_named_kpi_beside_a_number_is_quantified() -> None:
    """The keyword floor reads the name, and "quantified" for the number in the same sentence."""
    assert keywords([ROW], [ROW])[0].kpis == {"Bounce Rate": "quantified"}


def test_nothing_is_learnt_from_the_question_that_is_asked() -> None:
    """For every fold the rows learnt from answer other questions than the rows read."""
    rows = [row(number, 3, 5) for number in range(12)]
    seen: list[bool] = []

    def spy(asked: Rows, learnt: Rows) -> list[Prediction]:
        seen.append({one.question for one in asked}.isdisjoint(one.question for one in learnt))
        return [Prediction()] * len(asked)

    assert len(read(spy, rows, rows)) == 12
    assert seen == [True] * 5


def test_predictions_come_back_in_the_order_of_the_rows() -> None:
    """Folds are put together again so that each row has its own prediction."""
    rows = [row(number, 3, number) for number in range(7)]

    def echo(asked: Rows, learnt: Rows) -> list[Prediction]:  # noqa: ARG001 - a reader's signature
        return [Prediction(band=len(one.answer.split())) for one in asked]

    assert [said.band for said in read(echo, rows, rows)] == list(range(7))


def test_a_count_that_tells_the_band_is_found() -> None:
    """Where bands follow length, the word count floor reads them: a floor that could not learn would be no floor."""
    pool = [row(number, 1 + number % 5, 20 * (1 + number % 5)) for number in range(50)]
    said = read(by_counts(lambda one: (len(one.answer.split()),)), pool, pool)
    assert [one.band for one in said] == [one.band for one in pool]


def test_the_majority_is_that_of_what_it_learns_from() -> None:
    """The commonest band, relevance and owner, and the parts that half the answers have."""
    said = majority([ROW], [ROW, ROW, replace(ROW, band=5, ownership="we", parts={})])[0]
    assert (said.band, said.relevance, said.ownership, said.parts) == (3, 2, "I", frozenset({"action"}))


@pytest.mark.parametrize(("text", "owner"), [("I did, we did", "I"), ("We did.", "we"), ("Done.", "none")])
def test_ownership_by_counting(text: str, owner: str) -> None:
    """More "I" than "we", or a tie, is I (guide, section 3)."""
    assert keywords([replace(ROW, id=text, answer=text)], [ROW])[0].ownership == owner
