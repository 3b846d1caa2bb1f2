"""Figures taken apart and printed: authors, bands, the interval's calibration, and how an undefined figure looks."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from evals.answers import Scored
from evals.baseline import Baseline
from evals.bootstrap import Difference, Figure
from evals.breakdown import by_kpi, confusion, taken_apart
from evals.calibration import calibration
from evals.readings import Readings
from evals.render import as_json, as_markdown, as_text
from evals.sets import DataSet, Status, fitted_on
from evals.suite import FloorValue, Measured, Options, Result, Table, options_for
from evals.suites.pages import Pages
from prepbot.domain.evidence import Evidence, KpiLevel, KpiReference, Span
from prepbot.domain.rubric import Grade

ROW = replace(fitted_on()[0], kpis=(), band=3, relevance=2)
GOOD = DataSet("good", "", "author good", Status.SEALED, "MIT", "en")
BAD = DataSet("bad", "", "author bad", Status.SEALED, "MIT", "en")
OPEN = DataSet("open", "", "author open", Status.TRAINED_ON, "MIT", "en")
KPI = KpiReference("Bounce Rate", KpiLevel.USED, Span(0, 3))


class _Made(Readings):
    """Readings of three sets: bands 3 and 4 read right, read one too low, and read right on an open set."""

    def of(self, one: DataSet) -> tuple[Scored, ...]:
        lower = 1 if one is BAD else 0
        return tuple(
            Scored(
                replace(ROW, question=f"{one.name} {band}", band=band),
                Evidence(3, 2, kpis=(KPI,) if one is BAD else ()),
                Grade(band - lower, (), interval=(band - lower, band - lower)),
            )
            for band in (3, 4)
        )


OPTIONS = Options((GOOD, BAD, OPEN), _Made(), Baseline({}))


def rows(result: Result, title: str) -> dict[str, tuple[object, ...]]:
    """The rows of the table whose title begins so, by their first cell."""
    table = next(one for one in result.tables if one.title.startswith(title))
    return {str(row[0]): row[1:] for row in table.rows}


def test_authors_are_taken_apart_and_the_worst_is_named() -> None:
    """Each author has a line of their own, and the note names the one who is read worst."""
    found = taken_apart(OPTIONS)
    assert list(rows(found, "by author, sets that are unread")) == ["author bad", "author good"]
    assert [note for note in found.notes if "band kappa author bad" in note]


def test_open_and_unread_sets_are_never_pooled() -> None:
    """What was trained on has tables of its own."""
    found = taken_apart(OPTIONS)
    assert list(rows(found, "by author, sets trained on")) == ["author open"]
    assert [row[0] for row in rows(found, "by labelled band, sets that are unread").values()] == [2, 2]


def test_the_table_of_bands_counts_label_by_reading() -> None:
    """Of two answers labelled 4 one was read as 3."""
    assert rows(confusion(OPTIONS), "bands, sets that are unread")["labelled 4"] == (0, 0, 1, 1, 0)


def test_every_kpi_has_its_line() -> None:
    """A KPI that was read twice and never labelled has no recall, and a precision of 0."""
    labelled, read, precision, recall, _ = rows(by_kpi(OPTIONS), "by KPI, sets that are unread")["Bounce Rate"]
    assert (labelled, read, precision) == (0, 2, 0.0)
    assert recall != recall  # noqa: PLR0124 - not a number


def test_coverage_is_that_of_the_band_read() -> None:
    """An interval that misses every second label covers half of them, by the band that was read."""
    found = rows(calibration(OPTIONS), "the grade's interval, sets that are unread")
    assert {name: getattr(row[1], "value", None) for name, row in found.items()} == {
        "all": 0.5,
        "read 2": 0.0,
        "read 3": 0.5,
        "read 4": 1.0,
    }


def test_without_intervals_calibration_says_so() -> None:
    """No interval is a sentence, not a coverage of 0."""

    class _NoIntervals(_Made):
        def of(self, one: DataSet) -> tuple[Scored, ...]:
            return tuple(replace(scored, graded=Grade(3, ())) for scored in super().of(one))

    found = calibration(replace(OPTIONS, readings=_NoIntervals()))
    assert found.tables == ()
    assert "no grade carries an interval" in found.notes[0]


MEASURED = Measured(
    "band kappa",
    "made up",
    Figure(0.5, 0.4, 0.6, 60),
    {"ridge": FloorValue(0.45, Difference(0.05, -0.1, 0.2)), "word count": FloorValue(float("nan"))},
    Difference(0.01, -0.02, 0.04),
)


@pytest.mark.parametrize("form", [as_text, as_markdown])
def test_a_figure_is_printed_with_all_that_belongs_to_it(form: Callable[[str, Result], str]) -> None:
    """Value, interval, n, change, floors, and the difference to the best floor; what is undefined is a dash."""
    printed = form("band", Result((MEASURED,)))
    for words in ("0.50 [0.40, 0.60]", "60", "+0.01 [-0.02, +0.04]", "0.45", "–", "+0.05 [-0.10, +0.20]"):
        assert words in printed


def test_markdown_cells_do_not_break_the_table() -> None:
    """A bar in a cell is escaped."""
    assert "a\\|b" in as_markdown("x", Result(tables=(Table("t", ("h",), (("a|b",),)),)))


def test_json_has_null_for_what_is_undefined() -> None:
    """JSON knows no NaN: other programs have to be able to read it."""
    found = json.loads(json.dumps(as_json({"band": Result((MEASURED,))}), allow_nan=False))
    assert found["band"]["figures"][0]["floors"]["word count"]["value"] is None


def test_role_pages_are_measured_by_page() -> None:
    """Of one page's role only that page is read; the floor that sees line shapes takes activities for KPIs."""
    figures = {one.name: one for one in Pages().run(replace(OPTIONS, role="warehouse-supervisor")).figures}
    assert figures["KPIs F1"].figure.n == 10
    assert figures["KPIs F1"].floors["line shapes"].value < figures["KPIs F1"].figure.value


def test_a_named_set_is_measured_alone() -> None:
    """--dataset chooses, also files that are not measured by default."""
    assert [one.name for one in options_for(["training_answers"]).sets] == ["training_answers"]
    assert "training_answers" not in [one.name for one in options_for().sets]
