"""Suites that read texts of their own run in a second process, beside those that share the answers read once."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context

from evals.registry import APART, SUITES
from evals.suite import Options, Result, Suite, options_for


def results(suites: Sequence[Suite], options: Options) -> Iterator[tuple[str, Result]]:
    """Each suite's result, in the order given. The second process loads its own models, once."""
    apart = [suite.name for suite in suites if suite.name in APART] if len(suites) > 1 else []
    sets = tuple(one.name for one in options.sets)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
        begun = {name: other.submit(_run, name, sets, options.role) for name in apart}
        for suite in suites:
            yield suite.name, begun[suite.name].result() if suite.name in begun else suite.run(options)


def _run(name: str, sets: tuple[str, ...], role: str | None) -> Result:
    """One suite in the second process."""
    return next(suite for suite in SUITES if suite.name == name).run(_options(sets, role))


@cache
def _options(sets: tuple[str, ...], role: str | None) -> Options:
    return options_for(sets, role)
