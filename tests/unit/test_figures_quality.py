"""How well figures in free text are read, on phrases that nobody read while the rules were made."""

from evals.baseline import Baseline
from evals.readings import Readings
from evals.suite import Options
from evals.suites.figures import Figures, load_phrases

RESULT = Figures().run(Options((), Readings(), Baseline({})))


def test_figures_of_unread_phrases_are_read() -> None:
    """At least 95 of 100 phrases of the unread half are read right, far above digits alone."""
    [held] = [one for one in RESULT.figures if one.dataset == "figures_held"]
    assert held.figure.n >= 100
    assert held.figure.value >= 0.95
    for floor in held.floors.values():
        assert floor.above is not None
        assert floor.above.low > 0


def test_phrases_of_the_unread_half_are_not_shown() -> None:
    """Worst cases are printed of the half that was read, never of the other."""
    held = {one.text for one in load_phrases() if one.split == "held"}
    assert not {one.text for one in RESULT.worst} & held
