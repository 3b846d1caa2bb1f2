"""How lines open: with an action, with a duty, or with neither."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.opening import OpeningKind, opening_of
from prepbot.reading.resume_rules import load_resume_rules

VERBS = load_resume_rules().verbs


@pytest.mark.parametrize(
    ("line", "words", "past"),
    [
        ("Increased sales by a fifth", "Increased", True),
        ("I led the night shift", "led", True),
        ("Successfully launched a shop", "launched", True),
        ("Also managing the stock", "managing", False),
        ("Plan the shifts of 20 people", "Plan", False),
        ("Applied lean methods in the dock", "Applied", True),
        ("Gamified the training of new pickers", "Gamified", True),
        ("We've built a new depot", "built", True),
        ("Recognized as employee of the year", "Recognized", False),
    ],
)
def test_an_action_is_found(line: str, words: str, past: bool) -> None:
    """A verb opens the line, whatever form it has, after "I", "we" or an adverb too."""
    opening = opening_of(line, VERBS)
    assert opening.kind is OpeningKind.ACTION
    assert opening.span is not None
    assert (opening.span.cut(line), opening.past) == (words, past)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Responsible for the shop", "Responsible for"),
        ("I was responsible for the shop", "was responsible for"),
        ("Helped with campaigns", "Helped with"),
        ("Worked closely with IT", "Worked"),
        ("Duties: cash and stock", "Duties:"),
    ],
)
def test_a_duty_is_found_by_its_longest_phrase(line: str, words: str) -> None:
    """A phrase that names a duty or a presence is no action."""
    opening = opening_of(line, VERBS)
    assert opening.kind is OpeningKind.DUTY
    assert opening.span is not None
    assert opening.span.cut(line) == words


@pytest.mark.parametrize(
    "line",
    ["Experienced buyer of shoes", "Online shop with 3,000 products", "", "  – ", "Helpedesk and phones", "2019"],
)
def test_neither_is_found_where_nobody_acts(line: str) -> None:
    """An adjective that ends in -ed, a noun or nothing at all is no verb."""
    assert opening_of(line, VERBS).kind is OpeningKind.NONE


@pytest.mark.parametrize(
    ("line", "team"), [("We moved the shop", True), ("Our team moved it", True), ("I moved", False)]
)
def test_the_team_is_told_from_the_candidate(line: str, team: bool) -> None:
    """A line that opens with the team says so."""
    assert opening_of(line, VERBS).team is team


@given(st.text(max_size=80))
def test_any_line_has_an_opening_within_it(line: str) -> None:
    """No text raises, and the words found stand in it."""
    opening = opening_of(line, VERBS)
    assert (opening.span is None) == (opening.kind is OpeningKind.NONE)
    assert opening.span is None or opening.span.end <= len(line)
