"""Two attempts at one question, compared part by part."""

from hypothesis import given

from prepbot.domain.attempts import OWN_PART, Became, PartChange, compared
from prepbot.domain.checks import checks
from prepbot.domain.evidence import Evidence, KpiLevel, KpiReference, Ownership, Span
from tests.examples import evidences

MIRRORED = {Became.GAINED: Became.LOST, Became.LOST: Became.GAINED, Became.KEPT: Became.KEPT}
HERE = Span(0, 5)


def _kpi(level: KpiLevel) -> tuple[KpiReference, ...]:
    return (KpiReference("Bounce Rate", level, HERE),)


def test_parts_are_gained_kept_and_lost() -> None:
    """What only the later attempt has is gained, what both have kept, what only the earlier has lost."""
    earlier = Evidence(words=9, relevance=2, situation=HERE, action=HERE)
    now = Evidence(words=9, relevance=2, action=HERE, result=HERE, ownership=Ownership.I)
    assert compared(earlier, now) == (
        PartChange("Situation", Became.LOST),
        PartChange("Action", Became.KEPT),
        PartChange("Result", Became.GAINED),
        PartChange(OWN_PART, Became.GAINED),
    )


def test_a_kpi_counts_by_its_level() -> None:
    """A KPI that gets a number is gained though it was named before, and one that loses it is lost."""
    named, counted = (
        Evidence(words=9, relevance=2, kpis=_kpi(level)) for level in (KpiLevel.MENTIONED, KpiLevel.QUANTIFIED)
    )
    assert compared(named, counted) == (PartChange("Bounce Rate, with a number", Became.GAINED),)
    assert compared(counted, named) == (PartChange("Bounce Rate, with a number", Became.LOST),)


def test_nothing_beside_nothing_is_no_change() -> None:
    """Two empty attempts have nothing to compare."""
    empty = Evidence(words=0, relevance=0)
    assert compared(empty, empty) == ()


@given(evidences)
def test_an_attempt_beside_itself_keeps_everything(evidence: Evidence) -> None:
    """The same evidence twice neither gains nor loses."""
    assert {change.became for change in compared(evidence, evidence)} <= {Became.KEPT}


@given(evidences, evidences)
def test_what_is_gained_one_way_is_lost_the_other_way(one: Evidence, other: Evidence) -> None:
    """Swapping the attempts swaps gains and losses and keeps what is kept; nothing is named twice."""
    there, back = compared(one, other), compared(other, one)
    assert {(change.label, MIRRORED[change.became]) for change in there} == {(c.label, c.became) for c in back}
    assert len({change.label for change in there}) == len(there)


@given(evidences, evidences)
def test_everything_that_stands_is_named(one: Evidence, other: Evidence) -> None:
    """Each KPI and each part of either attempt appears in the comparison."""
    labels = [change.label for change in compared(one, other)]
    for evidence in (one, other):
        assert all(any(label.startswith(f"{r.kpi}, ") for label in labels) for r in evidence.kpis)
        assert (OWN_PART in labels) or not checks(evidence)["own_part"].holds
        assert ("Result" in labels) or evidence.result is None
