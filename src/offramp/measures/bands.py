"""Mean and 5 to 95 % of outcomes over the worlds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from offramp.shapes import Floats

__all__ = ["Spread", "spread"]


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Over the worlds; each in the shape of one world's outcomes (no dimensions for a single number)."""

    mean: Floats
    p05: Floats
    p95: Floats


def spread(values: Floats) -> Spread:
    """Summarise outcomes over the worlds.

    Parameters
    ----------
    values : Floats
        ``[world, ...]``, at least one world, all finite: failed worlds are left out by whoever calls.

    Returns
    -------
    Spread
        Quantiles by linear interpolation between order statistics.

    Raises
    ------
    ValueError
        There is no world, or a value is not finite.

    References
    ----------
    Hyndman, R. J. and Fan, Y. (1996). Sample quantiles in statistical packages. The American Statistician
    50(4), 361-365 (definition 7).
    """
    values = np.asarray(values, dtype=np.float64)
    if values.shape[0] == 0:
        raise ValueError("no world to summarise")
    if not np.isfinite(values).all():
        raise ValueError("outcomes must be finite; leave failed worlds out")
    p05, p95 = np.quantile(values, (0.05, 0.95), axis=0)
    return Spread(np.asarray(values.mean(axis=0)), np.asarray(p05), np.asarray(p95))
