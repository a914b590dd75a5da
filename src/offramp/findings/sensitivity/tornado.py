"""One unknown at a time around the best guess: how far each moves an outcome (a tornado)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from offramp.findings.outcomes.ranges import margin_width
from offramp.findings.outcomes.values import MARGIN
from offramp.findings.sensitivity.matters_values import Swing, Tornado
from offramp.findings.sensitivity.values import Number
from offramp.model import Case
from offramp.shapes import Floats
from offramp.worlds import Single

__all__ = ["HIGH", "LOW", "MOST", "local_variances", "tornado"]

LOW, HIGH = 0.05, 0.95
MOST = 12
"""Swings told."""


def tornado(
    case: Case,
    numbers: Mapping[str, Number],
    singles: Sequence[Single],
    outcome: str,
    best_guess: float,
    at: Mapping[float, Floats],
) -> Tornado:
    """Rank the unknowns by how far each alone moves an outcome.

    Parameters
    ----------
    best_guess
        The outcome there; where it is not finite there is nothing to swing around, and no unknown is ranked.
    at
        Share of the stated worlds -> the outcome with each unknown at the value that it stays below in that share.

    References
    ----------
    Eschenbach, T. G. (1992). Spiderplots versus tornado diagrams for sensitivity analysis. Interfaces 22(6), 40-46.
    """
    if not np.isfinite(best_guess):
        return Tornado(outcome, best_guess, (), len(singles), 0)
    lows, highs = at[LOW], at[HIGH]
    sizes = np.abs(highs - lows)
    order = np.argsort(-np.nan_to_num(sizes, nan=-1.0), kind="stable")[:MOST].tolist()
    width = margin_width(case, outcome, float(np.nanmax(sizes, initial=0.0)))
    swings = [
        Swing(numbers[s.name], s.best, s.at(LOW), s.at(HIGH), float(lows[n]), float(highs[n]))
        for n, s in ((n, singles[n]) for n in order)
        if sizes[n] > MARGIN * width
    ]
    return Tornado(outcome, best_guess, tuple(swings), len(singles), int((sizes <= MARGIN * width).sum()))


def local_variances(singles: Sequence[Single], at: Mapping[float, Floats]) -> dict[str, float]:
    """Return the variance that each axis would bring to the outcome by itself, were it to act along a straight line."""
    found: dict[str, float] = {}
    for single, swing in zip(singles, np.nan_to_num(at[HIGH] - at[LOW]).tolist(), strict=True):
        found[single.axis] = found.get(single.axis, 0.0) + (swing / (HIGH - LOW)) ** 2 / 12.0
    return found
