"""An interval for any statistic over worlds."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from offramp.shapes import Numbers

__all__ = ["bootstrap"]


def bootstrap(
    statistic: Callable[..., float],
    *columns: Numbers,
    seed: int,
    resamples: int = 1000,
    level: float = 0.95,
) -> tuple[float, float]:
    """The percentile bootstrap interval of a statistic.

    Worlds are drawn with replacement, the same ones from every column, and the statistic is computed on each
    such sample. Scrambled Sobol' worlds are more even than independent draws, so the interval errs on the
    wide side.

    Parameters
    ----------
    statistic : callable
        From the columns to a number; samples on which it is NaN (a share of nothing) are left out.
    *columns : arrays
        Each ``[world, ...]``, equally long.
    seed : int
    resamples : int, optional
    level : float, optional

    Returns
    -------
    tuple of float
        Low and high; NaN where the statistic is NaN on every sample, or there is no world.

    References
    ----------
    Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman & Hall, chapter 13.
    """
    worlds = len(columns[0])
    if any(len(column) != worlds for column in columns):
        raise ValueError("the columns must have a row per world each")
    if worlds == 0:
        return math.nan, math.nan
    rng = np.random.default_rng(seed)
    found = np.empty(resamples)
    for sample in range(resamples):
        rows = rng.integers(worlds, size=worlds)
        found[sample] = statistic(*(column[rows] for column in columns))
    found = found[~np.isnan(found)]
    if found.size == 0:
        return math.nan, math.nan
    low, high = np.quantile(found, ((1.0 - level) / 2.0, (1.0 + level) / 2.0))
    return float(low), float(high)
