"""Where a yes or no turns on a number that is none, as after a division by zero."""

from __future__ import annotations

import numpy as np

from offramp.expressions.evaluation import Environment, evaluate, truth
from offramp.expressions.ranges import compares_truths, is_yes_no
from offramp.expressions.syntax import Arithmetic, Call, Choose, Compare, Level, Logic, Negate, Node, Not
from offramp.shapes import Bools

__all__ = ["doubtful"]

_Both = tuple[Bools, Bools]
_NEVER: Bools = np.zeros((), dtype=np.bool_)


def doubtful(node: Node, env: Environment) -> Bools:
    """Tell where a yes or no in an expression compares infinity, or what is no number, and that matters.

    What ``and``, ``or`` or ``if`` decides without it does not count; nor does a number that is not finite itself.

    Parameters
    ----------
    node : Node
        The expression, after `resolve`.
    env : Environment
        What all its names stand for.

    Examples
    --------
    >>> from offramp.expressions import parse
    >>> env = {"cost": np.array([0.0, 2.0])}
    >>> doubtful(parse("1 / cost > 1"), env), doubtful(parse("cost > 0 and 1 / cost > 1"), env)
    (array([ True, False]), array([False, False]))
    """
    with np.errstate(all="ignore"):
        return _of_truth(node, env)[1] if is_yes_no(node) else _of_number(node, env)


def _of_truth(node: Node, env: Environment) -> _Both:
    """Return where a yes or no holds, and where that is in doubt."""
    match node:
        case Not(of):
            holds, doubt = _of_truth(of, env)
            return ~holds, doubt
        case Logic(op, left, right):
            (one, doubt), (other, beside) = _of_truth(left, env), _of_truth(right, env)
            if op == "and":
                return one & other, (doubt | beside) & ~(~doubt & ~one | ~beside & ~other)
            return one | other, (doubt | beside) & ~(~doubt & one | ~beside & other)
        case Choose(test, then, otherwise):
            chosen, doubt = _of_truth(test, env)
            (one, first), (other, second) = _of_truth(then, env), _of_truth(otherwise, env)
            return np.where(chosen, one, other), doubt | np.where(chosen, first, second)
        case Compare(_, left, right):
            if isinstance(left, Level) or isinstance(right, Level):
                return truth(node, env), _NEVER
            if compares_truths(node):
                return truth(node, env), _of_truth(left, env)[1] | _of_truth(right, env)[1]
            return truth(node, env), _not_finite(left, env) | _not_finite(right, env)
        case Arithmetic() | Call() | Negate():
            return truth(node, env), _not_finite(node, env)
        case _:
            return truth(node, env), _NEVER


def _not_finite(node: Node, env: Environment) -> Bools:
    return ~np.isfinite(evaluate(node, env)) | _of_number(node, env)


def _of_number(node: Node, env: Environment) -> Bools:
    """Return where a yes or no inside a number is in doubt."""
    match node:
        case Negate(of):
            return _of_number(of, env)
        case Arithmetic(_, left, right):
            return _of_number(left, env) | _of_number(right, env)
        case Call(_, arguments):
            return np.asarray(sum((_of_number(each, env) for each in arguments), _NEVER))
        case Choose(test, then, otherwise):
            chosen, doubt = _of_truth(test, env)
            return doubt | np.where(chosen, _of_number(then, env), _of_number(otherwise, env))
        case Not() | Logic() | Compare():
            return _of_truth(node, env)[1]
        case _:
            return _NEVER
