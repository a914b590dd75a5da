"""The linear programme: the cheapest shift at which some inequalities hold together."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from scipy.optimize import linprog

from offramp.inverse.stability.logic import Logic
from offramp.shapes import Floats

__all__ = ["Direction", "cheapest", "directions_of"]

Direction = tuple[int, bool]
"""An unknown, and whether it rises."""

NONE = 1e-9
"""A shift, in shares of the range, that counts as none."""


def cheapest(
    logic: Logic, literals: Collection[int], shut: Collection[Direction] = (), margin: float = 0.0
) -> Floats | None:
    """Return the cheapest shift at which some inequalities hold; None where there is none.

    Parameters
    ----------
    logic : Logic
    literals : collection of int
        Inequalities; gates among them are left to theirs.
    shut : collection of Direction
        What must not change.
    margin : float
        By how much the inequalities are to hold beyond what they say.
    """
    k = len(logic.prices)
    if k == 0:
        return np.zeros(0)
    rows = [logic.atoms[each] for each in sorted(literals) if logic.atoms[each] >= 0]
    slopes = np.array([logic.slopes[n] for n in rows]).reshape(len(rows), k)
    most: Floats = np.concatenate([logic.above, -logic.below])
    for unknown, rises in shut:
        most[unknown if rises else k + unknown] = 0.0
    found = linprog(
        np.concatenate([logic.prices, logic.prices]).tolist(),
        A_ub=np.hstack([slopes, -slopes]),
        b_ub=np.array([logic.limits[n] for n in rows]) - margin,
        bounds=[(0.0, end) for end in most.tolist()],
        method="highs-ds",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    if found.status != 0 or found.x is None:
        return None
    y: Floats = found.x[:k] - found.x[k:]
    for end in (np.zeros(k), logic.above, logic.below):
        y = np.where(np.abs(y - end) < NONE, end, y)
    return y


def directions_of(y: Floats) -> frozenset[Direction]:
    """Return which unknowns a shift changes, and whether each rises."""
    return frozenset((int(k), bool(y[k] > 0)) for k in np.flatnonzero(y))
