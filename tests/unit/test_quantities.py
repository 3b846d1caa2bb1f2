"""Numbers in text: digits and words, ranges, money, percentages, periods."""

import pytest

from prepbot.analysis.quantities import Unit, quantities_of


def found(text: str) -> list[tuple[str, tuple[float, ...], Unit]]:
    """Each quantity's words, values and unit."""
    return [(text[q.start : q.end], q.values, q.unit) for q in quantities_of(text)]


@pytest.mark.parametrize(
    ("text", "words", "values", "unit"),
    [
        ("it rose from 2.4 to 3.1 percent", "2.4 to 3.1 percent", (2.4, 3.1), Unit.PERCENT),
        ("we got 17% of them", "17%", (17.0,), Unit.PERCENT),
        ("a budget of £1.2m", "£1.2m", (1_200_000.0,), Unit.CURRENCY),
        ("worth $3,400.50 in all", "$3,400.50", (3400.5,), Unit.CURRENCY),
        ("a basket of 48 euros", "48 euros", (48.0,), Unit.CURRENCY),
        ("twenty-five percent left", "twenty-five percent", (25.0,), Unit.PERCENT),
        ("it took two and a half hours", "two and a half hours", (2.5,), Unit.TIME),
        ("from 30 hours down to 12", "30 hours down to 12", (30.0, 12.0), Unit.TIME),
        ("one in five came back", "one in five", (20.0,), Unit.PERCENT),
        ("two thirds of them left", "two thirds", (200 / 3,), Unit.PERCENT),
        ("4.1 out of 5", "4.1 out of 5", (4.1,), Unit.SCORE),
        ("three points higher", "three points", (3.0,), Unit.POINTS),
        ("sales doubled in May", "doubled", (2.0,), Unit.FACTOR),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, words: str, values: tuple[float, ...], unit: Unit) -> None:
    """A number in digits or words is read with its value and unit."""
    [(said, read, of)] = found(text)
    assert (said, of) == (words, unit)
    assert read == pytest.approx(values)


@pytest.mark.parametrize(
    "text",
    [
        "we use GA4 and the 3PL",
        "at 10:40 it went down",
        "the cut-off is 2pm",
        "the big one is quality",
        "a one-star post",
        "no number here at all",
    ],
)
def test_names_clock_times_and_pronouns_are_no_quantities(text: str) -> None:
    """Product names, clock times, "one" as a pronoun and adjectives such as "one-star" are no quantities."""
    assert found(text) == []


def test_a_year_is_a_date() -> None:
    """A bare year is marked as a date, so that no KPI takes it for its figure."""
    [(_, _, unit)] = found("since 2021 I run it")
    assert unit is Unit.DATE


def test_a_count_names_what_it_counts() -> None:
    """A number before a noun carries the noun, so that "300 SKUs" binds to SKUs."""
    [quantity] = quantities_of("with 300 SKUs in the shop")
    assert (quantity.unit, quantity.noun) == (Unit.COUNT, "skus")


def test_a_range_is_one_quantity_and_a_change() -> None:
    """Two ends of a range are one quantity; two numbers of different units stay two."""
    [quantity] = quantities_of("up from 12 to 31 percent")
    assert quantity.change
    assert len(quantities_of("12 percent and 31 euros")) == 2
