"""What each lever of a package adds: alone, as the last one, and on average over all orders (Shapley)."""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial

import numpy as np

from offramp.inverse.racing.grid import Grid
from offramp.inverse.racing.scores import Scores
from offramp.shapes import Floats

__all__ = ["Adds", "LeverAdds", "adds", "shapley_weights"]


@dataclass(frozen=True, slots=True)
class LeverAdds:
    """What one lever adds to the target, with 95 % intervals.

    Attributes
    ----------
    lever : int
    alone, alone_low, alone_high : float
        Moved by itself from where things stand now.
    last, last_low, last_high : float
        What is lost when it is dropped from the whole.
    shapley, shapley_low, shapley_high : float
        The mean over all orders in which the levers may be moved.
    """

    lever: int
    alone: float
    alone_low: float
    alone_high: float
    last: float
    last_low: float
    last_high: float
    shapley: float
    shapley_low: float
    shapley_high: float


@dataclass(frozen=True, slots=True)
class Adds:
    """What the levers of one package add.

    Attributes
    ----------
    package : int
    now, total : float
        The target as things stand, and what the package adds to it: the sum of the Shapley values.
    levers : tuple of LeverAdds
        Those moved.
    exact : bool
        All packages that move a part of its levers were solved in all worlds.
    """

    package: int
    now: float
    total: float
    levers: tuple[LeverAdds, ...]
    exact: bool


def shapley_weights(count: int) -> Floats:
    """Return ``[2**count, lever]``, the weights of what subsets score in the Shapley values.

    References
    ----------
    Shapley, L. S. (1953). A value for n-person games. Contributions to the Theory of Games II, 307-317.
    """
    member = (np.arange(2**count)[:, None] >> np.arange(count)) & 1
    size = member.sum(axis=1)
    with_it = np.array([0.0] + [factorial(s - 1) * factorial(count - s) for s in range(1, count + 1)])
    without = np.array([factorial(s) * factorial(count - s - 1) for s in range(count)] + [0.0])
    weights = np.where(member == 1, with_it[size][:, None], -without[size][:, None])
    return np.asarray(weights / factorial(count), dtype=np.float64)


def adds(grid: Grid, scores: Scores, package: int, sign: int) -> Adds:
    """Work out what each moved lever of a package adds.

    All three are weighted sums of scores, so that their intervals follow from the scores' covariances.
    """
    subsets, levers = grid.subsets(package), grid.moved(package)
    count = len(levers)
    value = sign * scores.mean[subsets]
    total = float(value[-1] - value[0])
    exact = bool((scores.solved.open[subsets] == 0).all())
    if not count:
        return Adds(package, float(value[0]), 0.0, (), exact)
    weights = np.zeros((2**count, 3 * count))
    bits = 1 << np.arange(count)
    weights[bits, np.arange(count)] = 1.0
    weights[0, :count] = -1.0
    weights[-1, count : 2 * count] = 1.0
    weights[2**count - 1 - bits, np.arange(count, 2 * count)] = -1.0
    weights[:, 2 * count :] = shapley_weights(count)
    found = (value @ weights).reshape(3, count)
    found[2, -1] = total - found[2, :-1].sum()
    half = 1.959963984540054 * scores.sd_of_sums(subsets, weights).reshape(3, count)
    rows = np.stack((found, found - half, found + half)).transpose(2, 1, 0).reshape(count, 9)
    parts = tuple(LeverAdds(lever, *map(float, row)) for lever, row in zip(levers, rows, strict=True))
    return Adds(package, float(value[0]), total, parts, exact)
