"""The value of an expression, on single numbers or on arrays that broadcast against each other.

Where some names have no value yet, what turns on the others is computed and the rest left open.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from offramp.expressions.faults import ExpressionError
from offramp.expressions.partial import Open, apply, choose, join
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
    Reached,
)
from offramp.expressions.text import text_of
from offramp.expressions.trees import ENSEMBLE_FUNCTIONS
from offramp.shapes import Bools, Floats

__all__ = ["Environment", "Rungs", "evaluate", "settle", "truth"]


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

_ARITHMETIC: Mapping[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": np.true_divide,
}
_COMPARE = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def evaluate(node: Node, env: Environment) -> Floats:
    """Compute the value of a resolved expression.

    Parameters
    ----------
    node : Node
        The expression, after `resolve`.
    env : Environment
        What the names stand for. ``outcome[strategy; ...]``, ``share(...)``, ``mean(...)``,
        ``variance(...)``, ``effect(...)``, ``highest(...)``, ``lowest(...)`` and ``reach(...)`` are looked up
        under `text_of` of the node.

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
        return np.asarray(_closed(_number(node, env), env), dtype=np.float64)


def truth(node: Node, env: Environment) -> Bools:
    """Compute an expression as a yes or no.

    A level is true above the first, a number where it is not 0 (so NaN is true); comparisons with NaN are
    false, but for ``!=``. See `evaluate`.
    """
    with np.errstate(all="ignore"):
        return np.asarray(_closed(_truth(node, env), env), dtype=np.bool_)


def settle(node: Node, env: Environment) -> Floats | Open:
    """Compute as much of a resolved expression as the known names allow.

    Parameters
    ----------
    node : Node
    env : Environment
        What some of the names stand for.

    Returns
    -------
    Floats or Open
        The value where nothing else matters, as from `evaluate`; it may lack axes of parts that turned out not
        to count. Otherwise the function of the other names that is left.

    Examples
    --------
    >>> from offramp.expressions import parse
    >>> left = settle(parse("cost * (high > low)"), {"high": 2.0, "low": 1.0})
    >>> sorted(left.names), float(left.of({"cost": 3.0}))
    (['cost'], 3.0)
    """
    with np.errstate(all="ignore"):
        found = _number(node, env)
        return found if isinstance(found, Open) else np.asarray(found, dtype=np.float64)


def _closed(found: Any, env: Environment) -> Any:
    return found.of(env) if isinstance(found, Open) else found


def _number(node: Node, env: Environment) -> Any:
    match node:
        case Constant(value):
            return float(value)
        case Name(name, at):
            return _looked_up(name, env, at, _as_number)
        case Level(of, _, index, at):
            return apply(lambda rungs: index / max(rungs.top, 1), _rungs(of, env, at))
        case Negate(of):
            return apply(operator.neg, _number(of, env))
        case Arithmetic(op, left, right):
            return apply(_ARITHMETIC[op], _number(left, env), _number(right, env))
        case Choose(test, then, otherwise):
            return choose(_truth(test, env), _number(then, env), _number(otherwise, env))
        case Not() | Compare() | Logic():
            return apply(_counted, _truth(node, env))
        case Measured(at=at) | Reached(at=at):
            return _looked_up(text_of(node), env, at, _as_number)
        case Call(function, _, at) if function in ENSEMBLE_FUNCTIONS:
            return _looked_up(text_of(node), env, at, _as_number)
        case Call(function, arguments):
            return apply(_FUNCTIONS[function], *(_number(argument, env) for argument in arguments))


def _as_number(found: Any) -> Any:
    return found.number if isinstance(found, Rungs) else found


def _counted(truths: Any) -> Floats:
    return np.asarray(truths, dtype=np.float64)


def _least(*values: Any) -> Any:
    return reduce(np.minimum, values)


def _greatest(*values: Any) -> Any:
    return reduce(np.maximum, values)


def _clipped(value: Any, low: Any, high: Any) -> Any:
    return np.minimum(np.maximum(value, low), high)


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {"abs": np.abs, "clip": _clipped, "min": _least, "max": _greatest}


def _truth(node: Node, env: Environment) -> Any:
    match node:
        case Name(name, at):
            return _looked_up(name, env, at, _as_truth)
        case Level(_, _, index):
            return index > 0
        case Not(of):
            return apply(np.logical_not, _truth(of, env))
        case Logic(op, left, right):
            return join(op, _truth(left, env), _truth(right, env))
        case Choose(test, then, otherwise):
            return choose(_truth(test, env), _truth(then, env), _truth(otherwise, env))
        case Compare(op, left, right):
            if isinstance(left, Level) or isinstance(right, Level):
                return apply(_COMPARE[op], _rung(left, env), _rung(right, env))
            if compares_truths(node):
                return apply(_COMPARE[op], _truth(left, env), _truth(right, env))
            return apply(_COMPARE[op], _number(left, env), _number(right, env))
        case _:
            return apply(_as_truth, _number(node, env))


def _as_truth(found: Any) -> Any:
    return np.greater(found.index, 0) if isinstance(found, Rungs) else np.not_equal(found, 0)


def _rung(node: Node, env: Environment) -> Any:
    if isinstance(node, Level):
        return node.index
    if isinstance(node, Name):
        return apply(operator.attrgetter("index"), _rungs(node.name, env, node.at))
    raise ExpressionError("A level can be compared only with what has it", "", node.at)


def _looked_up(name: str, env: Environment, at: int, taken_as: Callable[[Any], Any]) -> Any:
    if name in env:
        return taken_as(env[name])

    def later(env: Environment) -> Any:
        try:
            return taken_as(env[name])
        except KeyError:
            raise ExpressionError(f"There is no value for '{name}'", "", at, code="no-value") from None

    return Open(frozenset({name}), later)


def _rungs(name: str, env: Environment, at: int) -> Any:
    def with_levels(found: Any) -> Rungs:
        if not isinstance(found, Rungs):
            raise ExpressionError(f"'{name}' has no levels here", "", at, code="no-value")
        return found

    return _looked_up(name, env, at, with_levels)
