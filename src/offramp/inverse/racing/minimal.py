"""Minimal sets: packages that reach a share, none of whose levers can be dropped."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from offramp.inverse.racing.grid import Grid
from offramp.inverse.racing.scores import Scores
from offramp.shapes import Bools, Floats, Ints

__all__ = ["MinimalSet", "doubtful", "minimal_sets", "reaching_below"]

_DOUBT = 0.025
"""A package that reaches with less than this probability does not, one with more than the rest does."""


@dataclass(frozen=True, slots=True)
class MinimalSet:
    """A package that reaches the share, while no package does that moves only a part of its levers to the same levels.

    Attributes
    ----------
    package : int
    levers : tuple of int
        Those moved.
    cost : float
    score, low, high : float
        Of the target, with its 95 % interval.
    chance : float
        Probability that it reaches the share, as far as solved; 1 where that is decided by counting.
    certain : bool
        Enough worlds are solved of it, and of all that drop one of its levers, to decide it by counting.
    """

    package: int
    levers: tuple[int, ...]
    cost: float
    score: float
    low: float
    high: float
    chance: float
    certain: bool


def reaching_below(grid: Grid, reaches: Bools) -> Bools:
    """Return ``[package]``, whether a package reaches that moves only a part of its levers."""
    moves = grid.moves()
    size = moves.sum(axis=1)
    found = np.zeros(grid.packages, dtype=np.bool_)
    for count in range(1, int(size.max(initial=0)) + 1):
        for lever in range(len(grid.sizes)):
            packages = np.flatnonzero((size == count) & moves[:, lever])
            smaller = grid.without(packages, lever)
            found[packages] |= reaches[smaller] | found[smaller]
    return found


def doubtful(grid: Grid, chance: Floats, open_: Ints) -> Ints:
    """Return the packages that could be minimal and are not known well enough, smallest first."""
    ruled_out = reaching_below(grid, chance > 1.0 - _DOUBT)
    packages = np.flatnonzero((chance >= _DOUBT) & (chance <= 1.0 - _DOUBT) & ~ruled_out & (open_ > 0))
    size = grid.moves().sum(axis=1)[packages]
    return packages[np.lexsort((packages, -chance[packages], size))]


def minimal_sets(grid: Grid, scores: Scores, chance: Floats, sign: int) -> tuple[MinimalSet, ...]:
    """Return the minimal sets as estimated, smallest first, then the cheapest."""
    reaches = chance >= 0.5
    packages = np.flatnonzero(reaches & ~reaching_below(grid, reaches))
    cost, size = grid.cost(), grid.moves().sum(axis=1)
    packages = packages[np.lexsort((packages, cost[packages], size[packages]))]
    low, high = scores.interval(packages)
    decided = (chance == 0.0) | (chance == 1.0)
    found = []
    for n, p in enumerate(packages):
        levers = grid.moved(int(p))
        smaller = [int(grid.without(np.array([p]), lever)[0]) for lever in levers]
        certain = bool(decided[p] and decided[smaller].all())
        ends = sorted((sign * float(low[n]), sign * float(high[n])))
        found.append(
            MinimalSet(int(p), levers, float(cost[p]), sign * float(scores.mean[p]), ends[0], ends[1],
                       float(chance[p]), certain)
        )  # fmt: skip
    return tuple(found)
