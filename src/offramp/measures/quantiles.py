"""Numbers that count by weight: in order, and their quantiles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from offramp.shapes import Bools, Floats

__all__ = ["in_order", "weighted_quantiles"]


def in_order(values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return numbers from the lowest to the highest, along the first axis, and the weight of each.

    Parameters
    ----------
    values, weights : Floats
        ``[number, ...]``.
    """
    if _even(weights).all():
        return np.sort(values, axis=0), weights
    order = np.argsort(values, axis=0, kind="stable")
    return np.take_along_axis(values, order, axis=0), np.take_along_axis(weights, order, axis=0)


def weighted_quantiles(values: Floats, weights: Floats, shares: Sequence[float]) -> Floats:
    """Return quantiles along the first axis.

    With equal weights these are NumPy's, by linear interpolation. Otherwise each is the mean of the sorted numbers
    over a window of the cumulative weight, as wide as one of n equally heavy numbers, where n is the effective number
    1 / (sum of squared weights): the same definition carried over. A number of weight 0 has no influence, and one of
    small weight little.

    Parameters
    ----------
    values : Floats
        ``[number, ...]``, finite, at least one number.
    weights : Floats
        The same shape, not negative; along the first axis they add up to 1.
    shares : sequence of float
        From 0 to 1.

    Returns
    -------
    Floats
        ``[share, ...]``.

    References
    ----------
    Hyndman, R. J. and Fan, Y. (1996). Sample quantiles in statistical packages. The American Statistician 50(4),
    361-365 (definition 7).

    Akinshin, A. (2023). Weighted quantile estimators. arXiv:2304.07265.
    """
    if _even(weights).all():
        return np.asarray(np.quantile(values, shares, axis=0))
    ordered, heavy = in_order(values, weights)
    edges = np.concatenate((np.zeros((1, *heavy.shape[1:])), np.cumsum(heavy, axis=0)))
    edges /= edges[-1]
    number = 1.0 / (heavy**2).sum(axis=0)
    found = np.empty((len(shares), *values.shape[1:]))
    for row, share in enumerate(shares):
        inside = np.diff(np.clip(edges * number - share * (number - 1.0), 0.0, 1.0), axis=0)
        found[row] = (inside * ordered).sum(axis=0) / inside.sum(axis=0)
    return found


def _even(weights: Floats) -> Bools:
    return np.asarray(np.ptp(weights, axis=0) <= 1e-12 * weights.max(axis=0))
