"""Quantiles of numbers that count by weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from offramp.shapes import Floats

__all__ = ["weighted_quantiles"]


def weighted_quantiles(values: Floats, weights: Floats, shares: Sequence[float]) -> Floats:
    """Return quantiles of each row.

    With equal weights these are NumPy's, by linear interpolation. Otherwise each is the mean of the sorted numbers
    over a window of the cumulative weight, as wide as one of n equally heavy numbers, where n is the effective number
    1 / (sum of squared weights): the same definition carried over. A number of weight 0 has no influence, and one of
    small weight little.

    Parameters
    ----------
    values : Floats
        ``[row, number]``, finite, at least one number.
    weights : Floats
        ``[row, number]``, not negative; each row adds up to 1.
    shares : sequence of float
        From 0 to 1.

    Returns
    -------
    Floats
        ``[row, share]``.

    References
    ----------
    Hyndman, R. J. and Fan, Y. (1996). Sample quantiles in statistical packages. The American Statistician 50(4),
    361-365 (definition 7).

    Akinshin, A. (2023). Weighted quantile estimators. arXiv:2304.07265.
    """
    if float(np.ptp(weights, axis=1).max()) <= 1e-12 * float(weights.max()):
        return np.asarray(np.quantile(values, shares, axis=1).T)
    order = np.argsort(values, axis=1, kind="stable")
    ordered, heavy = np.take_along_axis(values, order, axis=1), np.take_along_axis(weights, order, axis=1)
    edges = np.concatenate((np.zeros((len(heavy), 1)), np.cumsum(heavy, axis=1)), axis=1)
    edges /= edges[:, -1:]
    number = 1.0 / (heavy**2).sum(axis=1, keepdims=True)
    found = np.empty((len(values), len(shares)))
    for column, share in enumerate(shares):
        inside = np.diff(np.clip(edges * number - share * (number - 1.0), 0.0, 1.0), axis=1)
        found[:, column] = (inside * ordered).sum(axis=1) / inside.sum(axis=1)
    return found
