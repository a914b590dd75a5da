"""The package that does best in the worst tenth of its worlds."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from offramp.inverse.racing.table import Table
from offramp.shapes import Floats, Ints

__all__ = ["WorstTenth", "worst_tenth"]

TENTH = 0.1


@dataclass(frozen=True, slots=True)
class WorstTenth:
    """Best by the mean of the target outcome over the tenth of the worlds in which it is lowest for the package.

    Attributes
    ----------
    package : int
    value : float
        That mean.
    worlds : tuple of int
        That tenth of its worlds, worst first; worlds count from 1.
    among : int
        How many packages were compared: those solved in all worlds, no others.
    all : bool
        These are all packages.
    """

    package: int
    value: float
    worlds: tuple[int, ...]
    among: int
    all: bool


def worst_tenth(table: Table, complete: Ints, cost: Floats, sign: int) -> WorstTenth | None:
    """Compare the packages that are solved in all worlds; equal ones by cost."""
    best: tuple[float, float, int] | None = None
    for p in complete:
        target = sign * table.row(int(p))[:, 0]
        target = np.sort(target[np.isfinite(target)])
        if len(target):
            key = -round(float(target[: ceil(TENTH * len(target))].mean()), 12), float(cost[p]), int(p)
            best = key if best is None else min(best, key)
    if best is None:
        return None
    target = sign * table.row(best[2])[:, 0]
    order = np.argsort(target, kind="stable")[: ceil(TENTH * int(np.isfinite(target).sum()))]
    value = sign * float(target[order].mean())
    return WorstTenth(best[2], value, tuple(int(w) + 1 for w in order), len(complete), len(complete) == table.packages)
