"""The difference between two shares of the same worlds."""

from __future__ import annotations

import math

import numpy as np

from offramp.measures.shares import wilson
from offramp.shapes import Bools

__all__ = ["share_difference"]


def share_difference(first: Bools, second: Bools) -> tuple[float, float, float]:
    """The difference between two shares of the same worlds, with its 95 % interval.

    Newcombe's hybrid score interval for paired shares (his method 10): the Wilson intervals of the two, and their
    correlation over the worlds. It is not empty where every world answers alike.

    Parameters
    ----------
    first, second : Bools
        ``[world]`` each.

    Returns
    -------
    tuple of float
        Share of the first less share of the second, low, high; NaN where there is no world.

    References
    ----------
    Newcombe, R. G. (1998). Improved confidence intervals for the difference between binomial proportions based on
    paired data. Statistics in Medicine 17(22), 2635-2650.
    """
    worlds = len(first)
    if worlds == 0:
        return math.nan, math.nan, math.nan
    both, one, other, neither = (
        int(np.count_nonzero(cell)) for cell in (first & second, first & ~second, ~first & second, ~first & ~second)
    )
    p, q = (both + one) / worlds, (both + other) / worlds
    (p_low, p_high), (q_low, q_high) = wilson(p, worlds), wilson(q, worlds)
    scale = math.sqrt((both + one) * (other + neither) * (both + other) * (one + neither))
    excess = float(both * neither - one * other)
    if excess > 0:
        excess = max(excess - worlds / 2, 0.0)
    phi = excess / scale if scale else 0.0

    def reach(a: float, b: float) -> float:
        return math.sqrt(max(a * a - 2 * phi * a * b + b * b, 0.0))

    difference = p - q
    return difference, difference - reach(p - p_low, q_high - q), difference + reach(p_high - p, q - q_low)
