"""The words that the page and the exports share: band and interval, caution, doubt, and what probing brought out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.checks import checks
from prepbot.domain.evidence import Evidence, Flag, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.plan import PlannedQuestion
from prepbot.domain.report import AnswerCard, SourceLine
from prepbot.domain.role import QuestionKind
from prepbot.domain.rubric import Grade, NotGraded, grade, merged
from prepbot.domain.stage_profile import Interviewer
from prepbot.domain.wording import band_words, brought_out, caution, doubt, outcome, ticked_by, with_words

GRADE = Grade(3, ())
ANSWERED = Evidence(words=24, relevance=2, action=Span(0, 9), ownership=Ownership.I)


def _card(evidence: Evidence, interval: tuple[int, int] | None = None, after: str = "") -> AnswerCard:
    given_grade = grade(evidence)
    if isinstance(given_grade, Grade):
        given_grade = replace(given_grade, interval=interval)
    return AnswerCard(
        number=1,
        stage_name="Screening",
        interviewer=Interviewer("Noor Haddad", "Recruiter", "noor", "clarity"),
        question=PlannedQuestion("q1", "How did you do it?", QuestionKind.BACKGROUND, (), after=after),
        skipped=False,
        answers=(),
        evidence=evidence,
        grade=given_grade,
        first=given_grade,
        fixes=(),
        after=() if after else (SourceLine("- Manage the shop", 7, "activity"),),
    )


@pytest.mark.parametrize(
    ("interval", "words", "short"),
    [
        (None, "Band 3", "band 3"),
        ((3, 3), "Band 3", "band 3"),
        ((3, 4), "Band 3, most likely 3 to 4", "band 3 (3 to 4)"),
        ((2, 4), "Band 3, most likely 2 to 4", "band 3 (2 to 4)"),
    ],
)
def test_the_interval_stands_beside_the_band(interval: tuple[int, int] | None, words: str, short: str) -> None:
    """A band that is certain, or whose interval is unknown, stands alone."""
    assert band_words(replace(GRADE, interval=interval)) == words
    assert outcome(replace(GRADE, interval=interval)) == short


def test_not_graded_is_no_band() -> None:
    """NotGraded has words of its own, and a skipped question none."""
    assert outcome(NotGraded("Nothing was said.")) == "not graded"
    assert outcome(None) == ""


@pytest.mark.parametrize(
    ("flags", "interval", "said"),
    [
        ({Flag.VERY_SHORT}, None, "A short answer: read the band as a guess."),
        (set(), (2, 4), "These words leave much open: read the band as a guess."),
        (set(), (3, 4), ""),
        (set(), None, ""),
        ({Flag.VERY_SHORT, Flag.NO_ANSWER}, None, ""),
        ({Flag.EMPTY}, None, ""),
    ],
)
def test_a_band_that_says_little_is_called_a_guess(
    flags: set[Flag], interval: tuple[int, int] | None, said: str
) -> None:
    """A short answer and a wide interval get one calm sentence; what is certain, or not graded, gets none."""
    assert caution(_card(replace(ANSWERED, flags=frozenset(flags)), interval)) == said


def test_short_answers_to_follow_ups_add_up() -> None:
    """A unit that holds enough words in all is no short answer, though one of its answers is."""
    assert caution(_card(replace(ANSWERED, words=60, flags=frozenset({Flag.VERY_SHORT})))) == ""


def test_words_that_tick_several_checks_are_said_once() -> None:
    """A criterion's checks do not repeat the same words."""
    answer = "Conversion rose to 3 %."
    kpi = KpiReference("Conversion Rate", KpiLevel.QUANTIFIED, Span(0, 22), in_result=True)
    graded = grade(replace(ANSWERED, kpis=(kpi,), result=Span(0, 22)))
    assert isinstance(graded, Grade)
    (kpis,) = [criterion for criterion in graded.criteria if criterion.criterion == "kpis"]
    assert [quotes for _, quotes in with_words(kpis.checks, [answer])] == [("Conversion rose to 3 %",), (), (), ()]


@pytest.mark.parametrize(
    ("relevance", "said"), [(0, "speak of something else"), (1, "stands at 1 of 2"), (2, "counts in full")]
)
def test_a_doubt_says_what_it_did_and_what_was_asked(relevance: int, said: str) -> None:
    """A soft doubt is said at whatever level it leaves relevance, with what the question was after."""
    doubtful = replace(ANSWERED, relevance=relevance, flags=frozenset({Flag.OFF_TOPIC_DOUBT}))
    assert said in doubt(_card(doubtful))
    assert doubt(_card(doubtful)).endswith("The question was after this: “Manage the shop”.")
    assert doubt(_card(doubtful, after="Who you are.")).endswith("The question was after this: Who you are.")


def test_without_a_doubt_nothing_is_said() -> None:
    """An answer to the question, and one that is certainly none, carry no doubt."""
    assert doubt(_card(ANSWERED)) == ""
    assert doubt(_card(replace(ANSWERED, flags=frozenset({Flag.OFF_TOPIC_DOUBT, Flag.GIBBERISH})))) == ""


def test_what_probing_brought_out_is_what_counts_there_first() -> None:
    """A part that the first answer has is not gained again in the second."""
    second = Evidence(words=9, relevance=2, action=Span(0, 4), result=Span(5, 9))
    unit = merged([ANSWERED, second])
    assert brought_out(unit, 0) == ()
    assert brought_out(unit, 1) == ("Result",)


@given(st.text("ab ,.\n", min_size=1, max_size=80), st.integers(0, 79), st.integers(1, 80))
def test_the_words_that_tick_a_check_are_the_answers(answer: str, start: int, length: int) -> None:
    """Every quotation beside a check is cut from the answer."""
    start = min(start, len(answer) - 1)
    span = Span(start, min(start + length, len(answer)))
    for check in checks(Evidence(words=9, relevance=2, action=span)).values():
        for quote in ticked_by(check, [answer]):
            assert quote in " ".join(answer.split())
