"""Where a difference changes sign as one unknown moves, all the others staying at the best guess."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from offramp.shapes import Floats
from offramp.worlds import Single

__all__ = ["PRECISION", "SHARES", "crossings_of", "points_of"]

PRECISION = 1e-3
"""To which a value is found, as a share of the unknown's range."""
SHARES = (0.0, 0.05, 0.95, 1.0)
"""Where an unknown is looked at besides the best guess: its ends, and the points of the tornado."""


def points_of(single: Single) -> tuple[float, ...]:
    """Return the values of an unknown that are looked at first, rising; of a choice, all."""
    return single.values or tuple(sorted({single.best, *map(single.at, SHARES)}))


def crossings_of(
    singles: Sequence[Single],
    leads: Sequence[Floats],
    solve: Callable[[Sequence[tuple[Single, float]]], Floats],
) -> list[tuple[tuple[float, bool], ...] | None]:
    """Find where a difference changes sign, for each unknown.

    Between two neighbouring points of different signs the root is found by Chandrupatla's method, all at once. Of a
    choice it is the middle between the two values. Where it changes sign twice between two points, that is not seen.

    Parameters
    ----------
    leads
        The difference at the points of each unknown.
    solve
        Returns the difference for each of some moves.

    Returns
    -------
    list
        By unknown its roots, each with whether the difference is positive above it; None where it could not be
        computed.

    References
    ----------
    Chandrupatla, T. R. (1997). A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function
    without using derivatives. Advances in Engineering Software 28(3), 145-149.
    """
    brackets = [
        (n, a, b)
        for n, single in enumerate(singles)
        for (a, x), (b, y) in pairwise((v, d) for v, d in zip(points_of(single), leads[n], strict=True) if d != 0.0)
        if x < 0.0 < y or y < 0.0 < x
    ]
    roots = _roots(singles, [bracket for bracket in brackets if not singles[bracket[0]].values], solve)
    found: list[tuple[tuple[float, bool], ...] | None] = []
    for n, lead in enumerate(leads):
        own = [bracket for bracket in brackets if bracket[0] == n]
        at = [roots.get(bracket, (bracket[1] + bracket[2]) / 2) for bracket in own]
        known = np.isfinite(lead).all() and np.isfinite(at).all()
        points = points_of(singles[n])
        above = [bool(lead[points.index(b)] > 0.0) for _, _, b in own]
        found.append(tuple(zip(at, above, strict=True)) if known else None)
    return found


def _roots(
    singles: Sequence[Single],
    brackets: Sequence[tuple[int, float, float]],
    solve: Callable[[Sequence[tuple[Single, float]]], Floats],
) -> dict[tuple[int, float, float], float]:
    if not brackets:
        return {}
    from scipy.optimize import elementwise

    lows = np.array([singles[n].low for n, _, _ in brackets])
    widths = np.array([singles[n].high - singles[n].low for n, _, _ in brackets])
    numbers = np.array([n for n, _, _ in brackets])

    def difference(shares: Floats, numbers: Floats, lows: Floats, widths: Floats) -> Floats:
        moves = zip(numbers.astype(np.int64).tolist(), (lows + shares * widths).tolist(), strict=True)
        return solve([(singles[n], value) for n, value in moves])

    start = (np.array([a for _, a, _ in brackets]) - lows) / widths
    end = (np.array([b for _, _, b in brackets]) - lows) / widths
    found = elementwise.find_root(
        difference,
        (start, end),
        args=(numbers, lows, widths),
        tolerances={"xatol": PRECISION, "xrtol": 0.0, "fatol": 0.0, "frtol": 0.0},
    )
    at = np.where(found.success, lows + found.x * widths, np.nan)
    return dict(zip(brackets, at.tolist(), strict=True))
