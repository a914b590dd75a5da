"""The conditions' ladders as one mixed-radix position."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from offramp.graph.arrays import Ladders
from offramp.model import Condition
from offramp.shapes import Ints

__all__ = ["ladder_position", "make_ladders", "rungs_of_positions"]


def make_ladders(conditions: Mapping[str, Condition]) -> Ladders:
    """Lay out the ladders; the last condition runs fastest."""
    sizes = tuple(len(c.levels) for c in conditions.values())
    strides = tuple(int(np.prod(sizes[k + 1 :], dtype=np.int64)) for k in range(len(sizes)))
    return Ladders(sizes, strides, int(np.prod(sizes, dtype=np.int64)))


def rungs_of_positions(ladders: Ladders) -> Ints:
    """Return the rung of each condition at each position, [K, P]."""
    at = np.arange(ladders.positions, dtype=np.int64)
    rows = [at // stride % size for size, stride in zip(ladders.sizes, ladders.strides, strict=True)]
    return np.array(rows, dtype=np.int64).reshape(len(rows), ladders.positions)


def ladder_position(ladders: Ladders, rungs: tuple[int, ...]) -> int:
    """Return the position at which every condition stands on a given rung."""
    return sum(rung * stride for rung, stride in zip(rungs, ladders.strides, strict=True))
