"""How sure a band is."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.evidence import Chances
from prepbot.domain.ladder import band_of
from prepbot.domain.uncertainty import band_chances, combined, interval

SHARE = st.floats(0, 1)
NAMES = ("situation", "task", "action", "result", "reflection", "steps", "kpi_used", "kpi_in_result")
CHANCES = st.builds(
    Chances, **dict.fromkeys(NAMES, SHARE), off_topic=SHARE, other_question=SHARE, mass=st.floats(0.05, 0.99)
)
BAND = st.integers(1, 5)


@given(CHANCES)
def test_the_chances_of_the_bands_add_up(chances: Chances) -> None:
    """Whatever the chances of the checks, those of the five bands are shares of 1."""
    spread = band_chances(chances)
    assert all(share >= 0 for share in spread)
    assert abs(sum(spread) - 1) < 1e-9


@given(st.fixed_dictionaries(dict.fromkeys(NAMES, st.booleans())), st.booleans())
def test_certain_checks_leave_the_one_band_of_the_ladder(holds: dict[str, bool], other: bool) -> None:
    """Where every check is certain, all the chance lies on the band that the ladder gives."""
    sure = {name: float(held) for name, held in holds.items()}
    beside = holds["steps"] or holds["situation"] or holds["task"] or holds["result"]
    checks = holds | {"repeatable": beside, "kpi_used": holds["kpi_used"] or holds["kpi_in_result"]}
    checks |= {"assessable": True, "in_field": True, "right_facts": True, "on_question": not other}
    band = band_of(checks)[0]
    chances = Chances(**sure, off_topic=0.0, other_question=float(other), mass=0.8)
    assert band_chances(chances)[band - 1] == 1
    assert interval(band, chances) == (band, band)


@given(CHANCES, BAND, st.floats(0, 0.5))
def test_an_interval_holds_its_band_and_grows_with_what_it_must_hold(chances: Chances, band: int, more: float) -> None:
    """The band lies in its interval, the interval holds its share, and a larger share never narrows it."""
    low, high = interval(band, chances)
    wide = interval(band, replace(chances, mass=min(chances.mass + more, 0.99)))
    assert 1 <= wide[0] <= low <= band <= high <= wide[1] <= 5
    assert sum(band_chances(chances)[low - 1 : high]) >= chances.mass or (low, high) == (1, 5)


@given(CHANCES, CHANCES)
def test_a_follow_up_never_makes_a_check_less_likely(first: Chances, second: Chances) -> None:
    """Two answers together hold every check at least as likely as either alone, and are no further off the question."""
    both = combined([first, second])
    assert all(getattr(both, name) >= max(getattr(first, name), getattr(second, name)) - 1e-9 for name in NAMES)
    assert both.off_topic == min(first.off_topic, second.off_topic)
