"""Many checks at once: how small a p-value has to be if few of those that pass are to be flukes."""

from __future__ import annotations

import numpy as np

from offramp.shapes import Floats

__all__ = ["discovery_level"]


def discovery_level(p_values: Floats, rate: float = 0.05) -> float:
    """Return the largest p-value that passes; 0 where none does.

    Of the k-th smallest of n p-values that is the last to be at most ``rate * k / n``. Where the checks are
    independent, or go the same way, the expected share of flukes among all that pass is at most `rate`.

    Parameters
    ----------
    p_values : Floats
        Of all checks that were made, whether or not they are told.
    rate : float, optional

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate: a practical and powerful approach to
    multiple testing. Journal of the Royal Statistical Society B 57(1), 289-300.

    Benjamini, Y. and Yekutieli, D. (2001). The control of the false discovery rate in multiple testing under
    dependency. Annals of Statistics 29(4), 1165-1188.
    """
    ordered = np.sort(np.asarray(p_values, dtype=np.float64))
    passing = np.flatnonzero(ordered <= rate * np.arange(1, len(ordered) + 1) / max(len(ordered), 1))
    return float(ordered[passing[-1]]) if passing.size else 0.0
