"""Catalogue formulas: evaluated safely, taken apart at their division, written for a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepbot.domain.formula import evaluate, names_in, quotient, written
from prepbot.reading.catalogue import load_metrics

FORMULAS = tuple(metric.formula for metric in load_metrics() if metric.formula)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("orders / visits * 100", 2.5),
        ("(visits - orders) / visits", 0.975),
        ("orders * 1000 / visits", 25.0),
        ("visits - orders - orders", 380.0),
    ],
)
def test_arithmetic_is_done_as_written(formula: str, value: float) -> None:
    """Division, brackets and the order of operations count as in arithmetic."""
    assert evaluate(formula, {"orders": 10, "visits": 400}) == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["__import__('os')", "a ** b", "a if b else c", "a[0]", "a.b", "-a", "'x' * 3", "a /", "True", "1j", "f(a)"]
)
def test_anything_but_arithmetic_is_refused(text: str) -> None:
    """Calls, powers, attributes, strings and half a formula raise ValueError and run nothing."""
    with pytest.raises(ValueError, match=r"formula|holds more"):
        evaluate(text, {"a": 1.0, "b": 2.0, "c": 3.0})


@pytest.mark.parametrize("formula", FORMULAS)
def test_every_formula_of_the_catalogue_can_be_evaluated(formula: str) -> None:
    """Each formula has names, and a value where each name has one."""
    values = {name: 3.0 + number for number, name in enumerate(names_in(formula))}
    assert values
    assert isinstance(evaluate(formula, values), float)


@given(st.sampled_from(FORMULAS), st.lists(st.floats(1, 1e6), min_size=8, max_size=8))
def test_a_quotient_is_its_formula_taken_apart(formula: str, numbers: list[float]) -> None:
    """Top by bottom times factor is the formula's value, whatever the inputs."""
    parts = quotient(formula)
    if parts is None:
        return
    values = dict(zip(names_in(formula), numbers, strict=False))
    if evaluate(parts.bottom, values) == 0:
        return
    apart = evaluate(parts.top, values) / evaluate(parts.bottom, values) * parts.factor
    assert apart == pytest.approx(evaluate(formula, values), rel=1e-9, abs=1e-6)


def test_most_formulas_are_quotients() -> None:
    """Nine formulas in ten can be taken apart, so that a swapped or named formula can be told."""
    assert sum(quotient(formula) is not None for formula in FORMULAS) >= 0.9 * len(FORMULAS)


def test_a_formula_is_written_with_words_and_signs() -> None:
    """Each name is replaced as a whole and multiplication gets its own sign."""
    assert written("orders / orders_due * 100", {"orders": "412", "orders_due": "500"}.__getitem__) == "412 / 500 × 100"
    assert names_in("orders / orders_due * orders") == ("orders", "orders_due")
