"""The packages that no other one beats in two things at once."""

from __future__ import annotations

import numpy as np

from offramp.shapes import Bools, Floats

__all__ = ["nondominated"]

_SAME = 1e-12


def nondominated(one: Floats, other: Floats) -> Bools:
    """Return which points ``(one, other)`` no other point is at least as good as in both, and better in one.

    Higher is better in both. Equal points are in together.
    """
    best = np.zeros(len(one), dtype=np.bool_)
    order = np.lexsort((-other, -np.round(one, 12)))
    highest = -np.inf
    start = 0
    while start < len(order):
        stop = start
        top = one[order[start]]
        while stop < len(order) and top - one[order[stop]] <= _SAME * max(1.0, abs(top)):
            stop += 1
        level = order[start:stop]
        most = float(other[level].max())
        if most > highest + _SAME * max(1.0, abs(most)):
            best[level] = other[level] >= most - _SAME * max(1.0, abs(most))
            highest = most
        start = stop
    return best
