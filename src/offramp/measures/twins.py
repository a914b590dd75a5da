"""Unknowns whose draws happen to move together: over few worlds they cannot be told apart."""

from __future__ import annotations

import numpy as np

from offramp.shapes import Floats

__all__ = ["twins_of"]

ALIKE = 0.5
"""Draws correlated above this move together."""


def twins_of(draws: Floats, column: int) -> tuple[int, ...]:
    """Return the other columns of ``[world, unknown]`` that move along with one."""
    centred = draws - draws.mean(axis=0)
    length = np.sqrt((centred**2).sum(axis=0))
    with np.errstate(all="ignore"):
        correlation = centred.T @ centred[:, column] / (length * length[column])
    alike = np.abs(np.where(length > 0, correlation, 0.0)) > ALIKE
    return tuple(int(n) for n in np.flatnonzero(alike) if n != column)
