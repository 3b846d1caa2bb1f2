"""The own band before the grade is shown, and its gap to the grade over time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.rubric import Grade, NotGraded
from prepbot.domain.self_rating import (
    SelfRating,
    SittingGap,
    gap,
    gap_words,
    gaps_by_sitting,
    mean_gap,
    self_rating,
)
from prepbot.errors import BadInput

START = datetime(2026, 11, 1, 20, tzinfo=UTC)
bands = st.integers(1, 5)
rated = st.lists(
    st.tuples(
        st.builds(
            SelfRating,
            st.sampled_from(["a", "b", "c", "d"]),
            st.just("q01"),
            bands,
            st.integers(0, 50).map(lambda days: START + timedelta(days=days)),
        ),
        st.builds(Grade, bands, st.just(())) | st.just(NotGraded("Nothing was said.")) | st.none(),
    ),
    max_size=20,
)


def sitting(number: int, value: float, answers: int = 4) -> SittingGap:
    """The mean gap of one interview."""
    return SittingGap(str(number), START + timedelta(days=number), value, answers)


def test_a_gap_is_the_own_band_minus_the_graded_one() -> None:
    """Above 0 where the answer was thought better than it was graded; none where there is no grade."""
    own = self_rating("a", "q01", " 4 ", START)
    assert gap(own, Grade(3, ())) == 1
    assert gap(own, NotGraded("Nothing was said.")) is None
    assert gap(own, None) is None


@pytest.mark.parametrize("said", ["asdf", "", "0", "6", "3.5", "-1", "4" * 400, "٣"])
def test_what_is_no_band_gets_one_sentence(said: str) -> None:
    """Anything but a whole number from 1 to 5 is refused in words."""
    with pytest.raises(BadInput, match="choose a whole number from 1 to 5"):
        self_rating("a", "q01", said, START)


@given(rated)
def test_every_graded_answer_counts_once(pairs: list[tuple[SelfRating, Grade | NotGraded | None]]) -> None:
    """The sittings in order hold all graded answers, and the mean over them is the mean over the answers."""
    gaps = [one for rating, graded in pairs if (one := gap(rating, graded)) is not None]
    sittings = gaps_by_sitting(pairs)
    assert [one.at for one in sittings] == sorted(one.at for one in sittings)
    assert sum(one.answers for one in sittings) == len(gaps)
    mean = mean_gap(sittings)
    if not gaps:
        assert mean is None
        return
    assert mean is not None
    assert mean.value == pytest.approx(sum(gaps) / len(gaps))
    assert (mean.interval is None) == (len(sittings) < 3)


@given(st.lists(st.tuples(st.floats(-4, 4), st.integers(1, 9)), min_size=3, max_size=8))
def test_the_interval_stays_within_what_was_measured(values: list[tuple[float, int]]) -> None:
    """The interval lies between the least and the greatest gap of a sitting and is the same each time."""
    sittings = [sitting(n, value, answers) for n, (value, answers) in enumerate(values)]
    mean = mean_gap(sittings)
    assert mean is not None
    assert mean.interval is not None
    low, high = mean.interval
    gaps = [value for value, _ in values]
    assert min(gaps) - 1e-9 <= low <= high <= max(gaps) + 1e-9
    assert mean == mean_gap(sittings)


def test_more_sittings_make_it_surer() -> None:
    """Twelve sittings give a narrower interval than three with the same spread."""
    few, many = mean_gap([sitting(n, n % 3) for n in range(3)]), mean_gap([sitting(n, n % 3) for n in range(12)])
    assert few is not None
    assert many is not None
    assert few.interval is not None
    assert many.interval is not None
    assert many.interval[1] - many.interval[0] < few.interval[1] - few.interval[0]


@pytest.mark.parametrize(
    ("sittings", "words"),
    [
        ([sitting(1, 1.0, 1)], "Over 1 answer you rated yourself 1.0 bands above the grade"),
        ([sitting(1, -0.5)], "0.5 bands below the grade"),
        ([sitting(n, 0.0) for n in range(3)], "as the grade did, on average; the true gap most likely lies between"),
    ],
)
def test_the_gap_is_said_in_one_sentence(sittings: list[SittingGap], words: str) -> None:
    """Above, below or as the grade, with the interval where there is one."""
    mean = mean_gap(sittings)
    assert mean is not None
    assert words in gap_words(mean)
    assert gap_words(mean).endswith(".")
