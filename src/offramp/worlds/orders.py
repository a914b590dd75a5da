"""Worths that respect an order of importance: each at least the sum of all the later ones, total 1.

With slacks s_j = w_j - sum of the later worths, the cone is all s >= 0, so the worths with total 1 are a
simplex. Its corner j gives statement j as much as the later part of the list can bear: shares 2^(j-2), ...,
2, 1, 1 (j of them) over 2^(j-1), then zeros. Weights on the corners that are uniform over the unit simplex
(Dirichlet with all parameters 1: exponential draws over their sum) give worths uniform over the cone, since
the map is affine.

References
----------
Devroye, L. (1986). Non-Uniform Random Variate Generation. Springer, section XI.4 (uniform points in a
simplex).

Barron, F. H. and Barrett, B. E. (1996). Decision quality using ranked attribute weights. Management Science
42(11), 1515-1523 (the centroid of a weight set as its best guess).
"""

from __future__ import annotations

import numpy as np

from offramp.shapes import Floats

__all__ = ["centroid", "corners", "worths"]

_SMALLEST = 2.0**-64
"""Stands for a coordinate of exactly 0, whose logarithm is infinite."""


def corners(count: int) -> Floats:
    """Corners of the set of worths that respect an order of `count` statements, ``[corner, statement]``."""
    table = np.zeros((count, count))
    for last in range(count):
        table[last, last] = 0.5**last
        for statement in range(last):
            table[last, statement] = 0.5 ** (statement + 1)
    return table


def centroid(count: int) -> Floats:
    """The best guess: the mean of the corners."""
    return corners(count).mean(axis=0) if count else np.zeros(0)


def worths(points: Floats) -> Floats:
    """Worths ``[world, statement]`` from as many independent uniform coordinates ``[world, statement]``."""
    weights = -np.log(np.maximum(points, _SMALLEST))
    weights /= weights.sum(axis=1, keepdims=True)
    found = np.empty_like(weights)
    later = np.zeros(len(points))
    for statement in reversed(range(points.shape[1])):
        # its slack is its corner's weight; a product of matrices would round differently by number of worlds
        found[:, statement] = weights[:, statement] * 0.5**statement + later
        later += found[:, statement]
    return found
