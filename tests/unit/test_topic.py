"""What an answer speaks of: its directions, and the features made of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.analysis.expected import Expected
from prepbot.analysis.topic import LEVELS, TopicRegression, directions_of, topic_features, topic_odds
from prepbot.ports import AnswerScores, Vectors

_QUESTION = "How would you increase sales?"


def _scores(topic: Vectors | None, asked: Vectors | None) -> AnswerScores:
    none = np.zeros((1, 3), dtype=np.float32)
    return AnswerScores(none, none[0], none[0], none[:, None], none, topic, asked)


def _row(*values: float) -> Vectors:
    return np.array(values, dtype=np.float32)


def test_directions_of_a_known_question() -> None:
    """The rows are the answer's direction and its products with the question's and with what is expected."""
    found = directions_of(_scores(_row(1, 2), _row(3, 4)), _QUESTION, Expected({_QUESTION: _row(5, 6)}))
    assert found is not None
    np.testing.assert_array_equal(found, [[1, 2], [3, 8], [5, 12]])


def test_an_unknown_question_expects_nothing() -> None:
    """The third row is zeros where nobody knows what answers to the question speak of."""
    found = directions_of(_scores(_row(1, 2), _row(3, 4)), "Why us?", Expected({_QUESTION: _row(5, 6)}))
    assert found is not None
    np.testing.assert_array_equal(found[2], [0, 0])


def test_without_a_topic_there_is_nothing_to_weigh() -> None:
    """Where the answer model gave no topic, no feature is made."""
    regressions = dict.fromkeys(LEVELS, TopicRegression(np.ones((3, 2), dtype=np.float32), 0.0))
    assert directions_of(_scores(None, None), _QUESTION, Expected({})) is None
    assert topic_features(_scores(None, None), _QUESTION, Expected({}), regressions) == {}


def test_each_regression_gives_a_feature() -> None:
    """Log odds are the weighted sum with the bias, brought to the size of the other features."""
    weights = np.array([[1, 0], [0, 1], [0, 0]], dtype=np.float32)
    regressions = dict.fromkeys(LEVELS, TopicRegression(weights, 0.5))
    found = topic_features(_scores(_row(1, 2), _row(3, 0.25)), _QUESTION, Expected({}), regressions)
    assert [found[f"topic:{name}"] for name in LEVELS] == pytest.approx([0.5, 0.5])


@given(st.floats(allow_nan=False))
def test_odds_stay_beside_the_other_features(value: float) -> None:
    """However sure a regression is, its feature stays between -2 and 2 and keeps its sign."""
    found = topic_odds({"off_topic": value})["topic:off_topic"]
    assert -2 <= found <= 2
    assert found * value >= 0
