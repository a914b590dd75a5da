"""The best guess with one unknown moved, all the others staying where they are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from offramp.model.parts import Choice, Derived, Range
from offramp.shapes import Floats
from offramp.worlds import laws
from offramp.worlds.draws import replace, stretch
from offramp.worlds.orders import corners
from offramp.worlds.plan import axis_name
from offramp.worlds.table import Worlds

__all__ = ["Single", "one_at_a_time", "singles_of"]


@dataclass(frozen=True, slots=True)
class Single:
    """One unknown that can be moved alone: one with a law of its own, or one worth of an order.

    A worth of an order moves within the order: the others share what is left as in the best guess.

    Attributes
    ----------
    name : str
    axis : str
        See `Worlds.axes`.
    low, high, best : float
        Its range, and the best guess.
    values : tuple of float
        Of a choice, from the least; else empty.
    """

    name: str
    axis: str
    low: float
    high: float
    best: float
    values: tuple[float, ...]
    law: Range | Choice | tuple[str, ...]
    """Of an order, the names of its worths."""

    def at(self, share: float) -> float:
        """Return the value that the unknown stays below in a share of the stated worlds."""
        if isinstance(self.law, Range):
            return float(laws.through(self.law, np.array([share]))[0])
        if isinstance(self.law, Choice):
            return self.values[min(int(share * len(self.values)), len(self.values) - 1)]
        # one coordinate of an even draw from a simplex is Beta(1, k - 1)
        slack = 1.0 - math.pow(1.0 - share, 1.0 / (len(self.law) - 1))
        return self.low + slack * (self.high - self.low)

    def changes(self, value: float) -> Mapping[str, float]:
        """Return the unknowns to be set so that this one takes a value; of an order, all its worths."""
        if not isinstance(self.law, tuple):
            return {self.name: value}
        slack = (value - self.low) / (self.high - self.low)
        worths = _weights(len(self.law), self.law.index(self.name), slack) @ corners(len(self.law))
        return dict(zip(self.law, worths.tolist(), strict=True))


def singles_of(worlds: Worlds) -> tuple[Single, ...]:
    """Return every unknown that can be moved alone and that has more than one value."""
    found: list[Single] = []
    for name, law in worlds.plan.laws.items():
        if not isinstance(law, Derived):
            values = tuple(sorted(set(law.values))) if isinstance(law, Choice) else ()
            low, high = (values[0], values[-1]) if isinstance(law, Choice) else (law.low, law.high)
            found.append(Single(name, name, low, high, laws.best_guess(law), values, law))
    for order in worlds.plan.orders:
        count = len(order.names)
        for at, name in enumerate(order.names if count > 1 else ()):
            low, high, best = (float((_weights(count, at, s) @ corners(count))[at]) for s in (0.0, 1.0, 1.0 / count))
            found.append(Single(name, axis_name(order), low, high, best, (), order.names))
    return tuple(single for single in found if single.low < single.high and single.name not in worlds.fixed)


def one_at_a_time(worlds: Worlds, moves: Sequence[tuple[Single, float]]) -> Worlds:
    """Return worlds of which each is the best guess with one unknown moved; what is derived from it follows.

    Parameters
    ----------
    worlds : Worlds
        Of the case, with at least as many draws as there are moves.
    moves : sequence of (Single, float)
        World w makes move w - 1.
    """
    wanted = stretch(worlds, 1, len(moves))
    drawn = [name for name in wanted.names if name not in wanted.plan.parents]
    columns = {name: np.full(len(moves) + 1, wanted.column(name)[0]) for name in drawn}
    for w, (single, value) in enumerate(moves, start=1):
        for name, changed in single.changes(value).items():
            columns[name][w] = changed
    return replace(wanted, columns)


def _weights(count: int, at: int, slack: float) -> Floats:
    """Return weights on the corners of an order, one of them given, the others alike."""
    weights = np.full(count, (1.0 - slack) / (count - 1))
    weights[at] = slack
    return weights
