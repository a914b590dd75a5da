"""The value of an expression, on single numbers or on arrays that broadcast against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from offramp.expressions.faults import ExpressionError
from offramp.expressions.ranges import compares_truths
from offramp.expressions.syntax import (
    Arithmetic,
    Call,
    Choose,
    Compare,
    Constant,
    Level,
    Logic,
    Measured,
    Name,
    Negate,
    Node,
    Not,
)
from offramp.expressions.text import text_of
from offramp.expressions.trees import ENSEMBLE_FUNCTIONS
from offramp.shapes import Bools, Floats

__all__ = ["Environment", "Rungs", "evaluate", "truth"]


@dataclass(frozen=True, slots=True, eq=False)
class Rungs:
    """The level that an option, condition or setting is at.

    As a number it is ``index / top``, as a truth ``index > 0``; in a comparison with one of its levels, the
    index counts.
    """

    index: npt.NDArray[np.integer[Any]] | int
    """The rung, from 0; any shape that broadcasts with the rest."""
    top: int
    """The highest rung: the number of levels minus one."""

    @property
    def number(self) -> Floats:
        """The level scaled to 0..1; 0 where there is one level only."""
        return np.true_divide(self.index, max(self.top, 1))


Environment = Mapping[str, Rungs | npt.NDArray[Any] | float]
"""The value of every name: `Rungs` for options, conditions and settings, numbers or arrays for the rest.

Outcomes in brackets and ensemble functions stand there under their canonical text (see `evaluate`).
"""

_ARITHMETIC = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.true_divide}
_COMPARE = {
    "==": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


def evaluate(node: Node, env: Environment) -> Floats:
    """Compute the value of a resolved expression.

    Parameters
    ----------
    node : Node
        The expression, after `resolve`.
    env : Environment
        What the names stand for. ``outcome[strategy; ...]``, ``share(...)``, ``mean(...)``,
        ``variance(...)``, ``effect(...)``, ``highest(...)`` and ``lowest(...)`` are looked up under
        `text_of` of the node.

    Returns
    -------
    Floats
        float64, in the shape to which the values broadcast (no axes where all are single numbers). A truth
        counts as 1 or 0. Divisions by zero and overflows give inf or NaN without a warning.

    Examples
    --------
    >>> from offramp.expressions import parse
    >>> float(evaluate(parse("2 * cost - (cost > 1)"), {"cost": 3.0}))
    5.0
    """
    with np.errstate(all="ignore"):
        return np.asarray(_number(node, env), dtype=np.float64)


def truth(node: Node, env: Environment) -> Bools:
    """Compute an expression as a yes or no.

    A level is true above the first, a number where it is not 0 (so NaN is true); comparisons with NaN are
    false, but for ``!=``. See `evaluate`.
    """
    with np.errstate(all="ignore"):
        return np.asarray(_truth(node, env), dtype=np.bool_)


def _number(node: Node, env: Environment) -> Any:
    match node:
        case Constant(value):
            return float(value)
        case Name(name, at):
            found = _looked_up(name, env, at)
            return found.number if isinstance(found, Rungs) else found
        case Level(of, _, index, at):
            return index / max(_rungs(of, env, at).top, 1)
        case Negate(of):
            return np.negative(_number(of, env))
        case Arithmetic(op, left, right):
            return _ARITHMETIC[op](_number(left, env), _number(right, env))
        case Choose(test, then, otherwise):
            return np.where(_truth(test, env), _number(then, env), _number(otherwise, env))
        case Not() | Compare() | Logic():
            return np.asarray(_truth(node, env), dtype=np.float64)
        case Measured(at=at):
            return _looked_up(text_of(node), env, at)
        case Call(function, _, at) if function in ENSEMBLE_FUNCTIONS:
            return _looked_up(text_of(node), env, at)
        case Call(function, arguments):
            return _called(function, [_number(argument, env) for argument in arguments])


def _called(function: str, values: list[Any]) -> Any:
    if function == "abs":
        return np.abs(values[0])
    if function == "clip":
        return np.minimum(np.maximum(values[0], values[1]), values[2])
    combine = np.minimum if function == "min" else np.maximum
    result = values[0]
    for value in values[1:]:
        result = combine(result, value)
    return result


def _truth(node: Node, env: Environment) -> Any:
    match node:
        case Name(name, at):
            found = _looked_up(name, env, at)
            return np.greater(found.index, 0) if isinstance(found, Rungs) else np.not_equal(found, 0)
        case Level(_, _, index):
            return index > 0
        case Not(of):
            return np.logical_not(_truth(of, env))
        case Logic(op, left, right):
            combine = np.logical_and if op == "and" else np.logical_or
            return combine(_truth(left, env), _truth(right, env))
        case Choose(test, then, otherwise):
            return np.where(_truth(test, env), _truth(then, env), _truth(otherwise, env))
        case Compare(op, left, right):
            if isinstance(left, Level) or isinstance(right, Level):
                return _COMPARE[op](_rung(left, env), _rung(right, env))
            if compares_truths(node):
                return _COMPARE[op](_truth(left, env), _truth(right, env))
            return _COMPARE[op](_number(left, env), _number(right, env))
        case _:
            return np.not_equal(_number(node, env), 0)


def _rung(node: Node, env: Environment) -> Any:
    if isinstance(node, Level):
        return node.index
    if isinstance(node, Name):
        return _rungs(node.name, env, node.at).index
    raise ExpressionError("A level can be compared only with what has it", "", node.at)


def _looked_up(name: str, env: Environment, at: int) -> Rungs | npt.NDArray[Any] | float:
    try:
        return env[name]
    except KeyError:
        raise ExpressionError(f"There is no value for '{name}'", "", at, code="no-value") from None


def _rungs(name: str, env: Environment, at: int) -> Rungs:
    found = _looked_up(name, env, at)
    if not isinstance(found, Rungs):
        raise ExpressionError(f"'{name}' has no levels here", "", at, code="no-value")
    return found
