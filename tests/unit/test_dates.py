"""Dates: read as exactly as they are said, and apart only beyond what people round."""

import pytest

from prepbot.analysis.dates import dates_apart, dates_of


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("since March 2021", 2021 + 2 / 12, 2021 + 3 / 12),
        ("in the summer of 2022", 2022 + 5 / 12, 2022 + 8 / 12),
        ("in early 2021", 2021, 2021 + 4 / 12),
        ("at the end of April 2023", 2023 + 3 / 12, 2023 + 4 / 12),
        ("in 2019", 2019, 2020),
    ],
)
def test_a_date_is_a_range(text: str, low: float, high: float) -> None:
    """A month, a season, a part of a year and a whole year are ranges of decimal years."""
    [date] = dates_of(text)
    assert (date.low, date.high) == (pytest.approx(low), pytest.approx(high))


def test_that_august_is_of_the_year_said_before() -> None:
    """A month without a year belongs to the year last said; without one before it is no date."""
    assert [round(date.low, 2) for date in dates_of("Until spring 2022, and that August I left.")] == [2022.17, 2022.58]
    assert dates_of("I left that August.") == ()


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("in January 2020", "in autumn 2022", True),
        ("in 2019", "in 2020", True),
        ("in March 2021", "in 2021", False),
        ("at the end of April 2023", "in spring 2023", False),
        ("in December 2019", "in January 2020", False),
    ],
)
def test_dates_are_apart_beyond_rounding(one: str, other: str, apart: bool) -> None:
    """Two years differ, a month lies within its year, and neighbouring months are the same to memory."""
    [left], [right] = dates_of(one), dates_of(other)
    assert dates_apart(left, right) is apart
    assert dates_apart(right, left) is apart
