"""The parts that contradictions are read by: numbers, what they count, contrasts, beginnings and doers."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.contradictions import catalogue
from prepbot.analysis.claim_numbers import numbers_in
from prepbot.analysis.contradictions import ContradictionFinder
from prepbot.analysis.contrasts import opposed, sides_of
from prepbot.analysis.counted import counted
from prepbot.analysis.period_claims import periods_of
from prepbot.analysis.remarks import read
from prepbot.domain.contradiction import ContradictionKind, Said

FINDER = ContradictionFinder(catalogue(), this_year=2025)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("nine hundred thousand", (900_000.0,)),
        ("two dozen parcels and a dozen letters", (24.0, 12.0)),
        ("zero accidents", (0.0,)),
        ("40 trucks in 3 halls", (40.0, 3.0)),
    ],
)
def test_numbers_are_read_as_they_are_said(text: str, values: tuple[float, ...]) -> None:
    """Dozens, none, and hundreds of thousands in words are numbers like any other."""
    assert tuple(number.values[0] for number in numbers_in(text)) == values


@given(st.text(alphabet="a1 0two dozenhundredthousand.,%", max_size=60))
def test_no_number_lies_inside_another(text: str) -> None:
    """Whatever is typed, the numbers stand in order, none overlaps the next, and all lie in the text."""
    found = numbers_in(text)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("60 hotel accounts in the south", {"hotel", "account"}),
        ("100 coming into the desk every day", set()),
        ("15 percent of our patients", {"patient"}),
    ],
)
def test_a_number_counts_the_plural_after_it(text: str, stems: set[str]) -> None:
    """What is counted is the plural with the words before it; a number with a verb after it counts nothing."""
    [number] = numbers_in(text)
    assert counted(number, "", text[number.end :], text) == stems


def test_sides_of_one_contrast_exclude_each_other() -> None:
    """Gross is not net, a sentence that names both sides is set against neither, and silence excludes nothing."""
    gross, net, both = (sides_of(text) for text in ("six million gross", "3.9 million net", "gross and net"))
    assert opposed(gross, net)
    assert not opposed(gross, both)
    assert not opposed(gross, sides_of("six million"))


@pytest.mark.parametrize(
    ("earlier", "later", "kind"),
    [
        ("I arrived in Ghent in 2019.", "I have been living in Ghent for twelve years now.", "period"),
        ("I arrived in Ghent in 2019.", "I have been living in Ghent for six years now.", None),
        ("I have led the bakery team for nine years now.", "I began to lead the bakery team in 2022.", "period"),
        ("It was me who spotted the double payments.", "The auditor spotted the double payments.", "ownership"),
        (
            "The spring menu was mine, soup and all.",
            "The spring menu was drawn up by our chef, soup too.",
            "ownership",
        ),
        (
            "The forecast for the fair was 40 leads, we got 25.",
            "We got 25 leads at the fair, not 40.",
            None,
        ),
    ],
)
def test_claims_are_compared_whatever_form_they_take(earlier: str, later: str, kind: str | None) -> None:
    """Beginnings are compared as distances from today, doers in any voice; what both tell both ways is left alone."""
    found = FINDER.find([Said("", earlier, seq=1)], [Said("", later, seq=2)])
    assert [one.kind for one in found] == ([ContradictionKind(kind)] if kind else [])


@pytest.mark.parametrize("said", ["joined three years ago ", "half a year ", "in my sixth year "])
def test_a_time_said_over_and_over_is_read_a_dozen_times(said: str) -> None:
    """An answer that is one endless sentence of times is read no longer than one of a dozen."""
    assert 0 < len(periods_of(read(Said("", said * 300)), 2025)) <= 24
