"""Drawn exercises: consistent, solvable, right by a computation of the tests' own, and the same for the same seed."""

import csv
import io
import tomllib
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.exercise import Exercise, FigureTask
from prepbot.domain.exercise_draw import draw
from prepbot.domain.exercise_family import Family
from prepbot.domain.exercise_tasks import expected_of
from prepbot.reading.catalogue import load_metrics
from prepbot.reading.exercises import load_families
from prepbot.resources import resource

METRICS = {metric.id: metric for metric in load_metrics()}
FAMILIES = {family.id: family for family in load_families()}
SEEDS = range(26)  # of 40 families: more than a thousand exercises
Cells = dict[str, Fraction]

RAW_FAMILIES = {
    one["id"]: one for one in tomllib.loads(resource("knowledge/exercises.toml").read_text("utf-8"))["family"]
}
RAW_METRICS = {one["id"]: one for one in tomllib.loads(resource("knowledge/metrics.toml").read_text("utf-8"))["metric"]}

# Worked out by hand from the KPIs' definitions on the role pages, by the columns' labels, as a candidate would.
BY_HAND: dict[str, Callable[[Cells], Fraction]] = {
    "conversion_rate": lambda c: c["Orders"] * 100 / c["Visits"],
    "average_order_value": lambda c: c["Revenue"] / c["Orders"],
    "cart_abandonment_rate": lambda c: 100 - c["Orders"] * 100 / c["Carts"],
    "bounce_rate": lambda c: c["Visits of one page"] * 100 / c["Visits"],
    "average_session_duration": lambda c: c["Seconds on the site"] / c["Visits"],
    "return_on_ad_spend": lambda c: c["Revenue from ads"] / c["Spend"],
    "email_open_rate": lambda c: c["Opened"] * 100 / c["Delivered"],
    "email_click_through_rate": lambda c: c["Clicked"] * 100 / c["Delivered"],
    "customer_satisfaction_score": lambda c: c["Satisfied answers"] * 100 / c["Survey answers"],
    "social_media_engagement": lambda c: (c["Likes"] + c["Comments"] + c["Shares"]) * 100 / c["People reached"],
    "inventory_turnover": lambda c: c["Cost of goods sold"] / c["Average stock at cost"],
    "customer_retention_rate": lambda c: 100 - c["Customers lost"] * 100 / c["Customers at the start"],
    "net_revenue_retention": lambda c: (
        100 + (c["Expansion"] - c["Downgrades"] - c["Churned revenue"]) * 100 / c["Recurring revenue at the start"]
    ),
    "logo_churn_rate": lambda c: (
        (c["Accounts lost"] if "Accounts lost" in c else c["Customers lost"])
        * 100
        / (c["Accounts at the start"] if "Accounts at the start" in c else c["Customers at the start"])
    ),
    "time_to_first_value": lambda c: c["Days to the first outcome, all accounts"] / c["Accounts onboarded"],
    "net_promoter_score": lambda c: (
        c["Promoters"] * 100 / c["Survey answers"] - c["Detractors"] * 100 / c["Survey answers"]
    ),
    "renewal_forecast_accuracy": lambda c: 100 - c["Miss of the forecast"] * 100 / c["Renewed revenue"],
    "health_score_coverage": lambda c: c["Accounts with a current score"] * 100 / c["Accounts"],
    "sales_per_square_metre": lambda c: c["Sales"] / (c.get("Sales area (m²)") or c["Area (m²)"]),
    "window_capture_rate": lambda c: c["People entering"] * 100 / c["People passing"],
    "sell_through_rate": lambda c: (
        c.get("Pieces sold in 4 weeks", c.get("Pieces sold", Fraction(0))) * 100 / c["Pieces delivered"]
    ),
    "planogram_compliance": lambda c: c["Shelves as planned"] * 100 / c["Shelves checked"],
    "display_setup_time": lambda c: c["Set-up hours"] / c["Displays built"],
    "props_budget_variance": lambda c: c["Props, actual"] * 100 / c["Props, planned"] - 100,
    "units_per_transaction": lambda c: c["Pieces sold"] / c["Receipts"],
    "pick_accuracy": lambda c: c["Lines picked right"] * 100 / c["Lines picked"],
    "lines_per_labour_hour": lambda c: c["Lines picked"] / c["Labour hours"],
    "on_time_dispatch_rate": lambda c: c["Sent before the cut-off"] * 100 / c["Orders due"],
    "dock_to_stock_time": lambda c: c["Hours from unloading to stock, all deliveries"] / c["Deliveries"],
    "inventory_accuracy": lambda c: c["Counted right"] * 100 / c["Locations counted"],
    "lost_time_injury_frequency_rate": lambda c: c["Injuries with lost time"] / (c["Hours worked"] / 1_000_000),
    "damage_shrinkage_rate": lambda c: (c["Damaged"] + c["Missing"]) * 100 / c["Value of throughput"],
    "space_utilisation": lambda c: c["Positions in use"] * 100 / c["Positions"],
    "cost_per_order": lambda c: c["Cost"] / c["Orders due"],
    "bed_occupancy_rate": lambda c: c["Bed days in use"] * 100 / c["Bed days available"],
    "average_length_of_stay": lambda c: c["Bed days in use"] / c["Discharges"],
    "call_abandonment_rate": lambda c: c["Calls abandoned"] * 100 / c["Calls offered"],
    "average_handle_time": lambda c: (
        (c["Talk minutes"] + c["Hold minutes"] + c["After-call minutes"]) / c["Calls answered"]
    ),
    "offer_acceptance_rate": lambda c: c["Offers accepted"] * 100 / c["Offers made"],
    "food_cost_percentage": lambda c: c["Food cost"] * 100 / c["Food sales"],
    "days_sales_outstanding": lambda c: c["Receivables"] * c["Days"] / c["Sales on credit"],
}


def from_csv(exercise: Exercise) -> dict[str, Cells]:
    """The downloaded table, read as a candidate's spreadsheet would read it."""
    rows = list(csv.DictReader(io.StringIO(exercise.table.csv())))
    key = next(iter(rows[0]))
    return {row[key]: {name: Fraction(cell) for name, cell in row.items() if name != key} for row in rows}


def summed(rows: dict[str, Cells]) -> Cells:
    """The columns' totals."""
    labels = next(iter(rows.values()))
    return {label: sum((row[label] for row in rows.values()), Fraction(0)) for label in labels}


def computed(family: str, metric: str, cells: Cells) -> Fraction:
    """The metric by exact fractions: by hand where a formula was written down here, else by the catalogue's text."""
    if metric in BY_HAND:
        return BY_HAND[metric](cells)
    names: dict[str, Any] = {}
    for column in RAW_FAMILIES[family]["columns"]:
        names |= dict.fromkeys([column["id"], *column.get("also", [])], cells[column["label"]])
    return Fraction(eval(RAW_METRICS[metric]["formula"], {"__builtins__": {}}, names))  # noqa: S307  our own catalogue


def cells_of(exercise: Exercise, task: FigureTask) -> Cells:
    """The row, or the totals, that a task asks about."""
    rows = from_csv(exercise)
    return summed(rows) if task.where is None else rows[task.where]


@pytest.fixture(scope="module", params=FAMILIES)
def drawn(request: pytest.FixtureRequest) -> list[Exercise]:
    """The exercises of one family, one for each seed."""
    return [draw(FAMILIES[request.param], METRICS, seed) for seed in SEEDS]


def test_there_are_enough_families() -> None:
    """At least twelve families, of at least eight functions, and more than a thousand exercises are drawn below."""
    assert len(FAMILIES) >= 12
    assert len({function for family in FAMILIES.values() for function in family.functions}) >= 8
    assert len(FAMILIES) * len(SEEDS) > 1000


def test_parts_never_exceed_their_whole(drawn: list[Exercise]) -> None:
    """Carts are no more than visits and orders no more than carts, in every row and in every family."""
    for exercise in drawn:
        for row in exercise.table.rows:
            values = exercise.table.row(row)
            assert min(values.values()) >= 0
            for column in RAW_FAMILIES[exercise.family]["columns"]:
                if "part_of" in column:
                    assert values[column["id"]] <= values[column["part_of"]]


def test_expected_figures_are_right(drawn: list[Exercise]) -> None:
    """Every figure agrees with exact fractions worked out from the downloaded CSV."""
    for exercise in drawn:
        assert 2 <= len(exercise.figures) <= 3
        for task in exercise.figures:
            exact = computed(exercise.family, task.metric.id, cells_of(exercise, task))
            assert task.expected.value == pytest.approx(float(exact), rel=1e-9)
            assert task.expected.agrees(float(exact))


def test_the_leak_is_the_worst_row_and_stands_out(drawn: list[Exercise]) -> None:
    """By the exact figures the leaking row is worse than the next by more than twice the tolerance."""
    for exercise in drawn:
        metric = exercise.leak.metric
        rows = {row: computed(exercise.family, metric.id, cells) for row, cells in from_csv(exercise).items()}
        worst = sorted(rows, key=lambda row: rows[row], reverse=metric.direction == "down")
        assert worst[0] == exercise.leak.row.name
        gap = abs(rows[worst[0]] - rows[worst[1]])
        assert gap > 2 * exercise.leak.expected.tolerance
        assert {row.name for row in exercise.leak.others} == set(worst[1:])


@pytest.mark.parametrize(("said", "right"), [(98.4, True), (98.45, True), (98.9, False), (98.0, False)])
def test_near_a_hundred_percent_the_rest_counts(said: float, right: bool) -> None:
    """An accuracy of 98.4 % is no 98.9 %: a third of the errors lies between them."""
    percent = next(metric for metric in load_metrics() if metric.unit == "percent")
    assert expected_of(percent, 98.4).agrees(said) is right


def test_a_tolerance_tells_the_rows_apart_from_a_slip(drawn: list[Exercise]) -> None:
    """No slip of a task is as good as its right figure, and a tolerance is never above 5 % of it."""
    for exercise in drawn:
        for task in exercise.figures:
            assert not [slip for slip in task.slips if task.expected.agrees(slip.value)]
            assert 0 < task.expected.tolerance <= 0.05 * abs(task.expected.value)


def test_the_worked_solution_ends_in_the_figure(drawn: list[Exercise]) -> None:
    """The last line names the KPI, holds every input as the table shows it, and ends with the figure."""
    for exercise in drawn:
        for task in exercise.figures:
            line = task.solution[-1]
            assert line.startswith(f"{task.metric.name} = ")
            assert line.endswith(f" = {task.expected.shown}")
            if task.top is not None:
                for column, value in zip(task.top.columns, task.top.inputs, strict=True):
                    assert column.shown(value) in line


def test_the_sums_of_a_total_are_shown(drawn: list[Exercise]) -> None:
    """A task for the whole table shows how each total comes about before the formula."""
    for exercise in drawn:
        for task in exercise.figures:
            sums = [line for line in task.solution if " + " in line and "=" in line]
            assert (len(task.solution) > 1) == (task.where is None)
            assert task.where is not None or sums


@given(st.sampled_from(sorted(FAMILIES)), st.integers(), st.sets(st.sampled_from(sorted(METRICS))))
def test_the_same_seed_gives_the_same_exercise(family: str, seed: int, wanted: set[str]) -> None:
    """An exercise is a function of family, seed and wanted metrics, for any seed."""
    one = draw(FAMILIES[family], METRICS, seed, wanted)
    assert one == draw(FAMILIES[family], METRICS, seed, frozenset(wanted))
    asked = [task.metric.id for task in one.figures]
    assert len(set(asked)) == len(asked)
    assert set(asked) <= set(FAMILIES[family].metrics)


def test_other_seeds_give_other_tables() -> None:
    """Ten seeds of one family give ten different tables."""
    tables = {draw(FAMILIES["shop_channels"], METRICS, seed).table for seed in range(10)}
    assert len(tables) == 10


@pytest.mark.parametrize("family", FAMILIES.values(), ids=lambda family: family.id)
def test_wanted_metrics_are_asked_first(family: Family) -> None:
    """The KPI that a role tracks is among the figures, whichever of a family's it is."""
    for metric in family.metrics:
        asked = [task.metric.id for task in draw(family, METRICS, 1, {metric}).figures]
        assert metric in asked


def test_a_leak_that_does_not_stand_out_is_refused() -> None:
    """A family whose leak makes its row better than the others raises ValueError that names family and metric."""
    family = FAMILIES["shop_channels"]
    leak = replace(family.leaks[0], by=(0.5, 0.6))
    with pytest.raises(ValueError, match="shop_channels: the leak of cart_abandonment_rate"):
        draw(replace(family, leaks=(leak,)), METRICS, 1)
