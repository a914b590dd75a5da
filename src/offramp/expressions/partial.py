"""Values that some names are still missing from, and what can be computed of them before they are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["Open", "apply", "choose", "join"]

Later = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True, slots=True, eq=False)
class Open:
    """The value of an expression as a function of the names that it still turns on."""

    names: frozenset[str]
    of: Later


def apply(operation: Callable[..., Any], *parts: Any) -> Any:
    """Apply an operation to values, later where one of them is open."""
    left = [part.names for part in parts if isinstance(part, Open)]
    if not left:
        return operation(*parts)
    names = frozenset[str]().union(*left)
    match tuple(part.of if isinstance(part, Open) else _always(part) for part in parts):
        case (one,):
            return Open(names, lambda env: operation(one(env)))
        case (one, other):
            return Open(names, lambda env: operation(one(env), other(env)))
        case several:
            return Open(names, lambda env: operation(*(each(env) for each in several)))


def join(op: str, left: Any, right: Any) -> Any:
    """Join two truths by ``and`` or ``or``; one that decides by itself leaves nothing open."""
    for one, other in ((left, right), (right, left)):
        if isinstance(other, Open) and not isinstance(one, Open):
            if op == "and" and not np.any(one):
                return False
            if op == "or" and np.all(one):
                return True
    return apply(np.logical_and if op == "and" else np.logical_or, left, right)


def choose(test: Any, then: Any, otherwise: Any) -> Any:
    """Choose between two values; what is chosen nowhere leaves nothing open."""
    if not isinstance(test, Open) and (isinstance(then, Open) or isinstance(otherwise, Open)):
        if np.all(test):
            return then
        if not np.any(test):
            return otherwise
    return apply(np.where, test, then, otherwise)


def _always(value: Any) -> Later:
    return lambda _: value
