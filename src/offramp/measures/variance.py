"""The share of an outcome's variance that a group of unknowns explains on its own."""

from __future__ import annotations

import math

import numpy as np

from offramp.shapes import Floats

__all__ = ["closed_share"]


def closed_share(base: Floats, frozen: Floats) -> float:
    """Pick and freeze: estimate the variance of E[outcome | group] as a share of the outcome's variance.

    With Y = f(X_g, X_rest) and Y' = f(X_g, X'_rest), X_g kept and X' drawn afresh, Y and Y' have the same
    mean and variance, and are independent given X_g. So Cov(Y, Y') = Var E[Y | X_g], and

        E (Y - Y')^2 / 2 = Var Y - Cov(Y, Y')   hence   S_g = 1 - E (Y - Y')^2 / (2 Var Y),

    Jansen's form. It counts the group's interactions within itself (closed), none with the rest; 1 minus it
    is the total share of the rest. Var Y is estimated from both halves, so 2 Var Y is the sum of their
    variances. Near 0 the estimate may come out slightly negative.

    Parameters
    ----------
    base : Floats
        ``[world]``, the outcome in the drawn worlds; finite.
    frozen : Floats
        ``[world]``, the outcome in the worlds redrawn with the group kept (`offramp.worlds.redraw`); finite.

    Returns
    -------
    float
        NaN where the outcome does not vary.

    References
    ----------
    Jansen, M. J. W. (1999). Analysis of variance designs for model output. Computer Physics Communications
    117(1-2), 35-43.

    Saltelli, A. et al. (2010). Variance based sensitivity analysis of model output. Computer Physics
    Communications 181(2), 259-270.
    """
    if base.size < 2:
        return math.nan
    twice = float(base.var() + frozen.var())
    scale = max(float(np.abs(base).max()), float(np.abs(frozen).max()))
    if twice <= (1e-12 * scale) ** 2:
        return math.nan
    return 1.0 - float(np.mean((base - frozen) ** 2)) / twice
