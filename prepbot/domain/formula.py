"""Formulas of the KPI catalogue: names, numbers, + - * / and brackets, evaluated without running any code."""

import ast
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

_OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Quotient:
    """A formula of the form top / bottom * factor, as almost every KPI is; `factor` is 1 where none is written.

    `top` and `bottom` are formulas themselves. A constant above the line belongs to the factor.
    """

    top: str
    bottom: str
    factor: float


def names_in(formula: str) -> tuple[str, ...]:
    """The formula's names, each once, in the order of reading. Raises ValueError where it is no formula."""
    _tree(formula)
    return tuple(dict.fromkeys(_NAME.findall(formula)))


def evaluate(formula: str, values: Mapping[str, float]) -> float:
    """The formula's value. Raises ValueError for anything but arithmetic, KeyError for a name without a value.

    Raises ZeroDivisionError as arithmetic does.
    """
    return _value(_tree(formula), values)


def written(formula: str, word: Callable[[str], str]) -> str:
    """The formula to be read by a person: `word` says what stands for each name, × for the sign of multiplication."""
    return _NAME.sub(lambda found: word(found.group()), formula).replace(" * ", " × ")


def quotient(formula: str) -> Quotient | None:
    """The formula taken apart at its division; None where it is no single quotient of names."""
    return _quotient(_tree(formula), 1.0)


def _quotient(node: ast.expr, factor: float) -> Quotient | None:
    if not isinstance(node, ast.BinOp):
        return None
    if isinstance(node.op, ast.Mult) and isinstance(node.right, ast.Constant):
        return _quotient(node.left, factor * _constant(node.right))
    if not isinstance(node.op, ast.Div):
        return None
    top = node.left
    if isinstance(top, ast.BinOp) and isinstance(top.op, ast.Mult) and isinstance(top.right, ast.Constant):
        factor, top = factor * _constant(top.right), top.left
    if isinstance(node.right, ast.Constant):
        return None
    return Quotient(ast.unparse(top), ast.unparse(node.right), factor)


@lru_cache(maxsize=512)
def _tree(formula: str) -> ast.expr:
    try:
        tree = ast.parse(formula, mode="eval").body
    except SyntaxError as exc:
        raise ValueError(f"“{formula}” is no formula") from exc
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp):
            known = type(node.op) in _OPERATORS
        elif isinstance(node, ast.Constant):
            known = type(node.value) in {int, float}
        else:
            known = isinstance(node, ast.Name | ast.expr_context | ast.operator)
        if not known:
            raise ValueError(f"“{formula}” holds more than names, numbers, + - * / and brackets")
    return tree


def _value(node: ast.expr, values: Mapping[str, float]) -> float:
    match node:
        case ast.BinOp():
            return _OPERATORS[type(node.op)](_value(node.left, values), _value(node.right, values))
        case ast.Constant():
            return _constant(node)
        case ast.Name():
            return values[node.id]
        case _:
            raise ValueError(f"“{ast.unparse(node)}” is no part of a formula")


def _constant(node: ast.Constant) -> float:
    assert isinstance(node.value, int | float)
    return float(node.value)
