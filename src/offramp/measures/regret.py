"""Shortfall behind the best strategy of each world.

References
----------
Savage, L. J. (1951). The theory of statistical decision. Journal of the American Statistical Association
46(253), 55-67.

Lempert, R. J., Popper, S. W. and Bankes, S. C. (2003). Shaping the Next One Hundred Years. RAND MR-1626.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from offramp.shapes import Floats

__all__ = ["mean_regret", "regret", "robust_regret"]


def regret(values: Floats, better: Literal["high", "low"]) -> Floats:
    """How far each strategy falls behind the best one of the same world.

    Parameters
    ----------
    values : Floats
        One outcome, ``[world, strategy]``, finite.
    better : {"high", "low"}
        Which direction is good.

    Returns
    -------
    Floats
        ``[world, strategy]``, 0 for the best strategy of a world, never negative.
    """
    values = np.asarray(values, dtype=np.float64)
    if better == "high":
        return np.asarray(values.max(axis=1, keepdims=True) - values)
    return np.asarray(values - values.min(axis=1, keepdims=True))


def robust_regret(regrets: Floats) -> Floats:
    """The largest shortfall of each strategy over the worlds, from ``[world, strategy]``."""
    return np.asarray(regrets.max(axis=0))


def mean_regret(regrets: Floats) -> Floats:
    """The mean shortfall of each strategy over the worlds, from ``[world, strategy]``."""
    return np.asarray(regrets.mean(axis=0))
