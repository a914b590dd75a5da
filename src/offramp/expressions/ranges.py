"""What an expression says without its values: is it a yes or no, and between which ends does it lie."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, isnan

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
from offramp.expressions.trees import ENSEMBLE_FUNCTIONS, SEARCHES, walk

__all__ = ["Interval", "bounds", "compares_truths", "constant", "is_yes_no"]

Interval = tuple[float, float]


def is_yes_no(node: Node) -> bool:
    """Is this a yes or no whatever its names stand for: a comparison, and/or/not, ``true``, ``false``?"""
    match node:
        case Compare() | Logic() | Not():
            return True
        case Constant(value):
            return isinstance(value, bool)
        case Choose(_, then, otherwise):
            return is_yes_no(then) and is_yes_no(otherwise)
    return False


def compares_truths(node: Compare) -> bool:
    """Does ``==`` or ``!=`` compare two truths here, rather than two numbers?"""
    return node.op in ("==", "!=") and (is_yes_no(node.left) or is_yes_no(node.right))


def constant(node: Node) -> float | None:
    """Give the value of an expression without names, else None.

    Examples
    --------
    >>> from offramp.expressions import parse
    >>> constant(parse("1 / 4")), constant(parse("cost / 4"))
    (0.25, None)
    """
    if isinstance(node, Constant):
        return float(node.value)
    for part in walk(node):
        if isinstance(part, Name | Level | Measured | Reached) or (
            isinstance(part, Call) and part.function in ENSEMBLE_FUNCTIONS
        ):
            return None
    from offramp.expressions.evaluation import evaluate  # numpy, which reading an expression does without

    return float(evaluate(node, {}))


def bounds(node: Node, lookup: Callable[[str], Interval]) -> Interval:
    """Give two ends between which the value lies, by interval arithmetic.

    The ends are safe but not always tight: ``x - x`` over 0..1 gives -1..1. Where the value may be a division
    by zero they are infinite.

    Parameters
    ----------
    node : Node
        The expression, after `resolve`.
    lookup : callable
        From a name to its ends: 0 and 1 for an option, condition or setting. Outcomes in brackets are looked
        up by the name of the outcome.
    """
    match node:
        case Constant(value):
            return float(value), float(value)
        case Name(name):
            return lookup(name)
        case Level():
            return 0.0, 1.0
        case Measured(outcome):
            return lookup(outcome)
        case Reached():
            return 0.0, 1.0
        case Negate(of):
            low, high = bounds(of, lookup)
            return -high, -low
        case Not(of):
            low, high = _truth(of, lookup)
            return 1.0 - high, 1.0 - low
        case Logic(op, left, right):
            pick = min if op == "and" else max
            (a, b), (c, d) = _truth(left, lookup), _truth(right, lookup)
            return pick(a, c), pick(b, d)
        case Compare():
            return _compared(node, lookup)
        case Choose(test, then, otherwise):
            low, high = _truth(test, lookup)
            branches = [then] * (high > 0) + [otherwise] * (low < 1)
            ends = [bounds(branch, lookup) for branch in branches]
            return min(a for a, _ in ends), max(b for _, b in ends)
        case Arithmetic(op, left, right):
            return _whole(_COMBINE[op](bounds(left, lookup), bounds(right, lookup)))
        case Call(function, arguments):
            return _called(function, arguments, lookup)


def _called(function: str, arguments: tuple[Node, ...], lookup: Callable[[str], Interval]) -> Interval:
    if function == "share":
        return _truth(arguments[0], lookup)
    if function == "variance":
        return 0.0, 1.0
    ends = [bounds(argument, lookup) for argument in arguments[: 1 if function in SEARCHES else None]]
    low, high = ends[0]
    match function:
        case "mean" | "highest" | "lowest":
            return low, high
        case "effect":
            return _whole((low - high, high - low))
        case "abs":
            return (0.0 if low <= 0 <= high else min(abs(low), abs(high))), max(abs(low), abs(high))
        case "clip":
            (_, (least_low, least_high), (most_low, most_high)) = ends
            return min(max(low, least_low), most_low), min(max(high, least_high), most_high)
    pick = min if function == "min" else max
    return pick(a for a, _ in ends), pick(b for _, b in ends)


def _truth(node: Node, lookup: Callable[[str], Interval]) -> Interval:
    low, high = bounds(node, lookup)
    if low > 0 or high < 0:
        return 1.0, 1.0
    return (0.0, 0.0) if low == high == 0 else (0.0, 1.0)


def _compared(node: Compare, lookup: Callable[[str], Interval]) -> Interval:
    if isinstance(node.left, Level) or isinstance(node.right, Level) or compares_truths(node):
        return 0.0, 1.0
    (a, b), (c, d) = bounds(node.left, lookup), bounds(node.right, lookup)
    if -inf in (a, c) or inf in (b, d):  # NaN may be among the values
        return 0.0, 1.0
    match node.op:
        case "<":
            always, never = b < c, a >= d
        case "<=":
            always, never = b <= c, a > d
        case ">":
            always, never = a > d, b <= c
        case ">=":
            always, never = a >= d, b < c
        case _:
            always, never = a == b == c == d, b < c or d < a
            if node.op == "!=":
                always, never = never, always
    return (1.0 if always else 0.0), (0.0 if never else 1.0)


def _product(one: Interval, two: Interval) -> Interval:
    ends = [0.0 if 0 in (a, b) else a * b for a in one for b in two]
    return min(ends), max(ends)


def _quotient(one: Interval, two: Interval) -> Interval:
    if two[0] <= 0 <= two[1]:
        return -inf, inf
    ends = [a / b for a in one for b in two]
    return -inf if any(map(isnan, ends)) else min(ends), inf if any(map(isnan, ends)) else max(ends)


_COMBINE: dict[str, Callable[[Interval, Interval], Interval]] = {
    "+": lambda one, two: (one[0] + two[0], one[1] + two[1]),
    "-": lambda one, two: (one[0] - two[1], one[1] - two[0]),
    "*": _product,
    "/": _quotient,
}


def _whole(ends: Interval) -> Interval:
    return -inf if isnan(ends[0]) else ends[0], inf if isnan(ends[1]) else ends[1]
