"""Which exercises a role gets: its own KPIs first, a plain table or a written case where the families end."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.exercise import Exercise, WrittenCase
from prepbot.domain.exercise_choice import exercises_for, written_case
from prepbot.domain.exercise_draw import draw
from prepbot.domain.exercise_plain import plain_family
from prepbot.domain.role import Kpi, Role
from prepbot.reading.catalogue import load_metrics, track
from prepbot.reading.exercises import load_families
from prepbot.reading.library import library_roles
from tests.examples import role

METRICS = {metric.id: metric for metric in load_metrics()}
FAMILIES = load_families()
YIELDED = {metric for family in FAMILIES for metric in family.metrics}


def chosen(page: Role, seed: int, count: int = 2) -> tuple[Exercise | WrittenCase, ...]:
    """The exercises of a role page."""
    return exercises_for(page, track(page.kpis, load_metrics()), FAMILIES, METRICS, seed, count)


@pytest.mark.parametrize("page", library_roles(), ids=lambda page: page.id)
@pytest.mark.parametrize("count", [2, 3])
def test_each_shipped_role_gets_exercises_on_its_own_kpis(page: Role, count: int) -> None:
    """Every exercise of the four pages asks for a KPI that the page names, and no family comes twice."""
    own = {one.metric.id for one in track(page.kpis, load_metrics()) if one.metric}
    for seed in range(30):
        exercises = chosen(page, seed, count)
        assert len(exercises) == count
        assert len({one.family for one in exercises if isinstance(one, Exercise)}) == count
        for one in exercises:
            assert isinstance(one, Exercise)
            assert {task.metric.id for task in one.figures} & own


@pytest.mark.parametrize("page", library_roles(), ids=lambda page: page.id)
def test_seeds_bring_other_exercises(page: Role) -> None:
    """The same seed gives the same exercises, and thirty seeds give many different tables."""
    assert chosen(page, 7) == chosen(page, 7)
    tables = {one.table for seed in range(30) for one in chosen(page, seed) if isinstance(one, Exercise)}
    assert len(tables) >= 50


def test_a_role_without_kpis_gets_a_written_case() -> None:
    """A page without KPIs, or with KPIs that nobody can compute, leads to a case from one of its activities."""
    for kpis in ((), (Kpi("Window shine", "How much the windows shine", 9),), (Kpi("Footfall", "Visitors", 9),)):
        [case] = chosen(replace(role(), kpis=kpis), 3)
        assert isinstance(case, WrittenCase)
        assert "Keep The Shop" in case.situation


def test_a_role_without_activities_gets_a_case_about_itself() -> None:
    """Even an almost empty page leads to a case, which names the role."""
    case = written_case(replace(role(), activities=(), about=""), 1)
    assert "Shopkeeper" in case.title
    assert "Shopkeeper" in case.situation


def test_a_role_with_one_family_gets_it_and_a_written_case() -> None:
    """One KPI of one family gives that exercise first and a written case beside it."""
    first, second = chosen(replace(role(), kpis=(Kpi("Donor Retention Rate", "Donors who give again", 9),)), 3)
    assert isinstance(first, Exercise)
    assert first.family == "fundraising"
    assert isinstance(second, WrittenCase)


def test_kpis_outside_the_families_get_a_plain_table() -> None:
    """A KPI that no family yields but whose formula is one name by another is asked for in a plain table."""
    outside = next(one for one in METRICS.values() if one.id not in YIELDED and plain_family([one]))
    first, second = chosen(replace(role(), kpis=(Kpi(outside.name, "", 9),)), 3)
    assert isinstance(first, Exercise)
    assert [task.metric.id for task in first.figures] == [outside.id]
    assert isinstance(second, WrittenCase)


def test_hardly_a_formula_stays_without_an_exercise() -> None:
    """Of the catalogue's metrics with a formula more than 90 % give an exercise."""
    with_formula = [metric for metric in METRICS.values() if metric.formula]
    without = [metric.id for metric in with_formula if metric.id not in YIELDED and plain_family([metric]) is None]
    assert len(without) < 0.1 * len(with_formula)


@given(st.lists(st.sampled_from(sorted(METRICS)), min_size=1, max_size=8, unique=True), st.integers(0, 10**6))
def test_plain_tables_are_as_sound_as_written_ones(ids: list[str], seed: int) -> None:
    """A plain family of any metrics can be drawn: its parts fit their wholes and its leak is the worst row."""
    family = plain_family([METRICS[one] for one in ids])
    if family is None:
        return
    exercise = draw(family, METRICS, seed)
    for name in exercise.table.rows:
        row = exercise.table.row(name)
        assert all(row[rule.column.id] <= row[rule.of] for rule in family.columns if rule.part)
    assert exercise.leak.solution[0].startswith(exercise.leak.row.name)
    assert 1 <= len(exercise.figures) <= 3


@pytest.mark.parametrize("count", [0, 1, 4])
def test_another_number_of_exercises_is_refused(count: int) -> None:
    """Only two or three can be asked for."""
    with pytest.raises(ValueError, match="ask for 2 or 3"):
        chosen(role(), 1, count)
