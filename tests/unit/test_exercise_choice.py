"""Which exercises a role gets: its own KPIs first, a plain table or a written case where the families end."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.exercise import Exercise, WrittenCase
from prepbot.domain.exercise_choice import exercises_for, written_case
from prepbot.domain.exercise_draw import draw
from prepbot.domain.exercise_family import Family, Scene
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


SCENES = [(family, scene) for family in FAMILIES for scene in family.scenes]


def _met(page: Role, seeds: int = 60) -> set[tuple[str, str]]:
    """The families that a page meets over many seeds, each with its situation."""
    drawn = (one for seed in range(seeds) for one in chosen(page, seed, 3))
    return {(one.family, one.situation) for one in drawn if isinstance(one, Exercise)}


@pytest.mark.parametrize("page", library_roles(), ids=lambda page: page.id)
def test_every_exercise_of_a_shipped_role_is_of_its_trade(page: Role) -> None:
    """Whatever is drawn, its situation and its rows are those of the role's function."""
    function = page.function.lower().replace(" ", "_")
    by_id = {family.id: family for family in FAMILIES}
    for name, situation in _met(page):
        family = by_id[name].in_trade(function)
        assert family is not None
        assert family.situation == situation


def test_a_warehouse_reads_of_no_nurses() -> None:
    """Staff by department are those of a warehouse there, of a clinic for who works in one, of any firm elsewhere."""
    turnover = (Kpi("Employee Turnover Rate", "Who leaves in a year", 9),)
    rows = {}
    for function in ("Logistics", "HR", "Finance"):
        page = replace(role(), kpis=turnover, function=function)
        drawn = [one for seed in range(30) for one in chosen(page, seed) if isinstance(one, Exercise)]
        rows[function] = {row for one in drawn for row in one.table.rows}
    assert {"Picking", "Packing"} <= rows["Logistics"]
    assert {"Nursing", "Laboratory"} <= rows["HR"]
    assert "Accounting" in rows["Finance"]
    assert not (rows["Logistics"] | rows["Finance"]) & {"Nursing", "Laboratory"}


def test_a_kpi_of_another_trade_is_put_into_a_plain_table() -> None:
    """Beside a family of the own trade no table of a foreign one is drawn, though its KPI is tracked."""
    kpis = (Kpi("Pick Accuracy", "Lines without error", 9), Kpi("Appointment No-Show Rate", "Missed appointments", 10))
    page = replace(role(), kpis=kpis, function="Logistics")
    assert {name for name, _ in _met(page)} <= {"warehouse_shifts", "plain-appointment_no_show_rate"}


def test_an_unknown_function_meets_every_family() -> None:
    """Where no family is of a role's function its KPIs alone decide."""
    page = replace(role(), kpis=(Kpi("Pick Accuracy", "Lines without error", 9),), function="Falconry")
    assert {name for name, _ in _met(page)} == {"warehouse_shifts"}


@pytest.mark.parametrize(
    ("family", "scene"), SCENES, ids=lambda one: getattr(one, "id", "-".join(one.functions) or "any")
)
def test_every_scene_can_be_drawn(family: Family, scene: Scene) -> None:
    """Each scene gives an exercise with its own rows, and no row goes by a word of another one."""
    function = scene.functions[0] if scene.functions else "falconry"
    met = family.in_trade(function)
    assert met is not None
    assert (met.situation, met.rows) == (scene.situation, scene.rows)
    assert set(draw(met, METRICS, 3).table.rows) <= {row.name for row in scene.rows}
    words = [word for row in scene.rows for word in (row.name.lower(), *row.words)]
    assert len(words) == len(set(words))
