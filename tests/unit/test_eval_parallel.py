"""Suites come back in the order they were asked for, whichever process ran them."""

from evals.parallel import results
from evals.registry import APART, SUITES
from evals.suite import options_for


def test_suites_keep_their_order_across_processes() -> None:
    """A suite that runs apart and one that does not give what each gives alone, in the order asked for."""
    chosen = [next(suite for suite in SUITES if suite.name == name) for name in ("retrieval", "reading")]
    options = options_for(role="visual-merchandiser")
    assert list(results(chosen, options)) == [(suite.name, suite.run(options)) for suite in chosen]


def test_every_suite_has_a_name_of_its_own() -> None:
    """--only names one suite, and what runs apart is one of them."""
    names = [suite.name for suite in SUITES]
    assert len(set(names)) == len(names)
    assert set(names) >= APART
