"""The first cells: all packages, or a balanced part of them, each in a few worlds, all worlds equally often."""

from __future__ import annotations

import numpy as np

from offramp.inverse.racing.grid import Grid
from offramp.shapes import Ints

__all__ = ["spread"]

SHARE = 0.4
"""Of the budget."""

MOST_EACH = 8
"""Worlds of one package; what is left is better spent where it is close."""


def spread(grid: Grid, worlds: int, budget: int, rng: np.random.Generator) -> list[tuple[int, int]]:
    """Choose the cells that the effects of levers and worlds are estimated from.

    Packages in random order take turns at worlds in random order, and so again at other offsets: each package is
    solved in different worlds, and all worlds about equally often. Where there are more packages than
    solves, they are drawn such that each level of a lever comes equally often.

    Parameters
    ----------
    grid : Grid
    worlds : int
    budget : int
        Of the whole race.
    rng : Generator
    """
    count = max(1, int(SHARE * budget))
    each = max(1, min(round(count / grid.packages), MOST_EACH, worlds))
    if 2 * grid.packages <= 3 * count:
        packages = rng.permutation(grid.packages)
    else:
        packages, each = _drawn(grid, count, rng), 1
    order = rng.permutation(worlds)
    offsets = rng.permutation(worlds)[:each]
    places = (np.arange(len(packages))[:, None] + offsets) % worlds
    return [(int(p), int(w)) for p, at in zip(packages, places, strict=True) for w in order[at]]


def _drawn(grid: Grid, count: int, rng: np.random.Generator) -> Ints:
    """Draw packages, the levels of each lever equally often."""
    found = np.array([grid.today], dtype=np.int64)
    while len(found) < count:
        wanted = count - len(found) + 1
        columns = [rng.permutation(np.resize(rng.permutation(size), wanted)) for size in grid.sizes]
        drawn = np.stack(columns, axis=1) @ grid.strides
        found = np.concatenate((found, drawn))
        found = found[np.sort(np.unique(found, return_index=True)[1])]
    return found[:count]
