"""Sets of states as whole numbers: bit s stands for state s."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from offramp.interop.gmcr.parts import Gmcr, GmcrCondition
from offramp.shapes import Ints

__all__ = ["feasible", "holds", "members", "ranks", "states_where", "taken"]


@lru_cache(maxsize=64)
def taken(option: int, options: int) -> int:
    """Return the states in which an option is taken, among those over so many options."""
    found, width = ((1 << (1 << option)) - 1) << (1 << option), 2 << option
    while width < 1 << options:
        found |= found << width
        width *= 2
    return found


def states_where(condition: GmcrCondition, options: int) -> int:
    """Return the states in which a condition holds."""
    everywhere, found = (1 << (1 << options)) - 1, 0
    for conjunction in condition.any_of:
        states = everywhere
        for option, yes in conjunction:
            states &= taken(option, options) if yes else ~taken(option, options)
        found |= states
    return found


def feasible(infeasible: Iterable[GmcrCondition], options: int) -> int:
    """Return the states in which none of some conditions holds."""
    found = (1 << (1 << options)) - 1
    for condition in infeasible:
        found &= ~states_where(condition, options)
    return found


def members(states: int) -> Ints:
    """Return the states of a set, ascending."""
    data = np.frombuffer(states.to_bytes((states.bit_length() + 7) // 8, "little"), dtype=np.uint8)
    return np.flatnonzero(np.unpackbits(data, bitorder="little")).astype(np.int64)


def ranks(model: Gmcr, maker: int, states: Ints) -> Ints:
    """Return how high a decision maker ranks each feasible state, from 0, ties alike.

    Parameters
    ----------
    model
    maker
    states
        The feasible states, ascending.
    """
    dm, found = model.makers[maker], np.zeros(len(states), dtype=np.int64)
    if model.by_ranking:
        for rank, tied in enumerate(reversed(dm.ranking)):
            found[np.array(tied) - 1] = rank
        return found
    for statement in reversed(dm.statements):
        found += (int(found.max(initial=0)) + 1) * holds(statement, states)
        found = np.unique(found, return_inverse=True)[1].astype(np.int64)
    return found


def holds(condition: GmcrCondition, states: Ints) -> Ints:
    """Return 1 for each state in which a condition holds, else 0."""
    found = np.zeros(len(states), dtype=np.bool_)
    for conjunction in condition.any_of:
        all_of = np.ones(len(states), dtype=np.bool_)
        for option, yes in conjunction:
            all_of &= (states >> option & 1) == yes
        found |= all_of
    return found.astype(np.int64)
