"""The share of an outcome's variance that a group of unknowns explains on its own."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from offramp.measures.bootstrap import bootstrap
from offramp.shapes import Floats

__all__ = ["VarianceShare", "closed_share", "variance_share"]


@dataclass(frozen=True, slots=True)
class VarianceShare:
    """A closed first-order share with its 95 % bootstrap interval; NaN where the outcome does not vary at
    all.

    The share is an estimate: near 0 it may come out slightly negative, and the interval says how much that
    means.
    """

    share: float
    low: float
    high: float
    worlds: int


def variance_share(base: Floats, frozen: Floats, *, seed: int, resamples: int = 1000) -> VarianceShare:
    """Pick and freeze: the variance of E[outcome | group] as a share of the outcome's variance.

    With Y = f(X_g, X_rest) and Y' = f(X_g, X'_rest), X_g kept and X' drawn afresh, Y and Y' have the same
    mean and variance, and are independent given X_g. So Cov(Y, Y') = Var E[Y | X_g], and

        E (Y - Y')^2 / 2 = Var Y - Cov(Y, Y')   hence   S_g = 1 - E (Y - Y')^2 / (2 Var Y),

    Jansen's form. It counts the group's interactions within itself (closed), none with the rest; 1 minus it
    is the total share of the rest. Var Y is estimated from both halves, so 2 Var Y is the sum of their
    variances.

    Parameters
    ----------
    base : Floats
        ``[world]``, the outcome in the drawn worlds.
    frozen : Floats
        ``[world]``, the outcome in the worlds redrawn with the group kept (`offramp.worlds.redraw`).
    seed : int
        Of the bootstrap.
    resamples : int, optional

    References
    ----------
    Jansen, M. J. W. (1999). Analysis of variance designs for model output. Computer Physics Communications
    117(1-2), 35-43.

    Saltelli, A. et al. (2010). Variance based sensitivity analysis of model output. Computer Physics
    Communications 181(2), 259-270.
    """
    base, frozen = np.asarray(base, dtype=np.float64), np.asarray(frozen, dtype=np.float64)
    if base.shape != frozen.shape or base.ndim != 1:
        raise ValueError("base and frozen must be one number per world each")
    if not (np.isfinite(base).all() and np.isfinite(frozen).all()):
        raise ValueError("outcomes must be finite; leave failed worlds out of both halves")
    low, high = bootstrap(closed_share, base, frozen, seed=seed, resamples=resamples)
    return VarianceShare(closed_share(base, frozen), low, high, base.size)


def closed_share(base: Floats, frozen: Floats) -> float:
    """The estimate of `variance_share` alone; NaN where the outcome does not vary."""
    if base.size < 2:
        return math.nan
    twice = float(base.var() + frozen.var())
    scale = max(float(np.abs(base).max()), float(np.abs(frozen).max()))
    if twice <= (1e-12 * scale) ** 2:
        return math.nan
    return 1.0 - float(np.mean((base - frozen) ** 2)) / twice
