"""Figures in free text: what is meant, in the unit that was asked for, with the words that say it."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.analysis.figure_meant import figure_meant, figures_in
from prepbot.analysis.figures import figures_of
from prepbot.analysis.quantities import Unit


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("about 2.4 percent", "percent", 2.4),
        ("2,4 %", "percent", 2.4),
        ("two point four per cent", "percent", 2.4),
        ("99 point 2 percent", "percent", 99.2),
        ("one in 40", "percent", 2.5),
        ("half a percent", "percent", 0.5),
        ("40 bps", "percent", 0.4),
        ("5 per mille", "percent", 0.5),
        ("minus 6 percent", "percent", -6.0),
        ("$38.5k", "currency", 38_500.0),
        ("$-3", "currency", -3.0),
        ("1.234,50 €", "currency", 1234.5),
        ("CHF 1'250", "currency", 1250.0),
        ("five and a half thousand dollars", "currency", 5500.0),
        ("half a million dollars", "currency", 500_000.0),
        ("eleven pounds fifty", "currency", 11.5),
        ("45 cents", "currency", 0.45),
        ("an hour and a half", "minutes", 90.0),
        ("1h 45m", "minutes", 105.0),
        ("1:45 hours", "hours", 1.75),
        ("two hours fifteen", "minutes", 135.0),
        ("2 min 15 s", "seconds", 135.0),
        ("a fortnight", "days", 14.0),
        ("36 hours", "days", 1.5),
        ("3.5 to 1", "ratio", 3.5),
        ("4.2x", "ratio", 4.2),
        ("a third of them", "ratio", 1 / 3),
        ("4.2 out of 5", "score", 4.2),
        ("four and a half stars", "score", 4.5),
        ("17 180", "count", 17_180.0),
        ("1,50,000", "count", 150_000.0),
        ("a dozen calls", "count", 12.0),
        ("twenty-three hundred", "count", 2300.0),
        ("2½ hours", "hours", 2.5),
    ],
)
def test_a_figure_is_read_in_the_unit_asked(text: str, unit: str, value: float) -> None:
    """Digits of several countries, words, fractions, shares, money, and times in other units are read."""
    said = figure_meant(text, unit)
    assert said is not None
    assert said.reading.value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("412 / 17,180 = 2.40 %", "percent", 2.4),
        ("I first thought 20 but no, it's 25 percent", "percent", 25.0),
        ("down from 11 to 8.5%", "percent", 8.5),
        ("8.5 %, down from 11 %", "percent", 8.5),
        ("not 20 but 25", "percent", 25.0),
        ("between 2 and 3 percent", "percent", 2.5),
        ("18,000 divided by 240 is 75 dollars", "currency", 75.0),
        ("2700 units at 90 a day, lasts 30 days", "days", 30.0),
        ("between 45 and 50k dollars", "currency", 47_500.0),
        ("$45k to 50k", "currency", 47_500.0),
    ],
)
def test_the_figure_that_is_meant_is_the_result(text: str, unit: str, value: float) -> None:
    """Workings, corrections, comparisons and ranges lead to the figure that somebody arrives at."""
    said = figure_meant(text, unit)
    assert said is not None
    assert said.reading.value == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "asdf", "no idea", "most of them", "one of them", "the third one", "GA4 and Q3"])
def test_text_without_a_figure_has_none(text: str) -> None:
    """Pronouns, ordinals, names with digits and nonsense are no figures."""
    assert figure_meant(text, "percent") is None


@pytest.mark.parametrize(
    ("text", "unit"), [("48 dollars", "percent"), ("12 %", "hours"), ("3 hours", "currency"), ("one in 40", "currency")]
)
def test_a_figure_of_another_kind_is_none(text: str, unit: str) -> None:
    """Money is no percentage and a percentage no time."""
    assert figure_meant(text, unit) is None


@pytest.mark.parametrize(
    ("text", "unit", "value", "words"),
    [
        ("roughly twelve huors", "hours", 12.0, "twelve huors"),
        ("sixy-one dollars", "currency", 61.0, "sixy-one dollars"),
        ("~7 minuts", "minutes", 7.0, "7 minuts"),
    ],
)
def test_slips_of_the_keyboard_are_read_and_quoted_as_typed(text: str, unit: str, value: float, words: str) -> None:
    """A misspelt number or unit word beside a number is read; the quotation keeps the candidate's spelling."""
    said = figure_meant(text, unit)
    assert said is not None
    assert (said.reading.value, said.span.cut(text)) == (value, words)


@pytest.mark.parametrize(
    "text", ["there hours", "a weight percent", "these dollars", "the house is near", "night days"]
)
def test_ordinary_words_stay_what_they_are(text: str) -> None:
    """Words one slip away from a number are no numbers."""
    assert [figure for figure, _ in figures_in(text) if not figure.weak] == []


def test_labels_of_lines_are_no_figures() -> None:
    """The numbers of a list are its order."""
    assert [figure.value for figure in figures_of("1. 2.4 %\n2) 48 dollars\n(3) 7")] == [2.4, 48.0, 7.0]


@given(st.decimals(0, 10**7, places=2, allow_nan=False), st.sampled_from(["{:,.2f}", "{:.2f}"]))
def test_an_amount_is_read_back_from_what_a_table_shows(amount: float, form: str) -> None:
    """Any amount as the tables and solutions write it is read back exactly."""
    said = figure_meant(f"${form.format(amount)}", "currency")
    assert said is not None
    assert said.reading.value == pytest.approx(float(amount))
    assert said.reading.named


@given(st.text(max_size=100) | st.text("0123456789.,%$€£/- half and a hours percent\n", max_size=80))
def test_any_text_is_read_without_harm(text: str) -> None:
    """Any text gives figures whose words stand in it, in order and apart from each other."""
    found = figures_in(text)
    assert all(span.cut(text).strip() for _, span in found)
    assert all(a.end <= b.start for (a, _), (b, _) in pairwise(found))
    assert all(figure.unit in Unit for figure, _ in found)


def test_a_long_answer_is_read_in_linear_time() -> None:
    """Twenty thousand digits, commas, number words or line ends are read in two seconds of a processor at most."""
    for part in ("1", "1,", "twenty ", "1 ", "and a half ", "\n", " "):
        began = process_time()
        figures_in(part * (20_000 // len(part)))
        assert process_time() - began < 2, f"20,000 characters of {part!r} take too long"
