"""Coordinates in the unit cube: scrambled Sobol' points.

Columns are handed out by number, and a number is used by one sequence only. Two sequences that are scrambled
apart from each other but use the same columns are not independent row by row: matrix scrambling leaves the
leading digit of a coordinate a function of the row alone, so coordinate j of the one and coordinate j of the
other lie in the same half of the interval in every row, or in opposite halves in every row. Different
columns, each with a scramble of its own, are jointly one scrambled Sobol' sequence, whatever seed each comes
from.

References
----------
Sobol', I. M. (1967). On the distribution of points in a cube and the approximate evaluation of integrals.
USSR Computational Mathematics and Mathematical Physics 7(4), 86-112.

Matoušek, J. (1998). On the L2-discrepancy for anchored boxes. Journal of Complexity 14(4), 527-556.

Joe, S. and Kuo, F. Y. (2008). Constructing Sobol sequences with better two-dimensional projections. SIAM
Journal on Scientific Computing 30(5), 2635-2654.

Owen, A. B. (2020). On dropping the first Sobol' point. arXiv:2008.08051.
"""

from __future__ import annotations

import numpy as np

from offramp.shapes import Floats

__all__ = ["columns"]


def columns(worlds: int, start: int, stop: int, seed: tuple[int, ...]) -> Floats:
    """Columns `start` to `stop` of a scrambled Sobol' sequence, its first `worlds` points.

    The next power of two is drawn and its head taken, so that the points of a longer draw begin with those of
    a shorter one.

    Parameters
    ----------
    worlds : int
        Number of points N.
    start, stop : int
        The first column and the one past the last; the scramble depends on `stop` as well as on the seed.
    seed : tuple of int
        Not negative.

    Returns
    -------
    Floats
        ``[N, stop - start]`` in [0, 1).
    """
    if worlds == 0 or stop <= start:
        return np.empty((worlds, max(stop - start, 0)))
    from scipy.stats import qmc

    sequence = qmc.Sobol(stop, scramble=True, rng=np.random.default_rng(seed))
    points = sequence.random_base2((worlds - 1).bit_length())
    return np.ascontiguousarray(points[:worlds, start:], dtype=np.float64)
