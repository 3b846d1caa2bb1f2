"""The scorers of evals/measures.py on cases whose figures can be worked out by hand."""

from dataclasses import replace

import pytest

from evals.answers import Scored, figures, missed
from evals.labelled import LabelledAnswer
from prepbot.domain.evidence import Evidence, KpiLevel, KpiReference, Ownership, Span
from prepbot.domain.rubric import Grade, NotGraded
from tests.examples import LABELLED

ROW = LABELLED
RIGHT = Evidence(
    words=8,
    relevance=2,
    kpis=(KpiReference("Bounce Rate", KpiLevel.USED, Span(29, 40)),),
    action=Span(0, 14),
    ownership=Ownership.I,
)


def scored(row: LabelledAnswer, evidence: Evidence, band: int) -> Scored:
    """A row beside evidence, and a band that need not follow from it."""
    return Scored(row, evidence, Grade(band, ()))


def test_a_perfect_reading_scores_one_everywhere() -> None:
    """Evidence that agrees with every label scores 1."""
    found = figures([scored(ROW, RIGHT, 3), scored(replace(ROW, question="And then?", band=4), RIGHT, 4)])
    for name in ("kpi F1 by name", "kpi F1 with level", "structure F1", "band kappa", "relevance accuracy"):
        assert found[name].value == 1.0


def test_a_missed_level_lowers_only_the_figure_with_level() -> None:
    """The right KPI at the wrong level counts by name and not with level."""
    wrong = replace(RIGHT, kpis=(KpiReference("Bounce Rate", KpiLevel.QUANTIFIED, Span(29, 40)),))
    found = figures([scored(ROW, wrong, 3)])
    assert (found["kpi F1 by name"].value, found["kpi F1 with level"].value) == (1.0, 0.0)


def test_one_false_and_one_missed_kpi_give_half_of_everything() -> None:
    """Of two answers, one read right and one with another KPI instead, precision and recall are one half."""
    other = replace(RIGHT, kpis=(KpiReference("Website Traffic", KpiLevel.USED, Span(29, 40)),))
    wrong = scored(ROW, other, 3)
    found = figures([scored(ROW, RIGHT, 3), wrong])
    assert (found["kpi precision"].value, found["kpi recall"].value) == (0.5, 0.5)
    lost, false = missed(wrong)
    assert lost == ("Bounce Rate",)
    assert [reference.kpi for reference in false] == ["Website Traffic"]


def test_quadratic_kappa_of_opposite_bands_is_negative() -> None:
    """Bands turned upside down agree less than chance; one band off still counts as within one."""
    rows = [replace(ROW, question=str(n), band=n) for n in (1, 2, 3, 4, 5)]
    upside_down = figures([scored(row, RIGHT, 6 - row.band) for row in rows])
    shifted = figures([scored(row, RIGHT, min(row.band + 1, 5)) for row in rows])
    assert upside_down["band kappa"].value == pytest.approx(-1.0)
    assert (shifted["band exact"].value, shifted["band within one"].value) == (pytest.approx(0.2), 1.0)


def test_relevance_zero_has_no_parts() -> None:
    """An answer read as off topic has no parts, whatever spans it carries."""
    found = figures([scored(replace(ROW, relevance=0, parts={}), replace(RIGHT, relevance=0), 1)])
    assert found["structure F1"].n == 0


def test_the_interval_comes_from_questions_not_answers() -> None:
    """Answers to a single question give an interval of no width: there is nothing to resample."""
    found = figures([scored(ROW, RIGHT, 3), scored(ROW, RIGHT, 4)])["band exact"]
    assert (found.value, found.low, found.high) == (0.5, 0.5, 0.5)


def test_what_is_not_graded_counts_as_band_one() -> None:
    """The labels know no ungraded answer: another language is band 1 there, so it is here."""
    found = figures([Scored(replace(ROW, band=1), RIGHT, NotGraded("not English"))])
    assert found["band exact"].value == 1.0


def test_an_interval_is_held_against_the_labelled_band() -> None:
    """Of two intervals of one band's width, one with the label in it gives a coverage of one half."""
    rows = [(ROW, (2, 3)), (replace(ROW, band=5), (3, 4))]
    found = figures([Scored(row, RIGHT, Grade(3, (), interval=interval)) for row, interval in rows])
    assert (found["interval coverage"].value, found["interval width"].value) == (0.5, 1.0)
