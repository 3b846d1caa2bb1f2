"""Progress over all interviews of a role: coverage, trends with intervals, decisions, and the next question."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.bootstrap import FEWEST_SITTINGS, percentile_interval
from prepbot.domain.decision import DecisionCard, StageDecision, Verdict
from prepbot.domain.evidence import KpiLevel
from prepbot.domain.interview import Status
from prepbot.domain.plan import Length, PlannedQuestion
from prepbot.domain.progress import (
    FEWEST_FOR_CHANGE,
    Change,
    Sitting,
    change_words,
    kpi_progress,
    stage_histories,
    trends,
)
from prepbot.domain.report import AnswerCard, KpiCoverage, Review
from prepbot.domain.role import QuestionKind
from prepbot.domain.rubric import CRITERIA, CriterionGrade, Grade, NotGraded
from prepbot.domain.stage_profile import Interviewer
from prepbot.domain.transfer import fresh_questions, other_question, weakness
from tests.examples import KPIS, role

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
QUESTION = PlannedQuestion("q00", "Why?", QuestionKind.BACKGROUND, ("Experience",), 40)


def _grade(**levels: int) -> Grade:
    """A grade at these levels, every other criterion at its top."""
    tops = {criterion.id: len(criterion.anchors) - 1 for criterion in CRITERIA}
    given = tuple(CriterionGrade(name, levels.get(name, top), (), "") for name, top in tops.items())
    return Grade(3, given, ())


def _card(grade: Grade | NotGraded | None, number: int = 1) -> AnswerCard:
    interviewer = Interviewer("Noor Haddad", "Recruiter", "noor", "clarity")
    return AnswerCard(
        number, "Interview", interviewer, QUESTION, grade is None, (), None, grade, grade, fixes=(), after=()
    )


def _sitting(
    day: int,
    *grades: Grade | NotGraded | None,
    kpis: tuple[KpiCoverage, ...] = (),
    decisions: tuple[StageDecision, ...] = (),
) -> Sitting:
    cards = tuple(_card(grade, number) for number, grade in enumerate(grades, start=1))
    review = Review(
        f"i{day}", "Shopkeeper", Length.SHORT, "", Status.FINISHED, "rules", "r", cards, kpis, decisions=decisions
    )
    return Sitting(review, NOON + timedelta(days=day))


def test_the_highest_level_a_kpi_ever_reached_counts() -> None:
    """Coverage keeps the best of all interviews, counts those that said it, and puts the best first."""
    said = [
        _sitting(1, kpis=(KpiCoverage(KPIS[1], KpiLevel.QUANTIFIED, (1,)), KpiCoverage(KPIS[0], None, ()))),
        _sitting(2, kpis=(KpiCoverage(KPIS[1], KpiLevel.MENTIONED, (1,)), KpiCoverage(KPIS[0], None, ()))),
    ]
    rows = kpi_progress(KPIS, said)
    assert [(row.kpi, row.level, row.interviews) for row in rows] == [
        (KPIS[1], KpiLevel.QUANTIFIED, 2),
        (KPIS[0], None, 0),
    ]


def test_without_a_sitting_every_kpi_is_unsaid() -> None:
    """Nothing said is no level for any KPI, in the page's order, and no trend."""
    assert [(row.kpi, row.level) for row in kpi_progress(KPIS, [])] == [(kpi, None) for kpi in KPIS]
    assert trends([]) == ()
    assert stage_histories([]) == ()


def test_what_was_not_graded_is_no_point_of_a_trend() -> None:
    """A sitting of skipped and ungraded answers leaves no dot; the others have one each, the earliest first."""
    sat = [
        _sitting(1, _grade(kpis=1), _grade(kpis=3)),
        _sitting(2, NotGraded("Too short."), None),
        _sitting(3, _grade()),
    ]
    (kpis,) = [trend for trend in trends(sat) if trend.criterion == "kpis"]
    assert [(point.level, point.answers) for point in kpis.points] == [(2, 2), (4, 1)]
    assert kpis.top == 4


def test_an_interval_waits_for_enough_answers_and_a_change_for_enough_sittings() -> None:
    """Few answers get no bar, and few interviews no sentence about a change."""
    few = [_sitting(day, *[_grade()] * (FEWEST_SITTINGS - 1)) for day in range(FEWEST_FOR_CHANGE - 1)]
    many = [_sitting(day, *[_grade()] * FEWEST_SITTINGS) for day in range(FEWEST_FOR_CHANGE)]
    assert all(trend.change is None and trend.points[0].interval is None for trend in trends(few))
    assert all(trend.change and trend.points[0].interval for trend in trends(many))


@given(st.lists(st.lists(st.integers(0, 4), min_size=1, max_size=5), min_size=1, max_size=8))
def test_an_interval_lies_within_the_levels_and_the_mean_too(sittings: list[list[int]]) -> None:
    """Whatever the levels, bars and dots stay between the lowest and the highest level of their sitting."""
    sat = [_sitting(day, *[_grade(kpis=level) for level in levels]) for day, levels in enumerate(sittings)]
    (kpis,) = [trend for trend in trends(sat) if trend.criterion == "kpis"]
    for point, levels in zip(kpis.points, sittings, strict=True):
        low, high = point.interval or (point.level, point.level)
        assert min(levels) <= low <= high <= max(levels)
        assert min(levels) <= point.level <= max(levels)


def test_a_rise_is_told_from_noise() -> None:
    """A clear rise is said with its size; where 0 lies in the interval there is no clear change."""
    rising = [_sitting(day, *[_grade(kpis=1 if day < 3 else 3)] * 3) for day in range(6)]
    (kpis,) = [trend for trend in trends(rising) if trend.criterion == "kpis"]
    assert kpis.change == Change(2.0, (2.0, 2.0))
    assert change_words(kpis.change) == "Up by 2.0 levels, most likely between +2.0 and +2.0."
    assert change_words(Change(-1.0, (-2.0, -0.5))).startswith("Down by 1.0 levels")
    assert change_words(Change(0.2, (-0.04, 0.9))) == "No clear change yet: most likely between 0.0 and +0.9 levels."


def test_the_same_cases_give_the_same_interval() -> None:
    """The draws are seeded, so that a page read twice says the same."""
    one, other = (percentile_interval(lambda random: random.random()) for _ in range(2))
    assert one == other
    assert 0 <= one[0] < one[1] <= 1


def test_decisions_are_kept_by_stage_in_the_order_of_sitting() -> None:
    """Each stage lists its verdicts, the latest last."""
    first, then = (
        StageDecision("Panel", (1,), DecisionCard(verdict, ())) for verdict in (Verdict.BORDERLINE, Verdict.ADVANCE)
    )
    other = StageDecision("Offer", (2,), DecisionCard(None, (), "Too little."))
    (panel, offer) = stage_histories([_sitting(1, decisions=(first,)), _sitting(2, decisions=(then, other))])
    assert (panel.stage, panel.decisions) == ("Panel", (first, then))
    assert (offer.stage, offer.decisions) == ("Offer", (other,))


def test_fresh_questions_are_those_never_asked_then_the_longest_unasked() -> None:
    """The bank's order holds among the unasked; an asked one comes back after them, the oldest first."""
    bank = role(4).questions
    assert [q.id for q in fresh_questions(bank, ["q00", "q01", "q00"], 4)] == ["q02", "q03", "q01", "q00"]
    assert len(fresh_questions(bank, [], 2)) == 2


@given(st.integers(0, 12), st.lists(st.sampled_from([f"q{n:02}" for n in range(12)]), max_size=20))
def test_another_question_is_never_the_same(questions: int, asked: list[str]) -> None:
    """Any bank with a second question yields another one; of the same kind wherever one is there."""
    bank = role(questions).questions
    other = other_question(bank, QUESTION, asked)
    others = [question for question in bank if question.id != QUESTION.id]
    assert (other is None) == (not others)
    if other is not None:
        assert other.id != QUESTION.id
        alike = any(question.kind is QUESTION.kind for question in others)
        assert (other.kind is QUESTION.kind) or not alike


def test_another_question_shares_the_topic_where_one_does() -> None:
    """Among questions of one kind the shared topic decides, then what was asked least lately."""
    bank = [replace(question, kind=QuestionKind.BACKGROUND) for question in role(9).questions]
    assert getattr(other_question(bank, QUESTION, []), "id", None) == "q03"
    assert getattr(other_question(bank, QUESTION, ["q03"]), "id", None) == "q06"


@pytest.mark.parametrize(
    ("grade", "expected"),
    [
        (_grade(structure=1, kpis=3), "structure"),
        (_grade(relevance=1, reflection=0), "reflection"),
        (_grade(), None),
        (NotGraded("Nothing was said."), None),
        (None, None),
    ],
)
def test_a_weakness_is_the_criterion_that_fell_shortest(grade: Grade | NotGraded | None, expected: str | None) -> None:
    """The lowest share of its levels names it; full marks and no grade name none."""
    found = weakness(_card(grade))
    assert (found.id if found else None) == expected
