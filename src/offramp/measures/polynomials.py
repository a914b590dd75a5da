"""Polynomials of an unknown, to regress an outcome on."""

from __future__ import annotations

import numpy as np

from offramp.shapes import Floats

__all__ = ["legendre"]


def legendre(column: Floats, degree: int) -> Floats:
    """Return the Legendre polynomials of degree 1, 2, ... over the range of a column that varies, [world, degree]."""
    low, high = column.min(), column.max()
    x = (2.0 * column - low - high) / (high - low)
    return np.asarray(np.polynomial.legendre.legvander(x, degree)[:, 1:])
